"""What a caller lends -> this process's own for the time of a command: folder, streams, environment, Ctrl-C."""

from __future__ import annotations

import os
import select
import signal
import sys
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from imprenta.resident.leaving import let_go_of_streams
from imprenta.streams import drop_rest, open_outlet

if TYPE_CHECKING:
    import socket
    from collections.abc import Iterator

    from imprenta.resident.request import Request


@contextmanager
def borrow(request: Request, lent: tuple[int, int, int]) -> Iterator[None]:
    """Stand where the caller stands: its folder, its streams, its environment; give all back in the end."""
    folder, *others = lent
    own = sys.stdout, sys.stderr
    os.fchdir(folder)
    mask = os.umask(request.umask)
    _replace_environment(request.environment)
    for number, place in zip(others, (1, 2), strict=True):
        os.dup2(number, place)
    errors = ("strict", "backslashreplace")
    streams = [
        open_outlet(number, name, how) for number, name, how in zip((1, 2), request.encodings, errors, strict=True)
    ]
    sys.stdout, sys.stderr = streams
    try:
        yield
    finally:
        for stream in streams:
            with suppress(ValueError):  # it was closed
                stream.flush()
            drop_rest(stream)
        sys.stdout, sys.stderr = own
        let_go_of_streams()
        os.umask(mask)
        os.chdir("/")


def _replace_environment(variables: dict[bytes, bytes]) -> None:
    for name in set(os.environb) - set(variables):
        del os.environb[name]
    for name, value in variables.items():
        if os.environb.get(name) != value:
            os.environb[name] = value


@contextmanager
def interrupt_if_closed(connection: socket.socket) -> Iterator[None]:
    """Interrupt this thread if the caller closes the connection meanwhile."""
    builder = threading.get_ident()
    end, ended = os.pipe()

    def watch() -> None:
        if connection.fileno() in select.select([connection.fileno(), end], [], [])[0]:
            signal.pthread_kill(builder, signal.SIGINT)

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        os.close(ended)
        watcher.join()
        os.close(end)
