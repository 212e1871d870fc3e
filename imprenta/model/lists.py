"""Lists that are blocks: with letters or boxes, begun at any number, with items that texts refer to; and terms."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Literal, final

from pydantic import Field

from imprenta.model.block import Block, Owing, Target
from imprenta.model.meaning import Line, Paragraphs, Reason
from imprenta.model.part import WORD, Boolean, Integer, OwnId, text_as
from imprenta.model.tags import Tagged

Marking = Literal["número", "letra", "romano", "casilla", "viñeta"]
SIGNS: dict[Marking, str] = {"casilla": "☐", "viñeta": "•"}
DONE = "☑"


def letter(number: int) -> str:
    """Return a number as letters: a, b, …, z, aa, ab."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters


def roman(number: int) -> str:
    """Return a number as a small Roman one."""
    steps = zip((1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
                ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"), strict=True)  # fmt: skip
    signs = ""
    for value, sign in steps:
        count, number = divmod(number, value)
        signs += sign * count
    return signs


@final
class Item(Tagged):
    """An item of a list."""

    text: Paragraphs = Field(alias="punto", description="El texto, en Markdown")
    id: OwnId | None = Field(None, description="Identificador, para {punto:…}")
    done: Boolean = Field(False, alias="hecho", description="Si la casilla va marcada")


@final
class ListBlock(Block):
    """A list whose items are blocks of text."""

    template = "lista"

    items: list[Annotated[Item, text_as("punto")]] = Field(
        alias="lista", min_length=1, description="Los elementos, en orden"
    )
    marking: Annotated[Marking, WORD] = Field("letra", alias="marca", description="Lo que va delante de cada uno")
    start: Integer = Field(1, alias="desde", ge=1, le=999, description="El número por el que empieza")
    waiver: Reason | None = Field(None, alias="sin_fuente", description="Por qué estos elementos no citan nada")

    def mark_of(self, index: int) -> str:
        """Return what stands before an item (from 0), and what a mention of it says."""
        number = self.start + index
        if self.marking in SIGNS:
            return DONE if self.marking == "casilla" and self.items[index].done else SIGNS[self.marking]
        return {"letra": letter, "romano": roman}.get(self.marking, str)(number)

    def targets(self) -> Iterable[Target]:
        """Return its items, each with what it is marked with."""
        for index, item in enumerate(self.items):
            named = item.id.value if item.id is not None else ""
            place = item.id.span() if item.id is not None else item.text.span()
            yield Target("punto", named, place, number=self.mark_of(index))

    def owing(self) -> Iterable[Owing]:
        """Return its items."""
        return [Owing(item.text, self.waiver) for item in self.items]


@final
class Definition(Tagged):
    """A term with what is said of it."""

    term: Line = Field(alias="termino", description="El término")
    text: Paragraphs = Field(alias="texto", description="Lo que es, en Markdown")


@final
class TermsBlock(Block):
    """A list of terms, each with what is said of it."""

    template = "terminos"

    terms: list[Definition] = Field(alias="terminos", min_length=1, description="Los términos, en orden")
    waiver: Reason | None = Field(None, alias="sin_fuente", description="Por qué estos textos no citan nada")

    def targets(self) -> Iterable[Target]:
        """Return nothing: texts refer to no term."""
        return ()

    def owing(self) -> Iterable[Owing]:
        """Return what is said of the terms."""
        return [Owing(term.text, self.waiver) for term in self.terms]
