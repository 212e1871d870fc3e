"""Lines laid on the grid -> where the words of each stand: on its line or beside it, free of everything else."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from imprenta.figures.graphs.label_placement import ARROW, RADIUS, Disc, Rectangle, stretches_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from imprenta.figures.graphs.nets import Net, Point

BESIDE, CLEARANCE = 0.3, 0.12
"""Cells between a line and words beside it, and what words keep free around them."""
NEAR_TAIL = 3.0
"""Cells from where a line begins at which its words are best read: whose they are is seen there."""


Sized = tuple[tuple[str, ...], float, float]
"""Words in lines, with their width and height in cells."""


@dataclass(frozen=True, slots=True)
class EdgeWords:
    """The words of a line, one line of text under another, and their middle in cells; `free` if nothing is in them."""

    net: int
    lines: tuple[str, ...]
    x: float
    y: float
    width: float
    height: float
    free: bool = True

    @property
    def box(self) -> Rectangle:
        """Return left, top, right and bottom in cells."""
        return box_around(self.x, self.y, self.width, self.height)


def box_around(x: float, y: float, width: float, height: float) -> Rectangle:
    """Return left, top, right and bottom of a box around its middle."""
    return x - width / 2, y - height / 2, x + width / 2, y + height / 2


def place_words(
    nets: list[Net],
    words: Sequence[Sized | None],
    solid: list[Rectangle],
    frames: list[Rectangle],
    discs: list[Disc],
) -> list[EdgeWords]:
    """Choose a place for the words of each net that has some.

    `solid` is what no word may touch; those with fewest choices choose first.
    """
    marks = [box_around(disc.x, disc.y, 2 * RADIUS, 2 * RADIUS) for disc in discs]
    runs = [list(stretches_of(net.paths)) for net in nets]
    choices: dict[int, list[tuple[float, float, float]]] = {}
    for index, (net, given) in enumerate(zip(nets, words, strict=True)):
        if given is not None:
            others = [run for other, run_of in enumerate(runs) if other != index for run in run_of]
            taken = [*solid, *marks, *others]
            free = _choices(net, given[1:], taken, runs[index], frames, numbered=bool(discs))
            choices[index] = sorted(free)
    placed: dict[int, EdgeWords] = {}
    for index in sorted(choices, key=lambda index: (len(choices[index]), index)):
        given = words[index]
        assert given is not None
        lines, width, height = given
        for _, x, y in choices[index]:
            box = box_around(x, y, width, height)
            if not any(_touch(box, other.box) for other in placed.values()):
                placed[index] = EdgeWords(index, lines, x, y, width, height)
                break
        else:
            left, top, right, bottom = max(runs[index], key=lambda run: run[2] - run[0] + run[3] - run[1])
            placed[index] = EdgeWords(index, lines, (left + right) / 2, (top + bottom) / 2, width, height, free=False)
    return [placed[index] for index in sorted(placed)]


def _choices(
    net: Net,
    size: tuple[float, float],
    taken: list[Rectangle],
    own: list[Rectangle],
    frames: list[Rectangle],
    *,
    numbered: bool,
) -> Iterator[tuple[float, float, float]]:
    """Yield the free places for a net's words as (price, x, y)."""
    for order, path in enumerate(net.paths):
        whole = sum(abs(x1 - x0) + abs(y1 - y0) for (x0, y0), (x1, y1) in pairwise(path))
        first, last = (ARROW if arrow else 0.2 for arrow in net.arrows(order))
        for x, y, along, upright, reach in _walk(path, size):
            beyond = along - reach < first or whole - along - reach < last
            half = size[0 if upright else 1] / 2
            asides = [0.0] if not beyond else []
            for gap in (BESIDE, RADIUS + CLEARANCE + 0.05) if numbered else (BESIDE,):
                asides += [gap + half, -gap - half]
            for away in asides:
                place = (x + away, y) if upright else (x, y - away)
                box = box_around(*place, *size)
                if any(_touch(box, other) for other in taken):
                    continue
                if away and any(_touch(box, run) for run in own):
                    continue
                price = abs(along - min(whole / 2, NEAR_TAIL + reach)) + 4 * order
                price += (1.5 + abs(away) - half) * (away != 0) + (away < 0)
                price += 2 * sum(_crosses(box, frame) for frame in frames)
                yield round(price, 6), *place


def _walk(path: list[Point], size: tuple[float, float]) -> Iterator[tuple[float, float, float, bool, float]]:
    """Yield places along a path: x, y, the way to there, whether the line runs up or down, half the words' length."""
    before = 0.0
    for (x0, y0), (x1, y1) in pairwise(path):
        length, upright = abs(x1 - x0) + abs(y1 - y0), x0 == x1
        for step in range(1, 2 * length):
            part = step / (2 * length)
            yield x0 + (x1 - x0) * part, y0 + (y1 - y0) * part, before + part * length, upright, size[upright] / 2
        before += length


def _touch(one: Rectangle, two: Rectangle) -> bool:
    return (
        one[0] - CLEARANCE < two[2]
        and two[0] < one[2] + CLEARANCE
        and one[1] - CLEARANCE < two[3]
        and two[1] < one[3] + CLEARANCE
    )


def _crosses(box: Rectangle, frame: Rectangle) -> bool:
    """Tell whether a box lies on the border of a frame."""
    inside = frame[0] < box[0] and frame[1] < box[1] and box[2] < frame[2] and box[3] < frame[3]
    return _touch(box, frame) and not inside
