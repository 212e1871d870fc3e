"""What changed in the .tex -> the pages that changed, set alone, and put into the PDF that is there."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from imprenta.typeset.checkpoints.auxiliary import write_contents
from imprenta.typeset.checkpoints.build_state import Left, replace_state
from imprenta.typeset.checkpoints.labels import labels_held
from imprenta.typeset.engine.formats import BASE, OPEN, make_format
from imprenta.typeset.engine.messages import write_messages
from imprenta.typeset.incremental.joining import are_in_place, find_moved, find_numbers, is_told_alike, join_pages
from imprenta.typeset.incremental.list_update import ListUpdate, can_update, changes_references
from imprenta.typeset.incremental.page_range import set_contents_range, set_page_range
from imprenta.typeset.incremental.plan import plan_page_range
from imprenta.typeset.incremental.range_ahead import RangeAhead
from imprenta.typeset.incremental.setting import Setting
from imprenta.typeset.pdf.splice import PdfAhead
from imprenta.typeset.request import SetAhead, Typeset

if TYPE_CHECKING:
    from collections.abc import Mapping

    from imprenta.typeset.checkpoints.build_state import BuildState
    from imprenta.typeset.checkpoints.paged_run import PagedRun
    from imprenta.typeset.engine.locate import Locator
    from imprenta.typeset.incremental.page_range import PageRange
    from imprenta.typeset.incremental.plan import Plan
    from imprenta.typeset.request import Hooks, Request


MOST_RUNS = 3
"""How often contents are set until they agree with themselves."""


@dataclass(frozen=True, slots=True)
class PageRanges:
    """A document of which some pages were set anew: the PDFs of the jobs that set them, and why, in Spanish.

    `contents` are new contents of pages of the run before (from 0), `files` are what else the state keeps anew;
    `set_with` are the numbers with which pages were set, as `find_numbers` tells them. On the pages that were `redrawn`
    a drawing took the place of another.
    """

    run: PagedRun
    pdfs: Mapping[str, bytes]
    reason: str
    contents: Mapping[int, bytes] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    biber_runs: int = 0
    biber_reason: str = ""
    set_with: Mapping[tuple[str, int], tuple[str, int]] = field(default_factory=dict)
    redrawn: frozenset[int] = frozenset()

    @property
    def parts(self) -> list[tuple[bytes, dict[int, int]]]:
        """Return each PDF, with which of its pages goes where."""
        return [(self.pdfs[job], pages) for job, pages in self.run.taken_from(self.pdfs).items()]


def set_pages(request: Request, hooks: Hooks) -> Typeset | None:
    """Set the pages that changed since the last good build and put them into its PDF; None if that is not possible."""
    state = request.state
    if state is None or not _can_set_pages(request, hooks, state):
        return None
    if (updates := changes_references(request, state)) and not can_update(request, state):
        return None
    request.write_files()
    opened = request.ahead.opened if request.ahead is not None else PdfAhead(state.pdf)
    meanwhile = _Meanwhile(hooks, opened)
    setting = Setting.of(request, meanwhile, state)
    made = _set_with_references(setting, request, state) if updates else set_page_ranges(setting, request, state)
    drawings = request.find_redrawn(state)
    if made is None or not (made.pdfs or updates or drawings):
        return None
    meanwhile.meanwhile()
    hooks.announce("Unión de las páginas")
    whole = opened.wait()
    whole.put_contents(made.contents)
    if not join_pages(whole, state.run, made.run, made.pdfs, made.set_with):
        return None
    redrawn = whole.put_drawings(drawings)
    if redrawn is None:
        return None
    pdf = whole.dumps()
    if redrawn and hooks.wants_pages:
        hooks.publish(pdf, {page: page for page in redrawn}, None)
    return replace(_keep(request, state, replace(made, redrawn=redrawn), pdf), litter=(whole, opened))


def set_ahead(request: Request, hooks: Hooks) -> SetAhead | None:
    """Set the pages that changed since the last good build, and publish them, before the document is what it will be.

    For who waits for drawings: the document has those of before. None if the references changed, or if only the whole
    will do.
    """
    state = request.state
    if state is None or changes_references(request, state) or not _can_set_pages(request, hooks, state):
        return None
    request.write_files()
    opened = PdfAhead(state.pdf)
    meanwhile = _Meanwhile(hooks, opened)
    made = set_page_ranges(Setting.of(request, meanwhile, state), request, state)
    if made is None:
        return None
    meanwhile.meanwhile()
    reasons = (made.reason,) if made.reason else ()
    drawings = request.inputs.drawings
    return SetAhead(state, request.document, made.run, made.pdfs, made.set_with, reasons, drawings, opened)


def _can_set_pages(request: Request, hooks: Hooks, state: BuildState) -> bool:
    """Tell whether pages of the last good build can be set anew: with the same TeX, from formats.

    What the report says of itself stands at the head of every page and in the data of the whole.
    """
    before, now = state.document, request.document
    if not state.can_be_changed(request.workspace, request.inputs) or before.data != now.data:
        return False
    engine, preamble = request.start_engine(hooks), now.preamble
    if before.preamble != preamble:
        return False  # before its formats are dumped, which takes seconds
    return all(make_format(request.workspace, engine, preamble, name) for name in (BASE, OPEN))


def _set_with_references(setting: Setting, request: Request, state: BuildState) -> PageRanges | None:
    """Set what changed since the state, and what other references need; None if only the whole will do."""
    update = ListUpdate(setting, request, state)
    try:
        made = set_page_ranges(setting, request, replace(state, document=update.document))
        if made is None:
            return None
        if not made.pdfs:
            update.wait_for_latex()
        setting.hooks.meanwhile()
        done = update.finish(made.run)
    finally:
        update.close()
    if done is None:
        return None
    reason = "; ".join(part for part in (made.reason, done.reason) if part)
    biber = update.biber_runs, update.biber_reason
    pdfs = {**made.pdfs, **done.pdfs}
    return PageRanges(done.run, pdfs, reason, done.contents, done.files, *biber, set_with=made.set_with)


def _keep(request: Request, state: BuildState, made: PageRanges, pdf: bytes) -> Typeset:
    """Put what was made in the place of the state that it was made from."""
    log = write_messages(made.run.messages)
    auxiliary = made.run.auxiliary
    told = {".checkpoints": made.run.trace.dumps(), ".log": log, ".aux": auxiliary, **write_contents(auxiliary)}
    request.write_origins()
    request.remove_unused_files()
    read = state.record.read
    files = {".tex": request.document.source, **told, **made.files}
    left = Left(pdf, made.run.pages, files, state.record.reads_labels, state.record.reads_numbers)
    stay = are_in_place(state.run, made.run, [*made.pdfs])
    changed = made.redrawn.union(made.contents, *(pages for _, pages in made.parts)) if stay else None
    problems = request.read_logs(log=log, biber_log=made.files.get(".blg"))
    replace_state(request.workspace, request.inputs, left, read, clean=not problems, parted=True)
    return Typeset(
        pdf,
        problems,
        len(made.pdfs),
        made.biber_runs,
        len(made.run.pages),
        "; ".join(filter(None, (made.reason, _tell_drawings(made.redrawn)))),
        tuple(read),
        changed,
        state.record.pdf,
        made.biber_reason,
    )


class _Meanwhile:
    """Hooks that do once what is to be done while LaTeX works, and open the PDF that its pages will be put into."""

    def __init__(self, hooks: Hooks, opened: PdfAhead) -> None:
        self._hooks = hooks
        self._done = False
        self.opened = opened
        self.wants_pages, self.seen_pages = hooks.wants_pages, hooks.seen_pages
        self.announce, self.confirm = hooks.announce, hooks.confirm
        self.publish, self.publish_early = hooks.publish, hooks.publish_early

    def meanwhile(self) -> None:
        if not self._done:
            self._done = True
            self._hooks.meanwhile()
            self.opened.begin()


def set_page_ranges(setting: Setting, request: Request, state: BuildState) -> PageRanges | None:
    """Set what changed since the state, one range for each place, the last place of the document first.

    While one is set, those before it are set too, on a guess. None if only the whole will do.
    """
    begun = request.ahead or SetAhead(state, state.document, state.run, {}, {}, (), {}, PdfAhead(state.pdf))
    document, run = begun.document, begun.run
    pdfs, set_with, reasons = dict(begun.pdfs), dict(begun.set_with), list(begun.reasons)
    shown = {job: (pdfs[job], pages) for job, pages in run.taken_from(pdfs).items()}
    ahead: RangeAhead | None = None
    with ExitStack() as working:
        while document.source != request.document.source:
            plan = plan_page_range(document, request.document, run.trace)
            if plan is None:
                return None
            is_last = plan.document is request.document
            locator = request.locator if is_last else replace(request.locator, document=plan.document)
            part = ahead.take(plan) if ahead is not None else None
            before = ahead.before if ahead is not None else None
            if before is None and not is_last:
                before = RangeAhead(setting, request, plan, run.trace)
                working.callback(before.close)
            alone = is_last and not pdfs
            page_range = set_page_range(setting, plan, run, locator, alone=alone, ahead=part)
            if page_range is None:
                return None
            document, run, ahead = plan.document, page_range.run, before
            pdfs |= page_range.pdfs
            set_with |= find_numbers(run, page_range.pdfs)
            if not alone:
                _publish(setting, run, page_range.pdfs, shown)
            moved = len(request.document.rows) - len(document.rows)
            reasons.append(_tell_page_range(page_range, request.locator, plan, moved))
    made = PageRanges(run, pdfs, "; ".join(reversed(reasons)), set_with=set_with)
    if len(reasons) > 1 and not find_moved(run, set_with):
        _publish(setting, run, pdfs, shown)
    if state.record.reads_labels:
        return made if is_told_alike(state.run, run) else None
    if not labels_held(state.auxiliary, run.auxiliary):
        return None
    return _set_contents(setting, request, state, made)


def _publish(
    setting: Setting, run: PagedRun, pdfs: Mapping[str, bytes], shown: dict[str, tuple[bytes, dict[int, int]]]
) -> None:
    """Publish the pages of some jobs, unless they are `shown` where they are already.

    Those of one range come before it is known whether others move them. With another drawing of the same size a job
    has the name that it had (`keep_synctex`).
    """
    for job, pages in run.taken_from(pdfs).items():
        if setting.hooks.wants_pages and shown.get(job) != (pdfs[job], pages):
            shown[job] = pdfs[job], pages
            setting.hooks.publish(pdfs[job], pages, None)


def _set_contents(setting: Setting, request: Request, state: BuildState, made: PageRanges) -> PageRanges | None:
    """Set the contents anew if they changed, until they say what the pages write (they may be among them)."""
    lists = state.lists
    rows = request.document.rows[: request.document.closed - 1]
    for _ in range(MOST_RUNS):
        wanted = write_contents(made.run.auxiliary)
        if wanted == lists or not made.run.trace.lists:
            return made
        contents = set_contents_range(setting, rows, made.run, wanted, request.locator)
        if contents is None or not labels_held(state.auxiliary, contents.run.auxiliary):
            return None
        set_with = {**made.set_with, **find_numbers(contents.run, contents.pdfs)}
        lists, made = wanted, replace(made, run=contents.run, pdfs={**made.pdfs, **contents.pdfs}, set_with=set_with)
    return None


def _tell_drawings(pages: frozenset[int]) -> str:
    """Tell on which pages (from 0) there are other drawings, for which LaTeX had nothing to do."""
    numbers = " y ".join(str(page + 1) for page in sorted(pages))
    return f"otro dibujo, tan grande como era, en la página {numbers}" if pages else ""


def _tell_page_range(page_range: PageRange, locator: Locator, plan: Plan, moved: int) -> str:
    """Tell which pages a range has set, and for what; its lines stand `moved` lines further on in the end."""
    taken = page_range.run.taken_from(page_range.pdfs)
    numbers = sorted(number + 1 for pages in taken.values() for number in pages)
    if not numbers:
        return "nada: lo que cambió no se imprime"
    pages = f"la página {numbers[0]}" if len(numbers) == 1 else f"las páginas {numbers[0]} a {numbers[-1]}"
    begin, end = plan.change.new
    place = locator.first(range(begin + moved, end + moved))
    return f"{pages}: cambió {place.path}:{place.line}" if place is not None else pages
