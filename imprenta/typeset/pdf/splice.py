"""A PDF and pages of others -> the PDF with those pages in the place of its own, links and all."""

from __future__ import annotations

import io
from contextlib import suppress
from importlib import import_module
from threading import Thread
from typing import TYPE_CHECKING, Any

from imprenta.typeset.pdf.drawings import SharedDrawings, put_drawings
from imprenta.typeset.pdf.fonts import SharedFonts
from imprenta.typeset.pdf.names import is_mentioned, move_place, page_of, place_on, read_names, write_names
from imprenta.typeset.pdf.outline import set_titles
from imprenta.typeset.pdf.page_numbers import (
    arrange_pages,
    label_pages,
    print_numbers,
    rename,
    renumber_pages,
)
from imprenta.typeset.pdf.rewrite import REPLACED, read_table, rewrite

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

DOCUMENT_START = "Doc-Start"
"""The name that hyperref gives the first page, once, before anything else: a range knows nothing of it."""
REPLACED_SHARE = 0.25
"""Of how many pages what they used may be left in the file, some 4 kB each, until the whole is written anew."""


def splice_pages(whole: bytes, *parts: tuple[bytes, Mapping[int, int]]) -> bytes:
    """Return `whole` with some pages replaced, as `OpenPdf` does it. The same input gives the same bytes."""
    opened = OpenPdf(whole)
    opened.put_pages(*parts)
    return opened.dumps()


class OpenPdf:
    """A PDF that is open to be changed."""

    def __init__(self, pdf: bytes) -> None:
        """Open a PDF, and read what will be needed."""
        import pikepdf

        self._pdf = pdf
        self._document: Any = pikepdf.open(io.BytesIO(pdf))
        self._names = read_names(self._document)
        pages = [page.obj for page in self._document.pages]
        self._fonts, self._drawings = SharedFonts(pages), SharedDrawings(pages)
        tree = self._document.Root.Pages
        # When pikepdf puts a page into a tree of pages of more levels, it makes it one of one level.
        self._table = read_table(pdf, self._document) if len(tree.Kids) == len(pages) else None
        self._changed = {self._document.Root.objgen[0], tree.objgen[0]}
        self._gone: set[int] = set()
        self._replaced = 0

    @property
    def document(self) -> Any:
        """Return pikepdf's document, to be changed at will: all of it will be written anew."""
        self._table = None
        return self._document

    def put_pages(
        self, *parts: tuple[bytes, Mapping[int, int]], numbers: Mapping[int, tuple[int, int]] | None = None
    ) -> bool:
        """Replace pages: each part is a PDF, and for pages of the document its page, both from 0.

        Links lead to names. A name that a part defines on such a page leads there from now on; names that it only
        mentions (pdfTeX puts one for each at its first page) do not count. Outline and page labels stay. Of `numbers`
        each page (of the document) has the first and gets the second; False if that is not possible, then the document
        is of no use any more.
        """
        import pikepdf

        moved = numbers or {}
        pages = self._document.pages
        gone = {number: pages[number].obj for _, places in parts for number in places}
        before, lost = self._names, {page.objgen for page in gone.values()}
        self._names = {name: place for name, place in before.items() if page_of(place) not in lost}
        new_places = False
        for pdf, places in parts:
            part = pikepdf.open(io.BytesIO(pdf))
            sources = {part.pages[source].objgen: number for number, source in places.items()}
            for number, source in sorted(places.items()):
                pages[number] = part.pages[source]
                self._fonts.use_in(pages[number].obj)
                self._drawings.use_in(pages[number].obj)
            for called, place in read_names(part).items():
                pair = moved.get(sources.get(page_of(place), -1))
                name = rename(called, pair) if pair is not None else called
                if page_of(place) in sources and name not in self._names and not is_mentioned(place):
                    new_places |= self._lead(name, before.get(name), pages[sources[page_of(place)]].obj, place)
        if DOCUMENT_START in before and DOCUMENT_START not in self._names:
            new_places |= self._lead(DOCUMENT_START, before[DOCUMENT_START], pages[0].obj, before[DOCUMENT_START])
        if new_places or self._names.keys() != before.keys():
            self._changed.add(write_names(self._document, self._names))
        self._lead_opening({page.objgen: number for number, page in gone.items()})
        self._changed |= self._fonts.changed
        self._forget(gone)
        return not moved or print_numbers(self.document, moved)

    def _lead(self, name: str, known: Any, page: Any, place: Any) -> bool:
        """Let a name lead to a place on a page, by the object that it had if there is one; tell if it has a new one."""
        if known is not None and move_place(known, page, place):
            self._names[name] = known
            self._changed.add(known.objgen[0])
            return False
        self._names[name] = place_on(self._document, page, place)
        return True

    def move_pages(
        self, kept: Sequence[int | None], numbers: Mapping[int, tuple[int, int]], labels: Sequence[tuple[str, int]]
    ) -> bool:
        """Give the document other pages: of its own, by their numbers from 0, or empty ones (None) to be replaced.

        Of `numbers` each page (from 0) has the first and gets the second; `labels` are as `label_pages` takes them.
        False if a page cannot get its number; then the document is of no use any more.
        """
        arrange_pages(self.document, self._names, kept)
        label_pages(self.document, labels)
        done = renumber_pages(self.document, self._names, numbers)
        write_names(self.document, self._names)
        return done

    def put_contents(self, contents: Mapping[int, bytes]) -> None:
        """Let pages (from 0) have other content, of the same fonts and drawings."""
        for number, content in contents.items():
            page = self._document.pages[number].obj
            self._gone |= _find_contents([page])
            self._changed.add(page.objgen[0])
            page.Contents = self._document.make_stream(content)

    def put_drawings(self, drawings: Mapping[str, bytes]) -> frozenset[int] | None:
        """Put drawings in the place of others, as `drawings.put_drawings` does."""
        import pikepdf

        others = {name: pikepdf.open(io.BytesIO(pdf)) for name, pdf in drawings.items()}
        return put_drawings(self.document, others) if others else frozenset()

    def set_titles(self, titles: Mapping[str, str]) -> None:
        """Give entries of the outline new titles, as `outline.set_titles` does. Raises LookupError."""
        self._changed |= set_titles(self._document, titles)

    def _lead_opening(self, gone: Mapping[Any, int]) -> None:
        """Let the view with which the document opens be on a page that is there."""
        from pikepdf import Array, Dictionary

        action = self._document.Root.get("/OpenAction")
        place = action.get("/D") if isinstance(action, Dictionary) else action
        if isinstance(place, Array) and isinstance(place[0], Dictionary) and place[0].objgen in gone:
            place[0] = self._document.pages[gone[place[0].objgen]].obj
            self._changed |= {item.objgen[0] for item in (action, place) if item.is_indirect}

    def _forget(self, gone: Mapping[int, Any]) -> None:
        """Note what is of no page any more; if that is more than contents and links, all will be written anew."""
        pages = [page.obj for page in self._document.pages]
        contents = _find_contents(gone.values())
        unused = _find_shared(gone.values()) - _find_shared(pages[number] for number in gone)
        if contents & _find_contents(pages) or (unused and not unused <= _find_shared(pages)):
            self._table = None
        self._gone |= contents
        for page in gone.values():
            self._gone |= {item.objgen[0] for item in (page, *page.get("/Annots", []))}
        self._replaced += len(gone)

    def dumps(self) -> bytes:
        """Return the PDF as it is now, without the text and the drawings to which nothing leads any more."""
        import pikepdf

        table, pages = self._table, [page.obj for page in self._document.pages]
        replaced = self._replaced + (table.replaced if table is not None else 0)
        if table is not None and replaced <= len(pages) * REPLACED_SHARE:
            gone = self._gone - _find_contents(pages)
            return rewrite(self._pdf, self._document, table, self._changed, gone, replaced)
        if REPLACED in self._document.trailer:
            del self._document.trailer[REPLACED]
        result = io.BytesIO()
        self._document.save(result, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return result.getvalue()


def _find_contents(pages: Iterable[Any]) -> set[int]:
    """Return the numbers of the streams that draw pages."""
    found: set[int] = set()
    for page in pages:
        contents = page.get("/Contents")
        if contents is not None:
            found |= {stream.objgen[0] for stream in contents.wrap_in_array()}
    return found


def _find_shared(pages: Iterable[Any]) -> set[int]:
    """Return the numbers of the fonts and drawings that pages use."""
    found: set[int] = set()
    for page in pages:
        resources = page.get("/Resources", {})
        for kind in ("/Font", "/XObject"):
            found |= {item.objgen[0] for item in dict(resources.get(kind, {})).values()}
    return found


class PdfAhead:
    """A PDF that is opened in a thread of its own from `begin` on, while LaTeX works."""

    def __init__(self, pdf: bytes) -> None:
        self._pdf = pdf
        self._opened: list[OpenPdf] = []
        self._thread = Thread(target=self._open, daemon=True)

    def begin(self) -> None:
        """Begin, unless it is begun."""
        if self._thread.ident is None:
            self._thread.start()

    def wait(self) -> OpenPdf:
        """Return it when it is open. What is wrong with it is raised here, as by `OpenPdf`."""
        if self._thread.ident is not None:
            self._thread.join()
        return self._opened.pop() if self._opened else OpenPdf(self._pdf)

    def _open(self) -> None:
        from pikepdf import PdfError

        with suppress(PdfError):
            self._opened.append(OpenPdf(self._pdf))


def prepare_splicing() -> None:
    """Load what splicing needs while LaTeX runs."""
    Thread(target=import_module, args=("pikepdf",), daemon=True).start()
