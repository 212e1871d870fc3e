"""Tables: rows of the right length, no row twice."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from imprenta.model import RepeatedRow
from imprenta.problems import Problem, Severity, Span

if TYPE_CHECKING:
    from imprenta.model import Table, Text
    from imprenta.model.paper import Paper


def check_row_lengths(paper: Paper) -> list[Problem]:
    """Every row has a cell for each column; repeated rows have as many values for each of their variables."""
    problems = []
    for table in paper.tables.values():
        for row in table.rows:
            if row.label is None and len(row.cells) != len(table.columns):
                problems.append(_wrong_length(table, row.cells))
            if isinstance(row, RepeatedRow) and len({len(values) for values in row.variables.values()}) > 1:
                counts = ", ".join(f"{name}: {len(values)}" for name, values in row.variables.items())
                message = f"las variables de «para» tienen distinto número de valores ({counts})"
                problems.append(Problem("fila-desigual", message, row.place))
    return problems


def _wrong_length(table: Table, cells: list[Text]) -> Problem:
    wanted, found = len(table.columns), len(cells)
    place = _row_place(cells) if cells else table.title.span()
    plain = [cell.value for cell in cells if not cell.quoted]
    hint = ""
    if found > wanted and len(plain) > 1:
        joined = next((pair for pair in pairwise(plain) if _splits_a_number(*pair)), None)
        if joined:
            hint = f'la coma separa celdas: un número decimal va entre comillas, "{joined[0]},{joined[1]}"'
        else:
            hint = "la coma separa celdas: un texto con comas va entre comillas"
    return Problem(
        "fila-desigual", f"la fila tiene {_count(found, 'celda')} y la tabla {_count(wanted, 'columna')}", place, hint
    )


def _splits_a_number(first: str, second: str) -> bool:
    return first[-1:].isdigit() and second.isdigit()


def _row_place(cells: list[Text]) -> Span:
    first, last = cells[0].span(), cells[-1].span()
    return Span(first.path, first.line, first.column, last.end_line, last.end_column)


def check_repeated_rows(paper: Paper) -> list[Problem]:
    """No row of a table says exactly what another says."""
    problems = []
    for table in paper.tables.values():
        seen: dict[tuple[str, ...], Span] = {}
        for row in table.rows:
            if row.variables or not row.cells:
                continue
            words = tuple(cell.value for cell in row.cells)
            place = _row_place(row.cells)
            first = seen.setdefault(words, place)
            if first is not place:
                related = ((first, "aquí está por primera vez"),)
                problems.append(
                    Problem("fila-repetida", "la fila está repetida", place, severity=Severity.WARNING, related=related)
                )
    return problems


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
