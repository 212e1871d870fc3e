"""A Paper -> the prose that its author wrote in Spanish."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imprenta.language.prose import read_prose
from imprenta.model.paper import walk_texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from imprenta.language.prose import Prose
    from imprenta.model import Text
    from imprenta.model.paper import Paper


def read_passages(paper: Paper) -> list[Prose]:
    """Return all Spanish prose of a report, in the order of its files.

    The English abstract is left out, and what the assignment says: an author copies it as it is.
    """
    foreign = {id(paper.report.abstract_english), *(id(section.statement) for section in paper.sections.values())}
    return [prose for text, line in _texts(paper) if id(text) not in foreign for prose in read_prose(text, line=line)]


def _texts(paper: Paper) -> Iterator[tuple[Text, bool]]:
    """Yield the texts that are read as Markdown, and those of the cover that are not; True for those of a line."""
    for placed in walk_texts(paper):
        yield placed.text, placed.role != "block"
    for keyword in paper.report.keywords_spanish:
        yield keyword, True
    for text in (paper.report.period, paper.report.program):
        if text is not None:
            yield text, True
