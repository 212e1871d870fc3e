"""Grid: a table whose cells are TeX already, with the widths and the room that it needs."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from imprenta.model.page import PAGE, Page
from imprenta.model.table_parts import SINGLE, Alignment, Reach
from imprenta.tables.estimates import most_lines, printed_length
from imprenta.tables.measure import measure
from imprenta.tables.widths import Content, keep_shares, solve_widths

if TYPE_CHECKING:
    from collections.abc import Iterator

TypeSize = Literal["normal", "pequena", "minima"]

COLUMN_GAPS: dict[TypeSize, float] = {"normal": 8.0, "pequena": 8.0, "minima": 6.0}
"""Points between two columns, by the size of type."""

TYPE_POINTS: dict[TypeSize, tuple[float, float]] = {"normal": (10, 12), "pequena": (9, 11), "minima": (8, 9.5)}
"""Size and line height in points of the sizes of type (\\small, \\footnotesize, \\scriptsize of an 11 pt class)."""

DESIGN: dict[float, float] = {10: 1.0, 9: 1.028, 8: 1.063}
"""How much wider the letters of a size are than those of 10 points, size for size (lmr9.tfm, lmr8.tfm)."""

FLOATING_SHARE = 0.42
"""A table that takes more than this share of the page's height runs over pages instead of floating."""

SAFE_SHARE = 0.8
"""Nor does one float that could take more than this share, counted high."""

NEARLY = 1.1
"""A heading that asks for so many times the width of its column, as it is measured, may still stand on one line."""
MOST_INSET = 14.0
"""Points between a column of numbers and its right edge."""

MOST_LINES_KEPT = 6

TALL_SHARE = 0.09
"""A row that may take more than this share of the page's height is set so that it can run over pages."""

LEAST_NOTE = 0.5
"""The share of the room that a note has below the narrowest table."""


COVERED = Reach(1, 0)
"""What a cell reaches over that stands where one of the rows above reaches to."""


@dataclass(frozen=True, slots=True)
class GridColumn:
    """A column: its heading in TeX, its relative width, its alignment; no column has a width if one has none."""

    title: str
    width: float | None = 1.0
    alignment: Alignment = "izquierda"


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row of cells in TeX; a row that heads a group has one cell, which spans the table.

    `reaches` tells how far each cell reaches, or is empty if all are single ones; a place that a cell of the rows above
    takes has an empty cell that is `COVERED`. A row `of_totals` stands below a rule.
    """

    cells: tuple[str, ...]
    heads_group: bool = False
    reaches: tuple[Reach, ...] = ()
    of_totals: bool = False

    def placed(self) -> Iterator[tuple[int, str, Reach]]:
        """Yield each cell with the column where it begins."""
        column = 0
        for number, cell in enumerate(self.cells):
            reach = self.reaches[number] if self.reaches else SINGLE
            yield column, cell, reach
            column += reach.columns


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
    groups: tuple[tuple[str, int], ...] = ()
    """The headings over several columns, TeX, each with how many; "" over columns that have none."""
    sheet: Page = PAGE
    wide: bool = False
    """It stands over all columns of its page, whether it would fit in one or not."""
    in_column: bool = False

    @property
    def room(self) -> float:
        """Return the width in points between the table's edges."""
        if self.landscape:
            return self.sheet.text_height
        return self.sheet.column_width if self.in_column else self.sheet.text_width

    @property
    def gap(self) -> float:
        """Return the points between two columns."""
        return COLUMN_GAPS[self.type_size]

    @property
    def is_solved(self) -> bool:
        """Tell whether the widths of the columns come from their contents, so that what cells take is measured."""
        return any(column.width is None for column in self.columns)

    @cached_property
    def column_widths(self) -> tuple[float, ...]:
        """Each column's width in points: from the contents, or with the gaps between them they fill the room."""
        if self.is_solved:
            widths = solve_widths(self.contents, len(self.columns), self.room, self.gap)
        else:
            widths = keep_shares(self.contents, [column.width or 0.0 for column in self.columns], self.room, self.gap)
        return tuple(math.floor(width * 100) / 100 for width in widths)

    def inset(self, column: int) -> float:
        """Return how many points the numbers of a column stand off its right edge: half of what it has to spare."""
        if self.columns[column].alignment != "decimal" or column == len(self.columns) - 1:
            return 0.0
        _, heads, *rows = ([one for one in row if one.column == column and one.columns == 1] for row in self.contents)
        width = self.column_widths[column]
        needs = [cell.whole if cell.whole <= width * NEARLY else cell.widest for cell in heads]
        needs += [cell.whole for row in rows for cell in row]
        return min(MOST_INSET, max(0.0, width - max(needs, default=0.0)) / 2)

    @cached_property
    def contents(self) -> list[list[Content]]:
        """What stands in each row, those of the headings first."""
        return list(self._contents())

    def _contents(self) -> Iterator[list[Content]]:
        points, _ = TYPE_POINTS[self.type_size]
        size = points * DESIGN[points] * self.sheet.letter_width
        column = 0
        over = []
        for title, count in self.groups:
            over.append(Content(column, count, measure(title, bold=True), size))
            column += count
        yield over
        yield [Content(at, 1, measure(column.title, bold=True), size) for at, column in enumerate(self.columns)]
        for row in self.rows:
            if not row.heads_group:
                yield [
                    Content(at, reach.columns, measure(cell), size, max(1, reach.rows))
                    for at, cell, reach in row.placed()
                ]

    def is_header(self, column: int, row: GridRow) -> bool:
        """Tell whether the cell of a row that begins in a column is set as the row's heading."""
        named = self.row_headers and self.columns[0].alignment == "izquierda"
        return column == 0 and not row.heads_group and (named or row.of_totals)

    def _measured_lines(self, column: int, cell: str, reach: Reach) -> int:
        points, _ = TYPE_POINTS[self.type_size]
        size = points * DESIGN[points] * self.sheet.letter_width
        content = Content(column, reach.columns, measure(cell), size)
        return max(1, content.count_lines(self.reach_width(column, reach)))

    def reach_width(self, column: int, reach: Reach) -> float:
        """Return the width in points of a cell that begins in a column: no wider than what it reaches over."""
        inside = self.column_widths[column : column + reach.columns]
        return sum(inside) + self.gap * (len(inside) - 1) - (0.01 if len(inside) > 1 else 0)

    @property
    def span_width(self) -> float:
        """The width in points of a cell over all columns: no wider than they are, not even by rounding.

        One that is wider would widen the last column from its own row on; longtable would need to be told beforehand.
        """
        return sum(self.column_widths) + self.gap * (len(self.columns) - 1) - 0.01

    @property
    def is_narrow(self) -> bool:
        """Tell whether the table leaves room beside it."""
        return self.span_width < self.room - 1

    @property
    def note_width(self) -> float:
        """The width in points of the note: the table's, or as much as lines need that are read."""
        return max(self.span_width, LEAST_NOTE * self.room)

    @cached_property
    def spans(self) -> tuple[range, ...]:
        """The rows from which a cell reaches to the next, by their indexes, for each cell that does."""
        return tuple(
            range(index, index + reach.rows - 1)
            for index, row in enumerate(self.rows)
            for _, _, reach in row.placed()
            if reach.rows > 1
        )

    def lacking_lines(self, index: int) -> int:
        """Return how many lines a row lacks for a cell of one above that reaches down to it and no further."""
        lacking = 0
        for span in self.spans:
            if span.stop == index:
                above = self.rows[span.start]
                rows = len(span) + 1
                most = max(self.most_lines(*place) for place in above.placed() if place[2].rows == rows)
                lacking = max(lacking, most - sum(max(1, self._least_lines(at)) for at in range(span.start, index + 1)))
        return lacking

    def _least_lines(self, index: int) -> int:
        """Return how many lines a row takes at the least: as many as its cells have that an author parted."""
        single = [cell for _, cell, reach in self.rows[index].placed() if reach.rows == 1]
        return max((len(measure(cell)) for cell in single), default=1)

    def estimated_height(self) -> float:
        """Return about how high the table is in points, from the number of characters in its cells."""
        size, line_height = TYPE_POINTS[self.type_size]
        character = size * 0.47
        height = (3 if self.groups else 2) * line_height
        for row in self.rows:
            if row.heads_group:
                height += line_height + 3
                continue
            lines = max(
                self._measured_lines(at, cell, reach) / max(1, reach.rows)
                if self.is_solved
                else math.ceil(
                    max(1, printed_length(cell)) * character / self.reach_width(at, reach) / max(1, reach.rows)
                )
                for at, cell, reach in row.placed()
            )
            height += lines * line_height + 3
        return height

    def may_be_tall(self, row: GridRow) -> bool:
        """Tell whether a row could be so high that it had better run over pages; TeX measures how high it is."""
        _, line_height = TYPE_POINTS[self.type_size]
        return self.lines(row) * line_height > TALL_SHARE * self._page_height

    def is_low(self, row: GridRow) -> bool:
        """Tell whether a row is so low that it may be kept on one page with the next."""
        return self.lines(row) <= MOST_LINES_KEPT

    def lines(self, row: GridRow) -> int:
        """Return how many lines a row takes at the most."""
        if row not in self._known_lines:
            self._known_lines[row] = self._count_lines(row)
        return self._known_lines[row]

    @cached_property
    def _known_lines(self) -> dict[GridRow, int]:
        return {}

    def _count_lines(self, row: GridRow) -> int:
        size, _ = TYPE_POINTS[self.type_size]
        if row.heads_group:
            return most_lines(row.cells[0], size, self.span_width)
        return max((self.most_lines(at, cell, reach) for at, cell, reach in row.placed() if reach.rows < 2), default=1)

    def most_lines(self, column: int, cell: str, reach: Reach) -> int:
        """Return how many lines a cell takes at the most."""
        if self.is_solved or reach.rows > 1:
            return self._measured_lines(column, cell, reach)
        return most_lines(cell, TYPE_POINTS[self.type_size][0], self.reach_width(column, reach))

    @property
    def _page_height(self) -> float:
        return self.sheet.text_width if self.landscape else self.sheet.text_height

    def is_long(self) -> bool:
        """Tell whether the table is set to run over pages."""
        likely, most = self.estimated_height(), self._greatest_height()
        return self.landscape or likely > FLOATING_SHARE * self._page_height or most > SAFE_SHARE * self._page_height

    def _greatest_height(self) -> float:
        """Return how high the table could be at the most, with its title and its note."""
        _, line_height = TYPE_POINTS[self.type_size]
        headings = GridRow(tuple(column.title for column in self.columns))
        lines = sum(self.lines(row) for row in (headings, *self.rows))
        across = sum(most_lines(tex, TYPE_POINTS["normal"][0], self.room) for tex in (self.title, self.note))
        return lines * line_height + across * TYPE_POINTS["normal"][1] + 3 * len(self.rows)
