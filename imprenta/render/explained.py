"""The abbreviations and the terms of a report -> the lists of those that its texts use, TeX."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from imprenta.markup import anchor_of, escape, write_block, write_inline
from imprenta.model.abbreviations import used_abbreviations, used_terms
from imprenta.model.facts import Kind, Stated
from imprenta.model.source_map import hold, mark
from imprenta.render.view import TermView

if TYPE_CHECKING:
    from collections.abc import Iterator

    from imprenta.markup import Scope
    from imprenta.model.paper import Paper
    from imprenta.model.text import Text


@dataclass(frozen=True, slots=True)
class ExplainedLists:
    """What the lists hold, in the order of the alphabet: abbreviations with what they mean, and terms."""

    abbreviations: tuple[tuple[str, str], ...] = ()
    terms: tuple[TermView, ...] = ()

    def texts(self) -> Iterator[str]:
        """Yield what is said of the words."""
        yield from (meaning for _, meaning in self.abbreviations)
        yield from (term.definicion for term in self.terms)


NO_LISTS = ExplainedLists()


def write_explained_words(paper: Paper, scope: Scope) -> ExplainedLists:
    """Return the lists of the words that a report explains and its texts use."""
    abbreviations = (
        (_write_word(word, text), Stated(write_inline(text, scope), Kind("item")))
        for word, text in used_abbreviations(paper)
    )
    terms = (
        TermView(_write_word(term, text), Stated(write_block(text, scope), Kind("item")), anchor_of(term))
        for term, text in used_terms(paper)
    )
    return ExplainedLists(tuple(abbreviations), tuple(terms))


def _write_word(word: str, meaning: Text) -> str:
    """Write the explained word itself, a key of the data: its place is that of what is said of it."""
    return hold(mark(meaning.span()) + escape(word))
