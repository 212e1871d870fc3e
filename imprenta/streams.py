"""The standard streams that a process was started with -> streams that may fail without harm to what is done.

Standard library only: this comes before anything else. Whoever reads what we say may leave, the disk that it goes to
may be full, and there may be no streams at all: none of this keeps a PDF from being made.
"""

from __future__ import annotations

import errno
import io
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Outlet(io.TextIOWrapper):
    """A text stream that takes everything that is written to it; `failure` is why some of it got lost, if it did.

    Not below the text: an interruption after the system has taken some bytes would have them written again.
    """

    failure: OSError | None = None

    def write(self, text: str) -> int:
        """Write what can be written; say that it was all."""
        try:
            return super().write(text)
        except OSError as error:
            self.failure = self.failure or error
            return len(text)

    def flush(self) -> None:
        """Hand on what can be handed on."""
        try:
            super().flush()
        except OSError as error:
            self.failure = self.failure or error


def open_outlet(number: int, encoding: str, errors: str, *, through: bool = False) -> Outlet:
    """Return a text stream on a standard file, as Python makes its own; with `through` nothing is held back."""
    file = io.FileIO(number, "w", closefd=False)
    lines = number == 2 or file.isatty()
    buffer: Any = file if through else io.BufferedWriter(file)
    return Outlet(buffer, encoding, errors, line_buffering=lines, write_through=through)


def drop_rest(stream: Outlet) -> None:
    """Let go of what could not be written: whoever has the file next must not get it."""
    buffer: Any = stream.buffer
    getattr(buffer, "raw", buffer).close()


def guard_streams() -> None:
    """Have three standard files, whatever this process was started with, and streams that never raise."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # it gets the lowest number that is free: this one
    for number, name in ((1, "stdout"), (2, "stderr")):
        own = getattr(sys, name)
        encoding = own.encoding if own is not None else "utf-8"
        through = bool(own is not None and own.write_through)
        # What an encoding lacks, as ASCII does every accent, is written as an escape.
        setattr(sys, name, open_outlet(number, encoding, "backslashreplace", through=through))


def find_loss(stream: object) -> OSError | None:
    """Return why what was written to a standard stream got lost; a reader who left did not want the rest."""
    failure = getattr(stream, "failure", None)
    return failure if isinstance(failure, OSError) and failure.errno != errno.EPIPE else None
