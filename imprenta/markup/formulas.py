"""Formulas among words -> tokens of mathematics, each with the place of its characters and the numbers in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from imprenta.markup.braces import read_expression
from imprenta.markup.dollars import CONJUNCTIONS, Verdict, has_words, judge
from imprenta.problems import Severity

if TYPE_CHECKING:
    from imprenta.markup.placed import PlacedInlineState, Token

_NUMBER_IN_FORMULA = re.compile(r"(?<!\\)\{=(\s*[^{}\s][^{}]*)\}")
_WHY: dict[Verdict, str] = {
    "words": "si es una fórmula, las palabras van en «\\text{…}», las funciones llevan barra («\\log») y los "
    "subíndices largos, llaves",
    "blanks": "una fórmula va pegada a sus signos: «$x^2$»",
    "letters": "si es una fórmula, meta en ella lo que la toca, o sepárelo",
}


def read_formula(state: PlacedInlineState, silent: bool) -> bool:
    """`$…$` or `$$…$$` -> a token of mathematics; money and names that begin with a dollar are text."""
    source, start = state.src, state.pos
    if source[start] != "$" or start in state.plain_dollars:
        return False
    if source.startswith("$$", start):
        return _read_displayed(state, silent)
    end = _closing_dollar(source, start + 1, state.posMax, "$")
    if end < 0:
        return False
    verdict = judge(source[start + 1 : end], source[max(0, start - 1) : start], source[end + 1 : end + 3])
    if verdict == "formula":
        if not silent:
            fill_formula(state.push("math_inline", "math", 0), state, start + 1, end)
        state.pos = end + 1
        return True
    if verdict != "text":
        state.plain_dollars.add(end)
        if not silent:
            _doubt(state, start, end + 1, verdict)
    return False


def _read_displayed(state: PlacedInlineState, silent: bool) -> bool:
    source, start = state.src, state.pos
    first = start + 2
    if source.startswith("$", first):  # «$$$» is how dear a restaurant is
        end = len(source) - len(source[start:].lstrip("$"))
        if not silent:
            state.append_pending(source[start:end])
        state.pos = end
        return True
    end = _closing_dollar(source, first, state.posMax, "$$")
    inside = source[first:end] if end >= 0 else ""
    if (
        re.search(r"[^\W_]", inside)
        and inside.strip() not in CONJUNCTIONS
        and not has_words(_NUMBER_IN_FORMULA.sub("0", inside))
    ):
        if not silent:
            fill_formula(state.push("math_inline_double", "math", 0), state, first, end)
        state.pos = end + 2
        return True
    if not silent:
        if end < 0:
            message = "falta el «$$» que cierra las matemáticas"
            state.report("matematica-sin-cerrar", message, start, first, "si los signos son texto: «\\$\\$»")
        elif inside.strip():
            state.plain_dollars.update((end, end + 1))
            _doubt(state, start, end + 2, "words")
        state.append_pending("$$")
    state.pos = first
    return True


def _doubt(state: PlacedInlineState, start: int, end: int, why: Verdict) -> None:
    state.doubted = end
    shown = " ".join(state.src[start:end].split())
    shown = shown if len(shown) <= 40 else f"{shown[:40]}…"
    message = f"«{shown}» puede ser una fórmula y sale tal como se escribió"
    state.report("formula-dudosa", message, start, end, f"{_WHY[why]}; si es texto, escriba «\\$»", Severity.WARNING)


def fill_formula(token: Token, state: PlacedInlineState, first: int, end: int) -> None:
    """Give a token its formula, the place of each of its characters and the numbers of the data in it."""
    token.content = state.src[first:end]
    token.meta["places"] = [state.where(position) for position in range(first, max(end, first + 1))]
    token.meta["numbers"] = [
        (match.start(), match.end(), expression)
        for match in _NUMBER_IN_FORMULA.finditer(token.content)
        if (expression := read_expression(state, match, first)) is not None
    ]


def _closing_dollar(source: str, start: int, maximum: int, marks: str) -> int:
    """Return where the marks that close a formula stand, or -1; `\\$` does not close one."""
    position = start
    while position < maximum:
        if source[position] == "\\":
            position += 1
        elif source.startswith(marks, position) and position + len(marks) <= maximum:
            return position
        position += 1
    return -1
