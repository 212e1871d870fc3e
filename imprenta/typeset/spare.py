"""An engine that has begun already: it has read the format and waits for the .tex of a stretch on a named pipe."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imprenta.typeset.engine import FOLDER, RUN_LIMITS, Engine, read_output
from imprenta.typeset.formats import OPEN, find_format, format_key, split_preamble
from imprenta.typeset.freshness import RECORD, read_record

if TYPE_CHECKING:
    from imprenta.programs import Finished, Waiting
    from imprenta.workspace import Workspace


class Spare:
    """One engine in advance, for one stretch; it is of use while the format is the one that it has read."""

    def __init__(self, workspace: Workspace, job: str = "tramo") -> None:
        """Start without one; `job` is the name of the files that it writes."""
        self.workspace = workspace
        self.job = job
        self.pipe = workspace.own_name("espera")
        self._waiting: Waiting | None = None
        self._key = ""

    def prepare(self, source: str, date: str) -> None:
        """Have an engine wait, if the format for a document is there."""
        engine = Engine(self.workspace, date, lambda step: None)
        preamble, _ = split_preamble(source)
        if not find_format(self.workspace, engine, preamble, OPEN):
            return
        key = format_key(preamble, engine)
        if self._waiting is not None and self._key == key and self._waiting.is_there():
            return
        self.close()
        self._key = key
        # The first line of the .tex is not looked at in advance: a pipe can be opened once.
        arguments = [f"-fmt={OPEN}", "-synctex=1", "-no-parse-first-line", f"-jobname={self.job}", f"{self.pipe}.tex"]
        self._waiting = self.workspace.begin(
            engine.command(arguments), f"{FOLDER}/{self.pipe}.tex", folder=FOLDER, environment=engine.environment
        )

    def prepare_as_last_time(self) -> None:
        """Have an engine wait that will do if the preamble is that of the last good run."""
        record = read_record(self.workspace, RECORD)
        if record is not None:
            self.prepare(read_output(self.workspace, ".tex"), record.date)

    def set(self, engine: Engine, preamble: str, source: str) -> Finished | None:
        """Let the waiting engine set a .tex; None if there is none that could."""
        waiting, self._waiting = self._waiting, None
        if waiting is None:
            return None
        if self._key != format_key(preamble, engine) or not waiting.is_there():
            waiting.end()
            return None
        return engine.came_to_an_end(waiting.finish(source.encode(), RUN_LIMITS), [f"-jobname={self.job}"])

    def close(self) -> None:
        """End the engine that waits."""
        if self._waiting is not None:
            self._waiting.end()
            self._waiting = None
        self.workspace.remove(f"{FOLDER}/{self.pipe}.tex")
