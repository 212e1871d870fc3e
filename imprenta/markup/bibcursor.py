r"""A cursor over the text of a field of a .bib: its characters, its formulas, what is wrong in it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from imprenta.markup.characters import COMMANDS, RAW
from imprenta.markup.declared import STAND_INS, UNKNOWN, is_declared
from imprenta.markup.drawn import draw_accents
from imprenta.markup.escape import escape, find_missing_glyphs
from imprenta.markup.mathematics import read_formula_source
from imprenta.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

CLUSTER = re.compile("[^\u0300-\u036f][\u0300-\u036f]*|[\u0300-\u036f]+", re.DOTALL)
INVISIBLE = "\u200b"
WRITE_WORDS = "escriba lo que se ha de leer; las fórmulas van entre «$»"
BLANKS = re.compile(r"[ \t\n\r\f\v]+")
# «$5 y $6» is money; these are formulas whatever stands beside them.
_SIGN_OF_FORMULA = re.compile(r"[\\^_=]")
_WORD_OF_TEXT = re.compile(r"[^\W\d_]{2,}")
_AMOUNT = re.compile(r"\d[\d.,]*(?:[-–/].*|\s.*)?")


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong with some characters of a field; `command` is one that is not admitted, by its name."""

    code: str
    message: str
    start: int
    end: int
    hint: str = ""
    command: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of LaTeX; `letters` tells that it prints itself and is no more than characters."""

    tex: str
    letters: bool = False


def join_commands(flaws: list[Flaw]) -> Iterator[Flaw]:
    """Yield the flaws of a field, those about commands as one: who pastes one strange command pastes several."""
    names = list(dict.fromkeys(f"«\\{flaw.command}»" for flaw in flaws if flaw.command))
    told: set[str] = set()
    for flaw in flaws:
        if flaw.command and len(names) > 1:
            shown = f"{', '.join(names[:4])}…" if len(names) > 4 else f"{', '.join(names[:-1])} y {names[-1]}"
            joined = replace(flaw, message=f"las órdenes {shown} no se admiten", hint=WRITE_WORDS)
            if "" not in told:
                yield joined
            told.add("")
        elif flaw.message not in told:
            told.add(flaw.message)
            yield flaw


class FieldCursor:
    """Where a reader stands in a field; every method that reads returns what it read as LaTeX."""

    def __init__(self, source: str, *, name: bool) -> None:
        """Begin at the start; a `name` has letters only."""
        self.source = source
        self.name = name
        self.at = 0
        self.flaws: list[Flaw] = []

    def flaw(self, message: str, start: int, hint: str = "", *, code: str = "bib-orden", end: int = 0) -> None:
        """Note a flaw, up to where the cursor stands."""
        self.flaws.append(Flaw(code, message, start, max(end or self.at, start + 1), hint))

    def refuse_command(self, name: str, start: int, hint: str) -> None:
        """Note a command that is not admitted."""
        message = f"la orden «\\{name}» no se admite"
        self.flaws.append(Flaw("bib-orden", message, start, start + 1 + len(name), hint, name or " "))

    def put(self, typed: str, start: int = -1) -> Piece:
        """Write characters as they are, with stand-ins for what TeX would take otherwise."""
        start = self.at - len(typed) if start < 0 else start
        written = []
        for cluster in CLUSTER.findall(typed):
            composed = unicodedata.normalize("NFC", cluster)
            if all(map(is_declared, composed)):
                written += [self.put_character(character) for character in composed]
            elif draw_accents(composed) and not self.name:
                written.append(escape(composed))
            else:
                self.tell_missing(cluster, composed, start)
                written.append(UNKNOWN)
        return Piece("".join(written), letters=True)

    def put_group(self, inside: str) -> Piece:
        """Write a group."""
        if self.name:
            inside = inside.strip(" ~")
            # biber takes the braces off one character, and the first one after a dash or a brace for an initial.
            inside += INVISIBLE if inside and not inside[-1].isalnum() and inside[-1] not in "}." else ""
        return Piece(f"{{{inside}}}" if inside or not self.name else INVISIBLE)

    def put_character(self, character: str) -> str:
        """Write a character that the fonts have."""
        if character in RAW or character in STAND_INS:
            return STAND_INS.get(character, character)
        tex = COMMANDS.get(character)
        if tex in ("", " ", "{}") or (self.name and character.isspace()):
            return " " if character.isspace() else ""
        return character

    def tell_missing(self, cluster: str, composed: str, start: int) -> None:
        """Note a character that the fonts do not have."""
        for problem in find_missing_glyphs(Text(cluster, "")):
            self.flaw(problem.message, start, problem.hint, code=problem.code)
            return
        hint = "escríbalo sin el acento o con otra letra"
        self.flaw(f"de «{composed}» no se puede sacar la inicial de un nombre", start, hint)

    def read_dollar(self) -> Piece:
        """Read a formula, or the sign of an amount of money."""
        start = self.at
        marks = "$$" if self.source.startswith("$$", start) else "$"
        first = start + len(marks)
        end = first
        while (end := self.source.find(marks, end)) >= 0 and self.source[end - 1] == "\\":
            end += 1
        inside = self.source[first:end] if end >= 0 else ""
        if not self.is_formula(inside, self.source[end + len(marks) : end + len(marks) + 1]):
            self.at = first
            return self.put(marks)
        self.at = end + len(marks)
        return self.write_formula(inside, first, start)

    def is_formula(self, inside: str, after: str) -> bool:
        """Tell whether what stands between two dollars is a formula and not what stands between two amounts."""
        if not inside.strip() or inside.count("{") != inside.count("}"):
            return False
        if _AMOUNT.fullmatch(inside) and (inside[-1].isspace() or after.isdigit()):
            return False
        if _SIGN_OF_FORMULA.search(inside):
            return True
        close = not inside[0].isspace() and not inside[-1].isspace() and (inside.isalpha() or not after.isalnum())
        return close and _WORD_OF_TEXT.search(inside) is None

    def write_formula(self, inside: str, first: int, start: int) -> Piece:
        """Write what stands between the signs of a formula."""
        if inside == "'":
            return Piece("’", letters=True)
        if self.name:
            self.flaw("aquí solo van letras, y no fórmulas", start, "escríbalo con letras")
            return self.put(inside, first)
        formula = read_formula_source(inside, display=False)
        for fault in formula.faults:
            self.flaw(
                fault.message, first + fault.start, fault.hint, code="matematica-no-admitida", end=first + fault.end
            )
        if formula.faults:
            return self.put(self.source[start : self.at], start)
        tex = re.sub(r"\s+", " ", formula.tex).strip()
        # biber takes braces off that hold one character.
        for sign in ",.":
            tex = tex.replace(f"{{{sign}}}", rf"\mathord{{{sign}}}")
        return Piece(f"${tex}{' ' if tex.endswith(chr(92)) else ''}$")

    def skip_blanks(self) -> None:
        """Go to what follows the blanks."""
        if (blanks := BLANKS.match(self.source, self.at)) is not None:
            self.at = blanks.end()

    def read_raw(self, name: str, start: int) -> tuple[str, int]:
        """Return what stands between the braces of a command, as it is, and where it begins."""
        self.skip_blanks()
        if not self.source.startswith("{", self.at):
            self.flaw(f"a «\\{name}» le falta su contenido", start, f"así: «\\{name}{{…}}»")
            return "", self.at
        first, level = self.at + 1, 0
        for position in range(self.at, len(self.source)):
            level += {"{": 1, "}": -1}.get(self.source[position], 0)
            if level == 0:
                self.at = position + 1
                return self.source[first:position], first
        self.flaw("una llave no se cierra", start, code="bib-llaves", end=start + 1)
        self.at = len(self.source)
        return self.source[first:], first
