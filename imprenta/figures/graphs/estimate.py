"""A card on the grid -> for each cell and direction, the least that a line from there to the card's border costs.

A* (`routing.py`) takes the state first whose line so far and this together cost least. Never more than what the line
will cost, or it would not find a cheapest one: counted are the steps to the border and the bends that nothing can
save, on a grid with nothing else on it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from imprenta.figures.graphs.layout import Box

BEFORE, FIRST, INSIDE, LAST, AFTER = range(-2, 3)
"""Where a column (row) lies: left of (above) a card, on its left (upper) border, between, on the other, beyond it."""
RIGHT, DOWN, LEFT, UP = range(4)


def estimate_costs(card: Box, columns: int, rows: int, *, step: int, bend: int) -> list[int]:
    """Return the least costs by state, `cell * 4 + direction`; cells are counted along rows, from the upper left.

    `step` is the least that a step costs, `bend` what a bend costs besides.
    """
    right, bottom = card.x + card.w, card.y + card.h
    ways = [step * max(card.x - x, x - right, 0) for x in range(columns)]
    across = [_tell_zone(x, card.x, right) for x in range(columns)]
    costs: list[int] = []
    bends: dict[int, list[int]] = {}
    for y in range(rows):
        down = _tell_zone(y, card.y, bottom)
        if down not in bends:
            bends[down] = [
                way + bend * _least_bends(zone, down, direction)
                for way, zone in zip(ways, across, strict=True)
                for direction in (RIGHT, DOWN, LEFT, UP)
            ]
        away = step * max(card.y - y, y - bottom, 0)
        costs += [away + cost for cost in bends[down]]
    return costs


def _tell_zone(place: int, first: int, last: int) -> int:
    if place in (first, last):
        return FIRST if place == first else LAST
    return BEFORE if place < first else AFTER if place > last else INSIDE


def _least_bends(across: int, down: int, direction: int) -> int:
    """Return the bends that a line which runs in this direction cannot save; a line arrives straight at a side.

    None if it runs at the card already, one if it can turn at it, two if it has to turn round.
    """
    along, aside = (down, across) if direction in (DOWN, UP) else (across, down)
    ahead = BEFORE if direction in (RIGHT, DOWN) else AFTER
    if along == ahead or along in (FIRST, LAST):
        return 0 if aside == INSIDE else 1
    return 1 if along == INSIDE else 2
