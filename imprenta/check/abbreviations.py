"""Abbreviations and terms: those that the report explains, it uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imprenta.model.abbreviations import used_abbreviations, used_terms
from imprenta.problems import Problem, Severity

if TYPE_CHECKING:
    from imprenta.model.paper import Paper


def check_abbreviations(paper: Paper) -> list[Problem]:
    """Every abbreviation that is explained stands in some text."""
    used = {word for word, _ in used_abbreviations(paper)}
    return [
        Problem(
            "abreviatura-sin-usar",
            f"ningún texto usa la abreviatura «{word}»: no sale en la lista",
            meaning.span(),
            "escríbala tal cual en el texto, o quítela",
            severity=Severity.WARNING,
        )
        for word, meaning in paper.report.abbreviations.items()
        if word not in used
    ]


def check_glossary(paper: Paper) -> list[Problem]:
    """Every term of the glossary stands in some text."""
    used = {term for term, _ in used_terms(paper)}
    return [
        Problem(
            "termino-sin-usar",
            f"ningún texto usa «{term}», que está en el glosario: no sale",
            meaning.span(),
            "escríbalo en el texto, en singular o en plural, o quítelo",
            severity=Severity.WARNING,
        )
        for term, meaning in paper.report.glossary.items()
        if term not in used
    ]
