"""Tables: rows of the right length, cells that reach where they can, totals of numbers, no row twice."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from imprenta.calculate import read_number
from imprenta.check.wording import SAYS_NOTHING, fold, plain_words
from imprenta.markup import called_notes, read_line
from imprenta.model import RepeatedRow
from imprenta.model.paper import texts_of
from imprenta.model.table_layout import lay_out
from imprenta.problems import Problem, Severity, Span, has_errors

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from imprenta.model import Table, Text
    from imprenta.model.paper import Paper
    from imprenta.model.table_layout import LaidRow

_THOUSANDS_OR_DECIMALS = re.compile(r"[+\-\u2212]?[1-9]\d{0,2}\.\d{3}")


def check_row_lengths(paper: Paper) -> list[Problem]:
    """Every row has a cell for each column; repeated rows have as many values for each of their variables."""
    problems = []
    for table in paper.tables.values():
        rows, cut = lay_out(table.rows, len(table.columns))
        for row, laid in zip(table.rows, rows, strict=True):
            if row.label is None and laid.taken != laid.free:
                problems.append(_wrong_length(laid, len(table.columns), row.cells, table.title))
            if isinstance(row, RepeatedRow) and len({len(values) for values in row.variables.values()}) > 1:
                counts = ", ".join(f"{name}: {len(values)}" for name, values in row.variables.items())
                message = f"las variables de «para» tienen distinto número de valores ({counts})"
                problems.append(Problem("fila-desigual", message, row.place))
        problems += map(_cut, cut)
    return problems


def _cut(cell: Text) -> Problem:
    message = "la celda abarca filas o columnas que no hay, o en medio hay un grupo, una fila con «para» u otra celda"
    return Problem("celda-cortada", message, cell.span(), "cuente las filas y columnas que abarca, con las suyas")


def _wrong_length(laid: LaidRow, columns: int, cells: list[Text], title: Text) -> Problem:
    wanted, found = laid.free, laid.taken
    place = _row_place(cells) if cells else title.span()
    plain = [cell.value for cell in cells if not cell.quoted]
    hint = ""
    if found > wanted and len(plain) > 1:
        joined = next((pair for pair in pairwise(plain) if _splits_a_number(*pair)), None)
        if joined:
            hint = f'la coma separa celdas: un número decimal va entre comillas, "{joined[0]},{joined[1]}"'
        else:
            hint = "la coma separa celdas: un texto con comas va entre comillas"
    told = f"la fila tiene {_count(found, 'celda')} y la tabla {_count(columns, 'columna')}"
    if wanted != columns:
        told += f", de las que las filas de arriba ocupan {columns - wanted}"
    return Problem("fila-desigual", told, place, hint)


def _splits_a_number(first: str, second: str) -> bool:
    return first[-1:].isdigit() and second.isdigit()


def _row_place(cells: list[Text]) -> Span:
    first, last = cells[0].span(), cells[-1].span()
    return Span(first.path, first.line, first.column, last.end_line, last.end_column)


def check_totals(paper: Paper) -> list[Problem]:
    """A column with totals has numbers."""
    return [problem for table in paper.tables.values() for problem in _check_totals(table)]


def _check_totals(table: Table) -> Iterator[Problem]:
    columns = table.columns
    if not any(column.totals for column in columns):
        return
    for slot in (slot for laid in lay_out(table.rows, len(table.columns))[0] for slot in laid.slots):
        if slot.cell is not None and slot.column < len(columns) and columns[slot.column].totals:
            yield from _check_totalled(slot.cell, table.notes, points=columns[slot.column].alignment == "decimal")


def _check_totalled(cell: Text, notes: Collection[str], *, points: bool) -> Iterator[Problem]:
    """A cell is one number, typed or computed, or says nothing; where no `points` mark decimals, «1.200» may be two."""
    words = plain_words(cell)
    noted = set(called_notes(cell, notes).values())
    errors = has_errors(problem for problem in read_line(cell).problems if problem.place not in noted)
    if errors or fold(words) in SAYS_NOTHING:
        return
    said = f"«{cell.value.strip()}»"
    if read_number(words) is None:
        message = f"{said} no es un número, y su columna lleva «total»"
        hint = "un número, {= …}, o nada («—») donde no lo hay"
        yield Problem("total-sin-numero", message, cell.span(), hint)
    elif not points and _THOUSANDS_OR_DECIMALS.fullmatch(words):
        message = f"{said} puede ser {words.replace('.', '')} o {words.replace('.', ',')}, y su columna lleva «total»"
        hint = "escríbalo de una de las dos maneras; con «alineacion: decimal», el punto es decimal"
        yield Problem("total-sin-numero", message, cell.span(), hint)


def check_notes(paper: Paper) -> list[Problem]:
    """Every note of a table is called in it."""
    return [problem for table in paper.tables.values() if table.notes for problem in _check_notes(table)]


def _check_notes(table: Table) -> Iterator[Problem]:
    called = {name for placed in texts_of(table) for name in called_notes(placed.text, table.notes)}
    for name, text in table.notes.items():
        if name not in called:
            message = f"ninguna celda llama a la nota «{name}»"
            yield Problem("nota-sin-llamada", message, text.span(), f"la llamada se escribe «[^{name}]»")


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
