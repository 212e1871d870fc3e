"""Lines laid on the grid -> where two of them cross, and which of both jumps over the other.

Without a jump, a crossing looks like a place where a line branches. The line that runs across jumps, as in drawings of
circuits: one rule for all, so that nobody has to find out which line is meant.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from imprenta.figures.graphs.label_placement import Rectangle
    from imprenta.figures.graphs.nets import Net

JUMP = 0.35
"""Radius of the arc over a line, in cells: what a neighbouring line, a bend or an arrow's head a cell away leaves."""


@dataclass(frozen=True, slots=True)
class Crossing:
    """Where a path of the net `over` jumps over the net `under`: indices of nets, index of the path, column, row."""

    over: int
    path: int
    under: int
    x: int
    y: int

    @property
    def box(self) -> Rectangle:
        """Return left, top, right and bottom of the arc in cells; it bulges upwards."""
        return self.x - JUMP, self.y - JUMP, self.x + JUMP, float(self.y)


def find_crossings(nets: list[Net]) -> list[Crossing]:
    """Return the crossings of different nets, in the order of those that jump."""
    upright = [
        (x, min(y0, y1), max(y0, y1), index)
        for index, net in enumerate(nets)
        for path in net.paths
        for (x, y0), (x1, y1) in pairwise(path)
        if x == x1
    ]
    return [
        Crossing(over, order, under, x, y)
        for over, net in enumerate(nets)
        for order, path in enumerate(net.paths)
        for (x0, y), (x1, y1) in pairwise(path)
        if y == y1
        for x, top, bottom, under in upright
        if under != over and min(x0, x1) < x < max(x0, x1) and top < y < bottom
    ]
