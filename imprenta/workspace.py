"""The only door to the disk and to other programs: read, hash, write atomically, run with limits."""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from imprenta.locks import hold_lock, keep_file
from imprenta.ownership import BUILD_FOLDER, TAG, is_bare, is_made, make_room, outside, refuse_others, tag
from imprenta.problems import CannotContinue
from imprenta.programs import Cancelled, Finished, Limits, Programs, Waiting
from imprenta.project import ENGINE, name_engine_file
from imprenta.reading import EngineReading, Inside, Reading, Snapshot, list_folder
from imprenta.signing import sign, verify
from imprenta.stamps import stamp_file, stamp_files
from imprenta.workers import HeldWorker, WorkerDiedError, run_worker, start_worker
from imprenta.writing import empty_folder, remove_leftovers, remove_path, settle_file, write_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from imprenta.processes import Environment
    from imprenta.servers import Server

__all__ = [
    "BUILD_FOLDER",
    "Cancelled",
    "Finished",
    "HeldWorker",
    "Limits",
    "WorkerDiedError",
    "Workspace",
    "content_hash",
    "engine_workspace",
]

Given = TypeVar("Given")
Value = TypeVar("Value")
PDF_PATH = f"{BUILD_FOLDER}/informe.pdf"
LOCK = f"{BUILD_FOLDER}/lock"
WAITING = "Espera: otro proceso hace este informe"  # what whoever waits for the lock is told
ENGINE_ROOT = Path(ENGINE).resolve()  # its `templates/` are the ones that a project does not replace


def content_hash(*parts: bytes | str) -> str:
    """Return the SHA-256 of the parts, each with its length, as 64 hexadecimal digits."""
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "big"))
        digest.update(data)
    return digest.hexdigest()


class Workspace:
    """A project's folder, which people know as `named`. Paths are relative to its root, with forward slashes."""

    def __init__(self, root: Path, reading: Callable[[Path], Reading] = Reading) -> None:
        """Open the project in `root`; nothing is created."""
        self.root = self.named = root.resolve()
        self._reading = reading(self.root)
        # Below a device there is nothing that programs might change.
        self._programs = Programs(lambda: self._reading.path(BUILD_FOLDER) or os.devnull)
        self._snapshot = Snapshot(self._reading)

    def cancel(self) -> None:
        """Call off the work that another thread does with this workspace: the programs that it runs are ended.

        That thread gets Cancelled from the program that it waits for, or at its next `check_cancelled`.
        """
        self._programs.cancel()

    def resume(self) -> None:
        """Let work begin again after `cancel`."""
        self._programs.resume()

    def check_cancelled(self) -> None:
        """Raise Cancelled if the work was called off: for work that runs long without running a program."""
        self._programs.check_cancelled()

    def path(self, name: str) -> Path:
        """Return the absolute path of a file of the project; refuse one outside it."""
        return Path(self._path(name))

    def readable_path(self, name: str) -> str:
        """Return the absolute path of a file that may be read: the project's, or of a folder that is shared."""
        return self._reading.readable_path(name) or self._path(name)

    def _path(self, name: str) -> str:
        if (path := self._reading.path(name)) is None:
            raise outside(name)
        return path

    def is_file(self, name: str) -> bool:
        """Tell whether the project has this file, and not by a link to one of elsewhere; or a shared folder has it."""
        path = self._reading.readable_path(name) or ""
        return os.path.isfile(path) if is_made(name) else self._snapshot.is_file(name, path)

    def read(self, name: str) -> bytes | None:
        """Return a file's bytes, or None if it is not there, leads out of the project or cannot be read.

        An author's file is read once a build: whoever asks for it again gets the same bytes (`reading.Snapshot`).
        """
        path = self._reading.readable_path(name) or ""
        if not is_made(name):
            return self._snapshot.read(name, path)
        with suppress(OSError):
            return self._reading.read(path)
        return None

    def fresh(self) -> Workspace:
        """Return the same project with nothing read yet: for who watches what becomes of the author's files."""
        return Workspace(self.root)

    def read_installed(self, path: str) -> bytes | None:
        """Return the bytes of a file of the system's, by its absolute path, or None if it cannot be read."""
        with suppress(OSError):
            return Path(path).read_bytes()
        return None

    def list_files(self, folder: str, suffix: str, *, files: bool = True) -> list[str]:
        """Return the files of a folder (not of its subfolders) whose name ends in `suffix`, in order.

        Without `files`, what has such a name and is none: folders, pipes, links that lead nowhere.
        """
        inside = self._list_folder(folder) or Inside((), ())
        names = inside.files if files else sorted((*inside.folders, *inside.others))
        return [f"{folder}/{name}" for name in names if name.endswith(suffix)]

    def what_is(self, name: str) -> str:
        """Return what stands in the place of a file that cannot be read: a key of `reading.THINGS`."""
        return self._reading.what_is(name)

    def list_folders(self, folder: str) -> list[str]:
        """Return a folder of the author's and all below it but hidden ones, in order; nothing if it is not there."""
        return self._snapshot.list_folders(folder)

    def _list_folder(self, folder: str) -> Inside | None:
        path = self._reading.listed_folder(folder) or self._path(folder)
        return list_folder(path) if is_made(folder) else self._snapshot.list_folder(folder, path)

    def hash_files(self, *names: str) -> str:
        """Return a hash of files, by name and bytes; «folder/*.py» stands for all of a folder that end so."""
        paths: list[str] = []
        for name in names:
            folder, star, suffix = name.partition("/*")
            paths += self.list_files(folder, suffix) if star else [name]
        return content_hash(*(part for path in paths for part in (path, self.read(path) or b"")))

    def hash_tree(self, folder: str, suffix: str) -> str:
        """Return a hash of all files of a folder and the folders below it whose name ends so, by name and bytes."""
        return self.hash_files(*(f"{inner}/*{suffix}" for inner in self.list_folders(folder)))

    def write(self, name: str, data: bytes | str, *, mode: int = 0o666) -> None:
        """Write a file whole or not at all, for whom `mode` and the umask let; one with these bytes stays untouched."""
        path = self.path(name)
        if is_made(name):
            make_room(path, self.path(BUILD_FOLDER))
        write_file(path, name, data if isinstance(data, bytes) else data.encode(), mode)

    def settle(self, name: str) -> None:
        """Have the disk hold a file; nobody should wait for it."""
        settle_file(self.path(name))

    def keep(self, name: str, data: bytes | str) -> None:
        """Write what only makes the next run faster, if that is possible."""
        with suppress(CannotContinue):
            self.write(name, data)

    def remove(self, name: str) -> bool:
        """Remove a file or a folder with all it holds; tell whether there was one."""
        return remove_path(self.path(name))

    def clean(self, told: Callable[[], None]) -> bool:
        """Remove all that was made, but a folder of others or one linked to; tell if there was anything. As `alone`."""
        folder, linked = self.path(BUILD_FOLDER), (self.root / BUILD_FOLDER).is_symlink()
        if not folder.is_dir() or (linked and is_bare(folder)):
            return False
        refuse_others(folder, BUILD_FOLDER)
        with self.alone(told):
            empty_folder(folder, BUILD_FOLDER, self.path(LOCK), TAG if linked else "")
            if folder.is_dir():  # it is a link, or a watch keeps its file in it
                tag(folder)
        return True

    def engine_mark(self) -> str:
        """Return what changes whenever the engine does: name, size and time of its files."""
        parts = ("imprenta", name_engine_file("templates"))
        stamps = (stamp_files(str(ENGINE_ROOT / part), (".py", ".j2", ".pl", ".tex")) for part in parts)
        return content_hash(sys.version, *(row for rows in stamps for row in rows))

    def keep_signed(self, name: str, data: bytes) -> None:
        """Keep bytes that `read_signed` will take for ours: with a signature that needs this machine's secret."""
        self.keep(name, sign(data))

    def read_signed(self, name: str) -> bytes | None:
        """Return what `keep_signed` wrote on this machine; None for anything else, whoever brought it."""
        content = self.read(name)
        return None if content is None else verify(content)

    def claim(self, name: str, words: str) -> str | None:
        """Keep a file for this process until it ends, and write into it; None if that went well.

        If another process keeps it, returns what that wrote.
        """
        make_room(self.path(name), self.path(BUILD_FOLDER))
        return keep_file(self.path(name), name, words)

    def stamp(self, path: str) -> str | None:
        """Return size and time of a file anywhere on this machine, or None if there is none."""
        return stamp_file(path)

    @contextmanager
    def alone(self, told: Callable[[], None]) -> Iterator[None]:
        """Build: keep other builds of this project away, and read the author's files anew, each once.

        `told` is called once if another build has to be waited for.
        """
        make_room(self.path(LOCK), self.path(BUILD_FOLDER))
        with hold_lock(self.path(LOCK), BUILD_FOLDER, told, self.check_cancelled):
            self._reading.look_again()
            self._snapshot = Snapshot(self._reading)
            remove_leftovers(self.path(BUILD_FOLDER))
            try:
                yield
            finally:
                self._snapshot.let_go()

    def start_worker(self, work: Callable[[], Value]) -> Callable[[], Value]:
        """Do some work in a process of its own, a copy of this one; return what waits for its result.

        Only the result comes back, and what was written to the disk. If the copy fails, or cannot be made, the work is
        done here, so that what it raises is raised here.
        """
        return start_worker(work, self._snapshot.freeze)

    def run_worker(self, work: Callable[[], Value]) -> Value:
        """Do some work as `start_worker` does, and wait for it: it ends, with Cancelled, after `cancel`."""
        return run_worker(work, self.check_cancelled, self._snapshot.freeze)

    def hold_worker(
        self, prepare: Callable[[], None], work: Callable[[Given], Value], *, apart: bool = False
    ) -> HeldWorker[Given, Value]:
        """Have a process ready, a copy of this one, for work that is yet to be told, as `HeldWorker` does."""

        def part() -> None:
            self._snapshot.freeze()
            prepare()

        return HeldWorker(part, work, apart=apart)

    def begin(
        self, command: Sequence[str], pipe: str, *, folder: str = ".", environment: Environment | None = None
    ) -> Waiting:
        """Start a program that will read a named pipe of the project's, and return it, waiting for its input."""
        return self._programs.begin(command, self.path(pipe), self.path(folder), environment or {}, Limits())

    def serve(self, command: Sequence[str], folder: str, environment: Environment, limits: Limits) -> Server:
        """Start a program that answers lines (`servers.Server`); `limits` hold for one answer."""
        return self._programs.serve(command, self.path(folder), environment, limits)

    def own_name(self, name: str) -> str:
        """Return a name that no other process uses at the same time."""
        return f"{name}-{os.getpid()}"

    def find_program(self, name: str) -> str | None:
        """Return the absolute path of a program, or None if this machine has none of that name."""
        return shutil.which(name)

    def stamp_program(self, name: str) -> str:
        """Return what changes when another program, or another version of it, answers to a name."""
        path = os.path.realpath(self.find_program(name) or "")
        return f"{path} {self.stamp(path)}"

    def run(
        self,
        command: Sequence[str],
        *,
        folder: str = ".",
        data: bytes | None = None,
        environment: Environment | None = None,
        limits: Limits | None = None,
    ) -> Finished:
        """Run a program in a folder of the project, without a shell, and wait for it.

        `data` goes to its standard input, which is empty without it; `environment` is added to this process's.
        The program and all it started are ended when the time is over or the build is interrupted.
        Raises CannotContinue (status 4) if the program is not there or cannot be started; Cancelled after `cancel`.
        """
        return self._programs.run(command, self.path(folder), data, environment or {}, limits or Limits())

    def start(self, command: Sequence[str]) -> None:
        """Start a program in the project's folder and leave it to itself: an editor, say. Raises CannotContinue."""
        self._programs.start(command, self.root)


@cache
def engine_workspace() -> Workspace:
    """Return the engine's own files as a workspace; they do not change while this process runs."""
    return Workspace(ENGINE_ROOT, EngineReading)
