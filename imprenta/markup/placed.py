"""The states of markdown-it's parsers, taught to know where in the author's text each construct stands."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Any, Literal

from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline import escape as markdown_escape
from markdown_it.rules_inline import link as markdown_link
from markdown_it.rules_inline.state_inline import Scanned
from markdown_it.token import Token

from imprenta.markup.emphasis import may_close, may_open
from imprenta.problems import Problem, Severity

if TYPE_CHECKING:
    from imprenta.model.text import Text
    from imprenta.problems import Span

__all__ = [
    "PlacedBlockState",
    "PlacedInlineState",
    "StateBlock",
    "StateInline",
    "Token",
    "markdown_escape",
    "markdown_link",
]


class PlacedBlockState(StateBlock):
    """The block parser's state, which remembers where in the source the last cut lines come from."""

    cut: tuple[str, list[tuple[int, int]]] = ("", [])

    def getLines(self, begin: int, end: int, indent: int, keepLastLF: bool) -> str:  # noqa: N802, N803
        """Cut a range of lines and note (offset in the cut, offset in the source) for each of them."""
        value = super().getLines(begin, end, indent, keepLastLF)
        pieces: list[tuple[int, int]] = []
        offset = 0
        for line in range(begin, end):
            stop = value.find("\n", offset)
            length = (len(value) if stop < 0 else stop) - offset
            # A cut takes characters from the front of a line only (and may put spaces for a part of a tab).
            pieces.append((offset, self.eMarks[line] - length))
            offset += length + 1
        self.cut = (value, pieces)
        return value

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        """Give a new inline token the lines that it is made of."""
        token = super().push(ttype, tag, nesting)
        if ttype == "inline":
            token.meta["cut"] = self.cut
        return token


class PlacedInlineState(StateInline):
    """The inline parser's state, which knows the source's offset of each of its own."""

    pieces: tuple[tuple[int, int], ...] = ()

    def __init__(self, *parts: Any) -> None:
        super().__init__(*parts)
        self.plain_dollars: set[int] = set()
        """Where dollars stand that close no formula and open none."""
        self.doubted = 0
        """Where the last stretch ends that may be a formula: what is wrong in it has been told."""

    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:  # noqa: ARG002, N802, N803
        """Tell how many signs of emphasis stand here, and whether they may open or close it."""
        end = start
        while end < self.posMax and self.src[end] == self.src[start]:
            end += 1
        if self.src[start] == "_":
            return Scanned(False, False, end - start)
        return Scanned(may_open(self.src, start, end), may_close(self.src, start, end), end - start)

    def where(self, position: int) -> int:
        """Return the offset in the author's text of a position in this stretch."""
        if not self.pieces:
            return position
        begin, source = self.pieces[max(0, bisect_right(self.pieces, (position, 1 << 40)) - 1)]
        return max(0, source + position - begin)

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        """Note where the construct of a new token stands."""
        token = super().push(ttype, tag, nesting)
        token.meta["at"] = self.where(self.pos)
        return token

    def report(
        self, code: str, message: str, start: int, end: int, hint: str = "", severity: Severity = Severity.ERROR
    ) -> None:
        """Add a problem over the characters from `start` to `end` of this stretch."""
        problem = Problem(code=code, message=message, place=self.place(start, end), hint=hint, severity=severity)
        self.env["problems"].append(problem)

    def place(self, start: int, end: int) -> Span:
        """Return the place of the characters from `start` to `end` of this stretch."""
        text: Text = self.env["text"]
        first = self.where(start)
        return text.span(first, max(first + 1, self.where(end - 1) + 1))
