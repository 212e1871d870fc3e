"""What is set in one piece (titles, captions, headings of columns) -> a problem where it could not stand on a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imprenta.model.paper import walk_texts
from imprenta.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from imprenta.model import Table
    from imprenta.model.paper import Paper

LONGEST = 2000
"""Letters of a text in one piece: less than half a page, so that what it heads has room below it."""
LONGEST_HEADING_LINES = 15
LETTERS_OF_A_LINE = 75
"""Letters that a line over the whole width holds in a table, counted low."""


def check_lengths(paper: Paper) -> list[Problem]:
    """No text that is never parted over pages is longer than part of one."""
    problems = [
        Problem(
            "texto-largo",
            f"el texto tiene {len(placed.text.value)} letras y va entero en una página: caben {LONGEST}",
            placed.text.span(0, 1),
            "deje aquí lo esencial y pase el resto a un párrafo",
        )
        for placed in walk_texts(paper)
        if placed.role in ("heading", "line", "bare") and len(placed.text.value) > LONGEST
    ]
    return problems + [problem for table in paper.tables.values() for problem in _check_columns(table)]


def _check_columns(table: Table) -> Iterator[Problem]:
    """The headings of a table, which each of its pages repeats, leave room for its rows."""
    total = sum(float(column.width or 1) for column in table.columns)
    for column in table.columns:
        most = int(LONGEST_HEADING_LINES * LETTERS_OF_A_LINE * float(column.width or 1) / total)
        length = len(column.title.value)
        if most < length <= LONGEST:
            message = f"el encabezado tiene {length} letras y en su columna caben {most}"
            yield Problem("texto-largo", message, column.title.span(0, 1), "acórtelo, o dele más anchura a la columna")
