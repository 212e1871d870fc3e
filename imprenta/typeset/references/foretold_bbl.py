r"""A .bbl, the .bib of which it was made and the one of now -> the .bbl that biber will write, if only words changed.

biber takes longer to begin than LaTeX takes to set a page of the list; but of a title it writes what it read. So who
waits to see the page sees it with the words put in the place of those before. It is a guess: whoever makes one compares
it with what biber writes, and that counts.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from imprenta.typeset.references.bbl import ENTRY_END, OPENED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from imprenta.model.bib_entry import WrittenEntry

_ENTRY = re.compile(r"^@\w+\{([^,\n]+),\n(?:  .*\n)*\}\n\n", re.MULTILINE)
_FIELD = re.compile(r"^  (\w+) = \{(.*)\},$", re.MULTILINE)


def foretell_bbl(bbl: str, before: str, now: Mapping[str, WrittenEntry]) -> str | None:
    """Return a .bbl with the words of now; `before` is the .bib that biber read for it, as `join_entries` writes it.

    None if nothing changed that is printed, or more than words: biber alone knows what comes of names and dates.
    """
    known = {entry[1]: entry[0] for entry in _ENTRY.finditer(before)}
    foretold = bbl
    for key, entry in now.items():
        if key in known and known[key] != entry.text and f"{OPENED}{key}}}" in foretold:
            begin = foretold.index(f"{OPENED}{key}}}")
            end = foretold.find(ENTRY_END, begin)
            block = _put_words(foretold[begin:end], known[key], entry.text)
            if block is None:
                return None
            foretold = f"{foretold[:begin]}{block}{foretold[end:]}"
    return foretold if foretold != bbl else None


def _put_words(block: str, before: str, now: str) -> str | None:
    """Return the block of an entry with its words of now; None if it does not say those that changed as they were."""
    old, new = dict(_FIELD.findall(before)), dict(_FIELD.findall(now))
    if [*old] != [*new] or before.partition("\n")[0] != now.partition("\n")[0]:
        return None
    for name, words in old.items():
        said = f"      \\field{{{name}}}{{{words}}}\n"
        if new[name] != words:
            if block.count(said) != 1:
                return None
            block = block.replace(said, f"      \\field{{{name}}}{{{new[name]}}}\n")
    return block
