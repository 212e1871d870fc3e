"""A Grid that runs over pages -> where no page ends in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imprenta.tables.estimates import most_lines
from imprenta.tables.grid import TYPE_POINTS

if TYPE_CHECKING:
    from imprenta.tables.grid import Grid

TAIL = 4
"""Rows that a page begins with at the least, at the end of a table."""
MOST_TAIL_LINES = 10
"""Lines that these rows may take together and stay on one page."""
MOST_NOTE_LINES = 12
"""Lines of a note that stays on the page of the last rows."""


def find_bound_rows(grid: Grid) -> set[int]:
    """Return the rows after which no page ends, by their indexes.

    No row stands alone at the foot of a page, few at its top, and none is parted from one that reaches into it.
    """
    bound = {index for span in grid.spans for index in span} | set(range(find_tail(grid), len(grid.rows) - 1))
    return bound | {0} if grid.rows and grid.is_low(grid.rows[0]) else bound


def find_tail(grid: Grid) -> int:
    """Return the first of the last rows that stay on one page, by its index: four, or fewer if they are high."""
    last = len(grid.rows) - 1
    first, lines = last, 0
    while first > 0 and last + 1 - first < TAIL:
        lines += grid.lines(grid.rows[first])
        above = grid.rows[first - 1]
        if not grid.is_low(above) or (lines + grid.lines(above) > MOST_TAIL_LINES and first < last):
            break
        first -= 1
    return first


def holds_note(grid: Grid) -> bool:
    """Tell whether a long table ends with its note, which then stays on the page of its last rows."""
    size, _ = TYPE_POINTS["pequena"]
    return bool(grid.note) and most_lines(grid.note, size, grid.note_width) <= MOST_NOTE_LINES
