"""The author's Markdown -> the plain words that a drawing shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from imprenta.markup import Scope
    from imprenta.model.text import Text


def plain_words(text: Text | None, scope: Scope | None = None) -> str:
    """Return the words of a text without marks, on one line; nothing for no text.

    Without `scope` what is worked out stays as it was typed: what is drawn has nothing of the kind.
    """
    if text is None:
        return ""
    from imprenta.markup import write_plain

    return " ".join(write_plain(text, scope).split())
