"""What the pages of a document are and what its outline says -> the .tex of its skeleton: as many empty pages.

Page labels come from the numbers that the pages are given. The outline is that of the package bookmark, which keeps the
tree in macros «BKM@id» of three groups (the parent's id, the level, how many children; see bkm-pdftex.def) and the
entries in the .aux: both are written here as the package would.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from imprenta.model.document import BEGIN
from imprenta.typeset.checkpoints.auxiliary import OUTLINE, SERIAL
from imprenta.typeset.checkpoints.part import keep_job, recall_job, was_given
from imprenta.typeset.engine.engine import FOLDER
from imprenta.typeset.engine.formats import BASE, format_key
from imprenta.typeset.engine.waiting_job import WaitingJob
from imprenta.workspace import content_hash

if TYPE_CHECKING:
    from imprenta.model.document import Document
    from imprenta.typeset.checkpoints.paged_run import PagedRun
    from imprenta.typeset.checkpoints.trace import RunTrace
    from imprenta.typeset.engine.engine import Engine

SKELETON = "skeleton"
"""The job that sets the empty pages."""
ROWS = f"{FOLDER}/{SKELETON}.rows"
"""The file with what it sets."""
OPENING = r"\pagestyle{empty}\makeatletter\checkpointfirst\@@input \jobname.rows \end{document}"
DESTINATION = re.compile(r"dest=\{([0-9A-F]+)\}")
LEVELS = ("part", "section", "subsection", "subsubsection", "paragraph", "subparagraph")
"""The names of headings by their level, which the names of their destinations begin with."""
LISTED = ("figure", "table")
"""What stands in the outline below the list that names it, one level further down."""


def write_skeleton(trace: RunTrace, auxiliary: str) -> list[str] | None:
    """Return the rows of the skeleton's .tex, or None if the outline is not one of headings, figures and tables."""
    rows = []
    entries = OUTLINE.findall(auxiliary)
    levels = []
    for entry in entries:
        found = DESTINATION.search(entry)
        name = bytes.fromhex(found[1]).decode("latin-1").partition(".")[0].rstrip("*") if found else ""
        if name in LISTED:
            name = "subsection"
        if name not in LEVELS:
            return None
        levels.append(LEVELS.index(name))
    for number, (entry, (parent, children)) in enumerate(zip(entries, _tree(levels), strict=True), 1):
        level = levels[number - 1]
        told = SERIAL.sub(f"id={number}", entry, count=1)
        rows.append(rf"\expandafter\gdef\csname BKM@{number}\endcsname{{{{{parent}}}{{{level}}}{{{children}}}}}%")
        rows.append(rf"\immediate\write\@mainaux{{\unexpanded{{{told}}}}}%")
    if entries:
        top = levels.count(min(levels))
        rows.append(rf"\expandafter\gdef\csname BKM@0\endcsname{{00{top}}}\BKM@id={len(entries)}\relax")
    for page in trace.shipped:
        rows.append(rf"\gdef\thepage{{{page.form}}}\global\c@page={page.number}\relax\null\clearpage")
    return [*rows, ""]


class Skeleton:
    """Sets the skeleton of a document, or takes the one that is there.

    Before its pages are known LaTeX can read all that a document begins with, which is most of the work.
    """

    def __init__(self, engine: Engine, document: Document) -> None:
        """Take the document."""
        self._workspace = engine.workspace
        self._engine = engine
        self._source = f"{BEGIN}{document.data}{OPENING}\n"
        self._given = content_hash(format_key(document.preamble, engine), self._source)
        self._waiting: WaitingJob | None = None

    def begin(self) -> None:
        """Let LaTeX begin, unless the skeleton that is there may do."""
        if not was_given(self._workspace, SKELETON):
            self._waiting = WaitingJob(self._engine, self._prepare(), ROWS)

    def set(self, run: PagedRun) -> bytes | None:
        """Return a PDF of empty pages with the outline, the labels and the data of the whole."""
        rows = write_skeleton(run.trace, run.auxiliary)
        if rows is None:
            return None
        source = "\n".join(rows)
        key = content_hash(self._given, source)
        kept = recall_job(self._workspace, SKELETON, key)
        if kept is not None:
            return kept
        self._engine.announce("pdfLaTeX, marco")
        waiting, self._waiting = self._waiting, None
        finished = waiting.go_on(source) if waiting is not None else None
        if finished is None:
            arguments = self._prepare()
            self._workspace.write(ROWS, source)
            finished = self._engine.start(arguments)
        pdf = self._workspace.read(f"{FOLDER}/{SKELETON}.pdf")
        if finished.status != 0 or pdf is None:
            return None
        keep_job(self._workspace, SKELETON, key, pdf)
        return pdf

    def close(self) -> None:
        """End the program that waits, if there is one."""
        if self._waiting is not None:
            self._waiting.end()
            self._waiting = None
        self._workspace.remove(ROWS)

    def _prepare(self) -> list[str]:
        """Return the arguments with which LaTeX is run over the job, whose rows are still to be written."""
        self._workspace.write(f"{FOLDER}/{SKELETON}.tex", self._source)
        self._workspace.remove(f"{FOLDER}/{SKELETON}.aux")
        return [f"-fmt={BASE}", f"-jobname={SKELETON}", f"{SKELETON}.tex"]


def _tree(levels: list[int]) -> list[tuple[int, int]]:
    """Return the id of each entry's parent (0 for none) and how many children it has; ids count from 1."""
    parents: list[int] = []
    children = [0] * (len(levels) + 1)
    for number, level in enumerate(levels, 1):
        parent = number - 1
        while parent and levels[parent - 1] >= level:
            parent = parents[parent - 1]
        parents.append(parent)
        children[parent] += 1
    return [(parent, children[number]) for number, parent in enumerate(parents, 1)]
