"""Programs: other programs are run with limits, without a shell, and ended when nobody waits for them any more."""

from __future__ import annotations

import contextlib
import os
import resource
import signal
import subprocess
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from imprenta.problems import CannotContinue

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Finished:
    """What became of a program: its exit status (None if it was ended for its time) and what it printed."""

    status: int | None
    output: bytes
    errors: bytes

    @property
    def timed_out(self) -> bool:
        """Tell whether the program was ended because its time was over."""
        return self.status is None


@dataclass(frozen=True, slots=True)
class Limits:
    """What a program may use: seconds of wall clock, bytes of memory, bytes of any file it writes."""

    seconds: float = 120.0
    memory: int = 4 << 30
    file_size: int = 512 << 20


class Cancelled(BaseException):
    """The work was called off by another thread. No `except Exception` may take it for a failure of the work's own."""


class Programs:
    """Runs programs for one thread; any other may call its work off."""

    def __init__(self) -> None:
        """Start with none."""
        self._called_off = threading.Event()
        self._running: set[subprocess.Popen[bytes]] = set()

    def cancel(self) -> None:
        """Call off the work that another thread does: the programs that it runs are ended.

        That thread gets Cancelled from the program that it waits for, or at its next `check_cancelled`.
        """
        self._called_off.set()
        for process in tuple(self._running):
            _end(process)

    def resume(self) -> None:
        """Let work begin again after `cancel`."""
        self._called_off.clear()

    def check_cancelled(self) -> None:
        """Raise Cancelled if the work was called off: for work that runs long without running a program."""
        if self._called_off.is_set():
            raise Cancelled

    def run(
        self,
        command: Sequence[str],
        folder: Path,
        data: bytes | None,
        environment: Mapping[str, str],
        limits: Limits,
    ) -> Finished:
        """Run a program in a folder and wait for it, as `Workspace.run` tells."""
        self.check_cancelled()
        try:
            process = subprocess.Popen(
                list(command),
                cwd=folder,
                stdin=subprocess.PIPE if data is not None else subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env={**os.environ, **environment},
                start_new_session=True,
            )
        except FileNotFoundError as error:
            raise CannotContinue(
                f"falta el programa «{command[0]}»", hint="`make pdf` instala lo que el informe necesita"
            ) from error
        except OSError as error:
            raise CannotContinue(f"no se puede ejecutar «{command[0]}»: {error.strerror or error}") from error
        self._running.add(process)
        try:
            _limit(process, limits)
            self.check_cancelled()  # `cancel` may have come before this program was known to it
            output, errors = process.communicate(data, timeout=limits.seconds)
        except subprocess.TimeoutExpired:
            _end(process)
            output, errors = process.communicate()
            return Finished(None, output, errors)
        except BaseException:
            _end(process)
            process.communicate()
            raise
        finally:
            self._running.discard(process)
        self.check_cancelled()
        return Finished(process.returncode, output, errors)

    def start(self, command: Sequence[str], folder: Path) -> None:
        """Start a program in a folder and leave it to itself, as `Workspace.start` tells."""
        try:
            process = subprocess.Popen(
                list(command),
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        except (OSError, ValueError) as error:
            words = getattr(error, "strerror", None) or error
            raise CannotContinue(f"no se puede ejecutar «{command[0]}»: {words}") from error
        threading.Thread(target=process.wait, daemon=True).start()  # whoever waits for nobody leaves zombies behind


def _limit(process: subprocess.Popen[bytes], limits: Limits) -> None:
    """Set the limits of a program that has just begun.

    From outside: code of ours that ran in the copy of this process, before the program, would make every start a
    copy of all our memory, and is not sound while other threads run.
    """
    with contextlib.suppress(ProcessLookupError):  # it is over already
        for kind, bound in (
            (resource.RLIMIT_AS, limits.memory),
            (resource.RLIMIT_FSIZE, limits.file_size),
            (resource.RLIMIT_CORE, 0),
        ):
            resource.prlimit(process.pid, kind, (bound, bound))


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a program and every program that it started."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        process.kill()
