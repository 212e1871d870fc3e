"""Equations that are blocks: one with its number, or several aligned, each with its own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import final

from pydantic import Field

from imprenta.model.block import Block, Owing, Placing, Target, number
from imprenta.model.meaning import Equation, EquationRow
from imprenta.model.part import Boolean, OwnId


@final
class EquationBlock(Block):
    """A displayed formula with one number."""

    template = "ecuacion"

    formula: Equation = Field(alias="ecuacion", description="La fórmula, sin signos de dólar; admite & y \\\\")
    id: OwnId | None = Field(None, description="Identificador, para {ecuacion:…}")
    numbered: Boolean = Field(True, alias="numerada", description="Si lleva número")

    def targets(self) -> Iterable[Target]:
        """Return its number."""
        return (number("ecuacion", self.id, self.formula),) if self.numbered else ()

    def owing(self) -> Iterable[Owing]:
        """Return nothing: what a formula states, the text around it answers for."""
        return ()

    @property
    def shows(self) -> bool:
        """Tell that a sentence may open it."""
        return True


@final
class EquationLine(Placing):
    """A line of a system of equations, with its own number."""

    formula: EquationRow = Field(alias="ecuacion", description="La fórmula del renglón; & marca dónde se alinea")
    id: OwnId | None = Field(None, description="Identificador, para {ecuacion:…}")
    numbered: Boolean = Field(True, alias="numerada", description="Si lleva número")

    def targets(self) -> Iterable[Target]:
        """Return its number."""
        return (number("ecuacion", self.id, self.formula),) if self.numbered else ()


@final
class EquationsBlock(Block):
    """Equations one under another, aligned, each with its number."""

    template = "ecuaciones"

    lines: list[EquationLine] = Field(alias="ecuaciones", min_length=1, description="Los renglones, en orden")

    def targets(self) -> Iterable[Target]:
        """Return nothing: its lines have the numbers."""
        return ()

    def owing(self) -> Iterable[Owing]:
        """Return nothing: what a formula states, the text around it answers for."""
        return ()

    @property
    def shows(self) -> bool:
        """Tell that a sentence may open it."""
        return True
