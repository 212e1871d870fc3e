"""Abbreviations: those that the report explains, it uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imprenta.model.abbreviations import used_abbreviations
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
