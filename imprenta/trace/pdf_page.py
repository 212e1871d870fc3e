"""A PDF -> for each page its letters with their boxes, its drawings, its links and the places that they lead to.

All places are points (1/72 inch) from the left top corner of the page as it is shown. PDFium is not safe for threads:
whoever has several of them lets one at a time come in here.
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from imprenta.trace.letters import fold

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


@dataclass(frozen=True)
class PageLetters:
    """What a page says, in the order in which it was written.

    `text` holds letters and digits alone; `marks[i]` is the character of the page that `text[i]` is of. `boxes` are
    those of all characters of the page (None for a blank), `first[j]` the first letter of character `j` or of what
    follows it, and `words[j]` the number of the word that it belongs to.
    """

    text: str
    marks: list[int]
    boxes: list[Box | None]
    first: list[int]
    words: list[int]

    def on_one_line(self, one: int, other: int) -> bool:
        """Tell whether two letters stand on one line of print."""
        here, there = (self.boxes[self.marks[min(at, len(self.marks) - 1)]] for at in (one, other))
        if here is None or there is None:
            return False
        upright = here[1] < there[3] and there[1] < here[3]
        return upright or (here[0] < there[2] and there[0] < here[2])

    def word_around(self, character: int) -> tuple[int, int]:
        """Return the stretch of letters of the word that a character of the page belongs to."""
        number, first, last = self.words[character], character, character
        while first > 0 and self.words[first - 1] == number:
            first -= 1
        while last + 1 < len(self.words) and self.words[last + 1] == number:
            last += 1
        return self.first[first], self.first[last + 1]


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing or an image that was placed on a page: its box, and the matrix that brings its points there."""

    box: Box
    matrix: tuple[float, float, float, float, float, float]
    height: float = 0.0


@dataclass
class PdfPages:
    """An open PDF."""

    data: bytes
    _pages: dict[int, PdfPage] = field(default_factory=dict)

    @cached_property
    def document(self) -> Any:
        """Return PDFium's document."""
        import pypdfium2

        return pypdfium2.PdfDocument(self.data)

    def __len__(self) -> int:
        """Return how many pages there are."""
        return len(self.document)

    def page(self, number: int) -> PdfPage:
        """Return a page, counted from 1."""
        if number not in self._pages:
            self._pages[number] = PdfPage(self.document, number)
        return self._pages[number]

    @cached_property
    def destinations(self) -> dict[str, tuple[int, float, float]]:
        """Return the named places: page, x and y."""
        import pypdfium2.raw as pdfium

        found = {}
        for index in range(pdfium.FPDF_CountNamedDests(self.document)):
            length = ctypes.c_long(0)
            pdfium.FPDF_GetNamedDest(self.document, index, None, length)
            name = ctypes.create_string_buffer(max(0, length.value))
            place = pdfium.FPDF_GetNamedDest(self.document, index, name, length)
            if place and (target := self._target(place)) is not None:
                found[name.raw.decode("utf_16_le", "replace").rstrip("\0")] = target
        return found

    def target_of_link(self, number: int, x: float, y: float) -> tuple[int, float, float] | None:
        """Return where the link under a point leads inside the document: page, x and y; None if there is no link."""
        import pypdfium2.raw as pdfium

        page = self.page(number)
        link = pdfium.FPDFLink_GetLinkAtPoint(page.page, *page.from_top_left(x, y))
        if not link:
            return None
        place = pdfium.FPDFLink_GetDest(self.document, link)
        if not place and (action := pdfium.FPDFLink_GetAction(link)):
            place = pdfium.FPDFAction_GetDest(self.document, action)
        return self._target(place) if place else None

    def _target(self, place: Any) -> tuple[int, float, float] | None:
        import pypdfium2.raw as pdfium

        number = pdfium.FPDFDest_GetDestPageIndex(self.document, place)
        if not 0 <= number < len(self):
            return None
        known = [ctypes.c_int(0) for _ in range(3)]
        at = [ctypes.c_float(0) for _ in range(3)]
        pdfium.FPDFDest_GetLocationInPage(place, *known, *at)
        page = self.page(number + 1)
        left, top = page.corner
        return number + 1, *page.to_top_left(at[0].value if known[0] else left, at[1].value if known[1] else top)


class PdfPage:
    """One page."""

    def __init__(self, document: Any, number: int) -> None:
        """Open a page, counted from 1."""
        self.page = document[number - 1]
        self.rotation: int = self.page.get_rotation()
        self.bounds: tuple[float, float, float, float] = self.page.get_cropbox()

    @property
    def corner(self) -> tuple[float, float]:
        """Return the left top corner in the PDF's own measure."""
        return self.bounds[0], self.bounds[3]

    @property
    def size(self) -> tuple[float, float]:
        """Return width and height as the page is shown."""
        width, height = self.page.get_size()
        return float(width), float(height)

    def to_top_left(self, x: float, y: float) -> tuple[float, float]:
        """Turn a place in the PDF's own measure (from the left bottom) into one from the left top as shown."""
        left, bottom, right, top = self.bounds
        turned = {0: (x - left, top - y), 90: (y - bottom, x - left), 180: (right - x, y - bottom)}
        return turned.get(self.rotation, (top - y, right - x))

    def from_top_left(self, x: float, y: float) -> tuple[float, float]:
        """Undo `to_top_left`."""
        left, bottom, right, top = self.bounds
        turned = {0: (x + left, top - y), 90: (y + left, x + bottom), 180: (right - x, y + bottom)}
        return turned.get(self.rotation, (right - y, top - x))

    def _box(self, left: float, bottom: float, right: float, top: float) -> Box:
        one, two = self.to_top_left(left, bottom), self.to_top_left(right, top)
        return min(one[0], two[0]), min(one[1], two[1]), max(one[0], two[0]), max(one[1], two[1])

    @cached_property
    def letters(self) -> PageLetters:
        """Return what the page says."""
        import pypdfium2.raw as pdfium

        content = self.page.get_textpage()
        edges = [ctypes.c_double(0) for _ in range(4)]
        text: list[str] = []
        marks: list[int] = []
        boxes: list[Box | None] = []
        first: list[int] = []
        words: list[int] = []
        word = 0
        for index in range(content.count_chars()):
            character = chr(pdfium.FPDFText_GetUnicode(content, index) or 0xFFFD)
            first.append(len(text))
            hyphen = character in "\x02\u00ad\ufffe"
            if character.isspace() or hyphen:
                word += not hyphen
                boxes.append(None)
            else:
                pdfium.FPDFText_GetCharBox(content, index, edges[0], edges[1], edges[2], edges[3])
                left, right, bottom, top = (edge.value for edge in edges)
                boxes.append(self._box(left, bottom, right, top))
                for letter in fold(character):
                    text.append(letter)
                    marks.append(index)
            words.append(word)
        first.append(len(text))
        return PageLetters("".join(text), marks, boxes, first, words)

    def nearest_character(self, x: float, y: float) -> tuple[int, float] | None:
        """Return the character nearest to a point and its distance in points; None on a page without text."""
        best: tuple[int, float] | None = None
        for index, box in enumerate(self.letters.boxes):
            if box is None:
                continue
            across = max(box[0] - x, x - box[2], 0.0)
            along = max(box[1] - y, y - box[3], 0.0)
            distance = across + 2 * along
            if best is None or distance < best[1]:
                best = index, distance
        return best

    @cached_property
    def pictures(self) -> list[Picture]:
        """Return the drawings and images that were placed on the page."""
        import pypdfium2.raw as pdfium

        found = []
        for item in self.page.get_objects(max_depth=1):
            if item.type in (pdfium.FPDF_PAGEOBJ_FORM, pdfium.FPDF_PAGEOBJ_IMAGE):
                matrix = tuple(item.get_matrix().get())
                found.append(Picture(self._box(*item.get_bounds()), matrix))
        return found
