r"""What LaTeX's page builder goes by at a checkpoint: the text that it noted -> values.

`checkpoint.tex` notes, with commas between: how full the page is, «total,stretch,fil,fill,filll,shrink,depth,goal,
prevdepth,lastskip,lastpenalty», or «fresh» if nothing stands on it yet; and the room that floats have left,
«colroom,textheight,toproom,botroom,topnum,botnum,colnum,lists», the lists as four signs, «-» for an empty one: `t` at
the top, `b` at the bottom, `m` in the middle, `d` waiting for a later page. Lengths are TeX's scaled points (sp), of
which a point has 65,536, so that what is read can be written back without a loss.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

FRESH = "fresh"
POINT = 65536
DEEP = 5 * POINT
"""The depth of a line in sp, at the most: what is deeper is no line of text."""
ENDLESS = re.compile(r"fil+\b")
"""A stretch that fills whatever room there is, which no length of a box can stand for."""


def read_length(text: str) -> int:
    """Return one of TeX's lengths («12.5pt») in sp; TeX prints as many decimals as tell them all apart."""
    return round(float(text.removesuffix("pt")) * POINT)


@dataclass(frozen=True, slots=True)
class Glue:
    """A blank in sp, with what it may stretch and shrink; `endless` tells that it does so beyond any measure."""

    natural: int
    stretch: int = 0
    shrink: int = 0
    endless: bool = False

    @classmethod
    def read(cls, text: str) -> Glue:
        """Read «7.5pt plus 2.0pt minus 0.5pt»."""
        natural, *parts = text.split(" ")
        if ENDLESS.search(text):
            return cls(read_length(natural), endless=True)
        amounts = dict(zip(parts[::2], map(read_length, parts[1::2]), strict=True))
        return cls(read_length(natural), amounts.get("plus", 0), amounts.get("minus", 0))

    @property
    def tex(self) -> str:
        """Return the blank as TeX reads it."""
        return f"{self.natural}sp plus {self.stretch}sp minus {self.shrink}sp"


@dataclass(frozen=True, slots=True)
class PageState:
    """How far a page is filled: its blanks and boxes so far as one `filled` blank, the depth of its last line.

    `goal` is how high it may become, `previous_depth` TeX's \\prevdepth, `last_skip` and `last_penalty` what the page
    ends with, which is part of `filled`.
    """

    filled: Glue
    depth: int
    goal: int
    previous_depth: int
    last_skip: Glue
    last_penalty: int

    @classmethod
    def read(cls, text: str) -> PageState:
        """Read what LaTeX noted of a page on which something stands."""
        total, stretch, fil, fill, filll, shrink, depth, goal, previous, skip, penalty = text.split(",")
        endless = {fil, fill, filll} != {"0.0pt"}
        filled = Glue(read_length(total), read_length(stretch), read_length(shrink), endless)
        last = Glue.read(skip)
        return cls(filled, read_length(depth), read_length(goal), read_length(previous), last, int(penalty))

    @property
    def least(self) -> int:
        r"""Return how high a page is at least that is broken here, in sp, as `\checkpoint@least` does.

        A blank at its end is left out, and the depth of its last line, which counts only where something follows.
        """
        return self.filled.natural - self.last_skip.natural - min(max(self.previous_depth, 0), DEEP)

    @property
    def can_be_filled(self) -> bool:
        """Tell whether a box and a blank can stand for what is on the page."""
        return self.filled.natural != 0 and not self.filled.endless and not self.last_skip.endless


@dataclass(frozen=True, slots=True)
class Floats:
    """What figures and tables leave on a page: the room for text and the whole height in sp; which lists hold some."""

    room: int
    height: int
    lists: str

    @classmethod
    def read(cls, text: str) -> Floats:
        """Read what LaTeX noted of the floats."""
        room, height, *_, lists = text.split(",")
        return cls(read_length(room), read_length(height), lists)

    @property
    def none(self) -> bool:
        """Tell whether there are none, on the page or waiting."""
        return not self.lists.strip("-")

    @property
    def defer(self) -> bool:
        """Tell whether some wait for a later page: the sum knows their sizes, but not what is in them."""
        return "d" in self.lists

    @property
    def at_bottom(self) -> bool:
        """Tell whether some stand at the foot of the page."""
        return "b" in self.lists


@lru_cache(maxsize=4096)
def read_page(text: str) -> PageState | None:
    """Return how far a page is filled; None if nothing stands on it yet."""
    return None if text == FRESH else PageState.read(text)


@lru_cache(maxsize=256)
def read_floats(text: str) -> Floats:
    """Return what floats leave on a page."""
    return Floats.read(text)
