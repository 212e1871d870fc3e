"""A PDF and pages of another -> the PDF with those pages in the place of its own, links and all."""

from __future__ import annotations

import io
from importlib import import_module
from threading import Thread
from typing import TYPE_CHECKING, Any

from imprenta.typeset.pdf.drawings import SharedDrawings
from imprenta.typeset.pdf.fonts import SharedFonts

if TYPE_CHECKING:
    from collections.abc import Mapping

DOCUMENT_START = "Doc-Start"
"""The name that hyperref gives the first page, once, before anything else: a range knows nothing of it."""


def prepare_splicing() -> None:
    """Load what splicing needs while LaTeX runs."""
    Thread(target=import_module, args=("pikepdf",), daemon=True).start()


def splice_pages(whole: bytes, *parts: tuple[bytes, Mapping[int, int]]) -> bytes:
    """Return `whole` with some pages replaced: each part is a PDF, and for pages of the whole its page, both from 0.

    Links lead to names. A name that a part defines on such a page leads there from now on; names that it only mentions
    (pdfTeX puts one for each at its first page) do not count. Outline and page labels stay. The same input gives the
    same bytes.
    """
    import pikepdf

    with pikepdf.open(io.BytesIO(whole)) as document:
        old = {document.pages[number].objgen: number for _, pages in parts for number in pages}
        before = _names(document)
        names = {name: place for name, place in before.items() if _page_of(place) not in old}
        opened = [pikepdf.open(io.BytesIO(pdf)) for pdf, _ in parts]
        stay = [page.obj for page in document.pages if page.objgen not in old]
        fonts, drawings = SharedFonts(document, stay), SharedDrawings(stay)
        for part, (_, pages) in zip(opened, parts, strict=True):
            copied = {part.pages[source].objgen: number for number, source in pages.items()}
            for number, source in sorted(pages.items()):
                document.pages[number] = part.pages[source]
                fonts.use_in(document.pages[number].obj)
                drawings.use_in(document.pages[number].obj)
            for name, place in _names(part).items():
                number = copied.get(_page_of(place), -1)
                if number >= 0 and name not in names and not _is_fixed(place):
                    names[name] = _place_on(document, document.pages[number].obj, place)
        if DOCUMENT_START in before and DOCUMENT_START not in names:
            names[DOCUMENT_START] = _place_on(document, document.pages[0].obj, before[DOCUMENT_START])
        _set_names(document, names)
        _lead_opening(document, old)
        result = io.BytesIO()
        document.save(result, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        for part in opened:
            part.close()
        return result.getvalue()


def _names(document: Any) -> dict[str, Any]:
    """Return the named destinations of a document."""
    from pikepdf import NameTree

    root = document.Root
    if "/Names" not in root or "/Dests" not in root.Names:
        return {}
    return dict(NameTree(root.Names.Dests).items())


def _is_fixed(place: Any) -> bool:
    """Tell whether pdfTeX made this up for a name that no page of the run defines: the whole of the first page."""
    return str(_array(place)[1]) == "/Fit"


def _array(place: Any) -> Any:
    """Return the array of a destination, which pdfTeX puts into a dictionary."""
    from pikepdf import Dictionary

    return place.D if isinstance(place, Dictionary) else place


def _page_of(place: Any) -> Any:
    return _array(place)[0].objgen


def _place_on(document: Any, page: Any, place: Any) -> Any:
    """Return a destination like this one, on a page of the document."""
    from pikepdf import Array, Dictionary

    return document.make_indirect(Dictionary(D=Array([page, *list(_array(place))[1:]])))


def _set_names(document: Any, names: Mapping[str, Any]) -> None:
    from pikepdf import Array, Dictionary, String

    pairs: list[Any] = []
    for name in sorted(names, key=lambda name: name.encode("utf-8")):
        pairs += [String(name), names[name]]
    document.Root.Names = Dictionary(Dests=document.make_indirect(Dictionary(Names=Array(pairs))))


def _lead_opening(document: Any, gone: Mapping[Any, int]) -> None:
    """Let the view with which the document opens be on a page that is there."""
    action = document.Root.get("/OpenAction")
    place = action.get("/D") if action is not None and hasattr(action, "keys") else action
    if place is not None and len(place) and hasattr(place[0], "objgen") and place[0].objgen in gone:
        place[0] = document.pages[gone[place[0].objgen]].obj
