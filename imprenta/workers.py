"""Work -> its result, done in a copy of this process, beside whatever this one does."""

from __future__ import annotations

import contextlib
import os
import pickle
import select
import signal
import sys
import threading
from functools import partial
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Given = TypeVar("Given")
Value = TypeVar("Value")
GIVES_WAY = 5
"""By how much a copy that can wait gives way to all else."""
SIZE, AT_ONCE = 8, 60_000
"""Bytes that tell how long a message is; bytes that a pipe takes without anybody who reads."""

LOOKS = 0.02
"""Seconds between two looks whether a result is still wanted."""


FAILED = 70
"""The exit status of a copy whose work raised something; any other end without a result is not of its own doing."""


class WorkerDiedError(Exception):
    """A copy ended in the middle of its work: killed, or by an exit that the work made.

    `status` is its exit status, as Popen has it; None if it was ended because it took too long.
    """

    def __init__(self, status: int | None) -> None:
        """Keep the status."""
        super().__init__(status)
        self.status = status


class _Copy(Generic[Value]):
    """A copy of this process at work; `pipe` is where its result comes from.

    Work that may end its process is not done `again` here when it did; what must stay `apart` is never done here.
    """

    def __init__(self, work: Callable[[], Value], child: int, pipe: int, *, again: bool, apart: bool) -> None:
        self.work = work
        self.child = child
        self.pipe = pipe
        self.again = again
        self.apart = apart

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
        if self.apart or (status != FAILED and not self.again):
            raise WorkerDiedError(status)
        return self.work()

    def has_ended(self) -> bool:
        """Tell whether the work is done or the copy is dead: then nobody waits for it long."""
        return bool(select.select([self.pipe], [], [], 0)[0])

    def drop(self) -> None:
        """End the copy; nobody wants its result."""
        os.close(self.pipe)
        os.kill(self.child, signal.SIGKILL)
        os.waitpid(self.child, 0)


def _start(
    work: Callable[[], Value], before: Callable[[], None] = lambda: None, *, again: bool = False, apart: bool = False
) -> _Copy[Value] | None:
    """Make a copy of this process, which does `before` and then the work; None if that is not possible.

    The system libraries of macOS may abort a copy of a process that has used them.
    """
    if sys.platform == "darwin":
        return None
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
    return _Copy(work, child, reader, again=again, apart=apart)


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


class HeldWorker(Generic[Given, Value]):
    """A copy of this process that gets ready for some work, and does it when it is given what to work on.

    Whoever made it gives it something and waits, or ends it.
    """

    def __init__(self, prepare: Callable[[], None], work: Callable[[Given], Value], *, apart: bool = False) -> None:
        """Let a copy get ready, if one can be made; else the work is done here, when it is waited for.

        What must stay `apart` is not done here when it fails in the copy.
        """
        reader, writer = os.pipe()

        def be_ready() -> None:
            os.close(writer)
            prepare()

        def do() -> Value:
            # Not up to the end of the pipe: a copy that was made later than this one holds it open.
            with os.fdopen(reader, "rb") as file:
                data = file.read(int.from_bytes(file.read(SIZE), "big"))
            if not data:
                os._exit(1)  # nobody is left who would want it done
            return work(pickle.loads(data))

        self._work = work
        self._copy = _start(do, be_ready, apart=apart)
        self._pipe: int | None = writer
        os.close(reader)

    def give(self, given: Given) -> None:
        """Let it begin; returns at once. Once only."""
        pipe, self._pipe = self._pipe, None
        assert pipe is not None
        data = pickle.dumps(given, pickle.HIGHEST_PROTOCOL)
        message = len(data).to_bytes(SIZE, "big") + data
        if self._copy is not None:
            self._copy.work = partial(self._work, given)
        else:
            self._here = partial(self._work, given)
            message = b""
        if len(message) <= AT_ONCE:
            _pour(pipe, message)
        else:
            threading.Thread(target=_pour, args=(pipe, message), daemon=True).start()

    def give_way(self) -> None:
        """Let it give way to all else from now on: what can wait is not on the longest way through a build."""
        if self._copy is not None:
            with contextlib.suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, self._copy.child, GIVES_WAY)

    def has_ended(self) -> bool:
        """Tell whether what it was given is done already, so that to wait for it takes no time."""
        return self._copy is not None and self._copy.has_ended()

    def wait(self, check: Callable[[], None] | None = None) -> Value:
        """Return the result of what it was given, as `Workspace.run_worker` does. Raises WorkerDiedError."""
        copy, self._copy = self._copy, None
        return copy.wait(check) if copy is not None else self._here()

    def end(self) -> None:
        """End it, unless its result was waited for: nobody wants it."""
        if self._pipe is not None:
            os.close(self._pipe)
            self._pipe = None
        if self._copy is not None:
            self._copy.drop()
            self._copy = None


def _pour(pipe: int, data: bytes) -> None:
    """Write to a pipe and close it; a copy that has died reads no more."""
    with contextlib.suppress(BrokenPipeError), os.fdopen(pipe, "wb") as file:
        file.write(data)
