"""The entries that a report prints and its style -> the fields that the style's manual asks for and they lack.

What biblatex itself asks for is told of every entry, whatever the style (`fields.py`). The rules are those of «Citing
Medicine» (National Library of Medicine), chapters 2 and 26, and of The Chicago Manual of Style, 17th edition, 14.127.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from imprenta.bibliography.datamodel import resolve_type
from imprenta.bibliography.links import inherited_fields
from imprenta.problems import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Collection

    from imprenta.bibliography.model import Bibliography

_PUBLISHED = dict.fromkeys(("book", "collection", "inbook", "incollection", "mvbook", "mvcollection"), "publisher")
_WANTED = {
    "vancouver": ("Vancouver", {**_PUBLISHED, "online": "urldate"}),
    "chicago": ("Chicago", _PUBLISHED),
}
"""By styles: their name, and the field that each type of entry has to have."""


def find_style_gaps(printed: Collection[str], bibliography: Bibliography, style: str) -> list[Problem]:
    """Return a warning for each entry that is printed without a field that its style asks for."""
    name, wanted = _WANTED.get(style, ("", {}))
    if not wanted:
        return []
    known, names = bibliography.known(), bibliography.aliases()
    listed = {names.get(key, key) for key in printed}
    problems = []
    for key, entry in bibliography.entries.items():
        field = wanted.get(resolve_type(entry.type)[0])
        if field is None or key not in listed or entry.broken or field in inherited_fields(entry, known):
            continue
        message = f"en la entrada «{key}» (@{entry.type}) falta el campo «{field}», que pide el estilo {name}"
        problems.append(Problem("bib-campo-ausente", message, entry.place, "", Severity.WARNING))
    return problems
