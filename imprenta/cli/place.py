"""The folder that an order is given in, and its options -> the report that it acts on."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from imprenta.cli.parser import USAGE
from imprenta.problems import CannotContinue
from imprenta.project import MAIN_FILE, current_folder, find_project, name_from_here, name_program
from imprenta.workspace import Workspace

if TYPE_CHECKING:
    import argparse


def tell_where() -> str:
    """Return the hint for whoever gave an order where there is no report."""
    begin = f"«{name_program()} new CARPETA»"
    return f"ejecute la orden en la carpeta del informe o indíquela con --project; para empezar uno: {begin}"


def open_project(options: argparse.Namespace) -> Workspace:
    """Return the report of the folder that was given, else the one around the current folder, which is named.

    Raises CannotContinue where there is none: no order may act on a report that nobody meant.
    """
    if options.project:
        return _open_given(Path(options.project))
    here = current_folder()
    if here is None:
        raise CannotContinue("la carpeta actual ya no existe", hint=tell_where(), status=1)
    root = find_project(here)
    if root is None:
        raise CannotContinue(
            f"no hay «{MAIN_FILE}» en «{here}» ni en las carpetas que la contienen", hint=tell_where(), status=1
        )
    if root != here:
        print(f"informe de «{root}»", file=sys.stderr)
    return Workspace(Path(root))


def _open_given(folder: Path) -> Workspace:
    if not folder.is_dir():
        raise CannotContinue(f"no existe la carpeta «{folder}»", status=USAGE)
    if not os.path.lexists(folder / MAIN_FILE):
        around = find_project(str(folder))
        hint = f"¿--project {name_from_here(around, '')}?" if around is not None else tell_where()
        raise CannotContinue(f"no hay «{MAIN_FILE}» en «{folder.resolve()}»", hint=hint, status=1)
    return Workspace(folder)
