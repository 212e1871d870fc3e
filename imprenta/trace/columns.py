"""A line of the author's and a word that it prints -> the columns of the word in that line."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from imprenta.problems import Span
from imprenta.trace.letters import letters_of_text, occurrences

if TYPE_CHECKING:
    from collections.abc import Callable

LINES_OF_CITATION = 4


@dataclass(frozen=True)
class AuthorRows:
    """The author's files as they are now; `read` returns the bytes of one, or None."""

    read: Callable[[str], bytes | None]
    _rows: dict[str, list[str]] = field(default_factory=dict)

    def row(self, path: str, line: int) -> str:
        """Return a line, or nothing if there is none."""
        if path not in self._rows:
            self._rows[path] = (self.read(path) or b"").decode("utf-8-sig", "replace").splitlines()
        rows = self._rows[path]
        return rows[line - 1] if 1 <= line <= len(rows) else ""

    def find_citation(self, place: Span, key: str) -> Span | None:
        """Return where a key is cited on the line of a place or soon after: one citation may run over lines."""
        keys = "|".join(re.escape(unicodedata.normalize(form, key)) for form in ("NFC", "NFD"))
        for line in range(place.line, place.line + LINES_OF_CITATION):
            if match := re.search(rf"(?<![\w-])(?:{keys})(?![\w-])", self.row(place.path, line)):
                return Span(place.path, line, match.start() + 1, line, match.end() + 1)
        return None

    def narrow(self, place: Span, word: str, before: int) -> Span:
        """Return the place of a word in the stretch that begins at a place; that place itself if it is not there.

        `word` is in letters as they are compared; `before` is about how many letters stand between the start of the
        stretch and the word, which chooses between words that are the same.
        """
        letters = letters_of_text([self.row(place.path, place.line)])
        start = sum(column < place.column for column in letters.columns)
        found = list(occurrences(letters.text, word, start, len(letters.text))) if word else []
        if not found:
            return place
        at = min(found, key=lambda at: abs(at - start - before))
        end = letters.columns[at + len(word) - 1] + 1
        return Span(place.path, place.line, letters.columns[at], place.line, end)
