"""The folder of a report whose author is not trusted -> a copy of its data in a folder of ours, and what was left out.

What is not in the copy can do nothing, whatever reads it: there are no templates in it, no programs, no links, nothing
that somebody else built, and nothing beside it. Plots by programs get a drawing that tells which program was not run.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
import stat
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from imprenta.problems import CannotContinue, Problem, Severity, Span
from imprenta.writing import is_alive

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDERS = ("experimentos", "figures", "paper")
FILES = ("references.bib",)
TEMPLATES = "templates"
PROGRAMS = "figures/"
"""Below it a «.py» is a program that draws; elsewhere it is text like any other."""
LARGEST, ROOM, MOST, DEEPEST = 64 << 20, 512 << 20, 5000, 12
"""Bytes of a file and of all files, how many files, how many folders inside each other."""
PIECE = 1 << 20
PREFIX = "imprenta-copia-"
COPY = re.compile(rf"{PREFIX}(\d+)-\w{{8}}")
"""The name of the folder of a copy, with the number of the process that made it."""
CLOSED = "no se puede leer"
STAND_IN = """\
# El programa de este informe no se ejecuta.
def dibujar(ejes, datos):
    ejes.set_axis_off()
    ejes.plot([0, 1, 1, 0, 0, 1], [0, 0, 1, 1, 0, 1], color="0.6", linewidth=0.8)
    ejes.plot([0, 1], [1, 0], color="0.6", linewidth=0.8)
    hoja = dict(facecolor="white", edgecolor="none", pad=6)
    ejes.text(0.5, 0.5, {words!r}, ha="center", va="center", bbox=hoja, parse_math=False)
"""
"""What stands in the place of a program of the author's: a crossed frame with its name."""


@dataclass
class Copied:
    """What was copied so far, and a problem for each thing that was left out."""

    bytes: int = 0
    files: int = 0
    left_out: list[Problem] = field(default_factory=list)

    def leave_out(self, path: str, reason: str) -> None:
        """Tell that something of the report is not in the copy."""
        hint = "si confía en quien lo escribió, constrúyalo sin --untrusted (o el lote con --trusted)"
        self.left_out.append(Problem("no-confiable", reason, Span(path), hint, Severity.WARNING))

    def count(self, size: int) -> None:
        """Raise CannotContinue if the report is larger than anybody would hand in."""
        self.bytes += size
        if self.bytes > ROOM:
            raise CannotContinue(f"el informe ocupa más de {ROOM >> 20} MiB", status=1)


@contextmanager
def quarantine(root: Path) -> Iterator[tuple[Path, list[Problem]]]:
    """Lend a copy of a report's data, and what was left out; it is taken away in the end.

    Raises CannotContinue if the report is too large.
    """
    _remove_left()
    prefix = f"{PREFIX}{os.getpid()}-"
    with tempfile.TemporaryDirectory(prefix=prefix, ignore_cleanup_errors=True) as folder:
        place = Path(folder).resolve() / "informe"  # in a folder of its own: whatever is named «../…» is not there
        place.mkdir()
        try:
            left_out = copy_data(root, place)
        except OSError as error:
            raise CannotContinue(f"no se puede copiar el informe: {error.strerror or error}") from error
        yield place, left_out


def _remove_left() -> None:
    """Remove the copies of processes that were killed."""
    with os.scandir(tempfile.gettempdir()) as entries:
        for entry in entries:
            maker = COPY.fullmatch(entry.name)
            if maker and not is_alive(int(maker[1])) and entry.is_dir(follow_symlinks=False):
                shutil.rmtree(entry.path, ignore_errors=True)  # another user's stays


def copy_data(root: Path, place: Path) -> list[Problem]:
    """Copy the data of a report, its plain files alone; return what was left out."""
    copied = Copied()
    top = os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        for name in (*FOLDERS, *FILES):
            _copy(top, name, name, place, copied)
        if _kind(top, TEMPLATES) is not None:
            copied.leave_out(TEMPLATES, "las plantillas del informe no se usan: salen las de Imprenta")
    finally:
        os.close(top)
    return copied.left_out


def _kind(folder: int, name: str) -> int | None:
    """Return what a name in a folder stands for, a link not followed; None if it is not there."""
    try:
        return stat.S_IFMT(os.stat(name, dir_fd=folder, follow_symlinks=False).st_mode)
    except OSError:
        return None


def _copy(folder: int, name: str, path: str, place: Path, copied: Copied) -> None:
    """Copy what a name in an open folder stands for; `path` is what people call it."""
    kind = _kind(folder, name)
    if kind == stat.S_IFDIR:
        _copy_folder(folder, name, path, place, copied)
    elif kind == stat.S_IFREG and path.startswith(PROGRAMS) and path.endswith(".py"):
        words = path if path.isascii() and path.isprintable() else PROGRAMS
        (place / path).write_text(STAND_IN.format(words=words), encoding="utf-8")
        copied.leave_out(path, f"no se ejecuta «{path}»: en el lugar de lo que dibuja sale un recuadro con su nombre")
    elif kind == stat.S_IFREG:
        _copy_file(folder, name, path, place, copied)
    elif kind is not None:
        what = "un enlace" if kind == stat.S_IFLNK else "una tubería o un dispositivo"
        copied.leave_out(path, f"«{path}» es {what}, y no se lee")


def _copy_folder(above: int, name: str, path: str, place: Path, copied: Copied) -> None:
    if path.count("/") >= DEEPEST:
        copied.leave_out(path, f"«{path}/» está dentro de más de {DEEPEST} carpetas, y no se lee")
        return
    try:
        folder = os.open(name, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=above)
    except OSError:
        copied.leave_out(path, f"«{path}/» no se puede leer")
        return
    try:
        (place / path).mkdir(mode=0o700)
        for inner in sorted(os.listdir(folder)):
            if not inner.startswith("."):
                _copy(folder, inner, f"{path}/{inner}", place, copied)
    finally:
        os.close(folder)


def _copy_file(folder: int, name: str, path: str, place: Path, copied: Copied) -> None:
    copied.files += 1
    if copied.files > MOST:
        raise CannotContinue(f"el informe tiene más de {MOST} archivos", status=1)
    try:
        # Who could change the folder meanwhile might put a link or a pipe there: neither is followed nor waited for.
        file = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=folder)
    except OSError as error:
        copied.leave_out(path, f"«{path}» {'es un enlace, y no se lee' if error.errno == errno.ELOOP else CLOSED}")
        return
    with open(file, "rb") as source:
        if not stat.S_ISREG(os.fstat(file).st_mode):
            copied.leave_out(path, f"«{path}» no es un archivo, y no se lee")
            return
        with (place / path).open("xb") as target:
            size = 0
            while piece := source.read(PIECE):
                size += len(piece)
                if size > LARGEST:
                    break
                copied.count(len(piece))
                target.write(piece)
    if size > LARGEST:
        (place / path).unlink()
        copied.leave_out(path, f"«{path}» pasa de {LARGEST >> 20} MiB, y no se lee")
