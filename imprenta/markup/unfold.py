"""A text that YAML folded -> the same text with the line ends of its author, so that each line keeps its own place."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from imprenta.markup.read import read_as

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from imprenta.model.text import Text

_SAFE = "«¿¡“("
"""Signs that begin no block of Markdown, as letters do."""


def unfold(text: Text, *, inline: bool = False) -> Text:
    """Return a text with a line end for each space that stands for one in the author's file.

    Markdown takes both for the same inside a paragraph. Where it does not (a line that would begin a block, a mark that
    a line end would break), the text is returned as it was.
    """
    value = text.value
    ends = [
        offset - 1
        for (_, line, _), (offset, next_line, _) in pairwise(text.pieces)
        if next_line > line and 0 < offset < len(value) and value[offset - 1] == " " and _is_safe(value[offset])
    ]
    if not ends:
        return text
    characters = list(value)
    for end in ends:
        characters[end] = "\n"
    unfolded = replace(text, value="".join(characters))
    return unfolded if _said(unfolded, inline) == _said(text, inline) else text


def _is_safe(character: str) -> bool:
    return character.isalpha() or character in _SAFE


def _said(text: Text, inline: bool) -> list[tuple[str, str]]:
    """Return the kinds of a text's tokens with what they say, whatever parts its lines."""
    parsed = read_as(text, inline=inline)
    if parsed.plain is not None:
        return [("paragraph_open", ""), ("text", parsed.plain), ("paragraph_close", "")]
    said: list[tuple[str, str]] = []
    for kind, content in _flat((*parsed.tokens, *(token for note in parsed.notes.values() for token in note))):
        if said and kind == said[-1][0] == "text":
            said[-1] = ("text", said[-1][1] + content)
        else:
            said.append((kind, content))
    return [(kind, " ".join(content.split())) for kind, content in said]


def _flat(tokens: Iterable[Any]) -> Iterator[tuple[str, str]]:
    for token in tokens:
        if token.type == "inline":
            yield from _flat(token.children or ())
        elif token.type in ("softbreak", "text", "text_special"):
            yield "text", token.content or " "
        else:
            yield token.type, token.content
