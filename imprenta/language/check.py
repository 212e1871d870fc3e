"""The author's Spanish, the dictionary and the words vouched for -> the problems of language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from imprenta.language.dictionary import open_dictionary
from imprenta.language.passages import read_passages
from imprenta.language.spelling import check_spelling
from imprenta.language.typography import check_typography
from imprenta.language.vocabulary import VOCABULARY_PATH, read_vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable

    from imprenta.model.paper import Paper
    from imprenta.problems import Problem
    from imprenta.workspace import Workspace

NO_DICTIONARY = (
    "no se revisó la ortografía: falta un diccionario de español de hunspell (en Debian, el paquete hunspell-es)"
)


@dataclass(frozen=True, slots=True)
class Language:
    """What was found wrong with the language; `notice` says why the spelling was not checked, if it was not."""

    problems: tuple[Problem, ...]
    notice: str = ""


def check_language(workspace: Workspace, paper: Paper, works: Iterable[str]) -> Language:
    """Check the spelling and the typography of a report's Spanish.

    `works` are the authors, titles and publishers of the bibliography, as they stand there: their names are known.
    Raises Cancelled if it was called off.
    """
    passages = read_passages(paper)
    workspace.check_cancelled()
    dictionary = open_dictionary(workspace)
    vocabulary = read_vocabulary(workspace.read(VOCABULARY_PATH))
    problems = check_typography(passages)
    workspace.check_cancelled()
    problems += check_spelling(passages, dictionary, vocabulary, _names(works))
    problems += vocabulary.find_unused()
    if dictionary is None:
        return Language(tuple(problems), NO_DICTIONARY)
    dictionary.keep()
    return Language(tuple(problems))


def _names(works: Iterable[str]) -> frozenset[str]:
    """Return the words with a capital: an English title does not make its common words Spanish."""
    return frozenset(word for text in works for word in re.findall(r"[^\W\d_]+", text) if not word.islower())
