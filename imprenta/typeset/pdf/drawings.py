"""Pages that come -> the same with the drawings that the document has; drawings that come -> in the place of others."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

SAME_PLACE = 0.001
"""Points by which the corners of two drawings of one size may differ: pdfTeX rounds them."""
PACKING = frozenset({"/DecodeParms", "/Filter", "/Length"})
"""What tells how a stream is packed: LaTeX leaves that of a page range to be packed when it is put in."""


class SharedDrawings:
    """The drawings of a document's pages, by their kinds and sizes."""

    def __init__(self, pages: Iterable[Any]) -> None:
        """Look through the pages as they are before others come."""
        self.drawings: dict[tuple[str, ...], list[Any]] = defaultdict(list)
        for page in pages:
            for drawing in _drawings_of(page).values():
                self.drawings[_size(drawing)].append(drawing)

    def use_in(self, page: Any) -> None:
        """Let a page, which is in the document by now, use these drawings in the place of the same of its own."""
        for key, drawing in _drawings_of(page).items():
            known = self.drawings[_size(drawing)]
            same = next((one for one in known if _are_same(one, drawing)), None)
            if same is None:
                known.append(drawing)
            else:
                page.Resources.XObject[key] = same


def put_drawings(document: Any, drawings: Mapping[str, Any]) -> frozenset[int] | None:
    """Put other drawings in the place of those that pdfTeX made of some files; return the pages (from 0) they are on.

    Each is an open PDF of one page, by the name of the file. Of a file pdfTeX makes what a page is drawn by, with its
    name («PTEX.FileName»); that gets the content of the other page, and what it uses. None if a file has not been taken
    in, or the other is not of its size: then the document is of no use any more.
    """
    pages: dict[str, set[int]] = {name: set() for name in drawings}
    put: set[tuple[int, int]] = set()
    for number, page in enumerate(document.pages):
        for drawing in _find_forms(page.obj):
            name = str(drawing.get("/PTEX.FileName", "")).removeprefix("./")
            if name not in drawings:
                continue
            if drawing.objgen not in put and not _put(document, drawing, drawings[name]):
                return None
            put.add(drawing.objgen)
            pages[name].add(number)
    return frozenset().union(*pages.values()) if all(pages.values()) else None


def _find_forms(page: Any) -> Iterator[Any]:
    """Yield what a page, or one of these, is drawn by besides text and pictures."""
    for drawing in _drawings_of(page).values():
        if drawing.get("/Subtype") == "/Form":
            yield drawing
            yield from _find_forms(drawing)


def _put(document: Any, drawing: Any, other: Any) -> bool:
    """Give a drawing the content of the page of another PDF; tell whether that is as large."""
    page = other.pages[0]
    corners = zip(drawing.BBox.as_list(), page.mediabox.as_list(), strict=True)
    if any(abs(float(one) - float(another)) > SAME_PLACE for one, another in corners):
        return False
    contents = page.obj.Contents.wrap_in_array().as_list()
    drawing.write(b"\n".join(stream.read_bytes() for stream in contents))
    drawing.Resources = document.copy_foreign(other.make_indirect(page.resources))
    return True


def _drawings_of(page: Any) -> dict[str, Any]:
    return dict(page.get("/Resources", {}).get("/XObject", {}))


def _size(drawing: Any) -> tuple[str, ...]:
    return tuple(str(drawing.get(key)) for key in ("/Subtype", "/Width", "/Height"))


def _are_same(one: Any, other: Any) -> bool:
    """Tell whether two drawings are the same, all that they lead to included; pictures may be packed otherwise."""
    if one == other:
        return True
    if not (_is_plain_picture(one) and _is_plain_picture(other)):
        return False
    keys = one.keys() - PACKING
    if keys != other.keys() - PACKING:
        return False
    # Of a picture with transparency the mask is another picture.
    described = all(_are_same(one[key], other[key]) if key == "/SMask" else one[key] == other[key] for key in keys)
    return described and one.read_bytes() == other.read_bytes()


def _is_plain_picture(item: Any) -> bool:
    return bool(item.get("/Subtype") == "/Image" and item.get("/Filter", "/FlateDecode") == "/FlateDecode")
