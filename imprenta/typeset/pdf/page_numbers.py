"""Pages of a PDF that have moved -> their places, their numbers and what viewers call them, without LaTeX.

`checkpoint.tex` marks the number that a page prints as an artifact of pagination: it is found by construction. Digits
of one width stand in each other's place, so the bytes are those that pdfTeX would write. hyperref names each page after
its number («page.13»), and labels tell viewers how the pages are counted (PDF 32000-1, 12.4.2).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from imprenta.typeset.pdf.names import page_of
from imprenta.typeset.pdf.renumber import read_content, read_digits

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

MARKED = re.compile(rb"/Artifact <</Type/Pagination/Subtype/PageNumber>> BDC\s(.*?)\sEMC\b", re.DOTALL)
PRINTED = re.compile(rb"/(\S+) [\d.]+ Tf [^\[\]]*\[\((\d+)\)\]TJ")
NAME = "page."
"""What the name that hyperref gives a page begins with; its number follows."""
STYLES = {"arabic": "/D", "roman": "/r", "Roman": "/R", "alph": "/a", "Alph": "/A"}
"""How labels tell in what signs pages are counted, by LaTeX's names of these."""


def arrange_pages(document: Any, names: dict[str, Any], kept: Sequence[int | None]) -> None:
    """Let a document have one page for each of `kept`: one of its own (from 0, rising), or an empty one for None.

    Names on pages that go, go with them.
    """
    from pikepdf import Array, Dictionary, Name, Page

    gone = [number for number in range(len(document.pages)) if number not in kept]
    objects = {document.pages[number].objgen for number in gone}
    for name in [name for name, place in names.items() if page_of(place) in objects]:
        del names[name]
    for number in reversed(gone):
        del document.pages[number]
    for number, page in enumerate(kept):
        if page is None:
            empty = Dictionary(Type=Name.Page, MediaBox=Array([0, 0, 1, 1]), Resources=Dictionary())
            document.pages.insert(number, Page(document.make_indirect(empty)))


def renumber_pages(document: Any, names: dict[str, Any], numbers: Mapping[int, tuple[int, int]]) -> bool:
    """Give pages (from 0) other numbers: the one that each has, and the one that it gets, with as many digits.

    False if a page does not print its number where it is expected, or no font has the digits; then the document is of
    no use any more.
    """
    moved = {document.pages[page].objgen: pair for page, pair in numbers.items()}
    places = {pair[1]: names.pop(f"{NAME}{pair[0]}", None) for pair in sorted(numbers.values())}
    names |= {f"{NAME}{number}": place for number, place in places.items() if place is not None}
    if any(place is not None and page_of(place) not in moved for place in places.values()):
        return False
    return print_numbers(document, numbers)


def rename(name: str, numbers: tuple[int, int]) -> str:
    """Return how a place is called if a page has the second of two numbers for the first; most are called as before."""
    return f"{NAME}{numbers[1]}" if name == f"{NAME}{numbers[0]}" else name


def print_numbers(document: Any, numbers: Mapping[int, tuple[int, int]]) -> bool:
    """Let pages (from 0) print other numbers, as `renumber_pages` does, which also calls them after these."""
    fonts = _Fonts(document)
    return all(_renumber(document, document.pages[page], *pair, fonts) for page, pair in numbers.items())


def label_pages(document: Any, numbers: Sequence[tuple[str, int]]) -> None:
    """Tell viewers how the pages are counted: for each the style, one of `STYLES`, and the number."""
    from pikepdf import Array, Dictionary, Name

    labels: list[Any] = []
    before: tuple[str, int] | None = None
    for page, (style, number) in enumerate(numbers):
        if before is None or (style, number) != (before[0], before[1] + 1):
            label = Dictionary(S=Name(STYLES[style]))
            if number != 1:
                label.St = number
            labels += [page, label]
        before = style, number
    document.Root.PageLabels = Dictionary(Nums=Array(labels))


def _renumber(document: Any, page: Any, old: int, new: int, fonts: _Fonts) -> bool:
    content = read_content(page)
    marked = list(MARKED.finditer(content))
    printed = PRINTED.search(marked[0][1]) if len(marked) == 1 else None
    if printed is None or printed[2] != b"%d" % old or len(str(new)) != len(str(old)):
        return False
    font = fonts.with_digits(page, printed[1].decode("latin-1"), b"%d" % new)
    if font is None:
        return False
    at = marked[0].start(1)
    begin, end = (at + place for place in printed.span(2))
    name = slice(at + printed.start(1), at + printed.end(1))
    content = content[: name.start] + font.encode("latin-1") + content[name.stop : begin] + b"%d" % new + content[end:]
    page.Contents = document.make_stream(content)
    return True


class _Fonts:
    """The fonts of a document, of which another one may lend a page the digits that its own lacks."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._digits: dict[Any, frozenset[bytes]] = {}

    def with_digits(self, page: Any, name: str, digits: bytes) -> str | None:
        """Return the name in a page's resources of a font with some digits, like the one of this name."""
        wanted = {digits[at : at + 1] for at in range(len(digits))}
        held = page.Resources.get("/Font", {})
        own = held.get(f"/{name}")
        if own is None:
            return None
        if wanted <= self._digits_of(own):
            return name
        lender = next((font for font in self._like(own) if wanted <= self._digits_of(font)), None)
        if lender is None:
            return None
        # The fonts of a page may be those of others too: they are not changed.
        fonts = dict(held.items()) | {f"/{name}Number": lender}
        page.Resources = self._with_fonts(page.Resources, fonts)
        return f"{name}Number"

    def _with_fonts(self, resources: Any, fonts: Mapping[str, Any]) -> Any:
        from pikepdf import Dictionary

        return Dictionary({**dict(resources.items()), "/Font": Dictionary(fonts)})

    def _digits_of(self, font: Any) -> frozenset[bytes]:
        if font.objgen not in self._digits:
            self._digits[font.objgen] = read_digits(font)
        return self._digits[font.objgen]

    def _like(self, own: Any) -> Iterator[Any]:
        """Yield the fonts of the document with the letters of one, whichever of them they hold."""
        seen = set()
        for page in self._document.pages:
            for font in page.get("/Resources", {}).get("/Font", {}).values():
                if font.objgen not in seen and _face(font) == _face(own):
                    seen.add(font.objgen)
                    yield font


def _face(font: Any) -> str:
    """Return the name of a font without what tells its subset from others."""
    return re.sub(r"^/[A-Z]{6}\+", "/", str(font.get("/BaseFont", "")))
