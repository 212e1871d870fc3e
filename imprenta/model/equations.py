"""Equations that are blocks: one with its number, or several aligned, each with its own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import final

from pydantic import Field

from imprenta.model.block import Displayed, Placing, Target, number
from imprenta.model.meaning import Equation, EquationRow
from imprenta.model.part import Boolean, OwnId


class Numbered(Placing):
    """The base of a formula that has a number of its own, unless it is told to have none."""

    formula: Equation = Field(alias="ecuacion", description="La fórmula, sin signos de dólar; admite & y \\\\")
    id: OwnId | None = Field(None, description="Identificador, para {ecuacion:…}")
    numbered: Boolean = Field(True, alias="numerada", description="Si lleva número")

    def targets(self) -> Iterable[Target]:
        """Return its number."""
        return (number("ecuacion", self.id, self.formula),) if self.numbered else ()


@final
class EquationBlock(Numbered, Displayed):
    """A displayed formula with one number."""

    template = "ecuacion"


@final
class EquationLine(Numbered):
    """A line of a system of equations, with its own number."""

    formula: EquationRow = Field(alias="ecuacion", description="La fórmula del renglón; & marca dónde se alinea")


@final
class EquationsBlock(Displayed):
    """Equations one under another, aligned, each with its number."""

    template = "ecuaciones"

    lines: list[EquationLine] = Field(alias="ecuaciones", min_length=1, description="Los renglones, en orden")

    def targets(self) -> Iterable[Target]:
        """Return nothing: its lines have the numbers."""
        return ()
