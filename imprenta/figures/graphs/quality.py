"""A laid-out graph -> what tells how easily it is read: crossings, bends, length of its lines, what fills it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from imprenta.figures.graphs.plan import CELL

if TYPE_CHECKING:
    from imprenta.figures.graphs.laid_out import GraphLayout

CENTIMETRE = 72 / 2.54


@dataclass(frozen=True, slots=True)
class Quality:
    """Figures of a drawing.

    `length` is that of all lines in centimetres; `density` the share of the drawing, without its legend, that cards
    cover; `size` the width and height in centimetres.
    """

    crossings: int
    bends: int
    length: float
    density: float
    size: tuple[float, float]


def measure_layout(layout: GraphLayout) -> Quality:
    """Return the figures of a layout."""
    paths = [path for net in layout.nets for path in net.paths]
    cells = sum(abs(x0 - x1) + abs(y0 - y1) for path in paths for (x0, y0), (x1, y1) in pairwise(path))
    placement = layout.placement
    covered = sum(box.w * box.h for box in placement.cards.values())
    return Quality(
        len(layout.crossings),
        sum(len(path) - 2 for path in paths),
        round(cells * CELL / CENTIMETRE, 1),
        round(covered / (placement.width * placement.height), 3),
        (round(layout.width / CENTIMETRE, 2), round(layout.height / CENTIMETRE, 2)),
    )
