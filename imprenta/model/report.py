"""The report: what stands before its sections, in which order they come, and how all of it is printed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Annotated, Literal

from pydantic import Field, Tag

from imprenta.model.blocks import AnyBlock
from imprenta.model.cover import (
    LISTS,
    USUAL_LISTS,
    Author,
    Cover,
    CoverChoice,
    CoverForm,
    ListChoice,
    ListName,
    Name,
)
from imprenta.model.design import Aspect, Measure, PageSetup, overhang_of, sheet_of
from imprenta.model.inclusion import IncludedSection, SectionChoice
from imprenta.model.meaning import Heading, Line, Paragraphs, PlacedText, Printed, Source
from imprenta.model.page import Page, with_ntc_margins
from imprenta.model.part import SHAPE, WORD, Boolean, Date, LanguageCode, Part
from imprenta.model.settings import Checking
from imprenta.model.tags import Tagged
from imprenta.model.text import Text

English = Annotated[Text, Printed("block", "foreign")]
EnglishLine = Annotated[Text, Printed("line", "foreign")]
Quoted = Annotated[Text, Printed("block", "quoted")]


BibliographyChoice = Annotated[
    Annotated[Literal["citada", "completa"], WORD, Tag("<texto>")] | Annotated[list[Source], Tag("<lista>")], SHAPE
]


CitationStyle = Literal["ieee", "vancouver", "apa", "chicago"]

Conformity = Literal["ninguna", "ua-1", "a-2a", "ambas"]
"""What the PDF conforms to: PDF/UA-1 (ISO 14289-1), PDF/A-2a (ISO 19005-2), both, or nothing that it says."""


UNDATED = "1980"
"""The time stamp of what has no date: builds give the same bytes on any day."""


class Report(Part):
    """`paper/informe.yaml`: the cover, the summary and the order of the sections."""

    title: Line = Field(alias="titulo", description="Título del informe")
    language: Annotated[LanguageCode, WORD] = Field("es", alias="lengua", description="Lengua del informe: es o en")
    subtitle: Line | None = Field(None, alias="subtitulo", description="Subtítulo")
    kind: Line | None = Field(None, alias="tipo", description="Tipo de documento, como lo dice la portada")
    authors: list[Author] = Field(alias="autores", min_length=1, description="Quienes lo firman")
    affiliations: dict[str, Name] = Field(
        default_factory=dict, alias="afiliaciones", description="Instituciones de los autores, por una clave"
    )
    cover: CoverChoice = Field(
        "completa", alias="portada", description="Portada: no, breve, completa, icontec o apa; o un mapa con su forma"
    )
    lists: ListChoice | None = Field(
        None,
        alias="indices",
        description="Los que se imprimen si hay algo en ellos: contenido, figuras, tablas, codigos, algoritmos; o no",
    )
    course: Line | None = Field(None, alias="curso", description="Curso")
    period: Line | None = Field(None, alias="periodo", description="Periodo académico")
    topic: Line | None = Field(None, alias="tema", description="Tema")
    teacher: Name | None = Field(None, alias="docente", description="Docente")
    program: Line | None = Field(None, alias="programa", description="Programa académico")
    institution: Line | None = Field(None, alias="institucion", description="Institución")
    city: Name | None = Field(None, alias="ciudad", description="Ciudad")
    date: Date | None = Field(None, alias="fecha", description="Fecha del informe: AAAA, AAAA-MM o AAAA-MM-DD")
    abstract_spanish: Paragraphs | None = Field(None, alias="resumen", description="Resumen en español")
    abstract_english: English | None = Field(None, alias="abstract", description="Resumen en inglés")
    keywords_spanish: list[Line] = Field(default_factory=list, alias="palabras_clave", description="Palabras clave")
    keywords_english: list[EnglishLine] = Field(
        default_factory=list, alias="keywords", description="Palabras clave en inglés"
    )
    citation_style: Annotated[CitationStyle, WORD] = Field(
        "ieee", alias="estilo_citas", description="Estilo de citas y referencias: ieee, vancouver, apa o chicago"
    )
    bibliography: BibliographyChoice = Field(
        "citada", alias="bibliografia", description="Qué obras salen: citada, completa o una lista de claves sin citar"
    )
    sections: list[SectionChoice] = Field(
        alias="secciones", min_length=1, description="Archivos de paper/secciones, o de otro lugar, en orden"
    )
    appendices: list[SectionChoice] = Field(
        default_factory=list,
        alias="anexos",
        max_length=26,
        description="Archivos de paper/secciones que van al final, como Anexo A, Anexo B…",
    )
    page: PageSetup | None = Field(None, alias="pagina", description="Papel, márgenes, columnas, interlineado y letra")
    aspect: Aspect | None = Field(None, alias="aspecto", description="Letra y color")
    conformity: Annotated[Conformity, WORD] = Field(
        "ninguna",
        alias="conformidad",
        description="PDF etiquetado, para quien lo oye o lo archiva: ua-1, a-2a, ambas o ninguna",
    )
    draft: Boolean = Field(False, alias="borrador", description="Marca de borrador y líneas numeradas, para revisarlo")
    abbreviations: dict[str, Line] = Field(
        default_factory=dict,
        alias="abreviaturas",
        description="Siglas con lo que significan; se listan las que el informe usa",
    )
    expand: Boolean = Field(
        False,
        alias="expandir_abreviaturas",
        description="Si cada abreviatura sale con su significado donde el texto la usa por primera vez",
    )
    glossary: dict[str, Paragraphs] = Field(
        default_factory=dict,
        alias="glosario",
        description="Términos con su definición; se listan los que el informe usa",
    )
    tags: dict[str, Boolean] = Field(
        default_factory=dict,
        alias="etiquetas",
        description="Las etiquetas de sus partes: sí, o no si esas partes solo salen cuando se piden",
    )
    checking: Checking | None = Field(None, alias="comprobacion", description="Ajustes de las comprobaciones")

    def texts(self) -> Iterator[PlacedText]:
        """Yield the texts that it prints itself; a summary is in the author's language if that is the report's."""
        own = [self.abstract_english, *self.keywords_english]
        foreign = [self.abstract_spanish, *self.keywords_spanish]
        if self.language == "es":
            own, foreign = foreign, own
        for placed in super().texts():
            if any(placed.text is text for text in own):
                yield replace(placed, printed=Printed(placed.role, "own"))
            elif any(placed.text is text for text in foreign):
                yield replace(placed, printed=Printed(placed.role, "foreign"))
            else:
                yield placed

    @property
    def stamp(self) -> str:
        """Return the date that is the document's time stamp; the PDF of a report without a date says none."""
        return self.date.value if self.date is not None else UNDATED

    @property
    def sheet(self) -> Page:
        """Return the measures of its pages."""
        sheet = sheet_of(self.page, self.aspect)
        chosen = self.page is not None and "margin" in self.page.model_fields_set
        return sheet if chosen or self.cover_form != "icontec" else with_ntc_margins(sheet)

    @property
    def overhang(self) -> float:
        """Return how far tables, figures and references stand out on either side of the text, in centimetres."""
        # NTC 1486 and APA 7 (2.22) have the text fill the width between their margins.
        usual: Measure = "ancha" if self.cover_form in ("icontec", "apa") else "estrecha"
        return overhang_of(self.page, self.sheet, usual)

    @property
    def numeric(self) -> bool:
        """Tell whether citations are numbers in the order in which works are first cited."""
        return self.citation_style in ("ieee", "vancouver")

    @property
    def order(self) -> list[Text]:
        """Return the names of the sections and, after them, of the appendices; one of elsewhere has one when loaded."""
        return [*names_among(self.sections), *names_among(self.appendices)]

    @property
    def cover_form(self) -> CoverForm:
        """Return the form of the cover."""
        return self.cover.form if isinstance(self.cover, Cover) else self.cover

    @property
    def has_cover_page(self) -> bool:
        """Tell whether the cover is a page of its own, after which the report begins anew."""
        return self.cover_form not in ("no", "breve")

    @property
    def wanted_lists(self) -> tuple[ListName, ...]:
        """Return the lists that are printed if something stands in them, in order; without a choice, the usual ones.

        A report that has no cover page has none of its own accord.
        """
        if self.lists is None:
            return USUAL_LISTS if self.has_cover_page else ()
        return tuple(name for name in LISTS if self.lists != "no" and name in self.lists)


SECTION_LISTS = ("sections", "appendices")
"""The fields of a report that name sections."""


def names_among(sections: Iterable[Text | IncludedSection]) -> list[Text]:
    """Return those that are named."""
    return [one for one in sections if isinstance(one, Text)]


class Section(Tagged):
    """A file of `paper/secciones/`: an answer to a statement of the assignment, or free content."""

    title: Heading = Field(alias="titulo", description="Título de la sección")
    numbered: Boolean = Field(True, alias="numerada", description="Si lleva número; sin él, sus apartados tampoco")
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

    @property
    def is_empty(self) -> bool:
        """Tell whether all that it held was left out, and it does not say what is asked."""
        return not self.blocks and self.statement is None


class Fragment(Part):
    """A file whose blocks sections include; with a title they are a subsection there."""

    title: Heading | None = Field(None, alias="titulo", description="Título, si los bloques forman un apartado")
    content: list[AnyBlock] = Field(alias="contenido", min_length=1, description="Los bloques")
