"""Spot, Area: what a place of the PDF is in the author's files, and where something of the author's is in the PDF."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from imprenta.problems import Span


@dataclass(frozen=True, slots=True)
class Spot:
    """The place of the author's that made a spot of the PDF, and what it is, in Spanish."""

    place: Span
    kind: str


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of a page, counted from 1: points (1/72 inch) from its left top corner."""

    page: int
    x: float
    y: float
    width: float
    height: float


def join_boxes(page: int, boxes: list[tuple[float, float, float, float]]) -> list[Area]:
    """Return rectangles around boxes (left, top, right, bottom), one for each line of print."""
    lines: list[list[float]] = []
    for left, top, right, bottom in sorted(boxes, key=lambda box: (box[1] + box[3], box[0])):
        middle = (top + bottom) / 2
        last = lines[-1] if lines else None
        if last is not None and last[1] - 2 <= middle <= last[3] + 2:
            last[:] = [min(last[0], left), min(last[1], top), max(last[2], right), max(last[3], bottom)]
        else:
            lines.append([left, top, right, bottom])
    return [Area(page, left, top, right - left, bottom - top) for left, top, right, bottom in lines]
