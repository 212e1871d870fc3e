"""Displayed formulas of several lines: the block of LaTeX's brackets -> a token, and where each of its lines stands."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from imprenta.markup.dollars import is_formula

if TYPE_CHECKING:
    from imprenta.markup.placed import StateBlock, Token

_MARKS = {"$$": ("$$", "$$"), "\\[": ("\\[", "\\]")}


def read_brackets(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """`\\[` at the start of a line to `\\]` at the end of another -> a block of mathematics."""
    start = state.bMarks[start_line] + state.tShift[start_line]
    if not state.src.startswith("\\[", start):
        return False
    lines = [state.src[start + 2 : state.eMarks[start_line]]]
    for line in range(start_line + 1, end_line):
        lines.append(state.src[state.bMarks[line] : state.eMarks[line]])
        if not lines[-1].strip() or state.sCount[line] < state.blkIndent:
            return False
        if lines[-1].rstrip().endswith("\\]"):
            break
    else:
        return False
    content = "\n".join(lines).rstrip().removesuffix("\\]")
    if "\\]" in content or not is_formula(content):
        return False
    if not silent:
        state.line = start_line + len(lines)
        token = state.push("math_block", "math", 0)
        token.block, token.content, token.markup = True, content, "\\["
        token.map = [start_line, state.line]
    return True


def formula_pieces(source: str, token: Token) -> tuple[tuple[int, int], ...]:
    """Return (offset in the formula, offset in the source) for each line of a displayed formula."""
    start = line_start(source, (token.map or [0])[0])
    opening, closing = _MARKS[token.markup]
    lines = token.content.split("\n")
    pieces = []
    offset = 0
    for number, line in enumerate(lines):
        stop = source.find("\n", start)
        stop = len(source) if stop < 0 else stop
        if number == 0:
            at = source.find(opening, start) + 2
        elif number < len(lines) - 1:
            at = stop - len(line)
        else:
            at = source.rfind(closing, start, stop) - len(line)
        pieces.append((offset, at))
        offset += len(line) + 1
        start = stop + 1
    return tuple(pieces)


def line_start(source: str, line: int) -> int:
    """Return the offset at which a line begins, counted from 0."""
    starts = _line_starts(source)
    return starts[line] if line < len(starts) else len(source)


@lru_cache(maxsize=2)
def _line_starts(source: str) -> list[int]:
    return [0, *(found.end() for found in re.finditer("\n", source))]
