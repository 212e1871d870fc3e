r"""The whole .tex -> its PDF, set in parts: the body, the references, and a skeleton that holds both.

biblatex takes more of a run than all the rest: reading its .bbl, setting the list. The body does not need it (its
citations are resolved already), so it is set alone, as often as its own labels ask for: mostly once, for they are
counted beforehand (`labels.py`), and of what it then lacks only the contents are set again (`contents.py`), beside the
list. The list is set once, and not at all while neither its entries nor its first page's number change. The skeleton is
a document of as many empty pages, with the outline, the page labels and the data of the whole; the pages of the parts
take the place of its own. A list that follows the text on its page (`Continued`) is one part with the body, which then
waits for its entries. Whatever is out of the ordinary is left to the plain way: then the result is None.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from imprenta.model.document import LIST_SUFFIXES
from imprenta.model.facts import ReadsMore, ReadsNumber
from imprenta.problems import CannotContinue
from imprenta.typeset.checkpoints.auxiliary import LABEL, read_told, write_contents
from imprenta.typeset.checkpoints.build_state import LIST_ENTRIES, Left, replace_state
from imprenta.typeset.checkpoints.jobs import compose_job
from imprenta.typeset.checkpoints.labels import foresee_labels, labels_held
from imprenta.typeset.checkpoints.paged_run import PagedRun
from imprenta.typeset.checkpoints.part import Part, set_part
from imprenta.typeset.checkpoints.trace import Checkpoint, RunTrace
from imprenta.typeset.engine.background import Background
from imprenta.typeset.engine.engine import FOLDER, JOB, read_output
from imprenta.typeset.engine.formats import BASE, OPEN, format_inputs, make_format
from imprenta.typeset.engine.job import write_job
from imprenta.typeset.engine.log import read_biber_log, read_latex_log
from imprenta.typeset.engine.messages import write_messages
from imprenta.typeset.engine.stamps import stamp_inputs
from imprenta.typeset.pdf.splice import prepare_splicing, splice_pages
from imprenta.typeset.references.entries import ENTRIES, Entries
from imprenta.typeset.references.list import READ_ENTRIES, References, written_by
from imprenta.typeset.request import Typeset
from imprenta.typeset.whole.beginning import begin_anew
from imprenta.typeset.whole.contents import foresee_heading, notes_contents, set_contents
from imprenta.typeset.whole.early_pages import EarlyPages
from imprenta.typeset.whole.plan import Plan
from imprenta.typeset.whole.skeleton import Skeleton
from imprenta.workspace import Cancelled

if TYPE_CHECKING:
    from collections.abc import Mapping

    from imprenta.problems import Problem
    from imprenta.typeset.engine.engine import Engine
    from imprenta.typeset.request import Hooks, Request

BODY = "body"
"""The job that sets the body. Others set the contents anew, the list of references and the skeleton."""
OUTLINE_UNREAD = "\\providecommand\\BKM@entry[2]{}\n"
"""What the package bookmark writes before its entries, so that a run over the whole can read them."""
OF_THE_WHOLE = (".bbl", ".bcf", ".biber", ".run.xml", ".out", ".fls")
"""What only a run over the whole document writes: it would not go with the rest."""
MOST_RUNS = 5


@dataclass(frozen=True, slots=True)
class Parts:
    """What came of setting a document in parts; `problems` are warnings of LaTeX and biber."""

    pdf: bytes
    run: PagedRun
    lists: dict[str, str]
    biber_log: str
    entries: str
    problems: tuple[Problem, ...]
    engine_runs: int
    biber_runs: int
    biber_reason: str


def set_parts(request: Request, hooks: Hooks) -> Typeset | None:
    """Set a document in parts, or return None if it must be set whole."""
    begin_anew(request, hooks)
    plan = Plan.of(request.document)
    engine = request.start_engine(hooks)
    preamble = request.document.preamble
    if plan is None or not all(make_format(request.workspace, engine, preamble, name) for name in (BASE, OPEN)):
        return None
    parts = _Setter(request, hooks, engine, plan).run()
    return _keep(request, parts) if parts is not None else None


def _keep(request: Request, parts: Parts) -> Typeset:
    """Leave the document that was set in parts as if it had been set whole: the next build starts from it."""
    files: dict[str, str | None] = {
        ".aux": f"{OUTLINE_UNREAD}{parts.run.auxiliary}",
        **parts.lists,
        ".checkpoints": parts.run.trace.dumps(),
        ".log": write_messages(parts.run.messages),
        ".blg": parts.biber_log,
        LIST_ENTRIES: parts.entries,
        **dict.fromkeys(OF_THE_WHOLE),
    }
    read = format_inputs(request.workspace, BASE) | format_inputs(request.workspace, OPEN)
    for job in sorted({page.job for page in parts.run.pages}):
        read |= stamp_inputs(request.workspace, f"{FOLDER}/{job}.fls")
    pieces = request.document.pieces
    reads_labels, reads_numbers = (any(piece.has(kind) for piece in pieces) for kind in (ReadsMore, ReadsNumber))
    left = Left(parts.pdf, parts.run.pages, files, reads_labels, reads_numbers)
    replace_state(request.workspace, request.inputs, left, read, clean=not parts.problems, parted=True)
    times = "una vez" if parts.engine_runs == 1 else f"{parts.engine_runs} veces"
    reason = f"el texto entero, {times}, hasta que sus números y sus índices quedaron como estaban"
    runs = parts.engine_runs, parts.biber_runs
    pages = len(parts.run.pages)
    return Typeset(parts.pdf, parts.problems, *runs, pages, reason, tuple(read), biber_reason=parts.biber_reason)


class _Setter:
    """Sets the parts until their labels and contents stay as they are."""

    def __init__(self, request: Request, hooks: Hooks, engine: Engine, plan: Plan) -> None:
        self.early = EarlyPages(hooks)
        self.workspace = request.workspace
        self.engine = engine
        self.plan = plan
        self.locator = request.locator
        self.prepared = request.prepared
        self.request = request
        self.engine_runs = self.biber_runs = 0
        self.biber_reason = ""
        self.references = References(engine, plan.document)
        self.skeleton = Skeleton(engine, plan.document)

    def run(self) -> Parts | None:
        prepare_splicing()
        entries = Background(self.find_entries)
        try:
            return self.set_until_settled(entries)
        finally:
            with suppress(CannotContinue, Cancelled):
                entries.wait()
            self.references.close()
            self.skeleton.close()
            self.early.wait()

    def find_entries(self) -> str | None:
        """Return a hash of the entries of the references as soon as they are there; LaTeX begins with them at once."""
        if not self.plan.cited:
            return ""
        request = self.request
        biber = request.pool.biber
        maker = Entries(self.engine, request.document, request.bibliography, biber, request.locator)
        if self.prepared is not None:
            with suppress(CannotContinue):
                self.biber_runs, self.biber_reason = self.prepared.wait_for_entries()
                self.references.take_over(self.prepared.take_list())
        found = maker.make()
        self.biber_runs += maker.biber_runs
        self.biber_reason = maker.reason or self.biber_reason
        if found is not None and not self.plan.continued:
            self.references.begin(found)
        self.skeleton.begin()
        return found

    def set_until_settled(self, entries: Background[str | None]) -> Parts | None:
        auxiliary = read_output(self.workspace, ".aux") or foresee_labels(self.plan.document)
        lists = {suffix: read_output(self.workspace, suffix) for suffix in LIST_SUFFIXES}
        for _ in range(MOST_RUNS):
            if self.plan.continued and entries.wait() is None:
                return None
            body = self.set_body(auxiliary, lists)
            if body is not None:
                self.early.show(body.pdfs[BODY], len(body.run.pages))
            known = entries.wait()
            if body is None or known is None:
                return None
            start = body.run.trace.checkpoints[-1]
            if start.line != self.plan.middle or not (self.plan.continued or _begins_list(body, start)):
                return None
            references, complete = self.set_the_rest(body, start, known, auxiliary, lists)
            if references is None:
                return None
            if complete is not None:
                return self.join(complete, references)
            auxiliary = body.run.auxiliary + written_by(references)
            lists = write_contents(auxiliary)
        return None

    def set_body(self, auxiliary: str, lists: Mapping[str, str]) -> Part | None:
        """Set the body with the labels and contents that are known."""
        plan, begin = self.plan, self.plan.document.data
        if plan.continued and plan.cited:
            begin += READ_ENTRIES
            self.workspace.write(f"{FOLDER}/{BODY}.bbl", self.workspace.read(f"{FOLDER}/{ENTRIES}.bbl") or b"")
        write_job(self.workspace, BODY, compose_job(plan.body, plan.first, "", auxiliary, lists, begin))
        self.engine_runs += 1
        self.engine.announce(f"pdfLaTeX, texto, pasada {self.engine_runs}")
        return set_part(self.workspace, self.engine, BODY, OPEN)

    def set_the_rest(
        self, body: Part, start: Checkpoint, entries: str, auxiliary: str, lists: Mapping[str, str]
    ) -> tuple[Part | None, Part | None]:
        """Set the list and, beside it, the contents; return the list and the body with the right contents.

        `auxiliary` and `lists` are what the body was told before it was set. There is no body with the right contents
        if more than the contents is wrong in it.
        """
        waiting = Background(partial(self.set_references, start, entries))
        heading = "" if self.plan.continued else foresee_heading(self.plan.document, self.plan.middle, start)
        wanted = write_contents(body.run.auxiliary + heading)
        complete = None
        try:
            if not self.plan.reads_more and labels_held(auxiliary, body.run.auxiliary, whole=False):
                complete = self.complete(body, wanted, lists)
        finally:
            self.engine.announce("pdfLaTeX, referencias")
            references = waiting.wait()
        if references is None:
            return None, None
        if self.plan.reads_more:
            whole = body.run.auxiliary + written_by(references)
            settled = read_told(whole)[1:] == read_told(auxiliary)[1:] and write_contents(whole) == lists
            return references, body if settled else None
        for _ in range(MOST_RUNS):  # the contents may be among what they tell of
            whole = complete.run.auxiliary + written_by(references) if complete is not None else ""
            if complete is None or not labels_held(auxiliary, whole):
                return references, None
            if complete.run.trace.checkpoints[-1].number != start.number:
                return references, None  # pages are counted on after the contents: the list begins with another number
            if write_contents(whole) == wanted:
                break
            wanted = write_contents(whole)
            complete = self.complete(body, wanted, lists)
        return references, complete

    def set_references(self, start: Checkpoint, entries: str) -> Part | None:
        """Return the list that begins where the body ends; one without pages if there is none left to set."""
        if self.plan.cited and not self.plan.continued:
            return self.references.set(start, entries)
        return Part(PagedRun(RunTrace((replace(start, pages=0),)), ("", ""), (), ()), {}, "")

    def complete(self, body: Part, wanted: Mapping[str, str], lists: Mapping[str, str]) -> Part | None:
        """Return a body with the contents that are wanted; it was set with `lists`."""
        if wanted == lists:
            return body
        if not notes_contents(body, BODY):
            return None
        if not body.run.trace.lists:
            return body
        return set_contents(self.workspace, self.engine, self.plan, body, wanted)

    def join(self, body: Part, references: Part) -> Parts | None:
        """Put the pages of the parts into the skeleton."""
        run = body.run if self.plan.continued else body.run.followed_by(references.run)
        labels = LABEL.findall(run.auxiliary)
        if len(labels) != len(set(labels)):
            return None  # LaTeX tells of a label that is there twice when it sets the whole
        skeleton = self.skeleton.set(run)
        if skeleton is None:
            return None
        self.engine.announce("Unión de las páginas")
        pdfs = {**body.pdfs, **references.pdfs}
        pdf = splice_pages(skeleton, *((pdfs[job], pages) for job, pages in run.taken_from(pdfs).items()))
        biber_log, entries = (
            read_output(self.workspace, suffix, ENTRIES) if self.plan.cited else "" for suffix in (".blg", ".bbl")
        )
        problems = [
            *read_latex_log(write_messages(run.messages), f"{FOLDER}/{JOB}.log", self.locator),
            *read_biber_log(biber_log, f"{FOLDER}/{JOB}.blg", self.locator),
        ]
        runs = self.engine_runs, self.biber_runs, self.biber_reason
        return Parts(pdf, run, write_contents(run.auxiliary), biber_log, entries, tuple(problems), *runs)


def _begins_list(body: Part, start: Checkpoint) -> bool:
    """Tell whether the list can be set alone from where the body ends: on a page without floats, in no group."""
    return start.is_fresh and start.floats.none and start.flags == body.run.trace.checkpoints[0].flags
