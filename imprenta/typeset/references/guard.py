"""A .bbl that was put together of entries -> whether biber writes the same of the whole, when nobody waits."""

from __future__ import annotations

from contextlib import suppress
from threading import Event, Thread
from typing import TYPE_CHECKING

from imprenta.problems import CannotContinue
from imprenta.typeset.engine.engine import BIBER_OPTIONS, FOLDER, read_output
from imprenta.typeset.engine.warm_biber import ENVIRONMENT
from imprenta.typeset.references.entries import ENTRIES, UNPROVED, refute_entries
from imprenta.workspace import Cancelled, Limits, Workspace, content_hash

if TYPE_CHECKING:
    from collections.abc import Mapping

    from imprenta.typeset.engine.pool import EnginePool

PLACE = f"{FOLDER}/guard"
PATIENCE = 3.0
"""Seconds in which nothing must happen before it begins."""
LIMITS = Limits(seconds=600.0)


class EntriesGuard:
    """Has biber write the whole, as it is installed and behind everything else, and compares the bytes.

    If they differ, nothing is put together any more of what that biber writes (`refute_entries`), and the next build
    sets the list anew.
    """

    def __init__(self, workspace: Workspace, pool: EnginePool) -> None:
        """Begin with nothing to do; the engines of `pool` do not wait while biber works, which takes as much memory."""
        self._pool = pool
        self._workspace = Workspace(workspace.root)  # its programs can be ended without those of a build
        self._stopped = Event()
        self._thread: Thread | None = None

    def begin(self) -> None:
        """Begin with the .bbl that the build has just left, if that was put together."""
        self.stop()
        workspace = self._workspace
        mark = read_output(workspace, UNPROVED, ENTRIES)
        made = workspace.read(f"{FOLDER}/{ENTRIES}.bbl") if mark else None
        if made is None or mark != content_hash(made):
            return
        given = {name: workspace.read(f"{FOLDER}/{name}") or b"" for name in (f"{ENTRIES}.bcf", "references.bib")}
        self._stopped.clear()
        workspace.resume()
        self._thread = Thread(target=self._compare, args=(made, given), daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Give up what is not done yet: a build begins, or the process ends."""
        if self._thread is not None:
            self._stopped.set()
            self._workspace.cancel()
            self._thread.join()
            self._thread = None

    def wait(self) -> None:
        """Wait until it is done."""
        if self._thread is not None:
            self._thread.join()

    def _compare(self, made: bytes, given: Mapping[str, bytes]) -> None:
        if self._stopped.wait(PATIENCE) or not self._is_there(made):
            return
        workspace = self._workspace
        with suppress(Cancelled, CannotContinue):
            for name, data in given.items():
                workspace.write(f"{PLACE}/{name}", data)
            workspace.remove(f"{PLACE}/{ENTRIES}.bbl")
            command = ["nice", "-n", "19", "biber", *BIBER_OPTIONS, ENTRIES]
            self._pool.close()  # if the biber is called off a build begins, which does not wait for them either
            finished = workspace.run(command, folder=PLACE, environment=ENVIRONMENT, limits=LIMITS)
            wanted = workspace.read(f"{PLACE}/{ENTRIES}.bbl")
            if not self._is_there(made):
                return
            self._pool.wait_again()
            if finished.status != 0 or not wanted:
                return
            with workspace.alone(lambda: None):
                if not self._is_there(made):
                    return
                if wanted == made:
                    workspace.remove(f"{FOLDER}/{ENTRIES}{UNPROVED}")
                else:
                    refute_entries(workspace)

    def _is_there(self, made: bytes) -> bool:
        """Tell whether the .bbl is still the one that was left: neither another build's, nor cleaned away."""
        return self._workspace.read(f"{FOLDER}/{ENTRIES}.bbl") == made
