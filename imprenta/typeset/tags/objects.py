"""A tree of elements -> the objects of a PDF that tell it (PDF 32000-1, 14.7), as PDF writes them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from imprenta.typeset.tags.elements import Content, Element

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SCOPES = {"H": b"/Scope/Column", "R": b"/Scope/Row", "G": b"/Scope/Row"}


@dataclass(frozen=True, slots=True)
class PlacedLink:
    """A link annotation: the numbers of its object and its page's, the element of the link."""

    annotation: int
    page: int
    link: Element


@dataclass(slots=True)
class TreeObjects:
    """The objects of a tree by their numbers, `root` the first; and what annotations are by the parent tree's keys."""

    root: int
    objects: dict[int, bytes] = field(default_factory=dict)
    keys: dict[int, int] = field(default_factory=dict)
    """For each annotation, by the number of its object, its key in the parent tree."""


def write_tree(
    document: Element,
    pages: Sequence[int],
    links: Sequence[PlacedLink],
    start: int,
) -> TreeObjects:
    """Return the objects of a tree; `pages` are the numbers of the pages' objects, new numbers count from `start`.

    Raises ValueError if something that is painted is in no element or in two: it would be read to nobody, or twice.
    """
    elements = list(document.walk())
    for row, element in enumerate(elements):
        element.row = start + 1 + row
    made = TreeObjects(start)
    references: dict[Element, list[PlacedLink]] = {}
    for link in links:
        references.setdefault(link.link, []).append(link)
    owners: dict[int, dict[int, int]] = {}
    parents = {kid: element.row for element in elements for kid in element.elements()}
    for element in elements:
        told = _Told(element, pages, owners)
        made.objects[element.row] = told.write(parents.get(element, start), references.get(element, ()))
    if len(parents) + 1 != len(elements):
        raise ValueError("an element has two parents")
    _write_parents(made, owners, links, len(pages), start + 1 + len(elements))
    tops = [b"/Type/StructTreeRoot/K %d 0 R" % document.row]
    last = max(made.objects)
    made.objects[start] = b"<<%s/ParentTree %d 0 R/ParentTreeNextKey %d%s>>" % (
        b"".join(tops), last, len(pages) + len(links), _write_names(elements),
    )  # fmt: skip
    return made


class _Told:
    """One element as an object."""

    def __init__(self, element: Element, pages: Sequence[int], owners: dict[int, dict[int, int]]) -> None:
        self.element = element
        self.pages = pages
        self.owners = owners
        self.page = next((kid.page for kid in element.kids if isinstance(kid, Content)), -1)

    def write(self, parent: int, links: Sequence[PlacedLink]) -> bytes:
        element = self.element
        kids = [self._write_kid(kid) for kid in element.kids]
        kids += [b"<</Type/OBJR/Obj %d 0 R/Pg %d 0 R>>" % (link.annotation, link.page) for link in links]
        parts = [b"/S/%s/P %d 0 R" % (element.role.encode(), parent)]
        if self.page >= 0:
            parts.append(b"/Pg %d 0 R" % self.pages[self.page])
        if kids:
            parts.append(b"/K %s" % kids[0] if len(kids) == 1 else b"/K[%s]" % b" ".join(kids))
        parts += self._attributes()
        return b"<<%s>>" % b"".join(parts)

    def _write_kid(self, kid: Element | Content) -> bytes:
        if isinstance(kid, Element):
            return b"%d 0 R" % kid.row
        owned = self.owners.setdefault(kid.page, {})
        if kid.id in owned:
            raise ValueError(f"page {kid.page + 1}: sequence {kid.id} is in two elements")
        owned[kid.id] = self.element.row
        if kid.page == self.page:
            return b"%d" % kid.id
        return b"<</Type/MCR/Pg %d 0 R/MCID %d>>" % (self.pages[kid.page], kid.id)

    def _attributes(self) -> list[bytes]:
        element, told = self.element, []
        if element.alternative:
            told.append(b"/Alt " + element.alternative)
        if element.actual:
            told.append(b"/ActualText" + write_string(element.actual))
        if element.language:
            told.append(b"/Lang(%s)" % element.language.encode())
        if element.id:
            told.append(b"/ID(%s)" % element.id.encode())
        if element.numbering:
            told.append(b"/A<</O/List/ListNumbering/%s>>" % element.numbering.encode())
        if element.box is not None:
            told.append(b"/A<</O/Layout/BBox[%.2f %.2f %.2f %.2f]>>" % element.box)
        cell = element.cell
        if cell is not None:
            about = SCOPES.get(cell.heads, b"")
            about += b"/ColSpan %d" % cell.columns if cell.columns > 1 else b""
            about += b"/RowSpan %d" % cell.rows if cell.rows > 1 else b""
            if about:
                told.append(b"/A<</O/Table%s>>" % about)
        return told


def _write_parents(
    made: TreeObjects, owners: Mapping[int, Mapping[int, int]], links: Sequence[PlacedLink], pages: int, start: int
) -> None:
    """Add the parent tree: for each page the elements of its sequences, for each annotation its link."""
    pairs = []
    for page in range(pages):
        owned = owners.get(page, {})
        if sorted(owned) != list(range(len(owned))):
            raise ValueError(f"page {page + 1}: a sequence is in no element")
        made.objects[start + page] = b"[%s]" % b" ".join(b"%d 0 R" % owned[id] for id in range(len(owned)))
        pairs.append(b"%d %d 0 R" % (page, start + page))
    for key, link in enumerate(links, pages):
        made.keys[link.annotation] = key
        pairs.append(b"%d %d 0 R" % (key, link.link.row))
    made.objects[start + pages] = b"<</Nums[%s]>>" % b" ".join(pairs)


def _write_names(elements: Sequence[Element]) -> bytes:
    """Return the tree of the elements that have names."""
    named = sorted((element.id.encode(), element.row) for element in elements if element.id)
    return b"/IDTree<</Names[%s]>>" % b" ".join(b"(%s)%d 0 R" % pair for pair in named) if named else b""


def write_string(text: str) -> bytes:
    """Return a text as a string of PDF's."""
    if text.isascii() and text.isprintable():
        return b"(%s)" % text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)").encode()
    return b"<FEFF%s>" % text.encode("utf-16-be", "replace").hex().upper().encode()
