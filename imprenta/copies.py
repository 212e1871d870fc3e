"""Work -> its result, done in a copy of this process, beside whatever this one does."""

from __future__ import annotations

import contextlib
import os
import pickle
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Value = TypeVar("Value")
GIVES_WAY = 5
"""By how much a copy that is held gives way to all else: what can wait is not on the longest way through a build."""


def run_aside(work: Callable[[], Value], before: Callable[[], None] = lambda: None) -> Callable[[], Value]:
    """Do some work in a copy of this process, as `Workspace.run_aside` tells; the copy does `before` first."""
    reader, writer = os.pipe()
    try:
        child = os.fork()
    except OSError:
        os.close(reader)
        os.close(writer)
        return work
    if child == 0:
        status = 1
        try:
            os.close(reader)
            with os.fdopen(writer, "wb") as file:
                before()
                pickle.dump(work(), file, pickle.HIGHEST_PROTOCOL)
            status = 0
        finally:
            os._exit(status)
    os.close(writer)

    def wait() -> Value:
        with os.fdopen(reader, "rb") as file:
            data = file.read()
        _, status = os.waitpid(child, 0)
        result: Value = pickle.loads(data) if status == 0 else work()
        return result

    return wait


def hold_aside(
    prepare: Callable[[], None], work: Callable[[], Value]
) -> tuple[Callable[[], None], Callable[[], Value]]:
    """Have a copy of this process ready for some work, as `Workspace.hold_aside` tells."""
    reader, writer = os.pipe()

    def be_ready() -> None:
        os.close(writer)
        os.nice(GIVES_WAY)
        prepare()
        if not os.read(reader, 1):
            os._exit(1)  # nobody is left who would want it done

    wait = run_aside(work, be_ready)
    os.close(reader)

    def begin() -> None:
        with contextlib.suppress(BrokenPipeError), os.fdopen(writer, "wb", buffering=0) as pipe:
            pipe.write(b"1")

    return begin, wait
