"""A request for a PDF: the .tex of a report and all that goes with it -> what each way of typesetting is given."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from imprenta.model.bib_entry import join_entries
from imprenta.model.document import FACTS
from imprenta.model.entry_places import write_entry_lines
from imprenta.typeset.checkpoints.build_state import BuildState, Inputs
from imprenta.typeset.engine.engine import FOLDER, JOB, Engine, read_output
from imprenta.typeset.engine.locate import Locator
from imprenta.typeset.engine.log import read_biber_log, read_latex_log
from imprenta.workspace import content_hash

if TYPE_CHECKING:
    from collections.abc import Mapping

    from imprenta.model.bib_entry import WrittenEntry
    from imprenta.model.document import Document
    from imprenta.model.entry_places import PlacedBibliography
    from imprenta.model.source_map import SourceMap
    from imprenta.problems import Problem
    from imprenta.typeset.checkpoints.paged_run import PagedRun
    from imprenta.typeset.engine.pool import EnginePool
    from imprenta.typeset.engine.waiting_job import WaitingJob
    from imprenta.typeset.pdf.splice import PdfAhead
    from imprenta.workspace import Workspace

AUTHOR_BIBLIOGRAPHY = f"{FOLDER}/fuentes.bib"
"""The author's own .bib, for who looks for an entry of the PDF in it; `references.bib` is what biber reads."""
ENTRY_LINES = f"{FOLDER}/fuentes.entries"
"""Where the entries are in it."""

Band = tuple[float, float]
"""Two heights on a page, in big points from its top."""


class Hooks(Protocol):
    """What whoever wants a PDF is told, and may do, while it is made."""

    @property
    def wants_pages(self) -> bool:
        """Tell whether pages are to be published before the whole PDF is there."""

    @property
    def seen_pages(self) -> frozenset[int]:
        """Return the pages (from 0) that somebody looks at, of the document as it was shown last."""

    def announce(self, step: str) -> None:
        """Hear that a step begins, in Spanish."""

    def confirm(self) -> None:
        """Be asked before the whole is set, which takes long; whatever is raised ends the typesetting."""

    def meanwhile(self) -> None:
        """Do something else while LaTeX sets pages, in another thread and before any page is published."""

    def publish_early(self, pdf: bytes, pages: Mapping[int, int]) -> None:
        """Get pages that are set, some of which may be set again; `confirm` came before. In another thread."""

    def publish(self, pdf: bytes, pages: Mapping[int, int], band: Band | None) -> None:
        """Get pages that are set: a PDF and, for pages of the document (from 0), which of its pages they are.

        With a band they are right between two heights only.
        """


class Preparation(Protocol):
    """What was begun before the .tex was there: formats of the preamble, the entries of the references."""

    def wait_for_entries(self) -> tuple[int, str]:
        """Wait until the entries are there; return how often biber ran for them, and why."""

    def take_list(self) -> WaitingJob | None:
        """Hand over the list of references, if LaTeX has begun to set it; after the entries are there."""


@dataclass(frozen=True, slots=True)
class SetAhead:
    """Pages that were set before all was there that the document shows: as if there had been a build of that document.

    `state` is that of the last build, `run` has the pages; their PDFs are by the names of their jobs, `set_with` are
    the numbers with which they were set, and `reasons` tell which they are, in Spanish. `drawings` are those that they
    have, as `Inputs` has them; `opened` is the PDF of that build, which the pages will be put into.
    """

    state: BuildState
    document: Document
    run: PagedRun
    pdfs: Mapping[str, bytes]
    set_with: Mapping[tuple[str, int], tuple[str, int]]
    reasons: tuple[str, ...]
    drawings: Mapping[str, str]
    opened: PdfAhead


@dataclass(frozen=True)
class Request:
    """What is to be typeset.

    `bibliography` are the entries of the .bib that biber reads, by their keys there, `author_bibliography` is the one
    that they were made of; `files` are those that the .tex includes, and `drawings` those of them of which LaTeX goes
    by no more than the size, which their names tell; `places` tells where the .tex comes from. `date`
    (AAAA[-MM[-DD]]) is the document's time stamp, so that the same data give the same bytes. With `plain` LaTeX sets
    the whole in the ordinary way. `pool` are the engines that wait. Of what was set `ahead` only the rest is set.
    """

    workspace: Workspace
    document: Document
    bibliography: Mapping[str, WrittenEntry]
    files: Mapping[str, bytes]
    places: SourceMap
    author_bibliography: PlacedBibliography
    date: str
    pool: EnginePool
    prepared: Preparation | None = None
    plain: bool = False
    ahead: SetAhead | None = None
    drawings: frozenset[str] = frozenset()

    @cached_property
    def locator(self) -> Locator:
        """Return who tells the author's places for those of the .tex."""
        folders = self.workspace.list_folders("templates")
        own = frozenset(path for folder in folders for path in self.workspace.list_files(folder, ".j2"))
        return Locator(self.document, self.places, self.author_bibliography, own_templates=own)

    @cached_property
    def bibliography_file(self) -> bytes:
        """Return the .bib that biber reads."""
        return join_entries(self.bibliography)

    @cached_property
    def inputs(self) -> Inputs:
        """Return the hashes of what LaTeX and biber are given."""
        entries = self.bibliography_file
        parts: list[str | bytes] = [self.date, self.document.source, entries]
        for name in sorted(self.files):
            parts += [name, self.files[name]]
        drawings = {name: content_hash(self.files[name]) for name in sorted(self.drawings)}
        return Inputs(content_hash(*parts), content_hash(entries), self.date, drawings)

    def find_redrawn(self, state: BuildState) -> dict[str, bytes]:
        """Return the drawings that are others than a state has, or what was set ahead; of another size none is.

        Invariant I6: LaTeX goes by a drawing's size alone, which is in its name. So the .tex, and the pages but for
        what is drawn there, are the same.
        """
        had = [state.record.inputs.drawings, self.ahead.drawings if self.ahead is not None else {}]
        marks = self.inputs.drawings.items()
        return {name: self.files[name] for name, mark in marks if any(one.get(name, mark) != mark for one in had)}

    @cached_property
    def state(self) -> BuildState | None:
        """Return what the last good build left, as it was before this one wrote anything."""
        return self.ahead.state if self.ahead is not None else BuildState.read(self.workspace)

    def start_engine(self, hooks: Hooks) -> Engine:
        """Return what runs pdfLaTeX and biber for this request."""
        return Engine(self.workspace, self.date, hooks.announce, self.locator)

    def write_files(self) -> None:
        """Put the files that the .tex includes beside it."""
        for name, data in self.files.items():
            self.workspace.write(f"{FOLDER}/{name}", data)

    def remove_unused_files(self) -> None:
        """Take away files of earlier builds that the .tex does not include any more."""
        for folder in {name.rpartition("/")[0] for name in self.files}:
            for path in self.workspace.list_files(f"{FOLDER}/{folder}", ""):
                if path.removeprefix(f"{FOLDER}/") not in self.files:
                    self.workspace.remove(path)

    def write_origins(self) -> None:
        """Keep the facts, the map and the author's .bib: lines may have moved while what is set stayed the same."""
        self.workspace.write(f"{FOLDER}/{JOB}{FACTS}", self.document.dumps())
        self.workspace.write(f"{FOLDER}/{JOB}.map", self.places.dumps())
        self.workspace.write(AUTHOR_BIBLIOGRAPHY, self.author_bibliography.text)
        self.workspace.write(ENTRY_LINES, write_entry_lines(self.author_bibliography))

    def read_logs(self, log: str | None = None, biber_log: str | None = None) -> tuple[Problem, ...]:
        """Return what LaTeX and biber had to say of the whole; the logs are those on the disk unless they are given."""
        said = read_output(self.workspace, ".log") if log is None else log
        biber_said = read_output(self.workspace, ".blg") if biber_log is None else biber_log
        return (
            *read_latex_log(said, f"{FOLDER}/{JOB}.log", self.locator),
            *read_biber_log(biber_said, f"{FOLDER}/{JOB}.blg", self.locator),
        )


@dataclass(frozen=True, slots=True)
class Typeset:
    """What came of typesetting: the PDF (None if it failed), how it was made, what was found."""

    pdf: bytes | None
    problems: tuple[Problem, ...]
    engine_runs: int
    biber_runs: int
    pages: int = 0
    reason: str = ""
    """What LaTeX set and why, in Spanish."""
    read: tuple[str, ...] = ()
    """The files of TeX's own trees that were read, by their absolute paths."""
    changed: frozenset[int] | None = None
    """The pages (from 0) that are not those of the PDF before; None if any may be another."""
    former: str = ""
    """The hash of the PDF before, of which the other pages are."""
    biber_reason: str = ""
    """For which works biber ran and why, in Spanish; empty if they and references.bib are the same."""
    litter: object = field(default=None, repr=False, compare=False)
    """What is let go of when nobody waits any more: to close a PDF takes some milliseconds."""
