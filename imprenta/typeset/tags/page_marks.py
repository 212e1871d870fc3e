r"""A page's content stream with marks -> the stream with marked content, and what its marks tell, in order.

`marks.tex` writes the marks: operators `MP` or `DP` whose names begin with «I.». They are legal anywhere between two
operators, in text and outside, and need not be balanced. Here each goes out of the stream again, and what is painted
from one to the next becomes a sequence with an identifier (PDF 32000-1, 14.7.4), or an artifact. It depends on the
stream alone: what is open before the page does not matter.

A sequence that begins in a text object ends in it; lines and drawings are outside. Nothing may come between the
building of a path and its painting, so a sequence begins where the last operator before that ended.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from math import hypot

TOKEN = re.compile(
    rb"\[(?:\((?:\\.|[^\\()])*\)|<[^>]*>|[^\]()<])*\]\s*(TJ)"  # 1: text that is shown
    rb"|/I\.(\S+) (?:(<<.*?>>) )?[MD]P\n?"  # 2: a mark, 3: its dictionary
    rb"|\((?:\\.|[^\\()])*\)|<<.*?>>|<[0-9A-Fa-f\s]*>|/[^\s/\[\]()<>]*"  # strings, dictionaries, names
    rb"|(?<![\d.])([A-Za-z'\"][A-Za-z0-9*]*)",  # 4: an operator
    re.DOTALL,
)
TOLD = re.compile(rb"<</Alt (<[^>]*>)\s*(?:/Size ?\[([^]]*)\])?")
"""What the dictionary of a mark holds: an alternative text, and width, height and depth."""
PATH = frozenset({b"m", b"l", b"c", b"v", b"y", b"h", b"re", b"W", b"W*"})
PAINT = frozenset({b"f", b"F", b"f*", b"S", b"s", b"B", b"B*", b"b", b"b*", b"sh", b"Do"})
SHOW = frozenset({b"Tj", b"'", b'"'})
MARKED = frozenset({b"BDC", b"BMC"})
DRAWN = {"G": 1, "H": -1, "e": 1, "o": -1, "l": 1, "m": -1}
"""What begins and ends what is drawn and read: pictures, formulas, the bullets of lists. Other lines are artifacts."""
SAME_OWNER = frozenset("hcFEnu")
"""Marks after which what is painted belongs to the same."""
LINE = 5.0
"""Points by which the next line stands lower at least."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What a mark tells: its kind, a letter, its fields, and the alternative text as PDF writes it (`<FEFF…>`)."""

    kind: str
    fields: tuple[str, ...] = ()
    alternative: bytes = b""


Box = tuple[float, float, float, float]
"""Left, bottom, right and top in points."""
Matrix = tuple[float, float, float, float, float, float]
"""How coordinates are turned into those of the page (PDF 32000-1, 8.3.3)."""
PAGE: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(slots=True)
class Sequence:
    """A sequence of marked content: its identifier, and what is in it.

    `first` and `last` are the heights of its first and last line of text (None without text), `lines` how many others
    it has. One that is `drawn` has lines or pictures; `box` is where the picture stands.
    """

    id: int
    first: float | None = None
    last: float = 0.0
    lines: int = 0
    drawn: bool = False
    box: Box | None = None

    def show(self, height: float) -> None:
        """Note that text is shown at a height."""
        if self.first is None:
            self.first = height
        elif abs(height - self.last) > LINE:
            self.lines += 1
        self.last = height


Event = Mark | Sequence


@dataclass(frozen=True, slots=True)
class MarkedPage:
    """A content stream with marked content, compressed, and its marks and sequences in order."""

    stream: bytes
    events: tuple[Event, ...]


def mark_page(stream: bytes) -> MarkedPage:
    """Turn a page's content stream into one with marked content."""
    writer = _Writer(stream)
    writer.write()
    return MarkedPage(zlib.compress(b"".join(writer.parts)), tuple(writer.events))


class _Writer:
    """Goes through a stream once and writes another."""

    def __init__(self, stream: bytes) -> None:
        self.stream = stream
        self.parts: list[bytes] = []
        self.events: list[Event] = []
        self.at = 0
        """Up to where the stream was copied."""
        self.safe = 0
        """Where the last operator ended."""
        self.open: Sequence | str = ""
        """What is being painted: a sequence, an artifact, or nothing."""
        self.parted = True
        """A mark came since the last sequence."""
        self.in_text = False
        self.repeated = ""
        """The mark that ends what repeats something and is set aside: a paragraph or a caption."""
        self.aside = self.drawn = self.held = 0
        self.height = 0.0
        self.count = 0
        self.matrix = PAGE
        self.matrices: list[Matrix] = []
        """Those that come back where what is open now ends."""
        self.size: tuple[float, ...] = ()
        """Width, height and depth of the picture that is painted next."""

    def write(self) -> None:
        for match in TOKEN.finditer(self.stream):
            shown, mark, told, operator = match.groups()
            if mark is not None:
                self._read_mark(match, mark.decode("latin-1"), told or b"")
            elif shown is not None or operator in SHOW:
                self._paint(text=True)
                self.safe = match.end()
            elif operator is not None and operator not in PATH:
                self._operate(operator, match)
                self.safe = match.end()
        self._close(len(self.stream))
        self.parts.append(self.stream[self.at :])

    def _operate(self, operator: bytes, match: re.Match[bytes]) -> None:
        if operator == b"Td":
            self.height += float(self.stream[self.safe : match.start()].split()[-1])
        elif operator == b"Tm":
            self.height = float(self.stream[self.safe : match.start()].split()[-1])
        elif operator in PAINT:
            self._paint(text=False)
            if operator == b"Do" and self.size and isinstance(self.open, Sequence):
                self.open.box = _place_box(self.matrix, *self.size)
        elif operator == b"q":
            self.matrices.append(self.matrix)
        elif operator == b"Q":
            self.matrix = self.matrices.pop() if self.matrices else PAGE
        elif operator == b"cm":
            self.matrix = _turn(self.matrix, self.stream[self.safe : match.start()])
        elif operator in (b"BT", b"ET"):
            if not self.held:
                self._close(self.safe)
            self.in_text = operator == b"BT"
            self.height = 0.0
        elif operator in MARKED:
            # What is marked in the page already (a sign with its text) stands in one of our sequences.
            if not self.held:
                self._own(text=True)
            self.held += 1
        elif operator == b"EMC":
            self.held = max(0, self.held - 1)

    def _read_mark(self, match: re.Match[bytes], name: str, told: bytes) -> None:
        self._put(match.start(), b"")
        self.at = match.end()
        kind, *fields = name.split(".")
        if kind not in SAME_OWNER:
            if not self.held:
                self._close(self.at)
            self.parted = True
        self.safe = match.end()
        if kind == self.repeated:
            self.repeated, self.aside = "", self.aside - 1
        elif kind == "x":
            self.aside += 1
            return
        elif kind == "y":
            self.aside = max(0, self.aside - 1)
            return
        elif not self.aside and (kind == "z" or (kind == "k" and self._is_repeated(match.end()))):
            self.repeated, self.aside = "K" if kind == "k" else "q", self.aside + 1
        if not self.aside or (self.repeated and kind == "k"):
            self.drawn = max(0, self.drawn + DRAWN.get(kind, 0))
            alternative, size = _read_told(told)
            self.size = size if kind == "G" else () if kind == "H" else self.size
            self.events.append(Mark(kind, tuple(fields), alternative))

    def _is_repeated(self, start: int) -> bool:
        """Tell whether the caption that begins here is that of a table on its next page."""
        end = self.stream.find(b"/I.K MP", start)
        return self.stream.find(b"/I.z MP", start, end) >= 0

    def _paint(self, *, text: bool) -> None:
        if not self.held:
            self._own(text=text)
        if isinstance(self.open, Sequence):
            if text:
                self.open.show(self.height)
            else:
                self.open.drawn = True

    def _own(self, *, text: bool) -> None:
        """Have what is painted next be in a sequence, or in an artifact."""
        if self.aside or not (text or self.drawn):
            if self.open != "artifact":
                self._close(self.safe)
                self._put(self.safe, b"\n/Artifact BMC\n")
                self.open = "artifact"
        elif not isinstance(self.open, Sequence) or self.parted:
            self._close(self.safe)
            self._put(self.safe, b"\n/Span <</MCID %d>> BDC\n" % self.count)
            self.open = Sequence(self.count)
            self.events.append(self.open)
            self.count += 1
            self.parted = False

    def _close(self, position: int) -> None:
        if self.open:
            self._put(position, b"\nEMC\n")
            self.open = ""

    def _put(self, position: int, piece: bytes) -> None:
        if position > self.at:
            self.parts.append(self.stream[self.at : position])
            self.at = position
        if piece:
            self.parts.append(piece)


def _read_told(told: bytes) -> tuple[bytes, tuple[float, ...]]:
    """Return what the dictionary of a mark tells: an alternative text, and a size in points."""
    match = TOLD.match(told)
    return (match[1], tuple(map(float, (match[2] or b"").split()))) if match is not None else (b"", ())


def _turn(outer: Matrix, operands: bytes) -> Matrix:
    """Return the matrix of what is painted with a matrix, which ends these operands, inside what has another."""
    a, b, c, d, e, f = map(float, operands.split()[-6:])
    g, h, i, j, x, y = outer
    return (
        a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + x, e * h + f * j + y,
    )  # fmt: skip


def _place_box(matrix: Matrix, width: float, height: float, depth: float) -> Box:
    """Return where a box stands whose reference point a matrix tells, and how it is turned."""
    a, b, c, d, x, y = matrix
    across, up = hypot(a, b) or 1.0, hypot(c, d) or 1.0
    corners = [
        (x + along * a / across + above * c / up, y + along * b / across + above * d / up)
        for along in (0.0, width)
        for above in (-depth, height)
    ]
    sides = [[corner[side] for corner in corners] for side in (0, 1)]
    return min(sides[0]), min(sides[1]), max(sides[0]), max(sides[1])
