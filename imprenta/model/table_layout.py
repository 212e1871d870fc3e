"""A table's rows -> the column where each of their cells stands, given that cells reach over columns and rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from imprenta.model.table_parts import SINGLE, CellRow, Reach

if TYPE_CHECKING:
    from collections.abc import Sequence

    from imprenta.model.table_parts import AnyRow
    from imprenta.model.text import Text


@dataclass(frozen=True, slots=True)
class Slot:
    """A cell, or None where one of the rows above reaches to, with the column where it begins."""

    column: int
    cell: Text | None
    reach: Reach = SINGLE


@dataclass(frozen=True, slots=True)
class LaidRow:
    """A row: its slots from left to right; how many columns its cells take, and how many are free for them."""

    slots: tuple[Slot, ...]
    taken: int
    free: int


def lay_out(given: Sequence[AnyRow], count: int) -> tuple[tuple[LaidRow, ...], tuple[Text, ...]]:
    """Return each row of a table of so many columns as it is laid out, and the cells that reach where they cannot.

    That is below the last row, into a row that is none of cells (a group, a repeated one), or over columns that a cell
    of the rows above parts.
    """
    below: dict[int, tuple[int, Text]] = {}
    rows: list[LaidRow] = []
    cut: dict[int, Text] = {}
    for row in given:
        covered = {column for column, (left, _) in below.items() if left}
        if not isinstance(row, CellRow):
            cut |= {id(below[column][1]): below[column][1] for column in covered}
            below.clear()
            slots = tuple(Slot(column, cell) for column, cell in enumerate(row.cells))
            rows.append(LaidRow(slots, len(row.cells), count))
            continue
        laid = _lay_row(row, covered, count)
        rows.append(laid)
        below = {column: (left - 1, cell) for column, (left, cell) in below.items() if left > 1}
        for slot in laid.slots:
            if slot.cell is None:
                continue
            inside = range(slot.column, slot.column + slot.reach.columns)
            if len(inside) > 1 and covered.intersection(inside):
                cut[id(slot.cell)] = slot.cell
            if slot.reach.rows > 1:
                below |= dict.fromkeys(inside, (slot.reach.rows - 1, slot.cell))
    cut |= {id(cell): cell for left, cell in below.values() if left}
    return tuple(rows), tuple(cut.values())


def _lay_row(row: CellRow, covered: set[int], count: int) -> LaidRow:
    reaches = row.reaches or [SINGLE] * len(row.cells)
    slots: list[Slot] = []
    column = 0
    for cell, reach in zip(row.cells, reaches, strict=True):
        while column in covered:
            slots.append(Slot(column, None))
            column += 1
        slots.append(Slot(column, cell, reach))
        column += reach.columns
    slots += [Slot(after, None) for after in range(column, count) if after in covered]
    return LaidRow(tuple(slots), sum(reach.columns for reach in reaches), count - len(covered))
