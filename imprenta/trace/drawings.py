"""A point of a drawing <-> the node, group or edge of the data that was drawn there.

What was drawn is kept in `informe.drawings`, JSON: for each figure its file, its size in points, its own place, and its
parts. A part is a kind, a shape and a place: a box (left, top, right, bottom) or the corners of a line, in points from
the left top of the drawing; a place is a path, a line and a column; `lines` are the first and the last that give it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import pairwise
from math import hypot
from typing import TYPE_CHECKING

from imprenta.problems import Span
from imprenta.trace.spots import Spot

if TYPE_CHECKING:
    from imprenta.trace.pdf_page import Box

LINE_REACH = 4.0
"""Points from a line within which it is meant."""


@dataclass(frozen=True, slots=True)
class DrawnPart:
    """A node, a group, an edge or its number: where it is in the drawing and in the data."""

    kind: str
    shape: tuple[tuple[float, float], ...]
    place: Span
    lines: tuple[int, int]

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Return left, top, right and bottom."""
        across, along = [x for x, _ in self.shape], [y for _, y in self.shape]
        return min(across), min(along), max(across), max(along)

    def distance(self, x: float, y: float) -> float:
        """Return how far a point is from the line, or from the inside of the box."""
        if self.kind == "arista":
            return min(_to_stretch(x, y, one, two) for one, two in pairwise(self.shape))
        left, top, right, bottom = self.box
        return hypot(max(left - x, x - right, 0.0), max(top - y, y - bottom, 0.0))

    def boxes(self) -> list[tuple[float, float, float, float]]:
        """Return the box, or one around each stretch of a line."""
        if self.kind != "arista":
            return [self.box]
        half = LINE_REACH / 2
        return [
            (min(a, c) - half, min(b, d) - half, max(a, c) + half, max(b, d) + half)
            for (a, b), (c, d) in pairwise(self.shape)
        ]

    @property
    def area(self) -> float:
        """Return the size of the box."""
        left, top, right, bottom = self.box
        return (right - left) * (bottom - top)


@dataclass(frozen=True, slots=True)
class Drawing:
    """A figure as it was drawn: its file beside the .tex, width and height in points, its place, its parts."""

    file: str
    width: float
    height: float
    place: Span
    parts: tuple[DrawnPart, ...]

    def spot(self, x: float, y: float) -> Spot:
        """Return what was drawn at a point, in points from the left top: the smallest box, else a line near by."""
        solid = [part for part in self.parts if part.kind not in ("arista", "grupo") and part.distance(x, y) <= 1.0]
        lines = [part for part in self.parts if part.kind == "arista" and part.distance(x, y) <= LINE_REACH]
        frames = [part for part in self.parts if part.kind == "grupo" and part.distance(x, y) <= 1.0]
        if solid:
            part = min(solid, key=lambda part: part.area)
        elif lines:
            part = min(lines, key=lambda part: part.distance(x, y))
        elif frames:
            part = min(frames, key=lambda part: part.area)
        else:
            return Spot(self.place, "figura")
        return Spot(part.place, "arista" if part.kind == "número" else part.kind)

    def boxes_of(self, path: str, line: int) -> list[tuple[float, float, float, float]]:
        """Return where a line of the data was drawn: left, top, right, bottom."""
        found = [part for part in self.parts if part.place.path == path and part.lines[0] <= line <= part.lines[1]]
        return [part.box for part in found]

    def bring(self, box: Box, frame: Box) -> Box:
        """Return a box of the drawing in points of the page where it stands in a frame."""
        left, top, right, bottom = frame
        across, along = (right - left) / self.width, (bottom - top) / self.height
        return left + box[0] * across, top + box[1] * along, left + box[2] * across, top + box[3] * along

    def fits(self, width: float, height: float) -> bool:
        """Tell whether a picture of this size may be the drawing."""
        return abs(self.width - width) < 2 and abs(self.height - height) < 12


def _to_stretch(x: float, y: float, one: tuple[float, float], two: tuple[float, float]) -> float:
    dx, dy = two[0] - one[0], two[1] - one[1]
    length = dx * dx + dy * dy
    share = max(0.0, min(1.0, ((x - one[0]) * dx + (y - one[1]) * dy) / length)) if length else 0.0
    return hypot(x - one[0] - share * dx, y - one[1] - share * dy)


def load_drawings(kept: bytes | None) -> dict[str, Drawing]:
    """Return the drawings by the id of their figure; raise ValueError if the file is not one of drawings."""
    found = {}
    try:
        for id, drawing in json.loads(kept or b"{}").items():
            parts = tuple(
                DrawnPart(
                    part["kind"], tuple((x, y) for x, y in part["shape"]), Span(*part["place"]), tuple(part["lines"])
                )
                for part in drawing["parts"]
            )
            place = Span(*drawing["place"])
            found[id] = Drawing(drawing["file"], drawing["width"], drawing["height"], place, parts)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(str(error)) from error
    return found
