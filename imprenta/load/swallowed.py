"""A scalar as it was typed -> what YAML makes of it otherwise than its author thinks, in silence.

Three kinds: a `\\` between double quotes that becomes a sign nobody sees, lines of a list that a text joins to one, and
a comment that begins in the middle of a sentence.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from imprenta.load.alignment import ESCAPE
from imprenta.model.meaning import Printed, Unprinted
from imprenta.model.paper import walk_holders
from imprenta.problems import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from imprenta.model import Text
    from imprenta.model.meaning import Holder, Meaning
    from imprenta.problems import Span


class Swallowed(NamedTuple):
    """A stretch of a scalar's source, from its first character on, and what is to be said of it."""

    start: int
    end: int
    code: str
    message: str
    hint: str
    severity: Severity


BLANKS = {"n": "un salto de línea", "t": "un tabulador", "_": "un espacio"}
"""The letters that stand for a blank after a bar, and which."""
BAR_HINT = "para escribir la barra, use comillas simples: '…'; un salto de línea se escribe con «|»"
WORD = re.compile(r"\w+")
DRIVE = re.compile(r"(?:^|[^\w])[A-Za-z]:$")
SENTENCE_END = frozenset(" .,;:!?)…»\"'”’")
MARKS = (
    (re.compile(r"[-*+] +\S"), "la lista", 2),
    (re.compile(r"\d{1,2}[.)] +\S"), "la lista", 2),
    (re.compile(r"> ?\S"), "la cita en bloque", 2),
    (re.compile(r"\[\^[^\]]+\]: "), "la nota", 1),
    (re.compile(r"(?:```|~~~)"), "el código", 1),
)
"""How a block of Markdown begins its lines, what it is, and how many such lines there must be to tell it for sure."""


def find_swallowed(raw: str, style: str | None) -> Iterator[Swallowed]:
    """Yield what YAML swallows in one scalar: `raw` is its source, `style` PyYAML's."""
    if style == '"':
        yield from _find_bars(raw)
    if style != "|" and "\n" in raw:
        yield from _find_joined(raw, style)


def _find_bars(raw: str) -> Iterator[Swallowed]:
    """Yield the first escape between double quotes that was not meant as one."""
    for match in ESCAPE.finditer(raw):
        letter, sign = match[0][1:2], _sign_of(match[0])
        if sign is not None and not (sign.isprintable() or sign in "\t\n\xa0\u200b\ufeff\xad\u2060"):
            message = f"entre comillas dobles, «{match[0]}» es el carácter de control U+{ord(sign):04X}"
            yield Swallowed(*match.span(), "caracter-prohibido", message, BAR_HINT, Severity.ERROR)
            return
        if letter in BLANKS and _joins(raw, match, letter):
            message = f"entre comillas dobles, «{match[0]}» es {BLANKS[letter]}: la barra y la letra no se imprimen"
            word = WORD.match(raw, match.end())  # what is left of it is no word of its own
            end = word.end() if word else match.end()
            yield Swallowed(match.start(), end, "barra-en-comillas", message, BAR_HINT, Severity.WARNING)
            return


def _sign_of(escape: str) -> str | None:
    """Return the character that an escape of YAML's stands for, or None if it stands for the end of a line."""
    letter = escape[1:2]
    if letter in "xuU" and len(escape) > 2:
        code = int(escape[2:], 16)
        return chr(code) if code < 0x110000 else None
    named = {"0": "\0", "a": "\a", "b": "\b", "v": "\v", "f": "\f", "r": "\r", "e": "\x1b", "N": "\x85", "L": "\u2028",
             "P": "\u2029", "n": "\n", "t": "\t", "_": "\xa0"}  # fmt: skip
    return None if letter == "\n" else named.get(letter, letter)


def _joins(raw: str, escape: re.Match[str], letter: str) -> bool:
    """Tell whether an escape stands inside a word, a path or a formula, where nobody means a blank."""
    before, after = raw[1 : escape.start()], raw[escape.end() : escape.end() + 1]
    if not after.isalpha():
        return False
    if letter == "t":
        return True
    if letter == "_":
        return before[-1:].isalpha()
    if not before or before.endswith("\\n"):
        return False
    in_formula = before.count("$") % 2 == 1
    return in_formula or before[-1] not in SENTENCE_END or DRIVE.search(before) is not None


def _find_joined(raw: str, style: str | None) -> Iterator[Swallowed]:
    """Yield the first line that begins as a block of Markdown does and that YAML joins to the line before it."""
    base = 0
    start = raw.find("\n") + 1 if style == ">" else 1 if style is not None else 0
    run: list[tuple[int, str]] = []
    for line in [*raw[start:].split("\n"), ""]:
        shown = line.strip(" \t")
        base = base or len(line) - len(line.lstrip(" "))
        kept = style == ">" and line[base : base + 1] in {" ", "\t"}  # more indentation keeps a line for itself
        if shown and not kept:
            run.append((start + line.index(shown), shown))
        elif (found := _judge_run(run)) is not None:
            yield found
            return
        else:
            run = []
        start += len(line) + 1


def _judge_run(run: list[tuple[int, str]]) -> Swallowed | None:
    """Return the line that is joined to others of its kind, or to what announces it; None if all is prose."""
    for mark, what, needed in MARKS:
        begun = [number for number, (_, line) in enumerate(run) if mark.match(line)]
        joined = next((number for number in begun if number > 0), 0)
        if joined and (len(begun) >= needed or run[joined - 1][1].endswith(":")):
            start, line = run[joined]
            message = f"YAML une esta línea a la anterior: {what} se pierde"
            hint = "un texto con listas, citas en bloque o código se escribe con «|», que conserva las líneas"
            return Swallowed(start, start + len(line), "lineas-unidas", message, hint, Severity.WARNING)
    return None


def tell_comments(part: Holder, comments: Mapping[int, tuple[Span, bool]]) -> list[Problem]:
    """Tell of comments that may be the rest of a sentence: one blank alone stands between them and a text.

    `comments` are those of the tree (`Tree`). As linters of YAML have it, two blanks or more make a
    comment. A single word is a name, a code or a unit more often than not, and may have a comment after one blank,
    unless it is but a letter that begins a paragraph, a title or a cell, «C # y Java», or a number follows: «Anexo #1».
    """
    message = "lo que sigue a « #» es un comentario y no se imprime"
    hint = "si es parte del texto, va entre comillas; un comentario se separa con dos espacios o más"
    return [
        Problem("comentario-en-texto", message, comments[id(text)][0], hint, Severity.WARNING)
        for holder in walk_holders([part])
        for meaning, text in holder.meant()
        if id(text) in comments and _is_prose(meaning, text, number=comments[id(text)][1])
    ]


def _is_prose(meaning: Meaning, text: Text, *, number: bool) -> bool:
    letter = len(text.value) == 1 and isinstance(meaning, Printed) and meaning.role in {"block", "cell", "heading"}
    sentence = isinstance(meaning, Printed) or (isinstance(meaning, Unprinted) and meaning.kind in {"reason", "term"})
    return letter or (sentence and (number or " " in text.value.strip()))
