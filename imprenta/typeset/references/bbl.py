r"""A .bbl in a numeric style sorted by citation <-> its head, a block for each entry, and its tail.

Invariant: `assemble_bbl` of blocks that biber wrote, of whatever runs, is byte for byte the .bbl that biber writes of
these entries in this order. A block depends on its entry and on those that it is linked with; three rows of it depend
on all that is cited and are counted here, as biber counts them (`generate_contextdata` in Biber.pm, `instantiate_entry`
in Biber/DataList.pm, 2.18):

- `extraname`: the how-many-th it is of those with the same `labelnamehash`, if there are two or more;
- `sortinit`, `sortinithash`: the first digit of its number, and the hash of that digit's weight in the collation.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_SORTED = "\n      \\field{sortinit}{"
_COUNTED = re.compile(r"      \\field\{sortinit\}\{[^{}]*\}\n      \\field\{sortinithash\}\{[^{}]*\}\n")
_EXTRANAME = re.compile(r"      \\field\{extraname\}\{\d+\}\n\Z")
DIGITS = "123456789"
OPENED = "    \\entry{"
"""What each block begins with, before its key."""
ENTRY_END = "    \\endentry\n"
"""What each block ends with."""
_LIST = re.compile(r"\n  \\datalist\[entry\]\{[^{}]*\}\n\Z")
_CLOSED = "  \\enddatalist\n\\endrefsection\n\\endinput\n"


@dataclass(frozen=True, slots=True)
class Block:
    """What biber wrote of one entry, without the counted rows, which stand between `before` and `after`."""

    before: str
    after: str
    names: str = ""
    """By what biber counts it among the works of the same people (`labelnamehash`); empty if it does not count it."""


@dataclass(frozen=True, slots=True)
class Bbl:
    """A .bbl of one list in one section; the blocks are in its order, by the keys of their entries."""

    head: str
    blocks: Mapping[str, Block]
    tail: str


def split_bbl(text: str, names: Mapping[str, str] | None = None) -> Bbl | None:
    """Return the parts of a .bbl, or None if it has another form; `names` are the hashes of the entries by their keys.

    A .bbl with something between its entries, after them (an alias, a missing key), or without counted rows has another
    form.
    """
    begin = text.find(OPENED)
    end = text.find(_CLOSED)
    if begin < 0 or end < begin or not _LIST.search(text[:begin]):
        return None
    *rows, rest = text[begin:end].split(ENTRY_END)
    blocks: dict[str, Block] = {}
    for row in rows:
        key, _, _ = row.removeprefix(OPENED).partition("}")
        at = row.find(_SORTED) + 1
        counted = _COUNTED.match(row, at) if at else None
        if not row.startswith(OPENED) or "{" in key or counted is None or _SORTED in row[counted.end() - 1 :]:
            return None
        if key in blocks:
            return None
        before = _EXTRANAME.sub("", row[:at])
        after = f"{row[counted.end() :]}{ENTRY_END}"
        blocks[key] = Block(before, after, names.get(key, "") if names is not None else "")
    return None if rest else Bbl(text[:begin], blocks, text[end:])


def assemble_bbl(bbl: Bbl, digits: Mapping[str, str]) -> str:
    """Return the text of a .bbl whose blocks are in the order of citation; `digits` are the hashes of first digits."""
    counts = Counter(block.names for block in bbl.blocks.values())
    seen: Counter[str] = Counter()
    rows = [bbl.head]
    for number, block in enumerate(bbl.blocks.values(), 1):
        digit = str(number)[0]
        rows.append(block.before)
        if block.names and counts[block.names] > 1:
            seen[block.names] += 1
            rows.append(f"      \\field{{extraname}}{{{seen[block.names]}}}\n")
        rows.append(f"      \\field{{sortinit}}{{{digit}}}\n      \\field{{sortinithash}}{{{digits[digit]}}}\n")
        rows.append(block.after)
    return "".join([*rows, bbl.tail])


def changed_entries(before: Bbl, after: Bbl) -> frozenset[str]:
    """Return the keys of the entries that only one .bbl has or that say something else in the other.

    The counted rows are no part of what an entry says: no numeric style prints them.
    """
    return frozenset(
        key
        for key in before.blocks.keys() | after.blocks.keys()
        if _said(before.blocks.get(key)) != _said(after.blocks.get(key))
    )


def _said(block: Block | None) -> tuple[str, str] | None:
    return (block.before, block.after) if block is not None else None


def read_names(lines: Iterable[str]) -> tuple[dict[str, str], dict[str, str]]:
    """Read what biber_server.pl writes beside a .bbl: by what each entry's names are counted, and digits' hashes."""
    told: dict[str, dict[str, str]] = {"name": {}, "digit": {}}
    for line in lines:
        kind, _, rest = line.partition("\t")
        key, parted, value = rest.partition("\t")
        if parted and kind in told:
            told[kind][key] = value
    return told["name"], {digit: value for digit, value in told["digit"].items() if digit in DIGITS}
