"""The words that a report explains -> what finds each of them in its texts, in the singular and in the plural."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from imprenta.model.text import Text

PLURAL = "(?:e?s)?"
_WITHOUT_ACCENT = dict(zip("áéíóú", "aeiou", strict=True))
_WITH_ACCENT = dict(zip("aeiou", "áéíóú", strict=True))
_ESDRUJULA = re.compile(r"(.*[^aeiouáéíóú]|)([aeiou])([^aeiouáéíóú]+[aeiou]n)")


def abbreviation_forms(word: str) -> str:
    """Return the expression of an abbreviation, as it is typed or with the ending of a plural."""
    return re.escape(word) + PLURAL


def term_forms(term: str) -> str:
    """Return the expression of a term of one or several words, each of which may be in the plural.

    It may begin with a capital or without, whichever way the author explains it.
    """
    first, *others = term.split()
    words = [rf"[{re.escape(first[0].lower())}{re.escape(first[0].upper())}]{_number_forms(first, skipped=1)}"]
    return r"\s+".join([*words, *map(_number_forms, others)])


def _number_forms(word: str, *, skipped: int = 0) -> str:
    """Return the expression of a word in both numbers, without its first letters (Nueva gramática, RAE 2009, § 3.2).

    An accent goes with the plural (avión, aviones) or comes with it (imagen, imágenes), and z becomes c (luz, luces).
    """
    forms = [re.escape(word[skipped:]) + PLURAL]
    if word[-1:] in "ns" and word[-2:-1] in _WITHOUT_ACCENT:
        forms.append(re.escape(word[skipped:-2] + _WITHOUT_ACCENT[word[-2]] + word[-1]) + "es")
    if stressed := _ESDRUJULA.fullmatch(word):
        forms.append(re.escape(f"{stressed[1]}{_WITH_ACCENT[stressed[2]]}{stressed[3]}"[skipped:]) + "es")
    if word.endswith("z"):
        forms.append(re.escape(word[skipped:-1]) + "ces")
    return f"(?:{'|'.join(forms)})"


@dataclass(frozen=True)
class Finder:
    """Finds some words in a text, each as a word of its own; where several could begin, the longest.

    `forms` has for each word the expression of its forms.
    """

    forms: tuple[tuple[str, str], ...]

    def find(self, value: str) -> Iterator[tuple[str, re.Match[str]]]:
        """Yield the words that a text has, as the report explains them, with where they stand."""
        if self.forms:
            for match in self._pattern.finditer(value):
                yield self._words[(match.lastindex or 1) - 1], match

    @cached_property
    def _words(self) -> list[str]:
        return sorted((word for word, _ in self.forms), key=lambda word: (-len(word), word))

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        forms = dict(self.forms)
        return re.compile(rf"(?<![^\W_])(?:{'|'.join(f'({forms[word]})' for word in self._words)})(?![^\W_])")


@dataclass(frozen=True, slots=True)
class Explanation:
    """What explains a word: what an abbreviation means, or the name of the place where a term is defined."""

    meaning: Text | None = None
    anchor: str = ""


NO_WORDS = Finder(())


@dataclass(frozen=True)
class FirstUses:
    """The words that each text is the first to use, with what explains them; `finder` knows all words."""

    finder: Finder = NO_WORDS
    words: Mapping[Text, Mapping[str, Explanation]] = field(default_factory=dict)

    def tell(self, path: str = "") -> str:
        """Return what these uses are in the texts of a file, or in all: nothing, if they use no word first.

        Texts are told whole: `words` is asked by them, so that uses of other texts are other uses.
        """
        found = [(text, dict(words)) for text, words in self.words.items() if text.path == path or not path]
        return f"{self.finder.forms!r} {found!r}" if found else ""


NO_USES = FirstUses()


def in_alphabet(words: Iterable[str]) -> list[str]:
    """Return words in the order of the Spanish alphabet: ñ after n, and an accent counts only between equals."""
    return sorted(words, key=_alphabetical)


def _alphabetical(word: str) -> tuple[str, str]:
    composed = unicodedata.normalize("NFC", word.casefold()).replace("ñ", "n\U0010ffff")
    letters = unicodedata.normalize("NFD", composed)
    return "".join(letter for letter in letters if not unicodedata.combining(letter)), word
