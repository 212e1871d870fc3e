"""CsvFile: a table of measurements as its columns' titles and its rows of cells, each of which knows its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from imprenta.model.meaning import Names
from imprenta.model.text import Text

CSV_FOLDER = "paper/datos"
"""Where the files stand."""
CsvName = Annotated[Text, Names("csv")]
"""The name of a file, with its ending."""

Cell = tuple[str, int, int, bool]
"""A cell: its words, the line and column of the first of them, and whether it stands between quotation marks."""


@dataclass(frozen=True, slots=True)
class CsvFile:
    """What a file of comma-separated values holds; every row has a cell under each title."""

    path: str
    titles: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def column_of(self, title: str) -> int | None:
        """Return the index of the column with a title, whatever blanks are in it; None if there is none."""
        wanted = " ".join(title.split())
        return next((at for at, cell in enumerate(self.titles) if " ".join(cell[0].split()) == wanted), None)

    def title(self, column: int) -> Text:
        """Return the title of a column as the author's text."""
        return _text(self.path, self.titles[column])

    def cells(self, column: int) -> list[Text]:
        """Return the cells of a column, from above, as the author's texts."""
        return [_text(self.path, row[column]) for row in self.rows]


def _text(path: str, cell: Cell) -> Text:
    """Return a cell as a text: inside quotation marks it may have lines, and a mark of its own is written twice."""
    words, line, column, quoted = cell
    pieces = [(0, line, column)]
    for offset, sign in enumerate(words, 1):
        column += 2 if quoted and sign == '"' else 1
        if sign == "\n":
            line, column = line + 1, 1
        if sign == "\n" or (quoted and sign == '"'):
            pieces.append((offset, line, column))
    return Text(words, path, tuple(pieces), quoted)
