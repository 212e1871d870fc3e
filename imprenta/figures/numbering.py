"""Lines laid on the grid -> where the number of each stands: on its line, free of everything else."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import hypot
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from imprenta.figures.layout import Box
    from imprenta.figures.routing import Net, Point

RADIUS = 0.74
"""Of the disc behind a number, in cells."""
ARROW = 0.75

Rectangle = tuple[float, float, float, float]
Stretch = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Disc:
    """A number on its line: the net's index and the centre, in cells. `free` is false if it touches something."""

    net: int
    x: float
    y: float
    free: bool = True


def place_numbers(
    nets: list[Net], cards: dict[str, Box], titles: list[Rectangle], frames: list[Rectangle]
) -> list[Disc]:
    """Choose one place for the number of every net; those with fewest choices choose first."""
    solid = [
        (float(box.x), float(box.y), float(box.x + box.w), float(box.y + box.h)) for box in cards.values()
    ] + titles
    stretches = [list(_stretches(net.paths)) for net in nets]
    choices: list[list[tuple[float, float, float]]] = []
    for index, net in enumerate(nets):
        others = [stretch for other, run in enumerate(stretches) if other != index for stretch in run]
        choices.append(_candidates(net, solid, others, frames))
    placed: dict[int, Disc] = {}
    for index in sorted(range(len(nets)), key=lambda index: (len(choices[index]), index)):
        free = [
            choice
            for choice in choices[index]
            if all(hypot(choice[1] - disc.x, choice[2] - disc.y) >= 2 * RADIUS + 0.3 for disc in placed.values())
        ]
        if free:
            _, x, y = min(free, key=lambda choice: (choice[0] + _crowding(choice, placed), choice))
            placed[index] = Disc(index, x, y)
        else:
            longest = max(stretches[index], key=lambda s: abs(s[2] - s[0]) + abs(s[3] - s[1]))
            placed[index] = Disc(index, (longest[0] + longest[2]) / 2, (longest[1] + longest[3]) / 2, free=False)
    return [placed[index] for index in range(len(nets))]


def _crowding(choice: tuple[float, float, float], placed: dict[int, Disc]) -> float:
    """Return the price of standing near other numbers, which makes it hard to tell whose number is whose."""
    return 2.0 * sum(hypot(choice[1] - disc.x, choice[2] - disc.y) < 2 * RADIUS + 1.3 for disc in placed.values())


def _stretches(paths: list[list[Point]]) -> Iterator[Stretch]:
    for path in paths:
        for (x0, y0), (x1, y1) in pairwise(path):
            yield float(x0), float(y0), float(x1), float(y1)


def _candidates(
    net: Net, solid: list[Rectangle], others: list[Stretch], frames: list[Rectangle]
) -> list[tuple[float, float, float]]:
    """Return the free places on a net as (price, x, y)."""
    found = []
    joints = [path[0] for path in net.paths[1:]] + [path[-1] for path in net.paths[1:]]
    for order, path in enumerate(net.paths):
        lengths = [abs(x1 - x0) + abs(y1 - y0) for (x0, y0), (x1, y1) in pairwise(path)]
        whole = sum(lengths)
        before = 0.0
        for (x0, y0), (x1, y1), length in zip(path, path[1:], lengths, strict=False):
            parts = 4 if length <= 6 else 2
            for part in range(1, parts * length):
                at = part / parts
                x = x0 + (x1 - x0) * at / length
                y = y0 + (y1 - y0) * at / length
                along = before + at
                if min(along, whole - along) < RADIUS + ARROW - (0.1 if whole < 4 else 0.0):
                    continue
                if any(_distance_to_box(x, y, box) < RADIUS + 0.15 for box in solid):
                    continue
                if any(_distance_to_stretch(x, y, stretch) < RADIUS + 0.12 for stretch in others):
                    continue
                price = abs(along / whole - 0.5) * 4 + order * 3 - min(length, 10) * 0.35
                price += 2.0 * sum(abs(_distance_to_border(x, y, frame)) < RADIUS for frame in frames)
                price += 3.0 * (min(at, length - at) < RADIUS)
                price += 3.0 * any(hypot(x - jx, y - jy) < RADIUS + 0.4 for jx, jy in joints)
                found.append((round(price, 6), x, y))
            before += length
    return found


def _distance_to_box(x: float, y: float, box: Rectangle) -> float:
    return hypot(max(box[0] - x, x - box[2], 0.0), max(box[1] - y, y - box[3], 0.0))


def _distance_to_stretch(x: float, y: float, stretch: Stretch) -> float:
    x0, x1 = sorted((stretch[0], stretch[2]))
    y0, y1 = sorted((stretch[1], stretch[3]))
    return _distance_to_box(x, y, (x0, y0, x1, y1))


def _distance_to_border(x: float, y: float, box: Rectangle) -> float:
    inside = min(x - box[0], box[2] - x, y - box[1], box[3] - y)
    return inside if inside > 0 else _distance_to_box(x, y, box)
