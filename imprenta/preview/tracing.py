"""A point of a page -> the place in the author's data that it comes from, as the last build knows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imprenta.preview.drawing import LIBRARY
from imprenta.workspace import PDF_PATH

if TYPE_CHECKING:
    from imprenta.problems import Span
    from imprenta.trace import Trace
    from imprenta.workspace import Workspace

MADE_FROM = (PDF_PATH, "build/latex/informe.map", "build/latex/informe.pages")
"""Files that change when what a point comes from does."""


class PlaceFinder:
    """Answers for the PDF that was built last. May be asked from any thread."""

    def __init__(self, workspace: Workspace) -> None:
        """Answer for this project."""
        self.workspace = workspace
        self._trace: Trace | None = None
        self._stamps: list[str | None] = []

    def find(self, page: int, x: float, y: float) -> Span | None:
        """Return the place of what stands at a point: pages from 1, points from the top left. None for blank paper.

        Raises CannotContinue if no PDF was built.
        """
        from imprenta.trace import read_trace

        # The trace reads the PDF with the library that draws, and lets go of it when it is forgotten here.
        with LIBRARY:
            stamps = [self.workspace.stamp(str(self.workspace.path(name))) for name in MADE_FROM]
            if self._trace is None or stamps != self._stamps:
                self._trace, self._stamps = read_trace(self.workspace), stamps
            spot = self._trace.where(page, x, y)
        return None if spot is None else spot.place
