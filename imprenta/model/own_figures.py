"""The figures that are written where they stand in a section, without a file of their own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import final

from pydantic import Field

from imprenta.model.block import Block, Owing, Target, number
from imprenta.model.figure import Figure, Gallery, Graph, Image, Plot
from imprenta.model.part import OwnId, propose_id


class OwnFigure(Figure, Block):
    """What all of them have besides what every figure has."""

    template = "figura"

    id: OwnId | None = Field(None, description="Identificador, para {figura:…}")

    @property
    def name(self) -> str:
        """Return what its drawing is called by: its id, or what its caption says."""
        return self.id.value if self.id is not None else f"sin-id-{propose_id(self.caption.value)[:60]}"

    def targets(self) -> Iterable[Target]:
        """Return the figure."""
        return (number("figura", self.id, self.caption),)

    def owing(self) -> Iterable[Owing]:
        """Return nothing: what a figure states has its sources beside it."""
        return ()


@final
class GraphBlock(Graph, OwnFigure):
    """A graph in its place."""


@final
class PlotBlock(Plot, OwnFigure):
    """A plot in its place."""


@final
class ImageBlock(Image, OwnFigure):
    """A picture in its place."""


@final
class GalleryBlock(Gallery, OwnFigure):
    """Several pictures in their place."""

    def targets(self) -> Iterator[Target]:
        """Yield the figure, and each of its pictures that has a name."""
        yield number("figura", self.id, self.caption)
        yield from gallery_targets(self)


def gallery_targets(gallery: Gallery) -> Iterator[Target]:
    """Yield the pictures of a figure that have names: each is numbered as the figure is, with a letter."""
    for letter, image in gallery.lettered():
        if image.id is not None:
            yield Target("figura", image.id.value, image.id.span(), letter=letter)


AnyOwnFigure = GraphBlock | PlotBlock | ImageBlock | GalleryBlock
