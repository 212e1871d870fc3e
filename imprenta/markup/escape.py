"""Characters -> LaTeX that prints exactly them, and the characters that the fonts do not have."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from imprenta.markup.characters import COMMANDS, COMPOSED, MATH_SYMBOLS, PRINTED, RAW, TEXT_SYMBOLS
from imprenta.markup.drawn import BOXES, DRAWN, draw_accents
from imprenta.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from imprenta.model.text import Text

# Pairs that the T1 fonts join into another character: -- << ?‘ ,, ’’ and the like.
_JOINED = re.compile("([-–,<>‘’?!])(?=[-,<>‘’])")
_SPECIAL = re.compile(r"[^A-Za-z0-9 !()*+./:;=?@\[\]|áéíóúüñÁÉÍÓÚÜÑ¿¡«»]")
# A long chain of words joined by slashes may break after a slash; «km/h» and «y/o» may not.
_SLASH = re.compile(r"(?<=\w\w\w/)(?=\w\w\w)")
# «10 %» stays on one line.
_PERCENT = re.compile(r"(?<=[0-9]) (?=\\%)")
# An address typed as text breaks like one.
_LONG_WORD = re.compile(r"\S*://\S{12,}|\S{25,}")
# What no language hyphenates may be cut anywhere, if it fits on no line: keys, sums, figures, letters without end.
_UNBREAKABLE = re.compile(r"(?=[^\s\u200b-]*?[0-9])[^\s\u200b-]{14,}|[^\s\u200b-]{24,}")
_CUT = "\x1f"
_CUT_TEX = r"\corte{}"

_CODE_WORD = re.compile(r"[^\s]{13,}")
_CODE_BREAK = re.compile(r"(?<=[/._:=&?@,;#%+\\-])(?=[^\s/._:=&?@,;#%+\\-])|(?<=[a-z]{3})(?=[A-Z][a-z])")
_LONGEST_UNBROKEN = 20
_SHORT_PIECE = 12
_NOT_IN_TYPEWRITER = re.compile(r"[Ĳĳ™]|\\glifo\{(?:2031|2120)\}\{[^{}]*\{\}\}")

# Everything but what Unicode calls a mark: a cluster is one character with its accents.
_MARKS = "\u0300-\u036f\u20d0-\u20f0"
_MARK = re.compile(f"[{_MARKS}]")
_CLUSTER = re.compile(f"[^{_MARKS}][{_MARKS}]*|[{_MARKS}]+")


def escape(value: str) -> str:
    """Return LaTeX that prints exactly the characters of `value` (line breaks and tabs as spaces)."""
    if _SPECIAL.search(value) is None and "/" not in value and _UNBREAKABLE.search(value) is None:
        return value
    # The break is inserted as a character that the table then turns into TeX.
    value = _SLASH.sub("\u200b", _LONG_WORD.sub(_break_address, normal(value)))
    value = _UNBREAKABLE.sub(lambda found: _cut(found.group()), value)
    return _PERCENT.sub("~", _JOINED.sub(r"\1{}", _guarded(value)))


def escape_code(value: str) -> str:
    """Return LaTeX for code in a typewriter face: each space counts, long words may break at their joints."""
    return escape_broken(_CODE_WORD.sub(_break_word, normal(value).expandtabs(4)))


def break_code(value: str) -> Iterator[tuple[str, bool]]:
    """Yield the characters of a line of code with the signs of where it may break, each with whether it is such."""
    return ((character, character in "\u200b\x1f") for character in _CODE_WORD.sub(_break_word, value))


def escape_broken(value: str) -> str:
    """Return LaTeX for code in which the places where it may break are told by signs already."""
    parts = [_JOINED.sub(r"\1{}", _guarded(part)) for part in value.split(" ")]
    parts = [_NOT_IN_TYPEWRITER.sub(r"\\textrm{\g<0>}", part) for part in parts]
    return r"\ ".join(parts)


def cut_endless(words: str) -> str:
    """Return plain words as LaTeX that can cut those of them that no line holds."""
    return _UNBREAKABLE.sub(lambda found: _CUT_TEX.join(found.group()), words)


def bookmark(value: str) -> str:
    """Return `value` in the form of hyperref's PDF strings, for the second argument of \\texorpdfstring."""
    return "".join(
        character if (character.isascii() and character.isalnum()) or character in " .,:;()" else _unichar(character)
        for character in _printable(value)
    )


def metadata(value: str) -> str:
    """Return `value` as the hexadecimal digits of a PDF string (UTF-16 with its mark), for \\pdfinfo{/Title <…>}."""
    return "FEFF" + _hexadecimal(_printable(value))


def find_missing_glyphs(text: Text) -> tuple[Problem, ...]:
    """Return a problem for each kind of character of `text` that the fonts do not have, at its first place."""
    if not set(text.value) - PRINTED:
        return ()
    problems: dict[str, Problem] = {}
    for start, end, cluster in _clusters(text.value):
        missing = [character for character in cluster if not has_glyph(character)]
        if missing and cluster not in problems and not draw_accents(cluster):
            problems[cluster] = Problem(
                code="caracter-sin-glifo",
                message=f"las letras del documento no tienen {_called(missing[0])}",
                place=text.span(start, end),
                hint=_remedy(cluster),
            )
    return tuple(problems.values())


def has_glyph(character: str) -> bool:
    """Tell whether the document prints this character."""
    return character in PRINTED or character in DRAWN or character in BOXES or draw_accents(character) != ""


def _remedy(cluster: str) -> str:
    """Say what to write in the place of a character that there is not."""
    plain = unicodedata.normalize("NFKC", cluster)
    if plain != cluster and plain.isprintable() and all(map(has_glyph, plain)):
        return f"escriba «{plain}»"
    kind = unicodedata.category(cluster[0])
    if kind[0] == "L":
        return "escríbalo con letras latinas, o ponga una imagen como figura"
    if kind[0] == "S":
        return "escríbalo con palabras u otro signo (→ ✓ ✗ ☐ ☑ ① ★ ● ■ ▲ sí salen), o ponga una imagen como figura"
    return "bórrelo, o escríbalo con palabras"


def _clusters(value: str) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, composed form) of each character with its accents."""
    for match in _CLUSTER.finditer(value):
        yield match.start(), match.end(), normal(match.group())


def normal(value: str) -> str:
    """Return a text with each letter and its accents as one character, where there is one."""
    return value if value.isascii() else unicodedata.normalize("NFC", value)


def _guarded(value: str) -> str:
    """Return `value` in LaTeX with the pairs of raw characters still joinable."""
    if _MARK.search(value) is not None:
        return "".join(_letter(match.group()) for match in _CLUSTER.finditer(value))
    return "".join([character if character in RAW else _character(character) for character in value])


@cache
def _letter(cluster: str) -> str:
    """Return the TeX of a character with marks that no character of Unicode holds."""
    tex = draw_accents(cluster) if len(cluster) > 1 else ""
    if tex:
        return rf"\glifo{{{_hexadecimal(cluster)}}}{{{tex}}}"
    return "".join([character if character in RAW else _character(character) for character in cluster])


@cache
def _character(character: str) -> str:
    if character in COMMANDS:
        return COMMANDS[character]
    if character == _CUT:
        return _CUT_TEX
    code = _hexadecimal(character)
    if character in COMPOSED:
        return rf"\glifo{{{code}}}{{{character}}}"
    if character in TEXT_SYMBOLS:
        return rf"\glifo{{{code}}}{{{TEXT_SYMBOLS[character]}}}"
    if character in MATH_SYMBOLS:
        return rf"\glifo{{{code}}}{{\ensuremath{{{MATH_SYMBOLS[character]}}}}}"
    if character in DRAWN:
        return rf"\glifo{{{code}}}{{\ensuremath{{{DRAWN[character]}}}}}"
    if character in BOXES:
        return rf"\glifo{{{code}}}{{\trazo{''.join(f'{{{arm}}}' for arm in BOXES[character])}}}"
    tex = draw_accents(character)
    if tex:
        return rf"\glifo{{{code}}}{{{tex}}}"
    return rf"\glifoausente{{{code}}}{{{ord(character):04X}}}"


def _hexadecimal(value: str) -> str:
    return value.encode("utf-16-be", "surrogatepass").hex().upper()


def _printable(value: str) -> str:
    """Return `value` with blanks as spaces and without control characters and stray surrogates."""
    plain = (" " if character.isspace() else character for character in normal(value))
    return "".join(character for character in plain if unicodedata.category(character) not in ("Cc", "Cs", "Cf"))


def _unichar(character: str) -> str:
    return rf'\unichar{{"{ord(character):04X}}}'


def _break_word(match: re.Match[str]) -> str:
    """Put invisible break points into a long word of code."""
    pieces = _CODE_BREAK.sub("\u200b", match.group()).split("\u200b")
    return "\u200b".join(
        "\u200b".join(_cut(piece[at : at + _LONGEST_UNBROKEN]) for at in range(0, len(piece), _LONGEST_UNBROKEN))
        for piece in pieces
    )


def _break_address(match: re.Match[str]) -> str:
    word = match.group()
    return _CODE_BREAK.sub("\u200b", word) if re.search("[/._=&]", word) else word


def _cut(piece: str) -> str:
    """Let a piece be cut between any two of its characters, where TeX finds no other way."""
    return _CUT.join(_CLUSTER.findall(piece)) if len(piece) > _SHORT_PIECE else piece


def _called(character: str) -> str:
    name = f"U+{ord(character):04X}"
    shown = character.isprintable() and not unicodedata.combining(character)
    return f"«{character}» ({name})" if shown else f"el carácter {name}"
