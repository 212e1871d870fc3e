"""A plan -> the page range that it asks for, set alone by LaTeX and put into the run before it.

A range begins at a checkpoint before the change, in the state in which LaTeX was there, and ends by itself where LaTeX
is again in the state in which it was at a later checkpoint: from there on everything is as it was. Whether it is in
step at both ends is looked at in one place, `checkpoints.paged_run.PagedRun.replace`.

Who wants to see pages early gets the page with the change as soon as it is out. The job ends there; if it was not in
step yet, another one goes on from the last checkpoint at which that is possible.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from imprenta.model.document import CHECKPOINT
from imprenta.model.facts import Continued
from imprenta.typeset.checkpoints.contents import compose_contents
from imprenta.typeset.checkpoints.jobs import UNPACKED, tell_steps
from imprenta.typeset.checkpoints.numbering import find_movable
from imprenta.typeset.checkpoints.paged_run import Misfit, PagedRun
from imprenta.typeset.checkpoints.start import find_start
from imprenta.typeset.incremental.first_paint import take_first_paint
from imprenta.typeset.incremental.range_job import compose_range, compose_range_from, read_job

if TYPE_CHECKING:
    from collections.abc import Mapping

    from imprenta.typeset.checkpoints.part import Part
    from imprenta.typeset.engine.job import Job
    from imprenta.typeset.engine.locate import Locator
    from imprenta.typeset.incremental.plan import Plan
    from imprenta.typeset.incremental.setting import Setting

LIST_HEADING = "\\titulosalmargen\n\\addsec{"
"""How the engine's own template begins the list of references: nothing is printed before the head is another."""


@dataclass(frozen=True, slots=True)
class PageRange:
    """A run with a range of its pages set anew: the PDFs of the jobs that set them, by their names."""

    run: PagedRun
    pdfs: Mapping[str, bytes]


def set_page_range(
    setting: Setting, plan: Plan, before: PagedRun, locator: Locator, *, alone: bool, ahead: Part | None = None
) -> PageRange | None:
    """Set the range of a plan and put it into the run that was there before.

    `locator` is one of the plan's .tex. None if the range was out of step to the end or LaTeX found an error. If the
    range is `alone` all that changed and somebody wants to see pages early, they are published, and before them a first
    paint of what changed. What was set `ahead`, a part that came into step, is not set again.
    """
    hooks = setting.hooks
    if ahead is not None:
        fits = before.replace(_open_end(ahead.run), plan.certain, plan.start.pages)
        if (done := _put_in(plan, before, ahead, fits, {})) is not None:
            return done
    hooks.announce("pdfLaTeX, tramo")
    rows = plan.document.rows[: plan.document.closed - 1]
    later = (one for one in before.trace.settled if one.line >= plan.change.old[1])
    movable = find_movable(before.trace) if setting.moves else frozenset()
    steps = tell_steps(later, plan.shift, movable)
    if setting.moves and not plan.document.has(
        Continued
    ):  # the body ends there: what follows is the list of references
        steps += f"\\checkpointstep{{{before.trace.checkpoints[-1].line + plan.shift}}}{{*}}%\n"
    shown = alone and hooks.wants_pages
    job = compose_range(setting, plan, steps, limit=int(shown))
    if shown and (seen := take_first_paint(setting, job.files, plan, before.trace)) is not None:
        painted, page, band = seen
        hooks.publish(painted, {page: 0}, band)
    start, certain = plan.start, plan.certain
    whole = before
    pdfs: Mapping[str, bytes] = {}
    for _ in range(2 if shown else 1):
        part = _set_job(setting, job, locator)
        joined = whole.replace(_open_end(part.run), certain, start.pages) if part is not None else None
        if part is None or not isinstance(joined, PagedRun):
            return None
        whole = joined
        if shown:
            for name, pages in whole.taken_from(part.pdfs).items():
                hooks.publish(part.pdfs[name], pages, None)
        if part.run.trace.met:
            return _put_in(plan, before, part, whole, pdfs)
        pdfs = {**pdfs, **part.pdfs}
        goes_on = find_start(whole.trace, whole.trace.checkpoints[-1].line)
        if goes_on is None:
            return None
        start, certain = goes_on
        job = compose_range_from(setting, rows, start, r"\checkpointsteps", steps)
    return None


def _put_in(
    plan: Plan, before: PagedRun, part: Part, whole: PagedRun | Misfit, pdfs: Mapping[str, bytes]
) -> PageRange | None:
    """Return the run before with a range in it: `whole` ends with the part that came into step, after those in `pdfs`.

    None if it does not fit.
    """
    if not isinstance(whole, PagedRun):
        return None
    in_step = _forget_head(plan, before, replace(whole, trace=replace(whole.trace, met=part.run.trace.met)))
    done = before.replace(in_step, plan.certain, 0, plan.shift)
    return PageRange(done, {**pdfs, **part.pdfs}) if isinstance(done, PagedRun) else None


def _forget_head(plan: Plan, before: PagedRun, run: PagedRun) -> PagedRun:
    r"""Return a run that came to the list of references as if its running head were the one that was there before.

    Invariant: of all that LaTeX goes by only the head is another, and no page bears it. For the list begins a page with
    an \addsec of the engine's own template, which sets a head of its own.
    """
    last, met = before.trace.checkpoints[-1], run.trace.at(run.trace.met)
    if met is None or met.line != last.line + plan.shift or not met.is_fresh:
        return run
    piece = plan.document.pieces[plan.document.starts.index(met.line)]
    as_before = replace(met, sum=last.sum, head=last.head)
    place = (met.line, met.pages, met.number)
    same = as_before == replace(last, line=place[0], pages=place[1], number=place[2])
    if not (same and piece.known and piece.tex.startswith(f"{CHECKPOINT}\n{LIST_HEADING}")):
        return run
    events = tuple(as_before if event is met else event for event in run.trace.events)
    return replace(run, trace=replace(run.trace, events=events))


def set_contents_range(
    setting: Setting, rows: list[str], before: PagedRun, lists: Mapping[str, str], locator: Locator
) -> PageRange | None:
    """Set the contents of a run anew, so that they say what `lists` does, and put them into it."""
    composed = compose_contents(rows, before.trace, before.auxiliary, lists, setting.data, UNPACKED)
    if composed is None:
        return None
    job, start, certain = composed
    setting.hooks.announce("pdfLaTeX, índices")
    part = _set_job(setting, job, locator)
    run = before.replace(part.run, certain, start.pages) if part is not None and part.run.trace.met else None
    return PageRange(run, part.pdfs) if part is not None and isinstance(run, PagedRun) else None


def _set_job(setting: Setting, job: Job, locator: Locator) -> Part | None:
    """Return the pages that a job has set, as `read_job` does."""
    finished, name = setting.pool.set(setting.engine, setting.preamble, job, setting.hooks.meanwhile)
    return read_job(setting, job, finished, name, locator)


def _open_end(run: PagedRun) -> PagedRun:
    """Return a run as if it had not been in step with the one before: what follows it is not known yet."""
    return replace(run, trace=replace(run.trace, met=0))
