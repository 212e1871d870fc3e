"""Block: the base of all that a section is made of; it tells what it places and what of it owes a source."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar, Literal

from imprenta.model.part import Part
from imprenta.model.referable import TargetKind
from imprenta.model.tags import Tagged
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

    What is numbered and has no name has no `id`: it counts, and nobody refers to it. What is numbered as what it is a
    part of has a `letter` besides, and does not count.
    """

    kind: TargetKind
    id: str
    place: Span
    origin: Origin | None = None
    number: str = ""
    """Its number as it is printed, where that is known beforehand."""
    letter: str = ""


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


class Block(Placing, Tagged):
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
        return any(target.kind not in ("seccion", "punto") for target in self.targets())


class Displayed(Block):
    """The base of what is set apart as it is typed, a formula or code: the text around it says what it means."""

    def owing(self) -> Iterable[Owing]:
        """Return nothing: the text around it answers for what it states."""
        return ()

    @property
    def shows(self) -> bool:
        """Tell that a sentence may open it, numbered or not."""
        return True


def number(kind: TargetKind, id: Text | None, text: Text) -> Target:
    """Return what a block numbers, under its name if it has one; `text` is what it shows."""
    return Target(kind, id.value if id is not None else "", id.span() if id is not None else text.span())
