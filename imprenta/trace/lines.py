"""A line of the author's -> the rectangles of the PDF where it is printed, by the letters that it gave the .tex."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from imprenta.trace.match import find_word
from imprenta.trace.spots import Area, join_boxes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from imprenta.model.source_map import SourceMap
    from imprenta.trace.letters import Letters
    from imprenta.trace.pdf_page import PdfPages
    from imprenta.trace.rows import RowKinds
    from imprenta.trace.synctex import PageRecords

PIECE = 14
"""Letters that are sought at a time: about two words."""
ENOUGH = 10
"""Letters that a piece and what is around it must be worth together."""
ROWS_AFTER = 80
"""TeX gives what is set inside a command the line of its end: so many rows later it is sought too."""
LINES_NEAR = 4
"""A line that gives nothing of its own, such as a key or a comment, stands for one of so many after it."""


@dataclass(frozen=True)
class AreaFinder:
    """Finds where lines are printed."""

    pages: Sequence[PageRecords]
    pdf: PdfPages
    rows: RowKinds
    tex: Letters
    places: SourceMap

    def areas_of(self, path: str, line: int) -> list[Area]:
        """Return where a line is printed; of one that gives nothing, where the next that does is."""
        for near in (*range(line, line + LINES_NEAR), *range(line - 1, max(0, line - LINES_NEAR), -1)):
            if segments := self._segments.get((path, near)):
                areas = [area for segment in segments for area in self._areas_of_segment(*segment)]
                return list(dict.fromkeys(sorted(areas, key=lambda area: (area.page, area.y, area.x))))
        return []

    @cached_property
    def _segments(self) -> dict[tuple[str, int], list[tuple[int, int, int]]]:
        """Return for each line of the author's the stretches of a row of the .tex: row, first letter, end."""
        found: dict[tuple[str, int], list[tuple[int, int, int]]] = defaultdict(list)
        starts, places = self.places.starts, self.places.places
        for index, ((row, column), place) in enumerate(zip(starts, places, strict=True)):
            last_row, last_column = starts[index + 1] if index + 1 < len(starts) else (row, 1 << 30)
            for number in range(row, max(row, last_row if last_column > 1 else last_row - 1) + 1):
                begin = column if number == row else 1
                end = last_column if number == last_row else 1 << 30
                found[place.path, place.line].append((number, *self._letters_between(number, begin, end)))
        return found

    def _letters_between(self, row: int, column: int, end: int) -> tuple[int, int]:
        return self.tex.position(row, column), self.tex.position(row, end)

    def _areas_of_segment(self, row: int, start: int, end: int) -> Iterator[Area]:
        numbers = self._pages_of(row)
        if start >= end and not self.rows.picture(row):
            return
        for number in numbers:
            page = self.pdf.page(number)
            if start >= end:
                yield from self._boxes(number, row)
                continue
            boxes = [page.letters.boxes[mark] for mark in self._marks(number, row, start, end)]
            yield from join_boxes(number, [box for box in boxes if box is not None])

    def _pages_of(self, row: int) -> list[int]:
        """Return the pages that a row of the .tex gave something to, or those of the next row that did."""
        for near in range(row, row + ROWS_AFTER):
            if numbers := self._pages_by_row.get(near):
                return numbers
        return []

    @cached_property
    def _pages_by_row(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = defaultdict(list)
        for number, page in enumerate(self.pages[: len(self.pdf)], start=1):
            for line in page.lines:
                found[line].append(number)
        return found

    def _marks(self, number: int, row: int, start: int, end: int) -> Iterator[int]:
        """Yield the characters of a page that print some letters of the .tex."""
        letters = self.pdf.page(number).letters
        marks = letters.marks
        around = [] if self.pdf.page(number).rotation else self._points(number, row)

        def nearness(at: int) -> float:
            box = letters.boxes[marks[at]]
            if box is None or not around:
                return 0.0
            return max(0.0, 30.0 - min(abs(box[3] - y) + abs(box[0] - x) / 20 for x, y in around) / 2)

        pieces = max(1, round((end - start) / PIECE))
        edges = [start + (end - start) * piece // pieces for piece in range(pieces + 1)]
        for begin, stop in pairwise(edges):
            match = find_word(self.tex.text, begin, stop, letters.text, (0, len(letters.text)), nearness)
            if match is not None and match.worth + stop - begin >= ENOUGH:
                yield from marks[match.at : match.at + stop - begin]

    def _points(self, number: int, row: int) -> list[tuple[float, float]]:
        """Return where SyncTeX saw a row on a page, or the next row that it saw there."""
        page = self.pages[number - 1]
        lines = sorted(page.lines)
        at = bisect_right(lines, row - 1)
        if at == len(lines):
            return []
        return [
            (record.x, record.y) for record in page.records if record.line == lines[at] and record.file == page.main
        ]

    def _boxes(self, number: int, row: int) -> list[Area]:
        page = self.pages[number - 1]
        found = [record for record in page.records if record.line == row and record.kind == "box" and record.height > 0]
        if not found:
            return []
        largest = max(found, key=lambda record: record.width * (record.height + record.depth))
        return [Area(number, largest.x, largest.y - largest.height, largest.width, largest.height + largest.depth)]
