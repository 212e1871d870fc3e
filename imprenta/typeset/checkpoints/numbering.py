"""How the pages of a run are numbered -> whether a range may move the pages after it to other numbers.

LaTeX sets nothing by the number of a page but the number itself, unless a template reads it. So pages whose numbers
move by one need not be set again, as long as they keep as many digits.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from imprenta.typeset.checkpoints.trace import Checkpoint, Event, RunTrace, Shipped

if TYPE_CHECKING:
    from collections.abc import Sequence

ARABIC = r"\csname @arabic\endcsname \c@page "
"""The form of page numbers that are written in digits."""
STYLE = re.compile(r"\\csname @(\w+)\\endcsname \\c@page ")


def style_of(form: str) -> str:
    """Return in what signs pages are numbered («arabic»), or an empty text if that cannot be told."""
    found = STYLE.fullmatch(form)
    return found[1] if found else ""


def count_on(begin: Checkpoint, events: Sequence[Event]) -> int:
    """Return how many of the events that follow a checkpoint lie on pages that are counted on from its own."""
    number = begin.number
    for position, event in enumerate(events):
        if event.form != begin.form or event.number != number:
            return position
        number += isinstance(event, Shipped)
    return len(events)


def find_movable(trace: RunTrace) -> frozenset[int]:
    """Return the lines of the checkpoints after which all pages could have a number one lower or higher."""
    movable = []
    lowest = highest = 0
    following: Event | None = None
    for event in reversed(trace.events):
        on = following is not None and event.form == following.form
        if isinstance(event, Shipped):
            counted = on and following is not None and following.number == event.number + 1
            lowest, highest = event.number, (highest if counted and highest else event.number)
        elif not (on and following is not None and following.number == event.number):
            lowest = highest = 0
        if isinstance(event, Checkpoint) and event.form == ARABIC:
            # The page on which the checkpoint stands is set with its number in any case, if it has begun.
            first = lowest + (0 if event.is_fresh else 1)
            digits = len(str(max(first, 1)))
            if not lowest or first > highest or (10 ** (digits - 1) < first and highest < 10**digits - 1):
                movable.append(event.line)
        following = event
    return frozenset(movable)
