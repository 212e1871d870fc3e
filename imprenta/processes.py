"""A command -> its process: confined, limited, ended with whoever started it."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING

from imprenta.confinement import FILE_SIZE, MEMORY, confine, writable_places
from imprenta.problems import CannotContinue
from imprenta.project import tell_installer

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from concurrent.futures import Future
    from pathlib import Path
    from typing import TypeAlias

    Environment: TypeAlias = Mapping[str, str | None]
    """What a program finds in its environment besides ours; it does not find what is None."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a program may use: seconds of wall clock, bytes of memory, bytes of any file it writes, files open at once.

    It may use as many seconds of processor, and `SPARE` more: that ends it too if nobody is left to look at the clock.
    When its time is over it is interrupted, and has `grace` seconds to write down how far it came.
    """

    seconds: float = 120.0
    grace: float = 3.0
    memory: int = MEMORY
    file_size: int = FILE_SIZE
    files: int = 1024


SPARE = 60
"""Seconds of processor beyond those of the clock."""


def start_process(
    command: Sequence[str],
    writable: str,
    folder: Path,
    environment: Environment,
    streams: tuple[int, int],
) -> subprocess.Popen[bytes]:
    """Start a program in a folder, in a session of its own; `streams` are its input and its error stream.

    It may write below the folder `writable`. Raises CannotContinue if it is not there or cannot be started.
    """
    thread = _confined_thread(os.getpid(), writable, _identify(writable))
    started = thread.submit(_open, command, folder, environment, streams)
    try:
        return started.result()
    except BaseException:
        started.add_done_callback(_end_started)  # whoever waited was interrupted: nobody knows of it
        raise


def _open(
    command: Sequence[str], folder: Path, environment: Environment, streams: tuple[int, int]
) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(
            list(command),
            cwd=folder,
            stdin=streams[0],
            stdout=subprocess.PIPE,
            stderr=streams[1],
            env={name: value for name, value in {**os.environ, **environment}.items() if value is not None},
            start_new_session=True,
        )
    except FileNotFoundError as error:
        raise CannotContinue(f"falta el programa «{command[0]}»", hint=tell_installer()) from error
    except OSError as error:
        raise CannotContinue(f"no se puede ejecutar «{command[0]}»: {error.strerror or error}") from error


@cache
def _confined_thread(process: int, folder: str, identity: tuple[int, int]) -> ThreadPoolExecutor:  # noqa: ARG001
    """Return a thread that is there until this process ends, from which programs are started: they inherit its rights.

    A copy of this `process` has none of its threads, and a folder that was made anew is another one. The system takes
    the end of the thread that started a program for the end of the process (prctl(2), PDEATHSIG).
    """
    begin = partial(confine, writable_places(folder))
    return ThreadPoolExecutor(1, thread_name_prefix="programas", initializer=begin)


def _identify(folder: str) -> tuple[int, int]:
    try:
        status = os.stat(folder)
    except OSError:
        return 0, 0
    return status.st_dev, status.st_ino


def _end_started(started: Future[subprocess.Popen[bytes]]) -> None:
    """End a program whose start nobody waited for."""
    if started.exception() is None:
        end_process(started.result())
        started.result().communicate()


def end_with_us(command: Sequence[str]) -> list[str]:
    """Return the command by which the system ends a program when this process ends, whatever ends that.

    Where the system cannot, the program is ended after an hour. One that is not there stays as it is.
    """
    for wrapper in (["setpriv", "--pdeathsig", "KILL"], ["timeout", "--signal=KILL", "3600"]):
        if shutil.which(wrapper[0]) and shutil.which(command[0]):
            return [*wrapper, *command]
    return [*command]


def limit_process(process: subprocess.Popen[bytes], limits: Limits) -> None:
    """Set the limits of a program that has just begun.

    From outside: code of ours that ran in the copy of this process, before the program, would make every start a
    copy of all our memory, and is not sound while other threads run. Only Linux lets a process limit another.
    """
    if not hasattr(resource, "prlimit"):
        return
    with suppress(ProcessLookupError):  # it is over already
        for kind, bound in (
            (resource.RLIMIT_AS, limits.memory),
            (resource.RLIMIT_FSIZE, limits.file_size),
            (resource.RLIMIT_NOFILE, limits.files),
            (resource.RLIMIT_CPU, int(limits.seconds) + SPARE),
            (resource.RLIMIT_CORE, 0),
        ):
            resource.prlimit(process.pid, kind, (bound, bound))


def end_process(process: subprocess.Popen[bytes]) -> None:
    """End a program and every program that it started."""
    signal_process(process, signal.SIGKILL)


def signal_process(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    """Send a signal to a program and to every program that it started."""
    try:
        os.killpg(process.pid, number)
    except ProcessLookupError:
        process.send_signal(number)
