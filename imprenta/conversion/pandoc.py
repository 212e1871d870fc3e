"""A file of somebody's -> pandoc's tree of it: <https://hackage.haskell.org/package/pandoc-types>, as JSON."""

from __future__ import annotations

import json
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from imprenta.problems import CannotContinue
from imprenta.workspace import Limits, Workspace

if TYPE_CHECKING:
    from pathlib import Path

FORMATS = {
    ".md": "markdown+tex_math_single_backslash",
    ".markdown": "markdown+tex_math_single_backslash",
    ".tex": "latex",
    ".docx": "docx+citations",
}
"""What pandoc calls the kinds of files that are taken, by their endings."""
MISSING_TOOL = 4
# The runtime of pandoc reserves as many addresses as it gets, and then there are none for others: it bounds its heap.
MEMORY = ("+RTS", "-M2g", "-RTS")
LIMITS = Limits(memory=1 << 44)
HINT = "instálelo con «apt install pandoc» o «pip install pypandoc-binary»"


def find_pandoc(workspace: Workspace) -> str:
    """Return the program: the system's, else the one of the extra `importar`; raise CannotContinue without one."""
    found = workspace.find_program("pandoc")
    if found is None and find_spec("pypandoc") is not None:
        import pypandoc

        try:
            found = str(pypandoc.get_pandoc_path())
        except OSError:
            found = None
    if found is None:
        raise CannotContinue("para traer un documento hace falta pandoc", hint=HINT, status=MISSING_TOOL)
    return found


def read_document(path: Path) -> dict[str, Any]:
    """Return the tree of a file, which pandoc reads in a sandbox: it opens nothing else.

    Raises CannotContinue if it cannot be read.
    """
    workspace = Workspace(path.parent)
    options = ["--sandbox", "-f", FORMATS[path.suffix.lower()], "-t", "json"]
    finished = workspace.run([find_pandoc(workspace), *MEMORY, *options, "--", str(path)], limits=LIMITS)
    if finished.timed_out:
        raise CannotContinue(f"pandoc no acaba de leer «{path.name}»", status=1)
    if finished.status != 0:
        said = " ".join(finished.errors.decode("utf-8", "replace").split())[:500]
        raise CannotContinue(f"pandoc no pudo leer «{path.name}»: «{said}»", status=1)
    tree: dict[str, Any] = json.loads(finished.output)
    return tree
