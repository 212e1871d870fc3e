"""A spot of the reference list <-> the entry of the .bib, by the named places that biblatex leaves at each entry."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from imprenta.model.citation_key import decode_key
from imprenta.problems import Span
from imprenta.trace.letters import letters_of_text
from imprenta.trace.match import find_word
from imprenta.trace.spots import Area

if TYPE_CHECKING:
    from collections.abc import Mapping

    from imprenta.model.entry_places import EntryLine
    from imprenta.trace.letters import Letters
    from imprenta.trace.pdf_page import PdfPages

_DESTINATION = re.compile(r"cite\.\d+@(.+)")
SURE = 4
"""Letters of a word and around it that must agree before its line in the .bib is believed."""
LAST = 60.0
"""Points that the last entry of a column may be high."""


@dataclass(frozen=True)
class ReferenceList:
    """The printed list: where its entries are in the PDF and in the author's files.

    `files` are the texts of these by path, the .bib and that of the author's own measurements; `entries` tell where
    each is in them, in the order of the files.
    """

    pdf: PdfPages
    files: Mapping[str, str]
    entries: list[EntryLine]

    @cached_property
    def rows(self) -> Mapping[str, list[str]]:
        """Return the lines of the files."""
        return {path: text.split("\n") for path, text in self.files.items()}

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {entry.key: number for number, entry in reversed([*enumerate(self.entries)])}

    @cached_property
    def _letters(self) -> Mapping[str, Letters]:
        return {path: letters_of_text(rows) for path, rows in self.rows.items()}

    @cached_property
    def _printed(self) -> list[tuple[int, int, float, str]]:
        """Return page, left edge, top and key of each entry, in the order of the columns."""
        found = []
        for name, (page, x, y) in self.pdf.destinations.items():
            if match := _DESTINATION.fullmatch(name):
                found.append((page, round(x), y, decode_key(match[1])))
        return sorted(found)

    @cached_property
    def _columns(self) -> dict[int, dict[int, list[int]]]:
        """Return for each page the columns by their left edge, each with its entries' indices, downwards."""
        found: dict[int, dict[int, list[int]]] = {}
        for index, (page, x, _, _) in enumerate(self._printed):
            found.setdefault(page, {}).setdefault(x, []).append(index)
        return found

    def key_at(self, page: int, x: float, y: float) -> str | None:
        """Return the key of the entry under a point; None if it is not on the list."""
        columns = self._columns.get(page, {})
        edge = max((edge for edge in columns if edge <= x + 2), default=None)
        if edge is None:
            return None
        column = columns[edge]
        above = bisect_right([self._printed[index][2] for index in column], y) - 1
        if above < 0:  # the end of an entry that began in the column before
            near = column[0] > 0 and self._printed[column[0]][2] - y < LAST
            return self._printed[column[0] - 1][3] if near else None
        if above == len(column) - 1 and y - self._printed[column[above]][2] > LAST:
            return None
        return self._printed[column[above]][3]

    def place_of(self, key: str, text: str, at: int, end: int) -> Span | None:
        """Return where an entry holds a word of `text`, or where it begins; None if there is no entry."""
        number = self._numbers.get(key)
        if number is None:
            return None
        path, (first, last) = self.entries[number].path, self._extent(number)
        letters = self._letters.get(path)
        if end <= at or letters is None:
            return Span(path, first)
        # The key, on the first line, is made of the same words.
        fields = letters.between(first + 1, last)
        found = find_word(text, at, end, letters.text, fields, lambda _: 0.0)
        if found is None or found.agreeing + end - at < SURE:
            return Span(path, first)
        line, last_column = letters.rows[found.at], letters.columns[found.at + end - at - 1]
        return Span(path, line, letters.columns[found.at], line, last_column + 1)

    def _extent(self, number: int) -> tuple[int, int]:
        first, path, _ = self.entries[number]
        following = self.entries[number + 1 : number + 2]
        if following and following[0].path == path:
            return first, following[0].line - 1
        return first, len(self.rows.get(path, ()))

    def areas_of(self, path: str, line: int) -> list[Area]:
        """Return where the entry that has a line of a file is printed."""
        own = [entry for entry in self.entries if entry.path == path]
        number = bisect_right(own, line, key=lambda entry: entry.line) - 1
        if number < 0 or line > len(self.rows.get(path, ())):
            return []
        key = own[number].key
        index = next((index for index, item in enumerate(self._printed) if item[3] == key), None)
        if index is None:
            return []
        page, left, top, _ = self._printed[index]
        width = self._column_width(page, left)
        following = self._printed[index + 1 : index + 2]
        bottom = following[0][2] if following and following[0][:2] == (page, left) else top + LAST / 2
        return [Area(page, left, top, width, max(bottom - top, 8.0))]

    def _column_width(self, page: int, left: float) -> float:
        """Return the distance to the next column, or to where the page's margin is as wide as on the left."""
        columns = sorted({item[1] for item in self._printed if item[0] == page})
        to_the_right = [column for column in columns if column > left]
        if to_the_right:
            return to_the_right[0] - left - 10
        return self.pdf.page(page).size[0] - columns[0] - left
