r"""The .tex of a report whose PDF is to be tagged -> what in templates of the author's keeps it from being read well.

Whoever writes TeX in the engine keeps to the levels of headings and gives every picture its text. A template of the
author's may do otherwise; words that it sets in bare boxes are read as a paragraph, but a level that is left out, or a
picture without `\textoalternativo`, is told here.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from imprenta.markup import find_closing
from imprenta.model.facts import Heading, Picture
from imprenta.model.source_map import TEMPLATES
from imprenta.pipeline.tagging import asks_for_tags
from imprenta.problems import Problem, Severity, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from imprenta.model.document import Document, Piece
    from imprenta.model.source_map import SourceMap
    from imprenta.pipeline.loading import Loaded
    from imprenta.typeset import Typeset

SKIPPED, UNSEEN = "nivel-saltado", "imagen-sin-alternativa"
SPOKEN = re.compile(r"\\(?:textoalternativo|imagencelda\{[^{}]*\})(?=\{)")
"""What is followed by a group and by another, of which one holds the text and one the picture."""


def check_conformity(typeset: Typeset, loaded: Loaded, document: Document, places: SourceMap) -> Typeset:
    """Return what came of the typesetting, with what is found if the report asks for tags."""
    if not asks_for_tags(loaded) or all(piece.known for piece in document.pieces[1:]):
        return typeset
    return replace(typeset, problems=(*typeset.problems, *find_unread(document, places)))


def find_unread(document: Document, places: SourceMap) -> list[Problem]:
    """Return the levels of headings that are left out, and the pictures that nothing is said of."""
    return [*_check_levels(document, places), *_check_pictures(document, places)]


def _check_levels(document: Document, places: SourceMap) -> Iterator[Problem]:
    """A heading stands at most one level below that before it (ISO 14289-1, 7.4.2)."""
    level = 0
    for found in document.facts(Heading):
        assert isinstance(found.fact, Heading)
        if found.fact.level > level + 1:
            after = f"después de uno de nivel {level}" if level else "y no hay otro antes"
            message = f"hay un título de nivel {found.fact.level} {after}: para quien oye el PDF falta uno"
            hint = "que cada título esté a lo más un nivel por debajo del anterior"
            yield Problem(SKIPPED, message, _place(document, places, found.start[0]), hint, Severity.WARNING)
        level = found.fact.level


def _check_pictures(document: Document, places: SourceMap) -> Iterator[Problem]:
    """A picture after the first heading is said in words; those before it adorn the cover."""
    begun = False
    for number, piece in enumerate(document.pieces[1:], 1):
        spoken = [] if piece.known else _find_spoken(piece)
        for found in piece.facts:
            begun = begun or isinstance(found.fact, Heading)
            if piece.known or not begun or not isinstance(found.fact, Picture):
                continue
            if any(start <= found.start < end for start, end in spoken):
                continue
            row = document.row_of(number) + found.start[0] - 1
            message = f"una plantilla pone la imagen «{found.fact.file}» sin decir lo que enseña a quien no la ve"
            hint = r"póngala dentro de \textoalternativo{…}{…}, como hace la plantilla «figura»"
            yield Problem(UNSEEN, message, _place(document, places, row), hint, Severity.WARNING)


def _find_spoken(piece: Piece) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Return from where to where, rows and columns from 1, pictures stand that something is said of."""
    stretches = []
    for match in SPOKEN.finditer(piece.tex):
        end = find_closing(piece.tex, match.end()) + 1
        if piece.tex[end : end + 1] == "{":
            end = find_closing(piece.tex, end) + 1
        stretches.append((_row_and_column(piece.tex, match.start()), _row_and_column(piece.tex, end)))
    return stretches


def _row_and_column(tex: str, at: int) -> tuple[int, int]:
    return tex.count("\n", 0, at) + 1, at - tex.rfind("\n", 0, at)


def _place(document: Document, places: SourceMap, row: int) -> Span:
    """Return the author's line of a row of the .tex: of the template, or else of the data."""
    found = (places.place_of(row, 1), places.place_of(row))
    own = (place for place in found if place is not None and _is_authors(place, document))
    return next(own, Span(min(document.foreign)))


def _is_authors(place: Span, document: Document) -> bool:
    return place.path in document.foreign or not place.path.startswith(TEMPLATES)
