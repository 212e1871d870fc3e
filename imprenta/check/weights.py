"""The author's `gravedad:` -> how much each problem weighs, and what is wrong with the setting itself."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from imprenta.codes import CODES
from imprenta.problems import Problem, Severity, guess_hint

if TYPE_CHECKING:
    from collections.abc import Iterable

    from imprenta.model import Text
    from imprenta.model.paper import Paper

LENIENT = frozenset({"parrafo-sin-cita"})
"""The errors that an author may lower: obligations, which leave a report that can be printed."""


def check_weights(paper: Paper) -> list[Problem]:
    """Every code in `gravedad` exists, and may be given that weight."""
    problems = []
    for code, weight in _settings(paper).items():
        place = weight.span()
        if code not in CODES:
            hint = guess_hint(code, CODES)
            problems.append(Problem("codigo-desconocido", f"«{code}» no es el código de ningún problema", place, hint))
        elif weight.value != Severity.ERROR and CODES[code].severity is Severity.ERROR and code not in LENIENT:
            message = f"«{code}» es siempre un error: no se puede rebajar ni callar"
            hint = f"de los errores solo se rebajan: {', '.join(sorted(LENIENT))}"
            problems.append(Problem("gravedad-fija", message, place, hint, severity=Severity.WARNING))
    return problems


def weigh_problems(problems: Iterable[Problem], paper: Paper) -> list[Problem]:
    """Return the problems with the weight that the author gives them; errors stay errors, the lenient ones aside."""
    weights = {code: text.value for code, text in _settings(paper).items()}
    weighed = []
    for problem in problems:
        word = weights.get(problem.code, problem.severity.value)
        if problem.severity is Severity.ERROR and problem.code not in LENIENT:
            word = Severity.ERROR.value
        if word != "nada":
            weighed.append(replace(problem, severity=Severity(word)))
    return weighed


def _settings(paper: Paper) -> dict[str, Text]:
    return paper.report.checking.weights if paper.report.checking is not None else {}
