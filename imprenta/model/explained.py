"""The words that a report explains -> what finds each of them in its texts, in the singular and in the plural."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from imprenta.model.text import Text

PLURAL = "(?:e?s)?"
FEW = 200
"""Words that one expression finds sooner than any other way would."""
_BEGINNING = re.compile(r"(?<![^\W_])(?:[^\W_]+|[^\w\s]|_)")
"""Where a word may begin: letters and digits, up to the first other sign, or one such sign."""
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


def _fold(word: str) -> str:
    """Return a word without accents and capitals."""
    return "".join(sign for sign in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(sign))


@dataclass(frozen=True)
class Finder:
    """Finds some words in a text, each as a word of its own; where several could begin, the longest.

    `forms` has for each word the expression of its forms.
    """

    forms: tuple[tuple[str, str], ...]

    def find(self, value: str) -> Iterator[tuple[str, re.Match[str]]]:
        """Yield the words that a text has, as the report explains them, with where they stand."""
        if len(self.forms) > FEW:
            yield from self._find_many(value)
        elif self.forms:
            for match in self._pattern.finditer(value):
                yield self._words[(match.lastindex or 1) - 1], match

    def _find_many(self, value: str) -> Iterator[tuple[str, re.Match[str]]]:
        """Do the same where each place of the text cannot be compared with every word: with those that begin alike."""
        end = 0
        for place in _BEGINNING.finditer(value):
            if place.start() < end:
                continue
            own = _fold(place[0])
            alike = sorted(index for size in range(len(own) + 1) for index in self._by_beginning.get(own[:size], ()))
            for index in alike:
                if match := self._pattern_of(index).match(value, place.start()):
                    yield self._words[index], match
                    end = match.end()
                    break

    @cached_property
    def _by_beginning(self) -> dict[str, list[int]]:
        """The words, by their order, under the letters that all forms of each begin with."""
        found: dict[str, list[int]] = {}
        for index, word in enumerate(self._words):
            first = _BEGINNING.match(word)
            found.setdefault(_fold(first[0])[:-1] if first else "", []).append(index)
        return found

    def _pattern_of(self, index: int) -> re.Pattern[str]:
        if index not in self._patterns:
            self._patterns[index] = re.compile(rf"(?:{self._forms_of[self._words[index]]})(?![^\W_])")
        return self._patterns[index]

    @cached_property
    def _patterns(self) -> dict[int, re.Pattern[str]]:
        return {}

    @cached_property
    def _forms_of(self) -> dict[str, str]:
        return dict(self.forms)

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
