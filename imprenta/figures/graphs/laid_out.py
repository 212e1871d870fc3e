"""GraphLayout: all of a graph's drawing but the drawing itself: what is drawn, where, and how large."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from imprenta.figures.graphs.plan import CELL

if TYPE_CHECKING:
    from imprenta.figures.graphs.crossings import Crossing
    from imprenta.figures.graphs.label_placement import Disc
    from imprenta.figures.graphs.layout import Frame, Placement
    from imprenta.figures.graphs.legend import LegendEntry
    from imprenta.figures.graphs.nets import Net
    from imprenta.figures.graphs.plan import Lettering
    from imprenta.figures.graphs.word_placement import EdgeWords

LEGEND_ABOVE = 9.0
"""Points between a drawing and its legend."""
EDGE = 0.5
"""Points around the drawing, so that the outline of a card at its edge is printed whole."""


@dataclass(frozen=True, slots=True)
class GraphLayout:
    """Everything about a drawing but the drawing itself: what is drawn, where, and how large."""

    labels: dict[str, list[str]]
    lettering: Lettering
    root: Frame
    placement: Placement
    nets: list[Net]
    discs: list[Disc]
    """The numbers of the nets, or none if they have none."""
    crossings: list[Crossing]
    """Where lines jump over others."""
    words: list[EdgeWords]
    legend: list[LegendEntry]
    legend_height: float

    @property
    def width(self) -> float:
        """Width in points."""
        return self.placement.width * CELL + 2 * EDGE

    @property
    def height(self) -> float:
        """Height in points, with the legend."""
        return self.placement.height * CELL + self.legend_height + 2 * EDGE

    @property
    def legend_top(self) -> float:
        """Where the legend begins, in points from the top."""
        return self.placement.height * CELL + LEGEND_ABOVE
