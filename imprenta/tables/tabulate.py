"""The three origins of a table -> a Grid: written by hand, edges of a graph, values of a data file."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from imprenta.markup import Scope, escape, locale_of, mark_place, mark_words, write_citations, write_inline, write_short
from imprenta.model.source_map import strip_marks
from imprenta.model.table_layout import lay_out
from imprenta.model.table_parts import SINGLE, ColumnGroup
from imprenta.tables.decimals import Figure, align_numbers, plain_figure, set_number
from imprenta.tables.grid import COVERED, Grid, GridColumn, GridRow
from imprenta.tables.notes import Notes
from imprenta.tables.totals import Totals

if TYPE_CHECKING:
    from collections.abc import Iterable

    from imprenta.markup import Scope
    from imprenta.model import DataFile, Graph, GraphEdge, Quantity, Table, Text
    from imprenta.model.table_layout import LaidRow
    from imprenta.model.table_parts import Reach
    from imprenta.tables.scope import TableScope

ARROWS = {"ida": r"$\rightarrow$", "doble": r"$\leftrightarrow$", "ninguno": "---"}
NOTHING = "---"
"""What stands in a cell of a generated table when the data say nothing."""
ALWAYS_TOLD = 5
"""Columns of communications that are there whatever is in them: as far as what they are for."""


def grid_of_table(id: str, table: Table, scope: TableScope) -> Grid:
    """Turn a table written by hand into a Grid; a repeated row becomes one row for each value."""
    notes = Notes(table.notes)
    plain, scope = scope, scope.noting(notes.call)
    note = write_inline(table.note, scope) if table.note else ""
    if table.citations:
        sources = f"{locale_of(scope).palabras.fuentes}: {_sources(table, scope)}."
        note = f"{note} {sources}" if note else sources
    solved = all(column.width is None for column in table.columns)
    columns = tuple(
        GridColumn(
            write_inline(column.title, scope),
            None if solved else float(column.width or 1),
            column.alignment,
        )
        for column in table.columns
    )
    title, groups = write_inline(table.title, scope), _groups(table, scope)
    rows = tuple(_Rows(table, scope, scope.noting(notes.hang)).write())
    return Grid(
        id,
        title,
        write_short(table.title, scope),
        columns,
        rows,
        " ".join(filter(None, (note, notes.write(plain)))),
        table.type_size,
        landscape=table.landscape,
        wide=table.wide,
        groups=groups,
        sheet=scope.sheet,
    )


def _groups(table: Table, scope: TableScope) -> tuple[tuple[str, int], ...]:
    """Return the headings over several columns, if there are any."""
    if not any(isinstance(head, ColumnGroup) for head in table.heads):
        return ()
    return tuple(
        (write_inline(head.group, scope), len(head.columns)) if isinstance(head, ColumnGroup) else ("", 1)
        for head in table.heads
    )


class _Rows:
    """Writes the rows of a table: first each cell, then the columns of numbers, which are aligned as a whole."""

    def __init__(self, table: Table, scope: TableScope, aligned: TableScope) -> None:
        self.table, self.scope, self.aligned = table, scope, aligned
        self.columns = table.columns
        self.totals = Totals(self.columns)
        self.rows: list[GridRow] = []
        self.figures: dict[int, list[tuple[int, int, Figure]]] = {}

    def write(self) -> list[GridRow]:
        for row, laid in zip(self.table.rows, lay_out(self.table.rows, len(self.columns))[0], strict=True):
            if row.label is not None:
                self.rows.append(GridRow((write_inline(row.label, self.scope),), heads_group=True))
            for variables in row.bindings():
                scopes = (self.scope, self.aligned)
                self.write_row(laid, *(scope.bind(variables) if variables else scope for scope in scopes))
        for words, numbers in self.totals.rows(self.scope):
            self.write_totals(words, numbers)
        for figures in self.figures.values():
            for (number, at, _), tex in zip(figures, align_numbers([figure for *_, figure in figures]), strict=True):
                cells = self.rows[number].cells
                self.rows[number] = replace(self.rows[number], cells=(*cells[:at], tex, *cells[at + 1 :]))
        return self.rows

    def write_row(self, laid: LaidRow, scope: TableScope, aligned: TableScope) -> None:
        cells: list[str] = []
        reaches: list[Reach] = []
        for at, slot in enumerate(laid.slots):
            reaches.append(slot.reach if slot.cell is not None else COVERED)
            if slot.cell is None:
                cells.append("")
                continue
            column = self.columns[slot.column]
            if slot.reach.columns == 1:
                self.totals.add(slot.column, slot.cell, scope)
            if (slot.reach.alignment or column.alignment) == "decimal" and slot.reach.columns == 1:
                figure = set_number(slot.cell, aligned, column.decimals)
                self.figures.setdefault(slot.column, []).append((len(self.rows), at, figure))
                cells.append(figure.tex)
            else:
                cells.append(write_inline(slot.cell, scope))
        single = all(reach == SINGLE for reach in reaches)
        self.rows.append(GridRow(tuple(cells), reaches=() if single else tuple(reaches)))

    def write_totals(self, words: str, numbers: list[str | None]) -> None:
        cells = []
        for number, (column, value) in enumerate(zip(self.columns, numbers, strict=True)):
            tex = mark_words(column.title, escape(value), self.scope) if value is not None else ""
            if value is not None and column.alignment == "decimal":
                self.figures.setdefault(number, []).append((len(self.rows), number, plain_figure(tex, value)))
            cells.append(tex)
        if cells and not cells[0]:
            cells[0] = mark_words(self.columns[0].title, words, self.scope)
        self.rows.append(GridRow(tuple(cells), of_totals=True))


def grid_of_communications(id: str, figure: Graph, scope: TableScope) -> Grid:
    """Turn the edges of a graph into a Grid: number in the drawing, from, arrow, to, what for, protocol, port, ….

    Of protocol, port, encryption and source there is a column where an edge tells it.
    """
    words = locale_of(scope).palabras
    columns = (
        GridColumn(words.numero, None, "derecha"),
        GridColumn(words.de, None),
        GridColumn("", None, "centro"),
        GridColumn(words.a, None),
        GridColumn(words.para_que, None),
        GridColumn(words.protocolo, None),
        GridColumn(words.puerto, None),
        GridColumn(words.cifrado, None),
        GridColumn(words.fuente, None),
    )
    rows = [
        (
            mark_place(edge.place, str(number), scope),
            _nodes(edge.tails, figure, scope),
            ARROWS[figure.direction_of(edge)],
            _nodes(edge.heads, figure, scope),
            _optional(edge.description or edge.label, scope),
            _optional(edge.protocol, scope),
            _optional(edge.port, scope),
            _optional(edge.encryption, scope),
            _sources(edge, scope),
        )
        for number, edge in enumerate(figure.edges, 1)
    ]
    kept = [at for at in range(len(columns)) if at < ALWAYS_TOLD or any(row[at] != NOTHING for row in rows)]
    shown = rf"{words.figura}~\ref*{{figura:{id}}}"
    linked = words.comunicaciones_de.format(rf"\hyperref[figura:{id}]{{{shown}}}")
    title = mark_words(figure.caption, linked, scope)
    short = mark_words(figure.caption, words.comunicaciones_de.format(shown), scope)
    return Grid(
        f"comunicaciones-{id}",
        title,
        short,
        _headings(figure.caption, scope, *(columns[at] for at in kept)),
        tuple(GridRow(tuple(row[at] for at in kept)) for row in rows),
        type_size="minima",
        row_headers=False,
        sheet=scope.sheet,
    )


def _headings(origin: Text, scope: Scope, *columns: GridColumn) -> tuple[GridColumn, ...]:
    """Return the columns of a generated table, whose headings come from what it was generated from."""
    return tuple(
        replace(column, title=mark_words(origin, column.title, scope)) if column.title else column for column in columns
    )


def _nodes(ids: Iterable[Text], figure: Graph, scope: TableScope) -> str:
    """Name nodes by their titles; equal titles are written once."""
    titles = [write_inline(figure.nodes[text.value].title, scope) for text in ids if text.value in figure.nodes]
    unique: dict[str, str] = {}
    for title in titles:
        unique.setdefault(strip_marks(title), title)
    return ", ".join(unique.values())


def _optional(text: Text | None, scope: TableScope) -> str:
    return write_inline(text, scope) if text is not None else NOTHING


def _sources(part: GraphEdge | Quantity | Table, scope: TableScope) -> str:
    if not part.citations:
        return NOTHING
    return mark_words(part.citations[0], write_citations([text.value for text in part.citations], scope), scope)


def grid_of_values(id: str, file: DataFile, scope: TableScope) -> Grid:
    """Turn the quantities of a data file into a Grid: concept, value, unit, date, source or assumption."""
    words = locale_of(scope).palabras
    numbers = [_number(quantity, scope.quantity(id, name), scope) for name, quantity in file.quantities.items()]
    rows = tuple(
        GridRow(
            (
                write_inline(quantity.concept, scope),
                number,
                _optional(quantity.unit, scope),
                _optional(quantity.date, scope),
                _origin(quantity, scope),
            )
        )
        for quantity, number in zip(file.quantities.values(), align_numbers(numbers), strict=True)
    )
    columns = _headings(
        file.title,
        scope,
        GridColumn(words.concepto, None),
        GridColumn(words.valor, None, "decimal"),
        GridColumn(words.unidad, None),
        GridColumn(words.fecha, None),
        GridColumn(words.fuente_o_supuesto, None),
    )
    note = write_inline(file.note, scope) if file.note else ""
    return Grid(
        f"valores-{id}",
        write_inline(file.title, scope),
        write_short(file.title, scope),
        columns,
        rows,
        note,
        "minima",
        row_headers=False,
        sheet=scope.sheet,
    )


def _number(quantity: Quantity, printed: str, scope: TableScope) -> Figure:
    """Return a quantity as a cell of a column of numbers; a list of them is no number."""
    tex = mark_place(quantity.place, escape(printed), scope)
    return Figure(tex) if ";" in printed else plain_figure(tex, printed)


def _origin(quantity: Quantity, scope: TableScope) -> str:
    """Return where a quantity comes from, and its note."""
    words = locale_of(scope).palabras
    if quantity.formula is not None:
        origin = words.calculo_propio
    elif quantity.assumption is not None:
        origin = rf"\emph{{{words.supuesto}}}: {write_inline(quantity.assumption, scope)}"
        if quantity.citations:
            origin += f" {_sources(quantity, scope)}"
    else:
        origin = _sources(quantity, scope)
    return rf"{origin}. {write_inline(quantity.note, scope)}" if quantity.note is not None else origin
