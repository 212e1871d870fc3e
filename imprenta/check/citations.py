"""Citations: which keys the paper cites, and lists that repeat one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imprenta.markup import read_placed
from imprenta.model import DataFile, Figure, GraphFigure, Table
from imprenta.model.paper import walk_citation_lists, walk_texts
from imprenta.problems import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from imprenta.model import Text
    from imprenta.model.paper import Paper
    from imprenta.problems import Span


def cited_keys(paper: Paper) -> list[tuple[str, Span]]:
    """Return every citation of the paper, in texts and in lists `citas`, with its place."""
    found = [
        (citation.key, citation.place) for placed in walk_texts(paper) for citation in read_placed(placed).citations
    ]
    return found + [(text.value, text.span()) for text in walk_citation_lists(paper)]


def check_citations(paper: Paper) -> list[Problem]:
    """A list `citas` names each source once."""
    problems = []
    for keys in _citation_lists(paper):
        seen: dict[str, Text] = {}
        for text in keys:
            if text.value in seen:
                problems.append(
                    Problem(
                        "cita-repetida",
                        f"la cita «{text.value}» está repetida en la lista",
                        text.span(),
                        severity=Severity.WARNING,
                        related=((seen[text.value].span(), "aquí está por primera vez"),),
                    )
                )
            seen.setdefault(text.value, text)
    return problems


def _citation_lists(paper: Paper) -> Iterator[list[Text]]:
    parts: list[Table | Figure | DataFile] = [*paper.tables.values(), *paper.figures.values(), *paper.data.values()]
    for part in parts:
        if isinstance(part, DataFile):
            yield from (quantity.citations for quantity in part.quantities.values())
        else:
            yield part.citations
        if isinstance(part, GraphFigure):
            yield from (edge.citations for edge in part.edges)
