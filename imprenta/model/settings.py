"""The part of `paper/informe.yaml` that tunes the checks: how much each problem weighs, how old a fact may be."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AfterValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from imprenta.model.meaning import Unprinted
from imprenta.model.part import Integer, Part
from imprenta.model.text import Text

WEIGHTS = ("error", "aviso", "nada")
"""What a problem can be told to be; «nada» leaves it out."""


def _check_weight(value: Any) -> Any:
    if isinstance(value, Text) and value.value not in WEIGHTS:
        expected = ", ".join(f"'{word}'" for word in WEIGHTS)
        raise PydanticCustomError("literal_error", "one of {expected} was expected", {"expected": expected})
    return value


# A Text and not a Literal, so that a check can say where in the file a code was given its weight.
Weight = Annotated[
    Text,
    AfterValidator(_check_weight),
    WithJsonSchema({"type": "string", "enum": list(WEIGHTS)}),
    Unprinted("form"),
]


class Checking(Part):
    """`comprobacion:` of the report: the author's settings of the checks."""

    weights: dict[str, Weight] = Field(
        default_factory=dict,
        alias="gravedad",
        description="Qué es cada problema, por su código: error, aviso o nada",
    )
    fresh_months: Integer | None = Field(
        None,
        alias="vigencia_meses",
        ge=1,
        le=1200,
        description="Meses que puede tener, a la fecha del informe, un dato que se da por actual",
    )
