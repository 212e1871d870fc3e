"""The names of listings' files -> their texts, each character with its place, and the problems of files not read."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from imprenta.load.file_names import describe_unreadable
from imprenta.load.yaml_source import decode_text
from imprenta.model import CodeFileBlock, Text
from imprenta.model.listings import SOURCE_FOLDER
from imprenta.model.paper import walk_blocks
from imprenta.problems import CannotContinue, Problem, guess_hint

if TYPE_CHECKING:
    from collections.abc import Iterable

    from imprenta.model import Section
    from imprenta.workspace import Workspace

LARGEST = 1_000_000
"""Bytes of a file of code."""


def load_sources(sections: Iterable[Section], workspace: Workspace) -> tuple[dict[str, Text], list[Problem]]:
    """Read the files that listings show; each is told once, where it is named first."""
    sources: dict[str, Text] = {}
    problems: dict[str, list[Problem]] = {}
    for block in walk_blocks(sections):
        if isinstance(block, CodeFileBlock) and block.path not in sources and block.path not in problems:
            text, found = _read_source(block, workspace)
            if found or text is None:
                problems[block.path] = found
            else:
                sources[block.path] = text
    return sources, [problem for found in problems.values() for problem in found]


def list_sources(workspace: Workspace) -> list[str]:
    """Return the names of the files that listings may show, as they are named there."""
    paths = (path for folder in workspace.list_folders(SOURCE_FOLDER) for path in workspace.list_files(folder, ""))
    return sorted(path.removeprefix(f"{SOURCE_FOLDER}/") for path in paths)


def _read_source(block: CodeFileBlock, workspace: Workspace) -> tuple[Text | None, list[Problem]]:
    path, place = block.path, block.file.span()
    if PurePosixPath(path).is_absolute() or ".." in PurePosixPath(path).parts or not block.file.value.strip():
        hint = f"el archivo se nombra desde {SOURCE_FOLDER}/, y está dentro de ella"
        return None, [Problem("archivo-ilegible", f"«{block.file.value}» no está en {SOURCE_FOLDER}/", place, hint)]
    try:
        data = workspace.read(path)
    except CannotContinue as refusal:
        return None, [Problem("archivo-ilegible", str(refusal), place)]
    if data is None:
        hint = guess_hint(block.file.value.strip(), list_sources(workspace), what="hay")
        return None, [Problem("archivo-ilegible", describe_unreadable(workspace, path), place, hint, lacks=path)]
    if len(data) > LARGEST:
        message = f"el archivo ocupa {len(data) / 1e6:.1f} MB, y uno de código no pasa de {LARGEST / 1e6:.0f}"
        return None, [Problem("archivo-ilegible", message.replace(".", ","), place, "ponga en otro lo que se muestra")]
    value, problems = decode_text(data, path)
    if problems:
        return None, problems
    pieces = []
    offset = 0
    for line, row in enumerate(value.split("\n"), 1):
        pieces.append((offset, line, 1))
        offset += len(row) + 1
    return Text(value, path, tuple(pieces)), []
