"""Run: what a machine format tells of one check or build."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from imprenta import __version__
from imprenta.problems import Severity

if TYPE_CHECKING:
    from imprenta.problems import CannotContinue, Problem, Span


@dataclass(frozen=True, slots=True)
class Run:
    """The problems in the order in which they are told, and why the run ended before its time, if it did.

    `folder` is the project's folder as seen from where the order was given («» if it is the same), with forward
    slashes: programs that know the repository need paths from its root.
    """

    problems: tuple[Problem, ...]
    stop: CannotContinue | None = None
    folder: str = ""
    version: str = __version__

    def path(self, place: Span) -> str:
        """Return the path of a place as seen from where the order was given."""
        return f"{self.folder}/{place.path}" if self.folder else place.path

    def count(self, severity: Severity) -> int:
        """Return how many problems weigh so much."""
        return sum(problem.severity is severity for problem in self.problems)
