"""The tokens of a line -> those of its first sentence, without the full stop that ends it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ABBREVIATIONS = frozenset(
    """
    adj admón afmo anón ap apdo aprox art arts av avda cap caps cf cfr cía cit col cols comp coord cta dcha dep depto
    dept doc dpto dra ed eds edo ej eq esp etc excma excmo fac fasc fig figs fol fund gob gral gte hno hnos ibid ibíd
    id íd igl impr inc ing izda izq izqda lám lic loc ltda máx mín mons mtro nac nos núm núms nro ntra obs op pág págs
    párr párrs pdo pl ppal prof profa prov proy pte pto pza rdo rec ref refs reg rep resp rev sec secc sgte sig sigs
    sra sras srta sto sta sucs supl tab tel tfno tít tom trad univ ud uds urb vda vid vol vols
    """.split()
)
"""What is written with a full stop in Spanish, besides what `is_abbreviation` tells by its form."""

_STOP = re.compile(r"\.(?=\s|$)")
_OPAQUE = "\ufffc"
"""What stands for code, a formula, a number: neither a word nor the start of a sentence."""
_NEXT = re.compile(rf"\s+[^\w\s{_OPAQUE}]*(\w)")
_WORD = re.compile(r"[\w.'’]+$")
_LINKS = frozenset("aeouy")
_VOWEL = re.compile("[aeiouáéíóúü]", re.IGNORECASE)


def is_abbreviation(word: str) -> bool:
    """Tell whether a full stop after this word may belong to it: «núm», «vs», «J», «EE», «p. ej»."""
    bare = word.strip("'’")
    doubled = len(bare) in (2, 4) and bare.isupper() and bare[: len(bare) // 2] == bare[len(bare) // 2 :]
    short = len(bare) <= 4 and bare.isalpha() and not bare.isupper() and _VOWEL.search(bare) is None
    initial = len(bare) == 1 and bare.isalpha()
    return initial or doubled or short or "." in bare or bare.lower() in ABBREVIATIONS


def end_of_sentence(before: str, after: str) -> bool:
    """Tell whether a full stop between two stretches of a line ends a sentence; in doubt it does not."""
    found = _WORD.search(before)
    word = found[0] if found is not None else ""
    if not after.strip() and word in _LINKS:
        return True  # what followed it was left out
    if is_abbreviation(word):
        return False
    following = _NEXT.match(after)
    return not after.strip() or (following is not None and following[1].isupper())


def first_sentence(words: str) -> str:
    """Return the first sentence of words without markup; all of them if they are but one."""
    for stop in _STOP.finditer(words):
        if end_of_sentence(words[: stop.start()], words[stop.end() :]):
            return words[: stop.start()]
    return words


def cut_first_sentence(tokens: Sequence[Any]) -> list[Any]:
    """Return the tokens of the first sentence; full stops in code, formulas, numbers and addresses do not count."""
    read = "".join(map(_shown, tokens))
    start = depth = 0
    for number, token in enumerate(tokens):
        shown = _shown(token)
        for stop in _STOP.finditer(shown) if token.type == "text" else ():
            at = start + stop.start()
            closing = list(_closers(tokens[number + 1 :])) if not shown[stop.end() :] else []
            if depth == len(closing) and end_of_sentence(read[:at], read[at + 1 :]):
                return [*tokens[:number], token.copy(content=shown[: stop.start()]), *closing]
        depth += token.nesting
        start += len(shown)
    return list(tokens)


def _closers(tokens: Sequence[Any]) -> Iterator[Any]:
    for token in tokens:
        if token.nesting >= 0:
            return
        yield token


def _shown(token: Any) -> str:
    """Return a token's words, or the sign for what is not words; nothing for a mark."""
    if token.type == "text":
        return str(token.content)
    return "" if token.nesting else _OPAQUE
