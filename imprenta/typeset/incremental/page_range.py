"""What changed in the .tex -> the pages that changed, set alone, and put into the PDF that is there.

A range begins at a checkpoint before the change, in the state in which LaTeX was there, and ends by itself where LaTeX
is again in the state in which it was at a later checkpoint: from there on everything is as it was. Whatever is in doubt
(another preamble, other references, other labels or contents, an error of LaTeX's) is no range: the whole document
is set instead.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from imprenta.model.page_table import SetPage, read_page_table
from imprenta.problems import has_errors
from imprenta.typeset.checkpoints.jobs import STEPS, UNPACKED, compose_job, read_written, restore
from imprenta.typeset.checkpoints.trace import (
    CHECKPOINT,
    LIST_SUFFIXES,
    RunTrace,
    move,
    read_trace,
)
from imprenta.typeset.engine.engine import FOLDER, JOB, read_output
from imprenta.typeset.engine.formats import BASE, OPEN, make_format, split_preamble
from imprenta.typeset.engine.locate import last_row
from imprenta.typeset.engine.log import leaves_group_open, read_latex_log
from imprenta.typeset.engine.messages import put_in
from imprenta.typeset.incremental.first_paint import Band, take_first_paint
from imprenta.typeset.incremental.plan import Plan, plan_page_range
from imprenta.typeset.incremental.pool import RANGE
from imprenta.workspace import content_hash

if TYPE_CHECKING:
    from collections.abc import Sequence

    from imprenta.typeset.checkpoints.jobs import Job
    from imprenta.typeset.engine.engine import Engine
    from imprenta.typeset.engine.locate import Locator
    from imprenta.typeset.incremental.pool import EnginePool
    from imprenta.workspace import Workspace

Publish = Callable[[bytes, Mapping[int, int], Band | None], None]
"""Gets pages that are set: a PDF, for pages of the document (from 0) which of its pages they are, and between which
heights they are right, if not everywhere."""

PAGES = ".pages"
"""The ending of the file that tells which run set each page."""
MOST_JOBS, MOST_JOBS_SHARE = 12, 4
"""How many runs may have set a PDF's pages: so many, or one for so many pages. Each adds 50 to 500 kB of fonts."""
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


@dataclass(frozen=True, slots=True)
class PageRanges:
    """What leads from one .tex to another: pages, each part as `splice_pages` takes it, and what the next build needs.

    `log` is what is kept of what LaTeX said of all pages, `table` which run set each of them; `reason` is in Spanish.
    """

    parts: tuple[tuple[bytes, dict[int, int]], ...]
    trace: RunTrace
    log: str
    table: list[SetPage]
    reason: str


def set_page_ranges(
    workspace: Workspace,
    engine: Engine,
    source: str,
    trace: RunTrace,
    locator: Locator,
    pool: EnginePool,
    meanwhile: Callable[[], None],
    publish: Publish | None = None,
) -> PageRanges | None:
    """Set what changed since the .tex that is there, one range for each place, the last place of the document first.

    `trace` is what LaTeX passed when that was set, `locator` the one of `source`. `meanwhile` is called once, while
    LaTeX works. None if there is nothing to set, or only the whole will do, or that is better done after so many.
    """
    once = cache(meanwhile)
    text, log = read_output(workspace, ".tex"), read_output(workspace, ".log")
    table = read_page_table(read_output(workspace, PAGES))
    parts: list[tuple[bytes, dict[int, int]]] = []
    reasons: list[str] = []
    while text != source:
        plan = plan_page_range(text, source, trace)
        if plan is None:
            return None
        here = locator if plan.text == source else replace(locator, source=plan.text)
        show = publish if plan.text == source and not parts else None  # of several, none is right without the others
        page_range = set_page_range(workspace, engine, plan, trace, here, pool, once, show)
        if page_range is None:
            return None
        # A page that two ranges have set is right in the later one.
        parts = [
            (pdf, {page: at for page, at in pages.items() if page not in page_range.pages}) for pdf, pages in parts
        ]
        parts.append((page_range.pdf, page_range.pages))
        log = put_in(log, page_range.log, plan.certain.line, page_range.met, plan.shift)
        table = _splice_table(workspace, table, page_range, plan.shift)
        reasons.append(_tell_page_range(page_range, locator, plan, source.count("\n") - plan.text.count("\n")))
        text, trace = plan.text, page_range.trace
    if publish is not None and len(parts) > 1:
        for pdf, pages in parts:
            publish(pdf, pages, None)
    if not parts or is_patchwork(table):
        return None
    return PageRanges(tuple(parts), trace, log, table, "; ".join(reversed(reasons)))


def is_patchwork(table: Sequence[SetPage]) -> bool:
    """Tell whether so many runs have set the pages that all are better set again: each brings fonts of its own."""
    return len({page.job for page in table}) > max(MOST_JOBS, len(table) // MOST_JOBS_SHARE)


def _tell_page_range(page_range: PageRange, locator: Locator, plan: Plan, moved: int) -> str:
    """Tell which pages a range has set, and for what; its lines stand `moved` lines further on in the end."""
    numbers = sorted(number + 1 for number in page_range.pages)
    if not numbers:
        return "nada: lo que cambió no se imprime"
    pages = f"la página {numbers[0]}" if len(numbers) == 1 else f"las páginas {numbers[0]} a {numbers[-1]}"
    begin, end = plan.change.new
    place = locator.first(range(begin + moved, end + moved))
    return f"{pages}: cambió {place.path}:{place.line}" if place is not None else pages


def _splice_table(workspace: Workspace, table: list[SetPage], page_range: PageRange, shift: int) -> list[SetPage]:
    """Keep the SyncTeX file of a range and return which run has set each page now."""
    synctex = workspace.read(f"{FOLDER}/{page_range.name}.synctex.gz") or b""
    job = f"{RANGE}-{content_hash(synctex)[:12]}"
    workspace.write(f"{FOLDER}/{job}.synctex.gz", synctex)
    last = max(page_range.pages, default=-1)
    pages = []
    for number, page in enumerate(table):
        if number in page_range.pages:
            pages.append(SetPage(job, page_range.pages[number]))
        else:
            pages.append(replace(page, shift=page.shift + shift) if number > last else page)
    return pages


def set_page_range(
    workspace: Workspace,
    engine: Engine,
    plan: Plan,
    trace: RunTrace,
    locator: Locator,
    pool: EnginePool,
    meanwhile: Callable[[], None],
    publish: Publish | None = None,
) -> PageRange | None:
    """Set a range and return its pages, or None if it fell out of step to the end or LaTeX found an error.

    `trace` is what LaTeX passed before; `locator` is one of the plan's .tex. One of the `pool`, engines that have
    begun already, is used if there is one. `meanwhile` is called while LaTeX works, once or twice. If somebody wants to
    see pages early, they are published, and before them a first look at what changed.
    """
    preamble, _ = split_preamble(plan.text)
    if not (make_format(workspace, engine, preamble, BASE) and make_format(workspace, engine, preamble, OPEN)):
        return None
    rows = locator.rows
    job = _compose_job(workspace, rows, plan, trace)
    engine.announce("pdfLaTeX, tramo")
    if publish is not None:
        seen = take_first_paint(workspace, engine, preamble, rows, job.files, plan, trace, pool, meanwhile)
        if seen is not None:
            part, page, band = seen
            publish(part, {page: 0}, band)
    finished, name = pool.set(engine, preamble, job, meanwhile)
    pdf = workspace.read(f"{FOLDER}/{name}.pdf")
    log = read_output(workspace, ".log", name)
    failed = leaves_group_open(log) or has_errors(read_latex_log(log, f"{FOLDER}/{name}.log", locator))
    if finished.status != 0 or pdf is None or failed:
        return None
    try:
        set_now = read_trace(read_output(workspace, ".checkpoints", name))
    except ValueError:
        return None
    page_range = _fit(workspace, plan, trace, set_now, pdf, name, log)
    if page_range is not None and publish is not None:
        publish(page_range.pdf, page_range.pages, None)
    return page_range


def _compose_job(workspace: Workspace, whole: Sequence[str], plan: Plan, trace: RunTrace) -> Job:
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
    files = {suffix: read_output(workspace, suffix) for suffix in LIST_SUFFIXES}
    auxiliary = read_output(workspace, ".aux")
    state = UNPACKED + restore(plan.start) + ("" if plan.start.is_fresh else DISCARDED)
    job = compose_job(rows, plan.start.line, state, auxiliary, {**files, STEPS: steps})
    return replace(job, certain=job.source.index(rows[told]))


def _fit(
    workspace: Workspace, plan: Plan, trace: RunTrace, now: RunTrace, pdf: bytes, name: str, log: str
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
    if not _wrote_the_same(workspace, name, first, last, skipped):
        return None
    whole = (*begin, *(move(event, 0, skipped) for event in events), *(move(event, plan.shift, 0) for event in tail))
    return PageRange(
        pdf, {number: number - first for number in range(first, last)}, RunTrace(whole), name, log, now.met
    )


def _wrote_the_same(workspace: Workspace, name: str, first: int, last: int, skipped: int) -> bool:
    """Tell whether pages wrote to the .aux what they wrote in the run before."""
    before, now = (read_written(read_output(workspace, ".aux", job)) for job in (JOB, name))
    return before[first + 1 : last + 1] == now[first - skipped + 1 : last - skipped + 1]
