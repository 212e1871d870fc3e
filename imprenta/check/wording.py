"""A text -> its words, and whether a term is among them whatever its accents, capitals and number."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from imprenta.markup import write_plain, write_strong

if TYPE_CHECKING:
    from collections.abc import Sequence

    from imprenta.markup import Expression
    from imprenta.model import Text


class _AnyNumber:
    """A scope for counting words: every computed number is one of them."""

    def number(self, expression: Expression) -> str:
        del expression
        return "0"

    def sources(self, names: tuple[str, ...]) -> tuple[str, ...]:
        return names


ANY_NUMBER = _AnyNumber()


@lru_cache(maxsize=4096)
def plain_words(text: Text) -> str:
    """Return what a text prints, without its citations; a computed number is one digit."""
    return write_plain(text, ANY_NUMBER)


def count_words(words: str) -> int:
    """Return how many words there are: runs between blanks with some letter or digit."""
    return sum(any(character.isalnum() for character in run) for run in words.split())


@lru_cache(maxsize=4096)
def fold(words: str) -> tuple[str, ...]:
    """Return the words in lower case and without accents."""
    bare = unicodedata.normalize("NFD", words.casefold())
    return tuple(re.findall(r"[^\W_]+", "".join(c for c in bare if unicodedata.category(c) != "Mn")))


SAYS_NOTHING = {(), ("no", "aplica"), ("no", "procede"), ("n", "a")}
"""What a cell that states nothing says, as folded words; a dash has none."""


def says_something(cell: Text) -> bool:
    """Tell whether a cell has any word or number that states something."""
    return fold(plain_words(cell)) not in SAYS_NOTHING


def names_term(words: str, term: str) -> bool:
    """Tell whether words name a term; ` | ` parts its alternatives.

    The words of a term stand together and in order; singular and plural are the same.
    """
    found = fold(words)
    return any(_contains(found, fold(alternative)) for alternative in term.split("|"))


def _contains(found: Sequence[str], wanted: Sequence[str]) -> bool:
    if not wanted:
        return False
    return any(
        all(_same(found[start + offset], word) for offset, word in enumerate(wanted))
        for start in range(len(found) - len(wanted) + 1)
    )


def _same(first: str, second: str) -> bool:
    if first == second:
        return True
    short, long = sorted((first, second), key=len)
    return len(short) > 2 and long in (f"{short}s", f"{short}es")


@lru_cache(maxsize=4096)
def bold_passages(text: Text) -> tuple[str, ...]:
    """Return the passages of a text that are set in bold."""
    return write_strong(text, ANY_NUMBER)
