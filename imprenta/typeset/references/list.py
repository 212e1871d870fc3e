r"""The entries of the bibliography and the state in which the body ends -> the list of references, set alone.

LaTeX takes a while to read the entries, and only then has to know where the list begins. So it is started as soon as
the entries are there, while the body is still being set: its file of labels is a named pipe, at which it waits until
the state is written into it. What is set is what is in the .bbl, so nothing has to be cited.
"""

from __future__ import annotations

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
from imprenta.typeset.engine.engine import FOLDER, RUN_LIMITS
from imprenta.typeset.engine.formats import OPEN, format_key
from imprenta.typeset.engine.job import LABELS, write_job
from imprenta.typeset.references.entries import ENTRIES
from imprenta.workspace import content_hash

if TYPE_CHECKING:
    from collections.abc import Sequence

    from imprenta.programs import Waiting
    from imprenta.typeset.checkpoints.part import Part
    from imprenta.typeset.checkpoints.trace import Checkpoint
    from imprenta.typeset.engine.engine import Engine
    from imprenta.workspace import Workspace

LIST = "references"
"""The job that sets the list."""
STATE = f"{FOLDER}/{LIST}{LABELS}"
READ_ENTRIES = (
    r"\makeatletter\begingroup\blx@blxinit\blx@secinit\begingroup\blx@bblstart\makeatother"
    r"\csname @@input\endcsname\jobname.bbl \csname blx@bblend\endcsname"
    r"\endgroup\endgroup\csname abx@preamble\endcsname"
)
r"""What biblatex does where a document with a .bbl begins (`\blx@bblinput`), for a format that is past that."""


class References:
    """Sets the list of a document, or takes the one that is there as it has to be."""

    def __init__(self, workspace: Workspace, engine: Engine, preamble: str, rows: Sequence[str], first: int) -> None:
        """Take the rows of the .tex up to the end of the list; it begins at the line `first`, counted from 1."""
        self.workspace = workspace
        self.engine = engine
        self.rows = rows
        self.first = first
        self._given = content_hash(format_key(preamble, engine), "\n".join(rows[first - 1 :]))
        self._waiting: Waiting | None = None
        self._arguments: list[str] = []

    def begin(self, entries: str) -> None:
        """Let LaTeX read the entries, of which this is the hash, unless the list was set with them last time."""
        if was_given(self.workspace, LIST).startswith(self._key(entries)):
            return
        self._write()
        self.workspace.remove(STATE)
        self._arguments = prepare_run(self.workspace, LIST, OPEN)
        command = self.engine.command(self._arguments)
        self._waiting = self.workspace.begin(command, STATE, folder=FOLDER, environment=self.engine.environment)

    def set(self, start: Checkpoint, entries: str) -> Part | None:
        """Return the list as it is when the body ends like this, or None if it cannot be set alone."""
        state = restore(start)
        key = f"{self._key(entries)}{content_hash(state)}"
        if recall_job(self.workspace, LIST, key) is not None and (kept := read_part(self.workspace, LIST)) is not None:
            return kept
        waiting, self._waiting = self._waiting, None
        if waiting is not None and waiting.is_there():
            waiting.feed(state.encode())
            finished = self.engine.came_to_an_end(waiting.finish(RUN_LIMITS), self._arguments)
            part = take_part(self.workspace, LIST, finished)
        else:
            self._write()
            self.workspace.write(STATE, state)
            part = set_part(self.workspace, self.engine, LIST, OPEN)
        if part is not None:
            keep_job(self.workspace, LIST, key, part.pdfs[LIST])
        return part

    def close(self) -> None:
        """End the program that waits, if there is one."""
        if self._waiting is not None:
            self._waiting.end()
            self._waiting = None
        self.workspace.remove(STATE)

    def _key(self, entries: str) -> str:
        return content_hash(self._given, entries)

    def _write(self) -> None:
        write_job(self.workspace, LIST, compose_job(self.rows, self.first, "", "", {}, READ_ENTRIES))
        self.workspace.write(f"{FOLDER}/{LIST}.bbl", self.workspace.read(f"{FOLDER}/{ENTRIES}.bbl") or b"")


def written_by(references: Part) -> str:
    """Return what the pages of the list wrote into the .aux; the mark before them belongs to the body."""
    return PAGE_MARK.join(references.run.written[1:])
