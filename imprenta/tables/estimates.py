"""A cell in TeX, in a column of a width that the author gave -> about how wide and how high it is, counted high."""

from __future__ import annotations

import math
import re

from imprenta.model.facts import Citation, rewrite
from imprenta.model.source_map import strip_marks

SIGNS = re.compile("[\\\\{}~$\ue000-\uf8ff]")
"""What makes a text more than the letters that it prints: TeX's signs, and marks of places and facts."""


def most_lines(cell: str, size: float, width: float) -> int:
    """Return how many lines a cell takes at the most: wide letters, and no word that fits is broken."""
    room = max(1, int(width / (size * 0.56)))
    lines, left = 1, room
    for word in re.split(r"[\s~]+", cell):
        length = printed_length(word) + 1
        if length > left:
            lines += math.ceil(length / room)
            left = room - length % room
        else:
            left -= length
    return lines


def printed_length(tex: str) -> int:
    """Return about how many characters a cell's TeX prints."""
    if not SIGNS.search(tex):
        return len(tex)
    without_citations = strip_marks(rewrite(tex, Citation, lambda citation, inside: "[999]"))
    return len(re.sub(r"\\[A-Za-z]+\*?(?:\[[^]]*\])?|[{}~$]", "", without_citations))
