r"""The characters that texts may print -> their declarations for inputenc, so that a .bbl may hold them as they are.

The texts of the data are escaped; what biber hands on is not, since it has to sort it and to make initials of it. The
signs of TeX itself are written there as stand-ins, which biber takes for any other character.
"""

from __future__ import annotations

import unicodedata
from functools import cache

from imprenta.markup.characters import COMMANDS, COMPOSED, PRINTED, RAW
from imprenta.markup.escape import escape

# The full-width forms: no text may hold them, and Unicode sorts them as what they stand for.
STAND_INS = {sign: chr(ord(sign) + 0xFEE0) for sign in r"#$%&\^_{}~"}
UNKNOWN = "\ufffd"
"""What is written for a character that the fonts do not have, of which the author is told."""
_OF_THE_KERNEL = frozenset("\u00a0\u00ad")


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
    found.append(_declare(UNKNOWN, rf"\glifoausente{{{ord(UNKNOWN):04X}}}{{{ord(UNKNOWN):04X}}}"))
    for character in sorted(PRINTED - RAW - _OF_THE_KERNEL):
        if ord(character) < 0xA0 or unicodedata.normalize("NFC", character) != character:
            continue
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
