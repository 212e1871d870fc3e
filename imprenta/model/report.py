"""The report: its cover, and its sections."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from imprenta.model.blocks import AnyBlock
from imprenta.model.meaning import Heading, Line, Paragraphs, Printed
from imprenta.model.part import WORD, Date, Part, SectionId
from imprenta.model.settings import Checking
from imprenta.model.text import Text

Name = Annotated[Text, Printed("line", "name")]
BareName = Annotated[Text, Printed("bare", "name")]
English = Annotated[Text, Printed("block", "foreign")]
EnglishLine = Annotated[Text, Printed("line", "foreign")]
Quoted = Annotated[Text, Printed("block", "quoted")]


class Author(Part):
    """Somebody who signs the report."""

    given: BareName = Field(alias="nombre", description="Nombre de pila")
    family: BareName | None = Field(None, alias="apellidos", description="Apellidos")
    email: Name | None = Field(None, alias="correo", description="Correo electrónico")
    orcid: Name | None = Field(None, description="Identificador ORCID")
    affiliation: Name | None = Field(None, alias="afiliacion", description="Institución")


class Report(Part):
    """`paper/informe.yaml`: the cover, the summary and the order of the sections."""

    title: Line = Field(alias="titulo", description="Título del informe")
    subtitle: Line | None = Field(None, alias="subtitulo", description="Subtítulo")
    kind: Line | None = Field(None, alias="tipo", description="Tipo de documento, como lo dice la portada")
    authors: list[Author] = Field(alias="autores", min_length=1, description="Quienes lo firman")
    course: Line | None = Field(None, alias="curso", description="Curso")
    period: Line | None = Field(None, alias="periodo", description="Periodo académico")
    topic: Line | None = Field(None, alias="tema", description="Tema")
    teacher: Name | None = Field(None, alias="docente", description="Docente")
    program: Line | None = Field(None, alias="programa", description="Programa académico")
    institution: Line | None = Field(None, alias="institucion", description="Institución")
    city: Name | None = Field(None, alias="ciudad", description="Ciudad")
    date: Date = Field(alias="fecha", description="Fecha del informe: AAAA, AAAA-MM o AAAA-MM-DD")
    abstract_spanish: Paragraphs | None = Field(None, alias="resumen", description="Resumen en español")
    abstract_english: English | None = Field(None, alias="abstract", description="Resumen en inglés")
    keywords_spanish: list[Line] = Field(default_factory=list, alias="palabras_clave", description="Palabras clave")
    keywords_english: list[EnglishLine] = Field(
        default_factory=list, alias="keywords", description="Palabras clave en inglés"
    )
    citation_style: Annotated[Literal["ieee", "apa"], WORD] = Field(
        "ieee", alias="estilo_citas", description="Estilo de citas y referencias"
    )
    sections: list[SectionId] = Field(
        alias="secciones", min_length=1, description="Archivos de paper/secciones, en orden"
    )
    checking: Checking | None = Field(None, alias="comprobacion", description="Ajustes de las comprobaciones")


class Section(Part):
    """A file of `paper/secciones/`: an answer to a statement of the assignment, or free content."""

    title: Heading = Field(alias="titulo", description="Título de la sección")
    statement: Quoted | None = Field(None, alias="enunciado", description="Lo que pide el encargo, tal cual")
    answer: list[AnyBlock] | None = Field(
        None, alias="respuesta", min_length=1, description="Los bloques de la respuesta"
    )
    content: list[AnyBlock] | None = Field(
        None, alias="contenido", min_length=1, description="Los bloques de una sección que no responde a un encargo"
    )

    @property
    def blocks(self) -> list[AnyBlock]:
        """Return the section's blocks, whichever key they stand under."""
        return self.answer or self.content or []
