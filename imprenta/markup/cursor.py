"""A cursor over the source of a formula: its tokens, its faults, and the pieces without structure."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from imprenta.markup.characters import COMMANDS, IN_FORMULA
from imprenta.markup.chemistry import NotChemistry, parse_chemistry
from imprenta.markup.escape import escape, has_glyph
from imprenta.markup.mathwords import DELIMITER_CHARACTERS, DELIMITERS

_SPANISH = frozenset("sen tg arcsen arctg mcd mcm".split())
ANY_COLUMNS = 20  # columns of an alignment
_TOKEN = re.compile(r"\\(?:[A-Za-z]+|.)|\s+|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that TeX could not set: a message and the characters of the formula that it is about."""

    message: str
    start: int
    end: int
    hint: str = ""


class Stop(Exception):  # noqa: N818 - it ends a reading, it is not an error of the program
    """The rest of the formula cannot be understood."""


class Cursor:
    """Where a reader stands in a formula; every method that reads returns the TeX of what it read."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.faults: list[Fault] = []
        self.has_rows = False
        self.is_row = False

    def fault(self, message: str, start: int, end: int, hint: str = "") -> None:
        """Note a fault over some characters."""
        self.faults.append(Fault(message, start, max(end, start + 1), hint))

    def stop(self, message: str, start: int, end: int, hint: str = "") -> Stop:
        """Note a fault after which the rest makes no sense; return what to raise."""
        self.fault(message, start, end, hint)
        return Stop()

    def peek(self) -> str:
        """Return the next token without reading it, "" at the end."""
        match = _TOKEN.match(self.source, self.at)
        return match.group() if match else ""

    def skip_spaces(self) -> None:
        """Go to the next token that is not a blank."""
        while self.peek().isspace():
            self.at += len(self.peek())

    def read_character(self, token: str, start: int, end: int) -> str:
        """Write a character outside ASCII as its command."""
        token = unicodedata.normalize("NFC", token)
        known = IN_FORMULA.get(token)
        if known is not None:
            return f"{known} "
        if token in COMMANDS:
            return " " if COMMANDS[token] in (" ", "", "{}") else COMMANDS[token]
        if has_glyph(token):
            return rf"\text{{{escape(token)}}}"
        code = " ".join(f"U+{ord(character):04X}" for character in token)
        self.fault(f"«{token}» ({code}) no vale en una fórmula", start, end)
        return ""

    def read_braced(self, name: str, start: int, end: int, example: str) -> tuple[int, str]:
        """Read what stands in braces as it was typed; return where it begins, and what it is."""
        self.skip_spaces()
        if self.peek() != "{":
            raise self.stop(f"tras «\\{name}» faltan sus palabras", start, end, f"así: «\\{name}{{{example}}}»")
        first = self.at + 1
        depth, position = 1, first
        while position < len(self.source):
            character = self.source[position]
            if character == "\\":
                position += 1
            depth += {"{": 1, "}": -1}.get(character, 0)
            if depth == 0:
                break
            position += 1
        if depth or position >= len(self.source):
            raise self.stop("a «{» le falta «}»", self.at, first)
        self.at = position + 1
        return first, self.source[first:position]

    def read_chemistry(self, start: int, end: int) -> str:
        """Read a chemical formula, or a reaction."""
        first, typed = self.read_braced("ce", start, end, "H2O")
        try:
            tex = parse_chemistry(typed).tex
        except NotChemistry as fault:
            at = first + max(0, min(fault.at, len(typed) - 1))
            sign = typed[at - first : at - first + 1]
            said = f"«{sign}» no se entiende en una fórmula química" if sign else "la fórmula química está vacía"
            self.fault(said, at, at + 1, "así: «\\ce{2H2 + O2 -> 2H2O}»")
            return ""
        return f"{{{tex}}}" if self.source[self.at :].lstrip()[:1] in ("^", "_", "'", "′") else tex

    def read_words(self, name: str, start: int, end: int) -> str:
        """Read words in braces: every character of them is printed as typed."""
        first, words = self.read_braced(name, start, end, "si")
        order = re.search(r"\\[A-Za-z]+", words)
        if order is not None:
            message = f"dentro de «\\{name}» van palabras y hay «{order.group()}»"
            self.fault(message, first + order.start(), first + order.end())
        plain = re.sub(r"\\(.)", r"\1", words, flags=re.DOTALL)
        blank_before = "\\ " if plain[:1].isspace() else ""
        blank_after = "\\ " if plain[1:] and plain[-1:].isspace() else ""
        return rf"\{name}{{{blank_before}{escape(plain.strip())}{blank_after}}}"

    def read_row_mark(self, token: str, rows: bool, *, top: bool) -> str:
        """Read what parts the cells and the rows of a table of formulas."""
        start = self.at
        self.at += len(token)
        if not rows or token == r"\cr" or (token == r"\hline" and not may_hold_rule(self.source, start)):
            hint = r"el signo se escribe «\&»" if token == "&" else "las filas van en «$$…$$», o en cases o matrix"
            self.fault(f"«{token}» solo vale dentro de una tabla de fórmulas", start, self.at, hint)
        if top and self.is_row and token == r"\\":
            hint = "cada renglón es un elemento de «ecuaciones»"
            self.fault(r"un renglón de «ecuaciones» no lleva «\\»", start, self.at, hint)
        if top:
            self.has_rows = True
        if token == r"\\":
            self.skip_spaces()
            # A bracket or a star after a line break would be an option of it.
            return r"\\{}" if self.peek() in ("[", "*") else r"\\ "
        return token + " " if token == r"\hline" else token

    def read_delimiter(self, command: str, start: int, end: int) -> str:
        """Read the parenthesis, bracket or bar that a command asks for."""
        self.skip_spaces()
        token = self.peek()
        named = token[1:] in DELIMITERS or token in (r"\{", r"\}", r"\|")
        if not (token in DELIMITER_CHARACTERS or (token.startswith("\\") and named)):
            known = {"⌈": r"\lceil", "⌉": r"\rceil", "⌊": r"\lfloor", "⌋": r"\rfloor", "⟨": r"\langle", "⟩": r"\rangle"}
            if token not in known:
                message = f"tras «{command}» se esperaba un paréntesis, corchete, llave o barra"
                raise self.stop(
                    message, start, end, rf"así: «\left( … \right)»; el invisible es el punto: «{command}.»"
                )
            self.at += len(token)
            return known[token] + " "
        self.at += len(token)
        return token + " " if token.startswith("\\") else token

    def read_symbol(self, name: str) -> str:
        """Write a command that takes nothing."""
        if name in _SPANISH:
            return rf"\operatorname{{{name}}}"
        if name == "degree":
            return r"{}^{\circ}"
        if name in ("limits", "nolimits"):
            # Only valid after a large operator; amsmath's operators put their limits right by themselves.
            return ""
        if name in ("nonumber", "notag", "And"):
            return r"\mathbin{\&}" if name == "And" else ""
        return rf"\{name} "


_BEFORE_COMMA = re.compile(r"(?:^|(.))([(\[\]])\s*\d+(?:\.\d+)?$", re.DOTALL)
_AFTER_COMMA = re.compile(r"\d+(?:\.\d+)?\s*([)\]\[])")


def is_decimal_comma(source: str, at: int) -> bool:
    """Tell whether a comma parts a number; a list has a space after its comma, or is all that its brackets hold.

    «[0,1)», «[0,1]» and «N(0,1)» are lists, «(0,5)» is a number.
    """
    if not (source[at - 1 : at].isdigit() and source[at + 1 : at + 2].isdigit()):
        return False
    before, after = _BEFORE_COMMA.search(source, 0, at), _AFTER_COMMA.match(source, at + 1)
    if before is None or after is None:
        return True
    return before[2] + after[1] == "()" and not (before[1] or "").isalpha() and before[1] != "}"


def count_columns(environment: str, option: str) -> int:
    """Return how many columns an environment has; none if it is not a table."""
    fixed = {"": 0, "cases": 2, "gathered": 1, "aligned": ANY_COLUMNS}
    if environment == "array":
        return sum(letter in "lcr" for letter in option)
    if environment == "alignedat":
        return 2 * int(option.strip("{}"))
    return fixed.get(environment, 10)  # amsmath's matrices


def may_hold_rule(source: str, start: int) -> bool:
    """Tell whether a rule may stand here: at the start of a row of an array."""
    return re.search(r"(?:\\\\|\\hline|\\begin\{array\}\s*\{[lcr|\s]*\})\s*$", source[:start]) is not None


def next_of_pair(source: str, start: int) -> str | None:
    """Return `\\middle` or `\\right`, whichever comes first at this level, or None."""
    depth = 0
    for match in re.finditer(r"\\(?:[A-Za-z]+|.)", source[start:], re.DOTALL):
        if match.group() == r"\left":
            depth += 1
        elif match.group() == r"\right":
            if depth == 0:
                return r"\right"
            depth -= 1
        elif match.group() == r"\middle" and depth == 0:
            return r"\middle"
    return None


def guard_rows(rows: str) -> str:
    """Return rows whose first bracket is not taken for an option of their environment."""
    return "{}" + rows if rows.lstrip().startswith("[") else rows
