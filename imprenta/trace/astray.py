"""The letters of a PDF that stand off the sheet, or below the text of their page -> the author's lines."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from imprenta.model.page import POINTS_PER_CENTIMETRE
from imprenta.model.source_map import TEMPLATES
from imprenta.problems import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from imprenta.trace.pdf_page import Box, PdfPage
    from imprenta.trace.trace import Trace

REPORT = "paper/informe.yaml"
SLACK = 0.5
"""Points by which a letter's box may stand over an edge: boxes are a little larger than what is printed."""
MOST_LINES = 12
"""Lines of print of one page whose sources are looked for."""
PAGE_NUMBER = 7
"""The most letters that a page's number has."""
FOOT = 8.0
"""Points below the text at which the page's number may begin."""


@dataclass(frozen=True, slots=True)
class Astray:
    """A line of print that stands where it must not: its page, counted from 1, and its source."""

    page: int
    place: Span
    over: float = 0.0
    """Points by which the page's print stands below its text, where that is what is wrong."""


def find_lost(trace: Trace) -> list[Astray]:
    """Return what leaves the sheet, where nobody will read it; of what hangs over the foot, the first line."""
    found = []
    for number in range(1, min(len(trace.pdf), len(trace.pages)) + 1):
        page = trace.pdf.page(number)
        width, height = page.size
        beside, below = [], []
        for at, (left, top, right, bottom) in _boxes(page):
            if bottom > height + SLACK:
                below.append((bottom, at))
            elif left < -SLACK or top < -SLACK or right > width + SLACK:
                beside.append(at)
        found += _sources(trace, number, beside)
        found += _sources(trace, number, [at for _, at in sorted(below)])[:1]
    return found


def find_low(trace: Trace) -> list[Astray]:
    """Return what stands below the text of its page: one place of each such page, in their order."""
    found = []
    for number in range(1, min(len(trace.pdf), len(trace.pages)) + 1):
        page = trace.pdf.page(number)
        edge = page.size[1] - trace.sheet.bottom * POINTS_PER_CENTIMETRE + SLACK
        low = [(box[3], at) for at, box in _boxes(page) if box[3] > edge and not _numbers_page(page, at, box, edge)]
        if low:  # what hangs over belongs to what stands above it, if its own words tell nothing
            above = sorted(((box[3], at) for at, box in _boxes(page) if box[3] <= edge), reverse=True)
            sources = _sources(trace, number, [at for _, at in (*sorted(low, reverse=True), *above)])
            found += [replace(astray, over=max(low)[0] - edge) for astray in sources[:1]]
    return found


def _boxes(page: PdfPage) -> Iterator[tuple[int, Box]]:
    return ((at, box) for at, box in enumerate(page.letters.boxes) if box is not None)


def _numbers_page(page: PdfPage, character: int, box: Box, edge: float) -> bool:
    """Tell whether a character is of the number in the middle of the page's foot."""
    first, last = page.letters.word_around(character)
    middle = (box[0] + box[2]) / 2
    return last - first <= PAGE_NUMBER and box[1] > edge + FOOT and abs(middle - page.size[0] / 2) < 30


def _sources(trace: Trace, page: int, characters: list[int]) -> list[Astray]:
    """Return what printed these characters, once for each line of print and place."""
    letters = trace.pdf.page(page).letters
    lines: dict[int, int] = {}
    for character in characters:
        box = letters.boxes[character]
        assert box is not None
        lines.setdefault(round(box[3] / 4), character)
    found: dict[tuple[str, int], Astray] = {}
    spots = [trace.in_body(page, character) for character in list(lines.values())[:MOST_LINES]]
    places = [spot.place for spot in spots if spot is not None and not spot.place.path.startswith(TEMPLATES)]
    for place in places or (_nearest(trace, page) if characters else ()):
        found.setdefault((place.path, place.line), Astray(page, place))
    return list(found.values())


def _nearest(trace: Trace, page: int) -> list[Span]:
    """Return a place of the author's on a page for what a template printed there, or his report itself."""
    places = (trace.places.place_of(line) for line in sorted(trace.pages[page - 1].lines, reverse=True))
    own = (place for place in places if place is not None and not place.path.startswith(TEMPLATES))
    return [next(own, Span(REPORT))]
