"""The rubric: what an assignment demands of a report, as conditions that a program can check."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, Tag

from imprenta.model.meaning import Names, Term
from imprenta.model.part import SHAPE, WORD, Id, Integer, Part


class Range(Part):
    """How many of something: a minimum, a maximum, or both."""

    least: Integer | None = Field(None, alias="minimo", ge=0, description="Cuántos como mínimo")
    most: Integer | None = Field(None, alias="maximo", ge=0, description="Cuántos como máximo")


Count = Annotated[
    Annotated[Integer, Field(ge=1), Tag("<texto>")] | Annotated[Range, Tag("<mapa>")],
    SHAPE,
]
"""A number is a minimum; a mapping gives both ends."""

CoverWord = Annotated[
    Literal[
        "subtitulo", "tipo", "apellidos", "correo", "orcid", "afiliacion", "curso", "periodo", "tema", "docente",
        "programa", "institucion", "ciudad",
    ],
    WORD,
]  # fmt: skip
"""What a cover may say besides title, name and date, which every report has."""

Aspects = Annotated[list[Term], Field(min_length=1)]
"""Terms to be treated; a term may give alternatives parted by ` | `."""

PlaceId = Annotated[Id, Names("lugar")]


class TableDemand(Part):
    """What one table of the place must have: all of it in the same table."""

    compares: Annotated[list[Term], Field(min_length=2, max_length=6)] | None = Field(
        None,
        alias="compara",
        description="Lo que se compara: los encabezados, salvo el de la primera columna, son estos y ninguno más",
    )
    rows: Count | None = Field(None, alias="filas", description="Filas, sin contar los rótulos de grupo")
    columns: Count | None = Field(None, alias="columnas", description="Columnas, la primera incluida")
    differences: Count | None = Field(
        None, alias="diferencias", description="Filas en que todas las columnas dicen algo y no dicen lo mismo"
    )
    aspects: Aspects | None = Field(None, alias="aspectos", description="Criterios que ha de tratar alguna fila")


class SubsectionsDemand(Part):
    """How many subsections must treat each of some aspects."""

    count: Count = Field(alias="cuantos", description="Cuántos apartados han de cumplirlo")
    each: Aspects = Field(alias="cada_uno", description="Lo que ha de tratar cada uno de esos apartados")


class Demand(Part):
    """One demand of the assignment: the sentence that it comes from, where it holds, and its conditions, all of them.

    Without a place it holds for the whole report.
    """

    quote: Term = Field(alias="encargo", description="La frase del encargo de la que sale, tal cual")
    activity: Integer | None = Field(
        None, alias="actividad", ge=1, description="Número de la sección con respuesta, en el orden del informe"
    )
    section: PlaceId | None = Field(None, alias="seccion", description="Identificador de la sección o del apartado")
    part: Annotated[Literal["resumen", "abstract"], WORD] | None = Field(
        None, alias="parte", description="Parte del informe que no es una sección"
    )
    answers: Count | None = Field(None, alias="respuestas", description="Secciones con respuesta en todo el informe")
    figures: Count | None = Field(None, alias="figuras", description="Figuras colocadas")
    figures_of: Aspects | None = Field(
        None, alias="figuras_de", description="Lo que ha de nombrar el pie de alguna figura, una por término"
    )
    tables: Count | None = Field(None, alias="tablas", description="Tablas colocadas")
    table: TableDemand | None = Field(None, alias="tabla", description="Condiciones que cumple una misma tabla")
    subsections: SubsectionsDemand | None = Field(None, alias="apartados", description="Apartados que tratan lo mismo")
    aspects: Aspects | None = Field(
        None, alias="aspectos", description="Lo que ha de tratarse: en títulos, criterios de tabla o negritas"
    )
    mentions: Aspects | None = Field(None, alias="menciona", description="Lo que ha de nombrarse en texto, celda o pie")
    opening: Count | None = Field(
        None, alias="apertura", description="Palabras del primer párrafo del lugar, que dice ya la respuesta"
    )
    words: Count | None = Field(None, alias="palabras", description="Palabras de los textos, sin tablas ni figuras")
    references: Count | None = Field(None, alias="referencias", description="Fuentes distintas que se citan")
    parts: Aspects | None = Field(
        None, alias="partes", description="Partes que ha de haber: resumen, abstract, palabras clave o títulos"
    )
    cover: Annotated[list[CoverWord], Field(min_length=1)] | None = Field(
        None, alias="portada", description="Datos que ha de llevar la portada"
    )


CONDITIONS = tuple(
    name for name in Demand.model_fields if name not in {"place", "quote", "activity", "section", "part"}
)
"""The fields of a demand that are conditions, in the order in which they are told: all but its sentence and place."""


class Rubric(Part):
    """`paper/rubrica.yaml`: the demands of an assignment."""

    title: Term | None = Field(None, alias="titulo", description="De qué encargo es la rúbrica")
    demands: list[Demand] = Field(alias="exigencias", min_length=1, description="Las exigencias, una por una")
