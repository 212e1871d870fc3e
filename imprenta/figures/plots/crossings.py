"""The curves of a chart -> the places where two of them cross, as they are drawn."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, pairwise
from math import log10
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    Column = Sequence[float | None]
    Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Crossing:
    """A place where two curves cross, in units of the data, and the names of both."""

    x: float
    y: float
    names: tuple[str, str]

    @property
    def number(self) -> str:
        """Its place on the x axis to three digits, as programs write numbers."""
        return f"{self.x:.3g}" if abs(self.x) < 1000 else f"{self.x:.0f}"


def find_crossings(
    lines: Sequence[tuple[str, Column, Column]], *, x_log: bool = False, y_log: bool = False
) -> list[Crossing]:
    """Return where lines cross, from left to right: each a name, its x and its y; one that turns back has no crossing.

    Between two points of a line there is what is drawn: a straight stretch, on logarithmic axes too.
    """
    placed = [(name, _points(x, y, x_log=x_log, y_log=y_log)) for name, x, y in lines]
    found = [
        Crossing(_back(x, log=x_log), _back(y, log=y_log), (one, two))
        for (one, first), (two, second) in combinations(placed, 2)
        for x, y in _cross(first, second)
    ]
    return sorted(found, key=lambda crossing: crossing.x)


def _points(xs: Column, ys: Column, *, x_log: bool, y_log: bool) -> list[Point]:
    """Return the points of a line where they are drawn, none if it is broken or goes back."""
    points = []
    for x, y in zip(xs, ys, strict=True):
        if x is None or y is None or (x_log and x <= 0) or (y_log and y <= 0):
            return []
        points.append((log10(x) if x_log else x, log10(y) if y_log else y))
    return points if all(one[0] < two[0] for one, two in pairwise(points)) else []


def _back(place: float, *, log: bool) -> float:
    return float(10**place) if log else place


def _cross(first: list[Point], second: list[Point]) -> list[Point]:
    if len(first) < 2 or len(second) < 2:
        return []
    left, right = max(first[0][0], second[0][0]), min(first[-1][0], second[-1][0])
    places = sorted({x for x, _ in (*first, *second) if left <= x <= right})
    heights = [(x, _height(first, x), _height(second, x)) for x in places]
    apart = [(x, one, one - two) for x, one, two in heights if one != two]  # where they only touch, they do not cross
    found = []
    for (x0, y0, gap0), (x1, y1, gap1) in pairwise(apart):
        if gap0 * gap1 < 0:
            share = gap0 / (gap0 - gap1)
            x = x0 + (x1 - x0) * share
            found.append((x, _height(first, x) if len(first) > 2 else y0 + (y1 - y0) * share))
    return found


def _height(points: list[Point], x: float) -> float:
    """Return how high a line is above a place between its ends."""
    for (x0, y0), (x1, y1) in pairwise(points):
        if x0 <= x <= x1:
            return y0 + (y1 - y0) * (x - x0) / (x1 - x0)
    return points[-1][1]
