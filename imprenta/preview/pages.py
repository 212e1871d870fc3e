"""PDFs as they come -> the pages that are shown, and what is drawn of them."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from imprenta.preview.differences import ChangedArea, find_changed_lines, find_changed_rows, find_differences
from imprenta.preview.drawing import Document, Picture, Tile
from imprenta.preview.identity import PageHash, identify_pages
from imprenta.preview.pictures import Pictures
from imprenta.workspace import content_hash

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from imprenta.preview.drawing import Box, Heading, Link

MOST_FORMER = 8
"""Changes whose former pages are kept, if there is room for them."""

FORMER_BYTES = 4 << 20
"""Size of the PDFs that are kept because somebody may still compare their pages with what took their place."""

LARGEST_STRIP = 0.5
"""Share of a picture's rows up to which a change is sent as a strip."""

COMPARED_WIDTH = 300
"""Pixels across a page when it is compared with what it was."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page that is shown; `provisional` if the build may still change it, `first_paint` if only some of it is new."""

    content: str
    layout: str
    width: float
    height: float
    provisional: bool = False
    first_paint: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """All pages at a moment. The revision grows with each change."""

    revision: int = 0
    pages: tuple[Page, ...] = ()


class PageStore:
    """The pages of the report, which any thread may ask for; one thread at a time changes them.

    A page is known by its content, so that a page that looks as before is not sent again. What pages looked like before
    the last changes is kept for comparison.
    """

    def __init__(self) -> None:
        """Start with no pages."""
        self.shown = Shown()
        self._places: dict[str, tuple[Document, int]] = {}
        self._former: list[dict[str, tuple[Document, int]]] = []
        self._whole: Document | None = None
        self._lock = threading.Lock()
        self._pictures = Pictures()
        self._ahead = ThreadPoolExecutor(1, thread_name_prefix="dibujo")

    def show_document(self, pdf: bytes, changed: Collection[int] | None = None) -> Shown:
        """Show a whole PDF. Raises ValueError if it is none.

        `changed` are the pages (from 1) that are not those of the whole PDF before. When these were all shown already,
        it is known what every page looks like; to tell all of them apart takes a while.
        """
        document = Document(pdf)
        pages = self._confirm(document, changed)
        if pages is None:
            pages = [_page(page) for page in identify_pages(pdf)]
        places = {page.content: (document, index) for index, page in enumerate(pages)}
        return self._show(pages, places, document)

    def _confirm(self, document: Document, changed: Collection[int] | None) -> list[Page] | None:
        """Return the pages that are shown as those of a whole PDF, or None if that is not sure."""
        shown = self.shown.pages
        if changed is None or len(document) != len(shown) or any(page.first_paint for page in shown):
            return None
        if any(page.provisional and number not in changed for number, page in enumerate(shown, 1)):
            return None
        if not all(1 <= number <= len(shown) and shown[number - 1].provisional for number in changed):
            return None
        return [replace(page, provisional=False) for page in shown]

    def show_pages(self, pdf: bytes, pages: Mapping[int, int], seen: Collection[tuple[int, Tile]] = ()) -> Shown:
        """Show some pages: `pages` gives for a page number (from 1) the index (from 0) of its page in the PDF.

        They are provisional until the whole PDF is there; those that are not given stay as they are. Of the tiles that
        are `seen` pictures are drawn at once. Raises ValueError if the PDF has not these pages.
        """
        document = Document(pdf)
        numbers = sorted(pages)
        drawings = [
            (number, tile, self._ahead.submit(document.draw, pages[number], tile))
            for number, tile in seen
            if number in numbers and self._knows(number, tile)
        ]
        hashes = identify_pages(pdf, [pages[number] for number in numbers])
        for number, tile, drawing in drawings:
            with suppress(LookupError):
                self._pictures.keep(hashes[numbers.index(number)].content, tile, drawing.result())
        now = list(self.shown.pages)
        places = dict(self._places)
        for number, page in zip(numbers, hashes, strict=True):
            while len(now) < number:  # pages that nobody has seen yet look like the first that is there
                now.append(_page(page, provisional=True))
            now[number - 1] = _page(page, provisional=True)
            places[page.content] = (document, pages[number])
        return self._show(now, places, self._whole)

    def show_band(
        self, pdf: bytes, pages: Mapping[int, int], band: tuple[float, float], seen: Collection[tuple[int, Tile]]
    ) -> tuple[Shown, dict[int, tuple[str, Tile]]] | None:
        """Show what a page is between two heights (points from the top), and elsewhere what it was.

        Returns also the rows that changed, by page, with what it was. None if nobody sees the page, or no change.
        """
        ((number, index),) = pages.items()
        document = Document(pdf)
        former = self.shown.pages[number - 1] if number <= len(self.shown.pages) else None
        found = None
        for seen_number, tile in seen:
            if former is None or seen_number != number or tile.across or not self._knows(number, tile):
                continue
            scale = tile.width / former.width
            found = self._put_over(former, document, index, tile, (int(band[0] * scale), int(band[1] * scale) + 1))
            if found is not None:
                break  # other sizes of the page get the exact one, which follows
        document.close()
        if former is None or found is None:
            return None
        content, strip = found
        now = [*self.shown.pages]
        now[number - 1] = replace(former, content=content, provisional=True, first_paint=True)
        shown = self._show(now, {**self._places, content: self._find(former.content)}, self._whole)
        return shown, {number: (former.content, strip)}

    def _put_over(
        self, page: Page, document: Document, index: int, tile: Tile, rows: tuple[int, int]
    ) -> tuple[str, Tile] | None:
        """Put rows of a page that is drawn now over its picture; return the look of that, and the rows that changed."""
        old = self._draw(page.content, tile)
        top, bottom = max(0, rows[0]), min(old.height, rows[1])
        new = document.draw(index, Tile(tile.width, 0, top, tile.width, bottom - top))
        changed = find_changed_rows(old.cut(top, bottom), new)
        if changed is None:
            return None
        part = new.cut(*changed)
        first, last = top + changed[0], top + changed[1]
        pixels = b"".join((old.cut(0, first).pixels, part.pixels, old.cut(last, old.height).pixels))
        content = content_hash(page.content, bytes(part.pixels))[:16]
        strip = Tile(tile.width, 0, first, tile.width, last - first)
        self._pictures.keep(content, tile, Picture(pixels, old.width, old.height))
        self._pictures.pack(content, strip, lambda: part)
        return content, strip

    def _show(self, pages: Sequence[Page], places: dict[str, tuple[Document, int]], whole: Document | None) -> Shown:
        """Put the pages in the place of those that are shown, and let go of documents that nobody needs any more."""
        with self._lock:
            if tuple(pages) != self.shown.pages:
                self.shown = Shown(self.shown.revision + 1, tuple(pages))
            contents = {page.content for page in pages}
            gone = {content: place for content, place in self._places.items() if content not in contents}
            before = {id(document): document for document in self._documents()}
            if gone:
                self._former = self._choose_former([gone, *self._former])
            self._places = {content: place for content, place in places.items() if content in contents}
            self._whole = whole
            needed = {id(document) for document in self._documents()}
            seldom = needed - {id(document) for document, _ in self._places.values()} - {id(whole)}
        for key, document in before.items():
            if key not in needed:
                self._ahead.submit(document.close)
            elif key in seldom:
                self._ahead.submit(document.rest)
        return self.shown

    def _choose_former(self, groups: list[dict[str, tuple[Document, int]]]) -> list[dict[str, tuple[Document, int]]]:
        """Return the newest of some groups of pages that are not shown any more: the last, and what has room."""
        kept: list[dict[str, tuple[Document, int]]] = []
        sizes: dict[int, int] = {}
        for group in groups:
            sizes.update({id(document): document.size for document, _ in group.values()})
            if kept and sum(sizes.values()) > FORMER_BYTES:
                break
            kept.append(group)
        return kept[:MOST_FORMER]

    def _documents(self) -> list[Document]:
        groups = [self._places, *self._former]
        found = [document for group in groups for document, _ in group.values()]
        return [*found, self._whole] if self._whole is not None else found

    def _find(self, content: str) -> tuple[Document, int]:
        """Return where a page of this look is. Raises LookupError if none is any more."""
        with self._lock:
            for group in (self._places, *self._former):
                if content in group:
                    return group[content]
        raise LookupError(content)

    def draw_png(self, content: str, tile: Tile) -> bytes:
        """Return a page or a rectangle of it as a PNG, drawn once however many ask. Raises LookupError."""
        return self._pictures.pack(content, tile, lambda: self._draw(content, tile))

    def _draw(self, content: str, tile: Tile) -> Picture:
        """Return a page or a rectangle of it, as it was drawn last or drawn now. Raises LookupError."""
        picture = self._pictures.find(content, tile)
        if picture is None:
            document, index = self._find(content)
            picture = document.draw(index, tile)
        self._pictures.keep(content, tile, picture)
        return picture

    def _knows(self, number: int, tile: Tile) -> bool:
        """Tell whether a page that is shown was drawn and is known as it was drawn."""
        shown = self.shown.pages
        return number <= len(shown) and self._pictures.find(shown[number - 1].content, tile) is not None

    def find_strip(self, before: str, after: str, tile: Tile) -> Tile | None:
        """Return the rows in which a page differs from what it was, as a tile that is drawn already; maybe no rows.

        None if too much of it differs, or what was there is not known any more. Raises LookupError.
        """
        old = self._pictures.find(before, tile) if not tile.across else None
        new = self._draw(after, tile) if old is not None else None
        if old is None or new is None or (old.width, old.height) != (new.width, new.height):
            return None
        rows = find_changed_rows(old, new) or (0, 0)
        if rows[1] - rows[0] > LARGEST_STRIP * new.height:
            return None
        strip = Tile(tile.width, 0, rows[0], tile.width, rows[1] - rows[0])
        if strip.down:
            self._pictures.pack(after, strip, lambda: new.cut(*rows))
        return strip

    def read_text(self, content: str) -> tuple[list[tuple[str, Box]], list[Link]]:
        """Return the text and the links of a page. Raises LookupError."""
        document, index = self._find(content)
        return document.read_text(index), document.read_links(index)

    def read_contents(self) -> tuple[str, list[Heading]]:
        """Return the title and the contents of the last whole PDF."""
        with self._lock:
            whole = self._whole
        try:
            return (whole.read_title(), whole.read_contents()) if whole is not None else ("", [])
        except LookupError:  # another PDF came in the meantime, and whoever asked will ask again
            return "", []

    def find_target(self, content: str, number: int) -> tuple[int, float] | None:
        """Return where a link of a page (by its number, from 0) leads today: a page from 0, and points from its top.

        A page that did not change may be of an older PDF: its link is followed in the last one, where there is the
        same page. Raises LookupError.
        """
        document, index = self._find(content)
        links = document.read_links(index)
        if not 0 <= number < len(links) or links[number].index < 0:
            return None
        return links[number].index, links[number].top

    def compare(self, before: str, after: str) -> list[ChangedArea]:
        """Return where a page differs from what it was. Raises LookupError if one of them is forgotten."""
        (old, old_index), (new, new_index) = self._find(before), self._find(after)
        size = new.read_size(new_index)
        lines = find_changed_lines(old.read_text(old_index), new.read_text(new_index), size)
        if lines is not None:
            return lines
        drawings = [document.draw(index, Tile(COMPARED_WIDTH), grey=True)
                    for document, index in ((old, old_index), (new, new_index))]  # fmt: skip
        return find_differences(*drawings)


def _page(page: PageHash, *, provisional: bool = False) -> Page:
    return Page(page.content, page.layout, page.width, page.height, provisional)
