"""Orders for drawings -> the drawings: plots and graphs at the same time, in processes of their own."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from imprenta.figures.error import FigureError
from imprenta.model import GraphFigure, PlotFigure
from imprenta.model.page import PAGE
from imprenta.problems import Problem, Severity
from imprenta.shared_cache import cache_folder
from imprenta.workspace import BUILD_FOLDER, Limits, WorkerDiedError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from imprenta.model import AnyFigure
    from imprenta.pipeline.drawn_parts import Part
    from imprenta.shared_cache import cache_folder
from imprenta.workspace import Workspace

PLOT_CACHE = "matplotlib"
"""The folder of what matplotlib works out once for a machine: its list of fonts takes seconds."""


@dataclass(frozen=True, slots=True)
class Order:
    """A figure that is to be there: its id, its data, where its drawing is kept, what it is drawn from."""

    id: str
    figure: GraphFigure | PlotFigure
    path: str
    program: bytes
    values: dict[str, dict[str, float | list[float]]]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing that was made: its PDF (None if it failed), size and parts, and what was found on the way.

    `inputs` are the files that a plot's program opened, each with a mark of what it held.
    """

    pdf: bytes | None
    width: float = 0.0
    height: float = 0.0
    parts: tuple[Part, ...] = ()
    problems: tuple[Problem, ...] = ()
    inputs: tuple[tuple[str, str], ...] = ()


def prepare_drawing(
    workspace: Workspace, orders: list[Order], *, aside: bool
) -> tuple[Callable[[bool], None], list[Callable[[], dict[str, Drawing]]]]:
    """Prepare for drawing figures: plots, which share a slow library, in one process and graphs in another.

    Returns what lets them begin (True) or ends them (False), and what waits for each of the two.
    """
    kinds = [[order for order in orders if isinstance(order.figure, kind)] for kind in (PlotFigure, GraphFigure)]
    groups = [group for group in kinds if group]
    works = [(partial(_load_drawers, workspace, group), partial(_draw_all, workspace, group)) for group in groups]
    if not aside:
        apart = [partial(_draw_apart, workspace, prepare, work) for prepare, work in works]
        return lambda wanted: None, _surviving(workspace, groups, apart)
    held = [workspace.hold_worker(prepare, work) for prepare, work in works]

    def decide(wanted: bool) -> None:
        # The last one first: a copy that was made later holds the pipes of those before it open.
        for decide_one, _ in reversed(held):
            decide_one(wanted)

    return decide, _surviving(workspace, groups, [wait for _, wait in held])


def _surviving(
    workspace: Workspace, groups: list[list[Order]], waits: Sequence[Callable[[], dict[str, Drawing]]]
) -> list[Callable[[], dict[str, Drawing]]]:
    return [partial(_survive, workspace, group, wait) for group, wait in zip(groups, waits, strict=True)]


def _survive(workspace: Workspace, orders: list[Order], wait: Callable[[], dict[str, Drawing]]) -> dict[str, Drawing]:
    """Return the drawings of a group; if the program of one ended their process, draw each in one of its own."""
    try:
        return wait()
    except WorkerDiedError:
        if len(orders) > 1:
            singles = [[order] for order in orders]
            alone = [partial(workspace.run_worker, partial(_draw_all, workspace, single)) for single in singles]
            drawn = (survive() for survive in _surviving(workspace, singles, alone))
            return {id: drawing for drawings in drawn for id, drawing in drawings.items()}
    message = "el programa acabó de golpe y no dibujó nada: salió del proceso, agotó la memoria o falló una biblioteca"
    return {
        order.id: Drawing(None, problems=(Problem("grafica-fallida", message, order.figure.origin.span()),))
        for order in orders
    }


def _draw_apart(
    workspace: Workspace, prepare: Callable[[], None], work: Callable[[], dict[str, Drawing]]
) -> dict[str, Drawing]:
    """Draw in a process of its own, which ends when its drawings are not wanted any more, whatever a function does.

    What draws is imported here, once for all the builds of a process that stays.
    """
    prepare()
    return workspace.run_worker(work)


def _load_drawers(workspace: Workspace, orders: list[Order]) -> None:
    """Import what draws these figures, which takes as long as a drawing."""
    if any(isinstance(order.figure, PlotFigure) for order in orders):
        from imprenta.figures.plots.style import open_matplotlib

        open_matplotlib(_plot_cache(workspace))
    else:
        import imprenta.figures.graphs.drawing  # noqa: F401 - it is there when the drawing begins


def _plot_cache(workspace: Workspace) -> Path:
    return cache_folder(PLOT_CACHE) or workspace.path(f"{BUILD_FOLDER}/{PLOT_CACHE}")


def _draw_all(workspace: Workspace, orders: list[Order]) -> dict[str, Drawing]:
    return {order.id: _draw(workspace, order) for order in orders}


def _draw(workspace: Workspace, order: Order) -> Drawing:
    figure = order.figure
    room = PAGE.figure_room(landscape=figure.landscape)
    try:
        if isinstance(figure, GraphFigure):
            from imprenta.figures.graphs.drawing import draw_graph

            graphviz = _Graphviz(workspace, figure)
            graph = draw_graph(figure, graphviz.run, text_width_pt=room[0], text_height_pt=room[1])
            parts = tuple((part.kind, part.name, [list(corner) for corner in part.corners]) for part in graph.parts)
            return Drawing(graph.pdf, graph.width, graph.height, parts, tuple(graphviz.problems))
        from imprenta.figures.plots.drawing import draw_plot

        plot, found = draw_plot(
            figure,
            order.program.decode("utf-8", "replace"),
            f"figures/{figure.program.value}",
            order.values,
            width_pt=room[0],
            workspace=workspace,
            cache_folder=_plot_cache(workspace),
        )
    except FigureError as error:
        return Drawing(None, problems=tuple(error.problems))
    if plot is None:
        return Drawing(None, problems=tuple(found))
    return Drawing(plot.pdf, plot.width, plot.height, problems=tuple(found), inputs=plot.inputs)


class _Graphviz:
    """Runs Graphviz for a figure and keeps what it says."""

    def __init__(self, workspace: Workspace, figure: AnyFigure) -> None:
        self.workspace = workspace
        self.figure = figure
        self.problems: list[Problem] = []

    def run(self, command: list[str], data: bytes) -> bytes:
        """Return what `dot` writes; raise FigureError, with its words, if it fails or does not end."""
        limits = Limits(seconds=60.0)
        done = self.workspace.run(command, data=data, limits=limits, environment={"SOURCE_DATE_EPOCH": "0"})
        said = [line.strip() for line in done.errors.decode("utf-8", "replace").splitlines() if line.strip()]
        place = self.figure.caption.span()
        if done.status != 0:
            words = f"«{'; '.join(said)[-300:]}»" if said else f"no terminó en {limits.seconds:.0f} segundos"
            raise FigureError([Problem("grafica-fallida", f"Graphviz no pudo dibujar el grafo: {words}", place)])
        self.problems += [
            Problem("grafica-aviso", f"Graphviz avisa: «{line}»", place, severity=Severity.WARNING) for line in said
        ]
        return done.output
