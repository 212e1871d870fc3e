"""Lines laid on the grid -> how bad they look, whatever the order in which they were laid; and which of them cross."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from imprenta.figures.graphs.grid import SHORT
from imprenta.figures.graphs.nets import straighten

if TYPE_CHECKING:
    from collections.abc import Sequence

    from imprenta.figures.graphs.grounds import Ground
    from imprenta.figures.graphs.nets import Tree

BEND, CROSSING, SHORT_CROSSING, LEAVING = 12, 56, 160, 480
"""How bad a bend is, a crossing, one of a short line besides, and a line that leaves the frame of its ends.

A step is as bad as it costs.
"""
CROWDED, PLAIN, ALIKE = 6, 3, 6
"""How bad a cell beside another line is, one of a line without a class, and of the same colour besides."""


def judge_trees(trees: Sequence[Tree], grounds: Sequence[Ground], columns: int) -> int:
    """Return how bad lines look: what their steps cost, bends, crossings, crowding, frames left.

    `grounds` are those of the trees, `columns` is the width of the grid in cells.
    """
    along: list[dict[int, int]] = [{}, {}]
    short: set[int] = set()
    badness = 0
    for index, (tree, ground) in enumerate(zip(trees, grounds, strict=True)):
        badness += LEAVING * tree.leaves
        for path in tree.paths:
            badness += BEND * (len(straighten(path)) - 2)
            if len(path) <= SHORT + 1:
                short.update(path)
            for one, two in pairwise(path):
                axis = 0 if abs(one - two) == 1 else 1
                along[axis][one] = along[axis][two] = index
                badness += ground.prices[axis][two]
    crossed = [cell for cell, index in along[0].items() if along[1].get(cell, index) != index]
    badness += CROSSING * len(crossed) + SHORT_CROSSING * len(short.intersection(crossed))
    for axis, aside in ((0, columns), (1, 1)):
        for cell, index in along[axis].items():
            other = along[axis].get(cell + aside, index)
            if other != index:
                colour = grounds[index].colour
                badness += (CROWDED if colour else PLAIN) + ALIKE * (colour != "" and colour == grounds[other].colour)
    return badness


def crossing_pairs(trees: Sequence[Tree]) -> list[tuple[int, int]]:
    """Return which trees cross, by their indices, smaller ones first."""
    along: list[dict[int, int]] = [{}, {}]
    for index, tree in enumerate(trees):
        for path in tree.paths:
            for one, two in pairwise(path):
                cells = along[0 if abs(one - two) == 1 else 1]
                cells[one] = cells[two] = index
    met = {(along[1].get(cell, index), index) for cell, index in along[0].items()}
    return sorted({(min(pair), max(pair)) for pair in met if pair[0] != pair[1]})
