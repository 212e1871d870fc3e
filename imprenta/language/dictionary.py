"""A hunspell dictionary of a language -> whether a word is in it, and words that are near it."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from imprenta.workspace import BUILD_FOLDER, content_hash

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from imprenta.workspace import Workspace

FOLDERS = ("/usr/share/hunspell", "/usr/local/share/hunspell", "/opt/homebrew/share/hunspell", "/usr/share/myspell")
NAMES = {"es": ("es_CO", "es_ES", "es"), "en": ("en_US", "en_GB", "en")}
"""The dictionaries of each language, the best first."""
CACHE_PATH = f"{BUILD_FOLDER}/spelling.json"
RECIPE = "1"
"""Goes up when `_slips` yields other words, so that no suggestion of before is believed."""

_VOWELS = {"a": "á", "e": "é", "i": "í", "o": "ó", "u": "úü", "n": "ñ"}
_BARE = {accented: bare for bare, forms in _VOWELS.items() for accented in forms}
# What sounds alike and is taken for one another.
_ALIKE = (("b", "v"), ("c", "s"), ("c", "z"), ("s", "z"), ("g", "j"), ("ll", "y"), ("y", "ll"), ("x", "s"), ("qu", "k"),
          ("k", "qu"), ("c", "k"), ("", "h"), ("h", ""), ("cc", "c"), ("c", "cc"), ("n", "m"))  # fmt: skip
# Words that are often written together with their neighbour.
_SMALL = frozenset("a al con de del e el en la las lo los no o para por que se si sin su sus u un una y".split())
_LETTERS = "aeosrnidlctumpbgvyqhfzjñxkwáéíóúü"


class Dictionary:
    """The dictionary of this machine, with what earlier runs learnt from it; only a new word makes it be loaded."""

    def __init__(self, workspace: Workspace, folder: str, name: str, mark: str) -> None:
        self.workspace = workspace
        self.folder = folder
        self.name = name
        self.mark = mark
        self.kept = _read_cache(workspace, mark)
        self.asked: dict[str, bool] = {}
        self.near: dict[str, list[str]] = {}

    def has(self, word: str) -> bool:
        """Tell whether a word is in the dictionary as it is written."""
        if word not in self.asked:
            kept = self.kept["palabras"].get(word)
            self.asked[word] = kept if isinstance(kept, bool) else self.spell(word)
        return self.asked[word]

    def suggest(self, word: str) -> list[str]:
        """Return up to three words of the dictionary that one slip of the hand or of the ear parts from a word."""
        if word not in self.near:
            kept = self.kept["parecidas"].get(word)
            self.near[word] = kept if isinstance(kept, list) else self._find_near(word)
        return self.near[word]

    def keep(self) -> None:
        """Write what this run asked, for the next one."""
        kept = {"diccionario": self.mark, "palabras": dict(self.asked), "parecidas": dict(self.near)}
        if kept != self.kept:
            self.workspace.keep(CACHE_PATH, json.dumps(kept, ensure_ascii=False, sort_keys=True))
            self.kept = kept

    @property
    def spell(self) -> Callable[[str], bool]:
        """The dictionary itself."""
        return _load(self.folder, self.name)

    def _find_near(self, word: str) -> list[str]:
        found: dict[str, None] = {}
        spell = self.spell
        for candidate in _slips(word):
            if candidate not in found and candidate != word and all(map(spell, candidate.split())):
                found[candidate] = None
                if len(found) == 3:
                    break
        return list(found)


@lru_cache(maxsize=2)
def _load(folder: str, name: str) -> Callable[[str], bool]:
    from hunspell import Hunspell

    spell: Callable[[str], bool] = Hunspell(name, hunspell_data_dir=folder).spell
    return spell


def open_dictionary(workspace: Workspace, language: str = "es") -> Dictionary | None:
    """Return the dictionary of a language that the system has, or None; the one of the last time, if it is the same."""
    for folder in FOLDERS:
        for name in NAMES[language]:
            stamps = tuple(workspace.stamp(f"{folder}/{name}{suffix}") for suffix in (".dic", ".aff"))
            if None not in stamps and (found := _open(workspace, folder, name, stamps)) is not None:
                return found
    return None


@lru_cache(maxsize=2)
def _open(workspace: Workspace, folder: str, name: str, _stamps: tuple[str | None, ...]) -> Dictionary | None:
    words = workspace.read_installed(f"{folder}/{name}.dic")
    rules = workspace.read_installed(f"{folder}/{name}.aff")
    return Dictionary(workspace, folder, name, content_hash(words, rules, RECIPE)) if words and rules else None


def _read_cache(workspace: Workspace, mark: str) -> dict[str, Any]:
    """Return what an earlier run kept of this very dictionary."""
    kept: Any
    try:
        kept = json.loads(workspace.read(CACHE_PATH) or b"{}")
    except ValueError:
        kept = {}
    if isinstance(kept, dict) and kept.get("diccionario") == mark:
        words, near = kept.get("palabras"), kept.get("parecidas")
        if isinstance(words, dict) and isinstance(near, dict):
            return {"diccionario": mark, "palabras": words, "parecidas": near}
    return {"diccionario": mark, "palabras": {}, "parecidas": {}}


def _slips(word: str) -> Iterator[str]:
    """Yield the words that one slip parts from a word, the likeliest first."""
    places = range(len(word))
    for at in places:  # an accent too few or too many, an accent in another place
        for letter in _VOWELS.get(word[at], _BARE.get(word[at], "")):
            yield word[:at] + letter + word[at + 1 :]
    bare = "".join(_BARE.get(letter, letter) for letter in word)
    for at in places:
        for letter in _VOWELS.get(bare[at], ""):
            yield bare[:at] + letter + bare[at + 1 :]
    for wrong, right in dict.fromkeys((*_ALIKE, *((right, wrong) for wrong, right in _ALIKE))):
        at = word.find(wrong)
        while at >= 0 and at < len(word) + (not wrong):
            yield word[:at] + right + word[at + len(wrong) :]
            at = word.find(wrong, at + 1)
    for at in places[1:]:
        if word[:at] in _SMALL or word[at:] in _SMALL:
            yield f"{word[:at]} {word[at:]}"
    for at in places[:-1]:
        yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    for at in places:
        yield word[:at] + word[at + 1 :]
    for letter in _LETTERS:
        for at in range(len(word) + 1):
            yield word[:at] + letter + word[at:]
    for letter in _LETTERS:
        for at in places:
            yield word[:at] + letter + word[at + 1 :]
