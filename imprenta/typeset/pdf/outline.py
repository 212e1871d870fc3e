"""Other words of headings and of the document -> its outline and its data with these words, without LaTeX.

An entry of the outline leads to the name of its heading («section.2»), by which it is found (PDF 32000-1, 12.3.3).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def set_titles(document: Any, titles: Mapping[str, str]) -> set[int]:
    """Give entries of a pikepdf document's outline new titles, each found by the name that it leads to.

    A title is the whole of what the entry says, its number included. Returns the numbers of the objects that changed.
    Raises LookupError if a name has not one entry; then nothing is changed.
    """
    from pikepdf import String

    found: dict[str, list[Any]] = {name: [] for name in titles}
    for entry in _entries(document.Root.get("/Outlines", {}).get("/First")):
        name = _name(entry)
        if name in found:
            found[name].append(entry)
    for name, entries in found.items():
        if len(entries) != 1:
            raise LookupError(name)
    for name, (entry,) in found.items():
        entry.Title = String(titles[name])
    return {entry.objgen[0] for (entry,) in found.values()}


def read_titles(document: Any) -> dict[str, str]:
    """Return what the outline says, by the name that each entry leads to."""
    return {_name(entry): str(entry.Title) for entry in _entries(document.Root.get("/Outlines", {}).get("/First"))}


def set_data(document: Any, data: Mapping[str, str]) -> None:
    """Give the document new data («/Title», «/Subject», …); the others stay."""
    from pikepdf import String

    for key, value in data.items():
        document.docinfo[key] = String(value)


def _entries(first: Any) -> Iterator[Any]:
    """Yield an entry and what follows it, each before those below it."""
    while first is not None:
        yield first
        yield from _entries(first.get("/First"))
        first = first.get("/Next")


def _name(entry: Any) -> str:
    action = entry.get("/A", {})
    return str(action.get("/D", entry.get("/Dest", "")))
