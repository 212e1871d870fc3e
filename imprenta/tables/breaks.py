"""A Grid that runs over pages -> where no page ends in it, and where one had better end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imprenta.tables.estimates import most_lines
from imprenta.tables.grid import TYPE_POINTS

if TYPE_CHECKING:
    from imprenta.tables.grid import Grid

TAIL = 4
"""Rows that a page begins with at the least, at the end of a table."""
MOST_TAIL_LINES = 10
"""Lines that these rows may take together, with the note below them."""
MOST_KEPT_LINES = 5
"""Lines that stay on one page come what may: the foot that they leave white is no more than a tenth of the page."""
MOST_PAIR_LINES = 8
"""Lines that the last two rows may take, and stay on one page: a row alone looks lost."""
MOST_NOTE_LINES = 12
"""Lines of a note that stays on the page of the last row."""


def find_bound_rows(grid: Grid) -> set[int]:
    """Return the rows after which no page ends, by their indexes.

    No row stands alone at the foot of a page, few at its top, and none is parted from one that reaches into it; but
    not where that could leave more white at a foot than a reader takes for the end of something.
    """
    bound = {index for span in grid.spans for index in span} | set(range(_find_kept(grid), _last(grid)))
    return bound | {0} if sum(map(grid.lines, grid.rows[:2])) <= MOST_KEPT_LINES else bound


def find_tail(grid: Grid) -> int:
    """Return the first of the rows before which a page rather ends than among them, by its index: the last four.

    They are fewer if they are high. If none of them is parted from the others anyway, it is the number of rows.
    """
    tail = _find_last(grid, MOST_TAIL_LINES)
    return tail if tail < _find_kept(grid) else len(grid.rows)


def _find_kept(grid: Grid) -> int:
    """Return the first of the last rows that no page parts, by its index."""
    pair = max(0, len(grid.rows) - 2)
    low = sum(map(grid.lines, grid.rows[pair:])) <= MOST_PAIR_LINES
    return min(pair if low else _last(grid), _find_last(grid, MOST_KEPT_LINES))


def _find_last(grid: Grid, most: int) -> int:
    """Return the first of the last rows, at the most four, that take so many lines with a note, by its index."""
    first = last = _last(grid)
    lines = sum(map(grid.lines, grid.rows[last:])) + (_note_lines(grid) if holds_note(grid) else 0)
    while first > 0 and last + 1 - first < TAIL:
        lines += grid.lines(grid.rows[first - 1])
        if lines > most:
            break
        first -= 1
    return first


def _last(grid: Grid) -> int:
    return max(0, len(grid.rows) - 1)


def holds_note(grid: Grid) -> bool:
    """Tell whether a long table ends with its note, which then stays on the page of its last row."""
    return bool(grid.note) and _note_lines(grid) <= MOST_NOTE_LINES


def _note_lines(grid: Grid) -> int:
    return most_lines(grid.note, TYPE_POINTS["pequena"][0], grid.note_width)
