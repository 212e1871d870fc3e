"""The author's Markdown -> the plain words that a drawing shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from imprenta.model.text import Text


def plain_words(text: Text | None) -> str:
    """Return the words of a text without marks, on one line; nothing for no text."""
    if text is None:
        return ""
    from imprenta.markup import write_plain

    return " ".join(write_plain(text).split())
