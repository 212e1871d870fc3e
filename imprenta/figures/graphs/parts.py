"""A laid-out graph -> what was drawn where, by the names of the data: nodes, groups, edges, their numbers, classes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from imprenta.figures.graphs.frame_shape import frame_border
from imprenta.figures.graphs.label_placement import RADIUS
from imprenta.figures.graphs.laid_out import EDGE
from imprenta.figures.graphs.legend import ROW
from imprenta.figures.graphs.plan import CELL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from imprenta.figures.graphs.laid_out import GraphLayout

Corners = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that was drawn.

    `kind` is nodo, grupo, arista, número, rótulo or clase; `name` the key of the data, or the edge's index, from 0.
    `corners` are those of an edge's line, or the left top and the right bottom of a box, in points from the left top.
    """

    kind: str
    name: str
    corners: Corners


def list_parts(layout: GraphLayout) -> tuple[Part, ...]:
    """Return what a layout draws."""
    return tuple(_parts(layout))


def _parts(layout: GraphLayout) -> Iterator[Part]:
    for key, box in layout.placement.cards.items():
        yield Part("nodo", key, _points((box.x, box.y), (box.x + box.w, box.y + box.h)))
    for key, box in layout.placement.frames.items():
        left, top, right, bottom = frame_border(box)
        yield Part("grupo", key, _points((left, top), (right, bottom)))
    for net in layout.nets:
        for path in net.paths:
            yield Part("arista", str(net.number - 1), _points(*path))
    for disc in layout.discs:
        name = str(layout.nets[disc.net].number - 1)
        yield Part("número", name, _points((disc.x - RADIUS, disc.y - RADIUS), (disc.x + RADIUS, disc.y + RADIUS)))
    for words in layout.words:
        left, top, right, bottom = words.box
        yield Part("rótulo", str(layout.nets[words.net].number - 1), _points((left, top), (right, bottom)))
    top = layout.legend_top + EDGE
    for entry in layout.legend:
        if entry.traffic is not None:
            x, y = entry.x + EDGE, top + entry.y
            right = entry.words_x + entry.words_width + EDGE
            yield Part("clase", entry.traffic, ((x, y), (right, y + ROW)))


def _points(*cells: tuple[float, float]) -> Corners:
    """Return places of the grid in points."""
    return tuple((round(x * CELL + EDGE, 2), round(y * CELL + EDGE, 2)) for x, y in cells)
