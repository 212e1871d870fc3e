"""The slot of a frame -> where its border runs, and where its title stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imprenta.figures.graphs.plan import CELL
from imprenta.figures.graphs.text_metrics import measure_text

if TYPE_CHECKING:
    from imprenta.figures.graphs.label_placement import Rectangle
    from imprenta.figures.graphs.layout import Box


def frame_border(box: Box) -> Rectangle:
    """Return where a frame's border is drawn, half a cell inside its slot: left, top, right, bottom in cells."""
    return box.x + 0.5, box.y + 0.5, box.x + box.w - 0.5, box.y + box.h - 0.5


def title_centre(box: Box, title: str, size: float) -> tuple[float, float]:
    """Return the middle of a frame's title, in points from the left top of the drawing."""
    left, top, _, _ = frame_border(box)
    return left * CELL + 6 + measure_text(title, size, bold=True) / 2, top * CELL + 4 + size * 0.6


def title_rectangle(box: Box, title: str, size: float) -> Rectangle:
    """Return what a frame's title covers, in cells: left, top, right, bottom."""
    half, high = measure_text(title, size, bold=True) / 2, size * 0.6
    x, y = title_centre(box, title, size)
    return (x - half) / CELL, (y - high) / CELL, (x + half) / CELL, (y + high) / CELL
