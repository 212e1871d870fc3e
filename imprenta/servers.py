"""A program that was started to serve -> its answers, a line for each line that it is asked."""

from __future__ import annotations

import contextlib
import select
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager


class Server:
    """A program that answers a line for each line that it is asked; one thread asks it at a time.

    It ends with its input, and so with the process that started it, however that ends.
    """

    def __init__(
        self,
        process: subprocess.Popen[bytes],
        seconds: float,
        grace: float,
        ended_on_cancel: Callable[[subprocess.Popen[bytes]], AbstractContextManager[None]],
        kill: Callable[[subprocess.Popen[bytes]], None],
    ) -> None:
        """Take over a process from whoever ends it when its work is called off.

        It has `seconds` for an answer, and when its input is over `grace` seconds to end by itself.
        """
        assert process.stdin is not None
        assert process.stdout is not None
        self._process, self._entrance, self._answers = process, process.stdin, process.stdout
        self._seconds, self._grace = seconds, grace
        self._ended_on_cancel = ended_on_cancel
        self._kill = kill

    def is_there(self) -> bool:
        """Tell whether the program still runs."""
        return self._process.poll() is None

    def tell(self, line: str) -> None:
        """Give the program a line that it does not answer; one that has ended does not get it."""
        with contextlib.suppress(OSError, ValueError):
            self._entrance.write(line.encode() + b"\n")
            self._entrance.flush()

    def ask(self, line: str) -> str | None:
        """Return the program's answer to a line, or None if it has ended or its time was over: then it is ended.

        Raises Cancelled if the work is called off meanwhile.
        """
        try:
            with self._ended_on_cancel(self._process):
                self.tell(line)
                answer = self._wait_for_line()
        except BaseException:
            self.end()
            raise
        if answer.endswith(b"\n"):
            return answer.decode().rstrip("\n")
        self.end()
        return None

    def _wait_for_line(self) -> bytes:
        if self._answers.closed:
            return b""
        ready, _, _ = select.select([self._answers], [], [], self._seconds)
        return self._answers.readline() if ready else b""

    def end(self) -> None:
        """End the program: with its input, after which it may clear up a moment; then by force, with what it began."""
        with contextlib.suppress(OSError):
            self._entrance.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(self._grace)
        self._kill(self._process)
        self._process.wait()
        self._answers.close()
