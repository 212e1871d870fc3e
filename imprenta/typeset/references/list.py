r"""The entries of the bibliography and the state in which the body ends -> the list of references, set alone.

LaTeX takes a while to read the entries, and only then has to know where the list begins. So it is started as soon as
the entries are there, while the body is still being set: its file of labels is a named pipe, at which it waits until
the state is written into it. What is set is what is in the .bbl, so nothing has to be cited.

Nor does it take the page's number to set the entries themselves, which is most of the work: if the templates are the
engine's, they go into a box first (`\checkpoint@setlist`), of which columns and pages are made when the state is there.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from imprenta.typeset.checkpoints.auxiliary import PAGE_MARK
from imprenta.typeset.checkpoints.jobs import compose_job
from imprenta.typeset.checkpoints.part import (
    keep_job,
    prepare_run,
    read_part,
    recall_job,
    set_part,
    take_part,
    was_given,
)
from imprenta.typeset.checkpoints.start import restore
from imprenta.typeset.engine.engine import FOLDER
from imprenta.typeset.engine.formats import OPEN, format_key
from imprenta.typeset.engine.job import LABELS, write_job
from imprenta.typeset.engine.waiting_job import WaitingJob
from imprenta.typeset.references.entries import ENTRIES
from imprenta.workspace import content_hash

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from imprenta.model.document import Document
    from imprenta.typeset.checkpoints.part import Part
    from imprenta.typeset.checkpoints.trace import Checkpoint
    from imprenta.typeset.engine.engine import Engine

LIST = "references"
"""The job that sets the list."""
STATE = f"{FOLDER}/{LIST}{LABELS}"
AHEAD = f"{FOLDER}/ahead/{LIST}.tex"
"""The file that sets the entries before the state is known. It has the job's name, so that its rows are the job's."""
SETS_REFERENCES = ("templates/documento.", "templates/preambulo.", "templates/bibliografia")
"""How the paths begin of the templates that say how works are cited and listed."""
COLUMNS, COLUMNS_END = r"\begin{multicols}{2}", r"\end{multicols}"
"""The rows around the one that prints the list."""
READ_ENTRIES = (
    r"\makeatletter\begingroup\blx@blxinit\blx@secinit\begingroup\blx@bblstart\makeatother"
    r"\csname @@input\endcsname\jobname.bbl \csname blx@bblend\endcsname"
    r"\endgroup\endgroup\csname abx@preamble\endcsname"
)
r"""What biblatex does where a document with a .bbl begins (`\blx@bblinput`), for a format that is past that."""
READ_AHEAD = r"\expandafter\def\csname checkpoint@ahead\endcsname{\csname @@input\endcsname ahead/\jobname.tex }"


def sets_references(foreign: Iterable[str]) -> bool:
    """Tell whether templates of the author's own, by their paths, may do anything to the list."""
    return any(path.startswith(SETS_REFERENCES) for path in foreign)


class References:
    """Sets the list of a document, or takes the one that is there as it has to be."""

    def __init__(self, engine: Engine, document: Document) -> None:
        """Take the document whose list it is."""
        self.workspace = engine.workspace
        self.engine = engine
        self.rows = [*document.rows[: document.ended - 1], r"\clearpage"]
        self.first = max((row for row in document.starts if row < document.closed), default=1)
        can_begin = document.printed and not sets_references(document.foreign)
        self._ahead = compose_ahead(self.rows, document.printed) if can_begin else ""
        self._data = document.data
        self._given = content_hash(
            format_key(document.preamble, engine), self._data, "\n".join(self.rows[self.first - 1 :])
        )
        self._waiting: WaitingJob | None = None

    def hand_over(self) -> WaitingJob | None:
        """Hand over the job that was begun, if there is one."""
        waiting, self._waiting = self._waiting, None
        return waiting

    def take_over(self, begun: WaitingJob | None) -> None:
        """Go on from where another has begun; what this list is not made of is ended when it begins."""
        self._waiting = begun

    def begin_early(self, entries: str) -> None:
        """Begin before it is known how the document will be set, if it will probably be set in parts."""
        if self._ahead and not was_given(self.workspace, LIST):
            self.begin(entries)

    def begin(self, entries: str) -> None:
        """Let LaTeX read the entries, of which this is the hash, unless it does, or has set the list with them."""
        if was_given(self.workspace, LIST).startswith(self._key(entries)):
            return
        key = content_hash(self._key(entries), self._ahead)
        if self._waiting is None or self._waiting.key != key:
            self.close()
            self._write()
            self._waiting = WaitingJob(self.engine, prepare_run(self.workspace, LIST, OPEN), STATE, key)

    def set(self, start: Checkpoint, entries: str) -> Part | None:
        """Return the list as it is when the body ends like this, or None if it cannot be set alone."""
        state = restore(start)
        key = f"{self._key(entries)}{content_hash(state)}"
        if recall_job(self.workspace, LIST, key) is not None and (kept := read_part(self.workspace, LIST)) is not None:
            # Its rows are the same, but stand elsewhere if the body has more lines now or fewer.
            return replace(kept, run=kept.run.further_on(self.first - kept.run.trace.checkpoints[0].line))
        part = self._go_on(state)
        if part is None and self._ahead:
            self._ahead = ""  # what is set ahead must not be set twice: its links would lead nowhere
            part = self._go_on(state)
        if part is not None:
            keep_job(self.workspace, LIST, key, part.pdfs[LIST])
        return part

    def _go_on(self, state: str) -> Part | None:
        """Return the list as LaTeX sets it from a state on, which may wait for it; None if it failed."""
        waiting, self._waiting = self._waiting, None
        if waiting is not None and (finished := waiting.go_on(state)) is not None:
            return take_part(self.workspace, LIST, finished)
        self._write()
        self.workspace.write(STATE, state)
        return set_part(self.workspace, self.engine, LIST, OPEN)

    def close(self) -> None:
        """End the program that waits, if there is one."""
        if self._waiting is not None:
            self._waiting.end()
            self._waiting = None
        self.workspace.remove(STATE)

    def _key(self, entries: str) -> str:
        return content_hash(self._given, entries)

    def _write(self) -> None:
        begin = self._data + READ_ENTRIES
        if self._ahead:
            self.workspace.write(AHEAD, self._ahead)
            begin += READ_AHEAD
        write_job(self.workspace, LIST, compose_job(self.rows, self.first, "", "", {}, begin))
        self.workspace.write(f"{FOLDER}/{LIST}.bbl", self.workspace.read(f"{FOLDER}/{ENTRIES}.bbl") or b"")


def compose_ahead(rows: Sequence[str], printed: int) -> str:
    """Return the .tex that sets the entries of a list before its state is known, or nothing if it has another form.

    It is printed on the row `printed` (from 1).
    """
    if printed < 2:  # nothing is cited
        return ""
    before, print_list, after = rows[printed - 2 : printed + 1]
    if (before, after) != (COLUMNS, COLUMNS_END):
        return ""
    return "%\n" * (printed - 1) + rf"\checkpoint@setlist{{2}}{{{print_list}}}%" + "\n"


def written_by(references: Part) -> str:
    """Return what the pages of the list wrote into the .aux; the mark before them belongs to the body."""
    return PAGE_MARK.join(references.run.written[1:])
