r"""`[2H2 + O2 -> 2H2O]{q}`, or `\ce{…}` in a formula -> LaTeX for mathematics, and plain characters.

The notation is the common part of mhchem's: formulas as they are typed, charges, isotopes, states, bonds, arrows. What
is not understood is told at its place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from imprenta.markup.escape import escape, has_glyph
from imprenta.problems import Severity

if TYPE_CHECKING:
    from imprenta.markup.placed import PlacedInlineState

MARKED = re.compile(r"\[((?:[^\[\]\n]|\[[^\[\]\n]*\]){1,400})\]\{q\}")
CHEMISTRY = re.compile(r"\\ce\s*\{((?:[^{}]|\{[^{}]*\})*)\}")
_ARROW = re.compile(r"\s*(<=>|<->|->|<-|→|⇌|↔|←)(?:\[([^\[\]]*)\])?(?:\[([^\[\]]*)\])?\s*")
_OPERATOR = re.compile(r"\s+(\+|-|=|<|>|≈)\s+")
_GAS = re.compile(r"\s+(v|\^|↓|↑)(?=\s|$)")
_ADDED = re.compile(r"\s*[·•*]\s*|\s+\.\s+")
_AMOUNT = re.compile(r"(\d+)/(\d+)|(\d+(?:[.,]\d+)?)")
_LETTERS = re.compile(r"[^\W\d_₀-₉⁰¹²³⁴-⁹]+")
_LOW = re.compile(r"_(?:\{([^{}]*)\}|(\w))|([₀-₉]+)")
_HIGH = re.compile(r"\^(?:\{([^{}]*)\}|(\d*[+\-−]+|\d+|[.•*]))|([⁰¹²³⁴-⁹]*[⁺⁻]+|[⁰¹²³⁴-⁹]+)")
_CHARGE = re.compile(r"([+\-−]+)(?=$|[\s)\],;])")
_BOND = re.compile(r"[-−=#≡](?=[^\W\d_(\[])")
_BLANK = re.compile(r"\s+")

_ARROWS = {
    "->": (r"\longrightarrow", "→"), "→": (r"\longrightarrow", "→"),
    "<-": (r"\longleftarrow", "←"), "←": (r"\longleftarrow", "←"),
    "<->": (r"\longleftrightarrow", "↔"), "↔": (r"\longleftrightarrow", "↔"),
    "<=>": (r"\rightleftharpoons", "⇌"), "⇌": (r"\rightleftharpoons", "⇌"),
}  # fmt: skip
_OPERATORS = {"<": "<", ">": ">", "≈": r"\approx ", "-": "-", "+": "+", "=": "="}
_BONDS = {"-": ("{-}", "-"), "−": ("{-}", "-"), "=": ("{=}", "="), "#": (r"{\equiv}", "≡"), "≡": (r"{\equiv}", "≡")}
_FROM_UPPER = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-")
_FROM_LOWER = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
_TO_UPPER = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_TO_LOWER = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


@dataclass(frozen=True, slots=True)
class Chemistry:
    """A chemical formula or a reaction: LaTeX for mathematics, and what it says in plain characters."""

    tex: str
    words: str


class NotChemistry(Exception):  # noqa: N818 - it ends a reading, it is not an error of the program
    """What stands at an offset is no chemistry."""

    def __init__(self, at: int) -> None:
        super().__init__(at)
        self.at = at


def read_chemical(state: PlacedInlineState, silent: bool) -> bool:
    """`[H2O]{q}` -> a token `chemistry`; what is not understood is told, and printed as it was typed."""
    match = MARKED.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        token = state.push("chemistry", "", 0)
        try:
            token.meta["value"] = chemistry = parse_chemistry(match[1])
            token.content = chemistry.words
        except NotChemistry as fault:
            first = match.start(1) + min(fault.at, len(match[1]) - 1)
            message = f"«{state.src[first]}» no se entiende en una fórmula química"
            hint = "así: «[2H2 + O2 -> 2H2O]{q}», «[SO4^2-]{q}», «[Fe^3+ (aq)]{q}»"
            state.report("quimica-mal-escrita", message, first, first + 1, hint, Severity.WARNING)
            token.meta["value"], token.content = None, match[1]
    state.pos = match.end()
    return True


def parse_chemistry(source: str) -> Chemistry:
    """Turn a chemical formula or a reaction as it is typed into LaTeX for mathematics; raise NotChemistry."""
    reader = _Reader(source)
    reader.read()
    if not reader.words:
        raise NotChemistry(0)
    return Chemistry("".join(reader.tex), " ".join("".join(reader.words).split()))


def say_commands(formula: str) -> str:
    """Return a formula with what its chemical commands say in their place; what is none stays as it is."""

    def said(match: re.Match[str]) -> str:
        try:
            return parse_chemistry(match[1]).words
        except NotChemistry:
            return match[1]

    return CHEMISTRY.sub(said, formula)


class _Reader:
    """Reads a reaction from left to right."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.tex: list[str] = []
        self.words: list[str] = []
        self.opens = True
        """Whether a new species begins here: a number is its amount."""
        self.open: list[str] = []
        """The signs that close what is open."""
        self.scripts: set[str] = set()

    def add(self, tex: str, words: str, *, opens: bool = False, script: str = "") -> bool:
        """Add something; a `script`, low or high, is the only one of its kind on what it belongs to."""
        if script in self.scripts:
            raise NotChemistry(self.at - 1)
        self.scripts = {*self.scripts, script} if script else set()
        self.tex.append(tex)
        self.words.append(words)
        self.opens = opens
        return True

    def match(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        found = pattern.match(self.source, self.at)
        if found is not None:
            self.at = found.end()
        return found

    def read(self) -> None:
        """Read all of it."""
        self.match(_BLANK)
        while self.at < len(self.source):
            read = (self.read_arrow, self.read_sign, self.read_script, self.read_amount, self.read_species)
            if not any(one() for one in read):
                raise NotChemistry(self.at)
        if self.open:
            raise NotChemistry(len(self.source) - 1)

    def read_arrow(self) -> bool:
        found = self.match(_ARROW)
        if found is None:
            return False
        tex, sign = _ARROWS[found[1]]
        above, below = (self.read_condition(found, group) for group in (2, 3))
        if above or below:
            command = {r"\longrightarrow": r"\xrightarrow", r"\longleftarrow": r"\xleftarrow"}.get(tex)
            over = rf"\overset{{{above}}}{{{tex}}}" if above else tex
            tex = (
                rf"{command}[{{{below}}}]{{\;{above}\;}}"
                if command
                else rf"\mathrel{{\underset{{{below}}}{{{over}}}}}"
                if below
                else rf"\mathrel{{{over}}}"
            )
        return self.add(f"{tex} ", f" {sign} ", opens=True)

    def read_condition(self, found: re.Match[str], group: int) -> str:
        """Return what stands over or under an arrow: chemistry, or words."""
        typed = (found[group] or "").strip()
        if re.search(r"[A-Z].*\d|^[A-Z][a-z]?$", typed):
            try:
                return parse_chemistry(typed).tex
            except NotChemistry:
                pass
        odd = next((sign for sign in typed if sign in r"\{}$%" or not (sign.isascii() or has_glyph(sign))), "")
        if odd:
            raise NotChemistry(self.source.index(odd, found.start(group)))
        return rf"\text{{{escape(typed)}}}" if typed else ""

    def read_sign(self) -> bool:
        if found := self.match(_OPERATOR):
            return self.add(f"{{}}{_OPERATORS[found[1]]}{{}}", f" {found[1]} ", opens=True)
        if found := self.match(_GAS):
            falls = found[1] in "v↓"
            return self.add(r"\,\downarrow " if falls else r"\,\uparrow ", " ↓" if falls else " ↑")
        if self.match(_ADDED):
            return self.add(r"\cdot ", "·", opens=True)
        if self.match(_BLANK):
            parted = self.tex[-1:] and self.tex[-1].endswith((r"\,", " "))
            return self.add("" if parted else r"\,", " ", opens=True)
        if not self.opens and (found := self.match(_CHARGE)):
            return self.add(f"^{{{found[1].replace('−', '-')}}}", found[1].translate(_TO_UPPER), script="^")
        if not self.opens and (found := self.match(_BOND)):
            return self.add(*_BONDS[found[0]])
        return False

    def read_script(self) -> bool:
        if found := self.match(_LOW):
            low = found[1] if found[1] is not None else found[2] or found[3].translate(_FROM_LOWER)
            tex = f"_{{{self.write_script(low)}}}"
            return self.add(f"{{}}{tex}" if self.opens else tex, low.translate(_TO_LOWER), script="_")
        if found := self.match(_HIGH):
            high = found[1] if found[1] is not None else found[2] or found[3].translate(_FROM_UPPER)
            radical = high in (".", "•", "*")
            tex = r"^{\bullet}" if radical else f"^{{{self.write_script(high)}}}"
            word = "•" if radical else high.translate(_TO_UPPER)
            return self.add(f"{{}}{tex}" if self.opens else tex, word, script="^")
        return False

    def write_script(self, typed: str) -> str:
        """Return an index: figures and signs as they are, letters upright, but for those that stand for a number."""
        if not re.fullmatch(r"[\w+\-−.,]*", typed) or not typed.isascii():
            raise NotChemistry(self.at - 1)
        plain = typed.replace("−", "-").replace(",", "{,}")
        return _LETTERS.sub(
            lambda word: word[0] if word[0] in ("n", "m", "x", "y") else rf"\mathrm{{{word[0]}}}", plain
        )

    def read_amount(self) -> bool:
        found = self.match(_AMOUNT)
        if found is None:
            return False
        if not self.opens:
            return self.add(f"_{{{found[0].replace(',', '{,}')}}}", found[0].translate(_TO_LOWER), script="_")
        if found[1]:
            return self.add(rf"\tfrac{{{found[1]}}}{{{found[2]}}}\,", found[0], opens=True)
        return self.add(found[0].replace(",", "{,}") + r"\,", found[0], opens=True)

    def read_species(self) -> bool:
        if found := self.match(_LETTERS):
            if not all(sign.isascii() or has_glyph(sign) for sign in found[0]):
                self.at = found.start()
                return False
            tex = rf"\mathrm{{{found[0]}}}" if found[0].isascii() else rf"\text{{{escape(found[0])}}}"
            return self.add(tex, found[0])
        sign = self.source[self.at]
        if sign in "([":
            self.open.append({"(": ")", "[": "]"}[sign])
        elif not self.open or sign != self.open.pop():
            return False
        self.at += 1
        return self.add(sign, sign, opens=sign in "([")
