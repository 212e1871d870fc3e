"""A cell in TeX -> the widths of the words that it prints, line by line, as the letters of the report have them.

The widths are those of Latin Modern at 10 points (lmr10.tfm), in thousandths of the size of the type; letters with an
accent have the width of the bare one. They serve to choose widths of columns, which TeX then fills: what is a little
off costs a line of a cell and nothing else.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby

from imprenta.model.facts import Citation, rewrite
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
SPACE, THIN, BOLD, MONO = 333, 167, 1.16, 525
CITATION = "[99]"
PER_POINT, WIDEST_PICTURE = 100.375, 120.0
"""What a point of a picture is in these widths, and the points that one asks for: it shrinks with its column."""

_PADDING = (r"{\setbox0\hbox{", r"}\setbox2\hbox{", r"}\ifdim\wd0>\wd2 \kern\dimexpr\wd0-\wd2\relax\fi}")
_TOKEN = re.compile(
    rf"(?P<padding>{re.escape(_PADDING[0])}(?P<most>.*?){re.escape(_PADDING[1])}(?P<own>.*?){re.escape(_PADDING[2])})|"
    r"(?P<picture>\\imagencelda\{(?P<natural>[\d.]+)\}\{[^{}]*\}\{(?:[^{}]|\{[^{}]*\})*\})|"
    r"(?P<line>\\(?:newline|item|begin|end)\b(?:\{[^{}]*\})?)"
    r"|(?P<cut>\\corte\b(?:\{\})?)"
    r"|(?P<thin>\\[,;:])"
    r"|(?P<hidden>\\(?:href|hyperref|hspace|glifo|hyphenpenalty|label|hyperlink)\*?(?:=?\d+ ?|\[[^]]*\]|\{[^{}]*\})?)"
    r"|(?P<face>\\(?:texttt|textbf|emph|text[a-z]*)\{)"
    r"|(?P<symbol>\\(?:[A-Za-z]+|.))(?P<after> *)"
    r"|(?P<open>\{)|(?P<close>\})"
    r"|(?P<space>[ \n\t]+)|(?P<tie>~)|(?P<math>\$|[_^&])|(?P<letter>.)",
    re.DOTALL,
)
_NAMED = re.compile(r"\\(?:log|ln|min|max|sin|cos|tan|exp|lim|sup|inf|det)")
_NOTHING = re.compile(
    r"\\(?:left|right|displaystyle|math[a-z]+|frac|sqrt|hbox|mbox|hphantom|leavevmode|nobreak|formulalarga)"
)


@dataclass(frozen=True, slots=True)
class Words:
    """A line of a cell: the width of each of its words; one that `sticks` follows the last without a blank."""

    widths: tuple[float, ...]
    sticks: tuple[bool, ...]

    @property
    def whole(self) -> float:
        """The width of all of it on one line."""
        return sum(self.widths) + SPACE * sum(not stuck for stuck in self.sticks[1:])

    @property
    def widest(self) -> float:
        """The width of the widest word."""
        return max(self.widths, default=0.0)

    def count_lines(self, room: float) -> int:
        """Return how many lines it takes in so much room; a word that is wider is broken."""
        lines, used = 1, 0.0
        for number, (width, stuck) in enumerate(zip(self.widths, self.sticks, strict=True)):
            gap = 0 if stuck or not number else SPACE
            if number and used + gap + width > room:
                lines, used, gap = lines + 1, 0.0, 0
            used += gap + width
            while used > room > 0:
                lines, used = lines + 1, used - room
        return lines


@cache
def letter_width(letter: str) -> float:
    """Return how wide a letter is."""
    if letter not in _WIDTHS:
        letter = unicodedata.normalize("NFD", letter)[0]
    return _WIDTHS.get(letter, OTHER)


class _Measure:
    """Goes over the TeX of a cell and adds up."""

    def __init__(self, *, bold: bool) -> None:
        self.faces = ["bold" if bold else ""]
        self.lines: list[list[tuple[float, bool]]] = [[]]
        self.word, self.begun, self.sticks = 0.0, False, False
        self.in_formula = False

    def add(self, width: float) -> None:
        self.word += width * (BOLD if self.faces[-1] == "bold" else 1)
        self.begun = True

    def end(self, *, sticks: bool = False) -> None:
        if self.begun:
            self.lines[-1].append((self.word, self.sticks))
            self.sticks = sticks
        self.word, self.begun = 0.0, False
        self.sticks = self.sticks and sticks

    def take(self, kind: str, token: str) -> None:
        if kind == "line":
            self.end()
            self.lines.append([])
        elif kind == "cut":
            self.end(sticks=True)
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
        elif kind == "tie":
            self.add(SPACE)
        elif kind == "math":
            self.in_formula ^= token == "$"
        elif kind == "letter":
            self.add(MONO if self.faces[-1] == "mono" else letter_width(token))
            if token == "-" and not self.in_formula:
                self.end(sticks=True)

    def take_symbol(self, token: str) -> None:
        if token == "\\ " and self.begun:
            self.end()
        elif len(token) == 2 and not token[1].isalpha():
            self.add(letter_width(token[1]))
        elif _NAMED.fullmatch(token):
            self.add(sum(map(letter_width, token[1:])))
        elif not _NOTHING.fullmatch(token) and token[1:2].isalpha():
            self.add(OTHER)


def pad(most: str, own: str) -> str:
    """Return the TeX of as much room as one piece of TeX is wider than another."""
    return most.join(_PADDING[:2]) + own + _PADDING[2]


def _width(tex: str) -> float:
    return sum(line.whole for line in measure(tex))


@lru_cache(maxsize=32768)
def measure(tex: str, *, bold: bool = False) -> tuple[Words, ...]:
    """Return the words of each line that the author parted in a cell."""
    tex = strip_marks(rewrite(tex, Citation, lambda citation, inside: ", ".join(CITATION for _ in citation.keys)))
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
