"""Codes as they are typed on the command line -> the problems that are wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imprenta.codes import CODES
from imprenta.problems import CannotContinue, nearest
from imprenta.project import name_program

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from imprenta.problems import Problem

WRONG_COMMAND_LINE = 2


def check_codes(words: Iterable[str], option: str) -> frozenset[str]:
    """Turn lists of codes, with commas between them, into codes; raise CannotContinue at one that does not exist."""
    codes = frozenset(code for word in words for part in word.split(",") if (code := part.strip()))
    for code in sorted(codes - set(CODES)):
        near = nearest(code, CODES)
        hint = f"¿«{near}»?" if near else f"«{name_program()} explain» los reúne"
        raise CannotContinue(f"en {option}: no existe el código «{code}»", hint=hint, status=WRONG_COMMAND_LINE)
    return codes


def select_problems(problems: Sequence[Problem], only: Collection[str], ignore: Collection[str]) -> list[Problem]:
    """Return the problems of the codes in `only` (of all codes without any), without those in `ignore`."""
    return [problem for problem in problems if (not only or problem.code in only) and problem.code not in ignore]
