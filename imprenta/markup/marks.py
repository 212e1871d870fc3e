"""The TeX of what stands at a place -> the same with the mark of that place before it, for a scope that wants it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imprenta.markup.scope import is_placed
from imprenta.model.source_map import hold

if TYPE_CHECKING:
    from imprenta.markup.scope import Scope
    from imprenta.model.text import Text
    from imprenta.problems import Span


def mark_words(text: Text, tex: str, scope: Scope) -> str:
    """Return the TeX of a text with the mark of its place, if the scope wants one and there is something to mark."""
    value = text.value
    return mark_place(text.span(len(value) - len(value.lstrip())), tex, scope)


def mark_place(place: Span, tex: str, scope: Scope) -> str:
    """Return the TeX of what stands at a place with its mark, if the scope wants one and there is something to mark."""
    return hold(scope.mark(place) + tex) if tex and is_placed(scope) else tex
