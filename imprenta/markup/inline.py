"""Our inline rules: links and notes -> tokens, and the table of all the rules of our own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from imprenta.markup.backslash import read_backslash
from imprenta.markup.braces import read_braces
from imprenta.markup.chemistry import read_chemical
from imprenta.markup.citations import read_citation, read_mention
from imprenta.markup.comments import read_comment
from imprenta.markup.foreign import find_foreign
from imprenta.markup.formulas import read_formula
from imprenta.markup.parsed import NO_PICTURE, PICTURE_HINT, Shown
from imprenta.markup.passages import read_passage
from imprenta.markup.placed import markdown_link
from imprenta.markup.units import read_quantity

if TYPE_CHECKING:
    from collections.abc import Callable

    from imprenta.markup.placed import PlacedInlineState, StateInline

_NOTE_CALL = re.compile(r"\[\^([^\s\]]+)\]")
_PICTURE = re.compile(r"!\[([^\[\]\n]*)\]\(\s*([^()\s<>]+)\s*\)")
_ADDRESS = re.compile(r"<((?:https?://|mailto:)[^\s<>]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+)>", re.IGNORECASE)


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


def read_picture(state: PlacedInlineState, silent: bool) -> bool:
    """`![texto](archivo.png)` -> a token `picture`: its words, and the name of the file."""
    match = _PICTURE.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        token = state.push("picture", "img", 0)
        token.content = match[1]
        file = state.place(match.start(2), match.end(2))
        token.meta["value"] = Shown(match[2], match[1], file)
    state.pos = match.end()
    return True


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
    """`[texto](dirección)` -> the tokens of a link, which know its place; an image with more than a file is refused."""
    start, first = state.pos, len(state.tokens)
    # Without this every bracket that nothing closes would have all after it read, once more.
    if state.src.find("](", state.pos, state.posMax) < 0 and "references" not in state.env:
        return False
    if not markdown_link(state, silent):
        return False
    if not silent:
        opening = next(token for token in state.tokens[first:] if token.type == "link_open")
        opening.meta["place"] = state.place(start, state.pos)
        if start and state.src[start - 1] == "!" and (start < 2 or state.src[start - 2] != "\\"):
            state.report("imagen-en-texto", NO_PICTURE, start - 1, state.pos, PICTURE_HINT)
    return True


def part_uneven(state: StateInline) -> None:
    """Undo pairs of unlike length, «**kw a*», and those that a bracket parts: «*p < 0,05 (r = 0,5*»."""
    lists = [state.delimiters, *(meta["delimiters"] for meta in state.tokens_meta if meta and "delimiters" in meta)]
    for delimiters in lists:
        for opening in delimiters:
            if opening.end == -1:
                continue
            closing = delimiters[opening.end]
            alike = opening.length == closing.length or 3 in (opening.length, closing.length)
            inside = "".join(token.content for token in state.tokens[opening.token : closing.token])
            if not alike or any(inside.count(pair[0]) != inside.count(pair[1]) for pair in ("()", "[]", "{}")):
                opening.end = -1


# name -> (where, which rule of markdown-it, our rule)
RULES: dict[str, tuple[str, str, Callable[[StateInline, bool], bool]]] = {
    "comment": ("before", "escape", read_comment),  # type: ignore[dict-item]
    "foreign": ("before", "escape", find_foreign),  # type: ignore[dict-item]
    "backslash": ("at", "escape", read_backslash),  # type: ignore[dict-item]
    "quantity": ("before", "link", read_quantity),  # type: ignore[dict-item]
    "chemistry": ("before", "link", read_chemical),  # type: ignore[dict-item]
    "citation": ("before", "link", read_citation),  # type: ignore[dict-item]  # the state is always ours
    "mention": ("before", "link", read_mention),  # type: ignore[dict-item]
    "braces": ("before", "link", read_braces),  # type: ignore[dict-item]
    "picture": ("before", "link", read_picture),  # type: ignore[dict-item]
    "passage": ("before", "link", read_passage),  # type: ignore[dict-item]
    "link": ("at", "link", read_link),  # type: ignore[dict-item]
    "address": ("at", "autolink", read_address),  # type: ignore[dict-item]
    "note": ("at", "footnote_ref", read_note_call),  # type: ignore[dict-item]
    "formula": ("at", "math_inline", read_formula),  # type: ignore[dict-item]
}
