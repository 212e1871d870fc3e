"""A table that names a CSV file, and that file -> the same table with its columns and rows, and what is wrong.

Each cell stays at its place in the CSV: what is wrong in one is told there, and spots of the PDF lead there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from imprenta.calculate import read_number
from imprenta.model import CellRow, Column, ColumnGroup
from imprenta.problems import Problem, guess_hint

if TYPE_CHECKING:
    from collections.abc import Sequence

    from imprenta.model import Table, Text
    from imprenta.model.csv_file import CsvFile

MOST_ROWS = 5000
"""A table of so many rows has more than a hundred pages."""
NOTHING = {"", "-", "–", "—"}


def fill_table(table: Table, file: CsvFile) -> tuple[Table, list[Problem]]:
    """Return the table with what its file holds: the columns that it names by their titles, or all of them.

    It is as it was if there are problems. A column of numbers is aligned by their decimal signs unless its author says
    otherwise.
    """
    assert table.csv is not None
    if len(file.rows) > MOST_ROWS:
        message = f"«{table.csv.value}» tiene {len(file.rows)} filas, y una tabla no pasa de {MOST_ROWS}"
        hint = "haga otro CSV con las que se imprimen, o dibújelas en una gráfica"
        return table, [Problem("valor-no-admitido", message, table.csv.span(), hint)]
    if not table.heads:
        heads = [_make_column(file.title(at), file.cells(at)) for at in range(len(file.titles))]
        return _filled(table, heads, [file.cells(at) for at in range(len(file.titles))]), []
    problems: list[Problem] = []
    cells: list[list[Text]] = []
    made: list[Column | ColumnGroup] = []
    for head in table.heads:
        inside = [_fill_column(column, file, cells, problems) for column in _columns_of(head)]
        made.append(head.model_copy(update={"columns": inside}) if isinstance(head, ColumnGroup) else inside[0])
    return (table if problems else _filled(table, made, cells)), problems


def _columns_of(head: Column | ColumnGroup) -> Sequence[Column]:
    return head.columns if isinstance(head, ColumnGroup) else [head]


def _fill_column(column: Column, file: CsvFile, cells: list[list[Text]], problems: list[Problem]) -> Column:
    name = column.source or column.title
    at = file.column_of(name.value)
    if at is None:
        titles = [" ".join(title[0].split()) for title in file.titles]
        message = f"«{file.path}» no tiene ninguna columna «{name.value.strip()}»"
        hint = guess_hint(name.value.strip(), titles, what="hay")
        if column.source is None:
            hint += "; si el título es otro que el del CSV, este va en «columna»"
        problems.append(Problem("columna-desconocida", message, name.span(), hint))
        return column
    cells.append(file.cells(at))
    if "alignment" not in column.model_fields_set and _are_numbers(cells[-1]):
        return column.model_copy(update={"alignment": "decimal"})
    return column


def _make_column(title: Text, cells: list[Text]) -> Column:
    alignment = "decimal" if _are_numbers(cells) else "izquierda"
    return Column.model_validate({"titulo": title, "alineacion": alignment, "<place>": title.span()})


def _are_numbers(cells: list[Text]) -> bool:
    said = [cell.value.strip() for cell in cells if cell.value.strip() not in NOTHING]
    return bool(said) and all(read_number(words) is not None for words in said)


def _filled(table: Table, heads: Sequence[Column | ColumnGroup], cells: list[list[Text]]) -> Table:
    rows = [CellRow(list(row)) for row in zip(*cells, strict=True)]
    return table.model_copy(update={"heads": list(heads), "rows": rows})
