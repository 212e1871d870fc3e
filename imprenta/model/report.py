"""The report: its cover, its sections and their blocks, its tables."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag

from imprenta.model.part import SHAPE, WORD, Boolean, Date, Id, Number, Part
from imprenta.model.settings import Checking
from imprenta.model.text import Text


class Author(Part):
    """Somebody who signs the report."""

    given: Text = Field(alias="nombre", description="Nombre de pila")
    family: Text | None = Field(None, alias="apellidos", description="Apellidos")
    email: Text | None = Field(None, alias="correo", description="Correo electrónico")
    orcid: Text | None = Field(None, description="Identificador ORCID")
    affiliation: Text | None = Field(None, alias="afiliacion", description="Institución")


class Report(Part):
    """`paper/informe.yaml`: the cover, the summary and the order of the sections."""

    title: Text = Field(alias="titulo", description="Título del informe")
    subtitle: Text | None = Field(None, alias="subtitulo", description="Subtítulo")
    kind: Text | None = Field(None, alias="tipo", description="Tipo de documento, como lo dice la portada")
    authors: list[Author] = Field(alias="autores", min_length=1, description="Quienes lo firman")
    course: Text | None = Field(None, alias="curso", description="Curso")
    period: Text | None = Field(None, alias="periodo", description="Periodo académico")
    topic: Text | None = Field(None, alias="tema", description="Tema")
    teacher: Text | None = Field(None, alias="docente", description="Docente")
    program: Text | None = Field(None, alias="programa", description="Programa académico")
    institution: Text | None = Field(None, alias="institucion", description="Institución")
    city: Text | None = Field(None, alias="ciudad", description="Ciudad")
    date: Date = Field(alias="fecha", description="Fecha del informe: AAAA, AAAA-MM o AAAA-MM-DD")
    abstract_spanish: Text | None = Field(None, alias="resumen", description="Resumen en español")
    abstract_english: Text | None = Field(None, alias="abstract", description="Resumen en inglés")
    keywords_spanish: list[Text] = Field(default_factory=list, alias="palabras_clave", description="Palabras clave")
    keywords_english: list[Text] = Field(default_factory=list, alias="keywords", description="Palabras clave en inglés")
    citation_style: Annotated[Literal["ieee", "apa"], WORD] = Field(
        "ieee", alias="estilo_citas", description="Estilo de citas y referencias"
    )
    sections: list[Id] = Field(alias="secciones", min_length=1, description="Archivos de paper/secciones, en orden")
    checking: Checking | None = Field(None, alias="comprobacion", description="Ajustes de las comprobaciones")


class TextBlock(Part):
    """Paragraphs, lists and formulas in Markdown."""

    text: Text = Field(alias="texto", description="Texto en Markdown")
    waiver: Text | None = Field(None, alias="sin_fuente", description="Por qué estos párrafos no citan nada")


class FigureBlock(Part):
    """The place of a figure."""

    figure: Id = Field(alias="figura", description="Archivo de figures/, sin su terminación")


class GeneratedTable(Part):
    """A table that the engine makes from other data: exactly one of the two is given."""

    communications: Id | None = Field(None, alias="comunicaciones", description="Grafo cuyas aristas se tabulan")
    values: Id | None = Field(None, alias="valores", description="Archivo de paper/datos cuyos valores se tabulan")


TableName = Annotated[Annotated[Id, Tag("<texto>")] | Annotated[GeneratedTable, Tag("<mapa>")], SHAPE]


class TableBlock(Part):
    """The place of a table, written by hand or generated."""

    table: TableName = Field(alias="tabla", description="Archivo de paper/tablas, o tabla que sale de otros datos")

    @property
    def id(self) -> str:
        """Return the id of the table's label: generated tables are named after what they come from."""
        if isinstance(self.table, Text):
            return self.table.value
        if self.table.communications is not None:
            return f"comunicaciones-{self.table.communications.value}"
        return f"valores-{self.table.values.value}" if self.table.values is not None else ""


class SubsectionBlock(Part):
    """A heading inside a section, with blocks of its own."""

    title: Text = Field(alias="apartado", description="Título del apartado")
    id: Id | None = Field(None, description="Identificador, para {seccion:…}")
    content: list[Block] = Field(alias="contenido", min_length=1, description="Los bloques del apartado")


BLOCKS: dict[str, type[Part]] = {
    "texto": TextBlock,
    "figura": FigureBlock,
    "tabla": TableBlock,
    "apartado": SubsectionBlock,
}
"""The kinds of block by the key that tells them."""


def _tell_block(data: Any) -> str | None:
    if isinstance(data, dict):
        return next((f"<{key}>" for key in BLOCKS if key in data), None)
    return {kind: f"<{key}>" for key, kind in BLOCKS.items()}.get(type(data))


Block = Annotated[
    Annotated[TextBlock, Tag("<texto>")]
    | Annotated[FigureBlock, Tag("<figura>")]
    | Annotated[TableBlock, Tag("<tabla>")]
    | Annotated[SubsectionBlock, Tag("<apartado>")],
    Discriminator(_tell_block),
]


class Section(Part):
    """A file of `paper/secciones/`: an answer to a statement of the assignment, or free content."""

    title: Text = Field(alias="titulo", description="Título de la sección")
    statement: Text | None = Field(None, alias="enunciado", description="Lo que pide el encargo, tal cual")
    answer: list[Block] | None = Field(None, alias="respuesta", min_length=1, description="Los bloques de la respuesta")
    content: list[Block] | None = Field(
        None, alias="contenido", min_length=1, description="Los bloques de una sección que no responde a un encargo"
    )

    @property
    def blocks(self) -> list[Block]:
        """Return the section's blocks, whichever key they stand under."""
        return self.answer or self.content or []


class Column(Part):
    """A column of a table."""

    title: Text = Field(alias="titulo", description="Encabezado")
    width: Number = Field(1, alias="ancho", gt=0, le=100, description="Anchura relativa", validate_default=True)
    alignment: Annotated[Literal["izquierda", "centro", "derecha"], WORD] = Field(
        "izquierda", alias="alineacion", description="Alineación de las celdas"
    )


class GroupRow(Part):
    """A line that heads a group of rows."""

    group: Text = Field(alias="grupo", description="Rótulo del grupo de filas")


class RepeatedRow(Part):
    """A row that is written once for each value of its variables (several run side by side)."""

    variables: dict[str, list[Number]] = Field(alias="para", min_length=1, description="Variables y sus valores")
    cells: list[Text] = Field(alias="celdas", min_length=1, description="Las celdas, con las variables en {= …}")


ROWS: dict[str, type[Part]] = {"grupo": GroupRow, "para": RepeatedRow}
"""The kinds of row that are not a plain list of cells, by the key that tells them."""


def _tell_row(data: Any) -> str | None:
    if isinstance(data, dict):
        return next((f"<{key}>" for key in ROWS if key in data), None)
    return {kind: f"<{key}>" for key, kind in ROWS.items()}.get(type(data), "<lista>")


Row = Annotated[
    Annotated[list[Text], Tag("<lista>")] | Annotated[GroupRow, Tag("<grupo>")] | Annotated[RepeatedRow, Tag("<para>")],
    Discriminator(_tell_row),
]


Waivers = Annotated[Annotated[Text, Tag("<texto>")] | Annotated[dict[str, Text], Tag("<mapa>")], SHAPE]


class Table(Part):
    """A file of `paper/tablas/`."""

    title: Text = Field(alias="titulo", description="Título de la tabla")
    columns: list[Column] = Field(alias="columnas", min_length=1, max_length=16, description="Columnas")
    rows: list[Row] = Field(alias="filas", min_length=1, description="Filas")
    note: Text | None = Field(None, alias="nota", description="Nota al pie de la tabla")
    type_size: Annotated[Literal["normal", "pequena", "minima"], WORD] = Field(
        "normal", alias="letra", description="Tamaño de la letra"
    )
    landscape: Boolean = Field(False, alias="apaisada", description="Páginas horizontales")
    citations: list[Text] = Field(default_factory=list, alias="citas", description="Claves de references.bib")
    waivers: Waivers | None = Field(
        None,
        alias="sin_fuente",
        description="Por qué no hay fuente: una razón para toda la tabla, o una por fila, según su primera celda",
    )


SubsectionBlock.model_rebuild()
Section.model_rebuild()
