"""A Grid -> LaTeX, built with PyLaTeX: a floating tabular, or a longtable that repeats its headings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from imprenta.model.facts import Caption, Carried, state
from imprenta.model.source_map import first_mark, hold
from imprenta.tables.grid import COLUMN_GAP

if TYPE_CHECKING:
    from pylatex import LongTable, Tabular

    from imprenta.tables.grid import Grid, GridColumn
    from imprenta.words import Words

ALIGNMENTS = {"izquierda": r"\RaggedRight", "centro": r"\Centering", "derecha": r"\RaggedLeft"}
TYPE_COMMANDS = {"normal": r"\small", "pequena": r"\footnotesize", "minima": r"\scriptsize"}
ROW_GAP = "3pt"
GROUP_GAP = "5pt"


@dataclass(frozen=True, slots=True)
class TableTex:
    """What a template places: `body` is the whole tabular or longtable; a long one carries its own caption."""

    id: str
    title: str
    short_title: str
    body: str
    note: str
    type_command: str
    gap: str
    long: bool
    landscape: bool


def write_grid(grid: Grid, words: Words) -> TableTex:
    """Turn a grid into LaTeX for the template of tables."""
    long = grid.is_long()
    body = _write_long(grid, words) if long else _write_short(grid)
    return TableTex(
        grid.id,
        grid.title,
        grid.short_title,
        body,
        grid.note,
        TYPE_COMMANDS[grid.type_size],
        f"{COLUMN_GAP / 2:g}bp",
        long,
        grid.landscape,
    )


def _column(column: GridColumn, width: float) -> str:
    # TeX hyphenates no first word of a paragraph: the empty space, at which no line ends, makes it the second.
    return rf">{{{ALIGNMENTS[column.alignment]}\arraybackslash\leavevmode\nobreak\hspace{{0pt}}}}p{{{width:.2f}bp}}"


def _heading(grid: Grid) -> list[str]:
    # A heading is not hyphenated unless it has to be.
    return [rf"\hyphenpenalty=5000 \textbf{{{column.title}}}" if column.title else "" for column in grid.columns]


def _write_short(grid: Grid) -> str:
    from pylatex import NoEscape, Tabular

    specification = "".join(map(_column, grid.columns, grid.column_widths))
    table = Tabular(NoEscape(specification), booktabs=True, width=len(grid.columns), pos=["t"])
    table.escape = False
    table.add_row([NoEscape(cell) for cell in _heading(grid)])
    table.add_hline()
    _add_rows(table, grid, long=False)
    return str(table.dumps())


def _write_long(grid: Grid, words: Words) -> str:
    from pylatex import Command, LongTable, NoEscape

    specification = "@{}" + "".join(map(_column, grid.columns, grid.column_widths)) + "@{}"
    table = LongTable(NoEscape(specification), booktabs=False, width=len(grid.columns))
    table.escape = False
    heading = [NoEscape(cell) for cell in _heading(grid)]
    title, short = state(Caption("table", label := f"tabla:{grid.id}"), grid.title), state(Carried(), grid.short_title)
    table.append(NoEscape(rf"\caption[{{{short}}}]{{{title}}}\label{{{label}}}\\"))
    for end in (r"\endfirsthead", None):
        if end is None:
            again = state(Caption("table", numbered=False), rf"\emph{{{words.continuacion}}}")
            table.append(NoEscape(hold(rf"{first_mark(grid.title)}\caption[]{{{again}}}\\")))
        table.append(Command("toprule"))
        table.add_row(heading)
        table.append(Command("midrule"))
        if end is None:
            table.end_table_header()
        else:
            table.append(NoEscape(end))
    table.append(NoEscape(r"\bottomrule"))
    table.end_table_footer()
    table.append(NoEscape(r"\bottomrule"))
    table.end_table_last_footer()
    _add_rows(table, grid, long=True)
    return str(table.dumps())


def _tall_row(grid: Grid, cells: list[str]) -> str:
    """Return a row whose cells are set beside the table first, so that it can run over pages line by line."""
    apart = "\n".join(
        rf"\begin{{celdaaparte}}{{{number}}}{{{width:.2f}bp}}{{{ALIGNMENTS[column.alignment]}}}{cell}%"
        f"\n\\end{{celdaaparte}}"
        for number, (column, width, cell) in enumerate(zip(grid.columns, grid.column_widths, cells, strict=True), 1)
    )
    last = len(grid.columns)
    pieces = "&".join(
        rf"\multicolumn{{1}}{{{'@{}' if number == 1 else ''}l{'@{}' if number == last else ''}}}{{\trozo{{{number}}}}}"
        for number in range(1, last + 1)
    )
    return f"\\noalign{{{apart}\n\\filaaparte}}\\filas{{{pieces}\\tabularnewline}}%"


def _add_rows(table: Tabular | LongTable, grid: Grid, *, long: bool) -> None:
    from pylatex import MultiColumn, NoEscape

    for index, row in enumerate(grid.rows):
        if row.heads_group:
            if index:
                table.append(NoEscape(rf"\addlinespace[{GROUP_GAP}]"))
            words = NoEscape(rf"\textbf{{\emph{{{row.cells[0]}}}}}")
            span = MultiColumn(
                len(grid.columns), align=NoEscape(rf"@{{}}p{{{grid.span_width:.2f}bp}}@{{}}"), data=[words]
            )
            table.add_row([span])
            if long and grid.is_low(row):
                table.append(NoEscape(r"\nopagebreak"))
            continue
        if index and not grid.rows[index - 1].heads_group:
            table.append(NoEscape(rf"\addlinespace[{ROW_GAP}]"))
        cells = list(row.cells)
        if grid.row_headers and grid.columns[0].alignment == "izquierda":
            cells[0] = rf"\textbf{{{cells[0]}}}" if cells[0] else ""
        # Each cell on a line of its own, so that TeX's messages and SyncTeX tell them apart.
        if long and grid.may_be_tall(row):
            table.append(NoEscape(_tall_row(grid, cells)))
        else:
            table.add_row([NoEscape(f"\n{cell}" if number else cell) for number, cell in enumerate(cells)])
        if (
            long and grid.is_low(row) and index in {0, len(grid.rows) - 2}
        ):  # no row stands alone at the top or at the foot of a page
            table.append(NoEscape(r"\nopagebreak"))
