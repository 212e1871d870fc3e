"""A net -> its ground: where on the grid its lines may run, and what each step costs it while no line is laid.

A line between things of one frame stays in that frame: one that leaves it says that the communication does. A frame
that holds none of its ends costs more to run through than to run around.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from imprenta.figures.graphs.layout import Box
    from imprenta.figures.graphs.nets import Net

FOREIGN = 3
"""What a step costs more inside a frame that holds no end of the line."""


@dataclass(frozen=True, slots=True)
class Ground:
    """Which cells are blocked, what a step to each costs, horizontally and vertically, and the colour of the lines."""

    blocked: bytearray
    prices: list[list[int]]
    colour: str = ""


class Grounds:
    """The grounds of all nets of a grid; nets that have their ends in the same frames share them."""

    def __init__(
        self, cards: dict[str, Box], frames: list[Box], everywhere: Ground, cell_of: Callable[[int, int], int]
    ) -> None:
        """Take what stands on the grid, the ground of a line that no frame keeps, and what tells a place's cell."""
        self.cards = cards
        self.frames = frames
        self.everywhere = everywhere
        self.cell_of = cell_of
        self._walled: dict[Box, bytearray] = {}
        self._priced: dict[tuple[Box, ...], list[list[int]]] = {(): everywhere.prices}

    def of(self, net: Net) -> Ground:
        """Return the ground of a net."""
        ends = [self.cards[card] for card in (*net.tails, *net.heads)]
        foreign = tuple(frame for frame in self.frames if not any(frame.holds(end) for end in ends))
        home = home_of(ends, self.frames)
        blocked = self.everywhere.blocked if home is None else self._wall(home)
        return Ground(blocked, self._price(foreign), net.colour)

    def _wall(self, home: Box) -> bytearray:
        """Return the cells that are blocked for a line that stays in a frame: its border is half a cell inside."""
        if home not in self._walled:
            blocked = bytearray(b"\1") * len(self.everywhere.blocked)
            for row in self._rows(home):
                blocked[row.start : row.stop] = self.everywhere.blocked[row.start : row.stop]
            self._walled[home] = blocked
        return self._walled[home]

    def _price(self, foreign: tuple[Box, ...]) -> list[list[int]]:
        if foreign not in self._priced:
            prices = [list(axis) for axis in self.everywhere.prices]
            for row in (row for frame in foreign for row in self._rows(frame)):
                for cell in row:
                    prices[0][cell] += FOREIGN
                    prices[1][cell] += FOREIGN
            self._priced[foreign] = prices
        return self._priced[foreign]

    def _rows(self, frame: Box) -> list[range]:
        """Return the cells inside a frame, row by row."""
        return [
            range(self.cell_of(frame.x + 1, y), self.cell_of(frame.x + frame.w, y))
            for y in range(frame.y + 1, frame.y + frame.h)
        ]


def home_of(ends: list[Box], frames: list[Box]) -> Box | None:
    """Return the smallest frame that holds all ends of a net; None if only the drawing does."""
    holding = [frame for frame in frames if all(frame.holds(end) for end in ends)]
    return min(holding, key=lambda frame: frame.w * frame.h) if holding else None
