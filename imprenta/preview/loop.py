"""Saves -> builds, one at a time: a save during a build calls it off and begins another at once."""

from __future__ import annotations

import gc
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from imprenta.problems import CannotContinue
from imprenta.resident.memory import give_back_memory
from imprenta.tag_choice import AS_WRITTEN
from imprenta.workspace import Cancelled

if TYPE_CHECKING:
    from collections.abc import Callable

    from imprenta.pipeline import Outcome, PagesReady
    from imprenta.tag_choice import TagChoice
    from imprenta.workspace import Workspace

SECOND_THOUGHT = 0.05
"""Seconds for which a failure is not told: what a build read may be half of a save, whose news is on its way."""

IDLE = 3.0
"""Seconds without a save after which what nobody waits for is done."""


class Builder(Protocol):
    """Builds the report again and again."""

    def build(
        self, announce: Callable[[str], None], publish: Callable[[PagesReady], None], look: Callable[[], frozenset[int]]
    ) -> Outcome:
        """Build what is needed; tell each step, and pages as soon as they are typeset: first those that `look` tells.

        Raises CannotContinue when nothing can be built, Cancelled after the workspace's `cancel`.
        """
        ...

    def get_ready(self) -> None:
        """Do what makes the next build quicker: the last has come to its end, and all that came of it is told."""
        ...

    def finish(self) -> None:
        """Do what the last build left out because somebody waited for it."""
        ...


class ResidentBuilder:
    """The builds of one process, which remembers what it worked out, as a Builder."""

    def __init__(self, workspace: Workspace, *, strict: bool = False, choice: TagChoice = AS_WRITTEN) -> None:
        """Build this project; with `strict`, a warning keeps the PDF from being made.

        `choice` says which parts of the report are printed.
        """
        from imprenta.pipeline import Session

        self.session = Session(workspace, spare=False, choice=choice)
        self.strict = strict

    def build(
        self, announce: Callable[[str], None], publish: Callable[[PagesReady], None], look: Callable[[], frozenset[int]]
    ) -> Outcome:
        """Build what is needed.

        Python looks for garbage after it rather than in the middle: among all that is remembered that takes a while.
        """
        gc.disable()
        try:
            return self.session.build(announce, publish, look, strict=self.strict)
        except BaseException:
            gc.collect()  # of builds that are called off there may be many, one right after the other
            raise

    def get_ready(self) -> None:
        """Have engines wait and what draws loaded; let go of what the build left."""
        self.session.get_ready()
        self.session.settle()
        self.session.load_drawers()
        give_back_memory()
        if not gc.get_freeze_count():
            gc.freeze()  # what the first build left mostly stays, and is not looked at again

    def finish(self) -> None:
        """Give the PDF the tags that the report asks for."""
        self.session.finish_pdf()

    def close(self) -> None:
        """Keep what was worked out for the next process."""
        self.session.close()


@dataclass(frozen=True, slots=True)
class Ended:
    """A build that came to its end: its outcome, or why there is none; the seconds that it took."""

    paths: tuple[str, ...]
    seconds: float
    outcome: Outcome | None = None
    stop: CannotContinue | None = None
    bug: Exception | None = None

    @property
    def failed(self) -> bool:
        """Tell whether it left no PDF of what it read."""
        return self.outcome is None or not self.outcome.built


class Audience(Protocol):
    """Whoever is told of builds, in the thread that builds."""

    def begun(self, paths: tuple[str, ...]) -> None:
        """A build began because these files were saved; the first has none."""

    def step(self, words: str) -> None:
        """A step of it began."""

    def pages_ready(self, pages: PagesReady) -> None:
        """Pages of it are typeset."""

    def seen_pages(self) -> frozenset[int]:
        """Return the pages (from 1) that somebody looks at."""
        ...

    def called_off(self) -> None:
        """It ends here, because of another save."""

    def ended(self, ended: Ended) -> None:
        """It came to its end."""


class BuildLoop:
    """Runs the builds in a thread of its own."""

    def __init__(self, workspace: Workspace, builder: Builder, audience: Audience) -> None:
        """Prepare; nothing runs before `start`."""
        self.workspace = workspace
        self.builder = builder
        self.audience = audience
        self._condition = threading.Condition()
        self._wanted: dict[str, None] | None = {}
        self._building = False
        self._stopped = False
        self._thread = threading.Thread(target=self._run, name="construcción", daemon=True)

    def start(self) -> None:
        """Begin with a first build."""
        self._thread.start()

    def request(self, paths: tuple[str, ...]) -> None:
        """Have the report built because these files were saved; a build that runs is called off."""
        with self._condition:
            self._wanted = {**(self._wanted or {}), **dict.fromkeys(paths)}
            if self._building:
                self.workspace.cancel()
            self._condition.notify()

    def stop(self) -> None:
        """Call off what runs and end the thread."""
        with self._condition:
            self._stopped = True
            self.workspace.cancel()
            self._condition.notify()
        if self._thread.is_alive():
            self._thread.join(timeout=10)

    def _run(self) -> None:
        while True:
            with self._condition:
                waits = self._condition.wait_for(self._is_called, IDLE)
            if not waits:
                self._do_aside(self.builder.finish)
            with self._condition:
                self._condition.wait_for(self._is_called)
                if self._stopped:
                    return
                paths, self._wanted = tuple(sorted(self._wanted or {})), None
                self.workspace.resume()
                self._building = True
            ended = self._build(paths)
            with self._condition:
                if ended is not None and ended.failed:
                    self._condition.wait_for(self._is_called, SECOND_THOUGHT)
                    ended = ended if self._wanted is None else None
                self._building = False
                if ended is None and not self._stopped:  # what the build called off was to show is still to be shown
                    self._wanted = {**dict.fromkeys(paths), **(self._wanted or {})}
            if ended is None:
                self.audience.called_off()
            else:
                self.audience.ended(ended)
                self._do_aside(self.builder.get_ready, ended.paths)

    def _is_called(self) -> bool:
        return self._wanted is not None or self._stopped

    def _build(self, paths: tuple[str, ...]) -> Ended | None:
        """Build once; return how it ended, or None if it was called off."""
        self.audience.begun(paths)
        started = time.perf_counter()
        try:
            outcome = self.builder.build(self._announce, self._publish, self.audience.seen_pages)
        except Cancelled:
            return None
        except CannotContinue as stop:
            return Ended(paths, time.perf_counter() - started, stop=stop)
        except Exception as bug:  # noqa: BLE001 - the loop outlives a fault of ours; the command line tells it
            return Ended(paths, time.perf_counter() - started, bug=bug)
        return Ended(paths, time.perf_counter() - started, outcome)

    def _do_aside(self, action: Callable[[], None], paths: tuple[str, ...] = ()) -> None:
        """Do what is done between builds; what keeps from it will be told by the next one, if it needs it."""
        try:
            action()
        except (CannotContinue, Cancelled):
            return
        except Exception as bug:  # noqa: BLE001 - as in `_build`
            self.audience.ended(Ended(paths, 0.0, bug=bug))

    def _announce(self, step: str) -> None:
        self.workspace.check_cancelled()
        self.audience.step(step)

    def _publish(self, pages: PagesReady) -> None:
        self.workspace.check_cancelled()
        self.audience.pages_ready(pages)
