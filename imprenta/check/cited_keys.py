"""Citations: which keys the paper cites, and lists that repeat one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imprenta.markup import read_placed
from imprenta.model.citation_key import normalize_key
from imprenta.model.paper import names_of, walk_names, walk_texts
from imprenta.problems import Problem, Severity

if TYPE_CHECKING:
    from imprenta.model import Text
    from imprenta.model.paper import Paper
    from imprenta.problems import Span


def cited_keys(paper: Paper) -> list[tuple[str, Span]]:
    """Return every citation of the paper, in texts and in lists `citas`, with its place."""
    found = [
        (citation.key, citation.place) for placed in walk_texts(paper) for citation in read_placed(placed).citations
    ]
    return found + [(normalize_key(text.value), text.span()) for text in walk_names(paper.holders, "cita")]


def check_citations(paper: Paper) -> list[Problem]:
    """A list `citas` names each source once."""
    problems = []
    for holder in paper.holders:
        seen: dict[str, Text] = {}
        for text in names_of(holder, "cita"):
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
