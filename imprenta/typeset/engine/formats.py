r"""The preamble -> formats of LaTeX: the preamble read once, so that no run reads it again.

`preamble` is LaTeX as it is before \begin{document}; a run that starts with it skips the preamble of the .tex.
`opened` is LaTeX as it is after it, for page ranges. A format is made anew when the preamble or a file that TeX read
changed. TeX compresses what it dumps, but reads a format that is not compressed, and that in half the time. A preamble
that cannot be dumped (an author's template may load anything) has no format: builds go the plain way.

Formats are shared by all reports of this user (`shared_cache`): 40 MB that each has by another name. Invariant: the
format that is taken equals the one that would be dumped. So its key holds the preamble, whatever TeX is told, and which
program dumped it; not the date, which nothing of the engine's reads before the document begins (a preamble of the
author's, which may, names it). It is taken only if every file that TeX read has the size and time that it had then; and
one for which TeX read a file of the report's folder is not shared.
"""

from __future__ import annotations

import gzip
import json
from dataclasses import asdict, dataclass
from threading import Lock
from typing import TYPE_CHECKING

from imprenta.shared_cache import SharedCache
from imprenta.typeset.engine.engine import DATE, FOLDER, Engine, read_output
from imprenta.typeset.engine.stamps import stamp_inputs, stamps_hold
from imprenta.workspace import content_hash

if TYPE_CHECKING:
    from collections.abc import Mapping

    from imprenta.workspace import Workspace

BASE, OPEN = "preamble", "opened"
SHARED = SharedCache("formats", most=40, room=400 << 20)
_DUMPING = Lock()

SKIP = r"""
\makeatletter
\long\def\checkpoint@skip#1\begin#2{\ifnum\pdfstrcmp{#2}{document}=\z@
  \expandafter\checkpoint@enter\else\expandafter\checkpoint@skip\fi}
\def\checkpoint@enter{\begin{document}}
\let\documentclass\checkpoint@skip
\makeatother
\dump
"""
"""What ends the source of the base: the next run's \\documentclass reads on to the document and drops it all."""

ENTER = r"""
\begin{document}
\makeatletter
\checkpoint@warm
\immediate\closeout\@mainaux
\immediate\closeout\checkpoints
\makeatother
\dump
"""


def find_format(workspace: Workspace, engine: Engine, preamble: str, name: str) -> bool:
    """Tell whether the format of this preamble is there and can be used."""
    noted = _read_note(workspace.read(_note_path(name)))
    is_there = workspace.is_file(f"{FOLDER}/{name}.fmt")
    return is_there and noted is not None and noted.fits(workspace, format_key(preamble, engine))


def make_format(workspace: Workspace, engine: Engine, preamble: str, name: str) -> bool:
    """Bring a format up to date; tell whether there is one. The open one is made from the base, which must be there.

    Who asks for one that another thread dumps waits for it: two programs must not write the same file.
    """
    if find_format(workspace, engine, preamble, name):
        return True
    with _DUMPING:
        return find_format(workspace, engine, preamble, name) or _dump_format(workspace, engine, preamble, name)


def _dump_format(workspace: Workspace, engine: Engine, preamble: str, name: str) -> bool:
    """Make a format that is not there; tell whether that was possible."""
    key = format_key(preamble, engine)
    noted = _read_note(workspace.read(_note_path(name)))
    if noted is not None and noted.key == key and not noted.made:
        return False
    workspace.write(_note_path(name), b"")  # a note must not outlive the format that it tells of
    shared = _shared_key(workspace, key, name)
    if _take_shared(workspace, key, name, shared):
        return True
    source = preamble + SKIP if name == BASE else ENTER
    parent = "&pdflatex" if name == BASE else f"&{BASE}"
    workspace.write(f"{FOLDER}/{name}.tex", source)
    for suffix in (".aux", ".bbl", ".fmt"):
        workspace.remove(f"{FOLDER}/{name}{suffix}")
    command = ["-ini", "-recorder", f"-jobname={name}", parent, f"{name}.tex"]
    finished = engine.start(command)
    dumped = workspace.read(f"{FOLDER}/{name}.fmt") if finished.status == 0 else None
    read = stamp_inputs(workspace, f"{FOLDER}/{name}.fls")
    if name == OPEN:
        read |= format_inputs(workspace, BASE)
    note = _Note(key, dumped is not None, read).dumps()
    if dumped is not None:
        dumped = gzip.decompress(dumped) if dumped[:2] == b"\x1f\x8b" else dumped
        workspace.write(f"{FOLDER}/{name}.fmt", dumped)
        if reads_trees_only(read_output(workspace, ".fls", name), {f"{name}.tex", f"{BASE}.fmt"}):
            SHARED.put_file(shared, workspace.path(f"{FOLDER}/{name}.fmt"), note)
    workspace.write(_note_path(name), note)
    return dumped is not None


def is_format_near(workspace: Workspace, engine: Engine, preamble: str, name: str) -> bool:
    """Tell whether a format is there already, or most probably need not be dumped, which takes a second."""
    shared = _shared_key(workspace, format_key(preamble, engine), name)
    return find_format(workspace, engine, preamble, name) or SHARED.has(shared)


def format_inputs(workspace: Workspace, name: str) -> dict[str, str]:
    """Return the files of TeX's own trees of which a format was made, with their stamps."""
    noted = _read_note(workspace.read(_note_path(name)))
    return dict(noted.read) if noted is not None else {}


def reads_trees_only(recorder: str, own: set[str]) -> bool:
    """Tell whether a run read nothing in the report's folder but files of its `own`, as its recorder tells.

    What it wrote before it read it, as its .aux, is its own too.
    """
    known = set(own)
    for line in recorder.split("\n"):
        kind, _, path = line.partition(" ")
        path = path.removeprefix("./")
        if kind == "OUTPUT":
            known.add(path)
        elif kind == "INPUT" and not path.startswith("/") and path not in known:
            return False
    return True


def format_key(preamble: str, engine: Engine) -> str:
    """Return a hash of what a format is made of, apart from TeX's own files."""
    told = {name: value for name, value in engine.environment.items() if name != DATE}
    return content_hash(preamble, SKIP, ENTER, json.dumps(told, sort_keys=True))


@dataclass(frozen=True, slots=True)
class _Note:
    """What is noted of a format beside it: the key, whether it could be made, what TeX read with the stamps of then."""

    key: str
    made: bool
    read: Mapping[str, str]

    def fits(self, workspace: Workspace, key: str) -> bool:
        return self.made and self.key == key and stamps_hold(workspace, self.read)

    def dumps(self) -> bytes:
        return json.dumps(asdict(self)).encode()


def _shared_key(workspace: Workspace, key: str, name: str) -> str:
    return content_hash(key, name, workspace.stamp_program("pdflatex"))


def _note_path(name: str) -> str:
    return f"{FOLDER}/{name}.json"


def _read_note(data: bytes | None) -> _Note | None:
    try:
        noted = _Note(**json.loads(data or b"null"))
    except (ValueError, TypeError):
        return None
    return noted if isinstance(noted.read, dict) else None


def _take_shared(workspace: Workspace, key: str, name: str, shared: str) -> bool:
    """Put a format into the folder that was made for this report or another; tell whether there was one."""
    note = SHARED.get_file(shared, workspace.path(f"{FOLDER}/{name}.fmt"))
    noted = _read_note(note)
    if note is None or noted is None or not noted.fits(workspace, key):
        return False
    workspace.write(_note_path(name), note)
    return True
