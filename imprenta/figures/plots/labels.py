"""Curves that are drawn -> their names beside their ends, out of the way of lines and grid, and signs where they cross.

A name stands outside the axes, at the height of the end of its curve, in the same colour; names that would touch are
moved apart as little as can be, and a thin line leads back. Where that will not do, there is a legend.
"""

from __future__ import annotations

from itertools import pairwise
from textwrap import wrap
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from imprenta.figures.plots.crossings import Crossing

NAME_SIZE = 8.5
LINE_HEIGHT = 10.5
"""Points from one line of names to the next."""
PARTED = 1.5
"""Points more between two names."""
LETTERS = 20
"""Of a line of a name."""
MOST_NAMES = 8
NEAR_EDGE = 0.04
"""The share of the axes' width within which a curve reaches their right edge."""
GAP = 5.0
"""Points between the axes and the names."""
BELOW = 34.0
"""Points that the figures and the title of an axis take below it."""
ABOVE = 17.0
"""Points that the title of axes takes."""
LEADS_FROM = 4.0
"""A name that is so many points away from the end of its curve is led back to it."""
MARK_DISTANCE = 11.0
"""Points from a place where curves cross to the middle of its number."""
AROUND = ((0, 1), (0, -1), (-1, 1), (1, -1), (1, 1), (-1, -1), (-1, 0), (1, 0))
MOST_MARKS = 12


def name_curves(axes: Any, curves: Sequence[Any], names: Sequence[str]) -> bool:
    """Put the names of curves beside their right ends; return False, and do nothing, where they cannot stand there."""
    if len(curves) > MOST_NAMES:
        return False
    axes.get_xlim(), axes.get_ylim()  # settled only when they are asked for
    ends = [_end(axes, curve) for curve in curves]
    room = axes.figure.bbox.height - BELOW - (ABOVE if axes.get_title("left") else 0.0)
    lines = ["\n".join(wrap(name, LETTERS)) for name in names]
    heights = [LINE_HEIGHT * (1 + line.count("\n")) + PARTED for line in lines]
    if any(end is None for end in ends) or sum(heights) > room or any(not line for line in lines):
        return False
    own = [end * room for end in ends if end is not None]
    moved = spread(own, heights)
    for curve, line, at, to in zip(curves, lines, own, moved, strict=True):
        axes.annotate(
            line,
            (1, _last(curve)[1]),
            xycoords=axes.get_yaxis_transform(),
            xytext=(GAP + (GAP if abs(to - at) > LEADS_FROM else 0), to - at),
            textcoords="offset points",
            color=curve.get_color(),
            fontsize=NAME_SIZE,
            linespacing=LINE_HEIGHT / NAME_SIZE / 1.2,
            va="center",
            arrowprops=_leader(curve) if abs(to - at) > LEADS_FROM else None,
            annotation_clip=False,
        )
    return True


def _leader(curve: Any) -> dict[str, Any]:
    return {"arrowstyle": "-", "linewidth": 0.5, "color": curve.get_color(), "shrinkA": 0, "shrinkB": 1,
            "relpos": (0, 0.5)}  # fmt: skip


def _last(curve: Any) -> tuple[float, float]:
    x, y = curve.get_xydata()[-1]
    return float(x), float(y)


def _end(axes: Any, curve: Any) -> float | None:
    """Return how high a curve ends, as a share of the axes; None unless it ends at their right edge."""
    if not len(curve.get_xydata()):
        return None
    x, y = axes.transAxes.inverted().transform(axes.transData.transform(_last(curve)))
    near = axes.transAxes.inverted().transform(axes.transData.transform((axes.dataLim.x1, axes.dataLim.y1)))[0]
    return float(y) if abs(near - x) < NEAR_EDGE and 1 - 3 * NEAR_EDGE < x < 1.001 and 0 <= y <= 1 else None


def spread(places: Sequence[float], heights: Sequence[float]) -> list[float]:
    """Return places as near to the wanted ones as can be, in the same order, so that what stands there does not touch.

    Least squares under the order: neighbours that would touch are put together and take the mean of what they want.
    """
    order = sorted(range(len(places)), key=places.__getitem__)
    shifts, total = [0.0], 0.0
    for below, above in pairwise(order):
        total += (heights[below] + heights[above]) / 2
        shifts.append(total)
    blocks: list[list[float]] = []
    for index, shift in zip(order, shifts, strict=True):
        blocks.append([places[index] - shift])
        while len(blocks) > 1 and _mean(blocks[-2]) >= _mean(blocks[-1]):
            last = blocks.pop()
            blocks[-1] += last
    wanted = [_mean(block) for block in blocks for _ in block]
    found = dict(zip(order, (want + shift for want, shift in zip(wanted, shifts, strict=True)), strict=True))
    return [found[index] for index in range(len(places))]


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def mark_crossings(axes: Any, crossings: Sequence[Crossing], curves: Sequence[Any], numbers: Sequence[str]) -> None:
    """Put a ring where curves cross, and beside it its number, if there are any, where fewest curves go."""
    if not crossings:
        return
    axes.plot(
        [crossing.x for crossing in crossings],
        [crossing.y for crossing in crossings],
        linestyle="none", marker="o", markersize=6.5, markerfacecolor="white", markeredgecolor="black",
        markeredgewidth=0.9, color="black", zorder=4, label="_cruces",
    )  # fmt: skip
    if not numbers or len(crossings) > MOST_MARKS:
        return
    axes.get_xlim(), axes.get_ylim()
    taken = [axes.transData.transform((crossing.x, crossing.y)) for crossing in crossings]
    lines = [axes.transData.transform(curve.get_xydata()).tolist() for curve in curves]
    boxes: list[tuple[float, float]] = [(float(x), float(y)) for x, y in taken]
    for crossing, said, (x, y) in zip(crossings, numbers, taken, strict=True):
        half = 2.3 * len(said) + 1
        offsets = [((MARK_DISTANCE / 2 + half) * across if up == 0 else half * across, MARK_DISTANCE * up)
                   for across, up in AROUND]  # fmt: skip
        best = min(offsets, key=lambda offset: _crowd(x + offset[0], y + offset[1], half, lines, boxes))
        boxes.append((float(x + best[0]), float(y + best[1])))
        axes.annotate(
            said, (crossing.x, crossing.y), xytext=best, textcoords="offset points", ha="center", va="center",
            fontsize=8, color="black", zorder=5, bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.6},
        )  # fmt: skip


def _crowd(x: float, y: float, half: float, lines: list[list[list[float]]], boxes: list[tuple[float, float]]) -> int:
    """Return how much there is where a number would stand: points along the curves, and three for each other sign."""
    near = sum(
        abs(x0 + (x1 - x0) * step / 12 - x) < half + 1 and abs(y0 + (y1 - y0) * step / 12 - y) < 5.5
        for line in lines
        for (x0, y0), (x1, y1) in pairwise(line)
        for step in range(13)
    )
    return near + 30 * sum(abs(bx - x) < half + 8 and abs(by - y) < 10 for bx, by in boxes)
