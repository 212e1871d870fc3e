"""Notices: boxed remarks of four kinds, each under the key that names it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Literal, final

from pydantic import Field

from imprenta.model.block import Block, Owing, Target
from imprenta.model.meaning import Line, Paragraphs, Reason

NoticeKind = Literal["nota", "aviso", "advertencia", "consejo"]


class Notice(Block):
    """Paragraphs beside a rule, which begin with the word of their kind."""

    template = "aviso"
    kind: ClassVar[NoticeKind]

    text: Paragraphs = Field(description="El texto, en Markdown")
    title: Line | None = Field(None, alias="titulo", description="Título")
    waiver: Reason | None = Field(None, alias="sin_fuente", description="Por qué estos párrafos no citan nada")

    def targets(self) -> Iterable[Target]:
        """Return nothing: texts refer to no notice."""
        return ()

    def owing(self) -> Iterable[Owing]:
        """Return its paragraphs."""
        return (Owing(self.text, self.waiver),)


@final
class NoteBlock(Notice):
    """A remark."""

    kind = "nota"
    text: Paragraphs = Field(alias="nota", description="Lo que se anota, en Markdown")


@final
class NoticeBlock(Notice):
    """What the reader should see."""

    kind = "aviso"
    text: Paragraphs = Field(alias="aviso", description="Lo que se avisa, en Markdown")


@final
class WarningBlock(Notice):
    """What may go wrong."""

    kind = "advertencia"
    text: Paragraphs = Field(alias="advertencia", description="De qué se advierte, en Markdown")


@final
class TipBlock(Notice):
    """What helps."""

    kind = "consejo"
    text: Paragraphs = Field(alias="consejo", description="Lo que se aconseja, en Markdown")
