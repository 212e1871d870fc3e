"""The author's words, the dictionary and the words vouched for -> the problems of language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from imprenta.language.dictionary import open_dictionary
from imprenta.language.passages import read_passages
from imprenta.language.spelling import find_unknown, make_speller, tell_unknown
from imprenta.language.typography import check_typography
from imprenta.language.vocabulary import VOCABULARY_PATH, read_vocabulary
from imprenta.model.once import once

if TYPE_CHECKING:
    from collections.abc import Iterable

    from imprenta.language.spelling import Speller, Spelt, Unknown
    from imprenta.model import Holder
    from imprenta.model.paper import Paper
    from imprenta.problems import Problem
    from imprenta.workspace import Workspace

NO_DICTIONARY = (
    "no se revisó la ortografía: falta un diccionario de español de hunspell (en Debian, el paquete hunspell-es)"
)
NO_DICTIONARIES = {
    "es": NO_DICTIONARY,
    "en": "no se revisó la ortografía: falta un diccionario de inglés de hunspell (en Debian, hunspell-en-us)",
}


@dataclass(frozen=True, slots=True)
class Language:
    """What was found wrong with the language; `notice` says why the spelling was not checked, if it was not."""

    problems: tuple[Problem, ...]
    unknown: tuple[Unknown, ...] = ()
    notice: str = ""


def check_language(workspace: Workspace, paper: Paper, names: frozenset[str]) -> Language:
    """Check the spelling of a report and, if it is Spanish, its typography.

    `names` are known besides: those of the bibliography (`read_names`).
    Raises Cancelled if it was called off.
    """
    language = paper.report.language
    dictionary = open_dictionary(workspace, language)
    vocabulary = read_vocabulary(workspace.read(VOCABULARY_PATH))
    speller = make_speller(dictionary, vocabulary, names)
    problems: list[Problem] = []
    spelt = []
    for file in paper.printed_files():
        workspace.check_cancelled()
        problems += _check_signs(file) if language == "es" else ()
        spelt.append(_spell(file, speller))
    unknown = find_unknown(spelt, speller)
    problems += map(tell_unknown, unknown)
    problems += vocabulary.find_unused(frozenset().union(*(one.used for one in spelt)))
    if dictionary is None:
        return Language(tuple(problems), notice=NO_DICTIONARIES[language])
    dictionary.keep()
    return Language(tuple(problems), unknown)


def read_names(works: Iterable[str]) -> frozenset[str]:
    """Return the words with a capital in authors, titles and publishers as they stand in the bibliography.

    An English title does not make its common words Spanish.
    """
    return frozenset(word for text in works for word in re.findall(r"[^\W\d_]+", text) if not word.islower())


@once
def _check_signs(file: Holder) -> tuple[Problem, ...]:
    return tuple(check_typography(read_passages(file)))


@once
def _spell(file: Holder, speller: Speller) -> Spelt:
    return speller.spell(read_passages(file))
