"""Grid: a table whose cells are TeX already, with the widths and the room that it needs."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Literal

from imprenta.model.page import PAGE
from imprenta.model.source_map import strip_marks

Alignment = Literal["izquierda", "centro", "derecha"]
TypeSize = Literal["normal", "pequena", "minima"]

COLUMN_GAP = 8.0
"""Points between two columns."""

TYPE_POINTS: dict[TypeSize, tuple[float, float]] = {"normal": (10, 12), "pequena": (9, 11), "minima": (8, 9.5)}
"""Size and line height in points of the sizes of type (\\small, \\footnotesize, \\scriptsize of an 11 pt class)."""

FLOATING_SHARE = 0.42
"""A table that takes more than this share of the page's height runs over pages instead of floating."""

CITATION = r"\\(?:auto|text)cites?(?:(?:\[[^]]*\])?\{[^}]*\})+(?:\\relax\{\})?"
"""A citation as `markup` writes it."""


@dataclass(frozen=True, slots=True)
class GridColumn:
    """A column: its heading in TeX, its relative width, its alignment."""

    title: str
    width: float = 1.0
    alignment: Alignment = "izquierda"


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row of cells in TeX; a row that heads a group has one cell, which spans the table."""

    cells: tuple[str, ...]
    heads_group: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table ready to be set: `id` is the label's id, `title` and `note` are TeX.

    `short_title` is what the list of tables says.
    """

    id: str
    title: str
    short_title: str
    columns: tuple[GridColumn, ...]
    rows: tuple[GridRow, ...]
    note: str = ""
    type_size: TypeSize = "normal"
    landscape: bool = False
    row_headers: bool = True
    """The first cell of a row is set as its heading."""

    @property
    def room(self) -> float:
        """Return the width in points between the table's edges."""
        return PAGE.text_height if self.landscape else PAGE.text_width

    def column_widths(self) -> list[float]:
        """Return each column's width in points; with the gaps between them they fill the room."""
        room = self.room - COLUMN_GAP * (len(self.columns) - 1)
        total = sum(column.width for column in self.columns)
        return [math.floor(room * column.width / total * 100) / 100 for column in self.columns]

    def span_width(self) -> float:
        """Return the width in points of a cell over all columns: no wider than they are, not even by rounding.

        One that is wider would widen the last column from its own row on; longtable would need to be told beforehand.
        """
        return sum(self.column_widths()) + COLUMN_GAP * (len(self.columns) - 1) - 0.01

    def estimated_height(self) -> float:
        """Return about how high the table is in points, from the number of characters in its cells."""
        size, line_height = TYPE_POINTS[self.type_size]
        character = size * 0.47
        widths = self.column_widths()
        height = 2 * line_height
        for row in self.rows:
            if row.heads_group:
                height += line_height + 3
                continue
            lines = max(
                math.ceil(max(1, printed_length(cell)) * character / width)
                for cell, width in zip(row.cells, widths, strict=True)
            )
            height += lines * line_height + 3
        return height

    def is_long(self) -> bool:
        """Tell whether the table is set to run over pages."""
        page = PAGE.text_width if self.landscape else PAGE.text_height
        return self.landscape or self.estimated_height() > FLOATING_SHARE * page


def printed_length(tex: str) -> int:
    """Return about how many characters a cell's TeX prints."""
    without_citations = re.sub(CITATION, "[999]", strip_marks(tex))
    return len(re.sub(r"\\[A-Za-z]+\*?(?:\[[^]]*\])?|[{}~$]", "", without_citations))
