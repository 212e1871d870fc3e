r"""The preamble -> formats of LaTeX: the preamble read once, so that no run reads it again.

`preamble` is LaTeX as it is before \begin{document}; a run that starts with it skips the preamble of the .tex.
`opened` is LaTeX as it is after it, for page ranges. A format is made anew when the preamble, the date or a file
that TeX read changed. TeX compresses what it dumps, but reads a format that is not compressed, and that in half the
time. A preamble that cannot be dumped (an author's template may load anything) has no format: builds go the plain way.
"""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

from imprenta.typeset.engine.engine import FOLDER, Engine
from imprenta.typeset.engine.freshness import stamp_inputs, stamps_hold
from imprenta.workspace import content_hash

if TYPE_CHECKING:
    from imprenta.workspace import Workspace

BEGIN = r"\begin{document}"
BASE, OPEN = "preamble", "opened"

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


def split_preamble(source: str) -> tuple[str, str]:
    r"""Return what stands before \begin{document}, and the rest."""
    preamble, begin, body = source.partition(BEGIN)
    return preamble, begin + body


def find_format(workspace: Workspace, engine: Engine, preamble: str, name: str) -> bool:
    """Tell whether the format of this preamble is there and can be used."""
    try:
        noted = json.loads(workspace.read(f"{FOLDER}/{name}.json") or b"{}")
        same = noted.get("key") == format_key(preamble, engine) and noted["made"]
        return bool(same) and stamps_hold(workspace, noted["read"]) and workspace.is_file(f"{FOLDER}/{name}.fmt")
    except (ValueError, KeyError, TypeError, AttributeError):
        return False


def make_format(workspace: Workspace, engine: Engine, preamble: str, name: str) -> bool:
    """Bring a format up to date; tell whether there is one. The open one is made from the base, which must be there."""
    key = format_key(preamble, engine)
    if find_format(workspace, engine, preamble, name):
        return True
    if _failed_before(workspace, name, key):
        return False
    source = preamble + SKIP if name == BASE else ENTER
    parent = "&pdflatex" if name == BASE else f"&{BASE}"
    workspace.write(f"{FOLDER}/{name}.tex", source)
    for suffix in (".aux", ".bbl", ".fmt"):
        workspace.remove(f"{FOLDER}/{name}{suffix}")
    command = ["-ini", "-recorder", f"-jobname={name}", parent, f"{name}.tex"]
    finished = engine.start(command)
    dumped = workspace.read(f"{FOLDER}/{name}.fmt") if finished.status == 0 else None
    if dumped is not None:
        workspace.write(f"{FOLDER}/{name}.fmt", gzip.decompress(dumped) if dumped[:2] == b"\x1f\x8b" else dumped)
    read = stamp_inputs(workspace, f"{FOLDER}/{name}.fls")
    workspace.write(f"{FOLDER}/{name}.json", json.dumps({"key": key, "made": dumped is not None, "read": read}))
    return dumped is not None


def format_key(preamble: str, engine: Engine) -> str:
    """Return a hash of what a format is made of, apart from TeX's own files."""
    return content_hash(preamble, SKIP, ENTER, json.dumps(engine.environment, sort_keys=True))


def _failed_before(workspace: Workspace, name: str, key: str) -> bool:
    """Tell whether this very format could not be made the last time."""
    try:
        noted = json.loads(workspace.read(f"{FOLDER}/{name}.json") or b"{}")
        return noted.get("key") == key and noted.get("made") is False
    except (ValueError, AttributeError):
        return False
