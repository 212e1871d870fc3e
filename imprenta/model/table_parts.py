"""The columns of a table, and its rows, which tell their cells and how often they are printed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Discriminator, Field, GetCoreSchemaHandler, Tag
from pydantic_core import core_schema

from imprenta.model.meaning import Cell, Holder, Line, Meaning, Names, PlacedText, Printed
from imprenta.model.part import SHAPE, WORD, Integer, Number, Part, as_list
from imprenta.model.tags import TAG, Tagged, TagName
from imprenta.model.text import Text

Alignment = Literal["izquierda", "centro", "derecha", "decimal"]
AlignmentWord = Annotated[Alignment, WORD]
TotalKind = Literal["suma", "media", "minimo", "maximo"]


class Column(Part):
    """A column of a table."""

    title: Line = Field(alias="titulo", description="Encabezado")
    width: Number | None = Field(
        None, alias="ancho", gt=0, le=100, description="Anchura relativa; si ninguna columna la da, sale del contenido"
    )
    alignment: AlignmentWord = Field("izquierda", alias="alineacion", description="Alineación de las celdas")
    source: Annotated[Text, Names("columna")] | None = Field(
        None, alias="columna", description="Título de la columna en el CSV, si no es el encabezado"
    )
    decimals: Integer | None = Field(
        None, alias="decimales", ge=0, le=28, description="Decimales de los números, si se alinean por la coma"
    )
    totals: Annotated[list[Annotated[TotalKind, WORD]], BeforeValidator(as_list)] = Field(
        default_factory=list, alias="total", description="Lo que se calcula de sus números al pie de la tabla"
    )


class ColumnGroup(Part):
    """Columns side by side under a heading of their own."""

    group: Line = Field(alias="grupo", description="Encabezado común de las columnas")
    columns: list[Column] = Field(alias="columnas", min_length=1, description="Las columnas que abarca")


COLUMNS: dict[str, type[Part]] = {"titulo": Column, "grupo": ColumnGroup}
"""What stands among the columns, by the key that tells it."""


def _tell_column(data: Any) -> str | None:
    if isinstance(data, dict):
        return next((f"<{key}>" for key in COLUMNS if key in data), None)
    return {kind: f"<{key}>" for key, kind in COLUMNS.items()}.get(type(data))


Head = Annotated[
    Annotated[Column, Tag("<titulo>")] | Annotated[ColumnGroup, Tag("<grupo>")],
    Discriminator(_tell_column),
]


class MergedCell(Part):
    """A cell that takes the room of several."""

    text: Cell = Field(alias="celda", description="Lo que dice la celda")
    columns: Integer = Field(1, alias="columnas", ge=1, le=1000, description="Cuántas columnas abarca")
    rows: Integer = Field(1, alias="filas", ge=1, le=1000, description="Cuántas filas abarca, con la suya")
    alignment: AlignmentWord | None = Field(
        None, alias="alineacion", description="Alineación; si no, la de su primera columna"
    )


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a cell reaches: over so many columns and rows; `alignment` is its own, if it has one."""

    columns: int = 1
    rows: int = 1
    alignment: Alignment | None = None


SINGLE = Reach()
_CELL = Annotated[Annotated[Cell, Tag("<texto>")] | Annotated[MergedCell, Tag("<mapa>")], SHAPE]


@dataclass(frozen=True, slots=True)
class CellRow(Holder):
    """A plain list of cells; `reaches` tells of each how far it reaches, or is empty if all are single ones.

    The texts of the merged cells are among the cells, and are told by those. `numbers` are the cells that are written
    as numbers and printed as computed ones are, whatever signs were typed, by their identity.
    """

    cells: list[Text]
    reaches: list[Reach] = field(default_factory=list)
    merged: list[MergedCell] = field(default_factory=list)
    numbers: frozenset[int] = frozenset()
    tags: list[TagName] = field(default_factory=list)

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
    def of(cls, cells: list[Text | MergedCell]) -> CellRow:
        """Make a row of what stands in the author's list."""
        texts = [cell.text if isinstance(cell, MergedCell) else cell for cell in cells]
        if not any(isinstance(cell, MergedCell) for cell in cells):
            return cls(texts)
        reaches = [
            Reach(cell.columns, cell.rows, cell.alignment) if isinstance(cell, MergedCell) else SINGLE for cell in cells
        ]
        return cls(texts, reaches, [cell for cell in cells if isinstance(cell, MergedCell)])

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        """Be validated from a list of texts and merged cells."""
        return core_schema.no_info_after_validator_function(cls.of, handler.generate_schema(list[_CELL]))

    def meant(self) -> Iterator[tuple[Meaning, Text]]:
        """Yield the plain cells, and the tags."""
        yield from ((placed.printed, placed.text) for placed in self.texts())
        yield from ((TAG, tag) for tag in self.tags)

    def children(self) -> Iterator[Holder]:
        """Yield the merged cells."""
        return iter(self.merged)

    def texts(self) -> Iterator[PlacedText]:
        """Yield the plain cells."""
        told = {id(cell.text) for cell in self.merged}
        return (
            PlacedText(cell, Printed("cell", "name" if id(cell) in self.numbers else "own"))
            for cell in self.cells
            if id(cell) not in told
        )


class RowOfCells(Tagged):
    """A plain list of cells under a key, so that others may stand beside it."""

    cells: list[_CELL] = Field(alias="celdas", min_length=1, description="Las celdas")


class _WithKeys:
    """Among the marks of a type: a row of cells that is written as a mapping."""

    def __get_pydantic_core_schema__(self, _source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        def read(row: RowOfCells) -> CellRow:
            return replace(CellRow.of(row.cells), tags=row.tags)

        return core_schema.no_info_after_validator_function(read, handler.generate_schema(RowOfCells))


class GroupRow(Tagged):
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


class RepeatedRow(Tagged):
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


ROWS: dict[str, type[Part]] = {"grupo": GroupRow, "para": RepeatedRow, "celdas": RowOfCells}
"""The kinds of row that are not a plain list of cells, by the key that tells them."""


def _tell_row(data: Any) -> str | None:
    if isinstance(data, dict):
        return next((f"<{key}>" for key in ROWS if key in data), None)
    return {kind: f"<{key}>" for key, kind in ROWS.items()}.get(type(data), "<lista>")


Row = Annotated[
    Annotated[CellRow, Tag("<lista>")]
    | Annotated[GroupRow, Tag("<grupo>")]
    | Annotated[RepeatedRow, Tag("<para>")]
    | Annotated[CellRow, _WithKeys(), Tag("<celdas>")],
    Discriminator(_tell_row),
]
AnyRow = CellRow | GroupRow | RepeatedRow
