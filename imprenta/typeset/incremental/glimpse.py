"""A change that only the whole can follow -> the pages that somebody looks at, set at once as they will probably be.

A template of the author's changes everywhere, a new heading counts on in all that follows: all pages have to be set,
and that takes as long as there are pages. But who saves looks at one or two. So these are set beside the whole, from
the checkpoint before the first change on them, with the labels and contents of before. They are provisional: what
stands before them may move them, and the pages of the whole take their place.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from threading import Event
from typing import TYPE_CHECKING

from imprenta.model.facts import Citation, Defines
from imprenta.problems import CannotContinue
from imprenta.typeset.checkpoints.paged_run import PagedRun
from imprenta.typeset.checkpoints.start import find_start
from imprenta.typeset.engine.background import Background
from imprenta.typeset.engine.formats import BASE, OPEN, find_format, make_format
from imprenta.typeset.incremental.changes import find_changes, replace_pieces
from imprenta.typeset.incremental.plan import Plan
from imprenta.typeset.incremental.range_job import compose_range, read_job
from imprenta.typeset.incremental.setting import Setting
from imprenta.workspace import Cancelled

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from imprenta.model.document import Document
    from imprenta.typeset.checkpoints.build_state import BuildState
    from imprenta.typeset.checkpoints.trace import RunTrace
    from imprenta.typeset.engine.engine import Engine
    from imprenta.typeset.incremental.changes import Change
    from imprenta.typeset.request import Band, Hooks, Request
    from imprenta.workspace import Workspace

MOST_PAGES = 3
"""Pages from which it takes too long to set them for a first look."""


class Glimpse:
    """Hooks for setting the whole that show, before any page of it, those that somebody looks at.

    Invariant: when pages of the whole are published the glimpse is over, so that it never takes their place.
    """

    def __init__(self, request: Request, hooks: Hooks) -> None:
        """Begin to set them, in a thread of its own; they are published when whoever wants the PDF has confirmed it."""
        self._hooks = hooks
        self._is_asked, self._is_confirmed = Event(), False
        self.wants_pages, self.seen_pages = hooks.wants_pages, hooks.seen_pages
        self.announce, self.meanwhile = hooks.announce, hooks.meanwhile
        self._work = Background(lambda: self._show(request))

    def confirm(self) -> None:
        """Ask whoever wants the PDF."""
        self._hooks.confirm()
        self._is_confirmed = True
        self._is_asked.set()

    def publish_early(self, pdf: bytes, pages: Mapping[int, int]) -> None:
        """Show pages of the whole after the glimpse."""
        self.close()
        self._hooks.publish_early(pdf, pages)

    def publish(self, pdf: bytes, pages: Mapping[int, int], band: Band | None) -> None:
        """Show pages after the glimpse."""
        self.close()
        self._hooks.publish(pdf, pages, band)

    def close(self) -> None:
        """Wait until nothing more is shown: what keeps a glimpse from being set is told by the whole."""
        self._is_asked.set()
        with suppress(CannotContinue, Cancelled):
            self._work.wait()

    def _show(self, request: Request) -> None:
        """Set and publish the pages that are seen, if something changed on them and LaTeX can begin there."""
        state = request.state
        if state is None or request.document.has(Citation, Defines):
            return
        plan = plan_glimpse(state.document, request.document, state.run.trace, self.seen_pages)
        made = _set(request, self._hooks, state, plan) if plan is not None else []
        self._is_asked.wait()
        for pdf, pages in made if self._is_confirmed else ():
            self._hooks.publish_early(pdf, pages)


def plan_glimpse(old: Document, new: Document, trace: RunTrace, seen: Collection[int]) -> Plan | None:
    """Return the range that begins with the first change on a page that is `seen` (from 0), or None if there is none.

    Its document is the old one up to there, and the new one from there on.
    """
    changes = find_changes(old, new)
    for number, change in enumerate(changes):
        first, last = _pages_of(trace, change)
        if any(first <= page <= last for page in seen):
            document, whole = replace_pieces(old, new, changes[number:])
            found = find_start(trace, change.old[0])
            return Plan(*found, whole, document) if found is not None else None
    return None


def _set(request: Request, hooks: Hooks, state: BuildState, plan: Plan) -> list[tuple[bytes, dict[int, int]]]:
    """Return PDFs, and for pages that are seen which of theirs they are; none if LaTeX cannot begin there."""
    engine, preamble = request.start_engine(hooks), request.document.preamble
    begun = max(one.pages for one in state.run.trace.checkpoints if one.line <= plan.change.old[0])
    wanted = [page for page in hooks.seen_pages if begun <= page < begun + MOST_PAGES]
    if not wanted or not _has_format(request.workspace, engine, state.document.preamble, preamble):
        return []
    request.write_files()
    setting = Setting.of(request, hooks, state)
    job = compose_range(setting, plan, "", limit=max(wanted) - begun + 1)
    finished, name = setting.pool.set_beside(engine, job)
    part = read_job(setting, job, finished, name, replace(request.locator, document=plan.document))
    run = state.run.replace(part.run, plan.certain, plan.start.pages) if part is not None else None
    if part is None or not isinstance(run, PagedRun):
        return []
    taken = run.taken_from(part.pdfs).items()
    return [(part.pdfs[job], {page: at for page, at in pages.items() if page in wanted}) for job, pages in taken]


def _has_format(workspace: Workspace, engine: Engine, before: str, now: str) -> bool:
    """Tell whether there is a format of a preamble, or one of the preamble before that says the same to TeX.

    The report's date, in a comment, comes with the first template of the author's: to dump formats takes seconds.
    """
    said = [[row for row in preamble.split("\n") if not row.startswith("%")] for preamble in (before, now)]
    if said[0] == said[1] and find_format(workspace, engine, before, OPEN):
        return True
    return all(make_format(workspace, engine, now, name) for name in (BASE, OPEN))


def _pages_of(trace: RunTrace, change: Change) -> tuple[int, int]:
    """Return the first and the last page (from 0) on which what changed was."""
    begin, end = change.old
    first = max((one.pages for one in trace.checkpoints if one.line <= begin), default=0)
    after = next((one for one in trace.checkpoints if one.line >= end), None)
    last = len(trace.shipped) - 1 if after is None else after.pages_after - 1
    return first, max(first, last)
