"""A loaded report -> where its texts use each word first that it explains, and what stands there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imprenta.markup import anchor_of, find_first_uses
from imprenta.model.abbreviations import abbreviations_in, terms_in
from imprenta.model.explained import NO_USES, Explanation, Finder, FirstUses
from imprenta.model.paper import texts_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from imprenta.model import Text
    from imprenta.model.paper import Paper


def find_explained(paper: Paper | None) -> FirstUses:
    """Return which texts are the first to use the terms of the glossary, and abbreviations if they are written out."""
    if paper is None or not (paper.report.glossary or paper.report.expand):
        return NO_USES
    terms = terms_in(paper.report)
    explanations = {term: Explanation(anchor=anchor_of(term)) for term, _ in terms.forms}
    forms = terms.forms
    if paper.report.expand:
        abbreviations = abbreviations_in(paper.report)
        explanations |= {word: Explanation(paper.report.abbreviations[word]) for word, _ in abbreviations.forms}
        forms = (*abbreviations.forms, *(form for form in forms if form[0] not in paper.report.abbreviations))
    return find_first_uses(_running_texts(paper), Finder(forms), explanations)


def _running_texts(paper: Paper) -> Iterator[Text]:
    """Yield the paragraphs of the sections in the order of reading: headings, captions and quotations stay as typed."""
    for _, section in paper.ordered_sections():
        for placed in texts_of(section):
            if placed.role == "block" and placed.printed.wording == "own":
                yield placed.text
