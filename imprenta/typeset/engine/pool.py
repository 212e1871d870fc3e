"""Engines that have begun already: they have read the format and wait for the .tex of a range on a named pipe.

Three wait. One has read nothing yet, and can set any range; where memory counts it is spared. One has gone ahead: it
has set what comes before the place that changed last, and waits there, because whoever changes a place mostly changes
it again. One has made its fonts ready for a first look at what changes next.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from imprenta.problems import CannotContinue
from imprenta.typeset.engine.engine import FOLDER, RUN_LIMITS, WITH_SYNCTEX, Engine
from imprenta.typeset.engine.formats import OPEN, find_format, format_key
from imprenta.typeset.engine.job import write_files, write_job
from imprenta.typeset.engine.warm_biber import WarmBiber

if TYPE_CHECKING:
    from collections.abc import Callable

    from imprenta.programs import Finished, Waiting
    from imprenta.typeset.engine.job import Job
    from imprenta.workspace import Workspace

RANGE, AHEAD, FIRST_PAINT, BESIDE = "range", "ahead", "first-paint", "beside"
"""The names of the files that the engines write."""


class WarmEngine:
    """One engine that waits, for one range; it is of use while the format is the one that it has read."""

    def __init__(self, workspace: Workspace, name: str, *options: str) -> None:
        """Start without one; `name` is that of the files that it writes."""
        self.options = options
        self.workspace = workspace
        self.name = name
        self.pipe = workspace.own_name(f"wait-{name}")
        self._waiting: Waiting | None = None
        self._key = ""
        self._given: Job | None = None

    def begin(self, engine: Engine, preamble: str, given: Job | None = None) -> None:
        """Have an engine wait, which has read the head of a job if one is given; the format must be there."""
        key = format_key(preamble, engine)
        if self._waiting is not None and (self._key, self._given) == (key, given) and self._waiting.is_there():
            return
        self.close()
        self._key, self._given = key, given
        # The first line of the .tex is not looked at in advance: a pipe can be opened once.
        start = [f"-fmt={OPEN}", *self.options, "-no-parse-first-line", f"-jobname={self.name}", f"{self.pipe}.tex"]
        if given is not None:
            write_files(self.workspace, self.name, given)
        self._waiting = self.workspace.begin(
            engine.command(start), f"{FOLDER}/{self.pipe}.tex", folder=FOLDER, environment=engine.environment
        )
        if given is not None:
            self._waiting.feed(given.head.encode())

    def suits(self, engine: Engine, preamble: str, job: Job) -> bool:
        """Tell whether the engine that waits can set a job."""
        fits = self._given is None or job.goes_on_from(self._given)
        same = fits and self._key == format_key(preamble, engine)
        return self._waiting is not None and same and self._waiting.is_there()

    def set(self, engine: Engine, job: Job, meanwhile: Callable[[], None]) -> Finished:
        """Let the engine that waits set a job, which it must suit; do something else meanwhile."""
        waiting, self._waiting = self._waiting, None
        assert waiting is not None
        write_files(self.workspace, self.name, job)
        rest = job.source[len(self._given.head) if self._given is not None else 0 :]
        waiting.feed(rest.encode())
        try:
            meanwhile()
        except BaseException:
            waiting.end()
            raise
        return engine.came_to_an_end(waiting.finish(RUN_LIMITS), [f"-jobname={self.name}"])

    def close(self) -> None:
        """End the engine that waits."""
        if self._waiting is not None:
            self._waiting.end()
            self._waiting = None
        self.workspace.remove(f"{FOLDER}/{self.pipe}.tex")


@dataclass(frozen=True, slots=True)
class _Document:
    """What an engine that waits depends on."""

    engine: Engine
    preamble: str


class EnginePool:
    """The engines that wait."""

    def __init__(self, workspace: Workspace, *, spare: bool = True) -> None:
        """Start without any; without a `spare` one, which can set any range, one begins when it is needed.

        That takes 40 ms longer, and 33 MiB less.
        """
        self.workspace = workspace
        self._spare = spare
        self.any = WarmEngine(workspace, RANGE, WITH_SYNCTEX)
        self.ahead = WarmEngine(workspace, AHEAD, WITH_SYNCTEX)
        self.first_paint = WarmEngine(workspace, FIRST_PAINT)
        self.biber = WarmBiber(workspace)
        self._last: tuple[_Document, Job] | None = None
        self._look: Job | None = None
        self._prepared: tuple[str, str] | None = None

    def prepare(self, preamble: str, date: str) -> None:
        """Have an engine wait that can set any range of a document with this preamble, if the format is there."""
        self._prepared = preamble, date
        engine = Engine(self.workspace, date, lambda step: None)
        if self._spare and find_format(self.workspace, engine, preamble, OPEN):
            self.any.begin(engine, preamble)

    def go_ahead(self) -> None:
        """Have the engines wait after a range: two of them in front of the place that it was set for."""
        if self._last is None:
            return
        document, job = self._last
        with suppress(CannotContinue):  # whatever keeps an engine from starting is told when one is needed
            if self._look is not None:
                self.first_paint.begin(document.engine, document.preamble, self._look)
            self.ahead.begin(document.engine, document.preamble, job)
            if self._spare:
                self.any.begin(document.engine, document.preamble)

    def look(self, engine: Engine, preamble: str, job: Job, meanwhile: Callable[[], None]) -> str | None:
        """Set the job of a first_paint, if an engine waits for it; return the name of its files.

        The next time one waits in any case. `meanwhile` is called while the engine works.
        """
        self._look = job
        if not self.first_paint.suits(engine, preamble, job):
            self.first_paint.close()  # it waits for another place: one that waits here takes its place, and its memory
            return None
        return self.first_paint.name if self.first_paint.set(engine, job, meanwhile).status == 0 else None

    def set(
        self, engine: Engine, preamble: str, job: Job, meanwhile: Callable[[], None] = lambda: None
    ) -> tuple[Finished, str]:
        """Set a job, with an engine that waits if one suits; return what became of it and the name of its files.

        `meanwhile` is called while the engine works, or before it if it has yet to begin.
        """
        for engine_waiting in (self.ahead, self.any):
            if engine_waiting.suits(engine, preamble, job):
                finished, name = engine_waiting.set(engine, job, meanwhile), engine_waiting.name
                break
        else:
            meanwhile()
            finished, name = _set_now(self.workspace, engine, job), RANGE
        quiet = Engine(self.workspace, engine.date, lambda step: None)
        if job.certain:  # one that goes on from another has nothing that can be read ahead
            self._last = (_Document(quiet, preamble), job)
        return finished, name

    def set_beside(self, engine: Engine, job: Job) -> tuple[Finished, str]:
        """Set a job as `set` does, in another thread beside it, with an engine begun for it; one at a time."""
        return _set_now(self.workspace, engine, job, BESIDE), BESIDE

    def wait_again(self) -> None:
        """Have the engines wait after `close` as they did before it."""
        with suppress(CannotContinue):
            if self._prepared is not None:
                self.prepare(*self._prepared)
        self.go_ahead()

    def close(self) -> None:
        """End the engines that wait."""
        for engine_waiting in (self.any, self.ahead, self.first_paint):
            engine_waiting.close()
        self.biber.close()


def _set_now(workspace: Workspace, engine: Engine, job: Job, name: str = RANGE) -> Finished:
    """Set a job with an engine that is started for it."""
    write_job(workspace, name, job)
    return engine.start([f"-fmt={OPEN}", WITH_SYNCTEX, f"-jobname={name}", f"{name}.tex"])
