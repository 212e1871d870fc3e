"""Citations: which keys the paper cites, and lists that repeat one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imprenta.markup import read_placed
from imprenta.model.citation_key import normalize_key
from imprenta.model.once import once
from imprenta.model.paper import names_in, texts_of
from imprenta.problems import Problem, Severity

if TYPE_CHECKING:
    from imprenta.model import Holder, Text
    from imprenta.model.paper import Paper
    from imprenta.problems import Span


def cited_keys(paper: Paper) -> list[tuple[str, Span]]:
    """Return every citation of the paper, in texts and in lists `citas`, with its place."""
    files = tuple(paper.printed_files())
    return [*(found for file in files for found in _cited_in_texts(file)),
            *(found for file in files for found in _cited_in_lists(file))]  # fmt: skip


@once
def _cited_in_texts(file: Holder) -> tuple[tuple[str, Span], ...]:
    read = (read_placed(placed) for placed in texts_of(file))
    return tuple((citation.key, citation.place) for parsed in read for citation in parsed.citations)


@once
def _cited_in_lists(file: Holder) -> tuple[tuple[str, Span], ...]:
    lists = (texts for kind, texts in names_in(file) if kind == "cita")
    return tuple((normalize_key(text.value), text.span()) for texts in lists for text in texts)


def check_citations(paper: Paper) -> list[Problem]:
    """A list `citas` names each source once."""
    return [problem for file in paper.printed_files() for problem in _repeated_in_lists(file)]


@once
def _repeated_in_lists(file: Holder) -> tuple[Problem, ...]:
    problems = []
    for kind, texts in names_in(file):
        seen: dict[str, Text] = {}
        for text in texts if kind == "cita" else ():
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
    return tuple(problems)
