"""The numbers of a table's columns -> the rows of totals at its foot."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from imprenta.calculate import read_number
from imprenta.markup import locale_of, read_line, write_plain

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from imprenta.model import Column, Text
    from imprenta.model.table_parts import TotalKind
    from imprenta.tables.scope import TableScope

KINDS: dict[TotalKind, Callable[[Sequence[Decimal]], Decimal]] = {
    "suma": lambda values: sum(values, Decimal(0)),
    "media": lambda values: sum(values, Decimal(0)) / len(values),
    "minimo": min,
    "maximo": max,
}


@dataclass(slots=True)
class Totals:
    """Gathers the numbers of each column that has a total; values count as they are, not as they are rounded."""

    columns: Sequence[Column]
    values: dict[int, list[Decimal]] = field(default_factory=dict)
    decimals: dict[int, int] = field(default_factory=dict)

    def add(self, number: int, cell: Text, scope: TableScope) -> None:
        """Take in a cell of a column."""
        if not self.columns[number].totals:
            return
        parsed, printed = read_line(cell), read_number(write_plain(cell, scope))
        if printed is None:
            return
        value = scope.value(parsed.expressions[0]) if len(parsed.expressions) == 1 else printed.value
        places = max(0, printed.decimals - (printed.exponent or 0))
        self.values.setdefault(number, []).append(value)
        self.decimals[number] = max(self.decimals.get(number, 0), places)

    def rows(self, scope: TableScope) -> list[tuple[str, list[str | None]]]:
        """Return what heads each row of totals, and its number under each column, None where there is none."""
        said = locale_of(scope).palabras
        words = {"suma": said.total, "media": said.media, "minimo": said.minimo, "maximo": said.maximo}
        wanted = [kind for kind in KINDS if any(kind in column.totals for column in self.columns)]
        return [
            (words[kind], [self._write(number, kind, scope) for number in range(len(self.columns))]) for kind in wanted
        ]

    def _write(self, number: int, kind: TotalKind, scope: TableScope) -> str | None:
        column = self.columns[number]
        if kind not in column.totals or number not in self.values:
            return None
        places = self.decimals[number] or int(kind == "media")  # the mean of whole numbers is seldom one
        return scope.write_value(
            KINDS[kind](self.values[number]), places if column.decimals is None else column.decimals
        )
