"""A place in a model -> what its data look like, as an author writes it: «- {nombre: Ana Rojas, apellidos: …}»."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, get_args, get_origin, get_type_hints

from imprenta.model import Part, Text
from imprenta.model.table_parts import CellRow

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

GAP = "…"
"""Stands for what the author has to think of."""
FEW = 2
"""So many keys are enough to show what a mapping is like."""
LONGEST = 40
"""Letters of what the author wrote that are shown in its new place."""
NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")


def show_shape(model: type[Part], location: Sequence[str | int], found: Any) -> str:
    """Return what should stand at a place of a model's data, made of what stands there; nothing if that is no help.

    `location` is pydantic's: keys, indexes, and the tags of unions between < >.
    """
    text = found.value.strip() if isinstance(found, Text) else ""
    text = text if "\n" not in text and len(text) <= LONGEST else ""
    steps = [step for step in location if not str(step).startswith("<")]
    if not steps:
        key = next(iter(_needed(model)), "")
        return f"{key}: {text or GAP}"
    shape = _show(_type_at(model, location), text)
    return f"- {shape}" if isinstance(steps[-1], int) else shape


def show_homes(model: type[Part], key: str) -> str:
    """Return in which of a model's keys one belongs that it does not have itself; nothing if that is vague."""
    homes: list[str] = []
    for name, kind in _fields(model):
        for member in map(_bare, _members(kind)):
            many = get_origin(member) in {list, dict}
            inside = map(_bare, _members(get_args(member)[-1])) if many else [member]
            if any(isinstance(one, type) and issubclass(one, Part) and key in set(one.keys()) for one in inside):
                homes.append(f"en un elemento de «{name}»" if many else f"en «{name}»")
    told = " o ".join(homes).replace(" o en un elemento de", " o de")
    return f"va {told}" if 0 < len(homes) <= FEW else ""


def _type_at(kind: Any, location: Sequence[str | int]) -> Any:
    """Follow a location through the types."""
    for step in location:
        members = list(_members(kind))
        if isinstance(step, str) and step.startswith("<"):
            kind = next((member for member in members if step in _tags(member)), None)
            continue
        kind = None
        for member in map(_bare, members):
            origin, inner = get_origin(member), get_args(member)
            if isinstance(step, int) and origin is list:
                kind = inner[0]
            elif isinstance(step, str) and origin is dict:
                kind = inner[1]
            elif isinstance(step, str) and isinstance(member, type) and issubclass(member, Part):
                kind = dict(_fields(member)).get(step)
    return kind


def _fields(model: type[Part]) -> Iterator[tuple[str, Any]]:
    """Yield the keys of a model that an author may write, with their types."""
    hints = get_type_hints(model, include_extras=True)
    for name, field in model.model_fields.items():
        if name != "place":
            yield field.alias or name, hints[name]


def _bare(kind: Any) -> Any:
    return get_args(kind)[0] if get_origin(kind) is Annotated else kind


def _tags(kind: Any) -> set[str]:
    marks = kind.__metadata__ if get_origin(kind) is Annotated else ()
    return {mark.tag for mark in marks if hasattr(mark, "tag")}


def _members(kind: Any) -> Iterator[Any]:
    """Yield the members of a union but None, each with its annotations; a type that is none is its own."""
    bare = _bare(kind)
    inner = [member for member in get_args(bare) if member is not type(None)]
    if get_origin(bare) in {list, dict, None} or not inner:
        yield kind
        return
    for member in inner:
        yield from _members(member)


def _show(kind: Any, text: str) -> str:
    """Return what a type's data look like; `text` goes where it fits first."""
    members = [_bare(member) for member in _members(kind)] if kind is not None else [None]
    member = members[0]
    origin, inner = get_origin(member), get_args(member)
    if origin is list:
        item = _show(inner[0], text)
        return f"[{text or GAP}]" if item in {"", GAP, text} else f"- {item}"
    if origin is dict:
        item = _show(inner[1], "")
        return f"nombre: {item or GAP}"
    if member is CellRow:
        return f"[{text or GAP}, {GAP}]"
    if isinstance(member, type) and issubclass(member, Part):
        return _show_part(member, text, FEW if len(members) == 1 else 1)
    return text or GAP


def _needed(model: type[Part]) -> list[str]:
    required = [field.alias or name for name, field in model.model_fields.items() if field.is_required()]
    return [key for key, _ in _fields(model) if key in required]


def _show_part(model: type[Part], text: str, few: int) -> str:
    """Return a mapping with the keys that it needs, and more if those are few."""
    fields, needed = dict(_fields(model)), _needed(model)
    wanted = Decimal if NUMBER.fullmatch(text) else Text
    takes = next((key for key in (*needed, *fields) if text and _takes(fields[key], wanted)), None)
    shown = [key for key in fields if key in needed or key == takes]
    shown += [key for key in fields if key not in shown][: max(0, few - len(shown))]
    rows = [f"{key}: {text if key == takes else GAP}" for key in shown]
    return rows[0] if few == 1 and len(rows) == 1 else "{" + ", ".join(rows) + "}"


def _takes(kind: Any, wanted: type) -> bool:
    """Tell whether a type takes a text or a number, or a list of them, which one may stand for."""
    bare = [_bare(member) for member in _members(kind)]
    return any(one is wanted or (get_origin(one) is list and _bare(get_args(one)[0]) is wanted) for one in bare)
