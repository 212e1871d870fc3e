"""A PDF and pages of others -> the PDF with those pages in the place of its own, links and all."""

from __future__ import annotations

import io
from contextlib import suppress
from importlib import import_module
from threading import Thread
from typing import TYPE_CHECKING, Any

from imprenta.typeset.pdf.drawings import SharedDrawings
from imprenta.typeset.pdf.fonts import SharedFonts
from imprenta.typeset.pdf.names import is_mentioned, page_of, place_on, read_names, write_names

if TYPE_CHECKING:
    from collections.abc import Mapping

DOCUMENT_START = "Doc-Start"
"""The name that hyperref gives the first page, once, before anything else: a range knows nothing of it."""


def splice_pages(whole: bytes, *parts: tuple[bytes, Mapping[int, int]]) -> bytes:
    """Return `whole` with some pages replaced, as `OpenPdf` does it. The same input gives the same bytes."""
    opened = OpenPdf(whole)
    opened.put_pages(*parts)
    return opened.dumps()


class OpenPdf:
    """A PDF that is open to be changed; `document` is pikepdf's."""

    def __init__(self, pdf: bytes) -> None:
        """Open a PDF, and read what will be needed."""
        import pikepdf

        self.document: Any = pikepdf.open(io.BytesIO(pdf))
        self.names = read_names(self.document)

    def put_pages(self, *parts: tuple[bytes, Mapping[int, int]]) -> None:
        """Replace pages: each part is a PDF, and for pages of the document its page, both from 0.

        Links lead to names. A name that a part defines on such a page leads there from now on; names that it only
        mentions (pdfTeX puts one for each at its first page) do not count. Outline and page labels stay.
        """
        import pikepdf

        document = self.document
        pages = list(document.pages)
        gone = {pages[number].objgen: number for _, places in parts for number in places}
        stay = [page.obj for page in pages if page.objgen not in gone]
        fonts, drawings = SharedFonts(document, stay), SharedDrawings(stay)
        names = {name: place for name, place in self.names.items() if page_of(place) not in gone}
        for pdf, places in parts:
            part = pikepdf.open(io.BytesIO(pdf))
            copied = {part.pages[source].objgen: number for number, source in places.items()}
            for number, source in sorted(places.items()):
                document.pages[number] = part.pages[source]
                page = document.pages[number].obj
                fonts.use_in(page)
                drawings.use_in(page)
            for name, place in read_names(part).items():
                number = copied.get(page_of(place), -1)
                if number >= 0 and name not in names and not is_mentioned(place):
                    names[name] = place_on(document, document.pages[number].obj, place)
        if DOCUMENT_START in self.names and DOCUMENT_START not in names:
            names[DOCUMENT_START] = place_on(document, document.pages[0].obj, self.names[DOCUMENT_START])
        self.names = names
        write_names(document, names)
        self._lead_opening(gone)

    def _lead_opening(self, gone: Mapping[Any, int]) -> None:
        """Let the view with which the document opens be on a page that is there."""
        action = self.document.Root.get("/OpenAction")
        place = action.get("/D") if action is not None and hasattr(action, "keys") else action
        if place is not None and len(place) and hasattr(place[0], "objgen") and place[0].objgen in gone:
            place[0] = self.document.pages[gone[place[0].objgen]].obj

    def dumps(self) -> bytes:
        """Return the PDF as it is now, without what nothing leads to any more."""
        import pikepdf

        result = io.BytesIO()
        self.document.save(result, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return result.getvalue()


class PdfAhead:
    """A PDF that is opened in a thread of its own from `begin` on, while LaTeX works."""

    def __init__(self, pdf: bytes) -> None:
        self._pdf = pdf
        self._opened: list[OpenPdf] = []
        self._thread = Thread(target=self._open, daemon=True)

    def begin(self) -> None:
        """Begin; no more than once."""
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
