r"""Two .tex, one after the other -> the first one with the numbers that the second gives to the works.

A work that comes or goes moves the numbers of all that are first cited after it, and so changes half of the rows of a
report. What else changed is told from the rows once these are the same in both.

**Invariant**: a row that is returned changed is set by LaTeX as the row before but for digits, each as wide as the one
that was there (`pdf/renumber.py` changes those on the page). So a row keeps all its numbers if one of them gets more or
fewer digits; how several numbers are put together, as in «[1]-[3]», stays what it was. Where that is otherwise in the
second .tex, the rows differ, and what differs is set by LaTeX.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

NOCITE = re.compile(r"^\\nocite\{[^}]*\}", re.MULTILINE)
CITATION = re.compile(r"(?<=\\hyperlink\{cite\.0@)([^{}]*)\}\{(\d+)(?=\})")
"""The key and the number of a work, as `render/citations.py` writes them."""


def read_numbers(source: str) -> dict[str, int]:
    """Return the numbers of the works by the keys of their entries: the order in which biblatex is told of them."""
    told = NOCITE.search(source)
    keys = told[0].partition("{")[2].removesuffix("}").split(",") if told is not None else []
    return {key: number for number, key in enumerate(keys, 1)}


def renumber_source(source: str, wanted: str) -> str:
    """Return a .tex with the numbers that another gives to the works, and with its row that tells of them."""
    now = read_numbers(wanted)
    told, new = NOCITE.search(source), NOCITE.search(wanted)
    if told is None or new is None:
        return source
    body = source[told.end() :]
    rows = "\n".join(_renumber_row(row, now) for row in body.split("\n"))
    return f"{source[: told.start()]}{new[0]}{rows}"


def _renumber_row(row: str, now: Mapping[str, int]) -> str:
    if r"\hyperlink{cite.0@" not in row:
        return row
    cited = [(found[1], found[2]) for found in CITATION.finditer(row)]
    # A work that is not cited any more keeps its number here: the row is another in the new .tex.
    if any(len(str(now[key])) != len(number) for key, number in cited if key in now):
        return row
    return CITATION.sub(lambda found: f"{found[1]}}}{{{now.get(found[1], found[2])}", row)
