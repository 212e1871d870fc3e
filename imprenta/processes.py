"""A command -> its process: confined, limited, ended with whoever started it, told nothing of its user's settings.

What a program finds in its environment is what it needs and what it is given: whatever else users have set for TeX,
for fonts, for languages or days would get into what is printed, or have it looked for elsewhere.
"""

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

    Environment: TypeAlias = Mapping[str, str]
    """What a program finds in its environment besides `HEEDED`."""


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
HEEDED = ("HOME", "LD_LIBRARY_PATH", "LOGNAME", "PATH", "PERL5LIB", "USER", "XDG_CACHE_HOME")
"""The user's variables that programs find: where they, what they are made of and what they keep for themselves is."""
PASSING = "tmp"
"""The folder, in that which programs may write to, where each of our processes has one for what its programs need for a
moment: what they leave when they are killed is taken away there (`writing.remove_leftovers`)."""


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
    started = thread.submit(_open, command, folder, {**_base_environment(writable), **environment}, streams)
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
            env=environment,
            start_new_session=True,
        )
    except FileNotFoundError as error:
        raise CannotContinue(f"falta el programa «{command[0]}»", hint=tell_installer()) from error
    except OSError as error:
        raise CannotContinue(f"no se puede ejecutar «{command[0]}»: {error.strerror or error}") from error


def _base_environment(writable: str) -> dict[str, str]:
    """Return what every program finds in its environment."""
    import tempfile

    own = {name: os.environ[name] for name in HEEDED if name in os.environ}
    common = tempfile.gettempdir()
    # A biber that is one file unpacks itself there once (PAR), and takes seconds for it.
    own |= {"LC_ALL": "C.UTF-8", "TMPDIR": common, "PAR_TMPDIR": os.environ.get("PAR_TMPDIR", common)}
    place = f"{writable}/{PASSING}/{os.getpid()}"
    with suppress(OSError):  # there is nothing yet that we made, or it cannot be written to
        for folder in (os.path.dirname(place), place):
            with suppress(FileExistsError):
                os.mkdir(folder)
        own["TMPDIR"] = place
    return own


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
            allowed = resource.prlimit(process.pid, kind)[1]  # who has less, as on a shared machine, cannot give more
            bound = bound if allowed == resource.RLIM_INFINITY else min(bound, allowed)
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
