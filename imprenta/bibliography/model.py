"""What a .bib file says: entries and fields, each with the place where it stands."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from imprenta.model.citation_key import normalize_key
from imprenta.model.once import once
from imprenta.problems import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from imprenta.model.bib_entry import WrittenEntry
    from imprenta.problems import Problem

# Fields that name other entries of the file: a list of keys between commas.
LINK_FIELDS = ("crossref", "xref", "xdata", "related", "entryset")


@dataclass(frozen=True, slots=True)
class Field:
    """One field of an entry: its name in lower case, its resolved value, the place of its name.

    `pieces` are the offsets in the file of what the value was put together from.
    """

    name: str
    value: str
    place: Span
    pieces: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: `type` is in lower case, `place` is the key's own span; a broken one has the fields that were read."""

    key: str
    type: str
    fields: Mapping[str, Field]
    place: Span
    broken: bool = False

    def text(self, *names: str) -> str:
        """Return the value of the first field of these that the entry has, or an empty string."""
        for name in names:
            found = self.fields.get(name)
            if found is not None and found.value:
                return found.value
        return ""

    def keys_in(self, *names: str) -> Iterator[str]:
        """Yield the keys that these fields list between commas."""
        for name in names:
            for key in self.text(name).split(","):
                if key.strip():
                    yield normalize_key(key.strip())


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Bibliography:
    """A whole .bib file: its entries by key, in the order of the file.

    `written` are the entries as biber reads them, by their keys there, and `flaws` what of an entry, by its key, cannot
    be printed as it is.
    """

    path: str
    entries: Mapping[str, Entry] = field(default_factory=lambda: MappingProxyType({}))
    text: str = ""
    written: Mapping[str, WrittenEntry] = field(default_factory=lambda: MappingProxyType({}))
    flaws: Mapping[str, tuple[Problem, ...]] = field(default_factory=lambda: MappingProxyType({}))

    @once
    def aliases(self) -> Mapping[str, str]:
        """Return every key that may be cited with the key of its entry: the keys and the `ids` of biblatex."""
        names = {alias: key for key, entry in self.entries.items() for alias in entry.keys_in("ids")}
        return names | {key: key for key in self.entries}

    def own_entries(self) -> list[Entry]:
        """Return the entries that stand in the .bib itself."""
        return [entry for entry in self.entries.values() if entry.place.path == self.path]

    def known(self) -> dict[str, Entry]:
        """Return the entries by every key that may be cited or linked to."""
        return {name: self.entries[key] for name, key in self.aliases().items()}


class Places:
    """Offsets of one text -> spans of its file."""

    def __init__(self, text: str, path: str) -> None:
        """Remember where each line begins."""
        self.path = path
        self.size = len(text)
        self._starts = [0]
        position = text.find("\n")
        while position >= 0:
            self._starts.append(position + 1)
            position = text.find("\n", position + 1)

    def position(self, offset: int) -> tuple[int, int]:
        """Return the line and the column, counted from 1, of the character at this offset."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def span(self, start: int, end: int) -> Span:
        """Return the span of `text[start:end]`; an empty stretch becomes one character long."""
        start = max(0, min(start, self.size))
        line, column = self.position(start)
        if end <= start:
            return Span(self.path, line, column)
        last_line, last_column = self.position(min(end, self.size) - 1)
        return Span(self.path, line, column, last_line, last_column + 1)
