"""A table on pages of two columns -> the table in one of them, or over both."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from imprenta.model.table_parts import Reach

if TYPE_CHECKING:
    from imprenta.tables.grid import Grid
    from imprenta.tables.widths import Content

ROUNDING = 0.05
"""Points by which a column may be narrower than its widest word: widths are rounded down."""
LEAST_TEXT, MOST_LINES = 80.0, 2
"""Points that a cell of more lines than these must have to be read with ease: about sixteen letters."""


def place_in_columns(grid: Grid) -> Grid:
    """Return the table as it stands on its page: in a column if it fits there, else over all of them."""
    if grid.sheet.columns == 1 or grid.landscape or grid.wide:
        return grid
    narrow = replace(grid, in_column=True)
    return narrow if _fits(narrow) else grid


def _fits(grid: Grid) -> bool:
    """Tell whether all cells can be read with ease; those of a long table have no line broken."""
    long = grid.is_long()
    return all(
        _is_easy(content, grid.reach_width(content.column, Reach(content.columns)) + ROUNDING, whole=long)
        for row in grid.contents
        for content in row
    )


def _is_easy(content: Content, width: float, *, whole: bool) -> bool:
    if whole or content.widest > width:
        return content.whole <= width
    return width >= LEAST_TEXT or content.count_lines(width) <= MOST_LINES
