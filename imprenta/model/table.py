"""A table written by hand: its columns, and its rows, which tell their cells and how often they are printed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, GetCoreSchemaHandler, Tag
from pydantic_core import core_schema

from imprenta.model.meaning import Cell, Holder, Line, Meaning, PlacedText, Printed, Reason, Source
from imprenta.model.part import SHAPE, WORD, Boolean, Number, Part
from imprenta.model.text import Text


class Column(Part):
    """A column of a table."""

    title: Line = Field(alias="titulo", description="Encabezado")
    width: Number = Field(1, alias="ancho", gt=0, le=100, description="Anchura relativa", validate_default=True)
    alignment: Annotated[Literal["izquierda", "centro", "derecha"], WORD] = Field(
        "izquierda", alias="alineacion", description="Alineación de las celdas"
    )


@dataclass(frozen=True, slots=True)
class CellRow(Holder):
    """A plain list of cells."""

    cells: list[Text]

    @property
    def label(self) -> Text | None:
        """Return the label of a group of rows, which this is not."""
        return None

    @property
    def variables(self) -> Mapping[str, list[Decimal]]:
        """Return the variables of a row that is printed more than once: none."""
        return {}

    def bindings(self) -> list[dict[str, Decimal]]:
        """Return the values of the row's variables for each time that it is printed: once, without any."""
        return [{}]

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        """Be validated from a list of texts."""
        return core_schema.no_info_after_validator_function(cls, handler.generate_schema(list[Text]))

    def meant(self) -> Iterator[tuple[Meaning, Text]]:
        """Yield the cells."""
        return ((Printed("cell"), cell) for cell in self.cells)

    def children(self) -> Iterator[Holder]:
        """Yield nothing."""
        return iter(())

    def texts(self) -> Iterator[PlacedText]:
        """Yield the cells."""
        return (PlacedText(cell, Printed("cell")) for cell in self.cells)


class GroupRow(Part):
    """A line that heads a group of rows."""

    group: Line = Field(alias="grupo", description="Rótulo del grupo de filas")

    @property
    def cells(self) -> list[Text]:
        """Return no cells: the line spans the table."""
        return []

    @property
    def label(self) -> Text | None:
        """Return the label of the group."""
        return self.group

    @property
    def variables(self) -> Mapping[str, list[Decimal]]:
        """Return the variables of a row that is printed more than once: none."""
        return {}

    def bindings(self) -> list[dict[str, Decimal]]:
        """Return nothing: it is no row of data."""
        return []


class RepeatedRow(Part):
    """A row that is written once for each value of its variables (several run side by side)."""

    variables: dict[str, list[Number]] = Field(alias="para", min_length=1, description="Variables y sus valores")
    cells: list[Cell] = Field(alias="celdas", min_length=1, description="Las celdas, con las variables en {= …}")

    @property
    def label(self) -> Text | None:
        """Return the label of a group of rows, which this is not."""
        return None

    def bindings(self) -> list[dict[str, Decimal]]:
        """Return the values of the row's variables for each time that it is printed."""
        rows = zip(*self.variables.values(), strict=False)
        return [dict(zip(self.variables, values, strict=True)) for values in rows]

    def texts(self) -> Iterator[PlacedText]:
        """Yield the cells, whose expressions may use the row's variables."""
        return (replace(placed, variables=self.variables) for placed in super().texts())


ROWS: dict[str, type[Part]] = {"grupo": GroupRow, "para": RepeatedRow}
"""The kinds of row that are not a plain list of cells, by the key that tells them."""


def _tell_row(data: Any) -> str | None:
    if isinstance(data, dict):
        return next((f"<{key}>" for key in ROWS if key in data), None)
    return {kind: f"<{key}>" for key, kind in ROWS.items()}.get(type(data), "<lista>")


Row = Annotated[
    Annotated[CellRow, Tag("<lista>")] | Annotated[GroupRow, Tag("<grupo>")] | Annotated[RepeatedRow, Tag("<para>")],
    Discriminator(_tell_row),
]
AnyRow = CellRow | GroupRow | RepeatedRow

Waivers = Annotated[Annotated[Reason, Tag("<texto>")] | Annotated[dict[str, Reason], Tag("<mapa>")], SHAPE]


class Table(Part):
    """A file of `paper/tablas/`."""

    title: Line = Field(alias="titulo", description="Título de la tabla")
    columns: list[Column] = Field(alias="columnas", min_length=1, max_length=16, description="Columnas")
    rows: list[Row] = Field(alias="filas", min_length=1, description="Filas")
    note: Line | None = Field(None, alias="nota", description="Nota al pie de la tabla")
    type_size: Annotated[Literal["normal", "pequena", "minima"], WORD] = Field(
        "normal", alias="letra", description="Tamaño de la letra"
    )
    landscape: Boolean = Field(False, alias="apaisada", description="Páginas horizontales")
    citations: list[Source] = Field(default_factory=list, alias="citas", description="Claves de references.bib")
    waivers: Waivers | None = Field(
        None,
        alias="sin_fuente",
        description="Por qué no hay fuente: una razón para toda la tabla, o una por fila, según su primera celda",
    )
