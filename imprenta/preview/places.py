"""A point of a page -> the place in the author's data that it comes from, as the last build knows it."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from imprenta.problems import Span
    from imprenta.workspace import Workspace


def place_finder(workspace: Workspace) -> Callable[[int, float, float], Span | None]:
    """Return a function from a page (from 1) and a point (from the top left) to its place, or None."""

    def find(page: int, x: float, y: float) -> Span | None:
        try:
            trace = importlib.import_module("imprenta.trace")
        except ModuleNotFoundError:
            return None
        spot = trace.read_trace(workspace).where(page, x, y)
        return None if spot is None else spot.place

    return find
