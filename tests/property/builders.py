"""A folder that somebody edits -> its builds, as the four ways of building make them; and one from nothing beside it.

`saved` is called after each save, `build` when the result is looked at.
"""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from imprenta import client
from imprenta.pipeline import Session, build_report
from imprenta.preview.loop import BuildLoop, ResidentBuilder
from imprenta.report.json_format import format_json
from imprenta.report.run import Run
from imprenta.workspace import Workspace

if TYPE_CHECKING:
    from imprenta.pipeline import Outcome, PagesReady
    from imprenta.preview.loop import Ended

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 600

Built = tuple[bool, list[Any]]
"""Whether there is a new PDF, and what was said."""


def _told(outcome: Outcome) -> Built:
    return outcome.built, json.loads(format_json(Run(outcome.problems)))["problemas"]


def build_anew(folder: Path, *, plain: bool = False) -> Built:
    """Build a report that nobody built before, in this process."""
    return _told(build_report(Workspace(folder), plain=plain))


class Command:
    """Builds by the public command, each time a new process."""

    environment: ClassVar[dict[str, str] | None] = None

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def saved(self) -> None:
        """Nothing hears of it."""

    def build(self) -> Built:
        """Run the command."""
        words = ["build", "--format", "json", "--project", str(self.folder)]
        command = [sys.executable, str(ROOT / "build.py"), *words]
        done = subprocess.run(
            command, env=self.environment, capture_output=True, text=True, check=False, timeout=PATIENCE
        )
        assert done.returncode in (0, 1), done.stdout + done.stderr
        return done.returncode == 0, json.loads(done.stdout)["problemas"]

    def close(self) -> None:
        """Nothing waits."""


class Served(Command):
    """Builds by the command, which a resident process runs from the second time on."""

    environment: ClassVar[dict[str, str]] = {**os.environ, client.WISH: "sí"}

    def close(self) -> None:
        """End the process that stayed."""
        client.stop_resident(str(self.folder))


class Resident:
    """Builds in this process, which keeps what it knows from one build to the next."""

    def __init__(self, folder: Path) -> None:
        self.session = Session(Workspace(folder))

    def saved(self) -> None:
        """Nothing hears of it."""

    def build(self) -> Built:
        """Build at once."""
        outcome = self.session.build()
        self.session.get_ready()
        return _told(outcome)

    def close(self) -> None:
        """Leave what is remembered to the next process, and no program waiting."""
        self.session.close()


class Watched:
    """Builds as `watch` does: a save begins a build, and calls off the one that it makes useless.

    The loop is told of the saves, not of the disk's news, so that it is known which build is the last.
    """

    def __init__(self, folder: Path) -> None:
        workspace = Workspace(folder)
        self.news: queue.Queue[Ended] = queue.Queue()
        self.builder = ResidentBuilder(workspace)
        self.loop = BuildLoop(workspace, self.builder, self)
        self.numbers = count()
        self.loop.start()

    def begun(self, paths: tuple[str, ...]) -> None: ...

    def step(self, words: str) -> None: ...

    def pages_ready(self, pages: PagesReady) -> None: ...

    def seen_pages(self) -> frozenset[int]:
        """Look at the first pages of the text."""
        return frozenset({3, 4, 5})

    def called_off(self) -> None: ...

    def ended(self, ended: Ended) -> None:
        """Pass on how a build ended."""
        self.news.put(ended)

    def saved(self) -> None:
        """Have it built."""
        self.loop.request(("algo",))

    def build(self) -> Built:
        """Wait for the build that comes of the last save."""
        last = f"último-{next(self.numbers)}"
        self.loop.request((last,))
        while True:
            ended = self.news.get(timeout=PATIENCE)
            if ended.bug is not None:
                raise ended.bug
            if last in ended.paths:
                break
        assert ended.outcome is not None, ended
        return _told(ended.outcome)

    def close(self) -> None:
        """End the thread and what waits."""
        self.loop.stop()
        self.builder.close()


Builder = Command | Resident | Watched
BUILDERS: dict[str, type[Command] | type[Served] | type[Resident] | type[Watched]] = {
    "orden": Command, "residente": Served, "sesion": Resident, "vigilancia": Watched,
}  # fmt: skip
