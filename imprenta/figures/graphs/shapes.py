"""The shape of a node -> how Graphviz calls it, how large it is around its words, and where its outline runs."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, hypot, sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from imprenta.figures.graphs.layout import Box
    from imprenta.model.figure import ShapeName

Place = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Shape:
    """A shape: Graphviz's names of it and of its style. `curved` tells that its outline leaves the sides of its box."""

    name: str
    style: str = "filled"
    curved: bool = False


CARD = Shape("box", "rounded,filled")
SHAPES: dict[ShapeName, Shape] = {
    "rectangulo": Shape("box"),
    "rombo": Shape("diamond", curved=True),
    "ovalo": Shape("ellipse", curved=True),
    "circulo": Shape("ellipse", curved=True),
    "cilindro": Shape("cylinder"),
    "documento": Shape("note"),
}
"""The shapes that an author may ask for; who asks for none gets a card."""
FOLD, CAP = 8.0, 12.0
"""Points that the folded corner of a document takes, and what the ends of a cylinder do."""


def shape_of(name: ShapeName | None) -> Shape:
    """Return the shape of a node."""
    return CARD if name is None else SHAPES[name]


def size_around(width: float, height: float, name: ShapeName | None) -> tuple[float, float]:
    """Return the width and height of a shape around words of a size, all in points."""
    if name == "rombo":  # the corners of the words lie on the sides: w/W + h/H = 1
        return width * 1.6, height / (1 - 1 / 1.6)
    if name == "ovalo":
        return width * sqrt(2), height * sqrt(2)
    if name == "circulo":
        return hypot(width, height), hypot(width, height)
    return width + FOLD * (name == "documento"), height + CAP * (name == "cilindro")


def even_cells(points: float, cell: float, least: int) -> int:
    """Return a length in cells, an even number: the middle of a side then is a place where a line can run."""
    cells = max(ceil(points / cell), least)
    return cells + cells % 2


def reach_outline(end: Place, before: Place, box: Box, name: ShapeName | None, cell: float) -> Place:
    """Return where a line that comes from `before` and ends at a shape's box meets the shape itself, in points."""
    if not shape_of(name).curved:
        return end
    half = box.w * cell / 2, box.h * cell / 2
    middle = box.centre[0] * cell, box.centre[1] * cell
    upright = abs(end[0] - before[0]) < abs(end[1] - before[1])
    aside = min(1.0, abs(end[0] - middle[0]) / half[0] if upright else abs(end[1] - middle[1]) / half[1])
    depth = (aside if name == "rombo" else 1 - sqrt(1 - aside**2)) * half[1 if upright else 0]
    if upright:
        return end[0], end[1] + (depth if end[1] > before[1] else -depth)
    return end[0] + (depth if end[0] > before[0] else -depth), end[1]
