"""A Text -> its prose: the words to be read as Spanish, each character with its place in the text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from imprenta.markup import read_line, read_text
from imprenta.words import LOCALES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from imprenta.model import Text
    from imprenta.problems import Span

OBJECT = "\ufffc"
"""Stands for what is printed there and is no Spanish prose: code, a formula, a citation, a number, an address, words
in italics or in another language."""

_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>«»]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_BLANKS = {"softbreak", "hardbreak"}
_APART = {f"{name}_{end}" for name in ("em", *LOCALES) for end in ("open", "close")}
_MARKS = {"strong_open", "strong_close", "link_open", "link_close"}


@dataclass(frozen=True, slots=True)
class Prose:
    """A paragraph, an item, a cell or a title: its words, and the offset in the text of each of their characters."""

    text: Text
    words: str
    offsets: Sequence[int]

    def span(self, start: int, end: int) -> Span:
        """Return the place in the file of `words[start:end]`, which is not empty."""
        return self.text.span(self.offsets[start], self.offsets[end - 1] + 1)


def read_prose(text: Text, *, line: bool = False) -> list[Prose]:
    """Turn a text of blocks, or a line, into its prose: one piece for each paragraph, item or note.

    Block quotes are somebody else's.
    """
    parsed = read_line(text) if line else read_text(text)
    if parsed.plain is not None:
        return [Prose(text, _hide_addresses(text.value), range(len(text.value)))]
    tokens = [*parsed.tokens, *(token for note in parsed.notes.values() for token in note)]
    quotes = 0
    pieces = []
    for token in tokens:
        quotes += (token.type == "blockquote_open") - (token.type == "blockquote_close")
        if token.type == "inline" and token.children and not quotes:
            pieces.append(_read_inline(text, token))
    return pieces


def _hide_addresses(words: str) -> str:
    if "@" not in words and "//" not in words and "www." not in words:
        return words
    return _ADDRESS.sub(lambda match: OBJECT * len(match[0]), words)


def _read_inline(text: Text, token: Any) -> Prose:
    characters: list[str] = []
    offsets: list[int] = []
    for words, start in _pieces(text.value, token):
        characters.append(words)
        offsets.extend(range(start, start + len(words)))
    return Prose(text, _hide_addresses("".join(characters)), offsets)


def _pieces(value: str, token: Any) -> Iterator[tuple[str, int]]:
    """Yield stretches of prose and stand-ins, each with its offset in the text."""
    children: list[Any] = token.children
    bounds = _bounds(children, token.meta["end"])
    cursor: int = token.meta["start"]
    apart = 0
    for child, bound in zip(children, bounds, strict=True):
        at = child.meta.get("at", cursor)
        if child.type == "text":
            # The parser says where a text ends, not where it starts: it is the last one that stands before that.
            start = value.rfind(child.content, cursor, bound)
            if start < 0 or not child.content:
                continue
            cursor = start + len(child.content)
            yield (OBJECT * len(child.content) if apart else child.content), start
            continue
        if child.type in _APART:
            apart += 1 if child.type.endswith("_open") else -1
        elif child.type == "text_special":  # a character after a backslash
            yield (OBJECT if apart else child.content), at + 1
        elif child.type in _BLANKS:
            yield "\n", at
        elif child.type not in _MARKS and child.type != "comment":
            yield OBJECT, at
            # What the author says around a citation is prose, between the citations' stand-ins.
            for own, words in child.meta.get("words", ()):
                cursor = own + len(words)
                yield words, own
                yield OBJECT, cursor
        cursor = max(cursor, at)


def _bounds(children: Sequence[Any], end: int) -> list[int]:
    """Return for each token where the next one starts that knows its place."""
    bounds = []
    for child in reversed(children):
        bounds.append(end)
        end = child.meta.get("at", end)
    return bounds[::-1]
