"""A plan -> the job that sets its page range; what that job left -> the pages that it set."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from imprenta.model.document import CHECKPOINT
from imprenta.problems import has_errors
from imprenta.typeset.checkpoints.jobs import UNPACKED, compose_job
from imprenta.typeset.checkpoints.part import keep_synctex, read_part
from imprenta.typeset.checkpoints.start import restore
from imprenta.typeset.engine.engine import FOLDER
from imprenta.typeset.engine.job import STEPS
from imprenta.typeset.engine.log import leaves_group_open, read_latex_log

if TYPE_CHECKING:
    from imprenta.typeset.checkpoints.part import Part
    from imprenta.typeset.checkpoints.trace import Checkpoint
    from imprenta.typeset.engine.job import Job
    from imprenta.typeset.engine.locate import Locator
    from imprenta.typeset.incremental.plan import Plan
    from imprenta.typeset.incremental.setting import Setting
    from imprenta.workspace import Finished

DISCARDED = r"\checkpoint@discard"
"""What says that the first page is not used: it was half full where the range begins."""


def compose_range(setting: Setting, plan: Plan, steps: str, *, limit: int = 0) -> Job:
    """Return the job of a range, which stops where LaTeX is as it was at a later checkpoint.

    Where that may be is told at the last checkpoint before the change: an engine can go ahead up to there. With a
    `limit` it stops as soon as so many pages are out, the one that is begun there for the first.
    """
    rows = plan.document.rows[: plan.document.closed - 1]
    told = next(number for number in range(plan.change.new[0] - 1, -1, -1) if rows[number] == CHECKPOINT)
    rows = [*rows[:told], rf"\checkpointsteps{CHECKPOINT}", *rows[told + 1 :]]
    limited = f"\\checkpointlimit{{{limit}}}%\n" if limit else ""
    job = compose_range_from(setting, rows, plan.start, "", limited + steps)
    return replace(job, certain=job.source.index(rows[told]))


def compose_range_from(setting: Setting, rows: list[str], start: Checkpoint, opening: str, steps: str) -> Job:
    """Return a job that begins at a checkpoint."""
    state = UNPACKED + restore(start) + opening + ("" if start.is_fresh else DISCARDED)
    # Who does not read the contents is not given them: an engine that waits need not know how they change.
    lists = setting.lists if start.line <= setting.contents_line else {}
    return compose_job(rows, start.line, state, setting.known, {**lists, STEPS: steps}, setting.data)


def read_job(setting: Setting, job: Job, finished: Finished, name: str, locator: Locator) -> Part | None:
    """Return the pages that a job left, under a name of their own, with which their SyncTeX file is kept.

    None if it did not come to its end, or LaTeX found an error.
    """
    part = read_part(setting.workspace, name, discarded=int(DISCARDED in job.source))
    if finished.status != 0 or part is None or not part.run.trace.ended or leaves_group_open(part.log):
        return None
    if has_errors(read_latex_log(part.log, f"{FOLDER}/{name}.log", locator)):
        return None
    return keep_synctex(setting.workspace, part)
