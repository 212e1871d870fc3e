"""The alphabets of a formula -> the letters that they lack: TeX would print another sign in their place, unsaid."""

from __future__ import annotations

import re
import string

# Commands that set the letters of their argument in an alphabet of its own, and which one it is.
ALPHABETS = {name: name for name in "mathrm mathbf mathit mathsf mathtt mathcal mathbb mathfrak mathnormal".split()}
ALPHABETS["operatorname"] = "mathrm"
# Of these an alphabet such as \mathtt has a sign of its own, or another sign in the same place.
ACCENTS = frozenset("hat check tilde acute grave dot ddot breve bar vec mathring".split())

_GREEK = frozenset("Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega".split())
_LETTERS = {
    "mathcal": frozenset(string.ascii_uppercase),
    "mathbb": frozenset(string.ascii_uppercase),
    "mathfrak": frozenset(string.ascii_letters + string.digits),
}
_WORDS = {
    "mathcal": "solo tiene mayúsculas",
    "mathbb": "solo tiene mayúsculas",
    "mathfrak": "solo tiene letras y cifras",
}
_INSTEAD = {("mathbb", "1"): r"«\mathbf{1}»", ("mathbb", "k"): r"«\Bbbk»", ("mathcal", "l"): r"«\ell»"}
_OF_OWN_ALPHABET = re.compile(r"\\(?:math[a-z]+|text)\{[^{}]*\}")
_NAME_OR_LETTER = re.compile(r"\\([A-Za-z]+)|([A-Za-z0-9])")


def is_leaf(token: str) -> bool:
    """Tell whether a token of a formula is an atom by itself."""
    return token != "{" and (not token.startswith("\\") or token[1:] in _GREEK)


def find_missing_letter(alphabet: str, tex: str) -> tuple[str, str] | None:
    """Return what is wrong with the TeX of one atom set in an alphabet, and a hint; None if nothing is."""
    letters = _LETTERS.get(alphabet)
    if letters is None:
        return None
    for name, letter in _NAME_OR_LETTER.findall(_OF_OWN_ALPHABET.sub("", tex)):
        if name in _GREEK or (letter and letter not in letters):
            shown = letter or f"\\{name}"
            other = letter.upper() if letter.upper() in letters else ""
            hint = _INSTEAD.get((alphabet, shown)) or (
                rf"«\{alphabet}{{{other}}}»" if other else rf"«\mathbf{{{shown}}}»"
            )
            return rf"«\{alphabet}» {_WORDS[alphabet]}, y hay «{shown}»", f"por ejemplo, {hint}"
    return None


def write_accent(command: str, argument: str, alphabet: str) -> str:
    """Write an accent so that it is the usual one, and what stands below it of its alphabet."""
    if not alphabet or alphabet == "mathnormal":
        return command + argument
    return rf"\mathnormal{{{command}{{\{alphabet}{argument}}}}}"
