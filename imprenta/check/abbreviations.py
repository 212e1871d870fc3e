"""Abbreviations and terms: those that the report explains, it uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imprenta.model.abbreviations import used_abbreviations, used_terms
from imprenta.problems import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from imprenta.model import Text
    from imprenta.model.paper import Paper


def check_abbreviations(paper: Paper) -> list[Problem]:
    """Every abbreviation that is explained stands in some text."""
    return _tell_unused(
        paper.report.abbreviations,
        used_abbreviations(paper),
        "abreviatura-sin-usar",
        "ningún texto usa la abreviatura «{}»: no sale en la lista",
        "escríbala tal cual en el texto, o quítela",
    )


def check_glossary(paper: Paper) -> list[Problem]:
    """Every term of the glossary stands in some text."""
    return _tell_unused(
        paper.report.glossary,
        used_terms(paper),
        "termino-sin-usar",
        "ningún texto usa «{}», que está en el glosario: no sale",
        "escríbalo en el texto, en singular o en plural, o quítelo",
    )


def _tell_unused(
    explained: Mapping[str, Text], used: Collection[tuple[str, Text]], code: str, message: str, hint: str
) -> list[Problem]:
    """Return a warning for each word that is explained and not used, which the message names."""
    words = {word for word, _ in used}
    return [
        Problem(code, message.format(word), meaning.span(), hint, severity=Severity.WARNING)
        for word, meaning in explained.items()
        if word not in words
    ]
