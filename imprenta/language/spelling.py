"""Spanish prose -> the words that no dictionary has, each once a report, with words that are near them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from imprenta.problems import Problem, Severity, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from imprenta.language.dictionary import Dictionary
    from imprenta.language.prose import Prose
    from imprenta.language.vocabulary import Vocabulary
    from imprenta.problems import Span

SUGGESTED = 20
"""How many distinct words get suggestions, which take some hundredths of a second each."""

LONGEST = 60
"""Letters of the longest run that is looked at: to look for what is near a longer one takes seconds."""

# What stands between blanks. Inside it, a point, a digit, «_», «=», «@» and the like make it a name of a machine's.
_RUN = re.compile(r"[^\s\ufffc…«»“”‘()\[\],;!?¿¡]+")
_MACHINE = re.compile(r"[\d_=@#$%&*+<>{}|^~\\`²³¹⁰-ₜ¼-¾]|[^\W\d_][.:][^\W\d_]|^[-./~]|/.*/|--")
_PART = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
# Capitals alone, with or without the s of an English plural; a capital inside a word, as in DaemonSet or kOps.
_ACRONYM = re.compile(r"[^\W\d_a-zà-ÿ]+s?|.*[^\W\d_A-ZÀ-Þ].*[A-ZÀ-Þ].*")
_ABBREVIATIONS = frozenset(
    "admón aprox apdo art arts av avda cap caps cf cía cta dcha depto dpto dr dra ed ej etc excmo fig figs ing izda "
    "lic máx mín núm núms pág págs párr pl pp prof ref sec secc sig sigs sr sra srta ss tab tel trad uds ud vol vols "
    "vs".split()
)
# Prefixes that nothing else begins with: «sub» and «re» would let «subrallar» and «reusar» pass.
_PREFIXED = re.compile(
    r"(?:anti|auto|extra|hiper|infra|inter|intra|macro|micro|mini|multi|pseudo|super|tele|ultra)(.{4,})"
)
# The accent tells that pronouns stand behind the verb; infinitives and gerunds are in the dictionary with theirs.
_IMPERATIVE = re.compile(r"([^áéíóú]*[áéíóú][^áéíóú]+[aen])(?:se|me|te|nos)?(?:l[aeo]s?|se|me|nos)")
_ACCENTS = dict(zip("aeiou", "áéíóú", strict=True))
_WITHOUT_ACCENT = str.maketrans("áéíóú", "aeiou")
_UNITS = frozenset("mm cm dm km kg mg hg ml cl dl ms ns min seg hab kbit bit lm rad".split())


@dataclass(frozen=True, slots=True)
class Unknown:
    """A word that nobody knows, as it first stands in the report, and where; how often it is there in all.

    `near` are known words that may be meant; `forms` is what a list of words would have to hold: the word without a
    capital, unless it never stands without.
    """

    word: str
    place: Span
    times: int
    near: tuple[str, ...]
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A word that nobody knows: the part of it that is unknown, where it begins and ends in a prose."""

    word: str
    part: str
    prose: Prose
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Spelt:
    """What the spelling of some prose comes to: the words that nobody knows, and those of the author's list in it."""

    doubtful: tuple[Doubtful, ...]
    used: frozenset[str]


class Speller:
    """Whoever knows words: the dictionary, if there is one, the author's list, the bibliography (`names`).

    A report says the same few thousand words over and over: each run of letters is judged once.
    """

    def __init__(self, dictionary: Dictionary | None, vocabulary: Vocabulary, names: frozenset[str]) -> None:
        """Start with nothing judged."""
        self.dictionary = dictionary
        self.vocabulary = vocabulary
        self.names = names
        self._judged: dict[str, tuple[list[tuple[str, str, int, int]], frozenset[str]]] = {}

    def spell(self, passages: Iterable[Prose]) -> Spelt:
        """Judge the words of some prose. Without a dictionary, only what it has of the author's list is found out."""
        doubtful: list[Doubtful] = []
        used: set[str] = set()
        for prose in passages:
            for run in _RUN.finditer(prose.words):
                judged = self._judged.get(run[0])
                if judged is None:
                    own: set[str] = set()
                    judged = self._judged[run[0]] = (list(self._find_unknown(run[0], own)), frozenset(own))
                used |= judged[1]
                at = run.start()
                doubtful += [Doubtful(word, part, prose, at + start, at + end) for word, part, start, end in judged[0]]
        return Spelt(tuple(doubtful), frozenset(used))

    def _find_unknown(self, run: str, used: set[str]) -> Iterator[tuple[str, str, int, int]]:
        """Yield the words of a run that nobody knows, each with its first unknown part, its start and its end.

        A compound is good if all its parts are, or if the author vouches for the whole. What is longer than any word
        is a name of a machine's, or no word at all. What it has of the author's list is noted in `used`.
        """
        composed = unicodedata.normalize("NFC", run)
        if composed != run:  # an accent may stand apart from its letter in the author's file
            for word, part, start, end in self._find_unknown(composed, used):
                yield word, part, _offset(run, start), _offset(run, end)
            return
        shown = run.rstrip(".:-'’\"/")
        if len(shown) > LONGEST:
            return
        if shown.isalpha() and shown.islower() and self.dictionary is not None and self.dictionary.has(shown):
            used |= self.vocabulary.find(shown)
            return
        if _MACHINE.search(shown):
            return
        for match in _WORD.finditer(shown):
            if vouched := self.vocabulary.find(match[0]):
                used |= vouched
                continue
            unknown = [
                part[0]
                for part in _PART.finditer(match[0])
                if not _is_passed(part[0], run, match.start() + part.start()) and not self._knows(part[0], used)
            ]
            if unknown:
                yield match[0], unknown[0], match.start(), match.end()

    def _knows(self, part: str, used: set[str]) -> bool:
        vouched = self.vocabulary.find(part)
        used |= vouched
        return bool(vouched) or self.dictionary is None or part in self.names or _has(self.dictionary, part)


@lru_cache(maxsize=1)
def make_speller(dictionary: Dictionary | None, vocabulary: Vocabulary, names: frozenset[str]) -> Speller:
    """Return who knows these words, with what it judged already."""
    return Speller(dictionary, vocabulary, names)


def find_unknown(spelt: Iterable[Spelt], speller: Speller) -> tuple[Unknown, ...]:
    """Return the words that nobody knows, each once, in their order; nothing without a dictionary."""
    dictionary = speller.dictionary
    if dictionary is None:
        return ()
    met: dict[str, list[Doubtful]] = {}
    for doubtful in (doubtful for one in spelt for doubtful in one.doubtful):
        met.setdefault(doubtful.word.lower(), []).append(doubtful)
    unknown = []
    for number, (low, (first, *others)) in enumerate(met.items()):
        near = _suggestions(first, dictionary, speller.vocabulary) if number < SUGGESTED else []
        written = tuple(dict.fromkeys(one.word for one in (first, *others)))
        place = first.prose.span(first.start, first.end)
        forms = (low,) if low in written else written
        unknown.append(Unknown(first.word, place, 1 + len(others), tuple(near), forms))
    return tuple(unknown)


def _offset(run: str, composed: int) -> int:
    """Return the offset in a run of what stands at an offset of its composed form."""
    at = 0
    while at < len(run) and len(unicodedata.normalize("NFC", run[:at])) < composed:
        at += 1
    while at < len(run) and unicodedata.combining(run[at]):
        at += 1
    return at


def _has(dictionary: Dictionary, word: str) -> bool:
    """Tell whether a word is right; one with capitals may be the beginning of a sentence."""
    low = word.lower()
    if dictionary.has(low) or (low != word and dictionary.has(word)):
        return True
    if not any(dictionary.has(base) for base in _bases(low)):
        return False
    # «multiples» is no multitude of «ples»: it lacks its accent.
    accented = (low[:at] + _ACCENTS[low[at]] + low[at + 1 :] for at in range(len(low)) if low[at] in _ACCENTS)
    return not any(dictionary.has(form) for form in accented)


def _bases(word: str) -> Iterator[str]:
    """Yield what Spanish grammar makes a word of, where the dictionary does not: «multizona», «corríjalas»."""
    prefixed = _PREFIXED.fullmatch(word)
    if prefixed is not None:
        base = prefixed[1]
        if not base.startswith("r"):
            yield base
        elif base.startswith("rr"):  # «autorregulado», and not «autoregulado»
            yield base[1:]
    imperative = _IMPERATIVE.fullmatch(word)
    if imperative is not None:
        yield imperative[1].translate(_WITHOUT_ACCENT)


def _is_passed(word: str, run: str, start: int) -> bool:
    """Tell whether a word is a letter, an acronym, a unit, or an abbreviation with its point."""
    if len(word) == 1 or word in _UNITS or _ACRONYM.fullmatch(word):
        return True
    return run.startswith(".", start + len(word)) and word.lower() in _ABBREVIATIONS


def tell_unknown(case: Unknown) -> Problem:
    """Return the problem of a word that nobody knows."""
    message = f"«{case.word}» no está en el diccionario"
    if case.times > 1:
        times = "una vez más" if case.times == 2 else f"{case.times - 1} veces más"
        message += f" (y sale {times} en el informe)"
    rest = (
        "si está bien escrita, añádala a paper/vocabulario.txt («words --add» lo hace); "
        "si no es española, póngala en *cursiva*"
    )
    meant = " o ".join(f"«{word}»" for word in case.near)
    hint = f"¿{meant}? {rest[0].upper()}{rest[1:]}" if meant else rest
    return Problem("palabra-desconocida", message, case.place, hint, Severity.WARNING)


def _suggestions(case: Doubtful, dictionary: Dictionary, vocabulary: Vocabulary) -> list[str]:
    """Return up to three words that may be meant: the dictionary's, or else the nearest of the author's."""
    near = dictionary.suggest(case.part.lower())
    if case.part[0].isupper():
        near = [word[0].upper() + word[1:] for word in near]
    if near:
        return [case.word.replace(case.part, word, 1) for word in near]
    own = nearest(case.word, vocabulary.places) if len(case.word) > 3 else None
    return [own] if own is not None else []
