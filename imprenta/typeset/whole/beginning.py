"""A request for the whole -> the folder of the build as LaTeX has to find it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imprenta.typeset.checkpoints.build_state import drop_state
from imprenta.typeset.engine.engine import FOLDER, JOB

if TYPE_CHECKING:
    from imprenta.typeset.request import Hooks, Request


def begin_anew(request: Request, hooks: Hooks) -> None:
    """Leave what the last build left behind, and put what this one is given into the folder.

    Whoever wants the PDF is asked before. To begin twice is to begin once.
    """
    hooks.confirm()
    drop_state(request.workspace)
    request.write_origins()
    request.workspace.write(f"{FOLDER}/{JOB}.tex", request.document.source)
    request.workspace.write(f"{FOLDER}/references.bib", request.bibliography_file)
    request.write_files()
    request.remove_unused_files()
