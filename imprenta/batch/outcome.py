"""What came of a job, as a value that can be written down and read again."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from imprenta.problems import Problem

BUG, PAPER = 3, 1
"""Exit statuses as a build has them: a fault of ours, and one of the report's, which may have killed its process."""


class State(Enum):
    """How a job ended, in the words of its readers; the worst comes last."""

    GOOD = "bien"
    WARNED = "con avisos"
    WRONG = "con errores"
    BROKEN = "no se pudo"
    LEFT = "sin hacer"


@dataclass(frozen=True, slots=True)
class Told:
    """A problem as it is told: its code, «error» or «aviso», place (line and column from 1), message and hint."""

    code: str
    severity: str
    path: str
    line: int
    column: int
    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a job. `status` is the exit status that a build of the report alone would have.

    `reason` says why it could not be done at all, `hint` what may help, `trace` where it happened in our code; `left`
    is for a job that nobody began. `hash` is that of what it came from, `day` the day on which it was done.
    """

    name: str
    title: str = ""
    authors: tuple[str, ...] = ()
    status: int = 0
    demands_met: int = 0
    demands: int = 0
    unmet: tuple[str, ...] = ()
    citations: int = 0
    references: int = 0
    pages: int = 0
    problems: tuple[Told, ...] = ()
    seconds: float = 0.0
    reason: str = ""
    hint: str = ""
    trace: str = ""
    left: bool = False
    pdf: str = ""
    """The path of its PDF in the folder of the results; nothing if there is none."""
    hash: str = ""
    day: str = ""
    unchanged: bool = False
    """Whether it is that of an earlier batch: nothing that it comes from has changed."""

    @property
    def state(self) -> State:
        """Return how it ended."""
        if self.left:
            return State.LEFT
        if self.reason:
            return State.BROKEN
        if self.errors:
            return State.WRONG
        return State.WARNED if self.problems else State.GOOD

    @property
    def errors(self) -> int:
        """Return how many problems are errors."""
        return sum(problem.severity == "error" for problem in self.problems)

    @property
    def warnings(self) -> int:
        """Return how many problems are warnings."""
        return len(self.problems) - self.errors

    def dumps(self) -> str:
        """Return it as one line of JSON in ASCII."""
        return json.dumps(asdict(self))


def read_outcome(told: dict[str, Any]) -> Outcome:
    """Return an outcome that `dumps` wrote, read as JSON. Raises KeyError or TypeError for anything else."""
    problems = tuple(Told(**problem) for problem in told["problems"])
    return replace(Outcome(**told), problems=problems, authors=tuple(told["authors"]), unmet=tuple(told["unmet"]))


def tell_problems(problems: Iterable[Problem]) -> tuple[Told, ...]:
    """Return problems as an outcome keeps them."""
    return tuple(
        Told(one.code, one.severity.value, one.place.path, one.place.line, one.place.column, one.message, one.hint)
        for one in problems
    )


def worst_status(outcomes: Iterable[Outcome]) -> int:
    """Return the exit status of a batch: that of a fault of ours, else of a missing tool, else of a bad report."""
    statuses = {outcome.status for outcome in outcomes}
    return next((status for status in (BUG, 4, 1) if status in statuses), 0)
