"""A Grid -> LaTeX, built with PyLaTeX: a floating tabular, or a longtable that repeats its headings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from imprenta.model.facts import Caption, Carried, Cell, Kind, state
from imprenta.model.source_map import first_mark, hold
from imprenta.model.table_parts import Reach
from imprenta.tables.breaks import find_bound_rows, find_tail, holds_note
from imprenta.tables.placement import place_in_columns

if TYPE_CHECKING:
    from pylatex import LongTable, Tabular

    from imprenta.model.table_parts import Alignment
    from imprenta.tables.grid import Grid, GridRow
    from imprenta.words import Words

ALIGNMENTS: dict[Alignment, str] = {
    "izquierda": r"\RaggedRight",
    "centro": r"\Centering",
    "derecha": r"\RaggedLeft",
    "decimal": r"\RaggedLeft",
}
TYPE_COMMANDS = {"normal": r"\small", "pequena": r"\footnotesize", "minima": r"\scriptsize"}
ROW_GAP = "3pt"
GROUP_GAP = "8pt"
"""Above a row that heads a group; below it there is none."""


@dataclass(frozen=True, slots=True)
class TableTex:
    """What a template places: `body` is the whole tabular or longtable; a long one carries its own caption."""

    id: str
    title: str
    short_title: str
    body: str
    note: str
    note_width: str
    type_command: str
    gap: str
    long: bool
    landscape: bool
    wide: bool


def write_grid(grid: Grid, words: Words) -> TableTex:
    """Turn a grid into LaTeX for the template of tables."""
    grid = place_in_columns(grid)
    long = grid.is_long()
    body = _write_long(grid, words) if long else _write_short(grid)
    width = f"{grid.note_width:.2f}bp" if grid.is_narrow else r"\linewidth"
    return TableTex(
        grid.id,
        grid.title,
        grid.short_title,
        body,
        "" if long and holds_note(grid) else grid.note,
        width,
        TYPE_COMMANDS[grid.type_size],
        f"{grid.gap / 2:g}bp",
        long,
        grid.landscape,
        wide=grid.sheet.columns > 1 and not (grid.in_column or grid.landscape),
    )


def _opening(alignment: Alignment, inset: float = 0.0) -> str:
    """Return what stands before the words of a cell; its numbers stand so many points off its right edge."""
    kept = rf"\RaggedLeftRightskip{inset:.2f}bp\relax" if inset else ""
    return rf"\celda{kept}{ALIGNMENTS[alignment]}"


def _column(alignment: Alignment, width: float, inset: float = 0.0) -> str:
    # TeX hyphenates no first word of a paragraph: the empty space, at which no line ends, makes it the second.
    opening = _opening(alignment, inset)
    return rf">{{{opening}\arraybackslash\leavevmode\nobreak\hspace{{0pt}}}}p{{{width:.2f}bp}}"


def _columns(grid: Grid) -> str:
    columns = enumerate(zip(grid.columns, grid.column_widths, strict=True))
    return "".join(_column(column.alignment, width, grid.inset(at)) for at, (column, width) in columns)


def _heading(title: str, column: int, count: int, *, again: bool) -> str:
    heading = Cell("column" if title else "", first=not column, columns=count, again=again)
    return state(heading, rf"\textbf{{{title}}}" if title else "")


def _add_headings(table: Tabular | LongTable, grid: Grid, *, again: bool = False) -> None:
    """Add the row of the headings, below one of those that reach over several columns if there are any."""
    from pylatex import NoEscape

    if grid.groups:
        heads, rules, column = [], [], 0
        for title, count in grid.groups:
            heading = _heading(title, column, count, again=again)
            heads.append(NoEscape(_over(grid, column, Reach(count, 1, "centro"), heading)))
            if title:
                rules.append(rf"\cmidrule(lr){{{column + 1}-{column + count}}}")
            column += count
        table.append(NoEscape("&\n".join(heads) + r"\\"))
        table.append(NoEscape("".join(rules)))
    titles = enumerate(column.title for column in grid.columns)
    table.add_row([NoEscape(_heading(title, at, 1, again=again)) for at, title in titles])


def _over(grid: Grid, column: int, reach: Reach, tex: str) -> str:
    """Return a cell that reaches over columns, or has an alignment of its own."""
    if reach.columns == 1 and reach.alignment is None:
        return tex
    left, right = ("@{}" if edge else "" for edge in (column == 0, column + reach.columns == len(grid.columns)))
    kind = _column(reach.alignment or grid.columns[column].alignment, grid.reach_width(column, reach))
    return rf"\multicolumn{{{reach.columns}}}{{{left}{kind}{right}}}{{{tex}}}"


def _write_short(grid: Grid) -> str:
    from pylatex import NoEscape, Tabular

    table = Tabular(NoEscape(_columns(grid)), booktabs=True, width=len(grid.columns), pos=["t"])
    table.escape = False
    _add_headings(table, grid)
    table.add_hline()
    _add_rows(table, grid, long=False)
    return str(table.dumps())


def _write_long(grid: Grid, words: Words) -> str:
    from pylatex import Command, LongTable, NoEscape

    table = LongTable(NoEscape(f"@{{}}{_columns(grid)}@{{}}"), booktabs=False, width=len(grid.columns))
    table.escape = False
    title, short = state(Caption("table", label := f"tabla:{grid.id}"), grid.title), state(Carried(), grid.short_title)
    table.append(NoEscape(rf"\caption[{{{short}}}]{{{title}}}\label{{{label}}}\\"))
    for end in (r"\endfirsthead", None):
        if end is None:
            again = state(Caption("table", numbered=False), rf"\emph{{{words.continuacion}}}")
            table.append(NoEscape(hold(rf"{first_mark(grid.title)}\caption[]{{{again}}}\\")))
        table.append(Command("toprule"))
        _add_headings(table, grid, again=end is None)
        table.append(Command("midrule"))
        if end is None:
            table.end_table_header()
        else:
            table.append(NoEscape(end))
    table.append(NoEscape(r"\bottomrule"))
    table.end_table_footer()
    if not holds_note(grid):
        table.append(NoEscape(r"\bottomrule"))
    table.end_table_last_footer()
    _add_rows(table, grid, long=True)
    if holds_note(grid):
        table.append(NoEscape(_note_row(grid)))
    # A table narrower than the page stands in its middle, as a floating one does.
    narrow = r"\setlength{\LTleft}{\fill}\setlength{\LTright}{\fill}" "\n" if grid.is_narrow else ""
    return narrow + str(table.dumps())


def _note_row(grid: Grid) -> str:
    """Return the last rule of a long table and the note below it, on the page of the last row."""
    widths = (f"{width:.2f}bp" if grid.is_narrow else r"\linewidth" for width in (grid.span_width, grid.note_width))
    rule, below = widths
    note = state(Kind("note"), grid.note)
    return rf"\noalign{{\cierreconnota{{{rule}}}{{{below}}}{{{note}%" "\n}}"


def _tall_row(grid: Grid, cells: list[str], *, loose: bool) -> str:
    """Return a row whose cells are set beside the table first, so that it can run over pages line by line.

    A page may end before it, and does if that leaves little white, if it is `loose`.
    """
    apart = "".join(
        rf"\begin{{celdaaparte}}{{{at + 1}}}{{{width:.2f}bp}}{{{_opening(column.alignment, grid.inset(at))}}}"
        f"{cell}%\n\\end{{celdaaparte}}\n"
        for at, (column, width, cell) in enumerate(zip(grid.columns, grid.column_widths, cells, strict=True))
    )
    last = len(grid.columns)
    pieces = "&".join(
        rf"\multicolumn{{1}}{{{'@{}' if number == 1 else ''}l{'@{}' if number == last else ''}}}{{\trozo{{{number}}}}}"
        for number in range(1, last + 1)
    )
    before = r"\filasuelta" if loose else ""
    return f"\\noalign{{{apart}\\filaaparte{before}}}\\filas{{{pieces}\\tabularnewline}}%"


def _add_rows(table: Tabular | LongTable, grid: Grid, *, long: bool) -> None:
    from pylatex import Command, NoEscape

    bound = find_bound_rows(grid) if long else set()
    tail = find_tail(grid) if long else 0
    for index, row in enumerate(grid.rows):
        loose = index > 0 and index - 1 not in bound and not grid.rows[index - 1].heads_group
        if row.heads_group:
            _add_group(table, grid, row, first=not index)
            if long and grid.is_low(row):
                table.append(NoEscape(r"\nopagebreak"))
            continue
        if row.of_totals and not grid.rows[index - 1].of_totals:
            table.append(Command("midrule"))
        elif index and not grid.rows[index - 1].heads_group:
            table.append(NoEscape(rf"\addlinespace[{ROW_GAP}]"))
        # Each cell on a line of its own, so that TeX's messages and SyncTeX tell them apart.
        if long and not row.reaches and grid.may_be_tall(row):
            table.append(NoEscape(_tall_row(grid, _cells(grid, index), loose=loose)))
        else:
            if long and loose and index == tail:
                table.append(NoEscape(r"\noalign{\pieholgado}"))
            table.append(NoEscape("&\n".join(_cells(grid, index)) + r"\\"))
        if index in bound:
            table.append(NoEscape(r"\nopagebreak"))


def _add_group(table: Tabular | LongTable, grid: Grid, row: GridRow, *, first: bool) -> None:
    from pylatex import MultiColumn, NoEscape

    if not first:
        table.append(NoEscape(rf"\addlinespace[{GROUP_GAP}]"))
    words = NoEscape(state(Cell("group", first=True, columns=len(grid.columns)), rf"\emph{{{row.cells[0]}}}"))
    span = MultiColumn(
        len(grid.columns), align=NoEscape(rf"@{{}}{_column('izquierda', grid.span_width)}@{{}}"), data=[words]
    )
    table.add_row([span])


def _cells(grid: Grid, index: int) -> list[str]:
    """Return the cells of a row as they stand between the signs that part them."""
    row, cells = grid.rows[index], []
    first = True
    for column, words, reach in row.placed():
        tex = words
        if reach.rows > 1:
            # It stands in its first row and hangs into the others, which are told below how low it comes.
            width = grid.reach_width(column, reach)
            opening = _opening(reach.alignment or grid.columns[column].alignment)
            hung = rf"{opening}\leavevmode\nobreak\hspace{{0pt}}{tex}"
            tex = rf"\smash{{\parbox[t]{{{width:.2f}bp}}{{{hung}}}}}\strut"
        if reach.rows:  # else a cell of the rows above hangs there
            heads = "row" if words and grid.is_header(column, row) else ""
            tex = state(Cell(heads, first, reach.columns, reach.rows), tex)
            first = False
        cells.append(_over(grid, column, reach, tex))
    lacking = grid.lacking_lines(index)
    if lacking:
        cells[-1] += rf"\rule[-{lacking}\baselineskip]{{0pt}}{{0pt}}"
    return cells
