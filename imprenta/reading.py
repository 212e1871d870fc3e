"""Names below a folder -> paths and bytes, each read once a build.

`Snapshot` holds what a build was answered: every question about an author's file has one answer from its beginning to
its end, so that what is printed, what is checked, and the hash under which either is remembered come from the same
bytes. Who needs another file asks `Workspace.read`, and that is all. If the checks need it too, which run in a copy of
the process, `pipeline.loading.read_ahead` reads it before they part; a copy that asks for more is given up, and its
work is done where it came from.

`Reading` holds what stays from one build to the next: what was read once is not read again while the file is the same.
A file is taken for the same if its number, size and times are: but not if it was written just before it was read, for
then it may have been written once more since, without another time.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
import time
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from imprenta.bounds import find_bound, read_bounded
from imprenta.ownership import BUILD_FOLDER, find_linked, is_made
from imprenta.project import name_engine_file

if TYPE_CHECKING:
    from pathlib import Path

LARGEST = 1 << 20
"""Bytes of a file that is kept in memory from one build to the next."""
THINGS = ("folder", "large", "link", "locked", "missing", "outside", "special")
"""What may stand in the place of a file: a folder, a link to nothing or out of the project, a pipe or a device."""
SURE = 2_000_000_000
"""Nanoseconds after which what was written once more has another time, whatever the file system."""
SHARED = "compartida.txt"
"""The file, empty or not, by which a folder says that reports elsewhere may read what is in it and below it."""


class Unread(BaseException):
    """A copy of the process asks for what was not read before it parted. No `except Exception` may hold it up."""


class Reading:
    """Reads the files below a folder, which are named relative to it, with forward slashes."""

    def __init__(self, root: Path) -> None:
        """Read below `root`, which is an absolute path without links."""
        self.root = str(root)
        self._folders: dict[str, str | None] = {}
        self._known: dict[str, tuple[tuple[int, ...], bytes]] = {}

    def look_again(self) -> None:
        """Forget where links led to."""
        self._folders = {}

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

    def readable_path(self, name: str) -> str | None:
        """Return the absolute path of a file that may be read: inside, or named («../…») in a folder that is shared."""
        inside = self.path(name)
        if inside is not None or not name.startswith("../") or "\0" in name:
            return inside
        path = os.path.realpath(os.path.join(self.root, name))
        return path if _is_shared(os.path.dirname(path)) else None

    def listed_folder(self, name: str) -> str | None:
        """Return the absolute path of a folder whose names may be told: inside, or one («../…») that is shared."""
        inside = self.path(name)
        if inside is not None or not name.startswith("../") or "\0" in name:
            return inside
        path = os.path.realpath(os.path.join(self.root, name))
        return path if _is_shared(path) else None

    def _resolve(self, name: str) -> str | None:
        """Follow links as far as they lead somewhere; one that leads to itself stays, and cannot be read."""
        path = os.path.realpath(os.path.join(self.root, name))
        if _is_in(path, self.root):
            return path
        made = self._find_made() if is_made(name) else None
        return path if made is not None and _is_in(path, made) else None

    def _find_made(self) -> str | None:
        """Return where what we make lies, if that is a folder elsewhere: on another disk, say."""
        return find_linked(os.path.join(self.root, BUILD_FOLDER))

    def what_is(self, name: str) -> str:
        """Return what stands in the place of a file that cannot be read: a key of `THINGS`."""
        if self.readable_path(name) is None:
            return "outside"
        path = os.path.join(self.root, name)
        try:
            status = os.stat(path)
        except OSError:
            return "link" if os.path.islink(path) else "missing"
        if not stat.S_ISREG(status.st_mode):
            return "folder" if stat.S_ISDIR(status.st_mode) else "special"
        return "large" if status.st_size > find_bound(name) else "locked"

    def read(self, path: str, most: int | None = None) -> bytes:
        """Return the bytes of a file by its absolute path; raise OSError if there is none that can be read.

        One that has, or gets, more than `most` bytes is not read.
        """
        mark = _mark(os.stat(path))
        known = self._known.get(path)
        if known is not None and known[0] == mark:
            return known[1]
        now = time.time_ns()
        # A pipe that nobody writes to would make us wait for ever.
        with open(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise OSError(errno.EINVAL, "not a file", path)
            data = read_bounded(file, status.st_size, most)
        sure = now - max(status.st_mtime_ns, status.st_ctime_ns) > SURE
        if sure and len(data) <= LARGEST:
            self._known[path] = (_mark(status), data)
        else:
            self._known.pop(path, None)
        return data


class EngineReading(Reading):
    """Reads the engine's own files, under the names that they have in a checkout."""

    def path(self, name: str) -> str | None:
        """Return the absolute path of a file or folder, or None if that is outside, also by way of a link."""
        return super().path(name_engine_file(name))


class CopyReading(Reading):
    """Reads a copy of a report; what it names «../…» is where it is from the report itself: of shared folders alone."""

    def __init__(self, root: Path, home: Path) -> None:
        """Read below `root`, a copy of what is below `home`."""
        super().__init__(root)
        self._home = Reading(home.resolve())

    def readable_path(self, name: str) -> str | None:
        """Return the absolute path of a file that may be read: inside the copy, or in a folder that is shared."""
        return self._elsewhere(self._home.readable_path(name)) if name.startswith("../") else self.path(name)

    def listed_folder(self, name: str) -> str | None:
        """Return the absolute path of a folder whose names may be told: inside the copy, or one that is shared."""
        return self._elsewhere(self._home.listed_folder(name)) if name.startswith("../") else self.path(name)

    def _find_made(self) -> str | None:
        """Return None: what is made of a copy lies in it, and goes with it."""
        return None

    def _elsewhere(self, path: str | None) -> str | None:
        """Return a path, unless it leads back into what this is a copy of."""
        return path if path is not None and not f"{path}/".startswith(f"{self._home.root}/") else None


@dataclass(frozen=True, slots=True)
class Inside:
    """The names in a folder but the hidden ones, in order: files, folders, links to such, whatever else."""

    files: tuple[str, ...]
    folders: tuple[str, ...]
    others: tuple[str, ...] = ()


def list_folder(path: str) -> Inside | None:
    """Return what is in a folder, by its absolute path, or None if it is not there or cannot be read."""
    files: list[str] = []
    folders: list[str] = []
    others: list[str] = []
    try:
        with os.scandir(path) as entries:
            for entry in entries:
                if entry.name.startswith("."):
                    continue
                try:
                    kind = files if entry.is_file() else folders if entry.is_dir() else others
                except OSError:  # a link that leads to itself
                    kind = others
                kind.append(entry.name)
    except OSError:
        return None
    return Inside(tuple(sorted(files)), tuple(sorted(folders)), tuple(sorted(others)))


class Snapshot:
    """The files of a project as a build found them: each is read, each folder is listed, once."""

    def __init__(self, reading: Reading) -> None:
        """Begin with nothing read."""
        self._reading = reading
        self._bytes: dict[str, bytes | None] = {}
        self._files: dict[str, bool] = {}
        self._inside: dict[str, Inside | None] = {}
        self._frozen = False

    def freeze(self) -> None:
        """Answer from now on only what was asked before: in a copy of the process, where the rest may have changed."""
        self._frozen = True

    def let_go(self) -> None:
        """Let go of what is large: the build is over."""
        self._bytes = {name: data for name, data in self._bytes.items() if len(data or b"") <= LARGEST}

    def read(self, name: str, path: str) -> bytes | None:
        """Return a file's bytes, or None if it is not there or cannot be read; `path` is where `name` leads to."""
        if name in self._bytes:
            return self._bytes[name]
        if self._is_known_missing(name):
            return None
        self._ask()
        data: bytes | None
        try:
            data = self._reading.read(path, find_bound(name))
        except OSError:
            data = None
        return self._bytes.setdefault(name, data)  # another thread may have been faster: both get the same

    def is_file(self, name: str, path: str) -> bool:
        """Tell whether there is such a file."""
        if self._bytes.get(name) is not None:
            return True
        if self._is_known_missing(name):
            return False
        if name not in self._files:
            folder, _, last = name.rpartition("/")
            inside = self._inside.get(folder)
            if inside is not None and last in inside.files:
                return True
            self._ask()
            self._files.setdefault(name, os.path.isfile(path))
        return self._files[name]

    def list_folder(self, folder: str, path: str) -> Inside | None:
        """Return what is in a folder, or None if it is not there or cannot be read."""
        if folder not in self._inside:
            self._ask()
            self._inside.setdefault(folder, list_folder(path))
        return self._inside[folder]

    def list_folders(self, folder: str, above: tuple[str, ...] = ()) -> list[str]:
        """Return a folder and all folders below it, in order; nothing if it is not there.

        `above` are the folders that it is in: a link that leads back to one is not followed, nor one that leads out.
        """
        path = self._reading.path(folder)
        inside = self.list_folder(folder, path) if path is not None and path not in above else None
        if path is None or inside is None:
            return []
        below = (self.list_folders(f"{folder}/{name}", (*above, path)) for name in inside.folders)
        return [folder, *(found for one in below for found in one)]

    def _is_known_missing(self, name: str) -> bool:
        """Tell whether a copy knows that a file is not there, from the list of its folder."""
        folder, _, last = name.rpartition("/")
        if not self._frozen or folder not in self._inside:
            return False
        inside = self._inside[folder]
        return inside is None or last not in inside.files

    def _ask(self) -> None:
        if self._frozen:
            raise Unread


def _is_in(path: str, folder: str) -> bool:
    """Tell whether a path is a folder's own or below it; neither has links."""
    return os.path.join(path, "").startswith(os.path.join(folder, ""))


def _is_shared(folder: str) -> bool:
    """Tell whether a folder, or one above it, offers what is in it."""
    while not os.path.isfile(os.path.join(folder, SHARED)):
        folder, below = os.path.dirname(folder), folder
        if folder == below:
            return False
    return True


def _mark(status: os.stat_result) -> tuple[int, ...]:
    return (status.st_ino, status.st_dev, status.st_size, status.st_mtime_ns, status.st_ctime_ns)


def list_package_folders() -> list[str]:
    """Return the folders that installed Python packages are imported from: the environment's, the user's, others'."""
    return [path for path in sys.path if os.path.basename(path).endswith("-packages")]


@cache
def list_packages() -> tuple[str, ...]:
    """Return the Python packages that this process can import, as name and version, sorted.

    These are the names of the folders in which installers describe them: nothing is opened.
    """
    folders = map(list_folder, list_package_folders())
    names = {name for inside in folders if inside is not None for name in inside.folders}
    return tuple(sorted(name.removesuffix(".dist-info") for name in names if name.endswith(".dist-info")))
