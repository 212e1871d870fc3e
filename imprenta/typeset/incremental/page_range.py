"""What changed in the .tex -> the pages that changed, set alone, and put into the PDF that is there.

A range begins at a checkpoint before the change, in the state in which LaTeX was there, and ends by itself where LaTeX
is again in the state in which it was at a later checkpoint: from there on everything is as it was. Whatever is in doubt
(another preamble, other references, other labels or contents, an error of LaTeX's) is no range: the whole document
is set instead.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from imprenta.problems import has_errors
from imprenta.typeset.checkpoints.jobs import UNPACKED, compose_job, read_written, restore
from imprenta.typeset.checkpoints.trace import (
    CHECKPOINT,
    RunTrace,
    move,
    read_trace,
)
from imprenta.typeset.engine.engine import FOLDER, read_output
from imprenta.typeset.engine.job import STEPS
from imprenta.typeset.engine.locate import last_row
from imprenta.typeset.engine.log import leaves_group_open, read_latex_log
from imprenta.typeset.incremental.first_paint import take_first_paint
from imprenta.typeset.incremental.plan import Plan

if TYPE_CHECKING:
    from collections.abc import Sequence

    from imprenta.typeset.engine.job import Job
    from imprenta.typeset.engine.locate import Locator
    from imprenta.typeset.incremental.setting import Setting

DISCARDED = r"\checkpoint@discard"
"""What says that the first page is not used: it was half full where the range begins."""


@dataclass(frozen=True, slots=True)
class PageRange:
    """Pages that were set alone: the PDF of the range, and for each page of the document (from 0) its page there.

    `name` is that of the files that its engine wrote, `log` what it said; `met` is the line of the .tex on which it was
    in step again.
    """

    pdf: bytes
    pages: dict[int, int]
    trace: RunTrace
    name: str
    log: str
    met: int


def set_page_range(setting: Setting, plan: Plan, trace: RunTrace, locator: Locator, *, alone: bool) -> PageRange | None:
    """Set a range and return its pages, or None if it fell out of step to the end or LaTeX found an error.

    `trace` is what LaTeX passed before; `locator` is one of the plan's .tex. If the range is `alone` all that changed
    and somebody wants to see pages early, they are published, and before them a first paint of what changed.
    """
    workspace, hooks = setting.workspace, setting.hooks
    job = _compose_job(setting, locator.rows, plan, trace)
    hooks.announce("pdfLaTeX, tramo")
    shown = alone and hooks.wants_pages
    if shown and (seen := take_first_paint(setting, locator.rows, job.files, plan, trace)) is not None:
        part, page, band = seen
        hooks.publish(part, {page: 0}, band)
    finished, name = setting.pool.set(setting.engine, setting.preamble, job, hooks.meanwhile)
    pdf = workspace.read(f"{FOLDER}/{name}.pdf")
    log = read_output(workspace, ".log", name)
    failed = leaves_group_open(log) or has_errors(read_latex_log(log, f"{FOLDER}/{name}.log", locator))
    if finished.status != 0 or pdf is None or failed:
        return None
    try:
        set_now = read_trace(read_output(workspace, ".checkpoints", name))
    except ValueError:
        return None
    page_range = _fit(setting, plan, trace, set_now, pdf, name, log)
    if page_range is not None and shown:
        hooks.publish(page_range.pdf, page_range.pages, None)
    return page_range


def _compose_job(setting: Setting, whole: Sequence[str], plan: Plan, trace: RunTrace) -> Job:
    """Return the job of a range, which stops where LaTeX is as it was at a later checkpoint.

    Where that may be is told at the last checkpoint before the change: an engine can go ahead up to there.
    """
    rows = [*whole[: last_row(whole)]]
    told = next(number for number in range(plan.change.new[0] - 1, -1, -1) if rows[number] == CHECKPOINT)
    rows[told] = rf"\checkpointsteps{CHECKPOINT}"
    steps = "".join(
        f"\\checkpointstep{{{checkpoint.line + plan.shift}}}{{{checkpoint.sum}}}%\n"
        for checkpoint in trace.checkpoints
        if checkpoint.line >= plan.change.old[1] and not checkpoint.defers
    )
    state = UNPACKED + restore(plan.start) + ("" if plan.start.is_fresh else DISCARDED)
    job = compose_job(rows, plan.start.line, state, setting.auxiliary, {**setting.lists, STEPS: steps})
    return replace(job, certain=job.source.index(rows[told]))


def _fit(
    setting: Setting, plan: Plan, trace: RunTrace, now: RunTrace, pdf: bytes, name: str, log: str
) -> PageRange | None:
    """Return the range if it is in step at both ends and wrote the labels and contents that were there."""
    if not now.ended or not now.met:
        return None
    met = next(checkpoint for checkpoint in now.checkpoints if checkpoint.line == now.met)
    old_met = next(checkpoint for checkpoint in trace.checkpoints if checkpoint.line + plan.shift == now.met)
    skipped = plan.start.pages
    certain = next((checkpoint for checkpoint in now.checkpoints if checkpoint.line == plan.certain.line), None)
    if certain is None or certain.sum != plan.certain.sum or certain.pages + skipped != plan.certain.pages:
        return None
    if met.pages + skipped != old_met.pages:
        return None
    first = skipped if plan.start.is_fresh else skipped + 1
    begin = trace.events[: trace.events.index(plan.certain)]
    events = now.events[now.events.index(certain) :]
    events = events[: events.index(met)]
    tail = trace.events[trace.events.index(old_met) :]
    last = old_met.pages if old_met.is_fresh else old_met.pages + 1
    if not _wrote_the_same(setting, name, first, last, skipped):
        return None
    whole = (*begin, *(move(event, 0, skipped) for event in events), *(move(event, plan.shift, 0) for event in tail))
    return PageRange(
        pdf, {number: number - first for number in range(first, last)}, RunTrace(whole), name, log, now.met
    )


def _wrote_the_same(setting: Setting, name: str, first: int, last: int, skipped: int) -> bool:
    """Tell whether pages wrote to the .aux what they wrote in the run before."""
    before, now = map(read_written, (setting.auxiliary, read_output(setting.workspace, ".aux", name)))
    return before[first + 1 : last + 1] == now[first - skipped + 1 : last - skipped + 1]
