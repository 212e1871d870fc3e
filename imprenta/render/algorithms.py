"""The steps of an algorithm -> numbered rows of LaTeX, those inside others further in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imprenta.markup import locale_of, write_inline
from imprenta.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from imprenta.markup import Scope
    from imprenta.model.algorithms import Step


def write_steps(steps: Sequence[Text | Step], scope: Scope) -> str:
    """Return the rows of an algorithm, each a step with its number."""
    rows = enumerate(_rows(steps, 0, scope), 1)
    return "\n".join(rf"\paso{{{number}}}{{{depth}}}{{{tex}}}" for number, (depth, tex) in rows)


def _rows(steps: Sequence[Text | Step], depth: int, scope: Scope) -> Iterator[tuple[int, str]]:
    words = locale_of(scope).palabras
    for step in steps:
        if isinstance(step, Text):
            yield depth, write_inline(step, scope)
            continue
        for form, text in (
            (words.paso_si, step.condition),
            (words.paso_mientras, step.loop),
            (words.paso_para, step.each),
            (words.paso_devolver, step.result),
        ):
            if text is not None:
                yield depth, _say(form, text, scope)
        if step.repeated is not None:
            yield depth, _say(words.paso_repetir, None, scope)
            yield from _rows(step.repeated, depth + 1, scope)
        yield from _rows(step.steps, depth + 1, scope)
        if step.otherwise:
            yield depth, _say(words.paso_sino, None, scope)
            yield from _rows(step.otherwise, depth + 1, scope)
        if step.until is not None:
            yield depth, _say(words.paso_hasta, step.until, scope)


def _say(form: str, text: Text | None, scope: Scope) -> str:
    """Return a sentence of an algorithm, its own words in bold."""
    before, _, after = (part.strip() for part in form.partition("{}"))
    middle = write_inline(text, scope) if text is not None else ""
    parts = (rf"\textbf{{{before}}}", middle, rf"\textbf{{{after}}}" if after else "")
    return " ".join(filter(None, parts))
