"""The named places of a PDF, to which its links lead: read, put on other pages, and written.

pdfTeX gives each place a dictionary of its own, «<< /D [page /XYZ x y null] >>» (PDF 32000-1, 12.3.2.3).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


def read_names(document: Any) -> dict[str, Any]:
    """Return the named places of a document."""
    from pikepdf import NameTree

    root = document.Root
    if "/Names" not in root or "/Dests" not in root.Names:
        return {}
    return dict(NameTree(root.Names.Dests).items())


def write_names(document: Any, names: Mapping[str, Any]) -> int:
    """Let these be the named places of a document; return the number of the object that tells them."""
    from pikepdf import Array, Dictionary, String

    pairs: list[Any] = []
    for name in sorted(names, key=lambda name: name.encode("utf-8")):
        pairs += [String(name), names[name]]
    tree = document.make_indirect(Dictionary(Names=Array(pairs)))
    document.Root.Names = Dictionary(Dests=tree)
    return int(tree.objgen[0])


def move_place(place: Any, page: Any, other: Any) -> bool:
    """Let a place be on another page, where another place is; tell whether it is an object, which can be moved."""
    from pikepdf import Array, Dictionary

    if not isinstance(place, Dictionary) or not place.is_indirect:
        return False
    place.D = Array([page, *list(_array(other))[1:]])
    return True


def page_of(place: Any) -> Any:
    """Return the number of the page object that a place is on."""
    return _array(place)[0].objgen


def is_mentioned(place: Any) -> bool:
    """Tell whether pdfTeX made this up for a name that no page of the run defines: the whole of the first page."""
    return str(_array(place)[1]) == "/Fit"


def corner_of(place: Any) -> tuple[float, float] | None:
    """Return the corner to which a place leads, in points from the page's lower left one; None for a whole page."""
    _, form, *corner = _array(place)
    return (float(corner[0]), float(corner[1])) if str(form) == "/XYZ" else None


def place_on(document: Any, page: Any, place: Any) -> Any:
    """Return a place like this one, on a page of the document."""
    from pikepdf import Array, Dictionary

    return document.make_indirect(Dictionary(D=Array([page, *list(_array(place))[1:]])))


def _array(place: Any) -> Any:
    from pikepdf import Dictionary

    return place.D if isinstance(place, Dictionary) else place
