"""The list of checks, and the loop that runs all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imprenta.check.citations import check_citations
from imprenta.check.placement import check_mentions, check_placement, check_references
from imprenta.check.tables import check_repeated_rows, check_row_lengths
from imprenta.check.texts import check_texts

if TYPE_CHECKING:
    from collections.abc import Callable

    from imprenta.model.paper import Paper
    from imprenta.problems import Problem

CHECKS: tuple[Callable[[Paper], list[Problem]], ...] = (
    check_texts,
    check_citations,
    check_placement,
    check_references,
    check_mentions,
    check_row_lengths,
    check_repeated_rows,
)
"""Every check: a function of the loaded paper alone. A new one is a function and a line here."""


def check_paper(paper: Paper) -> list[Problem]:
    """Return what every check finds."""
    return [problem for check in CHECKS for problem in check(paper)]
