"""FigureError: a figure that cannot be drawn, with the problems that say why."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from imprenta.problems import Problem


class FigureError(Exception):
    """One figure has no drawing; `problems` go to the author like all others."""

    def __init__(self, problems: list[Problem]) -> None:
        """Keep the problems."""
        super().__init__("; ".join(problem.message for problem in problems))
        self.problems = problems
