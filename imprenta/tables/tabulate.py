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
    """Turn the edges of a graph into a Grid: number in the drawing, from, to, protocol, port, encryption, source."""
    rows = []
    for number, edge in enumerate(figure.edges, 1):
        tails, heads = _nodes(edge.tails, figure, scope), _nodes(edge.heads, figure, scope)
        arrow = ARROWS[figure.direction_of(edge)]
        rows.append(
            GridRow(
                (
                    mark_place(edge.place, str(number), scope),
                    tails,
                    f"{arrow} {heads}",
                    _optional(edge.description or edge.label, scope),
                    _optional(edge.protocol, scope),
                    _optional(edge.port, scope),
                    _optional(edge.encryption, scope),
                    _sources(edge, scope),
                )
            )
        )
    words = locale_of(scope).palabras
    columns = _headings(
        figure.caption,
        scope,
        GridColumn(words.numero, 0.55, "derecha"),
        GridColumn(words.de, 2.0),
        GridColumn(words.a, 2.2),
        GridColumn(words.para_que, 3.6),
        GridColumn(words.protocolo, 2.2),
        GridColumn(words.puerto, 1.6),
        GridColumn(words.cifrado, 1.9),
        GridColumn(words.fuente, 1.15),
    )
    shown = rf"{words.figura}~\ref*{{figura:{id}}}"
    linked = words.comunicaciones_de.format(rf"\hyperref[figura:{id}]{{{shown}}}")
    title = mark_words(figure.caption, linked, scope)
    short = mark_words(figure.caption, words.comunicaciones_de.format(shown), scope)
    return Grid(
        f"comunicaciones-{id}",
        title,
        short,
        columns,
        tuple(rows),
        type_size="minima",
        row_headers=False,
        sheet=scope.sheet,
    )


def _headings(origin: Text, scope: Scope, *columns: GridColumn) -> tuple[GridColumn, ...]:
    """Return the columns of a generated table, whose headings come from what it was generated from."""
    return tuple(replace(column, title=mark_words(origin, column.title, scope)) for column in columns)


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
    rows = []
    words = locale_of(scope).palabras
    for name, quantity in file.quantities.items():
        if quantity.formula is not None:
            origin = words.calculo_propio
        elif quantity.assumption is not None:
            origin = rf"\emph{{{words.supuesto}}}: {write_inline(quantity.assumption, scope)}"
            if quantity.citations:
                origin += f" {_sources(quantity, scope)}"
        else:
            origin = _sources(quantity, scope)
        if quantity.note is not None:
            origin += rf". {write_inline(quantity.note, scope)}"
        rows.append(
            GridRow(
                (
                    write_inline(quantity.concept, scope),
                    mark_place(quantity.place, scope.quantity(id, name), scope),
                    _optional(quantity.unit, scope),
                    write_inline(quantity.date, scope) if quantity.date is not None else NOTHING,
                    origin,
                )
            )
        )
    columns = _headings(
        file.title,
        scope,
        GridColumn(words.concepto, 4),
        GridColumn(words.valor, 1.4, "derecha"),
        GridColumn(words.unidad, 2.2),
        GridColumn(words.fecha, 1.4),
        GridColumn(words.fuente_o_supuesto, 4),
    )
    note = write_inline(file.note, scope) if file.note else ""
    return Grid(
        f"valores-{id}",
        write_inline(file.title, scope),
        write_short(file.title, scope),
        columns,
        tuple(rows),
        note,
        "minima",
        row_headers=False,
        sheet=scope.sheet,
    )
