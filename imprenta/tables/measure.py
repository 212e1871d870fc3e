"""A cell in TeX -> the widths of the words that it prints, line by line, as the letters of the report have them.

The widths are those of Latin Modern at 10 points (lmr10.tfm), in thousandths of the size of the type; letters with an
accent have the width of the bare one. They serve to choose widths of columns, which TeX then fills: what is a little
off costs a line of a cell and nothing else.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import groupby

from imprenta.model.facts import Alternative, CellPicture, Citation, Picture, rewrite
from imprenta.model.source_map import strip_marks

_LETTERS = {
    278: "!',.:;[]`il|", 306: "fj", 333: "-", 361: "I", 374: '"', 389: "()t", 392: "rs", 444: "cez", 472: "?",
    500: "$*/0123456789ago{}\\", 514: "J", 528: "kqvxy", 556: "S^bdhnpu~", 611: "Z", 625: "L", 653: "F", 681: "EP",
    708: "B", 722: "CTw", 736: "R", 750: "AHNUVXY_", 764: "D", 778: "&+<=>@KOQ−×±≤≥≈", 785: "G", 833: "#%m", 917: "M",
    1028: "W",
}  # fmt: skip
_WIDTHS = {letter: width for width, letters in _LETTERS.items() for letter in letters}
OTHER = 750
"""The width of what is none of these letters: capitals are about as wide, Greek ones and symbols too."""
SPACE, THIN, BOLD, MONO, ARROW = 333, 167, 1.16, 525, 1000
CITATION = "[199]"
PER_POINT, WIDEST_PICTURE = 100.375, 120.0
"""What a point of a picture is in these widths, and the points that one asks for: it shrinks with its column."""
LONGEST_WORD = 11000
"""What is wider is no word that has to stay whole: a sum, an address, an order of a terminal."""
BLANK, TIED, CUT = range(3)
"""What stands before a piece: a blank, a blank where no line ends if it need not, a place where a word may be cut."""

_PADDING = (r"{\setbox0\hbox{", r"}\setbox2\hbox{", r"}\ifdim\wd0>\wd2 \kern\dimexpr\wd0-\wd2\relax\fi}")
_TOKEN = re.compile(
    rf"(?P<padding>{re.escape(_PADDING[0])}(?P<most>.*?){re.escape(_PADDING[1])}(?P<own>.*?){re.escape(_PADDING[2])})|"
    r"(?P<picture>\\kern(?P<natural>[\d.]+)bp )|"
    r"(?P<line>\\(?:newline|item|begin|end)\b(?:\{[^{}]*\})?)"
    r"|(?P<cut>\\corte\b(?:\{\})?|\\hspace\{0pt\})"
    r"|(?P<thin>\\[,;:])"
    r"|(?P<hidden>\\(?:href|hyperref|hspace|glifo|hyphenpenalty|label|hyperlink)\*?(?:=?\d+ ?|\[[^]]*\]|\{[^{}]*\})?)"
    r"|(?P<face>\\(?:texttt|textbf|emph|text[a-z]*)\{(?!\}))"
    r"|(?P<symbol>\\(?:[A-Za-z]+|.))(?P<after> *)"
    r"|(?P<open>\{)|(?P<close>\})"
    r"|(?P<space>[ \n\t]+)|(?P<tie>~)|(?P<math>\$|[_^&])|(?P<letters>[^\W_]+)|(?P<letter>.)",
    re.DOTALL,
)
_NAMED = re.compile(r"\\(?:log|ln|min|max|sin|cos|tan|exp|lim|sup|inf|det)")
_NOTHING = re.compile(
    r"\\(?:left|right|displaystyle|math[a-z]+|frac|sqrt|hbox|mbox|hphantom|relax|leavevmode|nobreak|formulalarga)"
)


@dataclass(frozen=True)  # no slots: what is worked out of it is worked out once
class Words:
    """A line of a cell: the width of each piece of it that no line parts, and how it joins the one before."""

    widths: tuple[float, ...]
    joins: tuple[int, ...]

    @property
    def whole(self) -> float:
        """The width of all of it on one line."""
        return sum(self.widths) + SPACE * sum(join != CUT for join in self.joins[1:])

    @property
    def least(self) -> tuple[float, float, float]:
        """The width of its widest word: with what is tied to it, without, and cut where it may be."""
        pieces = max(self.widths, default=0.0)
        tied, words = (
            max((width for width, _ in self._groups(join) if width <= LONGEST_WORD), default=0.0)
            for join in (TIED, CUT)
        )
        return max(tied, words, pieces), max(words, pieces), pieces

    def _groups(self, join: int) -> list[tuple[float, range]]:
        """Return the stretches of pieces that join one another so closely: their widths, and which pieces they are."""
        found: list[tuple[float, range]] = []
        for at, (width, own) in enumerate(zip(self.widths, self.joins, strict=True)):
            if at and own >= join:
                before, pieces = found[-1]
                found[-1] = before + width + (SPACE if own != CUT else 0), range(pieces.start, at + 1)
            else:
                found.append((width, range(at, at + 1)))
        return found

    @cached_property
    def _tied(self) -> list[tuple[float, range]]:
        return self._groups(TIED)

    def count_lines(self, room: float) -> int:
        """Return how many lines it takes in so much room; what is wider is parted where it may be, or broken."""
        lines, used = 1, 0.0
        for width, pieces in self._tied:
            gap = SPACE if used else 0
            if used + gap + width <= room:
                used += gap + width
            elif width <= room:
                lines, used = lines + 1, width
            else:
                more, used = self._part(pieces, used, room)
                lines += more
        return lines

    def _part(self, pieces: range, used: float, room: float) -> tuple[int, float]:
        """Put pieces after what is on a line already; return how many lines that adds, and what the last one holds."""
        lines = 0
        for at in pieces:
            gap = SPACE if used and self.joins[at] != CUT else 0
            if used and used + gap + self.widths[at] > room:
                lines, used, gap = lines + 1, 0.0, 0
            used += gap + self.widths[at]
            while used > room > 0:
                lines, used = lines + 1, used - room
        return lines, used


@cache
def letter_width(letter: str) -> float:
    """Return how wide a letter is."""
    if letter not in _WIDTHS:
        letter = unicodedata.normalize("NFD", letter)[0]
    return _WIDTHS.get(letter, OTHER)


@lru_cache(maxsize=16384)
def _width_of(letters: str) -> float:
    return sum(map(letter_width, letters))


class _Measure:
    """Goes over the TeX of a cell and adds up."""

    def __init__(self, *, bold: bool) -> None:
        self.faces = ["bold" if bold else ""]
        self.lines: list[list[tuple[float, int]]] = [[]]
        self.word, self.begun, self.join = 0.0, False, BLANK
        self.in_formula = False

    def add(self, width: float) -> None:
        self.word += width * (BOLD if self.faces[-1] == "bold" else 1)
        self.begun = True

    def end(self, join: int = BLANK) -> None:
        if self.begun:
            self.lines[-1].append((self.word, self.join))
            self.join = join
        self.word, self.begun = 0.0, False
        self.join = min(self.join, join)

    def take(self, kind: str, token: str) -> None:
        if kind == "line":
            self.end()
            self.lines.append([])
        elif kind == "cut":
            self.end(CUT)
        elif kind == "thin":
            self.add(THIN)
        elif kind == "face":
            self.faces.append({r"\texttt{": "mono", r"\textbf{": "bold"}.get(token, self.faces[-1]))
        elif kind == "symbol":
            self.take_symbol(token)
        elif kind == "open":
            self.faces.append(self.faces[-1])
        elif kind == "close" and len(self.faces) > 1:
            self.faces.pop()
        elif kind == "space" and not self.in_formula:
            self.end()
        elif kind == "tie" and not self.in_formula:
            self.end(TIED)
        elif kind == "tie":
            self.add(SPACE)
        elif kind == "math":
            self.in_formula ^= token == "$"
        elif kind == "letters":
            self.add(MONO * len(token) if self.faces[-1] == "mono" else _width_of(token))
        elif kind == "letter":
            self.add(MONO if self.faces[-1] == "mono" else letter_width(token))
            if token == "-" and not self.in_formula and self.faces[-1] != "mono":
                self.end(CUT)

    def take_symbol(self, token: str) -> None:
        if token == "\\ " and self.begun:
            self.end()
        elif len(token) == 2 and not token[1].isalpha():
            self.add(letter_width(token[1]))
        elif _NAMED.fullmatch(token):
            self.add(_width_of(token[1:]))
        elif not _NOTHING.fullmatch(token) and token[1:2].isalpha():
            self.add(ARROW if token.endswith("arrow") else OTHER)


def pad(most: str, own: str) -> str:
    """Return the TeX of as much room as one piece of TeX is wider than another."""
    return most.join(_PADDING[:2]) + own + _PADDING[2]


def _width(tex: str) -> float:
    return sum(line.whole for line in measure(tex))


@lru_cache(maxsize=32768)
def measure(tex: str, *, bold: bool = False) -> tuple[Words, ...]:
    """Return the words of each line that the author parted in a cell."""
    tex = rewrite(tex, Citation, lambda citation, inside: ", ".join(CITATION for _ in citation.keys))
    for inner in (Picture, Alternative):
        tex = rewrite(tex, inner, lambda fact, inside: "")
    tex = strip_marks(rewrite(tex, CellPicture, lambda picture, inside: rf"\kern{picture.width}bp "))
    gauge = _Measure(bold=bold)
    for match in _TOKEN.finditer(tex):
        kind = match.lastgroup or ""
        if match["padding"]:
            gauge.add(max(0.0, _width(match["most"]) - _width(match["own"])))
            continue
        if match["picture"]:
            gauge.add(min(float(match["natural"]), WIDEST_PICTURE) * PER_POINT)
            continue
        gauge.take("symbol" if kind == "after" else kind, match["symbol"] or match[0])
    gauge.end()
    parted = (tuple(zip(*line, strict=True)) for line, _ in groupby(map(tuple, gauge.lines)) if line)
    return tuple(Words(*pair) for pair in parted)
