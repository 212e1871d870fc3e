"""Two .tex, one after the other -> the stretch that has to be set: where it begins, where it must be in step."""

from __future__ import annotations

import re
from dataclasses import dataclass

from imprenta.typeset.entries import DEFINES, LIVE_CITATION
from imprenta.typeset.formats import split_preamble
from imprenta.typeset.locate import PRINT
from imprenta.typeset.milestones import Change, Milestone, Passage, find_changes, find_start

NAMED = re.compile(r"\\(?:(?:sub)*section|(?:sub)?paragraph|addsec|caption|label)\b")


@dataclass(frozen=True, slots=True)
class Plan:
    """A stretch to be set: where it begins, where it must be in step, what changed. Lines are those of the .tex now."""

    start: Milestone
    certain: Milestone
    change: Change

    @property
    def shift(self) -> int:
        """Return how many lines further what follows the change stands now."""
        return self.change.new[1] - self.change.old[1]


def plan_stretch(old: str, new: str, passage: Passage) -> Plan | None:
    """Return what has to be set anew between two .tex, the old one a parted one, or None if only the whole will do."""
    before, body_before = split_preamble(old)
    after, body = split_preamble(new)
    if before != after or not body_before or PRINT not in body:
        return None
    rows_before, rows = old.split("\n"), new.split("\n")
    changes = find_changes(rows_before, rows)
    if not changes:
        return None
    change = Change((changes[0].old[0], changes[-1].old[1]), (changes[0].new[0], changes[-1].new[1]))
    if _names_parts(rows_before, rows, changes) or _is_special(rows, changes):
        return None
    if change.old[1] > max((milestone.line for milestone in passage.milestones), default=0):
        return None
    found = find_start(passage, change.old[0])
    return None if found is None else Plan(*found, change)


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
