"""A process that has built -> a resident one, which stays behind and runs the next commands of its report.

It keeps what is loaded and worked out, so that a command costs what its change costs. A caller (`client`, which tells
the protocol) lends it its working folder, standard output, error stream, environment and umask: commands print where
they always print, and need not know where they run. One command runs at a time; whoever finds it busy goes the
ordinary way, where the lock of `build/` keeps order.

It ends by itself: when nobody asks for a while, when another process took its socket or somebody cleaned `build/`,
and whenever its owner says that it is not what a new process would be.
"""

from __future__ import annotations

import os
import select
import signal
import socket
import time
from contextlib import suppress
from typing import TYPE_CHECKING, NoReturn

from imprenta.client import READY, SOCKET, is_own_peer, socket_path
from imprenta.resident.borrowing import borrow, interrupt_if_closed
from imprenta.resident.request import Stop, lasting_variables, receive_loan, receive_request

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from imprenta.resident.request import Request

IDLE = 600.0
"""Seconds without a command after which it ends."""
LOOKS = 5.0
"""Seconds between two looks whether its socket is still there."""
PATIENCE = 10.0
"""Seconds that a caller has for its part of the protocol: it may be kept waiting for a processor between two words, and
whoever calls meanwhile goes the ordinary way."""
BUG, INTERRUPTED = 3, 130
DOUBTFUL = (BUG, INTERRUPTED)
"""The exit statuses of commands that ended in the middle of something: what they left is not gone on from."""


class Resident:
    """The commands of one report, one after another, for the callers of its socket."""

    def __init__(
        self,
        root: str,
        environment: dict[bytes, bytes],
        serve: Callable[[Sequence[str]], int],
        is_of_use: Callable[[], bool],
    ) -> None:
        """Serve the report in the folder `root`, which has a `build/`.

        `environment` is the one that this process was started with, `serve` runs a command and returns its status,
        `is_of_use` is asked before each command, and after it, whether this process should go on.
        """
        self.root = os.path.realpath(root)
        self.environment = lasting_variables(environment)
        self.serve = serve
        self.is_of_use = is_of_use
        self.idle, self.looks = IDLE, LOOKS
        self._interruptible = self._idled = False
        self._listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._mark = (0, 0)
        self._stopper: socket.socket | None = None

    def open(self) -> None:
        """Take callers from now on, in the place of whichever process did before. Raises OSError."""
        name = os.path.join(self.root, SOCKET)
        folder = os.open(os.path.dirname(name), os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        own = f"{socket_path(folder)}.{os.getpid()}"
        try:
            self._listener.bind(own)
            os.chmod(own, 0o600)
            self._listener.listen(4)
            status = os.stat(own)
            self._mark = (status.st_dev, status.st_ino)
            os.replace(own, socket_path(folder))
        finally:
            os.close(folder)

    def run(self, prepare: Sequence[Callable[[], object]] = ()) -> bool:
        """Serve until there is a reason to end; tell whether it is that nobody called for long.

        What is to `prepare` for the next command is done, one after another, while nobody calls.
        """
        signal.signal(signal.SIGINT, self._on_interrupt)
        signal.signal(signal.SIGTERM, _on_end)
        try:
            while self._wait_for_caller(prepare):
                connection, _ = self._listener.accept()
                try:
                    goes_on = self._answer(connection)
                except Stop:
                    self._stopper = connection  # it is closed by the end of this process
                    return False
                connection.close()
                if not goes_on:
                    return False
            return self._idled
        finally:
            self.close()

    def close(self) -> None:
        """Take no more callers."""
        if self._is_there():
            with suppress(OSError):
                os.unlink(os.path.join(self.root, SOCKET))
        self._listener.close()

    def _wait_for_caller(self, prepare: Sequence[Callable[[], object]]) -> bool:
        """Wait for a caller; tell whether one came."""
        for work in prepare:
            if self._calls(0) or not self._is_there():
                break
            work()
        else:
            if not self.is_of_use():
                return False
        end = time.monotonic() + self.idle
        while not self._calls(self.looks):
            self._idled = time.monotonic() > end
            if self._idled or not self._is_there():
                return False
        return True

    def _calls(self, seconds: float) -> bool:
        return bool(select.select([self._listener], [], [], seconds)[0])

    def _is_there(self) -> bool:
        """Tell whether callers come to this process: its socket was neither removed nor replaced."""
        try:
            status = os.lstat(os.path.join(self.root, SOCKET))
        except OSError:
            return False
        return (status.st_dev, status.st_ino) == self._mark

    def _answer(self, connection: socket.socket) -> bool:
        """Run a caller's command; tell whether to take another."""
        try:
            connection.settimeout(PATIENCE)
            request = receive_request(connection) if is_own_peer(connection) else None
        except (OSError, ValueError):
            return True
        if request is None:
            return True
        if not self.is_of_use():
            return False
        if request.root != self.root or lasting_variables(request.environment) != self.environment:
            return True
        status = None
        with suppress(OSError):  # it goes away, or went: then it takes the ordinary way
            connection.sendall(READY)
            with receive_loan(connection) as lent:
                if lent is not None:
                    status = self._run(connection, request, lent)
            if status is not None:
                connection.sendall(bytes([status]))
        return status not in DOUBTFUL

    def _run(self, connection: socket.socket, request: Request, lent: tuple[int, int, int]) -> int:
        """Run a command where its caller would have run it; return its exit status."""
        try:
            with borrow(request, lent), interrupt_if_closed(connection):
                self._interruptible = True
                try:
                    return self.serve(request.arguments)
                finally:
                    self._interruptible = False
        except KeyboardInterrupt:  # it came when the command was over
            return INTERRUPTED

    def _on_interrupt(self, _number: int, _frame: object) -> None:
        if self._interruptible:
            raise KeyboardInterrupt


def _on_end(_number: int, _frame: object) -> NoReturn:
    raise SystemExit
