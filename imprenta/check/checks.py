"""The list of checks, and the loop that runs all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imprenta.check.abbreviations import check_abbreviations, check_glossary
from imprenta.check.cited_keys import check_citations
from imprenta.check.cover import check_affiliations, check_cover
from imprenta.check.data import (
    check_decimal_marks,
    check_freshness,
    check_isolated_nodes,
    check_provisional_texts,
    check_unused_values,
)
from imprenta.check.formulas import check_symbols
from imprenta.check.lengths import check_lengths
from imprenta.check.listings import check_listings
from imprenta.check.measurements import check_measurements
from imprenta.check.obligations import check_assumptions, check_obligations
from imprenta.check.placement import check_mentions, check_placement, check_references, check_steps
from imprenta.check.rubric import check_rubric
from imprenta.check.tables import check_notes, check_repeated_rows, check_row_lengths, check_totals
from imprenta.check.tags import check_tags
from imprenta.check.texts import check_texts
from imprenta.check.weights import check_weights

if TYPE_CHECKING:
    from collections.abc import Callable

    from imprenta.model.paper import Paper
    from imprenta.problems import Problem

CHECKS: tuple[Callable[[Paper], list[Problem]], ...] = (
    check_texts,
    check_abbreviations,
    check_glossary,
    check_citations,
    check_measurements,
    check_affiliations,
    check_cover,
    check_placement,
    check_references,
    check_steps,
    check_listings,
    check_symbols,
    check_mentions,
    check_lengths,
    check_row_lengths,
    check_totals,
    check_notes,
    check_repeated_rows,
    check_obligations,
    check_assumptions,
    check_unused_values,
    check_isolated_nodes,
    check_decimal_marks,
    check_provisional_texts,
    check_freshness,
    check_rubric,
    check_tags,
    check_weights,
)
"""Every check: a function of the loaded paper alone. A new one is a function and a line here."""


def check_paper(paper: Paper, between: Callable[[], None] = lambda: None) -> list[Problem]:
    """Return what every check finds; `between` is called before each, and may raise to end it."""
    problems: list[Problem] = []
    for check in CHECKS:
        between()
        problems += check(paper)
    return problems
