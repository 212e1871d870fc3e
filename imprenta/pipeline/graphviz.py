"""A command of Graphviz and its graph -> what it writes, and what it says as problems of the figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imprenta.figures.error import FigureError
from imprenta.problems import Problem, Severity
from imprenta.workspace import Limits

if TYPE_CHECKING:
    from imprenta.model import AnyFigure
    from imprenta.workspace import Workspace

ENVIRONMENT = {"SOURCE_DATE_EPOCH": "0", "TZ": "UTC"}
"""What would get into the bytes of a drawing."""


class Graphviz:
    """Runs Graphviz for a figure and keeps what it says."""

    def __init__(self, workspace: Workspace, figure: AnyFigure) -> None:
        """Start with nothing said."""
        self.workspace = workspace
        self.figure = figure
        self.problems: list[Problem] = []

    def run(self, command: list[str], data: bytes) -> bytes:
        """Return what `dot` writes; raise FigureError, with its words, if it fails or does not end."""
        limits = Limits(seconds=60.0)
        done = self.workspace.run(command, data=data, limits=limits, environment=ENVIRONMENT)
        said = [line.strip() for line in done.errors.decode("utf-8", "replace").splitlines() if line.strip()]
        place = self.figure.caption.span()
        if done.status != 0:
            words = f"«{'; '.join(said)[-300:]}»" if said else f"no terminó en {limits.seconds:.0f} segundos"
            raise FigureError([Problem("grafica-fallida", f"Graphviz no pudo dibujar el grafo: {words}", place)])
        self.problems += [
            Problem("grafica-aviso", f"Graphviz avisa: «{line}»", place, severity=Severity.WARNING) for line in said
        ]
        return done.output
