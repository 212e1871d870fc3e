"""Every text -> the problems of its markup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imprenta.markup import find_misplaced, read_text
from imprenta.model.paper import walk_texts

if TYPE_CHECKING:
    from imprenta.model.paper import Paper
    from imprenta.problems import Problem


def check_texts(paper: Paper) -> list[Problem]:
    """Return what the reader of marked-up text finds wrong in each text, and blocks where a line is expected."""
    problems: list[Problem] = []
    for placed in walk_texts(paper):
        problems += read_text(placed.text).problems
        if placed.role != "block":
            problems += find_misplaced(placed.text, cell=placed.role == "cell")
    return problems
