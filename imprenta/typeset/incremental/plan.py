"""Two .tex, one after the other -> the range that has to be set: where it begins, where it must be in step."""

from __future__ import annotations

import re
from dataclasses import dataclass

from imprenta.typeset.checkpoints.start import find_start
from imprenta.typeset.checkpoints.trace import Change, Checkpoint, RunTrace, find_changes
from imprenta.typeset.engine.formats import split_preamble
from imprenta.typeset.engine.locate import PRINT
from imprenta.typeset.references.entries import DEFINES, LIVE_CITATION

NAMED = re.compile(r"\\(?:(?:sub)*section|(?:sub)?paragraph|addsec|caption|label)\b")

FAR = 6
"""Pages between two changes from which it takes longer to set what lies between than to begin another range."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A range to be set: where it begins, where it must be in step, what changed, and the .tex that it leads to.

    Lines are those of that .tex.
    """

    start: Checkpoint
    certain: Checkpoint
    change: Change
    text: str

    @property
    def shift(self) -> int:
        """Return how many lines further what follows the change stands now."""
        return self.change.new[1] - self.change.old[1]


def plan_page_range(old: str, new: str, trace: RunTrace) -> Plan | None:
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
    if changes[-1].old[1] > max((checkpoint.line for checkpoint in trace.checkpoints), default=0):
        return None
    last = _find_last_place(changes, trace)
    begin = last[0].old[0]
    text = new if last == changes else "\n".join([*rows_before[: begin - 1], *rows[last[0].new[0] - 1 :]])
    change = Change((begin, last[-1].old[1]), (begin, begin + last[-1].new[1] - last[0].new[0]))
    found = find_start(trace, begin)
    return None if found is None else Plan(*found, change, text)


def _find_last_place(changes: list[Change], trace: RunTrace) -> list[Change]:
    """Return the last changes, between which there are few pages."""
    found = changes[-1:]
    for change in reversed(changes[:-1]):
        if _pages_before(trace, found[0].old[0]) - _pages_before(trace, change.old[1]) >= FAR:
            break
        found = [change, *found]
    return found


def _pages_before(trace: RunTrace, line: int) -> int:
    """Return how many pages were out when LaTeX came to a line."""
    return max((checkpoint.pages for checkpoint in trace.checkpoints if checkpoint.line <= line), default=0)


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
