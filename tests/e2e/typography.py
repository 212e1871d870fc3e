"""A PDF -> what a typographer would measure on its pages: lines, headings, running heads, floats, white feet.

Words and boxes are poppler's; headings, floats and mentions are the named places of the PDF and the links to them.
"""

from __future__ import annotations

import re
import subprocess
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from pathlib import Path
from statistics import median

import pikepdf
from reading import Box

LINE = re.compile(r'<line xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</line>', re.DOTALL)
WORD = re.compile(r"<word [^>]*>(.*?)</word>")
HEADING = re.compile(r"(?:sub){0,2}section\*?\.")
FLOAT = re.compile(r"(?:figure|table)\.\d+")
FOOT = 30
"""Points at the foot of a page in which its number stands."""


@dataclass(frozen=True)
class Place:
    """A named place: its page, from 0, and its height in points from the top."""

    name: str
    page: int
    top: float


class Pages:
    """The pages of a PDF, whose text is framed by margins in points."""

    def __init__(self, pdf: Path, top: float = 71, bottom: float = 71) -> None:
        """Open a PDF."""
        self.pdf = pdf
        self.document = pikepdf.open(pdf)
        self.height = float(self.document.pages[0].mediabox[3])
        self.top, self.bottom = top, self.height - bottom

    @cached_property
    def lines(self) -> list[Box]:
        """Return the box of every line, in poppler's order; pages count from 0."""
        said = subprocess.run(
            ["pdftotext", "-bbox-layout", str(self.pdf), "-"], capture_output=True, text=True, check=True
        ).stdout
        lines = []
        for page, xml in enumerate(said.split("<page ")[1:]):
            for match in LINE.finditer(xml):
                words = unescape(" ".join(WORD.findall(match[5])))
                lines.append(Box(page, *(float(match[number]) for number in range(1, 5)), words))
        return lines

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
        return range(first, cited[0].page if cited else len(self.document.pages))

    def within(self, page: int) -> list[Box]:
        """Return the lines of a page without its head and its number."""
        return [line for line in self.lines if line.page == page and self.top - 12 < line.top < self.bottom - 2]

    def letters_to_the_line(self) -> float:
        """Return how many characters a full line of running text has: the median of those of the body."""
        count: dict[tuple[int, int], int] = defaultdict(int)
        for line in self.lines:
            if line.page in self.body and len(line.text.split()) > 6:
                count[round(line.left), round(line.right)] += 1
        (left, right), _ = max(count.items(), key=lambda item: item[1])
        full = [
            len(line.text)
            for line in self.lines
            if line.page in self.body and abs(line.left - left) < 2 and abs(line.right - right) < 2
        ]
        return median(full)

    def headings_at_the_foot(self) -> list[str]:
        """Return the headings below which there is nothing on their page."""
        faults = []
        for place in self.named(HEADING):
            below = [line for line in self.within(place.page) if line.top > place.top + 22]
            if place.page in self.body and not below and not self._has_float(place.page, place.top):
                faults.append(f"{place.name}, página {place.page + 1}")
        return faults

    def wrong_heads(self) -> list[str]:
        """Return the pages whose head does not name the section with which they begin."""
        sections = self.named(re.compile(r"section\*?\.\d+$"))
        faults = []
        for page in self.body:
            lines = [line for line in self.lines if line.page == page and line.bottom < self.top]
            head = " ".join(line.text for line in sorted(lines, key=lambda line: line.left))
            at_top = [place for place in sections if place.page == page and place.top < self.top + 12]
            before = [place for place in sections if place.page < page]
            there = (at_top or before)[-1:]
            number = there[0].name.rpartition(".")[2] if there else ""
            if head and there and "*" not in there[0].name and head.split()[0] != number:
                faults.append(f"página {page + 1}: «{head}», y empieza en {there[0].name}")
        return faults

    def distances(self) -> dict[str, int]:
        """Return for each float how many pages after its first mention it stands; negative if before."""
        first: dict[str, int] = {}
        for number, page in enumerate(self.document.pages):
            for link in page.get("/Annots", ()):
                name = str(link.get("/A", {}).get("/D", link.get("/Dest", "")))
                if number in self.body and FLOAT.fullmatch(name):
                    first.setdefault(name, number)
        floats = {place.name: place.page for place in self.named(FLOAT) if FLOAT.fullmatch(place.name)}
        return {name: page - first[name] for name, page in floats.items() if name in first}

    def white_feet(self) -> dict[int, float]:
        """Return for each page of the body, from 1, what share of its text block is white at its foot.

        A page before one that begins with a section may end where the section before it does.
        """
        begins = {place.page for place in self.named(re.compile(r"section\*?\.\d+$")) if place.top < self.top + 12}
        feet = {}
        for page in self.body:
            if page + 1 in begins or page + 1 not in self.body:
                continue
            last = max((line.bottom for line in self.within(page)), default=self.top)
            feet[page + 1] = max(0.0, (self.bottom - last) / (self.bottom - self.top))
        return feet

    def outside(self, left: float, right: float) -> list[Box]:
        """Return the lines that stand out of the margins, the head and the foot aside."""
        width = float(self.document.pages[0].mediabox[2])
        return [
            line
            for line in self.lines
            if (line.left < left or line.right > width - right or line.bottom > self.bottom + FOOT + 4)
            and not self.document.pages[line.page].get("/Rotate")
        ]

    def _has_float(self, page: int, top: float) -> bool:
        return any(place.page == page and place.top > top for place in self.named(FLOAT))
