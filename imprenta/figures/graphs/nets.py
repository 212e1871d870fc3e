"""Net: one line to draw between cards, a tree of straight stretches on the grid; and how good a set of them looks."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

Point = tuple[int, int]
"""Column and row of the grid."""


@dataclass(slots=True)
class Net:
    """One line to draw: all tails and heads joined in a tree. `number` is that of its communication."""

    number: int
    tails: list[str]
    heads: list[str]
    direction: str = "ida"
    """Where arrows go: ida, doble or ninguno."""
    paths: list[list[Point]] = field(default_factory=list)
    """Corners of each stretch of the tree; the first goes from a tail to a head, the others start on it."""
    ends: list[tuple[str, str]] = field(default_factory=list)
    """For each path the tail and the head that it stands for."""

    @property
    def is_loop(self) -> bool:
        """Tell whether it joins a node to itself."""
        return self.tails == self.heads

    def arrows(self, order: int) -> tuple[bool, bool]:
        """Tell whether a path has an arrow at its start and at its end; a branch has none where it leaves the tree."""
        onward, backward = self.direction != "ninguno", self.direction == "doble"
        if order == 0:
            return backward, onward
        leaves_tree = any(_touches(self.paths[order][0], path) for path in self.paths[:order])
        return (False, onward) if leaves_tree else (backward, False)

    def joint(self, order: int) -> Point:
        """Return where a branch (any path but the first) meets the tree."""
        path = self.paths[order]
        return path[0] if any(_touches(path[0], other) for other in self.paths[:order]) else path[-1]


def _touches(point: Point, path: list[Point]) -> bool:
    return any(
        min(x0, x1) <= point[0] <= max(x0, x1) and min(y0, y1) <= point[1] <= max(y0, y1)
        for (x0, y0), (x1, y1) in pairwise(path)
    )


@dataclass(frozen=True, slots=True)
class Tree:
    """A net as laid: paths of cells, for each the tail and the head that it stands for, and the cost."""

    paths: list[list[int]]
    ends: list[tuple[str, str]]
    cost: int


def straighten(path: list[int]) -> list[int]:
    """Return the ends and the corners of a path of cells."""
    corners = [two for one, two, three in zip(path, path[1:], path[2:], strict=False) if two - one != three - two]
    return [path[0], *corners, path[-1]]


def judge_trees(trees: list[Tree], columns: int, along_border: list[bytearray]) -> float:
    """Return how bad lines look, whatever the order in which they were laid: length, bends, crossings, crowding.

    `columns` is the width of the grid in cells, `along_border` marks where a line runs beside a frame's border.
    """
    along: list[dict[int, int]] = [{}, {}]
    badness = 0.0
    for index, tree in enumerate(trees):
        for path in tree.paths:
            badness += len(path) + 3.0 * (len(straighten(path)) - 2)
            for one, two in pairwise(path):
                axis = 0 if abs(one - two) == 1 else 1
                along[axis][one] = along[axis][two] = index
    badness += 11.0 * sum(along[1].get(cell, index) != index for cell, index in along[0].items())
    for axis, aside in ((0, columns), (1, 1)):
        cells = along[axis]
        badness += 0.7 * sum(cells.get(cell + aside, index) != index for cell, index in cells.items())
        badness += 0.7 * sum(along_border[axis][cell] for cell in cells)
    return badness
