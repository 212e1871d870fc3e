"""The right side of `name = …` -> its value, with `@string` names and `#` resolved, and what is wrong in it."""

from __future__ import annotations

import re
from dataclasses import dataclass

_TOKEN = re.compile(r"""\{[^{}]*\}|"[^"]*"|\#|=|[^\s#={}",]+""")
_NAME = re.compile(r"[^\s#={}\",\d][^\s#={}\",]*")
_BLANKS = re.compile(r"\s+")
# Known without a definition; biber takes the number of the month.
_MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTHS = {name: str(number) for number, name in enumerate(_MONTH_NAMES, start=1)}


@dataclass(frozen=True, slots=True)
class Definition:
    """A `@string`: its value and where its name stands."""

    value: str
    start: int
    end: int


@dataclass(slots=True)
class Expression:
    """What a right side holds.

    `unknown` lists the offsets of names without a definition, `bare` those of other words without delimiters;
    `next_field` is the offset of a field that was swallowed for want of a comma, `extra` that of text that
    follows the value without being one; -1 if there is none.
    """

    value: str = ""
    unknown: tuple[tuple[int, int], ...] = ()
    bare: tuple[tuple[int, int], ...] = ()
    next_field: int = -1
    extra: tuple[int, int] = (-1, -1)
    empty: bool = False


def read_expression(text: str, masked: str, start: int, end: int, strings: dict[str, Definition]) -> Expression:
    """Read `text[start:end]`, the right side of a field; `masked` is the text without what stands in values."""
    parts: list[str] = []
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
        elif token.isdigit():
            parts.append(token)
        elif _NAME.fullmatch(token):
            name = token.lower()
            if name in strings:
                parts.append(strings[name].value)
            elif name in MONTHS:
                parts.append(MONTHS[name])
            else:
                unknown.append((begin, stop))
        else:
            bare.append((begin, stop))
            parts.append(token)
    result.empty = wants_term and result.extra[0] < 0
    result.value = _BLANKS.sub(" ", "".join(parts)).strip()
    result.unknown, result.bare = tuple(unknown), tuple(bare)
    return result
