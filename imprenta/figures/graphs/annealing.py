"""A first tree of rows -> a better one, where the author's hints leave a choice: annealing on a rough measure.

The measure looks at straight lines between the middles of cards: their length, crossings, cards in their way, lines
against the flow, and what sticks out of the page. It is far cheaper than routing, and good enough to choose rows.
The random numbers start from a fixed seed, so that the same graph always gets the same drawing.
"""

from __future__ import annotations

from math import exp
from random import Random
from typing import TYPE_CHECKING

import numpy as np

from imprenta.figures.graphs.layout import Card, Frame, Spacing, place_cards

if TYPE_CHECKING:
    from collections.abc import Iterator

    from imprenta.figures.graphs.layout import Placement
    from imprenta.figures.graphs.nets import Net

CROSSING, IN_THE_WAY, AGAINST_FLOW, LEVEL = 14.0, 26.0, 6.0, 16.0
TOO_WIDE, TOO_HIGH, HEIGHT = 60.0, 40.0, 0.7
TRIALS_FOR_EACH = 60
MOST_TRIALS = 1400
HOT, COLD = 30.0, 0.8

Lines = list[list[Card | Frame]]


def improve_rows(
    root: Frame,
    free: set[str],
    nets: list[Net],
    spacing: Spacing,
    *,
    columns: int,
    rows: int,
    to_the_right: bool,
    seed: int = 0,
) -> None:
    """Move cards and frames that are free to other rows or places of their frame, in place, while that helps."""
    frames = [frame for frame in root.frames() if sum(child.id in free for line in frame.lines for child in line)]
    frames = [frame for frame in frames if sum(len(line) for line in frame.lines) > 1]
    if not frames:
        return
    measure = _Measure(root, nets, spacing, columns, rows, to_the_right)
    room = rows if to_the_right else columns
    outer_first = sorted(frames, key=lambda frame: -sum(1 for _ in frame.frames()))
    for frame in outer_first:
        _break_long_lines(frame, room, to_the_right)
    for frame in reversed(outer_first):
        if measure.is_too_long():
            _join_short_lines(frame, free, room, to_the_right)
    random = Random(seed)
    value = measure.value()
    best, kept = value, {frame.id: frame.lines for frame in frames}
    weights = [sum(len(line) for line in frame.lines) for frame in frames]
    trials = min(MOST_TRIALS, TRIALS_FOR_EACH * sum(weights))
    for trial in range(trials):
        heat = HOT * (COLD / HOT) ** (trial / trials)
        frame = random.choices(frames, weights)[0]
        before = frame.lines
        frame.lines = _move(before, free, random)
        new = measure.value()
        if new <= value or random.random() < exp((value - new) / heat):
            value = new
            if value < best:
                best, kept = value, {frame.id: frame.lines for frame in frames}
        else:
            frame.lines = before
    for frame in frames:
        frame.lines = kept[frame.id]


def _move(lines: Lines, free: set[str], random: Random) -> Lines:
    """Return other lines: one free child elsewhere, or two free children exchanged."""
    new = [list(line) for line in lines]
    places = [(row, place) for row, line in enumerate(new) for place, child in enumerate(line) if child.id in free]
    row, place = random.choice(places)
    if len(places) > 1 and random.random() < 0.4:
        other_row, other_place = random.choice(places)
        new[row][place], new[other_row][other_place] = new[other_row][other_place], new[row][place]
        return new
    child = new[row].pop(place)
    if random.random() < 0.25:
        new.insert(random.randint(0, len(new)), [child])
    else:
        line = random.choice(new)
        line.insert(random.randint(0, len(line)), child)
    return [line for line in new if line]


def _break_long_lines(frame: Frame, room: int, to_the_right: bool) -> None:
    """Cut lines that no page could take, so that the search starts near a drawing that fits."""
    lines: Lines = []
    for line in frame.lines:
        sizes = [_breadth(child, to_the_right) + 3 for child in line]
        parts = min(len(line), -(-sum(sizes) // max(room - 6, 1)))
        for part in range(parts):
            lines.append(line[len(line) * part // parts : len(line) * (part + 1) // parts])
    frame.lines = lines


def _join_short_lines(frame: Frame, free: set[str], room: int, to_the_right: bool) -> None:
    """Put lines that follow each other into one where there is room: the search seldom finds its way to full lines."""
    lines: Lines = []
    for line in frame.lines:
        joined = [*lines[-1], *line] if lines else []
        breadth = sum(_breadth(child, to_the_right) + 3 for child in joined)
        if joined and breadth <= room - 6 and all(child.id in free for child in joined):
            lines[-1] = joined
        else:
            lines.append(line)
    frame.lines = lines


def _breadth(child: Card | Frame, to_the_right: bool) -> int:
    if isinstance(child, Card):
        return child.h if to_the_right else child.w
    return 4 + max((sum(_breadth(inner, to_the_right) + 3 for inner in line) for line in child.lines), default=0)


class _Measure:
    """Tells how bad the present rows are; smaller is better."""

    def __init__(
        self, root: Frame, nets: list[Net], spacing: Spacing, columns: int, rows: int, to_the_right: bool
    ) -> None:
        self.root, self.spacing, self.columns, self.rows, self.turned = root, spacing, columns, rows, to_the_right
        self.ids = [card.id for card in _cards(root)]
        index = {key: order for order, key in enumerate(self.ids)}
        pairs = [(index[tail], index[head]) for net in nets for tail in net.tails for head in net.heads]
        self.tails = np.array([tail for tail, _ in pairs], dtype=int)
        self.heads = np.array([head for _, head in pairs], dtype=int)
        upper = np.triu(np.ones((len(pairs), len(pairs)), dtype=bool), 1)
        apart = np.ones_like(upper)
        for ends in (self.tails, self.heads):
            for others in (self.tails, self.heads):
                apart &= ends[:, None] != others[None, :]
        self.countable = upper & apart
        every = np.arange(len(self.ids))
        self.foreign = (self.tails[:, None] != every) & (self.heads[:, None] != every)

    def is_too_long(self) -> bool:
        """Tell whether the rows go beyond the page, whatever their breadth."""
        placement = self._place()
        return placement.width > self.columns if self.turned else placement.height > self.rows

    def _place(self) -> Placement:
        width = 0 if self.turned else self.columns
        return place_cards(self.root, self.spacing, to_the_right=self.turned, width=width)

    def value(self) -> float:
        placement = self._place()
        over = TOO_WIDE * max(0, placement.width - self.columns) + TOO_HIGH * max(0, placement.height - self.rows)
        total = over + HEIGHT * placement.height + 0.2 * placement.width
        if not len(self.tails):
            return total
        boxes = [placement.cards[key] for key in self.ids]
        centres = np.array([box.centre for box in boxes])
        halves = np.array([(box.w / 2, box.h / 2) for box in boxes])
        one, two = centres[self.tails], centres[self.heads]
        across = two - one
        total += float(np.abs(across).sum())
        flow = across[:, 0] if self.turned else across[:, 1]
        total += AGAINST_FLOW * float((flow < -0.5).sum())
        if self.turned:  # cards are wider than high: without this, a horizontal drawing would be stacked
            total += LEVEL * float((np.abs(flow) <= 0.5).sum())
        total += CROSSING * self._crossings(one, two, across)
        return total + IN_THE_WAY * self._in_the_way(one, across, centres, halves)

    def _crossings(self, one: np.ndarray, two: np.ndarray, across: np.ndarray) -> float:
        def side(points: np.ndarray) -> np.ndarray:
            away = points[None, :, :] - one[:, None, :]
            turn: np.ndarray = across[:, None, 0] * away[:, :, 1] - across[:, None, 1] * away[:, :, 0]
            return turn

        apart = side(one) * side(two) < 0
        return float((apart & apart.T & self.countable).sum())

    def _in_the_way(self, one: np.ndarray, across: np.ndarray, centres: np.ndarray, halves: np.ndarray) -> float:
        """Count cards that a straight line enters (slab method: where is it inside in x, where in y)."""
        step = np.where(np.abs(across) < 1e-9, 1e-9, across)[:, None, :]
        near = (centres - halves - one[:, None, :]) / step
        far = (centres + halves - one[:, None, :]) / step
        low, high = np.minimum(near, far), np.maximum(near, far)
        # far faster than max and min along an axis of two
        enter = np.maximum(low[:, :, 0], low[:, :, 1])
        leave = np.minimum(high[:, :, 0], high[:, :, 1])
        return float(((enter < leave) & (leave > 0) & (enter < 1) & self.foreign).sum())


def _cards(frame: Frame) -> Iterator[Card]:
    for line in frame.lines:
        for child in line:
            if isinstance(child, Frame):
                yield from _cards(child)
            else:
                yield child
