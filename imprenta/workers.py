"""Work -> its result, done in a copy of this process, beside whatever this one does."""

from __future__ import annotations

import contextlib
import os
import pickle
import select
import signal
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Value = TypeVar("Value")
GIVES_WAY = 5
"""By how much a copy that is held gives way to all else: what can wait is not on the longest way through a build."""

LOOKS = 0.02
"""Seconds between two looks whether a result is still wanted."""


FAILED = 70
"""The exit status of a copy whose work raised something; any other end without a result is not of its own doing."""


class WorkerDiedError(Exception):
    """A copy ended in the middle of its work: killed, or by an exit that the work made."""


class _Copy(Generic[Value]):
    """A copy of this process at work; `pipe` is where its result comes from.

    Work that may end its process is not done `again` here when it did.
    """

    def __init__(self, work: Callable[[], Value], child: int, pipe: int, *, again: bool) -> None:
        self.work = work
        self.child = child
        self.pipe = pipe
        self.again = again

    def wait(self, check: Callable[[], None] | None = None) -> Value:
        """Return the result; do the work here if it failed in the copy, so that what it raises is raised here.

        What `check` raises, which is called again and again meanwhile, ends the copy. Raises WorkerDiedError.
        """
        if check is not None:
            try:
                while not select.select([self.pipe], [], [], LOOKS)[0]:
                    check()
            except BaseException:
                self.drop()
                raise
        with os.fdopen(self.pipe, "rb") as file:
            data = file.read()
        status = os.waitstatus_to_exitcode(os.waitpid(self.child, 0)[1])
        if status == 0 and data:
            result: Value = pickle.loads(data)
            return result
        if status != FAILED and not self.again:
            raise WorkerDiedError
        return self.work()

    def drop(self) -> None:
        """End the copy; nobody wants its result."""
        os.close(self.pipe)
        os.kill(self.child, signal.SIGKILL)
        os.waitpid(self.child, 0)


def _start(
    work: Callable[[], Value], before: Callable[[], None] = lambda: None, *, again: bool = False
) -> _Copy[Value] | None:
    """Make a copy of this process, which does `before` and then the work; None if that is not possible."""
    reader, writer = os.pipe()
    try:
        child = os.fork()
    except OSError:
        os.close(reader)
        os.close(writer)
        return None
    if child == 0:
        status = FAILED
        try:
            os.close(reader)
            with os.fdopen(writer, "wb") as file:
                before()
                pickle.dump(work(), file, pickle.HIGHEST_PROTOCOL)
            status = 0
        finally:
            os._exit(status)
    os.close(writer)
    return _Copy(work, child, reader, again=again)


def start_worker(work: Callable[[], Value], prepare: Callable[[], None] = lambda: None) -> Callable[[], Value]:
    """Do some work in a copy of this process, which prepares itself first, as `Workspace.start_worker` tells."""
    copy = _start(work, prepare, again=True)
    return copy.wait if copy is not None else work


def run_worker(
    work: Callable[[], Value], check: Callable[[], None], prepare: Callable[[], None] = lambda: None
) -> Value:
    """Do some work in a copy of this process, as `Workspace.run_worker` tells."""
    copy = _start(work, prepare)
    return copy.wait(check) if copy is not None else work()


def hold_worker(
    prepare: Callable[[], None], work: Callable[[], Value]
) -> tuple[Callable[[bool], None], Callable[[], Value]]:
    """Have a copy of this process ready for some work, as `Workspace.hold_worker` tells."""
    reader, writer = os.pipe()

    def be_ready() -> None:
        os.close(writer)
        os.nice(GIVES_WAY)
        prepare()
        if not os.read(reader, 1):
            os._exit(1)  # nobody is left who would want it done

    copy = _start(work, be_ready)
    os.close(reader)

    def decide(wanted: bool) -> None:
        with contextlib.suppress(BrokenPipeError), os.fdopen(writer, "wb", buffering=0) as pipe:
            if wanted:
                pipe.write(b"1")
        if copy is not None and not wanted:
            copy.drop()

    return decide, copy.wait if copy is not None else work
