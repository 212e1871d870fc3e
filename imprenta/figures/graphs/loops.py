"""A card on the grid -> the line that leads from it back to itself: out of a side and in again, or around a corner."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from imprenta.figures.graphs.grid import STEP, Unroutable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from imprenta.figures.graphs.grid import Grid
    from imprenta.figures.graphs.grounds import Ground

BEND = 14
"""What a bend of a line costs."""
NARROW = {3: 0, 2: 12, 1: 40}
"""What a loop costs more that is so many cells wide."""
DEPTHS = (2, 3)
"""Cells that a loop leaves its card: it has an arrow's head, and mostly a number."""
CORNER = 2
"""Cells by which a loop goes past a corner, and at which it leaves and enters the card at the most."""
MIDDLE = 10
"""What it costs more to take the middle of a side, which other lines want."""


def lay_loop(grid: Grid, ground: Ground, card: str, beside_line: int) -> tuple[list[int], int]:
    """Return the cheapest free loop of a card, as cells, with its cost. Raises Unroutable.

    `beside_line` is the price of running next to another line.
    """
    ports = grid.ports(card)
    found = [
        (cost + price, path)
        for cost, path in (*_on_sides(grid, ports), *_around_corners(grid, ports))
        if (price := _price(grid, ground, path, beside_line)) is not None
    ]
    if not found:
        raise Unroutable
    cost, path = min(found)
    return path, cost


def _on_sides(grid: Grid, ports: dict[int, tuple[int, int]]) -> Iterator[tuple[int, list[int]]]:
    """Yield loops that leave and enter on one side, each with what its form costs."""
    for start, (direction, away) in ports.items():
        out, along = grid.steps[direction], grid.steps[(direction + 1) % 4]
        for width, narrow in NARROW.items():
            for step in (along, -along):
                goal = start + width * step
                if goal not in ports or ports[goal][0] != direction:
                    continue
                middle = MIDDLE * ((away == 0) + (ports[goal][1] == 0))
                for depth in DEPTHS:
                    yield narrow + middle, _walk(start, (out, depth), (step, width), (-out, depth))


def _around_corners(grid: Grid, ports: dict[int, tuple[int, int]]) -> Iterator[tuple[int, list[int]]]:
    """Yield loops that leave on one side and enter on the next, each with what its form costs."""
    for start, (direction, away) in ports.items():
        for turn in ((direction + 1) % 4, (direction + 3) % 4):
            out, on = grid.steps[direction], grid.steps[turn]
            for before in range(1, CORNER + 1):
                for after in range(1, CORNER + 1):
                    goal = start + before * on - after * out
                    if goal not in ports or ports[goal][0] != turn:
                        continue
                    middle = MIDDLE * ((away == 0) + (ports[goal][1] == 0))
                    ways = (out, CORNER), (on, before + CORNER), (-out, CORNER + after), (-on, CORNER)
                    yield middle, _walk(start, *ways)


def _walk(start: int, *ways: tuple[int, int]) -> list[int]:
    """Return the cells of a path that goes so many steps each way."""
    path = [start]
    for step, count in ways:
        path += [path[-1] + step * number for number in range(1, count + 1)]
    return path


def _price(grid: Grid, ground: Ground, path: list[int], beside_line: int) -> int | None:
    """Return what the cells of a loop cost, or None if something stands or runs there."""
    inside = path[1:-1]
    size = len(ground.blocked)
    if any(not 0 <= cell < size or ground.blocked[cell] or grid.used[0][cell] or grid.used[1][cell] for cell in inside):
        return None
    price = STEP
    bends = sum(two - one != three - two for one, two, three in zip(path, path[1:], path[2:], strict=False))
    for one, two in pairwise(path[:-1]):
        axis = 0 if abs(two - one) == 1 else 1
        price += ground.prices[axis][two] + beside_line * grid.crowd[axis][two]
    return price + BEND * bends
