"""The notes of a table -> the letters that call them, and their texts below it in the order of the calls."""

from __future__ import annotations

from string import ascii_lowercase
from typing import TYPE_CHECKING

from imprenta.markup import write_inline

if TYPE_CHECKING:
    from collections.abc import Mapping

    from imprenta.model import Text
    from imprenta.tables.scope import TableScope


class Notes:
    """Gives each note the next letter when it is called first."""

    def __init__(self, texts: Mapping[str, Text]) -> None:
        """Begin with no note called."""
        self.texts = texts
        self.called: dict[str, str] = {}

    def call(self, name: str) -> str:
        """Return the raised letter that calls a note; nothing for one that is not there."""
        if name not in self.texts:
            return ""
        count = len(self.called)
        letter = ascii_lowercase[count % 26] * (1 + count // 26)
        return rf"\textsuperscript{{{self.called.setdefault(name, letter)}}}"

    def hang(self, name: str) -> str:
        """Return the same so that it takes no room: beside a number that is aligned with others."""
        tex = self.call(name)
        return rf"\rlap{{{tex}}}" if tex else ""

    def write(self, scope: TableScope) -> str:
        """Return the texts of the notes that were called, each after its letter."""
        return " ".join(
            rf"\textsuperscript{{{letter}}}\,{write_inline(self.texts[name], scope)}"
            for name, letter in self.called.items()
        )
