"""What changed in the .tex -> the pages that changed, set alone, and put into the PDF that is there.

A stretch begins at a milestone before the change, in the state in which LaTeX was there, and ends by itself where LaTeX
is again in the state in which it was at a later milestone: from there on everything is as it was. Whatever is in doubt
(another preamble, other references, other labels or contents, an error of LaTeX's) is no stretch: the whole document
is set instead.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from imprenta.model.page_table import SetPage, read_page_table
from imprenta.problems import has_errors
from imprenta.typeset.engine import FOLDER, JOB, read_output
from imprenta.typeset.formats import BASE, OPEN, make_format, split_preamble
from imprenta.typeset.glimpse import Band, take_glimpse
from imprenta.typeset.jobs import STEPS, UNPACKED, compose_job, read_written, restore
from imprenta.typeset.locate import last_row
from imprenta.typeset.log import leaves_group_open, read_latex_log
from imprenta.typeset.messages import put_in
from imprenta.typeset.milestones import (
    LIST_SUFFIXES,
    MILESTONE,
    Passage,
    move,
    read_passage,
)
from imprenta.typeset.plan import Plan, plan_stretch
from imprenta.typeset.spare import STRETCH
from imprenta.workspace import content_hash

if TYPE_CHECKING:
    from collections.abc import Sequence

    from imprenta.typeset.engine import Engine
    from imprenta.typeset.jobs import Job
    from imprenta.typeset.locate import Locator
    from imprenta.typeset.spare import Spares
    from imprenta.workspace import Workspace

Publish = Callable[[bytes, Mapping[int, int], Band | None], None]
"""Gets pages that are set: a PDF, for pages of the document (from 0) which of its pages they are, and between which
heights they are right, if not everywhere."""

PAGES = ".paginas"
"""The ending of the file that tells which run set each page."""
MOST_JOBS, MOST_JOBS_SHARE = 12, 4
"""How many runs may have set a PDF's pages: so many, or one for so many pages. Each adds 50 to 500 kB of fonts."""
DISCARDED = r"\hito@desecha"
"""What says that the first page is not used: it was half full where the stretch begins."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Pages that were set alone: the PDF of the stretch, and for each page of the document (from 0) its page there.

    `name` is that of the files that its engine wrote, `log` what it said; `met` is the line of the .tex on which it was
    in step again.
    """

    pdf: bytes
    pages: dict[int, int]
    passage: Passage
    name: str
    log: str
    met: int


@dataclass(frozen=True, slots=True)
class Stretches:
    """What leads from one .tex to another: pages, each part as `splice_pages` takes it, and what the next build needs.

    `log` is what is kept of what LaTeX said of all pages, `table` which run set each of them; `reason` is in Spanish.
    """

    parts: tuple[tuple[bytes, dict[int, int]], ...]
    passage: Passage
    log: str
    table: list[SetPage]
    reason: str


def set_stretches(
    workspace: Workspace,
    engine: Engine,
    source: str,
    passage: Passage,
    locator: Locator,
    spares: Spares,
    meanwhile: Callable[[], None],
    publish: Publish | None = None,
) -> Stretches | None:
    """Set what changed since the .tex that is there, one stretch for each place, the last place of the document first.

    `passage` is what LaTeX passed when that was set, `locator` the one of `source`. `meanwhile` is called once, while
    LaTeX works. None if there is nothing to set, or only the whole will do, or that is better done after so many.
    """
    once = cache(meanwhile)
    text, log = read_output(workspace, ".tex"), read_output(workspace, ".log")
    table = read_page_table(read_output(workspace, PAGES))
    parts: list[tuple[bytes, dict[int, int]]] = []
    reasons: list[str] = []
    while text != source:
        plan = plan_stretch(text, source, passage)
        if plan is None:
            return None
        here = locator if plan.text == source else replace(locator, source=plan.text)
        show = publish if plan.text == source and not parts else None  # of several, none is right without the others
        stretch = set_stretch(workspace, engine, plan, passage, here, spares, once, show)
        if stretch is None:
            return None
        # A page that two stretches have set is right in the later one.
        parts = [(pdf, {page: at for page, at in pages.items() if page not in stretch.pages}) for pdf, pages in parts]
        parts.append((stretch.pdf, stretch.pages))
        log = put_in(log, stretch.log, plan.certain.line, stretch.met, plan.shift)
        table = _splice_table(workspace, table, stretch, plan.shift)
        reasons.append(_tell_stretch(stretch, locator, plan, source.count("\n") - plan.text.count("\n")))
        text, passage = plan.text, stretch.passage
    if publish is not None and len(parts) > 1:
        for pdf, pages in parts:
            publish(pdf, pages, None)
    if not parts or is_patchwork(table):
        return None
    return Stretches(tuple(parts), passage, log, table, "; ".join(reversed(reasons)))


def is_patchwork(table: Sequence[SetPage]) -> bool:
    """Tell whether so many runs have set the pages that all are better set again: each brings fonts of its own."""
    return len({page.job for page in table}) > max(MOST_JOBS, len(table) // MOST_JOBS_SHARE)


def _tell_stretch(stretch: Stretch, locator: Locator, plan: Plan, moved: int) -> str:
    """Tell which pages a stretch has set, and for what; its lines stand `moved` lines further on in the end."""
    numbers = sorted(number + 1 for number in stretch.pages)
    if not numbers:
        return "nada: lo que cambió no se imprime"
    pages = f"la página {numbers[0]}" if len(numbers) == 1 else f"las páginas {numbers[0]} a {numbers[-1]}"
    begin, end = plan.change.new
    place = locator.first(range(begin + moved, end + moved))
    return f"{pages}: cambió {place.path}:{place.line}" if place is not None else pages


def _splice_table(workspace: Workspace, table: list[SetPage], stretch: Stretch, shift: int) -> list[SetPage]:
    """Keep the SyncTeX file of a stretch and return which run has set each page now."""
    synctex = workspace.read(f"{FOLDER}/{stretch.name}.synctex.gz") or b""
    job = f"{STRETCH}-{content_hash(synctex)[:12]}"
    workspace.write(f"{FOLDER}/{job}.synctex.gz", synctex)
    last = max(stretch.pages, default=-1)
    pages = []
    for number, page in enumerate(table):
        if number in stretch.pages:
            pages.append(SetPage(job, stretch.pages[number]))
        else:
            pages.append(replace(page, shift=page.shift + shift) if number > last else page)
    return pages


def set_stretch(
    workspace: Workspace,
    engine: Engine,
    plan: Plan,
    passage: Passage,
    locator: Locator,
    spares: Spares,
    meanwhile: Callable[[], None],
    publish: Publish | None = None,
) -> Stretch | None:
    """Set a stretch and return its pages, or None if it fell out of step to the end or LaTeX found an error.

    `passage` is what LaTeX passed before; `locator` is one of the plan's .tex. One of the `spares`, engines that have
    begun already, is used if there is one. `meanwhile` is called while LaTeX works, once or twice. If somebody wants to
    see pages early, they are published, and before them a first look at what changed.
    """
    preamble, _ = split_preamble(plan.text)
    if not (make_format(workspace, engine, preamble, BASE) and make_format(workspace, engine, preamble, OPEN)):
        return None
    rows = locator.rows
    job = _compose_stretch(workspace, rows, plan, passage)
    engine.announce("pdfLaTeX, tramo")
    if publish is not None:
        seen = take_glimpse(workspace, engine, preamble, rows, job.files, plan, passage, spares, meanwhile)
        if seen is not None:
            part, page, band = seen
            publish(part, {page: 0}, band)
    finished, name = spares.set(engine, preamble, job, meanwhile)
    pdf = workspace.read(f"{FOLDER}/{name}.pdf")
    log = read_output(workspace, ".log", name)
    failed = leaves_group_open(log) or has_errors(read_latex_log(log, f"{FOLDER}/{name}.log", locator))
    if finished.status != 0 or pdf is None or failed:
        return None
    try:
        set_now = read_passage(read_output(workspace, ".hitos", name))
    except ValueError:
        return None
    stretch = _fit(workspace, plan, passage, set_now, pdf, name, log)
    if stretch is not None and publish is not None:
        publish(stretch.pdf, stretch.pages, None)
    return stretch


def _compose_stretch(workspace: Workspace, whole: Sequence[str], plan: Plan, passage: Passage) -> Job:
    """Return the job of a stretch, which stops where LaTeX is as it was at a later milestone.

    Where that may be is told at the last milestone before the change: an engine can go ahead up to there.
    """
    rows = [*whole[: last_row(whole)]]
    told = next(number for number in range(plan.change.new[0] - 1, -1, -1) if rows[number] == MILESTONE)
    rows[told] = rf"\hitopasos{MILESTONE}"
    steps = "".join(
        f"\\hitopaso{{{milestone.line + plan.shift}}}{{{milestone.sum}}}%\n"
        for milestone in passage.milestones
        if milestone.line >= plan.change.old[1] and not milestone.defers
    )
    files = {suffix: read_output(workspace, suffix) for suffix in LIST_SUFFIXES}
    auxiliary = read_output(workspace, ".aux")
    state = UNPACKED + restore(plan.start) + ("" if plan.start.is_fresh else DISCARDED)
    job = compose_job(rows, plan.start.line, state, auxiliary, {**files, STEPS: steps})
    return replace(job, certain=job.source.index(rows[told]))


def _fit(
    workspace: Workspace, plan: Plan, passage: Passage, now: Passage, pdf: bytes, name: str, log: str
) -> Stretch | None:
    """Return the stretch if it is in step at both ends and wrote the labels and contents that were there."""
    if not now.ended or not now.met:
        return None
    met = next(milestone for milestone in now.milestones if milestone.line == now.met)
    old_met = next(milestone for milestone in passage.milestones if milestone.line + plan.shift == now.met)
    skipped = plan.start.pages
    certain = next((milestone for milestone in now.milestones if milestone.line == plan.certain.line), None)
    if certain is None or certain.sum != plan.certain.sum or certain.pages + skipped != plan.certain.pages:
        return None
    if met.pages + skipped != old_met.pages:
        return None
    first = skipped if plan.start.is_fresh else skipped + 1
    begin = passage.events[: passage.events.index(plan.certain)]
    events = now.events[now.events.index(certain) :]
    events = events[: events.index(met)]
    tail = passage.events[passage.events.index(old_met) :]
    last = old_met.pages if old_met.is_fresh else old_met.pages + 1
    if not _wrote_the_same(workspace, name, first, last, skipped):
        return None
    whole = (*begin, *(move(event, 0, skipped) for event in events), *(move(event, plan.shift, 0) for event in tail))
    return Stretch(pdf, {number: number - first for number in range(first, last)}, Passage(whole), name, log, now.met)


def _wrote_the_same(workspace: Workspace, name: str, first: int, last: int, skipped: int) -> bool:
    """Tell whether pages wrote to the .aux what they wrote in the run before."""
    before, now = (read_written(read_output(workspace, ".aux", job)) for job in (JOB, name))
    return before[first + 1 : last + 1] == now[first - skipped + 1 : last - skipped + 1]
