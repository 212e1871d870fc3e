"""An entry of a .bib file -> what biblatex or the reader will miss in its fields."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING

from imprenta.bibliography.datamodel import (
    ALIAS_FIELDS,
    ALIAS_TYPES,
    ENTRY_TYPES,
    FIELDS,
    OTHER_NAMES,
    required_fields,
    resolve_type,
)
from imprenta.bibliography.dates import as_date
from imprenta.bibliography.dating import PREFIXES, read_dating
from imprenta.bibliography.links import inherited_fields
from imprenta.bibliography.names import check_names
from imprenta.markup import bare_address
from imprenta.problems import Problem, Severity, nearest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from imprenta.bibliography.model import Entry, Field

_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S+")
_DOI_LINK = re.compile(r"(?i)^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)")
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?://[^\s/]\S*|[^\s/]\S*|///\S+)")
_ISBN = re.compile(r"\d[\d\s\-\u2010-\u2013]{8,}[\dXx]")
# Fields of which one says as much as the other.
_SAME_PLACE = {"year": {"year", "date"}, "date": {"year", "date"}, "eid": {"eid", "pages"}, "url": {"url", "doi"}}
_ORCID = re.compile(r"(?:https?://orcid\.org/)?(\d{4}-\d{4}-\d{4}-\d{3}[\dX])")


def check_entry(entry: Entry, entries: Mapping[str, Entry], today: date | None) -> Iterator[Problem]:
    """Yield the problems of one sound entry; `entries` are all of the file by keys and `ids`, for what it inherits."""
    yield from _check_type(entry)
    yield from _check_field_names(entry)
    yield from check_names(entry)
    yield from _check_required(entry, entries)
    yield from _check_dates(entry)
    yield from _check_urldate(entry, today)
    for name, check in (("url", _check_url), ("doi", _check_doi), ("isbn", _check_isbn)):
        if name in entry.fields:
            yield from check(entry.fields[name])
    for name, field in entry.fields.items():
        if name.startswith("orcid") and not _ORCID.fullmatch(field.value):
            yield _warn("bib-orcid", f"«{field.value}» no es un ORCID", field, "0000-0000-0000-0000")


def _warn(code: str, message: str, field: Field, hint: str = "") -> Problem:
    return Problem(code, message, field.place, hint, Severity.WARNING)


def _check_type(entry: Entry) -> Iterator[Problem]:
    if entry.type in ENTRY_TYPES or entry.type in ALIAS_TYPES:
        return
    near = nearest(entry.type, [*ENTRY_TYPES, *ALIAS_TYPES])
    hint = f"¿«@{near}»?" if near else "sin mejor tipo, «@misc» o «@online»"
    message = f"biblatex no conoce el tipo «@{entry.type}» de la entrada «{entry.key}»; la trata como «@misc»"
    yield Problem("bib-tipo-desconocido", message, entry.place, hint, Severity.WARNING)


def _check_field_names(entry: Entry) -> Iterator[Problem]:
    """Yield the names that look like a slip of biblatex's; other unknown ones are for the author's own use."""
    for name, field in entry.fields.items():
        if name in FIELDS or name in ALIAS_FIELDS:
            continue
        known = OTHER_NAMES.get(name, "")
        if known and field.value:
            if not any(ALIAS_FIELDS.get(other, other) in _SAME_PLACE.get(known, {known}) for other in entry.fields):
                message = f"el campo «{name}» de la entrada «{entry.key}» no se imprime: biblatex no lo conoce"
                more = ", eprinttype = {arxiv}" if known == "eprint" else ""
                value = field.value if len(field.value) <= 60 else "…"
                yield _warn("bib-campo-sin-imprimir", message, field, f"{known} = {{{value}}}{more}")
            continue
        if len(name) < 4:
            continue
        near = get_close_matches(name, [*FIELDS, *ALIAS_FIELDS], n=1, cutoff=0.84)
        if near and near[0][0] == name[0] and near[0] not in entry.fields:
            message = f"biblatex no conoce el campo «{name}» de la entrada «{entry.key}»"
            yield _warn("bib-campo-desconocido", message, field, f"¿«{near[0]}»?")


def _check_required(entry: Entry, entries: Mapping[str, Entry]) -> Iterator[Problem]:
    kind, implied = resolve_type(entry.type)
    groups = required_fields(kind if kind in ENTRY_TYPES else "misc")
    if not groups or any(field.value.startswith("xdata=") for field in entry.fields.values()):
        return
    names = inherited_fields(entry, entries) | {OTHER_NAMES[name] for name in entry.fields if name in OTHER_NAMES}
    if implied:
        names.add("type")
    if entry.type == "online" and "urldate" in names:
        # Web pages often have no date; the day on which they were read stands for it.
        names.add("date")
    missing = [group for group in groups if not names.intersection(group)]
    if missing:
        words = ", ".join(" o ".join(f"«{name}»" for name in group) for group in missing)
        verb = "falta el campo" if len(missing) == 1 else "faltan los campos"
        message = f"en la entrada «{entry.key}» (@{entry.type}) {verb} {words}"
        wanted = [name for group in missing for name in group]
        slip = _find_slip(entry, wanted)
        hint = f"está «{slip.name}»: ¿es «{nearest(slip.name, wanted)}»?" if slip else ""
        yield Problem("bib-campo-ausente", message, slip.place if slip else entry.place, hint, Severity.WARNING)


def _find_slip(entry: Entry, wanted: list[str]) -> Field | None:
    """Return the field of an entry that biblatex does not know and that looks like one of those wanted."""
    unknown = (field for name, field in entry.fields.items() if name not in FIELDS and name not in ALIAS_FIELDS)
    return next((field for field in unknown if get_close_matches(field.name, wanted, n=1, cutoff=0.7)), None)


def _check_dates(entry: Entry) -> Iterator[Problem]:
    for prefix in PREFIXES:
        for fault in read_dating(entry.fields, prefix).faults:
            severity = Severity.ERROR if fault.grave else Severity.WARNING
            yield Problem("bib-fecha", fault.message, entry.fields[fault.field].place, fault.hint, severity)


def _check_urldate(entry: Entry, today: date | None) -> Iterator[Problem]:
    field = entry.fields.get("urldate")
    read = as_date(field.value) if field else None
    if field is None or read is None:
        return
    if today is not None and read > today:
        yield _warn("bib-urldate", f"la fecha de consulta «{field.value}» está en el futuro", field)
    shown = entry.text("date", "year")
    iso = read_dating(entry.fields).iso
    written = as_date(iso)
    # Compared as far as both are written: read in 2019 agrees with a date of May 2019.
    size = min(len(field.value), len(iso))
    if written is not None and field.value[:size] < iso[:size] and written > read:
        message = f"la fecha de consulta «{field.value}» es anterior a la de la fuente, «{shown}»"
        yield _warn("bib-urldate", message, field)


def _check_url(field: Field) -> Iterator[Problem]:
    value = field.value
    address = bare_address(value)  # LaTeX's own signs in it do no harm
    if value and not _URL.fullmatch(address):
        reason = "contiene espacios" if " " in address else "no empieza por «https://»"
        yield _warn("bib-url", f"la dirección «{value}» {reason}", field)


def _check_doi(field: Field) -> Iterator[Problem]:
    bare = _DOI_LINK.sub("", field.value)
    if bare != field.value and _DOI.fullmatch(bare):
        yield _warn("bib-doi", f"el DOI «{field.value}» se escribe sin «{field.value[: -len(bare)]}»", field, bare)
    elif field.value and not _DOI.fullmatch(bare):
        yield _warn("bib-doi", f"«{field.value}» no es un DOI", field, "un DOI empieza por «10.» y lleva «/»")


def _check_isbn(field: Field) -> Iterator[Problem]:
    # A word beside the number («tapa dura») is common and does no harm.
    numbers = [re.sub(r"\D", "", found[0][:-1]) + found[0][-1].upper() for found in _ISBN.finditer(field.value)]
    if field.value and not (numbers and all(_is_isbn(number) for number in numbers)):
        yield _warn(
            "bib-isbn", f"el ISBN «{field.value}» no es válido", field, "10 o 13 cifras; la última es de control"
        )


def _is_isbn(digits: str) -> bool:
    if re.fullmatch(r"\d{9}[\dX]", digits):
        total = sum((10 - index) * (10 if mark == "X" else int(mark)) for index, mark in enumerate(digits))
        return total % 11 == 0
    if re.fullmatch(r"97[89]\d{10}", digits):
        return sum(int(mark) * (3 if index % 2 else 1) for index, mark in enumerate(digits)) % 10 == 0
    # Several numbers in a row cannot be told apart here.
    return len(digits) > 13
