"""A question -> the answer that somebody gives at the terminal."""

from __future__ import annotations

import sys

from imprenta.problems import CannotContinue

USAGE = 2


def is_attended() -> bool:
    """Tell whether somebody is there to answer."""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()


def ask(question: str, default: str = "") -> str:
    """Return what is answered, or the default if that is nothing; the end of the input is no answer either."""
    print(f"{question}{f' [{default}]' if default else ''}: ", end="", file=sys.stderr, flush=True)
    answer = sys.stdin.readline()
    if not answer:
        print(file=sys.stderr)
    return answer.strip() or default


def ask_leave(question: str, otherwise: str) -> bool:
    """Return whether a question is answered with yes.

    Raises CannotContinue if nobody can be asked; the option --yes does what `otherwise` says.
    """
    if not is_attended():
        raise CannotContinue("no hay a quién preguntar", hint=f"con --yes, para {otherwise}", status=USAGE)
    return ask(question, "s/N").lower() in {"s", "si", "sí", "y", "yes"}
