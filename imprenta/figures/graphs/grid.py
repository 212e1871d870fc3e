"""Cards, frames and titles on a page -> a grid of cells: where lines may run, what a step costs, where lines run.

A line runs along cells, from the middle of one to the middle of the next: horizontally (axis 0) or vertically (axis
1). Cells are numbered along the rows, from the upper left, with a margin around the page.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from operator import add
from typing import TYPE_CHECKING

from imprenta.figures.graphs.grounds import Ground, Grounds

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from imprenta.figures.graphs.layout import Box
    from imprenta.figures.graphs.nets import Net, Point

STEP, BESIDE_CARD, BESIDE_BORDER = 4, 3, 4
"""What a step costs, and what it costs more beside a card or along a frame's border."""
SHORT = 5
"""Cells up to which a line counts as short."""
FROM_MIDDLE = 12
"""How much more a line costs that meets a curved outline away from the middle of a side."""
MARGIN = 1
"""Cells around the page, so that a step over its edge stays on the grid."""


class Unroutable(Exception):  # noqa: N818 - an answer of the search, caught in this package
    """No way is left between two cards, or around one."""


class Grid:
    """The cells of a drawing with what stands on them and the lines laid so far."""

    def __init__(
        self,
        cards: dict[str, Box],
        frames: Iterable[Box],
        titles: Iterable[tuple[int, int, int, int]],
        width: int,
        height: int,
        curved: Container[str] = (),
    ) -> None:
        """Take cards, frames, the cells that titles cover (first and last column and row) and the size in cells.

        Lines keep to the middle of the sides of cards that are `curved`, where their outline is.
        """
        self.cards = cards
        self.frames = list(frames)
        self.curved = curved
        self.columns, self.rows = width + 2 * MARGIN + 1, height + 2 * MARGIN + 1
        size = self.columns * self.rows
        self.blocked = bytearray(size)
        self.beside = bytearray(size)
        self.along_border = [bytearray(size), bytearray(size)]
        """Whether a line along the cell, horizontally and vertically, would run beside a frame's border."""
        self.steps = (1, self.columns, -1, -self.columns)
        for x0, y0, x1, y1 in titles:
            self._block(x0, y0, x1, y1)
        for box in cards.values():
            for x in range(box.x - 1, box.x + box.w + 2):
                for y in range(box.y - 1, box.y + box.h + 2):
                    if 0 <= x + MARGIN < self.columns and 0 <= y + MARGIN < self.rows:
                        self.beside[self.cell(x, y)] = 1
        for box in cards.values():
            self._block(box.x, box.y, box.x + box.w, box.y + box.h)
        for box in self.frames:
            self._mark_border(box)
        self._close_edges(width, height)
        steps = [STEP + BESIDE_CARD * card for card in self.beside]
        borders = [[BESIDE_BORDER * border for border in axis] for axis in self.along_border]
        prices = [list(map(add, steps, axis)) for axis in borders]
        self.open = Ground(self.blocked, prices)
        """The ground of a line that no frame keeps."""
        self._all_grounds = Grounds(cards, self.frames, self.open, self.cell)
        self._grounds: dict[int, Ground] = {}
        self.clear()

    def clear(self) -> None:
        """Take all lines away."""
        size = len(self.blocked)
        self.used = [[0] * size, [0] * size]
        """Net that runs along each cell, horizontally and vertically (0: none); both where it bends."""
        self.crowd = [[0] * size, [0] * size]
        """How many neighbours of each cell, of its row or column, a line runs along the same way."""
        self.alike: dict[str, list[list[int]]] = defaultdict(lambda: [[0] * size, [0] * size])
        """The same of the lines of each colour; none of those without a class, which are told apart by nothing."""
        self.short = bytearray(size)
        """Whether a short line runs through each cell: it has room for its number, hardly for being crossed."""

    def admit(self, mark: int, net: Net) -> None:
        """Say which net is laid under a mark."""
        self._grounds[mark] = self._all_grounds.of(net)

    def ground_of(self, mark: int) -> Ground:
        """Return where the net of a mark may run, and what each step costs it while no line is laid."""
        return self._grounds.get(mark, self.open)

    def cell(self, x: int, y: int) -> int:
        """Return the cell of a column and a row."""
        return (y + MARGIN) * self.columns + x + MARGIN

    def point(self, cell: int) -> Point:
        """Return the column and row of a cell, without the margin."""
        return cell % self.columns - MARGIN, cell // self.columns - MARGIN

    def _block(self, x0: int, y0: int, x1: int, y1: int) -> None:
        for y in range(max(y0, -MARGIN), min(y1, self.rows - 1 - MARGIN) + 1):
            for x in range(max(x0, -MARGIN), min(x1, self.columns - 1 - MARGIN) + 1):
                self.blocked[self.cell(x, y)] = 1

    def _close_edges(self, width: int, height: int) -> None:
        """Keep lines off the edge of the page, where half their width would be cut away."""
        for x in range(-MARGIN, width + MARGIN + 1):
            for y in (-MARGIN, 0, height, height + MARGIN):
                self.blocked[self.cell(x, y)] = 1
        for y in range(-MARGIN, height + MARGIN + 1):
            for x in (-MARGIN, 0, width, width + MARGIN):
                self.blocked[self.cell(x, y)] = 1

    def _mark_border(self, box: Box) -> None:
        right, bottom = box.x + box.w, box.y + box.h
        for x in range(box.x, right + 1):
            for y in (box.y, box.y + 1, bottom - 1, bottom):
                self.along_border[0][self.cell(x, y)] = 1
        for y in range(box.y, bottom + 1):
            for x in (box.x, box.x + 1, right - 1, right):
                self.along_border[1][self.cell(x, y)] = 1

    def ports(self, card: str) -> dict[int, tuple[int, int]]:
        """Return the cells of a card's border: cell -> (direction outwards, distance from the side's middle)."""
        box = self.cards[card]
        ports: dict[int, tuple[int, int]] = {}
        for x in range(box.x + 1, box.x + box.w):
            away = abs(2 * x - 2 * box.x - box.w)
            ports[self.cell(x, box.y)] = (3, away)
            ports[self.cell(x, box.y + box.h)] = (1, away)
        for y in range(box.y + 1, box.y + box.h):
            away = abs(2 * y - 2 * box.y - box.h)
            ports[self.cell(box.x, y)] = (2, away)
            ports[self.cell(box.x + box.w, y)] = (0, away)
        if card in self.curved:
            ports = {cell: (direction, away * FROM_MIDDLE) for cell, (direction, away) in ports.items()}
        return {cell: port for cell, port in ports.items() if not self.used[0][cell] and not self.used[1][cell]}

    def mark(self, paths: list[list[int]], mark: int, *, remove: bool = False) -> None:
        """Note on the grid which cells a tree runs along, or take that back."""
        value, change = (0, -1) if remove else (mark, 1)
        colour = self.ground_of(mark).colour
        alike = self.alike[colour]
        for path in paths:
            for one, two in pairwise(path):
                axis = 0 if abs(one - two) == 1 else 1
                aside = self.columns if axis == 0 else 1
                for cell in (one, two):
                    if self.used[axis][cell] != value:
                        self.used[axis][cell] = value
                        for neighbour in (cell - aside, cell + aside):
                            if 0 <= neighbour < len(self.crowd[axis]):
                                self.crowd[axis][neighbour] += change
                                alike[axis][neighbour] += change if colour else 0
            if len(path) <= SHORT + 1:
                for cell in path[1:-1]:
                    self.short[cell] += change
