"""A command line -> its exit status from the report's resident process; None if it has none that could serve it.

Standard library only, and as little of it as will do: this is all of Imprenta that such a command loads. What is said
here is the caller's half of the protocol; `resident` is the other.

1. The caller sends one request.
2. The resident answers READY, or closes if it is not the one to ask: other engine, other environment.
3. The caller answers GO, with its working folder, standard output and error stream as file descriptors, and only then
   is anything done. Whoever waits in vain for READY goes the ordinary way; had it sent its streams before, whoever
   reads its output would wait for a resident that hangs.
4. The resident gives the streams back and sends the exit status, one byte. Closing the connection before is an
   interrupt (Ctrl-C).

An empty request ends the resident, which closes the connection when nothing of it is left.
"""

from __future__ import annotations

import os
import sys

from imprenta.project import ENGINE as ENGINE
from imprenta.project import PROJECT, current_folder, find_project

TYPE_CHECKING = False
if TYPE_CHECKING:
    import _socket
    from collections.abc import Sequence

PROTOCOL = b"imprenta 1"
SOCKET = "build/resident"
READY, GO = b"+", b"!"
WISH = "IMPRENTA_RESIDENTE"
"""The variable with which users say whether they want a resident process: «no» or «sí»."""
AUTOMATIC = ("CI", "PYTEST_CURRENT_TEST")
"""Variables of those who run commands for themselves and expect no process to stay: there it must be asked for."""
SERVED = ("build", "check")
BARE = frozenset({"--strict", "--explain"})
VALUED = frozenset({*PROJECT, "--format", "--only", "--ignore"})
"""The options that a resident process serves; whatever else there is takes the ordinary way."""
PATIENCE, SURE_PATIENCE = 1.0, 60.0
"""Seconds within which a resident process that is not busy answers; and those that one is waited for that was asked
for by name, which on a loaded machine still gets ready for the next command."""
ENDING = 10.0
"""Seconds that a resident process has to end."""
GRACE = 5.0
"""Seconds that an interrupted build has to end its programs."""
CANNOT_ASK = (ImportError, AttributeError, OSError, ValueError)
"""What it means that there is no resident process, that it died, or that the system has no such sockets."""
CREDENTIALS = 12
"""The size of Linux's `struct ucred`: process, user, group."""


def ask_resident(arguments: Sequence[str]) -> int | None:
    """Have a command run by the resident process of its report; return its exit status, or None if nothing was done.

    Raises KeyboardInterrupt.
    """
    root = find_served(arguments)
    if root is None or not is_wanted():
        return None
    here = -1
    connection = None
    try:
        here = os.open(".", os.O_RDONLY | os.O_DIRECTORY)
        connection = _connect(root)
        return _ask(connection, pack_request(root, arguments), (here, 1, 2))
    except CANNOT_ASK:
        return None
    finally:
        if connection is not None:
            connection.close()
        if here >= 0:
            os.close(here)


def stop_resident(root: str) -> None:
    """End the resident process of a report, if it has one, and wait for its end for a while."""
    try:
        connection = _connect(root)
    except CANNOT_ASK:
        return
    try:
        connection.settimeout(ENDING)
        connection.sendall(pack([]))
        connection.recv(1)
    except CANNOT_ASK:
        pass
    finally:
        connection.close()


def find_served(arguments: Sequence[str]) -> str | None:
    """Return the folder of the report that a command is for, if a resident process may serve that command."""
    words = list(arguments)
    order = root = None
    while words:
        word = words.pop(0)
        name, joined, value = word.partition("=")
        if name in VALUED and (joined or words):
            value = value if joined else words.pop(0)
            root = os.path.realpath(value) if name in PROJECT else root
        elif order is None and word in SERVED:
            order = word
        elif word not in BARE:
            return None
    here = current_folder()
    return root or (find_project(here) if here is not None else None)


def is_wanted() -> bool:
    """Tell whether a process may stay after its command, and be asked."""
    wish = os.environ.get(WISH, "")
    return wish != "no" if wish else not any(name in os.environ for name in AUTOMATIC)


def pack_request(root: str, arguments: Sequence[str]) -> bytes:
    """Return a request: what a process that is started for the command would be started with."""
    umask = os.umask(0o077)
    os.umask(umask)
    encodings = [getattr(stream, "encoding", None) or "utf-8" for stream in (sys.stdout, sys.stderr)]
    fields = [PROTOCOL, os.fsencode(ENGINE), os.fsencode(os.path.realpath(root)), *map(str.encode, encodings)]
    fields += [b"%d" % umask, b"%d" % len(arguments), *map(os.fsencode, arguments)]
    fields += [name + b"=" + value for name, value in os.environb.items()]
    return pack(fields)


def pack(fields: Sequence[bytes]) -> bytes:
    """Return fields as they are sent: their length, then each but the last with a zero byte, which none can hold."""
    data = b"\0".join(fields)
    return len(data).to_bytes(4, "big") + data


def is_own_peer(connection: _socket.socket) -> bool:
    """Tell whether the process at the other end of a Unix socket is this user's."""
    import _socket

    told = connection.getsockopt(_socket.SOL_SOCKET, _socket.SO_PEERCRED, CREDENTIALS)
    return int.from_bytes(told[4:8], sys.byteorder) == os.geteuid()


def socket_path(folder: int) -> str:
    """Return a path of the socket in a folder that is open: sockets take 107 bytes of a path and no more."""
    return f"/proc/self/fd/{folder}/{os.path.basename(SOCKET)}"


def _connect(root: str) -> _socket.socket:
    """Connect to the resident process of a report; raise OSError if there is none, or it is another user's."""
    import _socket

    connection = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
    folder = -1
    try:
        connection.settimeout(SURE_PATIENCE if os.environ.get(WISH) else PATIENCE)
        folder = os.open(os.path.dirname(os.path.join(root, SOCKET)), os.O_RDONLY | os.O_DIRECTORY)
        connection.connect(socket_path(folder))
        if not is_own_peer(connection):
            raise OSError
    except BaseException:
        connection.close()
        raise
    finally:
        if folder >= 0:
            os.close(folder)
    return connection


def _ask(connection: _socket.socket, request: bytes, handed: Sequence[int]) -> int | None:
    """Send a request, hand over file descriptors, and wait for the exit status."""
    import _socket

    connection.sendall(request)
    if connection.recv(1) != READY:
        return None
    sys.stdout.flush()
    sys.stderr.flush()
    rights = b"".join(number.to_bytes(4, sys.byteorder) for number in handed)
    connection.settimeout(None)
    status = _begin(connection, (_socket.SOL_SOCKET, _socket.SCM_RIGHTS, rights))
    return status[0] if status else None


def _begin(connection: _socket.socket, rights: tuple[int, int, bytes]) -> bytes:
    """Let the command begin and wait for its status; an interrupt (Ctrl-C) is passed on, and its end waited for."""
    try:
        connection.sendmsg([GO], [rights])
        return connection.recv(1)
    except KeyboardInterrupt as interrupt:
        status = b""
        try:
            connection.shutdown(1)  # SHUT_WR
            connection.settimeout(GRACE)
            status = connection.recv(1)
        except OSError:
            pass
        if not status:
            raise interrupt from None
        return status
