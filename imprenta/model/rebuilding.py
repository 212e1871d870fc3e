"""A part of the report, and what stands for each part in it -> the same part with those in its lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from imprenta.model.meaning import read_meanings
from imprenta.model.part import Part

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

PartType = TypeVar("PartType", bound=Part)


def rebuild(part: PartType, stands_for: Callable[[Part], Sequence[Part]]) -> PartType:
    """Return a part in whose lists other parts stand for some; the same object if each stands for itself."""
    changed: dict[str, Any] = {}
    for name in read_meanings(type(part)):
        value = getattr(part, name)
        if isinstance(value, list):
            found = [new for item in value for new in (stands_for(item) if isinstance(item, Part) else [item])]
            if len(found) != len(value) or any(new is not item for new, item in zip(found, value, strict=True)):
                changed[name] = found
    return part.model_copy(update=changed) if changed else part
