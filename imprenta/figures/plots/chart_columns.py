"""Where a chart takes its data from -> its columns: cells by their titles, and the numbers in them."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, NoReturn, Protocol

from imprenta.calculate import FormulaError, evaluate
from imprenta.calculate.measured import read_numbers
from imprenta.markup import Scope, write_plain
from imprenta.model.table_layout import lay_out
from imprenta.model.text import Text
from imprenta.problems import Problem, guess_hint

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from decimal import Decimal

    from imprenta.calculate import Numbers
    from imprenta.model.chart import Chart
    from imprenta.model.paper import Paper
    from imprenta.model.table import Table

Numeric = list["float | None"]
"""The numbers of a column; None is a gap."""


class ChartScope(Scope, Protocol):
    """What the cells of a table may ask for."""

    def bind(self, variables: Mapping[str, Decimal]) -> ChartScope:
        """Return a scope whose expressions know these variables too."""


class Lacking(Exception):  # noqa: N818 - it ends the reading of one chart
    """What a chart needs is not there: with the problems that say so, or with none where it has its own."""

    def __init__(self, problems: list[Problem]) -> None:
        """Keep the problems."""
        super().__init__()
        self.problems = problems


class Columns:
    """The columns of one chart. Whatever is missing raises Lacking."""

    def __init__(self, chart: Chart, paper: Paper, numbers: Numbers, scope: ChartScope) -> None:
        """Take them from the one place that the chart names."""
        self.chart = chart
        self.values = numbers
        self.scope = scope
        self.problems: list[Problem] = []
        self.titles: dict[str, Text] = {}
        self._cells: dict[str, Callable[[], list[Text]]] = {}
        self._numbers: dict[str, Numeric] = {}
        self._find(paper)

    def fail(self, code: str, message: str, text: Text | None, hint: str = "", *, lacks: str = "") -> NoReturn:
        """Raise Lacking with a problem, at a text or at the chart."""
        place = self.chart.place if text is None else text.span()
        raise Lacking([*self.problems, Problem(code, message, place, hint, lacks=lacks)])

    def words(self, text: Text | None, scope: ChartScope | None = None) -> str:
        """Return the words of a text; nothing for none."""
        try:
            return " ".join(write_plain(text, scope or self.scope).split()) if text is not None else ""
        except FormulaError:  # told where it is mentioned
            raise Lacking(self.problems) from None

    def title_of(self, name: Text) -> str:
        """Return how a column is called where it is shown: its title, or the concept of a value."""
        key = name_key(name)
        if key in self.titles:
            return self.words(self.titles[key])
        file, _, last = key.rpartition(".")
        quantity = self.values.quantities.get(file, {}).get(last)
        return self.words(quantity.concept) if quantity is not None else key

    def cells_of(self, name: Text) -> list[Text] | None:
        """Return the cells of a column as they were typed, or None if no column is called so."""
        made = self._cells.get(name_key(name))
        return None if made is None else made()

    def numbers_of(self, name: Text) -> Numeric:
        """Return the numbers that a name stands for: a column, or a formula of the report's values."""
        key = name_key(name)
        if key not in self._numbers:
            cells = self.cells_of(name)
            if cells is not None:
                self._numbers[key], found = read_numbers(cells, key)
                self.problems += found
            else:
                self._numbers[key] = self._evaluate(name, key)
        return self._numbers[key]

    def _find(self, paper: Paper) -> None:
        chart = self.chart
        given = {"csv": chart.csv, "tabla": chart.table, "valores": chart.columns or None}
        keys = [key for key, there in given.items() if there is not None]
        if len(keys) > 1:
            message = f"las columnas salen de un solo sitio, y la gráfica da «{keys[0]}» y «{keys[1]}»"
            self.fail("clave-sobrante", message, None)
        if chart.csv is not None:
            file = paper.csv_files.get(chart.csv.value.strip())
            if file is None:  # told where it is named, or in the file
                raise Lacking(self.problems)
            for at in range(len(file.titles)):
                self._add(file.title(at), partial(file.cells, at))
        elif chart.table is not None:
            table = paper.tables.get(chart.table.value)
            if table is None:
                path = f"paper/tablas/{chart.table.value}.yaml"
                message = f"no hay tabla «{chart.table.value}»: falta «{path}»"
                hint = guess_hint(chart.table.value, paper.tables)
                self.fail("tabla-desconocida", message, chart.table, hint, lacks=path)
            self._take_table(table)
        elif chart.columns:
            for title, cells in chart.columns.items():
                first = cells[0].span() if cells else chart.place
                self._add(Text(title, first.path, ((0, first.line, first.column),)), partial(list, cells))
        elif not chart.series:
            hint = "dé «csv: medidas.csv», «tabla: …», «valores: …» o «series: …»"
            self.fail("falta-clave", "la gráfica no dice de dónde salen sus datos", None, hint)

    def _add(self, title: Text, cells: Callable[[], list[Text]]) -> None:
        self.titles[name_key(title)], self._cells[name_key(title)] = title, cells

    def _take_table(self, table: Table) -> None:
        """Take the columns of a table written by hand, with what is worked out in its cells."""
        columns: list[list[Text]] = [[] for _ in table.columns]
        for row, laid in zip(table.rows, lay_out(table.rows, len(columns))[0], strict=True):
            for variables in row.bindings():
                scope = self.scope.bind(variables) if variables else self.scope
                for slot in laid.slots:
                    if slot.column >= len(columns):
                        continue  # told already
                    cells = columns[slot.column]
                    if slot.cell is not None:
                        cells.append(replace(slot.cell, value=self.words(slot.cell, scope)))
                    elif cells:  # one of the rows above reaches here, and says the same of this row
                        cells.append(cells[-1])
        for column_model, cells in zip(table.columns, columns, strict=True):
            self._add(replace(column_model.title, value=self.words(column_model.title)), partial(list, cells))

    def _evaluate(self, name: Text, key: str) -> Numeric:
        """Return the numbers of a formula of the report's values."""
        try:
            value = evaluate(name.value, self.values)
        except FormulaError as error:
            if error.follows:
                raise Lacking(self.problems) from None
            if self.titles and (error.code != "valor-desconocido" or "." not in key):
                hint = guess_hint(key, self.titles, what="hay")
                self.fail("columna-desconocida", f"no hay una columna «{key}»", name, hint)
            place = name.span(error.start, error.end)
            problem = Problem(error.code, error.message, place, error.hint, lacks=error.lacks)
            raise Lacking([*self.problems, problem]) from None
        return [float(item) for item in (value if isinstance(value, tuple) else (value,))]


def name_key(name: Text) -> str:
    """Return a column's name whatever blanks are in it."""
    return " ".join(name.value.split())
