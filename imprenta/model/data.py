"""The quantities of a report: values with their sources, and formulas of them."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import Field, Tag

from imprenta.model.meaning import Line, Source, Unprinted
from imprenta.model.part import SHAPE, Boolean, Date, Integer, Number, Part
from imprenta.model.text import Text

Formula = Annotated[Text, Unprinted("formula")]
Numbers = Annotated[Annotated[Number, Tag("<texto>")] | Annotated[list[Number], Tag("<lista>")], SHAPE]


class Quantity(Part):
    """A number, or a list of them, that is given with its source or follows from others by a formula."""

    concept: Line = Field(alias="concepto", description="Qué es, como se lee en una tabla")
    value: Numbers | None = Field(None, alias="valor", description="El número, o una lista de números")
    formula: Formula | None = Field(None, alias="formula", description="Expresión con otros valores")
    unit: Line | None = Field(None, alias="unidad", description="Unidad")
    date: Date | None = Field(None, alias="fecha", description="Fecha a la que vale: AAAA, AAAA-MM o AAAA-MM-DD")
    decimals: Integer | None = Field(None, alias="decimales", ge=0, le=12, description="Decimales con que se escribe")
    citations: list[Source] = Field(default_factory=list, alias="citas", description="Claves de references.bib")
    assumption: Line | None = Field(None, alias="supuesto", description="Razón de una hipótesis propia")
    note: Line | None = Field(None, alias="nota", description="Salvedad")
    current: Boolean = Field(False, alias="actual", description="Se da por vigente a la fecha del informe")


class DataFile(Part):
    """A file of `paper/datos/`: its quantities by name."""

    title: Line = Field(alias="titulo", description="Título de la tabla de valores")
    quantities: dict[str, Quantity] = Field(alias="valores", min_length=1, description="Los valores, por su nombre")
    note: Line | None = Field(None, alias="nota", description="Nota de la tabla de valores")


Numeric = Decimal | tuple[Decimal, ...]
"""What a quantity comes to: one number or a row of them."""
