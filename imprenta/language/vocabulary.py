"""`paper/vocabulario.txt` -> the words that the author vouches for, each with its place."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from imprenta.problems import Problem, Severity, Span

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

VOCABULARY_PATH = "paper/vocabulario.txt"


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """The author's words."""

    places: Mapping[str, Span] = field(default_factory=dict)

    def find(self, word: str) -> frozenset[str]:
        """Return the words of the list by which the author vouches for a word: none if there are none.

        «clúster» in the list is good as «Clúster» and «CLÚSTER» too; «Swarm», as «SWARM» and not as «swarm». So is
        the plural of a word in the list.
        """
        singulars = [
            word[: -len(ending)] for ending in ("s", "es", "S", "ES") if word.endswith(ending) and len(word) > 4
        ]
        forms = frozenset(form for known in (word, *singulars) for form in _forms(known)) & self.places.keys()
        return forms & frozenset(_forms(word)) or forms

    def find_unused(self, used: Collection[str]) -> list[Problem]:
        """Return a problem for each word that no text has, of which `used` are those that the texts have."""
        hint = "bórrela de la lista; lo que va en *cursiva* o entre acentos graves no se revisa"
        return [
            Problem("vocabulario-sin-usar", f"ningún texto usa «{word}»", place, hint, Severity.WARNING)
            for word, place in self.places.items()
            if word not in used
        ]


def extend_vocabulary(data: bytes | None, words: Iterable[str]) -> bytes:
    """Return the bytes of the list with words after all that is in it, each in a line."""
    held = data or b""
    end = b"\r\n" if b"\r\n" in held else b"\n"
    if held and not held.endswith(b"\n"):
        held += end
    return held + b"".join(word.encode() + end for word in words)


def _forms(word: str) -> tuple[str, ...]:
    """Return a word as it may stand in the list."""
    return (word,) if word.islower() else (word, word.lower(), word.capitalize())


@lru_cache(maxsize=2)
def read_vocabulary(data: bytes | None) -> Vocabulary:
    """Turn the bytes of the list, one word a line and comments after «#», into a vocabulary; without bytes it is empty.

    Bytes that are not UTF-8 become the sign that stands for them: the word is then not found, and told so.
    """
    places: dict[str, Span] = {}
    for number, line in enumerate((data or b"").decode("utf-8-sig", "replace").splitlines(), 1):
        bare = line.partition("#")[0]
        column = 0
        for word in bare.split():
            column = bare.index(word, column)
            places.setdefault(word, Span(VOCABULARY_PATH, number, column + 1, number, column + 1 + len(word)))
            column += len(word)
    return Vocabulary(places)
