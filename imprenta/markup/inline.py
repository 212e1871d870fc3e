"""Our inline rules: formulas, links and notes -> tokens, and the table of all the rules of our own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from imprenta.markup.braces import read_braces, read_expression
from imprenta.markup.citations import read_citation, read_mention
from imprenta.markup.placed import markdown_link

if TYPE_CHECKING:
    from collections.abc import Callable

    from imprenta.markup.placed import PlacedInlineState, StateInline, Token

_NUMBER_IN_FORMULA = re.compile(r"(?<!\\)\{=(\s*[^{}\s][^{}]*)\}")

_NOTE_CALL = re.compile(r"\[\^([^\s\]]+)\]")
_ADDRESS = re.compile(r"<((?:https?://|mailto:)[^\s<>]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+)>", re.IGNORECASE)


def read_formula(state: PlacedInlineState, silent: bool) -> bool:
    """`$…$` or `$$…$$` -> a token of mathematics; an amount of money such as `$5 y $6` is text."""
    source, start = state.src, state.pos
    if source[start] != "$":
        return False
    marks = "$$" if source.startswith("$$", start) else "$"
    first = start + len(marks)
    end = _closing_dollar(source, first, state.posMax, marks)
    if marks == "$":
        before = source[start - 1] if start else " "
        after = source[end + 1] if 0 <= end < len(source) - 1 else " "
        if end <= first or source[first].isspace() or source[end - 1].isspace() or before.isalnum() or after.isalnum():
            return False
    elif end < 0 or not source[first:end].strip():
        if not silent:
            if end < 0:
                message = "falta el «$$» que cierra las matemáticas"
                state.report("matematica-sin-cerrar", message, start, first, "si los signos son texto: «\\$\\$»")
            state.append_pending(marks)
        state.pos = first
        return True
    if not silent:
        token = state.push("math_inline" if marks == "$" else "math_inline_double", "math", 0)
        fill_formula(token, state, first, end)
    state.pos = end + len(marks)
    return True


def read_note_call(state: PlacedInlineState, silent: bool) -> bool:
    """`[^n]` -> a token `footnote_ref`, whether the note exists or not."""
    match = _NOTE_CALL.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        token = state.push("footnote_ref", "", 0)
        token.meta["label"] = match[1]
        token.meta["place"] = state.place(match.start(), match.end())
    state.pos = match.end()
    return True


def fill_formula(token: Token, state: PlacedInlineState, first: int, end: int) -> None:
    """Give a token its formula, the place of each of its characters and the numbers of the data in it."""
    token.content = state.src[first:end]
    token.meta["places"] = [state.where(position) for position in range(first, max(end, first + 1))]
    token.meta["numbers"] = [
        (match.start(), match.end(), expression)
        for match in _NUMBER_IN_FORMULA.finditer(token.content)
        if (expression := read_expression(state, match, first)) is not None
    ]


def read_address(state: PlacedInlineState, silent: bool) -> bool:
    """`<https://…>` or `<nombre@lugar>` -> a link with its address as text; other angle brackets are text."""
    match = _ADDRESS.match(state.src, state.pos, state.posMax) if state.src[state.pos] == "<" else None
    if match is None:
        return False
    if not silent:
        shown = match[1]
        is_mail = "://" not in shown and not shown.lower().startswith("mailto:")
        token = state.push("link_open", "a", 1)
        token.attrs = {"href": f"mailto:{shown}" if is_mail else shown}
        token.info = "auto"
        token.meta["place"] = state.place(match.start(), match.end())
        state.push("address", "", 0).content = shown.removeprefix("mailto:")
        state.push("link_close", "a", -1).info = "auto"
    state.pos = match.end()
    return True


def read_link(state: PlacedInlineState, silent: bool) -> bool:
    """`[texto](dirección)` -> the tokens of a link, which know its place; an image is refused."""
    start, first = state.pos, len(state.tokens)
    if not markdown_link(state, silent):
        return False
    if not silent:
        opening = next(token for token in state.tokens[first:] if token.type == "link_open")
        opening.meta["place"] = state.place(start, state.pos)
        if start and state.src[start - 1] == "!" and (start < 2 or state.src[start - 2] != "\\"):
            message = "un texto no lleva imágenes"
            state.report(
                "imagen-en-texto", message, start - 1, state.pos, "la imagen va en figures/ y se coloca con «figura:»"
            )
    return True


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


# name -> (where, which rule of markdown-it, our rule)
RULES: dict[str, tuple[str, str, Callable[[StateInline, bool], bool]]] = {
    "citation": ("before", "link", read_citation),  # type: ignore[dict-item]  # the state is always ours
    "mention": ("before", "link", read_mention),  # type: ignore[dict-item]
    "braces": ("before", "link", read_braces),  # type: ignore[dict-item]
    "link": ("at", "link", read_link),  # type: ignore[dict-item]
    "address": ("at", "autolink", read_address),  # type: ignore[dict-item]
    "note": ("at", "footnote_ref", read_note_call),  # type: ignore[dict-item]
    "formula": ("at", "math_inline", read_formula),  # type: ignore[dict-item]
}
