"""Pages of the list that were set anew -> the run before with them in the place of its own.

**Invariant** (I3 for the list): they wrote what others have read of the pages in whose place they are put. What LaTeX
said of the list it said of the row that prints it, whatever the page: so nothing was said if not all of it is set.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from imprenta.typeset.checkpoints.auxiliary import read_written
from imprenta.typeset.checkpoints.paged_run import PagedRun

if TYPE_CHECKING:
    from imprenta.typeset.checkpoints.part import Part


@dataclass(frozen=True, slots=True)
class ListPages:
    """Pages of the list that were set anew: the first `count` of a part, from the list's page `first` (from 0) on."""

    part: Part
    first: int
    count: int


def fits_list(run: PagedRun, listed: ListPages) -> bool:
    """Tell whether pages of the list wrote what others have read of them, and whether what was said can be kept."""
    start, part = run.trace.checkpoints[-1], listed.part.run
    first = start.pages + listed.first
    end = first + listed.count
    whole = (first, end) == (start.pages, len(run.pages))
    if not whole and (part.messages or any(message.after >= start.line for message in run.messages)):
        return False
    written, written_now = read_written(run.auxiliary), read_written(part.auxiliary)
    return written[first + 1 : end + 1] == written_now[1 : listed.count + 1]


def put_list(run: PagedRun, listed: ListPages) -> PagedRun:
    """Return a run with other pages in its list, which begins at its last checkpoint and is as long as before."""
    start = run.trace.checkpoints[-1]
    part = listed.part.run
    first, count = start.pages + listed.first, listed.count
    end = first + count
    shipped = (*run.trace.shipped[:first], *part.trace.shipped[:count], *run.trace.shipped[end:])
    events = run.trace.events[: run.trace.events.index(start) + 1]
    return PagedRun(
        replace(run.trace, events=(*events, *shipped[start.pages :])),
        (*run.written[: first + 1], *part.written[1 : count + 1], *run.written[end + 1 :]),
        (*(message for message in run.messages if message.after < start.line or not count), *part.messages),
        (*run.pages[:first], *part.pages[:count], *run.pages[end:]),
    )
