"""A folder for what is made -> whether it is ours: only then may it be taken away with all that is in it.

A folder that we make gets a tag (https://bford.info/cachedir/), which also keeps backups from saving it. One that is
there already belongs to whoever made it, and stays without a tag whatever we put into it.
"""

from __future__ import annotations

import os
import re
from contextlib import suppress
from typing import TYPE_CHECKING

from imprenta.problems import CannotContinue

if TYPE_CHECKING:
    from pathlib import Path

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


def tag(folder: Path) -> None:
    """Say in a folder that it is ours."""
    with suppress(OSError):
        (folder / TAG).write_bytes(CONTENT)


def refuse_others(folder: Path, name: str) -> None:
    """Raise CannotContinue, unless all that is in the folder is ours; `name` is what its owner calls it."""
    try:
        # Other versions of ours may word it otherwise; other programs' tags name them.
        said = (folder / TAG).read_bytes()
        own = said.startswith(CONTENT.partition(b"\n")[0]) and b"# Imprenta" in said
    except OSError:
        own = _is_of_before(folder, SURE)
    if not own:
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
