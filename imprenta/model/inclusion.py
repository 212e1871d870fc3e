"""Inclusions: sections and blocks that stand in a file of elsewhere; the loader puts what is there in their place."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, final

from pydantic import Field, Tag

from imprenta.model.block import Block, Owing, Target
from imprenta.model.meaning import Names
from imprenta.model.part import SHAPE, OwnId, Part, SectionId
from imprenta.model.text import Text

IncludedFile = Annotated[Text, Names("incluido")]


@final
class IncludeBlock(Block):
    """The place of the blocks of another file."""

    file: IncludedFile = Field(alias="incluye", description="Archivo cuyos bloques van aquí, nombrado desde este")

    def targets(self) -> Iterable[Target]:
        """Return nothing: the blocks that come in its place answer for themselves."""
        return ()

    def owing(self) -> Iterable[Owing]:
        """Return nothing: the blocks that come in its place answer for themselves."""
        return ()


@final
class IncludedSection(Part):
    """The place of a section that stands in another file."""

    file: IncludedFile = Field(alias="incluye", description="Archivo de la sección, nombrado desde informe.yaml")
    id: OwnId | None = Field(None, description="Identificador de la sección, si no es el nombre de su archivo")


SectionChoice = Annotated[
    Annotated[SectionId, Tag("<texto>")] | Annotated[IncludedSection, Tag("<mapa>")],
    SHAPE,
]
