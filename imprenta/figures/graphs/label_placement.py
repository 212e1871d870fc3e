"""Lines laid on the grid -> where the number of each stands: on its line, free of everything else."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import hypot
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from imprenta.figures.graphs.layout import Box
    from imprenta.figures.graphs.nets import Net, Point

RADIUS = 0.74
"""Of the disc behind a number, in cells."""
ARROW = 0.75
BETWEEN = 0.22
"""Length of an arrow's head, and what two discs keep between them, in cells."""
BESIDE = 0.26
"""Cells by which a number may stand beside its line to get off the border along which that runs."""
ON_BORDER, ON_CORNER = 1000.0, 12.0
"""Prices of standing on a frame's border, which is as bad as touching something, and on a bend or a branch."""

Rectangle = tuple[float, float, float, float]
Stretch = tuple[float, float, float, float]
Choice = tuple[float, float, float]
"""A place for a number: its price, and x and y in cells."""


@dataclass(frozen=True, slots=True)
class Disc:
    """A number on its line: the net's index and the centre, in cells.

    `free` is false if it touches something or stands on a frame's border.
    """

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
    stretches = [list(stretches_of(net.paths)) for net in nets]
    choices: list[list[Choice]] = []
    for index, net in enumerate(nets):
        others = [stretch for other, run in enumerate(stretches) if other != index for stretch in run]
        choices.append(_candidates(net, solid, others, frames))
    placed: dict[int, Disc] = {}
    room = [sum(choice[0] < ON_BORDER / 2 for choice in choices_of) for choices_of in choices]
    for index in sorted(range(len(nets)), key=lambda index: (room[index], index)):
        disc = _choose(index, choices[index], placed)
        if disc is None or not disc.free:
            disc = _make_room(index, choices, placed) or disc
        if disc is None:
            longest = max(stretches[index], key=lambda s: abs(s[2] - s[0]) + abs(s[3] - s[1]))
            disc = Disc(index, (longest[0] + longest[2]) / 2, (longest[1] + longest[3]) / 2, free=False)
        placed[index] = disc
    return [placed[index] for index in range(len(nets))]


def _choose(index: int, choices: list[Choice], placed: dict[int, Disc]) -> Disc | None:
    """Return the best place that no other number touches."""
    free = [choice for choice in choices if not _touched(choice, placed)]
    if not free:
        return None
    price, x, y = min(free, key=lambda choice: (choice[0] + _crowding(choice, placed), choice))
    return Disc(index, x, y, free=price < ON_BORDER / 2)


def _make_room(index: int, choices: list[list[Choice]], placed: dict[int, Disc]) -> Disc | None:
    """Look for a place that is free once one other number has moved along its own line, and move that one."""
    for choice in sorted(choices[index]):
        touched = _touched(choice, placed)
        if len(touched) != 1 or choice[0] >= ON_BORDER / 2:
            continue
        others = {key: disc for key, disc in placed.items() if key != touched[0]}
        others[index] = Disc(index, choice[1], choice[2])
        moved = _choose(touched[0], choices[touched[0]], others)
        if moved is not None and moved.free:
            placed[touched[0]] = moved
            return others[index]
    return None


def _touched(choice: Choice, placed: dict[int, Disc]) -> list[int]:
    return [key for key, disc in placed.items() if hypot(choice[1] - disc.x, choice[2] - disc.y) < 2 * RADIUS + BETWEEN]


def _crowding(choice: Choice, placed: dict[int, Disc]) -> float:
    """Return the price of standing near other numbers, which makes it hard to tell whose number is whose."""
    return 2.0 * sum(hypot(choice[1] - disc.x, choice[2] - disc.y) < 2 * RADIUS + 1.3 for disc in placed.values())


def stretches_of(paths: list[list[Point]]) -> Iterator[Stretch]:
    """Yield the straight stretches of paths: left, top, right, bottom."""
    for path in paths:
        for (x0, y0), (x1, y1) in pairwise(path):
            yield float(min(x0, x1)), float(min(y0, y1)), float(max(x0, x1)), float(max(y0, y1))


def _candidates(net: Net, solid: list[Rectangle], others: list[Stretch], frames: list[Rectangle]) -> list[Choice]:
    """Return the free places on a net as (price, x, y)."""
    found = []
    joints = [net.joint(order) for order in range(1, len(net.paths))]
    for order, path in enumerate(net.paths):
        lengths = [abs(x1 - x0) + abs(y1 - y0) for (x0, y0), (x1, y1) in pairwise(path)]
        whole = sum(lengths)
        first, last = (RADIUS + (ARROW if arrow else 0.2) for arrow in net.arrows(order))
        before = 0.0
        for (x0, y0), (x1, y1), length in zip(path, path[1:], lengths, strict=False):
            parts = 4 if length <= 6 else 2
            for part in range(1, parts * length):
                at = part / parts
                x = x0 + (x1 - x0) * at / length
                y = y0 + (y1 - y0) * at / length
                along = before + at
                if along < first or whole - along < last:
                    continue
                price = abs(along / whole - 0.5) * 4 + order * 3 - min(length, 10) * 0.35
                price += ON_CORNER * (min(at, length - at) < RADIUS)
                price += ON_CORNER * any(hypot(x - jx, y - jy) < RADIUS + 0.4 for jx, jy in joints)
                for more, px, py in _near_line((x, y), x0 == x1, frames):
                    if not _is_near(px, py, solid, RADIUS + 0.15) and not _is_near(px, py, others, RADIUS + 0.12):
                        found.append((round(price + more, 6), px, py))
            before += length
    return found


def _near_line(place: tuple[float, float], upright: bool, frames: list[Rectangle]) -> Iterator[Choice]:
    """Yield a place on a line and, if it is on a border, those a little beside it that are not; with what they cost."""
    x, y = place
    if not _meets_border(x, y, frames):
        yield 0.0, x, y
        return
    yield ON_BORDER, x, y
    for away in (BESIDE, -BESIDE):
        px, py = (x + away, y) if upright else (x, y + away)
        if not _meets_border(px, py, frames):
            yield ON_CORNER / 2, px, py


def _meets_border(x: float, y: float, frames: list[Rectangle]) -> bool:
    return any(abs(_distance_to_border(x, y, frame)) < RADIUS for frame in frames)


def _distance_to_box(x: float, y: float, box: Rectangle) -> float:
    return hypot(max(box[0] - x, x - box[2], 0.0), max(box[1] - y, y - box[3], 0.0))


def _is_near(x: float, y: float, boxes: Iterable[Rectangle], limit: float) -> bool:
    """Tell whether any box is nearer than that; most are far away in one direction alone, which is soon seen."""
    for box in boxes:
        left, top, right, bottom = box
        if left - x < limit > x - right and top - y < limit > y - bottom and _distance_to_box(x, y, box) < limit:
            return True
    return False


def _distance_to_border(x: float, y: float, box: Rectangle) -> float:
    inside = min(x - box[0], box[2] - x, y - box[1], box[3] - y)
    return inside if inside > 0 else _distance_to_box(x, y, box)
