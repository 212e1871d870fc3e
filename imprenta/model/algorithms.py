"""Algorithms: steps as data, those that belong to a condition or a loop inside it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, final

from pydantic import Field, Tag

from imprenta.model.block import Block, Owing, Target, number
from imprenta.model.meaning import Line
from imprenta.model.part import SHAPE, OwnId, Part

AnyStep = Annotated[Annotated[Line, Tag("<texto>")] | Annotated["Step", Tag("<mapa>")], SHAPE]
"""A step: a sentence, or what holds other steps."""


class Step(Part):
    """A condition, a loop or a return: exactly one of its keys says which it is."""

    condition: Line | None = Field(None, alias="si", description="Condición")
    loop: Line | None = Field(None, alias="mientras", description="Condición del bucle")
    each: Line | None = Field(None, alias="para", description="Lo que recorre el bucle: cada x en L")
    repeated: list[AnyStep] | None = Field(None, alias="repetir", min_length=1, description="Pasos que se repiten")
    result: Line | None = Field(None, alias="devolver", description="Lo que se devuelve")
    steps: list[AnyStep] = Field(default_factory=list, alias="pasos", description="Los pasos de dentro")
    otherwise: list[AnyStep] = Field(default_factory=list, alias="sino", description="Los pasos si no se cumple «si»")
    until: Line | None = Field(None, alias="hasta", description="Condición con la que «repetir» acaba")

    def kinds(self) -> list[str]:
        """Return which keys say what it is; one, if it is sound."""
        named = {"si": self.condition, "mientras": self.loop, "para": self.each, "devolver": self.result}
        found = [key for key, text in named.items() if text is not None]
        return [*found, "repetir"] if self.repeated is not None else found


@final
class AlgorithmBlock(Block):
    """An algorithm in numbered steps."""

    template = "algoritmo"

    title: Line = Field(alias="algoritmo", description="Título del algoritmo")
    id: OwnId | None = Field(None, description="Identificador, para {algoritmo:…}")
    given: Line | None = Field(None, alias="entrada", description="Lo que recibe")
    found: Line | None = Field(None, alias="salida", description="Lo que da")
    steps: list[AnyStep] = Field(alias="pasos", min_length=1, description="Los pasos, en orden")

    def targets(self) -> Iterable[Target]:
        """Return its number."""
        return (number("algoritmo", self.id, self.title),)

    def owing(self) -> Iterable[Owing]:
        """Return nothing: what an algorithm does, the text around it explains."""
        return ()


Step.model_rebuild()
