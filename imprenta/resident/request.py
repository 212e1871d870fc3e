"""The bytes and the open files that a caller sends -> what it asks for and what it lends."""

from __future__ import annotations

import os
import socket
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from imprenta.client import ENGINE, GO, PROTOCOL

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGEST_REQUEST = 4 << 20
SESSION_NAMES = frozenset(
    b"_ PWD OLDPWD SHLVL COLUMNS LINES TERM COLORTERM NO_COLOR WINDOWID MFLAGS STY DISPLAY LS_COLORS INVOCATION_ID "
    b"JOURNAL_STREAM SYSTEMD_EXEC_PID XDG_SESSION_ID XDG_VTNR XDG_ACTIVATION_TOKEN DESKTOP_STARTUP_ID GPG_TTY "
    b"COLORFGBG TERMINATOR_UUID PYTEST_CURRENT_TEST IMPRENTA_RESIDENTE".split()
)
SESSION_PREFIXES = (
    b"TERM_", b"SSH_", b"VTE_", b"KONSOLE_", b"GNOME_TERMINAL_", b"ITERM_", b"KITTY_", b"WEZTERM_", b"TMUX", b"WT_",
    b"VSCODE_", b"ALACRITTY_", b"GHOSTTY_", b"GIO_LAUNCHED_", b"ZELLIJ", b"MAKE",
)  # fmt: skip
"""Variables that tell one terminal, or one call of make, from another and change nothing that is loaded."""


@dataclass(frozen=True, slots=True)
class Request:
    """What a caller asks for, and how its process is set up."""

    root: str
    arguments: tuple[str, ...]
    encodings: tuple[str, str]
    """Those of its standard output and error stream."""
    umask: int
    environment: dict[bytes, bytes]


class Stop(Exception):  # noqa: N818 - a request as good as any
    """The caller asks this process to end."""


def receive_request(connection: socket.socket) -> Request | None:
    """Read a request; None if it is of another protocol or engine. Raises OSError, ValueError, Stop."""
    length = int.from_bytes(_read(connection, 4), "big")
    if length == 0:
        raise Stop
    if length > LARGEST_REQUEST:
        raise ValueError
    protocol, engine, root, out, err, umask, count, *rest = _read(connection, length).split(b"\0")
    if protocol != PROTOCOL or engine != os.fsencode(ENGINE):
        return None
    arguments, variables = rest[: int(count)], rest[int(count) :]
    return Request(
        os.fsdecode(root),
        tuple(map(os.fsdecode, arguments)),
        (out.decode(), err.decode()),
        int(umask),
        dict(variable.split(b"=", 1) for variable in variables if b"=" in variable),
    )


def _read(connection: socket.socket, length: int) -> bytes:
    """Read so many bytes; raise ValueError if no more than fewer come."""
    data = b""
    while len(data) < length:
        more = connection.recv(length - len(data))
        if not more:
            raise ValueError
        data += more
    return data


@contextmanager
def receive_loan(connection: socket.socket) -> Iterator[tuple[int, int, int] | None]:
    """Wait for the caller's word to begin, and yield its folder, output and error stream, as file descriptors.

    None if it did not wait. They are closed in the end. Raises OSError.
    """
    word, lent, _, _ = socket.recv_fds(connection, len(GO), 3)
    try:
        yield (lent[0], lent[1], lent[2]) if word == GO and len(lent) == 3 else None
    finally:
        for number in lent:
            os.close(number)


def lasting_variables(environment: dict[bytes, bytes]) -> dict[bytes, bytes]:
    """Return the variables that two processes must agree in, for one to stand for the other: in doubt, all."""
    return {
        name: value
        for name, value in environment.items()
        if name not in SESSION_NAMES and not name.startswith(SESSION_PREFIXES)
    }
