"""The files that the last good build read -> whether any of them changed, before anything slow is imported.

Standard library only, and little of it: this is all that a build does when there is nothing to do. A file counts as the
same while its size, its times of change (in nanoseconds; the second one cannot be set back) and its number on the disk
are the same, and the engine that asks is the one that built. That is a short cut and no more: where anything differs
the build itself decides, by contents.

The stamps are those from before the build read anything: what was saved while it went on has another one.
"""

from __future__ import annotations

import os
import sys
import time

from imprenta.project import (
    ENGINE,
    INSTALLED,
    PROJECT,
    current_folder,
    find_project,
    name_engine_file,
    name_from_here,
    tell_place,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

RECORD = os.path.join("build", "up-to-date.txt")
HEAD = "imprenta al-dia 3"
DATA_FOLDERS = ("paper", "figures", "templates", "experimentos")
"""Where authors write, with all folders below."""
DATA_FILES = ("references.bib",)
CODE = (".py", ".pl", ".tex")
"""The endings of the engine's files by which the same data give other pages."""
MADE = ("build/informe.pdf", "build/latex/informe.pdf")
FINE, COARSE = 20_000_000, 2_000_000_000
"""Nanoseconds that may pass between two saves that leave one time: of file systems in general, and of those that know
whole seconds only (some know every other one)."""
MISSING = "-"
UNSURE = "?"
"""The stamp of a file that may be saved once more without getting another: it is like none, not even itself."""


def tell_up_to_date(arguments: Sequence[str]) -> bool:
    """Say that the PDF is up to date, and return True, if a build with these arguments would find nothing to do."""
    words = list(arguments)
    if words[:1] == ["build"]:
        words = words[1:]
    here = current_folder()
    root = find_project(here) if here is not None else None
    while words:
        word = words.pop(0)
        if word in PROJECT and words:
            root = os.path.realpath(words.pop(0))
        elif word != "--strict":
            return False
    started = time.perf_counter()
    found = _read_note(root) if root is not None else None
    if root is None or found is None or (found[2] and "--strict" in arguments):
        return False
    seen, summary, said = found
    if said and seen != see_from_here(root):
        return False  # its places are told as from another folder
    sys.stderr.write(said)
    sys.stderr.flush()
    seconds = f"{time.perf_counter() - started:.2f} s".replace(".", ",")
    print(f"{name_from_here(root, MADE[0])}: {summary}: sin cambios, comprobado en {seconds}")
    return True


class Stamps:
    """The stamps of files by path, and when they were taken, in nanoseconds."""

    def __init__(self, files: dict[str, str], taken: int) -> None:
        self.files = files
        self.taken = taken


def take_stamps(root: str, engine: dict[str, str] | None = None) -> Stamps:
    """Return the stamps of all that a build may read: the project's files and folders, and the engine's.

    `engine` are those of the engine, if they were taken just now.
    """
    stamps: dict[str, str] = {}
    now = time.time_ns()
    for path in (os.path.join(root, name) for name in DATA_FILES):
        stamps[path] = _stamp(path, now)
    for folder in (os.path.join(root, name) for name in DATA_FOLDERS):
        _stamp_tree(folder, now, stamps, (os.path.realpath(root),))
    return Stamps({**(stamp_engine() if engine is None else engine), **stamps}, now)


def stamp_engine() -> dict[str, str]:
    """Return the stamps of the engine: its code, its templates, what its Python environment was filled by."""
    stamps: dict[str, str] = {}
    for folder, _, names in os.walk(os.path.join(ENGINE, "imprenta")):
        stamps |= {path: _stamp(path) for name in names if name.endswith(CODE) for path in [os.path.join(folder, name)]}
    templates = os.path.join(ENGINE, name_engine_file("templates"))
    locks = [os.path.join(folder, "requirements.lock") for folder in (ENGINE, sys.prefix)]
    # Whatever is installed beside an installed Imprenta, or in another version, changes the folder of them all.
    packages = [ENGINE] if INSTALLED else locks
    for path in (*(os.path.join(templates, name) for name in _names(templates)), *packages):
        stamps[path] = _stamp(path)
    return stamps


def note_up_to_date(root: str, summary: str, said: str, stamps: Stamps, others: Iterable[str]) -> None:
    """Write down what a good build read and what it had to say.

    `summary` is of the PDF; `said` names places as from the folder that we stand in. `stamps` are those that
    `take_stamps` took before it; `others` are files of the system's that it read besides, none of which is believed
    that was written since.
    """
    made = {path: _stamp(path) for path in (os.path.join(root, name) for name in MADE)}
    if MISSING in made.values():
        return  # somebody cleaned meanwhile
    known = {**{path: _stamp(path, stamps.taken) for path in others}, **stamps.files, **made}
    rows = [f"{stamp} {path}" for path, stamp in known.items()]
    told = said.split("\n")
    text = "\n".join(
        [_head(root), _today(), see_from_here(root), summary.replace("\n", " "), str(len(told)), *told, *rows]
    )
    temporary = os.path.join(root, f"{RECORD}.{os.getpid()}")
    try:
        with open(temporary, "w", encoding="utf-8", errors="surrogateescape") as file:
            file.write(text)
        os.replace(temporary, os.path.join(root, RECORD))
    except OSError:
        return  # the next build takes the long way


def find_changes(root: str, stamps: Stamps) -> set[str]:
    """Return the names of the project's files and folders that are not as the last good build read them.

    These are all if there was none that can be told of. `stamps` are those of now.
    """
    note = _read_rows(root)
    rows = note[5 + int(note[4]) :] if note is not None else []
    before = {path: stamp for stamp, _, path in (row.partition(" ") for row in rows)}
    inside = os.path.join(root, "")
    paths = (path for path, stamp in stamps.files.items() if path.startswith(inside) and before.get(path) != stamp)
    return {path[len(inside) :].replace(os.sep, "/") for path in paths}


def see_from_here(root: str) -> str:
    """Return whence the places in a project's messages are told: this folder, or the project's own («»)."""
    return tell_place(root, "")


def _read_note(root: str) -> tuple[str, str, str] | None:
    """Return whence the last good build was seen, its summary and what it said, if all that it read is as it was."""
    note = _read_rows(root)
    if note is None or note[1] != _today():
        return None
    _, _, seen, summary, count, *rows = note
    told, rows = "\n".join(rows[: int(count)]), rows[int(count) :]
    for row in rows:
        stamp, _, path = row.partition(" ")
        if _stamp(path) != stamp:
            return None
    return (seen, summary, told) if rows else None


def _read_rows(root: str) -> list[str] | None:
    """Return the rows of the note of the last good build, if this engine wrote it of this folder."""
    try:
        with open(os.path.join(root, RECORD), encoding="utf-8", errors="surrogateescape") as file:
            rows = file.read().split("\n")
        whole = len(rows) >= 5 + int(rows[4])
    except (OSError, ValueError, IndexError):
        return None
    return rows if whole and rows[0] == _head(root) else None


def _head(root: str) -> str:
    """Return what tells this engine and this folder: a copy of a project brings the record of the other's files."""
    return f"{HEAD} {ENGINE} {os.path.realpath(root)}"


def _stamp(path: str, now: int | None = None) -> str:
    """Return the stamp of a file; with the time that it is, only one that a later save would change."""
    try:
        status = os.stat(path)
    except OSError:
        return MISSING
    changed = status.st_ctime_ns
    if now is not None and now - changed < (FINE if changed % 1_000_000_000 else COARSE):
        return UNSURE
    return f"{status.st_size}:{status.st_mtime_ns}:{changed}:{status.st_ino}"


def _stamp_tree(folder: str, now: int, stamps: dict[str, str], above: tuple[str, ...]) -> None:
    """Stamp a folder and all below it but what is hidden. The folder comes first: what is new in it changes it.

    `above` are the folders that it is in, without links: a link that leads back to one is not followed.
    """
    stamps[folder] = _stamp(folder, now)
    real = os.path.realpath(folder)
    if real in above:
        return
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.startswith((".", "__pycache__")):
                    continue
                if os.path.isdir(entry.path):
                    _stamp_tree(entry.path, now, stamps, (*above, real))
                else:
                    stamps[entry.path] = _stamp(entry.path, now)
    except OSError:
        return  # its stamp tells


def _names(folder: str) -> list[str]:
    try:
        return sorted(os.listdir(folder))
    except OSError:
        return []


def _today() -> str:
    """Return the day, which checks of dates go by."""
    return time.strftime("%Y-%m-%d", time.gmtime())
