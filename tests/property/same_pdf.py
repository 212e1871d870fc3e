"""Two PDFs -> where they differ for somebody who looks at them, reads them or follows their links."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DOTS_PER_INCH = 60


def find_differences(first: Path, second: Path) -> list[str]:
    """Return what is not the same in two PDFs, by page; nothing if they are the same to their readers."""
    if first.read_bytes() == second.read_bytes():
        return []
    import pikepdf
    import pypdfium2

    with pypdfium2.PdfDocument(first) as one, pypdfium2.PdfDocument(second) as other:
        if len(one) != len(other):
            return [f"{len(one)} pages and {len(other)}"]
        found = [difference for number in range(len(one)) for difference in _compare_page(one, other, number)]
        found += _compare("outline", _outline(one), _outline(other))
    with pikepdf.open(first) as one, pikepdf.open(second) as other:
        names = _destinations(one), _destinations(other)
        for places in names:  # the first page, wherever its text begins: a cover is wider than what follows
            places["Doc-Start"] = places.get("Doc-Start", (None,))[:1]
        for number, (page, twin) in enumerate(zip(one.pages, other.pages, strict=True), 1):
            found += _compare(f"links of page {number}", _links(page, names[0]), _links(twin, names[1]))
            found += _compare(f"alternative texts of page {number}", _alternatives(page), _alternatives(twin))
        found += _compare("destinations", *names)
        found += _compare("data of the document", _data(one), _data(other))
        found += _compare("tags", list(_tags(one)), list(_tags(other)))
    return found


def _compare(what: str, first: Any, second: Any) -> list[str]:
    if first == second:
        return []
    if isinstance(first, list) and isinstance(second, list):
        first, second = ([item for item in one if item not in two] for one, two in ((first, second), (second, first)))
    elif isinstance(first, dict) and isinstance(second, dict):
        first, second = (
            {key: value for key, value in one.items() if two.get(key) != value}
            for one, two in ((first, second), (second, first))
        )
    return [f"{what}: {str(first)[:300]} / {str(second)[:300]}"]


def _compare_page(first: Any, second: Any, number: int) -> Iterator[str]:
    name = f"page {number + 1}"
    pages = first[number], second[number]
    yield from _compare(f"size of {name}", *(page.get_size() for page in pages))
    yield from _compare(f"label of {name}", *(document.get_page_label(number) for document in (first, second)))
    texts = [page.get_textpage().get_text_bounded() for page in pages]
    if texts[0] != texts[1]:
        yield from _compare(f"text of {name}", *(text.splitlines() for text in texts))
    pictures = [page.render(scale=DOTS_PER_INCH / 72).to_numpy().tobytes() for page in pages]
    if pictures[0] != pictures[1]:
        yield f"picture of {name}"


def _outline(document: Any) -> list[Any]:
    found = []
    for item in document.get_toc():
        destination = item.get_dest()
        place = None if destination is None else (destination.get_index(), *destination.get_view())
        found.append((item.level, item.get_title(), place))
    return found


def _destinations(document: Any) -> dict[str, Any]:
    """Return where each name leads to: page, and what is shown of it."""
    import pikepdf

    pages = {page.objgen: number for number, page in enumerate(document.pages)}
    names = document.Root.get("/Names", {}).get("/Dests")
    if names is None:
        return {}
    return {name: _target(value, pages) for name, value in pikepdf.NameTree(names).items()}


def _target(value: Any, pages: dict[Any, int]) -> Any:
    import pikepdf

    array = value.get("/D") if isinstance(value, pikepdf.Dictionary) else value
    page, *view = list(array)
    return (pages.get(page.objgen, "nowhere"), *(str(item) for item in view))


def _links(page: Any, names: dict[str, Any]) -> list[Any]:
    found = []
    for note in page.get("/Annots", []):
        action = note.get("/A", {})
        name = str(action.get("/D", note.get("/Dest", "")))
        box = tuple(round(float(number), 2) for number in note.Rect)
        found.append((box, str(action.get("/URI", "")), names.get(name, name)))
    return sorted(found, key=str)


def _alternatives(page: Any) -> list[bytes]:
    page.contents_coalesce()
    return re.findall(rb"/Alt ?<[0-9A-Fa-f]+>", page.Contents.read_bytes())


def _tags(document: Any) -> Iterator[str]:
    """Yield the elements of the tree, each with what is told of it and the pages and numbers of what is in it."""
    import pikepdf

    pages = {page.obj.objgen: number for number, page in enumerate(document.pages, 1)}
    told = ("/S", "/Alt", "/ActualText", "/Lang", "/A", "/ID")

    def tell(element: Any, depth: int) -> Iterator[str]:
        kids = element.get("/K", [])
        kids = [*kids] if isinstance(kids, (list, pikepdf.Array)) else [kids]
        page = pages.get(element.Pg.objgen, 0) if "/Pg" in element else 0
        own = [kid if isinstance(kid, int) else str(kid.get("/MCID", "")) for kid in kids]
        yield f"{depth} {page} {own} {[str(element[key]) for key in told if key in element]}"
        for kid in kids:
            if not isinstance(kid, int) and "/S" in kid:
                yield from tell(kid, depth + 1)

    if "/StructTreeRoot" in document.Root:
        yield from tell(document.Root.StructTreeRoot.K, 0)


def _data(document: Any) -> dict[str, str]:
    found = {name: str(value) for name, value in document.docinfo.items() if name != "/Producer"}
    return found | {"language": str(document.Root.get("/Lang")), "show": str(document.Root.get("/ViewerPreferences"))}
