"""A path of straight stretches -> Graphviz's splines: rounded corners, room for arrows, dashes cut by us.

Graphviz draws dashes of a fixed length that does not follow the scale at which a drawing is made, so a dashed or
dotted line is written as many short splines of one edge.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import hypot

Place = tuple[float, float]

CORNER = 3.5
"""Radius of a bend in points."""
ARROW = 5.2
"""Length of an arrow's head in points."""


@dataclass(frozen=True, slots=True)
class Stroke:
    """How a line looks: its width and, unless it is solid, the lengths of dash and gap, in points."""

    width: float
    dash: float = 0.0
    gap: float = 0.0


STROKES = {
    "continuo": Stroke(0.9),
    "discontinuo": Stroke(1.0, 4.6, 2.4),
    "punteado": Stroke(1.0, 1.2, 1.6),
    "grueso": Stroke(1.8),
}


@dataclass(frozen=True, slots=True)
class Line:
    """Bézier curves one after the other, each four places; and where the tips of its arrows stand, if it has any."""

    curves: list[tuple[Place, Place, Place, Place]]
    tip_start: Place | None
    tip_end: Place | None

    def without_start(self) -> Line:
        """Return the line without the arrow at its start; what stood between the tip and the first curve stays free."""
        return Line(self.curves, None, self.tip_end)

    def last_dash_backwards(self) -> Line:
        """Return the first curve alone, run the other way, so that its arrow is one at an end."""
        one, two, three, four = self.curves[0]
        return Line([(four, three, two, one)], None, self.tip_start)


def bend_path(points: list[Place], *, arrow_at_start: bool, arrow_at_end: bool, stroke: Stroke) -> Line:
    """Turn the corners of a path into a line ready to be drawn."""
    ends = (points[0], points[-1])
    points = list(points)
    if arrow_at_start:
        points[0] = towards(points[0], points[1], ARROW)
    if arrow_at_end:
        points[-1] = towards(points[-1], points[-2], ARROW)
    line = _cut(points, stroke) if stroke.dash else _round(points)
    return Line(line, ends[0] if arrow_at_start else None, ends[1] if arrow_at_end else None)


def _round(points: list[Place]) -> list[tuple[Place, Place, Place, Place]]:
    curves = []
    last = points[0]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        radius = _radius(before, corner, after)
        begin, end = towards(corner, before, radius), towards(corner, after, radius)
        curves.append(_straight(last, begin))
        curves.append((begin, towards(corner, before, radius * 0.45), towards(corner, after, radius * 0.45), end))
        last = end
    curves.append(_straight(last, points[-1]))
    return curves


def _radius(before: Place, corner: Place, after: Place) -> float:
    return min(CORNER, _length(before, corner) / 2, _length(corner, after) / 2)


def _straight(one: Place, two: Place) -> tuple[Place, Place, Place, Place]:
    third = ((2 * one[0] + two[0]) / 3, (2 * one[1] + two[1]) / 3)
    return one, third, ((one[0] + 2 * two[0]) / 3, (one[1] + 2 * two[1]) / 3), two


def _cut(points: list[Place], stroke: Stroke) -> list[tuple[Place, Place, Place, Place]]:
    """Return the dashes of a path; both its ends are dashes, so the gaps give way a little."""
    chain = _flatten(points)
    whole = sum(_length(one, two) for one, two in pairwise(chain))
    count = max(1, round((whole - stroke.dash) / (stroke.dash + stroke.gap)))
    period = (whole - stroke.dash) / count if whole > stroke.dash else whole
    dashes = []
    for order in range(count + 1):
        start = order * period
        piece = _between(chain, start, min(start + stroke.dash, whole))
        dashes += [_straight(one, two) for one, two in pairwise(piece)]
    return dashes


def _flatten(points: list[Place]) -> list[Place]:
    """Return the path with each bend as three short stretches."""
    chain = [points[0]]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        radius = _radius(before, corner, after)
        begin, end = towards(corner, before, radius), towards(corner, after, radius)
        chain.append(begin)
        for t in (0.33, 0.67):
            chain.append(
                (
                    (1 - t) ** 2 * begin[0] + 2 * t * (1 - t) * corner[0] + t**2 * end[0],
                    (1 - t) ** 2 * begin[1] + 2 * t * (1 - t) * corner[1] + t**2 * end[1],
                )
            )
        chain.append(end)
    return [*chain, points[-1]]


def _between(chain: list[Place], start: float, end: float) -> list[Place]:
    """Return the part of a chain between two lengths along it."""
    piece: list[Place] = []
    passed = 0.0
    for one, two in pairwise(chain):
        length = _length(one, two)
        if length and passed + length > start and passed < end:
            if not piece:
                piece.append(towards(one, two, max(0.0, start - passed)))
            piece.append(towards(one, two, min(length, end - passed)))
        passed += length
    return piece


def _length(one: Place, two: Place) -> float:
    return hypot(one[0] - two[0], one[1] - two[1])


def towards(start: Place, goal: Place, distance: float) -> Place:
    """Return the place at a distance from `start` on the way to `goal`."""
    part = distance / (_length(start, goal) or 1.0)
    return start[0] + (goal[0] - start[0]) * part, start[1] + (goal[1] - start[1]) * part
