"""Equations that are blocks: one with its number, or several aligned, each with its own; and what their symbols are."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator
from typing import final

from pydantic import Field

from imprenta.model.block import Displayed, Placing, Target, number
from imprenta.model.meaning import Equation, EquationRow, Line, Symbol
from imprenta.model.part import Boolean, OwnId, Part
from imprenta.model.tags import Tagged
from imprenta.model.text import Text


@final
class SymbolMeaning(Part):
    """A symbol of a formula with what it stands for."""

    symbol: Symbol = Field(alias="simbolo", description="El símbolo, como en la fórmula")
    meaning: Line = Field(alias="significado", description="Lo que es, con su unidad si la tiene")


class Formulas(Displayed):
    """The base of formulas that are set apart, under which their symbols may be explained."""

    where: list[SymbolMeaning] = Field(
        default_factory=list, alias="donde", description="Los símbolos que se explican debajo, en orden"
    )

    @abstractmethod
    def formulas(self) -> Iterator[Text]:
        """Yield the formulas."""


class Numbered(Placing):
    """The base of a formula that has a number of its own, unless it is told to have none."""

    formula: Equation = Field(alias="ecuacion", description="La fórmula, sin signos de dólar; admite & y \\\\")
    id: OwnId | None = Field(None, description="Identificador, para {ecuacion:…}")
    numbered: Boolean = Field(True, alias="numerada", description="Si lleva número")

    def targets(self) -> Iterable[Target]:
        """Return its number."""
        return (number("ecuacion", self.id, self.formula),) if self.numbered else ()


@final
class EquationBlock(Numbered, Formulas):
    """A displayed formula with one number."""

    template = "ecuacion"

    def formulas(self) -> Iterator[Text]:
        """Yield its formula."""
        yield self.formula


@final
class EquationLine(Numbered, Tagged):
    """A line of a system of equations, with its own number."""

    formula: EquationRow = Field(alias="ecuacion", description="La fórmula del renglón; & marca dónde se alinea")


@final
class EquationsBlock(Formulas):
    """Equations one under another, aligned, each with its number."""

    template = "ecuaciones"

    lines: list[EquationLine] = Field(alias="ecuaciones", min_length=1, description="Los renglones, en orden")

    def targets(self) -> Iterable[Target]:
        """Return nothing: its lines have the numbers."""
        return ()

    def formulas(self) -> Iterator[Text]:
        """Yield the formulas of its lines."""
        yield from (line.formula for line in self.lines)
