r"""The text of a field of a .bib -> LaTeX that prints it: what its author may not execute is not in it.

BibTeX's text is LaTeX: accents, forms of letters and formulas are read as that, and nothing passes that is not in the
lists of `bibwords` or `mathwords`. All else is text: the signs of TeX as people type and export them print as such.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from imprenta.markup.addresses import clean_address, explain_address
from imprenta.markup.bibcursor import BLANKS, CLUSTER, WRITE_WORDS, FieldCursor, Flaw, Piece, join_commands
from imprenta.markup.bibwords import (
    ACCENTS,
    BARE_ACCENTS,
    CASES,
    CHOOSING,
    FORMS,
    IGNORED,
    JOURNALS,
    KNOWN,
    LETTERS,
    LINKS,
    LOGOS,
    MARKS,
    ORDINALS,
    SIGNS,
    SWITCHES,
    set_accent,
)
from imprenta.markup.declared import COMMA, STAND_INS
from imprenta.markup.escape import cut_endless
from imprenta.markup.mathematics import read_formula_source
from imprenta.markup.mathwords import SYMBOLS
from imprenta.markup.phrases import write_address

if TYPE_CHECKING:
    from collections.abc import Sequence

_WORDS = re.compile(r"[A-Za-z0-9 !()*+\-./:;=?@\[\]|'`\"áéíóúüñÁÉÍÓÚÜÑ¿¡«»–]+(?![\u0300-\u036f])")
_COMMAND = re.compile(r"\\(?:[A-Za-z]+|.|\Z)", re.DOTALL)
_QUOTED = re.compile(r"<<(?=[^<>]+>>)|(?<=[^<>])>>")
_NOT_IN_TYPEWRITER = re.compile("[Ĳĳ™‱℠]")
_DEPTH = 60


@dataclass(frozen=True, slots=True)
class Written:
    """A field as LaTeX that prints it, and what is wrong in it; flaws print as they were typed."""

    tex: str
    flaws: tuple[Flaw, ...] = ()


def write_bibtex(source: str, *, name: bool = False) -> Written:
    """Turn the text of a field into LaTeX; a `name` has letters only, since it is not only printed."""
    if _WORDS.fullmatch(source):
        return Written(source if name else cut_endless(source))
    reader = _Reader(source, name=name)
    tex = reader.read()
    return Written(tex, tuple(join_commands(reader.flaws)))


class _TooDeep(Exception):  # noqa: N818 - it ends a reading, it is not an error of the program
    """Groups and commands stand inside one another for too long."""


class _Reader(FieldCursor):
    """Reads the text of a field from left to right."""

    def __init__(self, source: str, *, name: bool) -> None:
        super().__init__(source, name=name)
        self.depth = 0
        self.unclosed = ""

    def read(self) -> str:
        try:
            return self.read_all()
        except _TooDeep:
            self.flaws.clear()
            self.flaw("el texto tiene demasiadas órdenes o llaves, unas dentro de otras", 0, end=len(self.source))
            return ""

    def read_all(self) -> str:
        parts = []
        while True:
            parts += [piece.tex for piece in self.read_pieces()]
            if self.at >= len(self.source):
                return "".join(parts)
            self.at += 1
            hint = "una llave que se ha de leer se escribe con «\\textbraceright»"
            self.flaw("sobra una llave «}»", self.at - 1, hint, code="bib-llaves")
            parts.append(STAND_INS["}"])

    def read_pieces(self) -> list[Piece]:
        """Read up to the brace that closes a group, which is not read, or to the end."""
        pieces = []
        self.depth += 1
        if self.depth > _DEPTH:
            raise _TooDeep
        while self.at < len(self.source) and self.source[self.at] != "}":
            pieces.append(self.read_piece())
        self.depth -= 1
        return pieces

    def read_piece(self) -> Piece:
        source, start = self.source, self.at
        if words := _WORDS.match(source, start):
            self.at = words.end()
            return Piece(words[0], letters=True)
        sign = source[start]
        if sign == "\\":
            return self.read_command()
        if sign == "{":
            return self.read_group()
        if sign == "$":
            return self.read_dollar()
        if (blanks := BLANKS.match(source, start)) is not None:
            self.at = blanks.end()
            return Piece(" ", letters=True)
        if sign == "~":
            self.at += 1
            # In an address it is a tilde; elsewhere a space that does not break, as in TeX.
            return self.put("~") if source[start - 1 : start] == "/" else Piece("~", letters=True)
        if (quote := _QUOTED.match(source, start)) is not None:
            self.at = quote.end()
            return Piece("«" if quote[0] == "<<" else "»", letters=True)
        if sign in "<>,":
            self.at += 1
            # The fonts would join two of them into another sign.
            joins = not self.name and source[start + 1 : start + 2] == sign
            return Piece(f"{sign}{{}}" if joins else sign, letters=not joins)
        cluster = CLUSTER.match(source, start)
        self.at = cluster.end() if cluster else start + 1
        return self.put(source[start : self.at], start)

    def read_group(self) -> Piece:
        start = self.at
        self.at += 1
        pieces = self.read_pieces()
        if self.at >= len(self.source):
            hint = "una llave que se ha de leer se escribe con «\\textbraceleft»"
            self.flaw("una llave no se cierra", start, hint, code="bib-llaves", end=start + 1)
            return Piece(STAND_INS["{"] + "".join(piece.tex for piece in pieces))
        self.at += 1
        inside = "".join(piece.tex for piece in pieces)
        # «{\'e}» is a letter: its braces protect nothing, and they would keep it from its neighbours.
        if len(pieces) == 1 and pieces[0].letters and self.source[start + 1] == "\\":
            return pieces[0]
        before, after = self.source[start - 1 : start], self.source[self.at : self.at + 1]
        if self.name and inside.strip(" ~") != inside == inside[:1] and before.isalnum() and after.isalnum():
            return Piece("~")  # «Núñez{~}Ruiz»: a blank that parts no names
        return self.put_group(inside)

    def read_command(self) -> Piece:
        start = self.at
        match = _COMMAND.match(self.source, start)
        name = match[0][1:] if match else ""
        self.at = start + 1 + len(name)
        if not name.isalpha() or not name.isascii():
            return self.read_mark(name, start)
        if name in ACCENTS:
            self.skip_blanks()
            return self.write_accent(name, start)
        if name in LETTERS or name in SIGNS or name in JOURNALS or name in IGNORED or name in LOGOS:
            return self.write_word(name, start)
        if name in LINKS:
            return self.read_link(name, start)
        if name in SWITCHES:
            self.skip_blanks()
            rest = self.read_pieces()
            return self.write_form(SWITCHES[name], rest, name, start)
        if self.source.startswith("*", self.at) and name in FORMS:
            self.at += 1
        if name in FORMS:
            return self.write_form(FORMS[name], self.read_argument(name, start), name, start)
        if name in CHOOSING:
            count, chosen = CHOOSING[name]
            arguments = [self.read_argument(name, start) for _ in range(count)]
            pieces = [piece for index in chosen for piece in arguments[index]]
            return Piece("".join(piece.tex for piece in pieces), all(piece.letters for piece in pieces))
        if name in CASES:
            pieces = self.read_argument(name, start)
            if all(piece.letters for piece in pieces):
                return Piece(CASES[name]("".join(piece.tex for piece in pieces)), letters=True)
        elif name == "ensuremath":
            inside, first = self.read_raw(name, start)
            return self.write_formula(inside, first, start)
        elif (
            name in SYMBOLS
            and not self.name
            and not (formula := read_formula_source(f"\\{name}", display=False)).faults
        ):
            self.skip_blanks()
            return Piece(f"${formula.tex.strip()}$")
        alike = (word for word in KNOWN if word[0] == name[0] and abs(len(word) - len(name)) < 2)
        near = get_close_matches(name, alike, n=1, cutoff=0.8)
        self.refuse_command(name, start, f"¿«\\{near[0]}»?" if near else WRITE_WORDS)
        return self.put(self.source[start : start + 1 + len(name)], start)

    def read_mark(self, mark: str, start: int) -> Piece:
        """Write what a command of one character prints."""
        if mark == "~" and self.source[start - 1 : start] == "/":
            return self.put("~", start)  # the home of someone in an address
        if mark in ACCENTS:
            return self.write_accent(mark, start)
        if mark in ("(", "[") and mark not in self.unclosed:
            end = self.source.find("\\)" if mark == "(" else "\\]", self.at)
            if end < 0:
                self.unclosed += mark
            if end >= 0 and self.source.count("{", self.at, end) == self.source.count("}", self.at, end):
                first, self.at = self.at, end + 2
                return self.write_formula(self.source[first:end], first, start)
        if mark in MARKS:
            return self.put(MARKS[mark], start)
        self.refuse_command(mark, start, "la barra se escribe «\\textbackslash»")
        return self.put(f"\\{mark}", start)

    def write_word(self, name: str, start: int) -> Piece:
        """Write a command that prints letters or a sign, or nothing; TeX eats the space after it."""
        if self.source.startswith("{}", self.at):
            self.at += 2
        else:
            self.skip_blanks()
        if name in LOGOS:
            return Piece(LOGOS[name], letters=True) if self.name else Piece(rf"\{name}{{}}")
        if self.name and SIGNS.get(name) == ",":
            return Piece(COMMA, letters=True)
        return self.put(LETTERS.get(name) or SIGNS.get(name) or JOURNALS.get(name) or "", start)

    def write_accent(self, accent: str, start: int) -> Piece:
        inside = self.read_argument(accent, start, empty=True)
        base = "".join(piece.tex for piece in inside)
        if not base:
            return self.put(BARE_ACCENTS.get(accent, ""), start)
        if not all(piece.letters for piece in inside) or not base[0].isalpha():
            self.flaw(f"el acento «\\{accent}» no está sobre una letra", start, "así: «\\'{a}»")
            return Piece(f"{{{base}}}")
        return self.put(set_accent(accent, base), start)

    def write_form(self, command: str, pieces: Sequence[Piece], name: str, start: int) -> Piece:
        inside = "".join(piece.tex for piece in pieces)
        if command == "textsuperscript" and inside in ORDINALS:
            return Piece(ORDINALS[inside], letters=True)
        if self.name and command not in ("", "mbox"):
            hint = "escriba solo las letras; el estilo les da su forma"
            self.flaw(f"aquí solo van letras, y no «\\{name}»", start, hint, end=start + 1 + len(name))
            return self.put_group(inside)
        if self.name or not command:
            return self.put_group(inside)
        if command == "texttt":
            inside = _NOT_IN_TYPEWRITER.sub(r"\\textrm{\g<0>}", inside)
        return Piece(rf"\{command}{{{inside}}}")

    def read_argument(self, name: str, start: int, *, empty: bool = False) -> list[Piece]:
        """Read one argument: a group, a command or a character."""
        self.skip_blanks()
        if self.source.startswith("{", self.at):
            self.at += 1
            pieces = self.read_pieces()
            if self.at < len(self.source) and self.source[self.at] == "}":
                self.at += 1
            else:
                self.flaw("una llave no se cierra", start, code="bib-llaves", end=start + 1)
                self.at = len(self.source)
            return pieces
        if self.at >= len(self.source) or self.source[self.at] in "}$":
            if not empty:
                self.flaw(f"a «\\{name}» le falta su contenido", start, f"así: «\\{name}{{…}}»")
            return []
        if self.source[self.at] == "\\":
            self.depth += 1
            if self.depth > _DEPTH:
                raise _TooDeep
            piece = self.read_command()
            self.depth -= 1
            return [piece]
        cluster = CLUSTER.match(self.source, self.at)
        typed = cluster[0] if cluster else self.source[self.at]
        self.at += len(typed)
        return [self.put(typed)]

    def read_link(self, name: str, start: int) -> Piece:
        if name == "verb":
            mark = self.source[self.at : self.at + 1]
            end = self.source.find(mark, self.at + 1) if mark else -1
            first, self.at = (self.at + 1, end + 1) if end >= 0 else (self.at, self.at)
            return Piece(self.put(self.source[first:end] if end >= 0 else "", first).tex)
        raw, first = self.read_raw(name, start)
        address = clean_address(raw)
        if name in ("path", "nolinkurl"):
            return Piece(self.put(address, first).tex)
        refusal = explain_address(address)
        if refusal:
            self.flaw(refusal, start, "si no es un enlace, escríbalo sin «\\url»", code="enlace-no-admitido")
        words = "".join(piece.tex for piece in self.read_argument(name, start)) if name == "href" else ""
        if refusal or self.name or not address:
            return Piece(words or self.put(address, first).tex)
        target = write_address(address)
        return Piece(rf"\href{{{target}}}{{{words}}}" if words else rf"\url{{{target}}}")
