"""A path of straight stretches -> Graphviz's splines: rounded corners, jumps, room for arrows, dashes cut by us.

Graphviz draws dashes of a fixed length that does not follow the scale at which a drawing is made, so a dashed or
dotted line is written as many short splines of one edge.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import hypot
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Place = tuple[float, float]
Curve = tuple[Place, Place, Place, Place]
"""A Bézier curve: where it starts, its two control points, where it ends."""

CORNER = 3.5
"""Radius of a bend in points."""
ARROW = 5.2
"""Length of an arrow's head in points."""
SAMPLES = 6
"""Straight stretches that stand for a curve where dashes are cut."""


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

    curves: list[Curve]
    tip_start: Place | None
    tip_end: Place | None

    def without_start(self) -> Line:
        """Return the line without the arrow at its start; what stood between the tip and the first curve stays free."""
        return Line(self.curves, None, self.tip_end)

    def last_dash_backwards(self) -> Line:
        """Return the first curve alone, run the other way, so that its arrow is one at an end."""
        one, two, three, four = self.curves[0]
        return Line([(four, three, two, one)], None, self.tip_start)


@dataclass(frozen=True, slots=True)
class Jumps:
    """Where a path jumps over lines that it crosses, running across, and the radius of the arcs, in points."""

    places: Sequence[Place]
    radius: float

    def between(self, one: Place, two: Place) -> list[Place]:
        """Return the places on a straight stretch that have room on it, in its order."""
        left, right = sorted((one[0], two[0]))
        on = [
            place
            for place in self.places
            if one[1] == two[1] == place[1] and left + self.radius <= place[0] + SLACK
            and place[0] - SLACK <= right - self.radius
        ]  # fmt: skip
        return sorted(on, reverse=one[0] > two[0])


SLACK = 0.01
"""Points by which places may differ, for rounding."""
NO_JUMPS = Jumps((), 0.0)


def bend_path(
    points: list[Place], *, arrow_at_start: bool, arrow_at_end: bool, stroke: Stroke, jumps: Jumps = NO_JUMPS
) -> Line:
    """Turn the corners of a path into a line ready to be drawn."""
    ends = (points[0], points[-1])
    points = list(points)
    if arrow_at_start:
        points[0] = towards(points[0], points[1], ARROW)
    if arrow_at_end:
        points[-1] = towards(points[-1], points[-2], ARROW)
    curves = list(_curve(points, jumps))
    line = _cut(curves, stroke) if stroke.dash else [curve for curve, _ in curves]
    return Line(line, ends[0] if arrow_at_start else None, ends[1] if arrow_at_end else None)


def _curve(points: list[Place], jumps: Jumps) -> Iterator[tuple[Curve, int]]:
    """Yield the curves of a path, each with the number of straight stretches that stand for it."""
    last = points[0]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        radius = min(CORNER, _length(before, corner) / 2, _length(corner, after) / 2)
        begin, end = towards(corner, before, radius), towards(corner, after, radius)
        yield from _jump(last, begin, jumps)
        yield (begin, towards(corner, before, radius * 0.45), towards(corner, after, radius * 0.45), end), SAMPLES
        last = end
    yield from _jump(last, points[-1], jumps)


def _jump(one: Place, two: Place, jumps: Jumps) -> Iterator[tuple[Curve, int]]:
    """Yield a straight stretch and, where it jumps, half circles that bulge upwards (y grows downwards)."""
    for x, y in jumps.between(one, two):
        aside = jumps.radius if one[0] < two[0] else -jumps.radius
        start, end, top = (x - aside, y), (x + aside, y), y - jumps.radius * 4 / 3
        yield _straight(one, start), 1
        yield (start, (start[0], top), (end[0], top), end), SAMPLES
        one = end
    yield _straight(one, two), 1


def _straight(one: Place, two: Place) -> Curve:
    third = ((2 * one[0] + two[0]) / 3, (2 * one[1] + two[1]) / 3)
    return one, third, ((one[0] + 2 * two[0]) / 3, (one[1] + 2 * two[1]) / 3), two


def _cut(curves: list[tuple[Curve, int]], stroke: Stroke) -> list[Curve]:
    """Return the dashes of a path; both its ends are dashes, so the gaps give way a little."""
    chain = _flatten(curves)
    whole = sum(_length(one, two) for one, two in pairwise(chain))
    count = max(1, round((whole - stroke.dash) / (stroke.dash + stroke.gap)))
    period = (whole - stroke.dash) / count if whole > stroke.dash else whole
    dashes = []
    for order in range(count + 1):
        start = order * period
        piece = _between(chain, start, min(start + stroke.dash, whole))
        dashes += [_straight(one, two) for one, two in pairwise(piece)]
    return dashes


def _flatten(curves: list[tuple[Curve, int]]) -> list[Place]:
    """Return the path with each bend and each jump as short straight stretches."""
    chain = [curves[0][0][0]]
    for (one, two, three, four), samples in curves:
        for sample in range(1, samples):
            t = sample / samples
            weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3)
            places = list(zip(weights, (one, two, three, four), strict=True))
            chain.append((sum(w * p[0] for w, p in places), sum(w * p[1] for w, p in places)))
        chain.append(four)
    return chain


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
