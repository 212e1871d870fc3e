"""Where the entries of the author's .bib are: what `bibliography` knows, for whoever looks for an entry in it.

Kept beside the .tex, as `fuentes.entries`, in the order of the .bib: «line key», the key as its author writes it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from imprenta.problems import Span


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
    """A .bib: its text, and its entries by their keys, in the order of the file."""

    @property
    def text(self) -> str:
        """Return the text."""

    @property
    def entries(self) -> Mapping[str, PlacedEntry]:
        """Return the entries."""


def write_entry_lines(bibliography: PlacedBibliography) -> str:
    """Return the lines that `read_entry_lines` reads."""
    return "".join(f"{entry.place.line} {key}\n" for key, entry in bibliography.entries.items())


def read_entry_lines(kept: str) -> list[tuple[int, str]]:
    """Return line and key of each entry, in the order of the file; raise ValueError if that is not what is kept."""
    found = []
    for row in kept.splitlines():
        line, key = row.split(" ", 1)
        found.append((int(line), key))
    return found
