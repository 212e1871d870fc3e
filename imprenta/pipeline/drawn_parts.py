"""The parts of drawings, by the names of the data -> `informe.drawings`: where each is drawn, and its line in the data.

Drawings may come from the cache, made when their data stood on other lines: so they keep names, and the lines are
those of the data as they are now. The form of the file is told in `trace/drawings.py`, which reads it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from imprenta.model import Graph

if TYPE_CHECKING:
    from collections.abc import Mapping

    from imprenta.model import AnyFigure
    from imprenta.model.figure import GraphNode, Group, TrafficClass
    from imprenta.problems import Span

DRAWN_PARTS = "build/latex/informe.drawings"
Part = tuple[str, str, list[list[float]]]
"""Kind, name (a key, or the index of an edge) and corners, as they are kept beside a drawing."""


@dataclass(frozen=True, slots=True)
class DrawnFigure:
    """A figure's file beside the .tex, its size in points, where its author wrote it, and its parts."""

    file: str
    width: float
    height: float
    place: Span
    parts: tuple[Part, ...] = ()


def write_drawn_parts(figures: Mapping[str, AnyFigure], drawn: Mapping[str, DrawnFigure]) -> str:
    """Return the file's text for the figures that were placed."""
    kept = {}
    for id, drawing in drawn.items():
        figure = figures.get(id)
        parts = [
            {"kind": kind, "shape": corners, "place": _start(place), "lines": list(_lines(whole))}
            for kind, name, corners in drawing.parts
            if isinstance(figure, Graph)
            for place, whole in [_places(figure, kind, name)]
        ]
        place = _start(drawing.place)
        kept[id] = {
            "file": drawing.file, "width": drawing.width, "height": drawing.height, "place": place, "parts": parts,
        }  # fmt: skip
    return json.dumps(kept, ensure_ascii=False)


def _places(figure: Graph, kind: str, name: str) -> tuple[Span, Span]:
    """Return the place of what a part is called, and the whole of what the data say of it."""
    if kind in ("arista", "número"):
        edge = figure.edges[int(name)]
        return edge.place, edge.place
    if kind == "rótulo":
        edge = figure.edges[int(name)]
        assert edge.label is not None
        return edge.label.span(), edge.place
    parts: dict[str, Mapping[str, GraphNode | Group | TrafficClass]] = {
        "nodo": figure.nodes,
        "grupo": figure.groups,
        "clase": figure.classes,
    }
    part = parts[kind][name]
    return part.title.span(), part.place


def _start(place: Span) -> list[Any]:
    return [place.path, place.line, place.column]


def _lines(whole: Span) -> tuple[int, int]:
    """Return the first and the last line; a block of YAML ends where the next thing begins."""
    last = whole.end_line - 1 if whole.end_column == 1 else whole.end_line
    return whole.line, max(whole.line, last)
