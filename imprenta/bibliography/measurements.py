"""The author's own measurements -> entries of the bibliography, which are cited, numbered and printed like any other.

An entry says who measured, what, when and how often, how far the results lie apart, how and with what it was done, and
where its data are: all that somebody needs who would do it again.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING

from imprenta.bibliography.model import Bibliography, Entry, Field
from imprenta.calculate import format_number
from imprenta.markup import write_bibtex, write_plain
from imprenta.model.bib_entry import WrittenEntry
from imprenta.model.citation_key import encode_key
from imprenta.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from imprenta.model.cover import Author
    from imprenta.model.measurements import Measurement, Measurements
    from imprenta.model.text import Text
    from imprenta.words import Locale

TYPE = "misc"
_SIGNS = str.maketrans({
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "$": r"\$",
    "~": r"\textasciitilde{}",
})  # fmt: skip
"""What means something to BibTeX, as it is printed."""


def add_measurements(
    bibliography: Bibliography, measurements: Measurements, authors: Sequence[Author], locale: Locale
) -> tuple[Bibliography, list[Problem]]:
    """Return the bibliography with an entry for each measurement, and what is wrong with their keys."""
    entries, written = dict(bibliography.entries), dict(bibliography.written)
    problems = []
    signed = " and ".join(_name(author) for author in authors)
    for one in measurements.measurements:
        if (other := bibliography.entries.get(one.key)) is not None:
            message = f"la clave «{one.key}» es la de una medición propia"
            related = ((one.id.span(), "la medición"),)
            hint = "dé otra clave a la entrada"
            problems.append(Problem("bib-clave-repetida", message, other.place, hint, related=related))
        fields = {"author": signed, **dict(_write_fields(one, measurements, locale))}
        place = one.id.span()
        known = {name: Field(name, value, place) for name, value in fields.items()}
        entries.setdefault(one.key, Entry(one.key, TYPE, MappingProxyType(known), place))
        written.setdefault(encode_key(one.key), _write_entry(one.key, fields))
    found = replace(bibliography, entries=MappingProxyType(entries), written=MappingProxyType(written))
    return found, problems


def _write_fields(one: Measurement, common: Measurements, locale: Locale) -> Iterator[tuple[str, str]]:
    """Yield the fields of an entry, as text of a .bib."""
    words = locale.palabras
    yield "title", _plain(one.title)
    yield "note", words.medicion_propia
    date = one.date or common.date
    if date is not None:
        yield "date", date.value.strip()
    times = format_number(Decimal(one.repetitions), mark=locale.coma)
    repeated = words.una_medida if one.repetitions == 1 else words.repeticiones.format(times)
    equipment = one.equipment or common.equipment
    told = ["; ".join([repeated, *([_end(one.spread)] if one.spread is not None else [])])]
    told += [words.metodo_medicion.format(_end(one.method))]
    told += [words.equipo_medicion.format(_end(equipment))] if equipment is not None else []
    files = ", ".join(_file(text) for text in one.data)
    told += [words.datos_medicion.format(files)]
    if one.script is not None:
        told[-1] += f"; {words.guion_medicion.format(_file(one.script))}"
    yield "addendum", ". ".join(told)


def _write_entry(key: str, fields: dict[str, str]) -> WrittenEntry:
    rows = "".join(
        f"  {name} = {{{write_bibtex(value, name=name == 'author').tex}}},\n" for name, value in fields.items()
    )
    return WrittenEntry(f"@{TYPE}{{{encode_key(key)},\n{rows}}}\n\n")


def _name(author: Author) -> str:
    """Return an author's name as BibTeX has it; what would part it in two stands between braces."""
    given, family = _plain(author.given), _plain(author.family) if author.family is not None else ""
    if not family:
        return f"{{{given}}}"
    parts = (f"{{{part}}}" if "," in part or " and " in f" {part} ".casefold() else part for part in (family, given))
    return ", ".join(parts)


def _file(text: Text) -> str:
    return rf"\texttt{{{_plain(text, as_typed=True)}}}"


def _plain(text: Text, *, as_typed: bool = False) -> str:
    """Return the words of a text as BibTeX has them."""
    words = text.value.strip() if as_typed else write_plain(text)
    return words.translate(_SIGNS)


def _end(text: Text) -> str:
    """Return a sentence without its full stop, which the entry sets."""
    return _plain(text).removesuffix(".")
