"""Problem: something wrong in the paper, as a value, with the place where its author wrote it."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class Severity(StrEnum):
    """How much a problem weighs; the value is the word that the author reads."""

    ERROR = "error"
    WARNING = "aviso"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of one of the author's files: lines and columns count from 1, the end is exclusive.

    `path` is relative to the project's root, with forward slashes. Columns count Unicode code points.
    """

    path: str
    line: int = 1
    column: int = 1
    end_line: int = 0
    end_column: int = 0

    def __post_init__(self) -> None:
        """Make an end that was not given one character after the start."""
        if self.end_line < self.line:
            object.__setattr__(self, "end_line", self.line)
        if self.end_line == self.line and self.end_column <= self.column:
            object.__setattr__(self, "end_column", self.column + 1)

    def __reduce__(self) -> tuple[type[Span], tuple[str | int, ...]]:
        """Be read back in one call, as there are thousands."""
        return Span, (self.path, self.line, self.column, self.end_line, self.end_column)


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake: a stable code, a place, what was found and expected, how to mend it.

    `message` is one lower-case clause in Spanish without a full stop, with the author's words between « ».
    `code` is a key of `imprenta.codes.CODES`. `related` holds other places that matter, with a word on each. `lacks` is
    the file of data that it misses: where that file is there, and its own mistake is told, this one is but an echo.
    """

    code: str
    message: str
    place: Span
    hint: str = ""
    severity: Severity = Severity.ERROR
    related: tuple[tuple[Span, str], ...] = ()
    lacks: str = ""


class CannotContinue(Exception):  # noqa: N818 - it is a state of the run, not a fault of the code
    """The run cannot go on at all (no paper, no TeX): caught once, in `cli`.

    `status` is the exit status: 1 for the author's side, 4 for the toolchain.
    """

    def __init__(self, message: str, *, hint: str = "", status: int = 4) -> None:
        """Keep the Spanish sentence, the hint and the exit status."""
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.status = status


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word nearest to `word`, or None if none is near (ratio of difflib below 0.6).

    A word that is equal but for case, accents' case or hyphen/underscore wins at once.
    """
    words = list(known)
    folded = word.casefold().replace("_", "-")
    for candidate in words:
        if candidate.casefold().replace("_", "-") == folded:
            return candidate
    matches = get_close_matches(word, words, n=1, cutoff=0.6)
    return matches[0] if matches else None


def guess_hint(word: str, known: Iterable[str], *, what: str = "se admite") -> str:
    """Return a hint in Spanish: the nearest known word, or the admitted ones if they are few."""
    words = sorted(set(known))
    near = nearest(word, words)
    if near is not None:
        return f"¿«{near}»?"
    if words and len(words) <= 12:
        return f"{what}: {', '.join(words)}"
    return ""


def sort_problems(problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems without repeats, ordered by file, line, column, then code."""
    unique = dict.fromkeys(problems)
    return sorted(unique, key=lambda p: (p.place.path, p.place.line, p.place.column, p.code, p.message))


def drop_echoes(problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems but those that miss a file which has an error of its own, or a name that is to be mended."""
    found = list(problems)
    errors = [problem for problem in found if problem.severity is Severity.ERROR]
    told = {problem.place.path for problem in errors}
    told |= {problem.lacks for problem in errors if problem.code == "nombre-de-archivo"}
    return [one for one in found if not one.lacks or one.code == "nombre-de-archivo" or one.lacks not in told]


def drop_warned(problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems but the warnings of what an error of the same code tells at the same place."""
    found = list(problems)
    told = {(problem.code, problem.place) for problem in found if problem.severity is Severity.ERROR}
    return [one for one in found if one.severity is Severity.ERROR or (one.code, one.place) not in told]


def has_errors(problems: Iterable[Problem]) -> bool:
    """Tell whether any problem is an error."""
    return any(problem.severity is Severity.ERROR for problem in problems)
