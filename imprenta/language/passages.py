"""A Paper -> the prose that its author wrote in Spanish."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imprenta.language.prose import read_prose
from imprenta.model.paper import walk_texts

if TYPE_CHECKING:
    from imprenta.language.prose import Prose
    from imprenta.model.paper import Paper


def read_passages(paper: Paper) -> list[Prose]:
    """Return all Spanish prose of a report, in the order of its files.

    What is in another language is left out, and names, and what the assignment says: an author copies it as it is.
    """
    own = (placed for placed in walk_texts(paper) if placed.printed.wording == "own")
    return [prose for placed in own for prose in read_prose(placed.text, line=placed.role != "block")]
