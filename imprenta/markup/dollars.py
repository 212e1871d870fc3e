"""What stands between two signs of mathematics -> whether it is a formula, text, or may have been meant as one.

Money, shell variables and regular expressions hold dollars too. What is a formula is told by what a formula is made
of; in doubt it is text, which is printed as typed and, where a formula may have been meant, told.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

from imprenta.markup.chemistry import CHEMISTRY

Verdict = Literal["formula", "text", "words", "blanks", "letters"]
"""A formula; text; or text that may be a formula, and why it is not one: words in it, blanks or letters beside it."""

_COMMAND = re.compile(r"\\[A-Za-z,;:!%|{}\\\\]|\^")
# A path of Windows, a regular expression.
_CODE = re.compile(r"(?<![A-Za-z])[A-Za-z]:\\|\.[*+?]|(?<!\w)\\\\\w+\\|\[\^|\(\?|\\[dwsbDWSB](?![A-Za-z])")
# Words in a formula are legitimate as the arguments of these.
_WITH_WORDS = re.compile(r"\\(?:text[a-z]*|mbox|math[a-z]+|operatorname\*?|begin|end)\s*\{[^{}]*\}")
_SCRIPTS = re.compile(r"[_^](?:\{[^{}]*\}|\w)")
_ANY_COMMAND = re.compile(r"\\(?:[A-Za-z]+|.)", re.DOTALL)
_WORDS = re.compile(r"[^\W\d_]{2,}\s+\w|\w[)\]]?\s+[^\W\d_]{2,}|\w\s+[yYoOeEuU]\s+[\w(]")
_NUMBER = re.compile(r"\{=[^{}]*\}")  # a number of the data
CONJUNCTIONS = ("y", "e", "o", "u", "a")
_NAME = re.compile(r"\w*[^\W\d_]{2,}_[^\W\d_]{2,}\w*")  # HOME_DIR; a subscript of several letters has braces
_LONE_SIGN = re.compile(r"[<>=≤≥≠≈~±]+")
_SIGN = re.compile(r"[=<>+*/!|%°-]")
_TIGHT_NUMBER = re.compile(r"\d[\d.,]*[^\W_]*")
# The letters before the sign of a currency: «US$», «COP$», «(R$».
_LETTERS_OF_MONEY = re.compile(r"(?:[A-Z]{2}|(?<![A-Za-z])[ACRS])$")
_WORD_COMMAND = re.compile(r"\\[A-Za-z]")  # it may hide a bracket, or miss one, which the reader of formulas tells
_NEVER = re.compile(r"[@#\"`¿¡«»“”]|(?<![\w)\]}'′§])'")  # a prime stands after something
# What nobody multiplies: «x 5», «5 6», «(a) 5»; «2 x» is a product.
_APART = re.compile(r"[^\W\d_] +\d|\d +\d|[)\]] +\d")
_BRACKETED = re.compile(r"[(\[][^()\[\]]*[)\]]")
_LAST_AMOUNT = re.compile(r"(?:(?<!\d)[,;]\s*|[,;]\s+)\d(?:,\d|[^,;=<>])*")
_CURRENCY = re.compile(r"(?:^|[\w,;.:]\s|[(\[/,;–-])[A-Z][A-Za-z]{0,3}$")
_AMOUNT = re.compile(r"[ \u00a0\u202f]?\d")
_PLAIN_SIGNS = "()[]|<>=+-*/.,:;!'%&"


def judge(inside: str, before: str, after: str) -> Verdict:
    """Judge what stands between two dollars, with the character `before` them and the two `after` ("" at the ends)."""
    if not inside.strip() or (_CODE.search(inside) and r"\begin" not in inside):
        return "text"
    inside = _NUMBER.sub("0", inside)
    has_command = _COMMAND.search(inside) is not None
    good = is_formula(inside)
    if inside[0].isspace() or inside[-1].isspace():
        is_spaced = inside[0].isspace() and inside[-1].isspace() and inside.strip() not in CONJUNCTIONS
        lone = is_spaced and not before.isalnum() and re.fullmatch(r"\s+[^\W\d](\s+|.*[=<>].*)", inside)
        return "blanks" if good and (has_command or lone) else "text"
    if _is_money(inside, before, after, has_command=has_command):
        return "text"
    if _touches(inside, before, after, has_command=has_command):
        return "letters" if good else "text"
    if good and not _NAME.fullmatch(inside) and not (inside[0] == "_" and not re.search(r"[^\W_]$|[)\]}]$", before)):
        return "formula"
    begins = inside[0] not in ",;:.)]}{"
    is_odd = has_words(inside) or "}" in inside or _APART.search(inside) is not None
    may_be_meant = good or has_command or (begins and is_odd)
    return "words" if may_be_meant else "text"


def is_formula(source: str) -> bool:
    """Tell whether a source is made as a formula is, whatever stands around it."""
    source = _NUMBER.sub("0", source.strip())
    if not source or has_words(source):
        return False
    if _NEVER.search(_bare(source)):
        return False
    if _WORD_COMMAND.search(source):
        return True
    if not _is_balanced(source):
        return False
    if "_" in source or _COMMAND.search(source):
        return True
    if not all(_may_stand(character) for character in source):
        return False
    if _APART.search(source) or _ends_in_amount(source):
        return False
    if len(source) == 1:
        return source.isalnum() or source in "<>=+-|" or unicodedata.category(source) == "Sm"
    if source[0].isdigit() and not _TIGHT_NUMBER.fullmatch(source) and not _has_sign(source):
        return False
    if source[0] in "/*:;,.)]%" or source[-1] in "/*([+-" or source.count("|") % 2:
        return False
    return not (source[-1] in ".,:;" and source[0].isdigit())


def has_operator(source: str) -> bool:
    """Tell whether a source holds what text in brackets would not: a command, a script, a sign between two things."""
    return "_" in source or _COMMAND.search(source) is not None or _has_sign(source)


def has_words(source: str) -> bool:
    """Tell whether words stand in a source as they do in prose, where a formula would run them together."""
    return _WORDS.search(_bare(source)) is not None


def _bare(source: str) -> str:
    """Return a source with neither commands nor scripts, which is what its words stand in."""
    bare = _WITH_WORDS.sub("§", CHEMISTRY.sub("§", source))
    return _SCRIPTS.sub("", _ANY_COMMAND.sub("§", bare))


def _ends_in_amount(source: str) -> bool:
    """Tell whether a list that is no equation ends in a number: «$n, 5$»."""
    while source != (source := _BRACKETED.sub("§", source)):
        pass
    match = _LAST_AMOUNT.search(source)
    return match is not None and match.end() == len(source) and not re.search("[=<>]", source)


def _has_sign(source: str) -> bool:
    return _SIGN.search(source) is not None or any(unicodedata.category(character) == "Sm" for character in source)


def _may_stand(character: str) -> bool:
    if character.isspace() or character.isalnum() or character in _PLAIN_SIGNS:
        return True
    return unicodedata.category(character) in ("Sm", "Mn") or character in "·°′″…‖†*"


def _is_balanced(source: str) -> bool:
    """Tell whether as many brackets open as close; half-open intervals mix them."""
    opened = sum(source.count(sign) for sign in "([")
    return opened == sum(source.count(sign) for sign in ")]") and source.count("{") == source.count("}")


def _is_money(inside: str, before: str, after: str, *, has_command: bool) -> bool:
    """Tell whether one of the two dollars is that of a currency."""
    if has_command:
        return False
    is_amount = inside[0].isdigit()
    if is_amount and before.isalpha():  # «US$5-10$»
        return True
    if before.isdigit() and inside[-1].isdigit():  # «5$ o 6$»
        return "_" not in inside
    if is_amount and inside[-1].isdigit() and _WORDS.search(inside):  # «$5 por hora o 40$»
        return True
    if inside[-1] in "=.,:;" and after[:1].isalnum():  # «x=$a; y=$b», «$PATH:$HOME»
        return True
    follows = _AMOUNT.match(after) is not None
    if follows and _LETTERS_OF_MONEY.search(inside) and (is_amount or _CURRENCY.search(inside)):  # «$5 + US$ 6»
        return True
    if not (inside[-1].isalpha() and _CURRENCY.search(inside)):
        return False
    if is_amount:
        return follows or not _has_sign(inside) or inside[-2:].isupper()
    return not _is_balanced(inside)


def _touches(inside: str, before: str, after: str, *, has_command: bool) -> bool:
    """Tell whether letters or figures stand beside the dollars where a formula would not have them."""
    is_script = inside[0] in "_^" or (has_command and inside[0] == "\\")
    if _LONE_SIGN.fullmatch(inside):  # «p$<$0,05»
        return False
    if before.isalnum() and not is_script:
        return True
    if before in "_$" and before:
        return True
    if after[:1].isalnum():
        return not (has_command or (is_script and before.isalnum()))
    return after[:1] in ("_", "{", "(") and not has_command
