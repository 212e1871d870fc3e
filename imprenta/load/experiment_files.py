"""The files that measurements name -> the problems of those that are not there."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from imprenta.load.file_names import describe_unreadable
from imprenta.model.measurements import EXPERIMENT_FOLDER
from imprenta.problems import Problem, Severity, guess_hint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from imprenta.model import Text
    from imprenta.model.measurements import Measurements
    from imprenta.workspace import Workspace


def find_lost_files(measurements: Measurements, workspace: Workspace) -> list[Problem]:
    """Return a warning for each file that is not in the folder of experiments, where it is named first."""
    named = {text.value.strip(): text for one in reversed(measurements.measurements) for text in reversed(one.files)}
    return [problem for name, text in reversed(named.items()) for problem in _look_for(name, text, workspace)]


def list_experiment_files(workspace: Workspace) -> list[str]:
    """Return the names of the files that measurements may name, as they are named there."""
    folders = workspace.list_folders(EXPERIMENT_FOLDER)
    paths = (path for folder in folders for path in workspace.list_files(folder, ""))
    return sorted(path.removeprefix(f"{EXPERIMENT_FOLDER}/") for path in paths)


def _look_for(name: str, text: Text, workspace: Workspace) -> Iterator[Problem]:
    place, path = text.span(), f"{EXPERIMENT_FOLDER}/{name}"
    if not name or PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts:
        hint = f"el archivo se nombra desde {EXPERIMENT_FOLDER}/, y está dentro de ella"
        yield Problem("archivo-ilegible", f"«{name}» no está en {EXPERIMENT_FOLDER}/", place, hint)
    elif not workspace.is_file(path):
        hint = guess_hint(name, list_experiment_files(workspace), what="hay")
        reason = describe_unreadable(workspace, path)
        yield Problem("archivo-ilegible", reason, place, hint, Severity.WARNING, lacks=path)
