"""Tags: words that an author gives to parts of the report -> a part without what is not shown."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from imprenta.model.meaning import Names
from imprenta.model.part import Part, as_list
from imprenta.model.rebuilding import PartType, rebuild
from imprenta.model.text import Text

TAG = Names("etiqueta")
TagName = Annotated[Text, TAG]


class Tagged(Part):
    """What may be left out: it is printed unless one of its tags is not shown."""

    tags: Annotated[list[TagName], BeforeValidator(as_list)] = Field(
        default_factory=list, alias="etiquetas", description="Etiquetas del informe: si una no se muestra, esto no sale"
    )

    @classmethod
    def __pydantic_init_subclass__(cls, **_options: Any) -> None:
        """Put the key after those of the kind itself, where editors and the guide tell of them in order."""
        fields = cls.__pydantic_fields__
        cls.__pydantic_fields__ = {**{name: fields[name] for name in fields if name != "tags"}, "tags": fields["tags"]}

    @property
    def is_empty(self) -> bool:
        """Tell whether a list that it cannot be without has nothing in it: all of that was left out."""
        needed = (name for name, field in type(self).model_fields.items() if field.is_required())
        return any(getattr(self, name) == [] for name in needed)


def has_tag_of(tags: Iterable[Text], hidden: Collection[str]) -> bool:
    """Tell whether one of these tags is not shown."""
    return any(tag.value.strip() in hidden for tag in tags)


def leave_out(part: PartType, is_left_out: Callable[[Tagged], bool]) -> PartType | None:
    """Return a part without what is left out; None if nothing of it is left.

    It is the same object if it has nothing of the kind. What is left with nothing of all that it held goes too.
    """
    if isinstance(part, Tagged) and is_left_out(part):
        return None

    def left_of(item: Part) -> list[Part]:
        left = leave_out(item, is_left_out)
        return [] if left is None else [left]

    left = rebuild(part, left_of)
    return None if left is not part and isinstance(left, Tagged) and left.is_empty else left
