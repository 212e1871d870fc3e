"""What was made for one report -> the same bytes for every other report of this user's, kept outside of them all.

It lies in the folder that IMPRENTA_CACHE names, else in the Python environment's; with `IMPRENTA_CACHE=no`, or where
that folder cannot be written, there is none, and whoever asks makes the thing anew. Only what this machine's Imprenta
has signed is believed: not what is cut off, nor what somebody else put there.

Large things are files that a report's folder shares with the cache: a second name of the same file, which takes neither
time nor room. Whoever has one must never write into it, but put another in its place.
"""

from __future__ import annotations

import os
import shutil
import sys
import time
from contextlib import contextmanager, suppress
from hashlib import file_digest
from pathlib import Path
from typing import TYPE_CHECKING

from imprenta.signing import keeps_secret, sign, verify

if TYPE_CHECKING:
    from collections.abc import Iterator

VARIABLE, NONE = "IMPRENTA_CACHE", "no"
ABOUT = ".about"
"""What the name ends in under which it is kept what is to be known about a file, after its digest of `SIZE` bytes."""
SIZE = 32
READABLE = 0o444
"""The mode of shared files: what a program of one report writes must not be what another report reads."""
STALE = 3600.0
"""Seconds after which a file that was begun belongs to a process that was killed."""


def cache_folder(name: str) -> Path | None:
    """Return a folder for what is worked out once for a machine, which is made; None if there is none to write to."""
    said = os.environ.get(VARIABLE, "")
    if said == NONE:
        return None
    path = (Path(said).absolute() if said else Path(sys.prefix) / "imprenta") / name
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return path if os.access(path, os.W_OK) else None


def _digest(path: Path) -> bytes:
    with path.open("rb") as file:
        return file_digest(file, "sha256").digest()


@contextmanager
def _taking_place(path: Path) -> Iterator[Path]:
    """Lend a name beside a path for a file that is made there, and takes the path when it is whole; else it goes.

    One that a killed process left goes later, from the cache (`STALE`) as from a report (`writing.remove_leftovers`).
    """
    temporary = path.with_name(f".{path.name}.{os.urandom(4).hex()}")
    try:
        yield temporary
        os.replace(temporary, path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _name_too(path: Path, other: Path) -> None:
    """Give a file another name, in place of whatever has it; a copy where two names of one file cannot be."""
    with _taking_place(other) as temporary:
        try:
            os.link(path, temporary)
        except OSError:
            shutil.copy(path, temporary)


class SharedCache:
    """Bytes by key, of one kind: a folder of files, whose names are the keys (hexadecimal digits or the like).

    It holds the `most` that were used last, of no more than `room` bytes together. Processes may use it at once: each
    file is put there whole, and one that is taken away stays readable for who has opened it.
    """

    def __init__(self, kind: str, *, most: int, room: int) -> None:
        """Open the cache of a kind; its folder is looked for when it is used."""
        self.kind = kind
        self.most = most
        self.room = room

    def get(self, key: str) -> bytes | None:
        """Return what was put there under a key, or None; it counts as used now."""
        folder = cache_folder(self.kind)
        if folder is None:
            return None
        try:
            content = (folder / key).read_bytes()
        except OSError:
            return None
        data = verify(content)
        with suppress(OSError):
            if data is None:
                (folder / key).unlink()
            else:
                os.utime(folder / key)
        return data

    def has(self, key: str) -> bool:
        """Tell whether something stands there under a key, for who wants to know how long it will take to get it."""
        folder = cache_folder(self.kind)
        return folder is not None and (folder / key).is_file()

    def put(self, key: str, data: bytes) -> None:
        """Keep bytes under a key, if that is possible; what was used longest ago makes room for them."""
        folder = cache_folder(self.kind)
        if folder is None or not keeps_secret():
            return
        with suppress(OSError):
            with _taking_place(folder / key) as temporary:
                temporary.touch(mode=0o600, exist_ok=False)
                temporary.write_bytes(sign(data))
            self._make_room(folder)

    def put_file(self, key: str, path: Path, about: bytes) -> None:
        """Keep a file under a key, and what is to be known about it, if that is possible; nobody writes into it again.

        A file takes two places of the `most` that the cache holds.
        """
        folder = cache_folder(self.kind)
        if folder is not None and keeps_secret():
            with suppress(OSError):
                digest = _digest(path)
                path.chmod(READABLE)
                _name_too(path, folder / key)
                self.put(f"{key}{ABOUT}", digest + about)

    def get_file(self, key: str, path: Path) -> bytes | None:
        """Put the file that was kept under a key at a path; return what was to be known about it, None without one."""
        folder = cache_folder(self.kind)
        told = self.get(f"{key}{ABOUT}")
        if folder is None or told is None:
            return None
        try:
            if _digest(folder / key) != told[:SIZE]:
                (folder / key).unlink()
                return None
            os.utime(folder / key)
            _name_too(folder / key, path)
        except OSError:
            return None
        return told[SIZE:]

    def _make_room(self, folder: Path) -> None:
        now = time.time()
        files = []
        with os.scandir(folder) as entries:
            for entry in entries:
                status = entry.stat(follow_symlinks=False)
                if not entry.name.startswith("."):
                    files.append((status.st_mtime, entry.path, status.st_size))
                elif now - status.st_mtime > STALE:
                    os.unlink(entry.path)
        total = 0
        for number, (_, path, size) in enumerate(sorted(files, reverse=True), 1):
            total += size
            if number > self.most or total > self.room:
                with suppress(FileNotFoundError):  # another process was faster
                    os.unlink(path)
