"""The bytes of a .csv -> its columns and rows with their places, or what is wrong in them.

The delimiter is the one by which most rows have as many cells as the first. `csv.Sniffer` is not asked: it
refuses a file of one column, and guesses from the frequency of signs, which no message could explain.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from imprenta.load.yaml_source import decode_text
from imprenta.model.csv_file import Cell, CsvFile
from imprenta.problems import Problem, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

DELIMITERS = {";": "punto y coma", "\t": "tabulador", "|": "barra", ",": "coma"}
"""The delimiters by what they are called; of those that fit equally the first is taken."""
SAMPLE = 100
"""Lines that are looked at for the delimiter."""
TOLD = 5
"""Rows of another length that are told one by one."""


def read_csv(path: str, data: bytes) -> tuple[CsvFile | None, list[Problem]]:
    """Read a file of comma-separated values; the first row holds the titles of the columns. Never raises."""
    text, problems = decode_text(data, path)
    if problems:
        hint = "guárdelo como UTF-8; en Excel, «CSV UTF-8»"
        return None, [Problem(one.code, one.message, one.place, hint) for one in problems]
    delimiter = find_delimiter(text)
    try:
        rows = list(_split(text, delimiter, path))
    except _Misplaced as error:
        message = "las comillas abarcan una celda entera, y aquí empiezan o acaban en medio"
        hint = "una comilla dentro de una celda entre comillas se escribe dos veces"
        return None, [Problem("csv-mal-escrito", message, error.place, hint)]
    except csv.Error as error:
        return None, [Problem("csv-mal-escrito", f"el archivo no se entiende como CSV: «{error}»", Span(path))]
    if len(rows) < 2:
        message = "el archivo no tiene datos: la primera fila es la de los títulos, y no hay otra" if rows else (
            "el archivo está vacío"
        )  # fmt: skip
        return None, [Problem("csv-mal-escrito", message, Span(path))]
    width = _width(rows)
    titles, body = rows[0][:width], [row[:width] if not any(cell[0].strip() for cell in row[width:]) else row
                                     for row in rows[1:]]  # fmt: skip
    problems = [*_check_titles(titles, path), *_check_lengths(body, width, path, delimiter)]
    return (None, problems) if problems else (CsvFile(path, titles, tuple(body)), [])


class _Misplaced(Exception):  # noqa: N818 - it carries a place, and becomes a problem
    """Quotation marks that do not stand around a cell."""

    def __init__(self, place: Span) -> None:
        super().__init__()
        self.place = place


def find_delimiter(text: str) -> str:
    """Return the delimiter of a file's text."""
    sample = "".join(line for line, _ in zip(io.StringIO(text), range(SAMPLE), strict=False))

    def count_equal(delimiter: str) -> int:
        rows = [row for row in csv.reader(io.StringIO(sample), delimiter=delimiter) if row]
        width = len(rows[0]) if rows else 0
        return sum(len(row) == width for row in rows) if width > 1 else 0

    return max(DELIMITERS, key=count_equal)


def _split(text: str, delimiter: str, path: str) -> Iterator[tuple[Cell, ...]]:
    """Yield the rows of a text with the place of each cell; blank rows are left out."""
    at, line, begin = 0, 1, 0
    for row in csv.reader(io.StringIO(text), delimiter=delimiter):
        cells: list[Cell] = []
        for words in row:
            quoted = text.startswith('"', at)
            raw = '"' + words.replace('"', '""') + '"' if quoted else words
            end = at + len(raw)
            place = Span(path, line, at - begin + 1)
            if not text.startswith(raw, at) or text[end : end + 1] not in ("", "\n", delimiter):
                raise _Misplaced(place)
            cells.append((words, line, place.column + quoted, quoted))
            if "\n" in raw:
                line += raw.count("\n")
                begin = at + raw.rfind("\n") + 1
            at = end + 1
        at += not row  # the end of an empty line
        line, begin = line + 1, at
        if any(cell[0].strip() for cell in cells):
            yield tuple(cells)


def _width(rows: list[tuple[Cell, ...]]) -> int:
    """Return how many columns there are: spreadsheets write empty ones after the last."""
    filled = (max((at for at, cell in enumerate(row, 1) if cell[0].strip()), default=0) for row in rows)
    return min(max(filled), len(rows[0]))


def _check_titles(titles: tuple[Cell, ...], path: str) -> Iterator[Problem]:
    seen: dict[str, Span] = {}
    for number, (words, line, column, _) in enumerate(titles, 1):
        title, place = " ".join(words.split()), Span(path, line, column, line, column + len(words))
        if not title:
            yield Problem("csv-mal-escrito", f"la columna {number} no tiene título", place, "póngaselo en esta fila")
        elif title in seen:
            first = ((seen[title], "aquí está la primera"),)
            yield Problem("csv-mal-escrito", f"dos columnas se llaman «{title}»", place, related=first)
        seen.setdefault(title, place)


def _check_lengths(rows: list[tuple[Cell, ...]], width: int, path: str, delimiter: str) -> list[Problem]:
    wrong = [row for row in rows if len(row) != width]
    problems = []
    for row in wrong[:TOLD]:
        count = f"{len(row)} celda" if len(row) == 1 else f"{len(row)} celdas"
        message = f"la fila tiene {count} y los títulos son {width}"
        hint = f"las celdas se separan con {DELIMITERS[delimiter]}"
        if delimiter == "," and len(row) > width:
            hint += "; un número con coma decimal va entre comillas, o separe con punto y coma"
        problems.append(Problem("csv-mal-escrito", message, Span(path, row[0][1]), hint))
    if len(wrong) > TOLD:
        message = f"y otras {len(wrong) - TOLD} filas tampoco tienen tantas celdas como títulos"
        problems.append(Problem("csv-mal-escrito", message, Span(path, wrong[TOLD][0][1])))
    return problems
