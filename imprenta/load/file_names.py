"""The names in the folders of data -> the ids of what is there, and the problems of names and of what is no file."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from imprenta.bounds import find_bound
from imprenta.model import ID_PATTERN
from imprenta.model.part import propose_id
from imprenta.problems import Problem, Span

if TYPE_CHECKING:
    from imprenta.workspace import Workspace

FOLDERS = ("paper/secciones", "paper/tablas", "paper/datos", "figures")
THINGS = {
    "folder": "es una carpeta, no un archivo",
    "large": "ocupa más de {bound:.0f} MB, y no se lee",
    "link": "es un enlace que no lleva a ningún archivo",
    "outside": "es un enlace que sale de la carpeta del informe",
    "special": "no es un archivo corriente",
    "locked": "no se puede leer: falta permiso",
    "missing": "no existe",
}
"""What stands in the place of a file, by what `Workspace.what_is` calls it (`reading.THINGS`)."""


@dataclass(slots=True)
class Names:
    """The files of data by folder and id, the names that cannot be ids, and the problems of both."""

    ids: dict[str, dict[str, str]] = field(default_factory=dict)
    bad: dict[str, set[str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def list_names(workspace: Workspace) -> Names:
    """Look through the folders of data."""
    names = Names()
    for folder in FOLDERS:
        ids = names.ids.setdefault(folder, {})
        bad = names.bad.setdefault(folder, set())
        for path in workspace.list_files(folder, ".yaml"):
            stem = PurePosixPath(path).stem
            if re.fullmatch(ID_PATTERN, stem):
                ids[stem] = path
            else:
                bad.add(stem)
                names.problems.append(_refuse_name(folder, stem, path))
        names.problems += [
            tell_unreadable(workspace, path) for path in workspace.list_files(folder, ".yaml", files=False)
        ]
        for path in workspace.list_files(folder, ".yml"):
            renamed = f"{path.removesuffix('.yml')}.yaml"
            message = "el archivo no se lee: su nombre debe terminar en «.yaml»"
            hint = f"llámelo «{PurePosixPath(renamed).name}»"
            names.problems.append(Problem("nombre-de-archivo", message, Span(path), hint, lacks=renamed))
    return names


def explain_name(name: str) -> str:
    """Return what is wrong in a name that is no id, and what an id looks like."""
    wrong = {
        "«_»": "_" in name,
        "un espacio": re.search(r"\s", name) is not None,
        "mayúsculas": name != name.lower(),
        "tildes o eñes": any(ord(sign) > 127 for sign in name),
    }
    has = " y ".join(what for what, there in wrong.items() if there) or "otros signos"
    return f"tiene {has}; un identificador lleva solo minúsculas sin tilde, cifras y guiones («-»)"


def _refuse_name(folder: str, stem: str, path: str) -> Problem:
    proposed = propose_id(stem)
    hint = f"llámelo «{proposed}.yaml», y así donde se nombra" if proposed else ""
    message = f"el nombre «{stem}» no sirve de identificador: {explain_name(stem)}"
    return Problem("nombre-de-archivo", message, Span(path), hint, lacks=f"{folder}/{proposed}.yaml")


def tell_unreadable(workspace: Workspace, path: str) -> Problem:
    """Return the problem of what is there and cannot be read as a file: what it is."""
    hint = "repártalo en varios" if workspace.what_is(path) == "large" else ""
    return Problem("archivo-ilegible", describe_unreadable(workspace, path), Span(path), hint)


def describe_unreadable(workspace: Workspace, path: str) -> str:
    """Return in words what stands in the place of a file."""
    return f"«{path}» {THINGS[workspace.what_is(path)].format(bound=find_bound(path) / 1e6)}"
