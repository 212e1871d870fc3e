"""The blocks of a section: each tells what it places, what of it owes a source, and (by its fields) what it prints."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Annotated, Any, ClassVar, final, get_args

from pydantic import Discriminator, Field, Tag

from imprenta.model.algorithms import AlgorithmBlock
from imprenta.model.block import Block, Origin, Owing, Target, number
from imprenta.model.equations import EquationBlock, EquationsBlock
from imprenta.model.inclusion import IncludeBlock
from imprenta.model.listings import CodeBlock, CodeFileBlock
from imprenta.model.lists import ListBlock, TermsBlock
from imprenta.model.meaning import Heading, Line, Paragraphs, PlacedText, Printed, Reason
from imprenta.model.notices import NoteBlock, NoticeBlock, TipBlock, WarningBlock
from imprenta.model.own_figures import GalleryBlock, GraphBlock, ImageBlock, PlotBlock
from imprenta.model.part import SHAPE, WORD, DataId, FigureId, GraphId, LanguageCode, OwnId, Part, TableId
from imprenta.model.referable import TargetKind
from imprenta.model.text import Text


@final
class TextBlock(Block):
    """Paragraphs, lists and formulas in Markdown."""

    text: Paragraphs = Field(alias="texto", description="Texto en Markdown")
    language: Annotated[LanguageCode, WORD] | None = Field(
        None, alias="lengua", description="Lengua del texto, si no es la del informe: es o en"
    )
    waiver: Reason | None = Field(None, alias="sin_fuente", description="Por qué estos párrafos no citan nada")

    def texts(self) -> Iterator[PlacedText]:
        """Yield its paragraphs, which are not the author's own words if they are in another language."""
        for placed in super().texts():
            yield placed if self.language is None else replace(placed, printed=Printed(placed.role, "foreign"))

    def targets(self) -> Iterable[Target]:
        """Return nothing: texts refer to no paragraph."""
        return ()

    def owing(self) -> Iterable[Owing]:
        """Return its paragraphs."""
        return (Owing(self.text, self.waiver),)


@final
class FigureBlock(Block):
    """The place of a figure."""

    template = "figura"

    figure: FigureId = Field(alias="figura", description="Archivo de figures/, sin su terminación")

    def targets(self) -> Iterable[Target]:
        """Return the figure."""
        return (Target("figura", self.figure.value, self.figure.span(), Origin("figura", self.figure)),)

    def owing(self) -> Iterable[Owing]:
        """Return nothing: what a figure states has its sources in its own file."""
        return ()


class GeneratedTable(Part):
    """A table that the engine makes from other data: exactly one of the two is given."""

    communications: GraphId | None = Field(None, alias="comunicaciones", description="Grafo cuyas aristas se tabulan")
    values: DataId | None = Field(None, alias="valores", description="Archivo de paper/datos cuyos valores se tabulan")

    def origins(self) -> list[tuple[str, Origin]]:
        """Return what the table is made of, with the id of its label; not one if the author named none or two."""
        found: list[tuple[str, Origin]] = []
        if self.communications is not None:
            found.append((f"comunicaciones-{self.communications.value}", Origin("grafo", self.communications)))
        if self.values is not None:
            found.append((f"valores-{self.values.value}", Origin("datos", self.values)))
        return found


TableName = Annotated[Annotated[TableId, Tag("<texto>")] | Annotated[GeneratedTable, Tag("<mapa>")], SHAPE]


@final
class TableBlock(Block):
    """The place of a table, written by hand or generated."""

    template = "tabla"

    table: TableName = Field(alias="tabla", description="Archivo de paper/tablas, o tabla que sale de otros datos")

    def targets(self) -> Iterable[Target]:
        """Return the table; a generated one is named after what it comes from."""
        if isinstance(self.table, Text):
            return (Target("tabla", self.table.value, self.table.span(), Origin("tabla", self.table)),)
        return [Target("tabla", id, origin.name.span(), origin) for id, origin in self.table.origins()[:1]]

    def owing(self) -> Iterable[Owing]:
        """Return nothing: what a table states has its sources in its own file."""
        return ()


@final
class SubsectionBlock(Block):
    """A heading inside a section, with blocks of its own."""

    template = "apartado"

    title: Heading = Field(alias="apartado", description="Título del apartado")
    id: OwnId | None = Field(None, description="Identificador, para {seccion:…}")
    content: list[AnyBlock] = Field(alias="contenido", min_length=1, description="Los bloques del apartado")

    def targets(self) -> Iterable[Target]:
        """Return the subsection, if it has a name."""
        return (Target("seccion", self.id.value, self.id.span()),) if self.id is not None else ()

    def owing(self) -> Iterable[Owing]:
        """Return nothing: a heading states nothing, and its blocks answer for themselves."""
        return ()


class Theorem(Block):
    """A statement of mathematics under its word and number, with blocks of its own."""

    template = "teorema"
    kind: ClassVar[str]

    text: Paragraphs = Field(description="El texto, en Markdown")
    title: Line | None = Field(None, alias="titulo", description="Nombre, que va entre paréntesis")
    content: list[AnyBlock] = Field(default_factory=list, alias="contenido", description="Bloques que siguen al texto")
    waiver: Reason | None = Field(None, alias="sin_fuente", description="Por qué estos párrafos no citan nada")

    def targets(self) -> Iterable[Target]:
        """Return nothing: a proof has no number."""
        return ()

    def owing(self) -> Iterable[Owing]:
        """Return its paragraphs."""
        return (Owing(self.text, self.waiver),)


class NumberedTheorem(Theorem):
    """A statement with a number, which texts refer to."""

    kind: ClassVar[TargetKind]

    id: OwnId | None = Field(None, description="Identificador, para las menciones: {teorema:…}")

    def targets(self) -> Iterable[Target]:
        """Return its number."""
        return (number(self.kind, self.id, self.text),)


@final
class TheoremBlock(NumberedTheorem):
    """A theorem."""

    kind = "teorema"
    text: Paragraphs = Field(alias="teorema", description="El enunciado, en Markdown")


@final
class LemmaBlock(NumberedTheorem):
    """A lemma."""

    kind = "lema"
    text: Paragraphs = Field(alias="lema", description="El enunciado, en Markdown")


@final
class PropositionBlock(NumberedTheorem):
    """A proposition."""

    kind = "proposicion"
    text: Paragraphs = Field(alias="proposicion", description="El enunciado, en Markdown")


@final
class CorollaryBlock(NumberedTheorem):
    """A corollary."""

    kind = "corolario"
    text: Paragraphs = Field(alias="corolario", description="El enunciado, en Markdown")


@final
class DefinitionBlock(NumberedTheorem):
    """A definition."""

    kind = "definicion"
    text: Paragraphs = Field(alias="definicion", description="La definición, en Markdown")


@final
class ExampleBlock(NumberedTheorem):
    """An example."""

    kind = "ejemplo"
    text: Paragraphs = Field(alias="ejemplo", description="El ejemplo, en Markdown")


@final
class ProofBlock(Theorem):
    """A proof, which ends with its sign."""

    kind = "demostracion"
    text: Paragraphs = Field(alias="demostracion", description="La demostración, en Markdown")


def _tell_block(data: Any) -> str | None:
    """Return the tag of the kind of block that a mapping is: of those whose key it has, the one that knows most keys.

    So no order of the kinds counts, and a kind may have a key that is another kind's own.
    """
    if not isinstance(data, dict):
        return {kind: f"<{key}>" for key, kind in BLOCKS.items()}.get(type(data))
    meant = [key for key in BLOCKS if key in data]
    return f"<{max(meant, key=lambda key: len(BLOCKS[key].keys() & data.keys()))}>" if meant else None


AnyBlock = Annotated[
    Annotated[TextBlock, Tag("<texto>")]
    | Annotated[FigureBlock, Tag("<figura>")]
    | Annotated[GraphBlock, Tag("<nodos>")]
    | Annotated[PlotBlock, Tag("<grafica>")]
    | Annotated[ImageBlock, Tag("<imagen>")]
    | Annotated[GalleryBlock, Tag("<imagenes>")]
    | Annotated[TableBlock, Tag("<tabla>")]
    | Annotated[SubsectionBlock, Tag("<apartado>")]
    | Annotated[IncludeBlock, Tag("<incluye>")]
    | Annotated[EquationBlock, Tag("<ecuacion>")]
    | Annotated[EquationsBlock, Tag("<ecuaciones>")]
    | Annotated[CodeBlock, Tag("<codigo>")]
    | Annotated[CodeFileBlock, Tag("<archivo>")]
    | Annotated[ListBlock, Tag("<lista>")]
    | Annotated[TermsBlock, Tag("<terminos>")]
    | Annotated[NoteBlock, Tag("<nota>")]
    | Annotated[NoticeBlock, Tag("<aviso>")]
    | Annotated[WarningBlock, Tag("<advertencia>")]
    | Annotated[TipBlock, Tag("<consejo>")]
    | Annotated[TheoremBlock, Tag("<teorema>")]
    | Annotated[LemmaBlock, Tag("<lema>")]
    | Annotated[PropositionBlock, Tag("<proposicion>")]
    | Annotated[CorollaryBlock, Tag("<corolario>")]
    | Annotated[DefinitionBlock, Tag("<definicion>")]
    | Annotated[ExampleBlock, Tag("<ejemplo>")]
    | Annotated[ProofBlock, Tag("<demostracion>")]
    | Annotated[AlgorithmBlock, Tag("<algoritmo>")],
    Discriminator(_tell_block),
]
"""Every kind of block, tagged with the key that tells it."""


def _kinds_of(union: Any) -> dict[str, Any]:
    """Return the members of a union told apart by a key, by that key: the tag of each without its brackets."""
    members = get_args(get_args(union)[0])
    return {member.__metadata__[0].tag.strip("<>"): member.__origin__ for member in members}


BLOCKS: dict[str, type[Block]] = _kinds_of(AnyBlock)
"""The kinds of block by the key that tells them."""

SubsectionBlock.model_rebuild()
