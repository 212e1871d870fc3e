"""A command and limits -> what became of the program: it is run without a shell, and ended when its time is over."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
from contextlib import suppress
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
    """What a program may use: seconds of wall clock, bytes of memory, bytes of any file it writes.

    When its time is over it is interrupted (SIGINT), so that it may write down how far it came; `grace` seconds later
    it is killed.
    """

    seconds: float = 120.0
    grace: float = 3.0
    memory: int = 4 << 30
    file_size: int = 512 << 20


def run_program(
    command: Sequence[str], folder: Path, data: bytes | None, environment: Mapping[str, str], limits: Limits
) -> Finished:
    """Run a program in a folder and wait for it; see `Workspace.run`."""

    def set_limits() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
        resource.setrlimit(resource.RLIMIT_FSIZE, (limits.file_size, limits.file_size))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # what a shell runs in the background ignores it

    try:
        process = subprocess.Popen(
            list(command),
            cwd=folder,
            stdin=subprocess.PIPE if data is not None else subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, **environment},
            start_new_session=True,
            preexec_fn=set_limits,
        )
    except FileNotFoundError as error:
        raise CannotContinue(
            f"falta el programa «{command[0]}»", hint="`make pdf` instala lo que el informe necesita"
        ) from error
    except OSError as error:
        raise CannotContinue(f"no se puede ejecutar «{command[0]}»: {error.strerror or error}") from error
    try:
        return _wait(process, data, limits)
    except BaseException:
        _signal(process, signal.SIGKILL)
        process.communicate()
        raise


def _wait(process: subprocess.Popen[bytes], data: bytes | None, limits: Limits) -> Finished:
    try:
        output, errors = process.communicate(data, timeout=limits.seconds)
    except subprocess.TimeoutExpired:
        _signal(process, signal.SIGINT)  # it may write down how far it came
        with suppress(subprocess.TimeoutExpired):
            process.communicate(timeout=limits.grace)
        _signal(process, signal.SIGKILL)
        return Finished(None, *process.communicate())
    return Finished(process.returncode, output, errors)


def _signal(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    """Send a signal to a program and to every program that it started."""
    try:
        os.killpg(process.pid, number)
    except ProcessLookupError:
        process.send_signal(number)
