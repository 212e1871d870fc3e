"""A PDF -> what stands where on its pages: lines, rules, tables, named places, mentions of floats.

Lines are poppler's, rules and item marks pdfium's; headings, floats and mentions are the named places of the PDF and
the links to them. Pages count from 0, points from the top left of the page as it is shown.
"""

from __future__ import annotations

import re
import subprocess
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from typing import TYPE_CHECKING

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
from reading import Box

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LINE = re.compile(r'<line xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</line>', re.DOTALL)
WORD = re.compile(r"<word [^>]*>(.*?)</word>")
HEADING = re.compile(r"(?:sub){0,2}section\*?\.")
SECTION = re.compile(r"section(?:\*|\.anexo)?\.\d+$")
APPENDIX = re.compile(r"section\.anexo\.")
FLOAT = re.compile(r"(?:figure|table)\.\d+$")
MARGIN = 2.5 * 72 / 2.54
HEAD, FOOT = 30, 34
"""Points above and below the text block in which the running head and the number of the page stand."""
NEAR_TOP = 12
"""Points from the top of the text block within which what begins a page stands."""


@dataclass(frozen=True)
class Place:
    """A named place: its page and its height from the top."""

    name: str
    page: int
    top: float


@dataclass(frozen=True)
class Area:
    """A rectangle on a page: a rule, a mark of an item, or what lies between the outer rules of a table."""

    page: int
    left: float
    top: float
    right: float
    bottom: float

    def holds(self, line: Box) -> bool:
        """Tell whether a line stands in it."""
        across, down = (line.left + line.right) / 2, (line.top + line.bottom) / 2
        return self.page == line.page and self.left <= across <= self.right and self.top <= down <= self.bottom


class Printed:
    """The pages of a PDF whose text block is framed by margins in points."""

    def __init__(self, pdf: Path, *, margin: float = MARGIN) -> None:
        """Open a PDF."""
        self.pdf = pdf
        self.document = pikepdf.open(pdf)
        self.drawn = pypdfium2.PdfDocument(pdf)
        self.width, self.height = (float(self.document.pages[0].mediabox[side]) for side in (2, 3))
        self.margin, self.top, self.bottom = margin, margin, self.height - margin

    @cached_property
    def lines(self) -> list[Box]:
        """Return the box of every line, in poppler's order."""
        command = ["pdftotext", "-bbox-layout", str(self.pdf), "-"]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        return [
            Box(page, *(float(match[number]) for number in range(1, 5)), unescape(" ".join(WORD.findall(match[5]))))
            for page, xml in enumerate(said.split("<page ")[1:])
            for match in LINE.finditer(xml)
        ]

    @cached_property
    def drawn_areas(self) -> list[Area]:
        """Return the boxes of what is drawn by the page itself, figures aside: rules, marks of items."""
        return [area for number in range(len(self.drawn)) for area in self._areas_of(number)]

    def _areas_of(self, number: int) -> Iterator[Area]:
        page = self.drawn[number]
        turned = page.get_rotation() == 90
        for part in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=1):
            left, low, right, high = part.get_bounds()
            if turned:  # what is drawn upwards is shown from left to right
                yield Area(number, low, left, high, right)
            else:
                yield Area(number, left, self.height - high, right, self.height - low)

    @cached_property
    def tables(self) -> list[Area]:
        """Return what lies between the first and the last rule of each table, or of its part on a page.

        booktabs draws them heavier than those between (.08 and .05 em); pdfium's boxes are wider than the line.
        """
        heavy = defaultdict(list)
        for area in self.drawn_areas:
            if area.right - area.left > 40 and 1.4 < area.bottom - area.top < 2.6:
                heavy[area.page, round(area.left / 4), round(area.right / 4)].append(area)
        tables = []
        for rules in heavy.values():
            rules.sort(key=lambda rule: rule.top)
            for first, last in zip(rules[::2], rules[1::2], strict=False):
                tables.append(Area(first.page, first.left - 2, first.top, first.right + 2, last.bottom))
        return tables

    @cached_property
    def places(self) -> list[Place]:
        """Return the named places in the order in which one reads."""
        numbers = {page.objgen: number for number, page in enumerate(self.document.pages)}
        places = []
        for name, target in pikepdf.NameTree(self.document.Root.Names.Dests).items():
            spot = target.D if isinstance(target, pikepdf.Dictionary) else target
            if spot[0].objgen in numbers and len(spot) > 3:
                places.append(Place(str(name), numbers[spot[0].objgen], self.height - float(spot[3])))
        return sorted(places, key=lambda place: (place.page, place.top))

    def named(self, pattern: re.Pattern[str]) -> list[Place]:
        """Return the places whose name begins like this."""
        return [place for place in self.places if pattern.match(place.name)]

    @cached_property
    def body(self) -> range:
        """Return the pages from the first section to before the list of references."""
        first = self.named(re.compile(r"section\.1$"))[0].page
        cited = self.named(re.compile(r"cite\."))
        return range(first, max(first + 1, cited[0].page) if cited else len(self.document.pages))

    @cached_property
    def mentions(self) -> dict[str, int]:
        """Return for each float the page on which the body first leads to it."""
        first: dict[str, int] = {}
        for number in self.body:
            for link in self.document.pages[number].get("/Annots", ()):
                name = str(link.get("/A", {}).get("/D", link.get("/Dest", "")))
                if FLOAT.match(name):
                    first.setdefault(name, number)
        return first

    def within(self, page: int) -> list[Box]:
        """Return the lines of a page without its head and its number."""
        return [line for line in self.lines if line.page == page and self.top - 12 < line.top < self.bottom - 2]

    def begins_with_section(self, page: int) -> bool:
        """Tell whether a page opens with a section."""
        return any(place.page == page and place.top < self.top + NEAR_TOP for place in self.named(SECTION))
