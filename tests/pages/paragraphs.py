"""The lines of a PDF -> its running text: the length of its lines, the ends of its paragraphs and pages."""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from printed import Printed
    from reading import Box

FULL = 5
"""Points that a full line may end before the edge: microtype pulls letters in, and signs hang out."""
SHORT_WORD = 5
"""Letters up to which a word is too short to stand alone in the last line of a paragraph."""


class RunningText:
    """The lines of the body that are set in the letter of the text: no tables, captions or notes."""

    def __init__(self, printed: Printed) -> None:
        """Take the running text of a PDF."""
        self.printed = printed

    @cached_property
    def lines(self) -> list[Box]:
        """Return the lines in reading order."""
        body = [line for page in self.printed.body for line in self.printed.within(page) if not self._is_cell(line)]
        letters: Counter[float] = Counter()
        for line in body:
            letters[self._height(line)] += len(line.text)
        height = letters.most_common(1)[0][0]
        taken = [line for line in body if abs(self._height(line) - height) < 0.05 * height]
        return sorted(taken, key=lambda line: (line.page, line.top))

    def _is_cell(self, line: Box) -> bool:
        return any(table.holds(line) for table in self.printed.tables)

    @staticmethod
    def _height(line: Box) -> float:
        return round(line.bottom - line.top, 1)

    @cached_property
    def edges(self) -> tuple[float, float]:
        """Return the left and the right edge of the measure."""
        count = Counter((round(line.left), round(line.right)) for line in self.lines if len(line.text.split()) > 6)
        left, right = count.most_common(1)[0][0]
        return left, right

    @cached_property
    def pitch(self) -> float:
        """Return the distance between the tops of two lines of a paragraph."""
        steps = [round(below.top - above.top, 1) for above, below in pairwise(self.lines) if above.page == below.page]
        return Counter(step for step in steps if step > 5).most_common(1)[0][0]

    def is_full(self, line: Box) -> bool:
        """Tell whether a line reaches the right edge."""
        return line.right > self.edges[1] - FULL

    def letters_to_the_line(self) -> float:
        """Return the median of the characters in full lines."""
        left = self.edges[0]
        return median(len(line.text) for line in self.lines if abs(line.left - left) < 2 and self.is_full(line))

    @cached_property
    def paragraphs(self) -> list[list[Box]]:
        """Return the lines of each paragraph, or of its part on a page."""
        parts: list[list[Box]] = []
        for line in self.lines:
            last = parts[-1][-1] if parts else None
            if last is not None and self._follows(line, last):
                parts[-1].append(line)
            else:
                parts.append([line])
        return parts

    def _follows(self, line: Box, last: Box) -> bool:
        beside = abs(line.left - last.left) < 2 or last.left < line.left < last.left + 25  # under the text of an item
        near = line.page == last.page and abs(line.top - last.top - self.pitch) < 0.1 * self.pitch
        return near and beside and self.is_full(last) and not self._begins_item(line)

    def _begins_item(self, line: Box) -> bool:
        """Tell whether a mark or a number hangs before the line."""
        return re.match(r"\d+\. |\([a-z]\) ", line.text) is not None or any(
            area.page == line.page and area.right < line.left and line.top < (area.top + area.bottom) / 2 < line.bottom
            for area in self.printed.drawn_areas
            if area.right - area.left < 8
        )

    def goes_on(self, above: Box, below: Box) -> bool:
        """Tell whether a line at a foot is followed, in its paragraph, by one on a later page."""
        ended = above.text.rstrip("»)]").endswith((".", ":", "?", "!"))
        flowing = [line for line in self.printed.lines if not self._is_cell(line)]
        parted = above.page < below.page and not any(
            (line.page == above.page and above.bottom < line.top < self.printed.bottom - 2)
            or (line.page == below.page and self.printed.top - 12 < line.top < below.top - 2)
            for line in flowing
        )
        return parted and self.is_full(above) and (not ended or below.text[:1].islower())

    def widows_and_orphans(self) -> list[str]:
        """Return the lines that stand alone on their page, the rest of their paragraph being on another."""
        faults = []
        for above, below in pairwise(self.paragraphs):
            if not self.goes_on(above[-1], below[0]):
                continue
            if len(above) == 1:
                faults.append(f"huérfana, página {above[0].page + 1}: «{above[0].text[:60]}»")
            if len(below) == 1 and not self.is_full(below[0]):
                faults.append(f"viuda, página {below[0].page + 1}: «{below[0].text[:60]}»")
        return faults

    def short_last_lines(self) -> list[str]:
        """Return the paragraphs of more than a line whose last line is a single short word, or the end of one."""
        faults = []
        for part in self.paragraphs:
            words, before = part[-1].text.split(), part[-2].text if len(part) > 1 else ""
            alone = before and len(words) == 1 and not self.is_full(part[-1])
            if alone and (before.endswith("-") or len(re.sub(r"\W", "", words[0])) <= SHORT_WORD):
                faults.append(f"página {part[-1].page + 1}: «{before.split()[-1]} | {words[0]}»")
        return faults
