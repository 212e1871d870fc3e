"""Names below a folder -> paths and bytes. What was read once is not read again while the file is the same.

A file is taken for the same if its number, size and times are: but not if it was written just before it was read, for
then it may have been written once more since, without another time.
"""

from __future__ import annotations

import os
import stat
import time
from pathlib import Path

LARGEST = 1 << 20
"""Bytes of a file that is kept in memory."""
SURE = 2_000_000_000
"""Nanoseconds after which what was written once more has another time, whatever the file system."""


class Reading:
    """Reads the files below a folder, which are named relative to it, with forward slashes."""

    def __init__(self, root: Path) -> None:
        """Read below `root`, which is an absolute path without links."""
        self.root = root
        self._folders: dict[str, str | None] = {}
        self._known: dict[str, tuple[tuple[int, ...], bytes]] = {}

    def path(self, name: str) -> str | None:
        """Return the absolute path of a file or folder, or None if that is outside, also by way of a link."""
        folder, _, last = name.rpartition("/")
        if folder not in self._folders:
            self._folders[folder] = self._resolve(folder)
        base = self._folders[folder]
        if base is None or last in ("", ".", "..") or "\0" in name:
            return self._resolve(name)
        path = f"{base}/{last}"
        return self._resolve(name) if os.path.islink(path) else path

    def _resolve(self, name: str) -> str | None:
        path = (self.root / name).resolve()
        return str(path) if path == self.root or self.root in path.parents else None

    def read(self, path: str) -> bytes:
        """Return the bytes of a file by its absolute path; raise OSError if it cannot be read."""
        mark = _mark(os.stat(path))
        known = self._known.get(path)
        if known is not None and known[0] == mark:
            return known[1]
        now = time.time_ns()
        with open(path, "rb") as file:
            status = os.fstat(file.fileno())
            data = file.read()
        sure = now - max(status.st_mtime_ns, status.st_ctime_ns) > SURE
        if sure and len(data) <= LARGEST and stat.S_ISREG(status.st_mode):
            self._known[path] = (_mark(status), data)
        else:
            self._known.pop(path, None)
        return data


def _mark(status: os.stat_result) -> tuple[int, ...]:
    return (status.st_ino, status.st_dev, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
