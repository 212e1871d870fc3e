"""A folder for what is made -> whether it is ours: only then may it be taken away with all that is in it.

A folder that we make gets a tag (https://bford.info/cachedir/), which also keeps backups from saving it. One that is
there already belongs to whoever made it, and stays without a tag whatever we put into it. It may be a link to a folder
on another disk: to one that is ours, or empty, and so becomes ours.
"""

from __future__ import annotations

import os
import re
import shutil
from contextlib import suppress
from pathlib import Path

from imprenta.problems import CannotContinue

BUILD_FOLDER = "build"
TAG = "CACHEDIR.TAG"
CONTENT = b"""\
Signature: 8a477f597d28d172789f06886806bc55
# Imprenta hizo esta carpeta y la borra entera con \xc2\xabclean\xc2\xbb: no guarde nada suyo en ella.
"""
_MADE = (
    r"al-dia\.txt|cerrojo|esquemas|figuras|informe\.pdf|informe\.synctex\.gz|latex|matplotlib|memoria|ortografia\.json"
    r"|plantillas-revisadas|vigilancia"
)
BEFORE = re.compile(rf"(?:{_MADE})|\.(?:{_MADE})\.\w{{8}}|al-dia\.txt\.\d+")
"""The names in folders that were made before there was a tag, and of what killed builds left in them. It stays so."""
NOW = re.compile(
    r"cache|checked-templates|figures|lock|pictures|plots\.txt|preview\.html|resident|spelling\.json|tmp|up-to-date\.txt|watch"
)
"""Names that are ours today, but too common to tell whose a folder is."""
SURE = 2
"""So many of those names make it ours, if there is no other."""


def make_own(folder: Path) -> None:
    """Make the folder, with its tag; one that is there gets it only if nothing in it is of others.

    What cannot be made or written is told by whoever writes into it next.
    """
    with suppress(OSError):
        if not folder.is_dir():
            folder.mkdir(parents=True)
        elif (folder / TAG).exists() or not _is_of_before(folder, 0):
            return
        tag(folder)


def make_room(path: Path, folder: Path) -> None:
    """Make the folder, as `make_own`, and room in it for a file: who put a folder in its place keeps nothing there."""
    make_own(folder)
    if path.is_dir() and has_tag(folder):
        shutil.rmtree(path, ignore_errors=True)


def tag(folder: Path) -> None:
    """Say in a folder that it is ours."""
    with suppress(OSError):
        (folder / TAG).write_bytes(CONTENT)


def is_made(name: str) -> bool:
    """Tell whether a name is one of what we make ourselves, and not of the author's files."""
    return name == BUILD_FOLDER or name.startswith(f"{BUILD_FOLDER}/")


def find_linked(link: str) -> str | None:
    """Return the folder that a link leads to, if all in it may be changed: it is ours by its tag, or empty."""
    if not os.path.islink(link):
        return None
    folder = os.path.realpath(link)
    try:
        mine = not os.listdir(folder) or has_tag(Path(folder))
    except OSError:
        return None
    return folder if mine else None


def has_tag(folder: Path) -> bool:
    """Tell whether a folder says that it is ours. Other versions may word it otherwise; other programs name them."""
    try:
        said = (folder / TAG).read_bytes()
    except OSError:
        return False
    return said.startswith(CONTENT.partition(b"\n")[0]) and b"# Imprenta" in said


def is_bare(folder: Path) -> bool:
    """Tell whether there is nothing in a folder but its tag."""
    return _names(folder) == [TAG]


def outside(name: str) -> CannotContinue:
    """Return what is said of a name that leads out of the project."""
    hint = f"si «{BUILD_FOLDER}» es un enlace, lleva a una carpeta vacía o que hizo Imprenta" if is_made(name) else ""
    return CannotContinue(f"«{name}» queda fuera de la carpeta del proyecto", hint=hint, status=1)


def refuse_others(folder: Path, name: str) -> None:
    """Raise CannotContinue, unless all that is in the folder is ours; `name` is what its owner calls it."""
    if not has_tag(folder) and ((folder / TAG).exists() or not _is_of_before(folder, SURE)):
        strange = next(
            (f"tiene «{found}»; " for found in _names(folder) if not (BEFORE.fullmatch(found) or NOW.fullmatch(found))),
            "",
        )
        hint = f"{strange}bórrela a mano si nada de ella le hace falta"
        raise CannotContinue(f"no se borra «{name}/»: no la hizo Imprenta", hint=hint, status=1)


def _is_of_before(folder: Path, least: int) -> bool:
    names = _names(folder)
    return len(names) >= least and all(BEFORE.fullmatch(name) for name in names)


def _names(folder: Path) -> list[str]:
    try:
        return sorted(os.listdir(folder))
    except OSError:
        return []
