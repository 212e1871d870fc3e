"""Table: a table written by hand, or taken from a CSV file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated, Literal

from pydantic import Field, Tag

from imprenta.model.csv_file import CsvName
from imprenta.model.meaning import Holder, Line, Reason, Source
from imprenta.model.part import SHAPE, WORD, Boolean, Part
from imprenta.model.table_layout import lay_out
from imprenta.model.table_parts import CellRow, Column, ColumnGroup, Head, Row
from imprenta.model.text import Text

_NUMBER = re.compile(r"\s*[+\-\u2212]?\d[\d.,\s]*(?:[eE][+-]?\d+)?\s*%?\s*")

Waivers = Annotated[Annotated[Reason, Tag("<texto>")] | Annotated[dict[str, Reason], Tag("<mapa>")], SHAPE]


class Table(Part):
    """A file of `paper/tablas/`; the loader fills one that names a CSV with its rows, and its columns if need be."""

    title: Line = Field(alias="titulo", description="Título de la tabla")
    heads: list[Head] = Field(
        default_factory=list, alias="columnas", min_length=1, description="Columnas, y grupos de columnas"
    )
    rows: list[Row] = Field(default_factory=list, alias="filas", min_length=1, description="Filas")
    csv: CsvName | None = Field(
        None, alias="csv", description="Archivo CSV de paper/datos del que salen las filas, y las columnas si no se dan"
    )
    note: Line | None = Field(None, alias="nota", description="Nota al pie de la tabla")
    notes: dict[str, Line] = Field(
        default_factory=dict, alias="notas", description="Notas al pie de la tabla, que una celda llama con [^nombre]"
    )
    type_size: Annotated[Literal["normal", "pequena", "minima"], WORD] = Field(
        "normal", alias="letra", description="Tamaño de la letra"
    )
    landscape: Boolean = Field(False, alias="apaisada", description="Páginas horizontales")
    wide: Boolean = Field(False, alias="ancha", description="Sobre las dos columnas, si el texto las tiene")
    citations: list[Source] = Field(default_factory=list, alias="citas", description="Claves de references.bib")
    waivers: Waivers | None = Field(
        None,
        alias="sin_fuente",
        description="Por qué no hay fuente: una razón para toda la tabla, o una por fila, según su primera celda",
    )

    @property
    def columns(self) -> list[Column]:
        """Return the columns from left to right, those in groups too."""
        return [column for head in self.heads for column in (head.columns if isinstance(head, ColumnGroup) else [head])]

    def children(self) -> Iterator[Holder]:
        """Yield its columns and rows; these know which of their cells are numbers."""
        numbers = frozenset(map(id, self._numbers()))
        for holder in super().children():
            yield replace(holder, numbers=numbers) if numbers and isinstance(holder, CellRow) else holder

    def _numbers(self) -> Iterator[Text]:
        """Yield the cells that are written as numbers in the columns that are aligned by their decimal signs."""
        columns = self.columns
        if all(column.alignment != "decimal" for column in columns):
            return
        for slot in (slot for row in lay_out(self.rows, len(columns))[0] for slot in row.slots):
            aligned = slot.column < len(columns) and columns[slot.column].alignment == "decimal"
            if slot.cell is not None and aligned and _NUMBER.fullmatch(slot.cell.value):
                yield slot.cell
