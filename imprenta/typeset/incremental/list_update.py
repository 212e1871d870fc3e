r"""References that came, went or changed -> the list's pages set anew, and other pages with the new numbers of works.

Two .tex of which the second cites other works, or in another order, differ in most rows by numbers alone. So the first
is taken to have the second's numbers already (`references/numbers.py`): what still differs is set by LaTeX as after any
change, and on all other pages the digits are changed (`pdf/renumber.py`). Beside that biber writes the entries, and
LaTeX sets the pages of the list that are others now (`references/list_range.py`). Whatever is in doubt is None: then
the whole is set.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property, reduce
from queue import SimpleQueue
from threading import Event
from typing import TYPE_CHECKING

from imprenta.model.facts import Continued
from imprenta.problems import CannotContinue
from imprenta.typeset.checkpoints.build_state import LIST_ENTRIES
from imprenta.typeset.checkpoints.start import restore
from imprenta.typeset.engine.background import Background
from imprenta.typeset.engine.engine import FOLDER, read_output
from imprenta.typeset.engine.locate import BIBLIOGRAPHY
from imprenta.typeset.incremental.list_job import ListJob
from imprenta.typeset.incremental.list_pages import put_list
from imprenta.typeset.pdf.renumber import open_pdf, read_places, renumber_pages
from imprenta.typeset.references.entries import ENTRIES, Entries
from imprenta.typeset.references.foretold_bbl import foretell_bbl
from imprenta.typeset.references.list import sets_references
from imprenta.typeset.references.list_range import plan_list_range, whole_list
from imprenta.typeset.references.numbers import find_pieces_on, read_numbers, renumber_document
from imprenta.workspace import Cancelled

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from imprenta.typeset.checkpoints.build_state import BuildState
    from imprenta.typeset.checkpoints.paged_run import PagedRun
    from imprenta.typeset.checkpoints.trace import Checkpoint
    from imprenta.typeset.incremental.list_pages import ListPages
    from imprenta.typeset.incremental.setting import Setting
    from imprenta.typeset.pdf.renumber import Place
    from imprenta.typeset.request import Request

CITATION = "cite.0@"
"""What a citation is known by: none may stand where others read it, in labels, in contents or in a running head."""


@dataclass(frozen=True, slots=True)
class UpdatedList:
    """What the references need: the run with the list's pages, their PDFs by their jobs' names, and why, in Spanish.

    `contents` are new contents of pages of the run before (from 0) on which nothing but numbers changed, `files` what
    is kept anew.
    """

    run: PagedRun
    pdfs: Mapping[str, bytes]
    contents: Mapping[int, bytes]
    files: Mapping[str, str]
    reason: str


def changes_references(request: Request, state: BuildState) -> bool:
    """Tell whether other works are cited than in the state, or in another order, or something else is said of them."""
    same = state.record.inputs.bibliography == request.inputs.bibliography
    return not same or state.document.cited != request.document.cited


def can_update(request: Request, state: BuildState) -> bool:
    """Tell whether pages of the list, and the numbers on other pages, can be changed alone."""
    if sets_references(request.document.foreign) or request.document.has(Continued):
        return False
    if not (request.document.cited and state.document.cited and state.entries):
        return False
    return not any(CITATION in checkpoint.head for checkpoint in state.run.trace.checkpoints) and not any(
        CITATION in text for text in state.run.written
    )


class ListUpdate:
    """Sets what other references need, in a thread of its own, while the pages that changed are set."""

    def __init__(self, setting: Setting, request: Request, state: BuildState) -> None:
        """Begin."""
        self._setting = setting
        self._request = request
        self._state = state
        begin = state.run.trace.checkpoints[-1].pages
        pdf = open_pdf(state.pdf)
        numbers = read_numbers(state.document), read_numbers(request.document)
        self._renumbered = renumber_pages(pdf, range(begin), *numbers)
        self._pdf, self._begin = pdf, begin
        kept = find_pieces_on(self._renumbered.refused, state.document, state.run.trace)
        self.document = renumber_document(state.document, request.document, kept)
        """The document before with the numbers of now, as far as they can be changed on its pages."""
        self.biber_runs, self.biber_reason = 0, ""
        self._entries = ""
        self._ready: SimpleQueue[ListPages | None] = SimpleQueue()
        """Pages of the list that are set, and None when there are no more to come."""
        self._begun = Event()
        self._work = Background(self._set_first)

    @cached_property
    def _places(self) -> dict[str, Place]:
        """Return where the entries stand on the pages of the list that is there."""
        return {key: (page - self._begin, x, y) for key, (page, x, y) in read_places(self._pdf).items()}

    def close(self) -> None:
        """Wait until nothing is done any more."""
        with suppress(CannotContinue, Cancelled):
            self._work.wait()

    def wait_for_latex(self) -> None:
        """Wait until LaTeX sets the list: whatever this process does before that is done in the time of its thread."""
        self._begun.wait()

    def finish(self, run: PagedRun) -> UpdatedList | None:
        """Return what the references need, besides the pages that were set anew in a run; None if that will not do.

        Who wants to see pages early gets those of the list as soon as they are set.
        """
        begins_alike = restore(self._start(run)) == restore(self._start(self._state.run))
        for pages in iter(self._ready.get, None):
            if begins_alike:
                self._publish(run, pages)
        listed = self._work.wait()
        stayed = {(page.job, page.page) for page in run.pages}
        kept = {number for number, page in enumerate(self._state.run.pages) if (page.job, page.page) in stayed}
        if self._renumbered.refused & kept:
            return None
        if listed is not None and not begins_alike:
            listed = self._set_list(run)  # it begins on another page than the one on which it was thought to begin
            for pages in listed or ():
                self._publish(run, pages)
        if listed is None:
            return None
        contents = {page: content for page, content in self._renumbered.contents.items() if page in kept}
        files = {LIST_ENTRIES: self._entries, ".blg": read_output(self._setting.workspace, ".blg", ENTRIES)}
        pdfs = {job: pdf for pages in listed for job, pdf in pages.part.pdfs.items()}
        return UpdatedList(reduce(put_list, listed, run), pdfs, contents, files, _tell(listed, len(contents)))

    def _publish(self, run: PagedRun, pages: ListPages) -> None:
        """Show pages of the list whose PDF is whole."""
        hooks = self._setting.hooks
        first = run.trace.checkpoints[-1].pages + pages.first
        if hooks.wants_pages:
            for pdf in pages.part.pdfs.values():
                hooks.publish(pdf, {first + number: number for number in range(pages.count)}, None)

    def _start(self, run: PagedRun) -> Checkpoint:
        """Return the checkpoint at which the list begins after the pages of a run, with its line of now."""
        document = self._request.document
        line = max(row for row in document.starts if row < document.printed)
        return replace(run.trace.checkpoints[-1], line=line)

    def _set_first(self) -> tuple[ListPages, ...] | None:
        """Return what the list needs if it begins where it began."""
        try:
            return self._set_list(self._state.run)
        finally:
            self._begun.set()
            self._ready.put(None)

    def _set_list(self, run: PagedRun) -> tuple[ListPages, ...] | None:
        """Return the pages of the list that have to be set anew in a run, or None if they do not fit into it.

        Who waits for them sees them with the entries as they will probably be while biber writes them.
        """
        setting, request = self._setting, self._request
        maker = Entries(setting.engine, request.document, request.bibliography, request.pool.biber, request.locator)
        foretold = self._foretell() if self._is_seen() else None
        making = Background(maker.make)
        listed = None
        try:
            if foretold is not None:
                listed = self._set_entries(run, foretold)
        finally:
            made = making.wait()
        self.biber_runs += maker.biber_runs
        self.biber_reason = self.biber_reason or maker.reason
        if made is None:
            return None
        self._entries = read_output(setting.workspace, ".bbl", ENTRIES)
        return listed if listed is not None and self._entries == foretold else self._set_entries(run, self._entries)

    def _foretell(self) -> str | None:
        """Return the .bbl that biber will probably write; None if that is not to be told from the one before."""
        before = (self._setting.workspace.read(f"{FOLDER}/{BIBLIOGRAPHY}") or b"").decode("utf-8", "replace")
        return foretell_bbl(self._state.entries, before, self._request.bibliography)

    def _set_entries(self, run: PagedRun, entries: str) -> tuple[ListPages, ...] | None:
        """Return what of the list has to be set anew in a run for these entries, as `_set_list` does."""
        setting, request = self._setting, self._request
        start = self._start(run)
        rows = [*request.document.rows[: request.document.ended - 1], r"\clearpage"]
        title = request.document.plain_title(start.line)
        job = ListJob(setting, run, start, rows, title, entries, self._begun.set, self._ready.put)
        whole = whole_list(entries)
        wanted = plan_list_range(self._state.entries, entries, self._places, shown=self._is_seen())
        listed = job.set(wanted, self._places) if wanted is not None else None
        return listed if listed is not None or wanted == whole else job.set(whole, self._places)

    def _is_seen(self) -> bool:
        """Tell whether somebody waits for the list and nothing else."""
        return self._setting.hooks.wants_pages and self.document.source == self._request.document.source


def _tell(listed: Sequence[ListPages], renumbered: int) -> str:
    """Tell what was done for the references."""
    count = len({number for pages in listed for number in range(pages.first, pages.first + pages.count)})
    told = [f"{count} {'página' if count == 1 else 'páginas'} de las referencias"] if count else []
    if renumbered:
        told.append(f"números de citas en {renumbered} {'página' if renumbered == 1 else 'páginas'}, sin LaTeX")
    return "; ".join(told) or "nada: lo que cambió en las referencias no se imprime"
