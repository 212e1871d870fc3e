"""The entries of a .bib and the works that are cited -> sets of entries of which none depends on another set."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from imprenta.workspace import content_hash

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from imprenta.model.bib_entry import WrittenEntry


@dataclass(frozen=True, slots=True)
class Component:
    """Entries that are linked with each other, in the order of the .bib, and those that are cited, in theirs."""

    entries: Mapping[str, WrittenEntry]
    cited: tuple[str, ...]

    @property
    def key(self) -> str:
        """Return a hash of all of the .bib and the document that what biber says of these entries depends on."""
        return content_hash(*(entry.text for entry in self.entries.values()), "", *self.cited)


def find_components(entries: Mapping[str, WrittenEntry], cited: Sequence[str]) -> list[Component] | None:
    """Return the components of the entries that are cited, in the order of citation of their first.

    None if they cannot be told apart: a work is cited by a name that is no entry's own, keys differ by case alone
    (biber takes one for the other, and says so), or one that is read may depend on any other.
    """
    if any(key not in entries for key in cited) or len({key.casefold() for key in entries}) < len(entries):
        return None
    root_of = _join(entries)
    members: dict[str, dict[str, WrittenEntry]] = {}
    for key, entry in entries.items():
        members.setdefault(root_of(key), {})[key] = entry
    cited_of: dict[str, list[str]] = {}
    for key in dict.fromkeys(cited):
        cited_of.setdefault(root_of(key), []).append(key)
    found = [Component(members[root], tuple(keys)) for root, keys in cited_of.items()]
    return None if any(entry.looks_at_all for one in found for entry in one.entries.values()) else found


def _join(entries: Mapping[str, WrittenEntry]) -> _Roots:
    """Join the entries with what they link to; a name that is no entry's key may still join two that both have it."""
    roots = _Roots()
    for key, entry in entries.items():
        for other in entry.links:
            roots.join(key, other)
    return roots


class _Roots:
    """Names -> one name for each set of those that were joined."""

    def __init__(self) -> None:
        self._parents: dict[str, str] = {}

    def __call__(self, name: str) -> str:
        while (parent := self._parents.get(name, name)) != name:
            self._parents[name] = self._parents.get(parent, parent)
            name = parent
        return name

    def join(self, one: str, other: str) -> None:
        self._parents[self(one)] = self(other)
