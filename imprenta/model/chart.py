"""Chart: a plot given as data, without a program: its kind, where its columns come from, its series and its axes."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from imprenta.model.csv_file import CsvName
from imprenta.model.meaning import Label, Names
from imprenta.model.part import WORD, Boolean, Integer, Number, Part, TableId, text_as
from imprenta.model.text import Text

ChartKind = Annotated[Literal["lineas", "puntos", "barras", "histograma"], WORD]
SeriesKind = Annotated[Literal["lineas", "puntos"], WORD]
Scale = Annotated[Literal["lineal", "logaritmica"], WORD]
ColumnName = Annotated[Text, Names("columna")]
"""What names a column: its title, or a formula of the report's values."""


class Series(Part):
    """A curve, a cloud of points or a row of bars: a column of numbers."""

    y: ColumnName = Field(alias="y", description="Columna de los números")
    x: ColumnName | None = Field(None, alias="x", description="Columna de las posiciones, si no es la de la gráfica")
    title: Label | None = Field(None, alias="titulo", description="Nombre en la leyenda")
    error: ColumnName | None = Field(None, alias="error", description="Columna de las barras de error, ±")
    until: ColumnName | None = Field(
        None, alias="hasta", description="Columna hasta la que llega una banda que empieza en la línea"
    )
    kind: SeriesKind | None = Field(None, alias="tipo", description="Cómo se dibuja, si no es como la gráfica")
    panel: Label | None = Field(
        None, alias="panel", description="Título de los ejes en que se dibuja; los paneles van uno junto a otro"
    )


class Chart(Part):
    """A plot as data: what is drawn and from which columns."""

    kind: ChartKind = Field(alias="tipo", description="Qué se dibuja")
    csv: CsvName | None = Field(None, alias="csv", description="Archivo CSV de paper/datos con las columnas")
    table: TableId | None = Field(None, alias="tabla", description="Tabla de paper/tablas con las columnas")
    columns: dict[str, list[Label]] = Field(
        default_factory=dict, alias="valores", description="Las columnas, cada una con sus valores"
    )
    x: ColumnName | None = Field(None, alias="x", description="Columna de las posiciones; sin ella, la primera")
    series: list[Annotated[Series, text_as("y")]] = Field(
        default_factory=list, alias="series", max_length=12, description="Columnas que se dibujan; sin ellas, las demás"
    )
    x_label: Label | None = Field(None, alias="etiqueta_x", description="Qué mide el eje x, con su unidad")
    y_label: Label | None = Field(None, alias="etiqueta_y", description="Qué mide el eje y, con su unidad")
    x_scale: Scale = Field("lineal", alias="escala_x", description="Escala del eje x")
    y_scale: Scale = Field("lineal", alias="escala_y", description="Escala del eje y")
    x_limits: list[Number] | None = Field(
        None, alias="limites_x", min_length=2, max_length=2, description="Dónde empieza y acaba el eje x"
    )
    y_limits: list[Number] | None = Field(
        None, alias="limites_y", min_length=2, max_length=2, description="Dónde empieza y acaba el eje y"
    )
    stacked: Boolean = Field(False, alias="apiladas", description="Las barras de varias series, una sobre otra")
    horizontal: Boolean = Field(False, alias="horizontal", description="Las barras, de izquierda a derecha")
    bins: Integer | None = Field(None, alias="clases", ge=1, le=200, description="Clases del histograma")
    legend: Boolean = Field(
        False, alias="leyenda", description="Los nombres de las líneas, en una leyenda y no junto a su final"
    )
    crossings: Boolean = Field(
        False, alias="cruces", description="Señala dónde se cruzan las líneas, con su lugar en el eje x"
    )
