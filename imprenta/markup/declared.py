r"""The characters that texts may print -> their declarations for inputenc, so that a .bbl may hold them as they are.

The texts of the data are escaped; what biber hands on is not, since it has to sort it and to make initials of it. The
signs of TeX itself are written there as stand-ins, which biber takes for any other character.
"""

from __future__ import annotations

import unicodedata
from functools import cache

from imprenta.markup.characters import COMMANDS, COMPOSED, PRINTED, RAW
from imprenta.markup.drawn import BOXES, DRAWN, draw_accents
from imprenta.markup.escape import escape

# The full-width forms: no text may hold them, and Unicode sorts them as what they stand for.
STAND_INS = {sign: chr(ord(sign) + 0xFEE0) for sign in r"#$%&\^_{}~"}
COMMA = chr(ord(",") + 0xFEE0)
"""A comma that parts no name from another part of it."""
UNKNOWN = "\ufffd"
"""What is written for a character that the fonts do not have, of which the author is told."""
_OF_THE_KERNEL = frozenset("\u00a0\u00ad")
# Where Unicode has letters with their accents: Latin (Vietnamese too), Greek.
_ACCENTED = (*range(0x1CD, 0x234), *range(0x386, 0x3CF), *range(0x1E00, 0x2000))


@cache
def is_declared(character: str) -> bool:
    """Tell whether a .bbl may hold a character as it is."""
    return character in _declared() or character in RAW or character in COMMANDS or character in STAND_INS


@cache
def _declared() -> frozenset[str]:
    known = PRINTED | DRAWN.keys() | BOXES.keys() | {chr(code) for code in _ACCENTED if draw_accents(chr(code))}
    composed = {character for character in known if unicodedata.normalize("NFC", character) == character}
    return frozenset(composed - RAW - _OF_THE_KERNEL - {chr(code) for code in range(0xA0)})


@cache
def declare_characters() -> str:
    """Return the declarations, several a line, in TeX."""
    lines, line = [], ""
    for declaration in _declarations():
        if len(line) + len(declaration) > 110:
            lines.append(f"{line}%")
            line = ""
        line += declaration
    return "\n".join([*lines, f"{line}%"])


def _declarations() -> list[str]:
    found = [_declare(stand_in, COMMANDS[sign]) for sign, stand_in in STAND_INS.items()]
    found.append(_declare(COMMA, ","))
    found.append(_declare(UNKNOWN, rf"\glifoausente{{{ord(UNKNOWN):04X}}}{{{ord(UNKNOWN):04X}}}"))
    for character in sorted(_declared()):
        if character in COMPOSED:
            found.append(rf"\declararcompuesto{{{ord(character):04X}}}{{{character}}}")
        else:
            tex = escape(character)
            drawn = tex.removeprefix(rf"\glifo{{{ord(character):04X}}}")
            found.append(
                _declare(character, tex) if drawn == tex else rf"\declararglifo{{{ord(character):04X}}}{drawn}"
            )
    return found


def _declare(character: str, tex: str) -> str:
    return rf"\DeclareUnicodeCharacter{{{ord(character):04X}}}{{{tex}}}"
