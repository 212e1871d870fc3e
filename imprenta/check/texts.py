"""Every text -> the problems of its markup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imprenta.markup import read_text
from imprenta.model.paper import walk_texts

if TYPE_CHECKING:
    from imprenta.model.paper import Paper
    from imprenta.problems import Problem


def check_texts(paper: Paper) -> list[Problem]:
    """Return what the reader of marked-up text finds wrong in each text."""
    return [problem for placed in walk_texts(paper) for problem in read_text(placed.text).problems]
