"""The folder that an order is given in -> the folder of its report, and names of files and of the command from there.

Standard library only: this is asked before anything else, also by builds that have nothing to do.
"""

from __future__ import annotations

import os

ENGINE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
"""The folder of Imprenta itself: its checkout, or the one that Python's packages are installed in."""
PROJECT = ("--project", "--proyecto")
"""The option that names the folder of a report, and what it was called before."""
INSTALLED = os.path.isdir(os.path.join(ENGINE, "imprenta", "templates"))
"""Whether this is an installed package: it carries inside what stands beside it in a checkout (`name_engine_file`)."""
CARRIED = ("templates", "debian-packages.txt")
MAIN_FILE = "paper/informe.yaml"
"""What makes a folder a report's."""


def name_engine_file(name: str) -> str:
    """Return the path in ENGINE of a file or folder of Imprenta's, which is called by its path in a checkout."""
    return f"imprenta/{name}" if INSTALLED and name.partition("/")[0] in CARRIED else name


def name_program() -> str:
    """Return how the command is called from here."""
    if INSTALLED:
        return "imprenta"
    import shlex

    return f"python3 {shlex.quote(name_from_here(ENGINE, 'build.py'))}"


def tell_installer() -> str:
    """Return the hint for whoever lacks a program."""
    return f"«{name_program()} system» instala lo que un informe necesita"


def find_project(start: str) -> str | None:
    """Return the first folder with a report, from `start` upwards, as git does; None if there is none."""
    folder = os.path.abspath(start)
    while not os.path.lexists(os.path.join(folder, MAIN_FILE)):
        above = os.path.dirname(folder)
        if above == folder:
            return None
        folder = above
    return folder


def current_folder() -> str | None:
    """Return the folder that this process stands in, or None if it has been removed."""
    try:
        return os.getcwd()
    except OSError:
        return None


def name_from_here(root: str, name: str) -> str:
    """Return the name of a project's file as it is called from here: absolute, if neither folder is in the other."""
    path = os.path.join(root, name)
    return os.path.relpath(path).replace(os.sep, "/") if is_near(root) else path


def tell_place(root: str, name: str) -> str:
    """Return what messages call a project's file: as from here, or as from a project that stands elsewhere."""
    return name_from_here(root, name) if is_near(root) else name


def path_from_here(root: str, name: str) -> str | None:
    """Return the path in a project of a file that is called so from here; None if that is outside of it."""
    here = current_folder()
    path = os.path.normpath(os.path.join(here or root, name))
    return os.path.relpath(path, root).replace(os.sep, "/") if path.startswith(os.path.join(root, "")) else None


def relate_from_here(root: str, name: str) -> str:
    """Return the path from a project's root of a file that is called so from here: «../…», if it is elsewhere."""
    return os.path.relpath(os.path.join(current_folder() or root, name), root).replace(os.sep, "/")


def is_near(root: str) -> bool:
    """Tell whether the project is in the folder that we stand in, or that folder in it."""
    here = current_folder()
    return here is not None and os.path.commonpath((root, here)) in (root, here)
