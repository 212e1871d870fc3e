"""The blocks of a section: each tells what it places, what of it owes a source, and (by its fields) what it prints."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal, final, get_args

from pydantic import Discriminator, Field, Tag

from imprenta.model.meaning import Equation, EquationRow, Heading, Paragraphs, Reason
from imprenta.model.part import SHAPE, Boolean, DataId, FigureId, GraphId, OwnId, Part, TableId
from imprenta.model.referable import TargetKind
from imprenta.model.text import Text
from imprenta.problems import Span

OriginKind = Literal["figura", "tabla", "grafo", "datos"]


ORIGIN_FOLDERS: dict[OriginKind, str] = {
    "figura": "figures",
    "grafo": "figures",
    "tabla": "paper/tablas",
    "datos": "paper/datos",
}
"""Where the files stand that figures and tables are made of."""


@dataclass(frozen=True, slots=True)
class Origin:
    """The file that something placed is made of."""

    kind: OriginKind
    name: Text


@dataclass(frozen=True, slots=True)
class Target:
    """What a block places and texts may refer to: `id` is that of its label, `place` where the block names it.

    What is numbered and has no name has no `id`: it counts, and nobody refers to it.
    """

    kind: TargetKind
    id: str
    place: Span
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Owing:
    """Paragraphs that cite a source each if they stand in an answer, and the author's reason why they do not."""

    text: Text
    waiver: Text | None


class Placing(Part):
    """What places something that is numbered, or that texts may refer to."""

    @abstractmethod
    def targets(self) -> Iterable[Target]:
        """Return what it places, but for what is placed by what it holds."""


class Block(Placing):
    """The base of every block, each of which is `final`, so that mypy asks it for all that is abstract here.

    `template` is the template that sets it, `<template>.tex.j2`.

    A block whose template needs no more than its own texts and blocks is set without a line of code: the template
    gets them under the names of their keys.
    """

    template: ClassVar[str] = ""

    @abstractmethod
    def owing(self) -> Iterable[Owing]:
        """Return which of its texts owe sources in an answer: all that state something."""

    @property
    def shows(self) -> bool:
        """Tell whether the block shows something, as a figure does: what a sentence that ends in a colon may open."""
        return any(target.kind != "seccion" for target in self.targets())


@final
class TextBlock(Block):
    """Paragraphs, lists and formulas in Markdown."""

    text: Paragraphs = Field(alias="texto", description="Texto en Markdown")
    waiver: Reason | None = Field(None, alias="sin_fuente", description="Por qué estos párrafos no citan nada")

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


@final
class EquationBlock(Block):
    """A displayed formula with one number."""

    template = "ecuacion"

    formula: Equation = Field(alias="ecuacion", description="La fórmula, sin signos de dólar; admite & y \\\\")
    id: OwnId | None = Field(None, description="Identificador, para {ecuacion:…}")
    numbered: Boolean = Field(True, alias="numerada", description="Si lleva número")

    def targets(self) -> Iterable[Target]:
        """Return its number."""
        return (_numbered("ecuacion", self.id, self.formula),) if self.numbered else ()

    def owing(self) -> Iterable[Owing]:
        """Return nothing: what a formula states, the text around it answers for."""
        return ()

    @property
    def shows(self) -> bool:
        """Tell that a sentence may open it."""
        return True


@final
class EquationLine(Placing):
    """A line of a system of equations, with its own number."""

    formula: EquationRow = Field(alias="ecuacion", description="La fórmula del renglón; & marca dónde se alinea")
    id: OwnId | None = Field(None, description="Identificador, para {ecuacion:…}")
    numbered: Boolean = Field(True, alias="numerada", description="Si lleva número")

    def targets(self) -> Iterable[Target]:
        """Return its number."""
        return (_numbered("ecuacion", self.id, self.formula),) if self.numbered else ()


@final
class EquationsBlock(Block):
    """Equations one under another, aligned, each with its number."""

    template = "ecuaciones"

    lines: list[EquationLine] = Field(alias="ecuaciones", min_length=1, description="Los renglones, en orden")

    def targets(self) -> Iterable[Target]:
        """Return nothing: its lines have the numbers."""
        return ()

    def owing(self) -> Iterable[Owing]:
        """Return nothing: what a formula states, the text around it answers for."""
        return ()

    @property
    def shows(self) -> bool:
        """Tell that a sentence may open it."""
        return True


def _numbered(kind: TargetKind, id: Text | None, text: Text) -> Target:
    """Return what a block numbers, under its name if it has one; `text` is what it shows."""
    return Target(kind, id.value if id is not None else "", id.span() if id is not None else text.span())


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
    | Annotated[TableBlock, Tag("<tabla>")]
    | Annotated[SubsectionBlock, Tag("<apartado>")]
    | Annotated[EquationBlock, Tag("<ecuacion>")]
    | Annotated[EquationsBlock, Tag("<ecuaciones>")],
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
