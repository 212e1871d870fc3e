"""Whether the PDF that is there is still what the inputs would give, without running TeX.

Inputs are the bytes that the build gives to LaTeX and biber, and every file of TeX's own trees that the last run read,
by name, size and time, as its recorder tells.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from imprenta.workspace import content_hash

if TYPE_CHECKING:
    from collections.abc import Mapping

    from imprenta.workspace import Workspace


def inputs_hash(source: str, bibliography: bytes, files: Mapping[str, bytes], date: str) -> str:
    """Return a hash of all that a build gives to LaTeX and biber."""
    parts: list[str | bytes] = [date, source, bibliography]
    for name in sorted(files):
        parts += [name, files[name]]
    return content_hash(*parts)


def is_fresh(workspace: Workspace, record: str, pdf: str, given: str) -> bool:
    """Tell whether the recorded run had these inputs, and left the PDF that is there."""
    data, made = workspace.read(record), workspace.read(pdf)
    if data is None or made is None:
        return False
    try:
        noted = json.loads(data)
        same = noted["given"] == given and noted["pdf"] == content_hash(made)
        return same and all(workspace.stamp(path) == stamp for path, stamp in noted["read"].items())
    except (ValueError, KeyError, TypeError, AttributeError):
        return False


def note_run(workspace: Workspace, record: str, recorder: str, pdf: bytes, given: str) -> None:
    """Write down what a good run was given, what it read, and what it made."""
    lines = (workspace.read(recorder) or b"").decode("utf-8", "replace").splitlines()
    paths = sorted({line.removeprefix("INPUT ") for line in lines if line.startswith("INPUT /")})
    read = {path: stamp for path in paths if (stamp := workspace.stamp(path)) is not None}
    workspace.write(record, json.dumps({"given": given, "pdf": content_hash(pdf), "read": read}))
