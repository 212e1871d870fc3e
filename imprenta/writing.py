"""Bytes -> a file, whole or not at all; and files that nobody needs -> nothing."""

from __future__ import annotations

import os
import re
import shutil
import stat
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from imprenta.locks import is_kept
from imprenta.problems import CannotContinue
from imprenta.processes import PASSING

if TYPE_CHECKING:
    from pathlib import Path

HALF = re.compile(r"\..+\.[0-9a-z_]{8}")
"""The name of a file while it is written."""
OWNED = re.compile(r"(?:wait-\w+-|up-to-date\.txt\.|al-dia\.txt\.|espera-\w+-|resident\.)(\d+)(?:\.tex)?")
"""The name of what one process has for itself: a pipe for an engine that waits, a file that is about to be another."""
SURELY_LEFT = 60.0
"""Seconds after which nobody writes on at a file that has no name yet."""
ROUNDS = 20
"""How often a folder is looked through again for what came while it was emptied."""
PASSED = 3600.0
"""Seconds after which no program needs what it made for a moment: the longest of them have some minutes."""


def write_file(path: Path, name: str, content: bytes, mode: int = 0o666) -> None:
    """Write a file as `Workspace.write` tells; `name` is what people call it."""
    try:
        if _holds(path, content):
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(f".{path.name}.{os.urandom(4).hex()}")
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, mode)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            os.replace(temporary, path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise CannotContinue(f"no se puede escribir «{name}»: {error.strerror or error}") from error


def settle_file(path: Path) -> None:
    """Have the disk hold a file and its name: the system writes them down when it likes, and the power may fail before.

    It may take as long as the disk likes. Where that cannot be asked for, nothing is done.
    """
    for place in (path, path.parent):
        with suppress(OSError):
            file = os.open(place, os.O_RDONLY | os.O_CLOEXEC)
            try:
                os.fsync(file)
            finally:
                os.close(file)


def _holds(path: Path, content: bytes) -> bool:
    """Tell whether there is a file with these bytes; one of another size is not read."""
    try:
        status = path.stat()
    except OSError:
        return False
    return stat.S_ISREG(status.st_mode) and status.st_size == len(content) and path.read_bytes() == content


def remove_path(path: Path) -> bool:
    """Remove a file or a folder with all it holds; tell whether there was one."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
        return True
    if path.exists():
        path.unlink()
        return True
    return False


def remove_leftovers(folder: Path) -> None:
    """Remove from a folder and those in it what processes left there that were killed, and what they never put there.

    Half a file before it got its name, and what has the number of a process in its name that is there no more; and
    links: we make none, and LaTeX would follow one that came with a report.
    """
    before = time.time() - SURELY_LEFT
    for place, folders, files in os.walk(folder):
        for name in (*folders, *files):
            path, owner = os.path.join(place, name), OWNED.fullmatch(name)
            with suppress(OSError):
                if (
                    os.path.islink(path)
                    or (HALF.fullmatch(name) and os.lstat(path).st_mtime < before)
                    or (owner is not None and not is_alive(int(owner[1])))
                ):
                    os.unlink(path)
    _remove_passed(folder / PASSING)


def _remove_passed(folder: Path) -> None:
    """Remove what programs of processes that are there no more made for a moment, and what is old of the others'.

    There are no links left in the folder.
    """
    before = time.time() - PASSED
    for own in _list(folder):
        alive = own.name.isdecimal() and is_alive(int(own.name))
        for path in _list(own) if alive else [own]:
            with suppress(OSError):
                if not alive or path.lstat().st_mtime < before:
                    remove_path(path)


def _list(folder: Path) -> list[Path]:
    """Return what is in a folder, or nothing."""
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


def is_alive(process: int) -> bool:
    """Tell whether there is a process of this number."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True  # it is another user's
    return True


def empty_folder(folder: Path, name: str, lock: Path, stays: str = "") -> None:
    """Remove a folder whose lock this process has, but for what another keeps: the lock last, so that nobody comes in.

    If what is called `stays` is to stay, the folder does too. Whoever waits for the lock makes another one. A process
    that gets ready for the next order may begin a program meanwhile, which finds a folder of its own: it goes too.
    """
    try:
        for _ in range(ROUNDS):
            found = [path for path in sorted(folder.iterdir()) if path != lock and path.name != stays]
            if not (ours := [path for path in found if not is_kept(path)]):
                break
            for path in ours:
                remove_path(path)
        lock.unlink()
    except OSError as error:
        raise CannotContinue(f"no se puede borrar «{name}/»: {error.strerror or error}") from error
    if not stays:
        with suppress(OSError):  # something else is there still, or again
            folder.rmdir()
