"""A worker: a process that reads jobs, a line each, does each in a copy of itself, and writes outcomes, a line each.

What all reports need is imported once, and each copy starts with it; nothing else is common to two jobs but what is
kept for all reports of a user (`shared_cache`). A job that hangs, dies or eats up memory ends with all that it started,
and is told as an outcome. A worker ends, and the job that it does, when its input is over: so it ends with whoever
started it, however that ends.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import resource
import select
import signal
import sys
import time
from typing import TYPE_CHECKING, BinaryIO

from imprenta.batch.building import do_job
from imprenta.batch.job import Job, read_job
from imprenta.batch.outcome import PAPER, Outcome, read_outcome
from imprenta.confinement import limit_this_process
from imprenta.markup import prepare_markup

if TYPE_CHECKING:
    from collections.abc import Iterator

MEMORY = 8 << 30
"""Bytes of address space of any process of a job."""
LOOKS = 0.2
"""Seconds between two looks whether a job that says nothing is still there."""
GRACE = 2.0
"""Seconds that an interrupted job has to end its programs."""
MORE = 60
"""Seconds of processor that a process has beyond the time of its job: then the system ends it, whoever forgot it."""
SUBREAPER = 36
"""PR_SET_CHILD_SUBREAPER of prctl(2): what a job leaves behind becomes this process's child."""


class Left(Exception):  # noqa: N818 - nobody's fault
    """Nobody waits for outcomes any more."""


def serve() -> None:
    """Do the jobs that are told on the standard input until it ends."""
    answers = os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    questions = os.fdopen(os.dup(0), "rb", buffering=0)
    for number in (0, 1, 2):
        os.dup2(nothing, number)  # what programs print, or read, is not ours
    _adopt_orphans()
    prepare_markup()
    gc.freeze()
    with contextlib.suppress(Left, BrokenPipeError):
        while line := _read_line(questions):
            outcome = _do_apart(read_job(line), questions)
            answers.write(outcome.dumps().encode() + b"\n")
            answers.flush()


def _read_line(questions: BinaryIO) -> str:
    """Return the next line; byte by byte, so that none of what follows is taken from who looks for the end."""
    line = b""
    while not line.endswith(b"\n"):
        byte = questions.read(1)
        if not byte:
            return ""
        line += byte
    return line.decode()


def _do_apart(job: Job, questions: BinaryIO) -> Outcome:
    """Do a job in a copy of this process and return its outcome, whatever becomes of the copy. Raises Left."""
    reader, writer = os.pipe()
    started = time.monotonic()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            os.close(reader)
            with os.fdopen(writer, "wb") as file:
                _limit(job)
                file.write(do_job(job).dumps().encode() + b"\n")
            status = 0
        finally:
            os._exit(status)
    os.close(writer)
    try:
        data = _listen(child, reader, questions.fileno(), started + job.terms.limit)
    finally:
        os.close(reader)
        ended = _end(child)
        _end_strays()
    seconds = round(time.monotonic() - started, 3)
    if data is None:
        reason = f"no terminó en {job.terms.limit:g} s"
        return Outcome(job.name, status=PAPER, reason=reason, hint="con --limit se le da más tiempo", seconds=seconds)
    if ended == 0 and data:
        return read_outcome(json.loads(data))
    return Outcome(job.name, status=PAPER, reason=_tell_death(ended), seconds=seconds)


def _tell_death(ended: int) -> str:
    if ended < 0:
        named = signal.Signals(-ended).name if -ended in set(signal.Signals) else str(-ended)
        return f"su proceso murió por la señal {named}"
    return f"su proceso terminó antes de tiempo, con el estado {ended}"


def _limit(job: Job) -> None:
    """Prepare the copy that does a job: what it may use, and that it can be interrupted."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    seconds = int(job.terms.limit) + MORE
    limit_this_process({resource.RLIMIT_AS: MEMORY, resource.RLIMIT_CPU: seconds, resource.RLIMIT_CORE: 0})
    gc.disable()  # so short a run frees nothing


def _listen(child: int, reader: int, questions: int, until: float) -> bytes | None:
    """Return the line that a copy writes, all that it wrote if it is dead, or None if its time is over.

    Raises Left when the input ends. The end of the pipe says nothing: what a copy has started holds it open.
    """
    data = b""
    while not data.endswith(b"\n"):
        left = until - time.monotonic()
        if left < 0:
            return None
        ready = select.select([reader, questions], [], [], min(left, LOOKS))[0]
        if reader in ready:
            part = os.read(reader, 1 << 16)
            if not part:
                return data
            data += part
        elif questions in ready:
            raise Left  # nobody gives two jobs at once: this is the end
        elif os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None:
            return data
    return data


def _end(child: int) -> int:
    """Wait for a copy that has said all; interrupt, then kill one that has not. Return its status as Popen has it."""
    with contextlib.suppress(ChildProcessError):
        for number, seconds in ((0, 0.2), (signal.SIGINT, GRACE), (signal.SIGKILL, GRACE)):
            if number:
                os.kill(child, number)
            until = time.monotonic() + seconds
            while True:
                done, status = os.waitpid(child, os.WNOHANG)
                if done:
                    return os.waitstatus_to_exitcode(status)
                if time.monotonic() > until:
                    break
                time.sleep(0.002)
    return 1


def _adopt_orphans() -> None:
    """Have the system give this process what its copies leave behind, where it can."""
    if sys.platform.startswith("linux"):
        import ctypes

        ctypes.CDLL(None).prctl(SUBREAPER, 1, 0, 0, 0)


def _end_strays() -> None:
    """Kill whatever a job left behind: after a job, this process has no children."""
    for _ in range(100):  # one that is killed leaves its own children to us
        strays = list(_children())
        if not strays:
            return
        for stray in strays:
            with contextlib.suppress(OSError):
                os.kill(stray, signal.SIGKILL)
            with contextlib.suppress(OSError):
                os.waitpid(stray, 0)


def _children() -> Iterator[int]:
    with contextlib.suppress(OSError), open(f"/proc/self/task/{os.getpid()}/children") as file:
        yield from map(int, file.read().split())


if __name__ == "__main__":
    serve()
