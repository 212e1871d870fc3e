"""Grid: a table whose cells are TeX already, with the widths and the room that it needs."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from imprenta.model.facts import Citation, rewrite
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

SAFE_SHARE = 0.8
"""Nor does one float that could take more than this share, counted high."""

MOST_LINES_KEPT = 6

SIGNS = re.compile("[\\\\{}~$\ue000-\uf8ff]")
"""What makes a text more than the letters that it prints: TeX's signs, and marks of places and facts."""

TALL_SHARE = 0.2
"""A row that may take more than this share of the page's height is set so that it can run over pages."""

MOST_FOR_NUMBERS = 0.75
"""The share of the room that columns may take for their numbers beyond what their own width gives them."""


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


@dataclass(frozen=True)  # no slots: what is worked out of it is worked out once
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

    @cached_property
    def column_widths(self) -> tuple[float, ...]:
        """Each column's width in points; with the gaps between them they fill the room.

        A column too narrow for its widest number takes what it lacks from those that have more than they need.
        """
        room = self.room - COLUMN_GAP * (len(self.columns) - 1)
        least = self._number_widths()
        shares = [column.width for column in self.columns]
        taken: dict[int, float] = {}
        while True:
            left, total = room - sum(taken.values()), sum(shares)
            widths = [taken.get(index) or left * share / total for index, share in enumerate(shares)]
            narrow = {index: least[index] for index, width in enumerate(widths) if width < least[index]}
            if not narrow or sum((taken | narrow).values()) > room * MOST_FOR_NUMBERS:
                return tuple(math.floor(width * 100) / 100 for width in widths)
            taken |= narrow
            shares = [0.0 if index in taken else share for index, share in enumerate(shares)]

    def _number_widths(self) -> list[float]:
        """Return how wide in points the widest number is of each column that is one of numbers, set to the right."""
        size, _ = TYPE_POINTS[self.type_size]
        rows = [row.cells for row in self.rows if not row.heads_group]
        return [
            max((_number_width(row[index], size) for row in rows), default=0.0)
            if column.alignment == "derecha"
            else 0.0
            for index, column in enumerate(self.columns)
        ]

    @property
    def span_width(self) -> float:
        """The width in points of a cell over all columns: no wider than they are, not even by rounding.

        One that is wider would widen the last column from its own row on; longtable would need to be told beforehand.
        """
        return sum(self.column_widths) + COLUMN_GAP * (len(self.columns) - 1) - 0.01

    def estimated_height(self) -> float:
        """Return about how high the table is in points, from the number of characters in its cells."""
        size, line_height = TYPE_POINTS[self.type_size]
        character = size * 0.47
        widths = self.column_widths
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

    def may_be_tall(self, row: GridRow) -> bool:
        """Tell whether a row could be so high that it had better run over pages; TeX measures how high it is."""
        _, line_height = TYPE_POINTS[self.type_size]
        return self._lines(row) * line_height > TALL_SHARE * self._page_height

    def is_low(self, row: GridRow) -> bool:
        """Tell whether a row is so low that it may be kept on one page with the next."""
        return self._lines(row) <= MOST_LINES_KEPT

    def _lines(self, row: GridRow) -> int:
        """Return how many lines a row takes at the most."""
        if row not in self._known_lines:
            self._known_lines[row] = self._count_lines(row)
        return self._known_lines[row]

    @cached_property
    def _known_lines(self) -> dict[GridRow, int]:
        return {}

    def _count_lines(self, row: GridRow) -> int:
        size, _ = TYPE_POINTS[self.type_size]
        widths = [self.span_width] if row.heads_group else self.column_widths
        return max(_most_lines(cell, size, width) for cell, width in zip(row.cells, widths, strict=True))

    @property
    def _page_height(self) -> float:
        return PAGE.text_width if self.landscape else PAGE.text_height

    def is_long(self) -> bool:
        """Tell whether the table is set to run over pages."""
        likely, most = self.estimated_height(), self._greatest_height()
        return self.landscape or likely > FLOATING_SHARE * self._page_height or most > SAFE_SHARE * self._page_height

    def _greatest_height(self) -> float:
        """Return how high the table could be at the most, with its title and its note."""
        _, line_height = TYPE_POINTS[self.type_size]
        headings = GridRow(tuple(column.title for column in self.columns))
        lines = sum(self._lines(row) for row in (headings, *self.rows))
        across = sum(_most_lines(tex, TYPE_POINTS["normal"][0], self.room) for tex in (self.title, self.note))
        return lines * line_height + across * TYPE_POINTS["normal"][1] + 3 * len(self.rows)


def _number_width(cell: str, size: float) -> float:
    """Return about how wide the widest word of a cell is that is a number, in points."""
    widest = 0.0
    for word in strip_marks(cell).split():
        signs = re.sub(r"\\glifo\{[0-9A-F]+\}|\\[A-Za-z]+|[{}$]", "", word)
        if re.search(r"[0-9]", signs) and not re.search(r"[^\W\d_]|\[", signs):
            digits, spaces = len(re.findall(r"[0-9]", signs)), signs.count(r"\,")
            widest = max(widest, (0.54 * digits + 0.19 * spaces + 0.4 * (len(signs) - digits - 2 * spaces)) * size + 1)
    return widest


def _most_lines(cell: str, size: float, width: float) -> int:
    """Return how many lines a cell takes at the most: wide letters, and no word that fits is broken."""
    room = max(1, int(width / (size * 0.56)))
    lines, left = 1, room
    for word in re.split(r"[\s~]+", cell):
        length = printed_length(word) + 1
        if length > left:
            lines += math.ceil(length / room)
            left = room - length % room
        else:
            left -= length
    return lines


def printed_length(tex: str) -> int:
    """Return about how many characters a cell's TeX prints."""
    if not SIGNS.search(tex):
        return len(tex)
    without_citations = strip_marks(rewrite(tex, Citation, lambda citation, inside: "[999]"))
    return len(re.sub(r"\\[A-Za-z]+\*?(?:\[[^]]*\])?|[{}~$]", "", without_citations))
