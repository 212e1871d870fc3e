"""Files that one process keeps at a time -> who may work, and who waits or goes away."""

from __future__ import annotations

import fcntl
import os
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from imprenta.problems import CannotContinue

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

TURN = 0.05
"""Seconds after which a process that waits looks again."""
_kept: set[int] = set()
"""The files that this process keeps."""


def _let_go() -> None:
    """Keep nothing: a copy of a process keeps nobody away, whatever becomes of the process that it is a copy of."""
    for file in _kept:
        os.close(file)
    _kept.clear()


os.register_at_fork(after_in_child=_let_go)


@contextmanager
def hold_lock(path: Path, folder: str, told: Callable[[], None], go_on: Callable[[], None]) -> Iterator[None]:
    """Keep a file while others wait for it; its folder is made.

    `told` is called once if another process has it, `go_on` each time before this one looks again: it may raise.
    """
    waits = False
    while True:
        file = _open(path, folder)
        try:
            if _take(file) and _is_there(file, path):
                _kept.add(file)
                yield
                return
            held_by_another = _is_there(file, path)
        finally:
            _kept.discard(file)
            os.close(file)  # a lock goes with its file
        if held_by_another:
            if not waits:
                told()
            waits = True
            go_on()
            time.sleep(TURN)


def _open(path: Path, folder: str) -> int:
    """Open the file, which is made; whoever cleans may take the folder away in between."""
    for _ in range(100):
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except FileNotFoundError:
            continue
        except OSError as error:
            raise CannotContinue(f"no se puede escribir en «{folder}/»: {error.strerror or error}") from error
    raise CannotContinue(f"no se puede escribir en «{folder}/»: desaparece una y otra vez")


def _take(file: int) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _is_there(file: int, path: Path) -> bool:
    """Tell whether a file that is open still has its name: who took a lock that was cleaned away keeps nobody out."""
    try:
        there = os.stat(path)
    except OSError:
        return False
    mine = os.fstat(file)
    return (mine.st_ino, mine.st_dev) == (there.st_ino, there.st_dev)


def is_kept(path: Path) -> bool:
    """Tell whether another process keeps a file."""
    try:
        file = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    except OSError:
        return False
    try:
        return not _take(file)
    except OSError:
        return False
    finally:
        os.close(file)


def keep_file(path: Path, name: str, words: str) -> str | None:
    """Keep a file until this process ends and write into it, as `Workspace.claim` tells."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NONBLOCK, 0o600)  # it stays open: closing would let it go
        if not _take(file):
            with os.fdopen(file, encoding="utf-8") as taken:
                return taken.read()
        _kept.add(file)
        os.truncate(file, 0)
        os.write(file, words.encode())
    except OSError as error:
        raise CannotContinue(f"no se puede escribir «{name}»: {error.strerror or error}") from error
    return None
