"""The works that a document cites -> its .bbl, of blocks that are kept entry by entry; biber writes those that are not.

Invariant: what is written is what biber would write of the whole, byte for byte (`bbl.py` says why). Whatever is not as
it has to be for that is left to biber: then the result is None.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from imprenta.typeset.references.bbl import DIGITS, Bbl, Block, assemble_bbl, read_names, split_bbl

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from imprenta.model.bib_entry import WrittenEntry
    from imprenta.typeset.engine.warm_biber import BiberOutput
    from imprenta.typeset.references.linked import Component

MOST_COMPONENTS = 3000
"""How many are kept at the most: those that were asked for last."""
_UNKNOWN = object()
_SAID = re.compile(r"(?:ERROR|WARN) - .*$", re.MULTILINE)
_OF_ENTRY = re.compile(r"(?:[Ee]ntry|key) '([^']+)'")


@dataclass(frozen=True, slots=True)
class Kept:
    """What biber wrote of a component: the blocks of its entries by their keys, and what it said of them."""

    blocks: Mapping[str, Block]
    said: tuple[str, ...] = ()


@dataclass
class EntryCache:
    """Blocks by component, of one biber and one control file, whose hash is `made_by`."""

    made_by: str
    head: str = ""
    tail: str = ""
    digits: dict[str, str] = field(default_factory=dict)
    components: dict[str, Kept | None] = field(default_factory=dict)
    """None stands for a component that cannot be kept: biber has to write the whole."""
    refuted: bool = False
    """Whether biber once wrote something else of a whole than was put together: then nothing is any more."""

    changed = False

    def find_missing(self, components: Sequence[Component]) -> list[Component]:
        """Return the components of which nothing is known."""
        return [one for one in components if one.key not in self.components]

    def add(self, other: EntryCache, components: Sequence[Component]) -> None:
        """Know of these components what another cache of the same biber and control file knows."""
        if other.made_by != self.made_by:
            return
        self.refuted = self.refuted or other.refuted
        known = {one.key: other.components[one.key] for one in components if one.key in other.components}
        if known and (self.head, self.tail) in (("", ""), (other.head, other.tail)):
            self.head, self.tail, self.digits = other.head, other.tail, other.digits
            self.components.update(known)
            self.changed = True

    def write(
        self,
        components: Sequence[Component],
        cited: Sequence[str],
        run_biber: Callable[[Mapping[str, WrittenEntry], Sequence[str]], BiberOutput | None],
    ) -> tuple[str, str] | None:
        """Return the .bbl and the log of the components; `run_biber` is called at most once, for what is not known.

        It gets entries and which of them are cited. None if biber must write the whole.
        """
        if self.refuted or any(self.components.get(one.key, _UNKNOWN) is None for one in components):
            return None
        missing = self.find_missing(components)
        if missing and not self._learn(missing, cited, run_biber):
            return None
        kept = {one.key: self.components.pop(one.key) for one in components}
        self.components.update(kept)  # what was asked for last is at the end
        found = [one for one in kept.values() if one is not None]
        blocks = {key: block for one in found for key, block in one.blocks.items()}
        said = [line for one in found for line in one.said]
        ordered = {key: blocks[key] for key in dict.fromkeys(cited)}
        return assemble_bbl(Bbl(self.head, ordered, self.tail), self.digits), "".join(f"{line}\n" for line in said)

    def _learn(
        self,
        missing: Sequence[Component],
        cited: Sequence[str],
        run_biber: Callable[[Mapping[str, WrittenEntry], Sequence[str]], BiberOutput | None],
    ) -> bool:
        """Have biber write components; tell whether its .bbl is the one that is assembled of their blocks."""
        entries = {key: entry for one in missing for key, entry in one.entries.items()}
        of_missing = {key for one in missing for key in one.cited}
        wanted = [key for key in dict.fromkeys(cited) if key in of_missing]
        output = run_biber(entries, wanted)
        if output is None:
            return False
        self.changed = True
        names, digits = read_names(output.names.splitlines())
        bbl = split_bbl(output.bbl, names)
        said = _sort_messages(output.log, {key: number for number, one in enumerate(missing) for key in one.entries})
        if bbl is not None and (split := [one for one in missing if not _can_be_kept(one, bbl, entries)]):
            self.components.update(dict.fromkeys(one.key for one in split))
            return False
        told = len(digits) == len(DIGITS) and bbl is not None and bbl.blocks.keys() <= names.keys()
        if bbl is None or said is None or not told or not self._confirms(bbl, wanted, digits, output.bbl):
            self.components.update(dict.fromkeys(one.key for one in missing))
            return False
        self.head, self.tail, self.digits = bbl.head, bbl.tail, digits
        for number, one in enumerate(missing):
            self.components[one.key] = Kept({key: bbl.blocks[key] for key in one.cited}, tuple(said.get(number, ())))
        return True

    def _confirms(self, bbl: Bbl, wanted: Sequence[str], digits: Mapping[str, str], text: str) -> bool:
        """Tell whether a .bbl has the form of those before, and is what is put together of its blocks."""
        same = self.head in ("", bbl.head) and self.tail in ("", bbl.tail)
        return same and list(bbl.blocks) == wanted and assemble_bbl(bbl, digits) == text

    def dumps(self) -> str:
        """Return the cache as JSON."""
        last = dict(list(self.components.items())[-MOST_COMPONENTS:])
        components = {key: _list(kept) for key, kept in last.items()}
        return json.dumps([self.made_by, self.head, self.tail, self.digits, components, self.refuted])

    @staticmethod
    def read_maker(text: str) -> str:
        """Return by what the cache was made that `dumps` wrote; empty if it cannot be read."""
        try:
            return str(json.loads(text)[0])
        except (ValueError, LookupError, TypeError):
            return ""

    @classmethod
    def loads(cls, text: str, made_by: str) -> EntryCache:
        """Return what `dumps` wrote, if the same biber made it of the same control file; else an empty cache."""
        try:
            kept_by, head, tail, digits, components, refuted = json.loads(text)
            if kept_by != made_by:
                return cls(made_by)
            kept = {key: _read_kept(data) for key, data in components.items()}
            return cls(made_by, head, tail, digits, kept, refuted)
        except (ValueError, KeyError, TypeError, AttributeError):
            return cls(made_by)


def _can_be_kept(component: Component, bbl: Bbl, entries: Mapping[str, WrittenEntry]) -> bool:
    """Tell whether the blocks of a component, one of those with these entries, are those of cited ones alone.

    biber puts clones of related works, members of sets and parents of several works at the end, in an order that
    depends on the whole; and it counts a set among the works of its people, but does not write so.
    """
    own = bbl.blocks.keys() & component.entries.keys()
    clones = bbl.blocks.keys() - entries.keys() if len(component.entries) > 1 else ()
    is_set = any(bbl.blocks[key].before.startswith(f"    \\entry{{{key}}}{{set}}") for key in own)
    return own == set(component.cited) and not clones and not is_set


def _list(kept: Kept | None) -> list[Any] | None:
    if kept is None:
        return None
    return [{key: [block.before, block.after, block.names] for key, block in kept.blocks.items()}, list(kept.said)]


def _read_kept(data: list[Any] | None) -> Kept | None:
    if data is None:
        return None
    blocks, said = data
    return Kept({key: Block(*block) for key, block in blocks.items()}, tuple(said))


def _sort_messages(log: str, number_of: Mapping[str, int]) -> dict[int, list[str]] | None:
    """Return what biber said of entries, line by line, by the numbers of these; None if a line names no entry."""
    sorted_lines: dict[int, list[str]] = {}
    for line in _SAID.findall(log):
        named = {number_of[key] for key in _OF_ENTRY.findall(line) if key in number_of}
        if line.startswith("ERROR") or len(named) != 1:
            return None
        sorted_lines.setdefault(named.pop(), []).append(line)
    return sorted_lines
