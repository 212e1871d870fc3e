"""The files that the last good build read -> whether any of them changed, before anything slow is imported.

Standard library only, and little of it: this is all that a build does when there is nothing to do. A file counts as the
same while its size, its times of change (in nanoseconds; the second one cannot be set back) and its number on the disk
are the same, and the engine that asks is the one that built. That is a short cut and no more: where anything differs
the build itself decides, by contents.
"""

from __future__ import annotations

import os
import sys
import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

RECORD = os.path.join("build", "al-dia.txt")
HEAD = "imprenta al-dia 1"
ENGINE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
DATA_FOLDERS = ("paper", "paper/secciones", "paper/tablas", "paper/datos", "figures", "templates")
DATA_FILES = ("references.bib", "paper/vocabulario.txt")
MADE = ("build/informe.pdf", "build/latex/informe.pdf")


def tell_unchanged(arguments: Sequence[str]) -> bool:
    """Say that the PDF is up to date, and return True, if a build with these arguments would find nothing to do."""
    words = list(arguments)
    if words[:1] == ["build"]:
        words = words[1:]
    root = os.getcwd() if os.path.isdir("paper") else ENGINE
    while words:
        word = words.pop(0)
        if word == "--proyecto" and words:
            root = os.path.abspath(words.pop(0))
        elif word != "--strict":
            return False
    started = time.perf_counter()
    found = _read_unchanged(root)
    if found is None or (found[1] and "--strict" in arguments):
        return False
    summary, said = found
    sys.stderr.write(said)
    sys.stderr.flush()
    seconds = f"{time.perf_counter() - started:.2f} s".replace(".", ",")
    print(f"{summary}: sin cambios, comprobado en {seconds}")
    return True


def note_unchanged(root: str, summary: str, said: str, others: Iterable[str]) -> None:
    """Write down what a good build read: the project's files, the engine's, and `others`; and what it had to say."""
    paths = [os.path.join(root, name) for name in (*DATA_FILES, *MADE)]
    for folder in dict.fromkeys((*(os.path.join(root, name) for name in DATA_FOLDERS), *_inner_folders(root))):
        paths.append(folder)
        paths += [os.path.join(folder, name) for name in _names(folder)]
    for folder, _, names in os.walk(os.path.join(ENGINE, "imprenta")):
        paths += [os.path.join(folder, name) for name in names if name.endswith(".py")]
    paths += [os.path.join(ENGINE, "templates", name) for name in _names(os.path.join(ENGINE, "templates"))]
    paths += [os.path.join(ENGINE, "requirements.lock"), os.path.join(sys.prefix, "requirements.lock"), *others]
    rows = [f"{_stamp(path)} {path}" for path in dict.fromkeys(paths)]
    told = said.split("\n")
    text = "\n".join([_head(root), _today(), summary.replace("\n", " "), str(len(told)), *told, *rows])
    temporary = os.path.join(root, f"{RECORD}.{os.getpid()}")
    try:
        with open(temporary, "w", encoding="utf-8", errors="surrogateescape") as file:
            file.write(text)
        os.replace(temporary, os.path.join(root, RECORD))
    except OSError:
        return  # the next build takes the long way


def _read_unchanged(root: str) -> tuple[str, str] | None:
    """Return the summary of the last good build and what it said, if nothing that it read has changed since."""
    try:
        with open(os.path.join(root, RECORD), encoding="utf-8", errors="surrogateescape") as file:
            head, day, summary, count, *rows = file.read().split("\n")
        told, rows = "\n".join(rows[: int(count)]), rows[int(count) :]
    except (OSError, ValueError):
        return None
    if head != _head(root) or day != _today() or not rows:
        return None
    for row in rows:
        stamp, _, path = row.partition(" ")
        if _stamp(path) != stamp:
            return None
    return summary, told


def _head(root: str) -> str:
    """Return what tells this engine and this folder: a copy of a project brings the record of the other's files."""
    return f"{HEAD} {ENGINE} {os.path.realpath(root)}"


def _stamp(path: str) -> str:
    try:
        status = os.stat(path)
    except OSError:
        return "-"
    return f"{status.st_size}:{status.st_mtime_ns}:{status.st_ctime_ns}:{status.st_ino}"


def _inner_folders(root: str) -> Iterator[str]:
    """Yield all folders where a plot's program may read, however deep; what Python keeps there is none of them."""
    for name in ("figures", "paper"):
        for folder, inner, _ in os.walk(os.path.join(root, name)):
            inner[:] = [name for name in inner if not name.startswith(".") and name != "__pycache__"]
            yield folder


def _names(folder: str) -> list[str]:
    try:
        return sorted(os.listdir(folder))
    except OSError:
        return []


def _today() -> str:
    """Return the day, which checks of dates go by."""
    return time.strftime("%Y-%m-%d", time.gmtime())
