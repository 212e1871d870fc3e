"""A spot of the reference list <-> the entry of the .bib, by the named places that biblatex leaves at each entry."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from imprenta.model.citation_key import decode_key
from imprenta.model.paper import BIBLIOGRAPHY_PATH
from imprenta.problems import Span
from imprenta.trace.letters import letters_of_text
from imprenta.trace.match import find_word
from imprenta.trace.spots import Area

if TYPE_CHECKING:
    from imprenta.trace.letters import Letters
    from imprenta.trace.pdf_page import PdfPages

_DESTINATION = re.compile(r"cite\.\d+@(.+)")
SURE = 4
"""Letters of a word and around it that must agree before its line in the .bib is believed."""
LAST = 60.0
"""Points that the last entry of a column may be high."""


@dataclass(frozen=True)
class ReferenceList:
    """The printed list: where its entries are in the PDF and in the .bib.

    `entries` are line and key of each, in the order of the .bib.
    """

    pdf: PdfPages
    bibliography: str
    entries: list[tuple[int, str]]

    @cached_property
    def rows(self) -> list[str]:
        """Return the lines of the .bib."""
        return self.bibliography.split("\n")

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {key: number for number, (_, key) in reversed([*enumerate(self.entries)])}

    @cached_property
    def _letters(self) -> Letters:
        return letters_of_text(self.rows)

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
        first, last = self._extent(number)
        if end <= at:
            return Span(BIBLIOGRAPHY_PATH, first)
        # The key, on the first line, is made of the same words.
        fields = self._letters.between(first + 1, last)
        found = find_word(text, at, end, self._letters.text, fields, lambda _: 0.0)
        if found is None or found.agreeing + end - at < SURE:
            return Span(BIBLIOGRAPHY_PATH, first)
        line, last_column = self._letters.rows[found.at], self._letters.columns[found.at + end - at - 1]
        return Span(BIBLIOGRAPHY_PATH, line, self._letters.columns[found.at], line, last_column + 1)

    def _extent(self, number: int) -> tuple[int, int]:
        first = self.entries[number][0]
        following = self.entries[number + 1][0] if number + 1 < len(self.entries) else len(self.rows) + 1
        return first, following - 1

    def areas_of(self, line: int) -> list[Area]:
        """Return where the entry that has a line of the .bib is printed."""
        number = bisect_right(self.entries, (line, "\U0010ffff")) - 1
        if number < 0 or line > len(self.rows):
            return []
        key = self.entries[number][1]
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
