"""The model of a file -> the prose that its author wrote in Spanish."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imprenta.language.prose import read_prose
from imprenta.model.once import once
from imprenta.model.paper import words_of

if TYPE_CHECKING:
    from imprenta.language.prose import Prose
    from imprenta.model import Holder


@once
def read_passages(file: Holder) -> tuple[Prose, ...]:
    """Return all Spanish prose of a file.

    What is in another language is left out, and names, and what the assignment says: an author copies it as it is.
    """
    own = (placed for placed in words_of(file) if placed.printed.wording == "own")
    return tuple(prose for placed in own for prose in read_prose(placed.text, line=placed.role != "block"))
