"""The cover -> the affiliations that nobody knows, or that are nobody's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imprenta.problems import Problem, Severity, guess_hint

if TYPE_CHECKING:
    from imprenta.model.paper import Paper


def check_affiliations(paper: Paper) -> list[Problem]:
    """Check that authors and `afiliaciones` of the report name the same institutions."""
    known = paper.report.affiliations
    problems = []
    used = set()
    for author in paper.report.authors:
        for text in author.affiliations:
            key = text.value.strip()
            used.add(key)
            if key not in known:
                message = f"«{key}» no está en «afiliaciones» del informe"
                problems.append(Problem("afiliacion-desconocida", message, text.span(), guess_hint(key, known)))
    for key, name in known.items():
        if key not in used:
            message = f"ningún autor es de «{key}», que no sale en la portada"
            hint = f"ponga «afiliaciones: [{key}]» a un autor, o bórrela"
            problems.append(Problem("afiliacion-sin-usar", message, name.span(), hint, Severity.WARNING))
    return problems
