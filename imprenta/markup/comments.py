"""Comments between «<!--» and «-->» in a text -> nothing: they are left out, over lines and blank lines too."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from imprenta.markup.placed import PlacedInlineState, StateBlock

_OPEN, _CLOSE = "<!--", "-->"


def read_comment(state: PlacedInlineState, silent: bool) -> bool:
    """`<!-- … -->` inside a paragraph -> a token `comment`, which prints nothing."""
    if not state.src.startswith(_OPEN, state.pos):
        return False
    end = state.src.find(_CLOSE, state.pos + len(_OPEN), state.posMax)
    if end < 0:
        return False
    if not silent:
        state.push("comment", "", 0)
    state.pos = end + len(_CLOSE)
    return True


def read_comment_block(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Lines from one that begins with `<!--` to one that ends with `-->` -> nothing, blank lines between them too."""
    if not state.src.startswith(_OPEN, state.bMarks[start_line] + state.tShift[start_line]):
        return False
    for line in range(start_line, end_line):
        if state.sCount[line] < state.blkIndent and not state.isEmpty(line):
            return False
        row = state.src[state.bMarks[line] : state.eMarks[line]]
        if _CLOSE in row:
            if row.rpartition(_CLOSE)[2].strip():
                return False  # words follow: the paragraph that it opens leaves it out
            if not silent:
                state.line = line + 1
            return True
    return False
