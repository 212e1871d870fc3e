"""What LaTeX said of lines and pages that stick out, and its pages -> an error where text leaves the sheet.

LaTeX knows by how much a box is too large, not where on the sheet it stands: the finished pages tell what is lost. They
are looked at only when LaTeX has said that something sticks out.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from imprenta.problems import CannotContinue, Problem, Severity
from imprenta.typeset.engine.log import TOO_FULL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from imprenta.trace import Astray
    from imprenta.typeset import Typeset
    from imprenta.workspace import Workspace

CODE = "linea-desbordada"
LINES_OF_ENTRY = 12
NEAR = 1
"""Lines of the author's between which LaTeX and the page may place the same fault differently."""


def weigh_overflow(workspace: Workspace, typeset: Typeset) -> Typeset:
    """Place what LaTeX could not place, and let what leaves the sheet be an error; one problem for each fault."""
    if typeset.pdf is None or all(problem.code != CODE for problem in typeset.problems):
        return typeset
    from imprenta.trace import find_lost, find_low, read_trace

    try:
        trace = read_trace(workspace, typeset.pdf)
    except CannotContinue:
        return typeset
    problems = _place(typeset.problems, find_low(trace))
    return replace(typeset, problems=tuple(_raise(_once(problems), find_lost(trace))))


def _once(problems: Sequence[Problem]) -> list[Problem]:
    """Return the problems without those that LaTeX told again: what a heading prints is set more than once."""
    first = {(problem.code, problem.place, problem.message): problem for problem in reversed(problems)}
    return list(reversed(first.values()))


def _place(problems: Sequence[Problem], low: Sequence[Astray]) -> list[Problem]:
    """Put pages that are too full, which LaTeX tells in their order, at what stands lowest on them.

    The last line of any page may stand a little low: of more pages than LaTeX told, those that are the fullest count.
    """
    full = [problem for problem in problems if problem.code == CODE and problem.message.startswith(TOO_FULL)]
    fullest = sorted(low, key=lambda astray: astray.over, reverse=True)[: len(full)]
    places = iter(astray.place for astray in low if astray in fullest)
    return [replace(problem, place=next(places, problem.place)) if problem in full else problem for problem in problems]


def _raise(problems: Sequence[Problem], lost: Sequence[Astray]) -> list[Problem]:
    """Return the problems with an error for each place whose text leaves the sheet, instead of what was said there."""
    kept = list(problems)
    errors: list[Problem] = []
    once = {(astray.place.path, astray.place.line): astray for astray in reversed(lost)}
    for astray in reversed(once.values()):
        same = [problem for problem in kept if problem.code == CODE and _is_near(problem, astray)]
        kept = [problem for problem in kept if problem not in same]
        hint = same[0].hint if same else "acorte o reparta lo que no cabe"
        related = same[0].related if same else ()
        message = f"un texto se sale de la hoja en la página {astray.page} del PDF y no se puede leer entero"
        errors.append(Problem(CODE, message, astray.place, hint, severity=Severity.ERROR, related=related))
    return [*kept, *errors]


def _is_near(problem: Problem, astray: Astray) -> bool:
    """Tell whether LaTeX said it of the same text: of an entry of references.bib it knows only where that begins."""
    after = astray.place.line - problem.place.line
    near = 0 <= after <= LINES_OF_ENTRY if problem.place.path.endswith(".bib") else abs(after) <= NEAR
    return problem.place.path == astray.place.path and near
