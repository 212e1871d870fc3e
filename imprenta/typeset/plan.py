"""Two .tex, one after the other -> the stretch that has to be set: where it begins, where it must be in step."""

from __future__ import annotations

import re
from dataclasses import dataclass

from imprenta.typeset.entries import DEFINES, LIVE_CITATION
from imprenta.typeset.formats import split_preamble
from imprenta.typeset.locate import PRINT
from imprenta.typeset.milestones import Change, Milestone, Passage, find_changes, find_start

NAMED = re.compile(r"\\(?:(?:sub)*section|(?:sub)?paragraph|addsec|caption|label)\b")

FAR = 6
"""Pages between two changes from which it takes longer to set what lies between than to begin another stretch."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A stretch to be set: where it begins, where it must be in step, what changed, and the .tex that it leads to.

    Lines are those of that .tex.
    """

    start: Milestone
    certain: Milestone
    change: Change
    text: str

    @property
    def shift(self) -> int:
        """Return how many lines further what follows the change stands now."""
        return self.change.new[1] - self.change.old[1]


def plan_stretch(old: str, new: str, passage: Passage) -> Plan | None:
    """Return what has to be set anew between two .tex, the old one a parted one, or None if only the whole will do.

    Of changes that lie far apart it is the last; its .tex is then one between the two, from which the next is planned.
    """
    before, body_before = split_preamble(old)
    after, body = split_preamble(new)
    if before != after or not body_before or (PRINT in body) != (PRINT in body_before):
        return None
    rows_before, rows = old.split("\n"), new.split("\n")
    changes = find_changes(rows_before, rows)
    if not changes:
        return None
    if _names_parts(rows_before, rows, changes) or _is_special(rows, changes):
        return None
    if changes[-1].old[1] > max((milestone.line for milestone in passage.milestones), default=0):
        return None
    last = _find_last_place(changes, passage)
    begin = last[0].old[0]
    text = new if last == changes else "\n".join([*rows_before[: begin - 1], *rows[last[0].new[0] - 1 :]])
    change = Change((begin, last[-1].old[1]), (begin, begin + last[-1].new[1] - last[0].new[0]))
    found = find_start(passage, begin)
    return None if found is None else Plan(*found, change, text)


def _find_last_place(changes: list[Change], passage: Passage) -> list[Change]:
    """Return the last changes, between which there are few pages."""
    found = changes[-1:]
    for change in reversed(changes[:-1]):
        if _pages_before(passage, found[0].old[0]) - _pages_before(passage, change.old[1]) >= FAR:
            break
        found = [change, *found]
    return found


def _pages_before(passage: Passage, line: int) -> int:
    """Return how many pages were out when LaTeX came to a line."""
    return max((milestone.pages for milestone in passage.milestones if milestone.line <= line), default=0)


def _names_parts(before: list[str], after: list[str], changes: list[Change]) -> bool:
    """Tell whether a heading, a caption or a label changed, which other pages repeat: then the whole is set at once."""
    for change in changes:
        rows = {*before[change.old[0] - 1 : change.old[1] - 1]} ^ {*after[change.new[0] - 1 : change.new[1] - 1]}
        if any(NAMED.search(row) for row in rows):
            return True
    return False


def _is_special(rows: list[str], changes: list[Change]) -> bool:
    """Tell whether something came that only LaTeX's own run over the whole can set, as `Record.parted` means it."""
    came = (row for change in changes for row in rows[change.new[0] - 1 : change.new[1] - 1])
    return any(LIVE_CITATION.search(row) or DEFINES.search(row) for row in came)
