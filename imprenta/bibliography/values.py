"""The right side of `name = …` -> its value, with `@string` names and `#` resolved, and what is wrong in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from imprenta.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from imprenta.bibliography.model import Places

_TOKEN = re.compile(r"""\{[^{}]*\}|"[^"]*"|\#|=|[^\s#={}",]+""")
_NAME = re.compile(r"[^\s#={}\",\d][^\s#={}\",]*")
# TeX's own blanks: spaces that do not break, thin ones and the like are characters of the text.
_BLANKS = re.compile(r"[ \t\n\r\f\v]+")
# Known without a definition; biber takes the number of the month.
_MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_RUNS = re.compile(r"[ \t\n\r\f\v]+|[^ \t\n\r\f\v]+")
Piece = tuple[int, int]
"""Where a part of a value stands in the text of the file, without its delimiters: start and end."""
MONTHS = {name: str(number) for number, name in enumerate(_MONTH_NAMES, start=1)}


@dataclass(frozen=True, slots=True)
class Definition:
    """A `@string`: its value, where its name stands, and where the pieces of the value do."""

    value: str
    start: int
    end: int
    pieces: tuple[Piece, ...] = ()


def place_value(text: str, pieces: Iterable[Piece], places: Places) -> Text:
    """Return the value that stands in some pieces of a file, each of its characters with its place."""
    value: list[str] = []
    runs: list[tuple[int, int, int]] = []
    size = 0
    for start, end in pieces:
        for found in _RUNS.finditer(text, start, end):
            word = found[0] if found[0].strip(" \t\n\r\f\v") else " "
            if word == " " and (not value or value[-1] == " "):
                continue
            runs.append((size, *places.position(found.start())))
            value.append(word)
            size += len(word)
    return Text("".join(value).rstrip(" "), places.path, tuple(runs) or ((0, 1, 1),))


@dataclass(slots=True)
class Expression:
    """What a right side holds.

    `unknown` lists the offsets of names without a definition, `bare` those of other words without delimiters;
    `next_field` is the offset of a field that was swallowed for want of a comma, `extra` that of text that
    follows the value without being one; -1 if there is none. `pieces` are where the parts of the value stand.
    """

    value: str = ""
    part: str = ""
    """The value with the blanks at its ends, which count where it is a part of another one."""
    unknown: tuple[tuple[int, int], ...] = ()
    bare: tuple[tuple[int, int], ...] = ()
    next_field: int = -1
    extra: tuple[int, int] = (-1, -1)
    empty: bool = False
    pieces: tuple[Piece, ...] = ()


def read_expression(text: str, masked: str, start: int, end: int, strings: dict[str, Definition]) -> Expression:
    """Read `text[start:end]`, the right side of a field; `masked` is the text without what stands in values."""
    parts: list[str] = []
    pieces: list[Piece] = []
    unknown: list[tuple[int, int]] = []
    bare: list[tuple[int, int]] = []
    tokens = [(found.start(), found.end()) for found in _TOKEN.finditer(masked, start, end)]
    wants_term = True
    result = Expression()
    for index, (begin, stop) in enumerate(tokens):
        token = text[begin:stop]
        if token == "#" and not wants_term:
            wants_term = True
            continue
        if not wants_term or token in "#=":
            following = tokens[index + 1] if index + 1 < len(tokens) else None
            if following and masked[following[0]] == "=" and _NAME.fullmatch(token):
                result.next_field = begin
            else:
                result.extra = (begin, tokens[-1][1])
            break
        wants_term = False
        if token[0] in '{"':
            parts.append(token[1:-1])
            pieces.append((begin + 1, stop - 1))
        elif token.isdecimal():
            parts.append(token)
            pieces.append((begin, stop))
        elif _NAME.fullmatch(token):
            name = token.lower()
            if name in strings:
                parts.append(strings[name].value)
                pieces += strings[name].pieces
            elif name in MONTHS:
                parts.append(MONTHS[name])
                pieces.append((begin, stop))
            else:
                unknown.append((begin, stop))
        else:
            bare.append((begin, stop))
            parts.append(token)
            pieces.append((begin, stop))
    result.empty = wants_term and result.extra[0] < 0
    result.part = _BLANKS.sub(" ", "".join(parts))
    result.value = result.part.strip(" ")
    result.pieces = tuple(pieces)
    result.unknown, result.bare = tuple(unknown), tuple(bare)
    return result
