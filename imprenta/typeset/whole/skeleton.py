"""What the pages of a document are and what its outline says -> the .tex of its frame: as many empty pages.

Page labels come from the numbers that the pages are given. The outline is that of the package bookmark, which keeps the
tree in macros «BKM@id» of three groups (the parent's id, the level, how many children; see bkm-pdftex.def) and the
entries in the .aux: both are written here as the package would.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from imprenta.typeset.checkpoints.jobs import SERIAL
from imprenta.typeset.engine.formats import BEGIN

if TYPE_CHECKING:
    from imprenta.typeset.checkpoints.trace import RunTrace

ENTRY = re.compile(r"^\\BKM@entry\{.*(?:\n(?!\\).*)*", re.MULTILINE)
DESTINATION = re.compile(r"dest=\{([0-9A-F]+)\}")
LEVELS = ("part", "section", "subsection", "subsubsection", "paragraph", "subparagraph")
"""The names of headings by their level, which the names of their destinations begin with."""


def write_skeleton(trace: RunTrace, auxiliary: str) -> list[str] | None:
    """Return the rows of the frame's .tex, or None if the outline is not one of headings alone."""
    rows = [rf"{BEGIN}\pagestyle{{empty}}\makeatletter\checkpointfirst"]
    entries = ENTRY.findall(auxiliary)
    levels = []
    for entry in entries:
        found = DESTINATION.search(entry)
        name = bytes.fromhex(found[1]).decode("latin-1").partition(".")[0].rstrip("*") if found else ""
        if name not in LEVELS:
            return None
        levels.append(LEVELS.index(name))
    for number, (entry, (parent, children)) in enumerate(zip(entries, _tree(levels), strict=True), 1):
        level = levels[number - 1]
        told = SERIAL.sub(f"id={number}", entry, count=1)
        rows.append(rf"\expandafter\gdef\csname BKM@{number}\endcsname{{{{{parent}}}{{{level}}}{{{children}}}}}%")
        rows.append(rf"\immediate\write\@mainaux{{\unexpanded{{{told}}}}}%")
    if entries:
        top = levels.count(min(levels))
        rows.append(rf"\expandafter\gdef\csname BKM@0\endcsname{{00{top}}}\BKM@id={len(entries)}\relax")
    for page in trace.shipped:
        rows.append(rf"\gdef\thepage{{{page.form}}}\global\c@page={page.number}\relax\null\clearpage")
    return [*rows, r"\end{document}", ""]


def _tree(levels: list[int]) -> list[tuple[int, int]]:
    """Return the id of each entry's parent (0 for none) and how many children it has; ids count from 1."""
    parents: list[int] = []
    children = [0] * (len(levels) + 1)
    for number, level in enumerate(levels, 1):
        parent = number - 1
        while parent and levels[parent - 1] >= level:
            parent = parents[parent - 1]
        parents.append(parent)
        children[parent] += 1
    return [(parent, children[number]) for number, parent in enumerate(parents, 1)]
