"""A list of names (`author`, `editor`…) -> the names that biber cannot read, or reads as one person."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from imprenta.problems import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from imprenta.bibliography.model import Entry

NAME_FIELDS = (
    "author",
    "editor",
    "bookauthor",
    "translator",
    "editora",
    "editorb",
    "editorc",
    "commentator",
    "annotator",
    "introduction",
    "foreword",
    "afterword",
    "holder",
    "shortauthor",
    "shorteditor",
)
_SEPARATOR = re.compile(r"\s+and(?=\s)", re.IGNORECASE)
_GROUP = re.compile(r"\{[^{}]*\}")
_EMPTY_PART = re.compile(r",\s*,")
# «José Ortega y Gasset» is one person: only a pair of full names counts as two.
_TWO_NAMES = re.compile(r"[^\s,]+\s+[^,]*[^\s,]\s+y\s+[^\s,]+\s+[^\s,][^,]*")


def check_names(entry: Entry) -> Iterator[Problem]:
    """Yield an error for each name at which biber drops the entry, a warning where names seem ill separated."""
    for field_name in NAME_FIELDS:
        field = entry.fields.get(field_name)
        if field is None:
            continue
        for shown, bare in _split(field.value):
            hint = "los nombres se separan con « and »; cada uno es «Apellidos, Nombre»"
            if "=" in bare:
                continue  # biber's own form: family=…, given=…
            if _EMPTY_PART.search(bare):
                message = f"el nombre «{shown}» del campo «{field_name}» lleva dos comas seguidas"
                yield Problem("bib-nombre", message, field.place, hint)
            elif bare.count(",") > 2:
                message = f"el nombre «{shown}» del campo «{field_name}» lleva demasiadas comas"
                yield Problem("bib-nombre", message, field.place, hint)
            elif not bare.strip():
                message = f"falta un nombre en el campo «{field_name}»: hay un «and» de más"
                yield Problem("bib-nombre", message, field.place, "", Severity.WARNING)
            elif ";" in bare or " & " in bare or _TWO_NAMES.fullmatch(bare.strip()):
                message = f"«{shown}», en el campo «{field_name}», se lee como una sola persona"
                yield Problem("bib-nombre", message, field.place, hint, Severity.WARNING)


def _split(value: str) -> Iterator[tuple[str, str]]:
    """Yield each name as written, and with what stands between braces replaced, so that its commas do not count."""
    bare = value
    while True:
        masked = _GROUP.sub(lambda found: "x" * len(found[0]), bare)
        if masked == bare:
            break
        bare = masked
    position = 0
    for found in _SEPARATOR.finditer(bare):
        yield value[position : found.start()].strip(), bare[position : found.start()]
        position = found.end()
    if bare.strip():
        yield value[position:].strip(), bare[position:]
