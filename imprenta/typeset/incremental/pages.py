"""What changed in the .tex -> the pages that changed, set alone, and put into the PDF that is there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from imprenta.model.page_table import SetPage
from imprenta.typeset.checkpoints.build_state import RANGE, Left, replace_state
from imprenta.typeset.engine.engine import FOLDER
from imprenta.typeset.engine.formats import BASE, OPEN, make_format, split_preamble
from imprenta.typeset.engine.messages import put_in
from imprenta.typeset.incremental.page_range import set_page_range
from imprenta.typeset.incremental.plan import plan_page_range
from imprenta.typeset.incremental.setting import Setting
from imprenta.typeset.pdf.splice import PdfAhead
from imprenta.typeset.request import Typeset
from imprenta.workspace import content_hash

if TYPE_CHECKING:
    from collections.abc import Mapping

    from imprenta.typeset.checkpoints.build_state import BuildState
    from imprenta.typeset.checkpoints.trace import RunTrace
    from imprenta.typeset.engine.locate import Locator
    from imprenta.typeset.incremental.page_range import PageRange
    from imprenta.typeset.incremental.plan import Plan
    from imprenta.typeset.request import Band, Hooks, Request
    from imprenta.workspace import Workspace


@dataclass(frozen=True, slots=True)
class PageRanges:
    """What leads from one .tex to another: pages, and what the next build needs.

    Each of `parts` is as `OpenPdf.put_pages` takes it; `log` is what is kept of what LaTeX said of all pages, `table`
    which run set each of them; `reason` is in Spanish.
    """

    parts: tuple[tuple[bytes, dict[int, int]], ...]
    trace: RunTrace
    log: str
    table: list[SetPage]
    reason: str


def set_pages(request: Request, hooks: Hooks) -> Typeset | None:
    """Set the pages that changed since the last good build and put them into its PDF; None if that is not possible."""
    state = request.state
    if state is None or not state.can_be_changed(request.workspace, request.inputs):
        return None
    preamble, _ = split_preamble(request.source)
    engine = request.start_engine(hooks)
    if not all(make_format(request.workspace, engine, preamble, name) for name in (BASE, OPEN)):
        return None
    request.write_files()
    meanwhile = _Meanwhile(hooks, state.pdf)
    setting = Setting(engine, request.pool, meanwhile, preamble, state.auxiliary, state.lists)
    made = set_page_ranges(setting, request, state)
    if made is None:
        return None
    hooks.announce("Unión de las páginas")
    whole = meanwhile.opened.wait()
    whole.put_pages(*made.parts)
    return _keep(request, state, made, whole.dumps())


def _keep(request: Request, state: BuildState, made: PageRanges, pdf: bytes) -> Typeset:
    """Put what was made in the place of the state that it was made from."""
    files = {".tex": request.source, ".checkpoints": made.trace.dumps(), ".log": made.log}
    request.write_origins()
    request.remove_unused_files()
    read = state.record.read
    left = Left(pdf, made.table, files)
    changed = frozenset(number for _, pages in made.parts for number in pages)
    problems = request.read_logs(log=made.log)
    replace_state(request.workspace, request.inputs, left, read, clean=not problems, parted=True)
    runs = len(made.parts)
    return Typeset(pdf, problems, runs, 0, len(made.table), made.reason, tuple(read), changed, state.record.pdf)


class _Meanwhile:
    """Hooks that do once what is to be done while LaTeX works, and open the PDF that its pages will be put into."""

    def __init__(self, hooks: Hooks, pdf: bytes) -> None:
        self._hooks = hooks
        self._done = False
        self.opened = PdfAhead(pdf)
        self.wants_pages = hooks.wants_pages
        self.announce, self.confirm = hooks.announce, hooks.confirm

    def meanwhile(self) -> None:
        if not self._done:
            self._done = True
            self._hooks.meanwhile()
            self.opened.begin()

    def publish(self, pdf: bytes, pages: Mapping[int, int], band: Band | None) -> None:
        self._hooks.publish(pdf, pages, band)


def set_page_ranges(setting: Setting, request: Request, state: BuildState) -> PageRanges | None:
    """Set what changed since the state, one range for each place, the last place of the document first.

    None if there is nothing to set, or only the whole will do.
    """
    text, trace, log, table, source = state.source, state.trace, state.log, state.pages, request.source
    parts: list[tuple[bytes, dict[int, int]]] = []
    reasons: list[str] = []
    while text != source:
        plan = plan_page_range(text, source, trace)
        if plan is None:
            return None
        locator = request.locator if plan.text == source else replace(request.locator, source=plan.text)
        # Of several, none is right without the others.
        page_range = set_page_range(setting, plan, trace, locator, alone=plan.text == source and not parts)
        if page_range is None:
            return None
        # A page that two ranges have set is right in the later one.
        parts = [
            (pdf, {page: at for page, at in pages.items() if page not in page_range.pages}) for pdf, pages in parts
        ]
        parts.append((page_range.pdf, page_range.pages))
        log = put_in(log, page_range.log, plan.certain.line, page_range.met, plan.shift)
        table = _splice_table(request.workspace, table, page_range, plan.shift)
        moved = source.count("\n") - plan.text.count("\n")
        reasons.append(_tell_page_range(page_range, request.locator, plan, moved))
        text, trace = plan.text, page_range.trace
    if setting.hooks.wants_pages and len(parts) > 1:
        for pdf, pages in parts:
            setting.hooks.publish(pdf, pages, None)
    if not parts:
        return None
    return PageRanges(tuple(parts), trace, log, table, "; ".join(reversed(reasons)))


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
