"""A page from another run, with drawings and pictures of its own -> the same page with those that the document has."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

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
