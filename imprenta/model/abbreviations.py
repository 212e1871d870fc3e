"""The words that a report explains and its texts -> those that are used, in the order of the alphabet."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from imprenta.model.explained import Finder, abbreviation_forms, in_alphabet, term_forms

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from imprenta.model.paper import Paper
    from imprenta.model.report import Report
    from imprenta.model.text import Text

MOST_TEXTS = 16384
"""Texts whose words are remembered."""


def abbreviations_in(report: Report) -> Finder:
    """Return what finds the abbreviations of a report."""
    return Finder(tuple((word, abbreviation_forms(word)) for word in report.abbreviations if word.strip()))


def terms_in(report: Report) -> Finder:
    """Return what finds the terms of the glossary."""
    return Finder(tuple((term, term_forms(term)) for term in report.glossary if term.strip()))


def used_abbreviations(paper: Paper) -> list[tuple[str, Text]]:
    """Return each abbreviation that a text has as a word of its own, or with a plural's ending, and what it means."""
    return _find_used(paper, paper.report.abbreviations, abbreviations_in(paper.report))


def used_terms(paper: Paper) -> list[tuple[str, Text]]:
    """Return each term of the glossary that a text has, in the singular or in the plural, and what it is."""
    return _find_used(paper, paper.report.glossary, terms_in(paper.report))


def _find_used(paper: Paper, told: Mapping[str, Text], finder: Finder) -> list[tuple[str, Text]]:
    """Return the words that stand in other texts than those that explain them."""
    if not told:
        return []
    own = {id(text) for text in told.values()}
    texts = (placed.text for placed in paper.texts if placed.printed.is_words and id(placed.text) not in own)
    words_of = _remember_words(finder)
    used = {word for text in texts for word in words_of(text.value)}
    return [(word, told[word]) for word in in_alphabet(used)]


@lru_cache(maxsize=4)
def _remember_words(finder: Finder) -> Callable[[str], frozenset[str]]:
    """Return what tells the words that stand in a text: few texts change from one build to the next."""

    @lru_cache(maxsize=MOST_TEXTS)
    def words_of(value: str) -> frozenset[str]:
        return frozenset(word for word, _ in finder.find(value))

    return words_of
