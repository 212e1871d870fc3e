"""A trace and other contents than were set -> the job that sets the contents anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imprenta.typeset.checkpoints.jobs import compose_job, tell_steps
from imprenta.typeset.checkpoints.start import find_start, restore

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from imprenta.typeset.checkpoints.trace import Checkpoint, RunTrace
    from imprenta.typeset.engine.job import Job


def compose_contents(
    rows: Sequence[str], trace: RunTrace, auxiliary: str, lists: Mapping[str, str], data: str, opening: str = ""
) -> tuple[Job, Checkpoint, Checkpoint] | None:
    """Return the job that sets the contents of a run, the checkpoint at which it begins and the one that is certain.

    `auxiliary` is the .aux of the run, `lists` what the contents say, by their ending, `data` the document's,
    `opening` TeX for the job's start. None if LaTeX cannot begin before the contents, or would not know where to stop.
    """
    found = find_start(trace, min(trace.lists))
    last = max(trace.lists)
    ends = [checkpoint for checkpoint in trace.settled if checkpoint.line > last]
    if found is None or not ends:
        return None
    start, certain = found
    state = tell_steps(ends).replace("%\n", "") + restore(start) + opening
    return compose_job(rows, start.line, state, auxiliary, lists, data), start, certain
