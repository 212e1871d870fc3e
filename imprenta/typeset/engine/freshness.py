"""Whether the PDF that is there is still what the inputs would give, without running TeX.

Inputs are the bytes that the build gives to LaTeX and biber, and every file of TeX's own trees that the last run read,
by name, size and time, as its recorder tells.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from imprenta.typeset.engine.engine import FOLDER, JOB
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


RECORD = f"{FOLDER}/{JOB}.done"
"""Where the record of the last good run is kept."""


@dataclass(frozen=True, slots=True)
class Record:
    """What a good run was given and made, as hashes; what it read of TeX's own trees; which files go together.

    `clean` tells that LaTeX and biber had nothing to say, `parted` that the document is one whose body can be set
    without its list of references. `kept` is a hash of the files that the run left and from
    which a range is set: they are of use only as they were.
    """

    given: str
    bibliography: str
    date: str
    pdf: str
    kept: str
    clean: bool
    read: Mapping[str, str]
    parted: bool = False


def read_record(workspace: Workspace, path: str) -> Record | None:
    """Return the record of the last good run, or None if there is none that can be read."""
    try:
        return Record(**json.loads(workspace.read(path) or b"null"))
    except (ValueError, TypeError):
        return None


def write_record(workspace: Workspace, path: str, record: Record) -> None:
    """Write down what a good run was given, what it read, and what it made."""
    workspace.write(path, json.dumps(asdict(record)))


def is_fresh(workspace: Workspace, record: Record, pdf: str, given: str) -> bool:
    """Tell whether the recorded run had these inputs, and left the PDF that is there."""
    made = workspace.read(pdf)
    if made is None:
        return False
    return record.given == given and record.pdf == content_hash(made) and stamps_hold(workspace, record.read)


def stamp_inputs(workspace: Workspace, recorder: str) -> dict[str, str]:
    """Return size and time of every file of TeX's own trees that a run read, as its recorder tells."""
    lines = (workspace.read(recorder) or b"").decode("utf-8", "replace").splitlines()
    paths = sorted({line.removeprefix("INPUT ") for line in lines if line.startswith("INPUT /")})
    return {path: stamp for path in paths if (stamp := workspace.stamp(path)) is not None}


def stamps_hold(workspace: Workspace, stamps: Mapping[str, str]) -> bool:
    """Tell whether files still have the size and time that were noted."""
    return all(workspace.stamp(path) == stamp for path, stamp in stamps.items())
