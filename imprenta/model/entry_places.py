"""Where the entries of the bibliography are: what `bibliography` knows, for whoever looks for an entry in its file.

Kept beside the .tex, as `fuentes.entries`, in the order of the bibliography: «line file key», the key as its author
writes it. The file is the .bib but for what stands elsewhere, as the author's own measurements.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from imprenta.problems import Span


class EntryLine(NamedTuple):
    """Where an entry begins: the line and its file; and its key."""

    line: int
    path: str
    key: str


class Placed(Protocol):
    """Something with a place."""

    @property
    def place(self) -> Span:
        """Return its place."""


class PlacedEntry(Placed, Protocol):
    """An entry, whose place is that of its key, and its fields by their names in lower case."""

    @property
    def fields(self) -> Mapping[str, Placed]:
        """Return the fields, whose places are those of their names."""


class PlacedBibliography(Protocol):
    """A .bib: its path and text, and its entries by their keys, in the order of the file; then those of other files."""

    @property
    def path(self) -> str:
        """Return the path."""

    @property
    def text(self) -> str:
        """Return the text."""

    @property
    def entries(self) -> Mapping[str, PlacedEntry]:
        """Return the entries."""


def write_entry_lines(bibliography: PlacedBibliography) -> str:
    """Return the lines that `read_entry_lines` reads."""
    places = ((entry.place, key) for key, entry in bibliography.entries.items())
    return "".join(f"{place.line} {place.path} {key}\n" for place, key in places)


def read_entry_lines(kept: str) -> list[EntryLine]:
    """Return each entry, in the order of the bibliography; raise ValueError if that is not what is kept."""
    found = []
    for row in kept.splitlines():
        line, path, key = row.split(" ", 2)
        found.append(EntryLine(int(line), path, key))
    return found
