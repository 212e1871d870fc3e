"""The orders that lead from a spot of the PDF to the author's line, and back -> one line for each answer."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

from imprenta.problems import CannotContinue
from imprenta.project import name_from_here, name_program, path_from_here, relate_from_here, tell_place
from imprenta.workspace import PDF_PATH, engine_workspace

if TYPE_CHECKING:
    import argparse

    from imprenta.workspace import Workspace

GOOD, NOTHING, USAGE = 0, 1, 2
VIEWER_FILE = "build/informe.synctex.gz"
"""What PDF viewers read beside the PDF."""


def run_where(workspace: Workspace, options: argparse.Namespace) -> int:
    """Print `file:line:column` and what it is for a spot of the PDF; status 1 if nothing of the author's is there."""
    from imprenta.trace import read_trace

    spot = read_trace(workspace).where(options.page, options.x, options.y)
    if spot is None:
        print(f"no hay nada escrito en ese lugar de la página {options.page}", file=sys.stderr)
        return NOTHING
    path = tell_place(str(workspace.root), spot.place.path)
    print(f"{path}:{spot.place.line}:{spot.place.column}: {spot.kind}")
    return GOOD


def run_show(workspace: Workspace, options: argparse.Namespace) -> int:
    """Print page, left, top, width and height of each rectangle where a line of the author's is printed."""
    from imprenta.trace import read_trace

    match = re.fullmatch(r"(.+?):(\d+)(?::\d+)?", options.line)
    if match is None or int(match[2]) < 1:
        words = f"se esperaba ARCHIVO:LÍNEA, no «{options.line}»"
        raise CannotContinue(words, hint="por ejemplo, paper/informe.yaml:2", status=USAGE)
    path = _find_named(workspace, match[1])
    areas = read_trace(workspace).show(path, int(match[2]))
    if not areas:
        print(f"esa línea de «{path}» no imprime nada en el PDF", file=sys.stderr)
        return NOTHING
    for area in areas:
        print(f"página {area.page}: {area.x:.1f} {area.y:.1f} {area.width:.1f} {area.height:.1f}")
    return GOOD


def run_read(workspace: Workspace, options: argparse.Namespace) -> int:
    """Print what a screen reader says of the PDF, page by page; status 1 if the PDF has no tags."""
    from imprenta.trace.pdf_page import PdfPages
    from imprenta.trace.structure import find_untold, read_page_tree, tell_page

    data = workspace.read(PDF_PATH)
    if data is None:
        raise CannotContinue("todavía no hay un PDF", hint=f"hágalo primero: {name_program()}")
    pages = PdfPages(data)
    if not 0 <= options.page <= len(pages):
        raise CannotContinue(f"el PDF tiene {len(pages)} páginas", status=USAGE)
    numbers = range(len(pages)) if options.page == 0 else [options.page - 1]
    trees = {number: read_page_tree(pages, number) for number in numbers}
    if not any(trees.values()):
        print("el PDF no tiene etiquetas: pídalas en paper/informe.yaml con «conformidad: ambas»", file=sys.stderr)
        return NOTHING
    for number, tops in trees.items():
        print(f"página {number + 1}")
        for line in tell_page(tops):
            print(f"  {line}")
        if untold := find_untold(pages, number).strip():
            print(f"  sin etiqueta: {untold}")
    return GOOD


def _find_named(workspace: Workspace, name: str) -> str:
    """Return the path in the project of a file named as from here, or as from the project's folder."""
    root = str(workspace.root)
    named = [path_from_here(root, name), name.replace("\\", "/").removeprefix("./"), relate_from_here(root, name)]
    for path in named:
        if path is not None and (workspace.is_file(path) or engine_workspace().is_file(path)):
            return path
    raise CannotContinue(f"no hay «{name}»", status=USAGE)


def run_synctex(workspace: Workspace, _options: argparse.Namespace) -> int:
    """Write the SyncTeX file with which a click in a viewer opens the author's files."""
    _write_synctex(workspace)
    named = name_from_here(str(workspace.root), VIEWER_FILE)
    print(f"se escribió «{named}»; desde ahora cada construcción lo pone al día")
    return GOOD


def keep_synctex(workspace: Workspace) -> None:
    """Bring the SyncTeX file of viewers up to date, if the author ever asked for it."""
    if workspace.is_file(VIEWER_FILE):
        _write_synctex(workspace)


def _write_synctex(workspace: Workspace) -> None:
    from imprenta.trace import read_trace, write_synctex

    def locate(path: str) -> str:
        return workspace.readable_path(path) if workspace.is_file(path) else str(engine_workspace().path(path))

    workspace.write(VIEWER_FILE, write_synctex(read_trace(workspace), locate))
