"""Lines laid on the grid -> pairs of one colour that run close beside each other for long: two that look like one."""

from __future__ import annotations

from itertools import combinations, pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from imprenta.figures.graphs.nets import Net

LONG = 12
"""Cells over which lines in neighbouring rows or columns run beside each other for long."""


def find_twins(nets: list[Net]) -> list[tuple[int, int]]:
    """Return the indices of such pairs; lines without a class are not told apart by colour and are none."""
    straight = [sorted(_stretches(net)) if net.colour else [] for net in nets]
    return [
        (one, two)
        for one, two in combinations(range(len(nets)), 2)
        if nets[one].colour == nets[two].colour
        and any(
            axis == other_axis and abs(at - other_at) <= 1 and min(end, other_end) - max(start, other_start) > LONG
            for axis, at, start, end in straight[one]
            for other_axis, other_at, other_start, other_end in straight[two]
        )
    ]


def _stretches(net: Net) -> list[tuple[int, int, int, int]]:
    """Return the straight stretches longer than that: axis, row or column, start and end along the axis."""
    return [
        (0, y0, min(x0, x1), max(x0, x1)) if y0 == y1 else (1, x0, min(y0, y1), max(y0, y1))
        for path in net.paths
        for (x0, y0), (x1, y1) in pairwise(path)
        if abs(x1 - x0) + abs(y1 - y0) > LONG
    ]
