"""Two documents, one after the other -> the range that has to be set: where it begins, where it must be in step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from imprenta.model.facts import Continued
from imprenta.typeset.checkpoints.start import find_start
from imprenta.typeset.incremental.changes import Change, brings_special, counts_otherwise, find_changes, replace_pieces

if TYPE_CHECKING:
    from imprenta.model.document import Document
    from imprenta.typeset.checkpoints.trace import Checkpoint, RunTrace

FAR = 6
"""Pages between two changes from which it takes longer to set what lies between than to begin another range."""
MOST_PLACES = 10
"""Ranges from which it takes longer to set one for each place than the whole: they overlap, and each is begun anew."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A range to be set: where it begins, where it must be in step, what changed, and the document that it leads to.

    Lines are those of that document.
    """

    start: Checkpoint
    certain: Checkpoint
    change: Change
    document: Document

    @property
    def shift(self) -> int:
        """Return how many lines further what follows the change stands now."""
        return self.change.new[1] - self.change.old[1]


def plan_page_range(old: Document, new: Document, trace: RunTrace) -> Plan | None:
    """Return what has to be set anew between two documents, or None if only the whole will do.

    The old one is one that was set in parts. Of changes that lie far apart it is the last; its document is then one
    between the two, from which the next is planned.
    """
    if (old.preamble, old.data) != (new.preamble, new.data) or bool(old.printed) != bool(new.printed):
        return None
    changes = find_changes(old, new)
    if not changes or any(counts_otherwise(old, new, change) or brings_special(new, change) for change in changes):
        return None
    if changes[-1].old[1] > max((checkpoint.line for checkpoint in trace.checkpoints), default=0):
        return None
    if new.has(Continued) and _pages_before(trace, changes[-1].old[1]) >= trace.checkpoints[-1].pages:
        return None  # the list stands on that page, and no range reaches into it
    last, *others = _find_places(changes, trace)
    if len(others) >= MOST_PLACES:
        return None
    document, change = replace_pieces(old, new, last)
    found = find_start(trace, change.old[0])
    return None if found is None else Plan(*found, change, new if len(last) == len(changes) else document)


def _find_places(changes: list[Change], trace: RunTrace) -> list[list[Change]]:
    """Return the changes place by place, the last first: within one there are few pages between them."""
    places = [changes[-1:]]
    for change in reversed(changes[:-1]):
        if _pages_before(trace, places[-1][0].old[0]) - _pages_before(trace, change.old[1]) >= FAR:
            places.append([change])
        else:
            places[-1].insert(0, change)
    return places


def _pages_before(trace: RunTrace, line: int) -> int:
    """Return how many pages were out when LaTeX came to a line."""
    return max((checkpoint.pages for checkpoint in trace.checkpoints if checkpoint.line <= line), default=0)
