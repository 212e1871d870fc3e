"""A thread or a process -> one that may change only what is below some folders, and reach no network: Landlock.

Linux lets every thread give up rights for itself and for all that it starts from then on (landlock(7)): there is no
privilege in it and no program between. Reading stays as it was. A kernel that knows less confines less.
"""

from __future__ import annotations

import os
import resource
import signal
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
"""The numbers of the system calls, which are the same on all machines."""
ASK_VERSION, PATH_BENEATH = 1, 1
SET_PDEATHSIG, SET_NO_NEW_PRIVS = 1, 38
"""Of prctl(2)."""
WRITE_FILE = 1 << 1
CHANGES = WRITE_FILE | sum(1 << bit for bit in range(4, 13))
"""To write files, and to make or remove anything."""
LATER = {2: 1 << 13, 3: 1 << 14}
"""By the version that brought it: to move between folders, to cut off."""
TO_FILES = WRITE_FILE | LATER[3]
NETWORK = 0b11
"""To take or call a TCP port; since version 4."""
SCOPES = 0b11
"""To call sockets without a name, and to signal processes, of those who are not confined so; since version 6."""
MEMORY, FILE_SIZE = 4 << 30, 512 << 20
"""Bytes of address space and of a file, of a program or of a copy that runs one of the author's."""


def is_confining() -> bool:
    """Tell whether this system can confine programs."""
    return _version() > 0


def _call(number: int, *arguments: object) -> int:
    import ctypes

    return int(ctypes.CDLL(None, use_errno=True).syscall(number, *arguments))


def _version() -> int:
    """Return which version of Landlock the system has; 0 if none."""
    if not sys.platform.startswith("linux"):
        return 0
    import ctypes

    return max(0, _call(CREATE_RULESET, None, ctypes.c_size_t(0), ASK_VERSION))


def confine(folders: Iterable[str]) -> bool:
    """Let this thread, and all that it starts, change nothing but what is below some folders; tell whether that holds.

    Folders that are not there are left out. It cannot be taken back.
    """
    version = _version()
    if not version:
        return False
    import ctypes

    access = CHANGES | sum(bit for since, bit in LATER.items() if version >= since)
    network, scopes = NETWORK if version >= 4 else 0, SCOPES if version >= 6 else 0
    attributes = b"".join(part.to_bytes(8, sys.byteorder) for part in (access, network, scopes))
    size = 8 if version < 4 else 16 if version < 6 else 24
    ruleset = _call(CREATE_RULESET, attributes, ctypes.c_size_t(size), 0)
    if ruleset < 0:
        return False
    try:
        for folder in folders:
            _allow(ruleset, folder, access)
        ctypes.CDLL(None).prctl(SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        return _call(RESTRICT_SELF, ruleset, 0) == 0
    finally:
        os.close(ruleset)


def _allow(ruleset: int, place: str, access: int) -> None:
    """Allow all below a folder; of what is no folder, to be written."""
    try:
        file = os.open(place, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        allowed = access if os.path.isdir(f"/proc/self/fd/{file}") else access & TO_FILES
        rule = allowed.to_bytes(8, sys.byteorder) + file.to_bytes(4, sys.byteorder)
        _call(ADD_RULE, ruleset, PATH_BENEATH, rule, 0)
    finally:
        os.close(file)


def confine_copy(folders: Iterable[str]) -> None:
    """Confine a copy of this process that runs what the author wrote: it ends with whoever made it, too."""
    if sys.platform.startswith("linux"):
        import ctypes

        ctypes.CDLL(None).prctl(SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    limit_this_process({resource.RLIMIT_AS: MEMORY, resource.RLIMIT_FSIZE: FILE_SIZE, resource.RLIMIT_CORE: 0})
    confine(folders)


def limit_this_process(bounds: Mapping[int, int]) -> None:
    """Let this process, and all that it starts, use no more than the bounds, by the kinds of setrlimit(2)."""
    for kind, bound in bounds.items():
        with suppress(ValueError, OSError):  # less is allowed already
            resource.setrlimit(kind, (bound, bound))


def writable_places(*own: str) -> list[str]:
    """Return where programs may write: `own`, where the system has room for what passes, and its caches of fonts."""
    home = os.path.expanduser("~")
    fonts = os.path.join(os.environ.get("XDG_CACHE_HOME") or f"{home}/.cache", "fontconfig")
    return [*own, *_temporary_folder(), "/dev", fonts]


def _temporary_folder() -> list[str]:
    """Return the system's folder for temporary files; none where no disk has room for any."""
    import tempfile

    try:
        return [tempfile.gettempdir()]
    except FileNotFoundError:
        return []
