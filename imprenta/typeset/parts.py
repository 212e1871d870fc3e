r"""The whole .tex -> its PDF, set in parts: the body, the references, and a frame that holds both.

biblatex takes more of a run than all the rest: reading its .bbl, setting the list. The body does not need it (its
citations are resolved already), so it is set alone, as often as its own labels ask for; the list is set once, and not
at all while neither its entries nor its first page's number change. The frame is a document of as many empty pages,
with the outline, the page labels and the data of the whole; the pages of the parts take the place of its own. Whatever
is out of the ordinary is left to the plain way: then the result is None.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from imprenta.typeset.background import Background
from imprenta.typeset.engine import FOLDER, JOB, read_output
from imprenta.typeset.entries import DEFINES, ENTRIES, LIVE_CITATION, NOCITE, PRINT, Entries
from imprenta.typeset.formats import BASE, BEGIN, OPEN, format_key, make_format, split_preamble
from imprenta.typeset.frame import write_frame
from imprenta.typeset.jobs import LIST_SUFFIXES, PAGE_MARK, read_written, restore, write_job
from imprenta.typeset.log import asks_for_rerun, leaves_group_open, read_biber_log, read_latex_log
from imprenta.typeset.milestones import MILESTONE, Milestone, Passage, move, read_passage
from imprenta.typeset.splice import prepare_splicing, splice_pages
from imprenta.workspace import content_hash

if TYPE_CHECKING:
    from imprenta.problems import Problem
    from imprenta.typeset.engine import Engine
    from imprenta.typeset.entries import Prepared
    from imprenta.typeset.locate import Locator
    from imprenta.workspace import Workspace

BODY, LIST, FRAME = "cuerpo", "referencias", "marco"
"""The jobs: the body; the list of references; the frame. A fourth is the one for which biber makes the entries."""
CONTENTS_LINE = re.compile(r"^\\(?:@writefile\{(\w+)\}\{(.*)\}|babel@aux\{(\w+)\}\{\w*\})$", re.MULTILINE)
LABEL = re.compile(r"^\\newlabel\{([^}]*)\}", re.MULTILINE)
MOST_RUNS = 5


@dataclass(frozen=True, slots=True)
class Parts:
    """What came of setting a document in parts; `problems` are warnings of LaTeX and biber."""

    pdf: bytes
    passage: Passage
    auxiliary: str
    lists: dict[str, str]
    log: str
    biber_log: str
    problems: tuple[Problem, ...]
    pages: tuple[tuple[str, int], ...]
    engine_runs: int
    biber_runs: int


@dataclass(frozen=True, slots=True)
class _Part:
    """A part that was set: its PDF, what LaTeX passed, its .aux and its log."""

    pdf: bytes
    passage: Passage
    auxiliary: str
    log: str


def set_parts(
    workspace: Workspace, engine: Engine, source: str, locator: Locator, prepared: Prepared | None = None
) -> Parts | None:
    """Set a document in parts, or return None if it must be set whole. Its files are in the folder already."""
    plan = _Plan.of(source)
    if plan is None:
        return None
    setter = _Setter(workspace, engine, plan, locator)
    preamble, _ = split_preamble(source)
    if not (make_format(workspace, engine, preamble, BASE) and make_format(workspace, engine, preamble, OPEN)):
        return None
    return setter.run(prepared)


@dataclass(frozen=True, slots=True)
class _Plan:
    """Where the parts are in the rows of the .tex: lines from 1, the body from `first`, the list from `middle`."""

    preamble: str
    rows: list[str]
    first: int
    middle: int
    last: int
    nocite: str

    @classmethod
    def of(cls, source: str) -> _Plan | None:
        """Find the parts; None if the document has another form than that of the engine's templates."""
        preamble, body = split_preamble(source)
        nocite = NOCITE.search(body)
        if LIVE_CITATION.search(body) or DEFINES.search(body) or source.count(PRINT) != 1 or nocite is None:
            return None
        rows = source.split("\n")
        begin = next(number for number, row in enumerate(rows, 1) if row.startswith(BEGIN))
        printed = next(number for number, row in enumerate(rows, 1) if row.startswith(PRINT))
        last = next((number for number, row in enumerate(rows, 1) if row.startswith(r"\end{document}")), 0)
        milestones = [number for number, row in enumerate(rows, 1) if row == MILESTONE]
        middle = max((number for number in milestones if number < printed), default=0)
        if not milestones or middle <= milestones[0] or last <= printed or milestones[0] != begin + 2:
            return None
        return cls(preamble, rows, milestones[0], middle, last, nocite[0])


class _Setter:
    """Sets the parts until their labels and contents stay as they are."""

    def __init__(self, workspace: Workspace, engine: Engine, plan: _Plan, locator: Locator) -> None:
        self.workspace = workspace
        self.engine = engine
        self.plan = plan
        self.locator = locator
        self.engine_runs = self.biber_runs = 0

    def run(self, prepared: Prepared | None) -> Parts | None:
        auxiliary = read_output(self.workspace, ".aux")
        lists = {suffix: read_output(self.workspace, suffix) for suffix in LIST_SUFFIXES}
        prepare_splicing()
        maker = Entries(self.workspace, self.engine, self.plan.preamble, self.plan.nocite, self.locator)
        entries = Background(partial(maker.find, prepared))
        for _ in range(MOST_RUNS):
            body = self.set_body(auxiliary, lists)
            known = entries.wait()
            self.biber_runs = maker.biber_runs
            if body is None or known is None:
                return None
            start = body.passage.milestones[-1]
            if start.line != self.plan.middle or not start.is_fresh or start.flags != body.passage.milestones[0].flags:
                return None
            references = self.set_references(start, known)
            if references is None:
                return None
            whole = body.auxiliary + references.auxiliary.partition(PAGE_MARK)[2]
            contents = _contents(whole)
            settled = read_written(whole)[1:] == read_written(auxiliary)[1:] and contents == lists
            auxiliary, lists = whole, contents
            if settled:
                return self.join(body, references, auxiliary, lists)
        return None

    def set_body(self, auxiliary: str, lists: dict[str, str]) -> _Part | None:
        """Set the body with the labels and contents that are known."""
        rows = [*self.plan.rows[: self.plan.middle]]
        job = write_job(self.workspace, BODY, rows, self.plan.first, "", auxiliary, lists)
        self.workspace.write(f"{FOLDER}/{BODY}.tex", job)
        self.engine_runs += 1
        self.engine.announce(f"pdfLaTeX, texto, pasada {self.engine_runs}")
        return self.set_part(BODY, OPEN)

    def set_references(self, start: Milestone, entries: str) -> _Part | None:
        """Set the list, unless it is there as it has to be."""
        rows = [*self.plan.rows[: self.plan.last - 1], r"\clearpage"]
        state = restore(start)
        format = format_key(self.plan.preamble, self.engine)
        key = content_hash(format, entries, "\n".join(rows[self.plan.middle - 1 :]), state, self.plan.nocite)
        if self.recall(LIST, key) is not None and (kept := self.read_part(LIST)) is not None:
            return kept
        begin = rf"{BEGIN}{self.plan.nocite}"
        job = write_job(self.workspace, LIST, rows, self.plan.middle, state, "", {}, begin)
        self.workspace.write(f"{FOLDER}/{LIST}.tex", job)
        self.workspace.write(f"{FOLDER}/{LIST}.bbl", self.workspace.read(f"{FOLDER}/{ENTRIES}.bbl") or b"")
        self.engine.announce("pdfLaTeX, referencias")
        part = self.set_part(LIST, BASE)
        if part is not None:
            self.keep(LIST, key, part.pdf)
        return part

    def set_part(self, job: str, format: str) -> _Part | None:
        """Run LaTeX over a job that is written; None if it failed or did not reach its end."""
        arguments = [f"-fmt={format}", "-recorder", "-synctex=1", f"-jobname={job}", f"{job}.tex"]
        self.workspace.remove(f"{FOLDER}/{job}.aux")  # what a job has to know is in its own file
        finished = self.engine.start(arguments)
        part = self.read_part(job) if finished.status == 0 else None
        if part is None or asks_for_rerun(part.log) or leaves_group_open(part.log):
            return None
        return part if part.passage.ended else None

    def read_part(self, job: str) -> _Part | None:
        pdf = self.workspace.read(f"{FOLDER}/{job}.pdf")
        try:
            passage = read_passage(read_output(self.workspace, ".hitos", job))
        except ValueError:
            return None
        if pdf is None or not passage.milestones:
            return None
        return _Part(pdf, passage, read_output(self.workspace, ".aux", job), read_output(self.workspace, ".log", job))

    def recall(self, job: str, key: str) -> bytes | None:
        """Return the PDF of a job that was set before, if it was given the same and is still there."""
        pdf = self.workspace.read(f"{FOLDER}/{job}.pdf")
        try:
            noted = json.loads(self.workspace.read(f"{FOLDER}/{job}.json") or b"{}")
        except ValueError:
            return None
        return pdf if pdf is not None and noted == {"key": key, "pdf": content_hash(pdf)} else None

    def keep(self, job: str, key: str, pdf: bytes) -> None:
        """Note what the PDF of a job was made from."""
        self.workspace.write(f"{FOLDER}/{job}.json", json.dumps({"key": key, "pdf": content_hash(pdf)}))

    def join(self, body: _Part, references: _Part, auxiliary: str, lists: dict[str, str]) -> Parts | None:
        """Put the pages of the parts into the frame."""
        labels = LABEL.findall(auxiliary)
        if len(labels) != len(set(labels)):
            return None  # LaTeX tells of a label that is there twice when it sets the whole
        count, more = len(body.passage.shipped), len(references.passage.shipped)
        moved = (move(event, 0, count) for event in references.passage.events)
        # The milestone at which the list begins ends the body too.
        events = (*body.passage.events[: body.passage.events.index(body.passage.milestones[-1])], *moved)
        passage = Passage(events)
        frame = self.set_frame(passage, auxiliary)
        if frame is None:
            return None
        self.engine.announce("Unión de las páginas")
        pdf = splice_pages(
            frame,
            (body.pdf, {number: number for number in range(count)}),
            (references.pdf, {count + number: number for number in range(more)}),
        )
        log = body.log + references.log
        biber_log = read_output(self.workspace, ".blg", ENTRIES)
        problems = [
            *read_latex_log(log, f"{FOLDER}/{JOB}.log", self.locator),
            *read_biber_log(biber_log, f"{FOLDER}/{JOB}.blg", self.locator),
        ]
        pages = tuple((BODY, number) for number in range(count)) + tuple((LIST, number) for number in range(more))
        return Parts(
            pdf, passage, auxiliary, lists, log, biber_log, tuple(problems), pages, self.engine_runs, self.biber_runs
        )

    def set_frame(self, passage: Passage, auxiliary: str) -> bytes | None:
        """Return a PDF of empty pages with the outline, the labels and the data of the whole."""
        rows = write_frame(passage, auxiliary)
        if rows is None:
            return None
        source = "\n".join(rows)
        key = content_hash(format_key(self.plan.preamble, self.engine), source)
        kept = self.recall(FRAME, key)
        if kept is not None:
            return kept
        self.workspace.write(f"{FOLDER}/{FRAME}.tex", source)
        self.workspace.remove(f"{FOLDER}/{FRAME}.aux")
        self.engine.announce("pdfLaTeX, marco")
        finished = self.engine.start([f"-fmt={BASE}", f"-jobname={FRAME}", f"{FRAME}.tex"])
        pdf = self.workspace.read(f"{FOLDER}/{FRAME}.pdf")
        if finished.status != 0 or pdf is None:
            return None
        self.keep(FRAME, key, pdf)
        return pdf


def _contents(auxiliary: str) -> dict[str, str]:
    """Return the lists of contents that an .aux writes, by their ending."""
    lists = dict.fromkeys(LIST_SUFFIXES, "")
    for ending, line, language in CONTENTS_LINE.findall(auxiliary):
        if language:  # babel changes the language in all lists
            lists = {suffix: rf"{text}\babel@toc{{{language}}}{{}}\relax" + "\n" for suffix, text in lists.items()}
        elif f".{ending}" in lists:
            lists[f".{ending}"] += line.removesuffix(r"\protected@file@percent ") + "%\n"
    return lists
