"""Net: one line to draw between cards, a tree of straight stretches on the grid."""

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
    colour: str = ""
    paths: list[list[Point]] = field(default_factory=list)
    """Corners of each stretch of the tree; the first goes from a tail to a head, the others start on it."""
    ends: list[tuple[str, str]] = field(default_factory=list)
    """For each path the tail and the head that it stands for."""
    leaves: bool = False
    """Whether it found no way inside the smallest frame that holds all its ends."""

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
    """A net as laid: paths of cells, for each the tail and the head that it stands for, the cost.

    `leaves` tells that it leaves the smallest frame that holds all its ends.
    """

    paths: list[list[int]]
    ends: list[tuple[str, str]]
    cost: int
    leaves: bool = False


def straighten(path: list[int]) -> list[int]:
    """Return the ends and the corners of a path of cells."""
    corners = [two for one, two, three in zip(path, path[1:], path[2:], strict=False) if two - one != three - two]
    return [path[0], *corners, path[-1]]
