"""The tags that parts of the report have: each is one that the report declares."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imprenta.model.paper import names_in
from imprenta.problems import Problem, guess_hint

if TYPE_CHECKING:
    from imprenta.model.paper import Paper


def check_tags(paper: Paper) -> list[Problem]:
    """Return the tags that are not among the report's: what has one would always be printed."""
    known = paper.report.tags
    problems = []
    whole = paper.complete or paper
    files = [*(section for _, section in whole.ordered_sections()), *whole.tables.values()]
    for file in files:
        for tag in (text for kind, texts in names_in(file) if kind == "etiqueta" for text in texts):
            name = tag.value.strip()
            if name not in known:
                hint = (
                    guess_hint(name, known, what="hay") or f"póngala en paper/informe.yaml: «etiquetas: {{{name}: no}}»"
                )
                message = f"la etiqueta «{name}» no está en «etiquetas» del informe"
                problems.append(Problem("etiqueta-desconocida", message, tag.span(), hint))
    return problems
