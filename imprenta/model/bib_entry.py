"""One entry of the .bib that biber reads: its text, and which others what biber says of it may depend on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

if TYPE_CHECKING:
    from collections.abc import Mapping


@final
@dataclass(frozen=True, slots=True)
class WrittenEntry:
    """An entry as biber reads it; `links` are the keys that it names: of parents, sets, related works, its own others.

    Keys are as biber has them (`citation_key.encode_key`).
    """

    text: str
    links: tuple[str, ...] = ()
    looks_at_all: bool = False
    """Whether it may depend on entries that `links` does not name: by an option, or a field taken from elsewhere."""


def join_entries(entries: Mapping[str, WrittenEntry]) -> bytes:
    """Return the .bib of these entries."""
    return "".join(entry.text for entry in entries.values()).encode()
