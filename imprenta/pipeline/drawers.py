"""Orders for drawings -> the drawings: plots and graphs at the same time, in processes of their own."""

from __future__ import annotations

import signal
import time
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from imprenta.confinement import confine_copy, writable_places
from imprenta.figures.error import FigureError
from imprenta.model import Graph, Plot
from imprenta.model.page import PAGE, POINTS_PER_CENTIMETRE, Page
from imprenta.pipeline.graphviz import Graphviz
from imprenta.problems import CannotContinue, Problem, Span
from imprenta.shared_cache import cache_folder
from imprenta.words import LOCALES
from imprenta.workspace import BUILD_FOLDER, WorkerDiedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from imprenta.figures.plots.chart_data import ChartData
    from imprenta.model import AnyFigure
    from imprenta.model.part import LanguageCode
    from imprenta.pipeline.drawn_parts import Part
    from imprenta.workspace import HeldWorker, Workspace

LONGEST_PLOT = 150.0
"""Seconds that a plot may take in all, on a machine that has much else to do."""
GRAPH_WORKERS = 2
"""How many share the graphs of a report, which take longer than its plots."""
COLUMN_SHARE = 0.6
"""A graph that would be higher than this share of the page in a column stands over both of them."""
PLOT_CACHE = "matplotlib"
"""The folder of what matplotlib works out once for a machine: its list of fonts takes seconds."""


@dataclass(frozen=True, slots=True)
class Order:
    """A figure that is to be there: its id, its data, where its drawing is kept, what it is drawn from.

    A plot is drawn by a program, from values, or it is a chart; of that there is nothing if its data have problems.
    The lines of a graph are `numbered` if it has a table of communications; `language` is the report's.
    """

    id: str
    figure: Graph | Plot
    path: str
    program: bytes = b""
    values: dict[str, dict[str, float | list[float]]] = field(default_factory=dict)
    chart: ChartData | None = None
    sheet: Page = PAGE
    numbered: bool = False
    language: LanguageCode = "es"


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing that was made: its PDF (None if it failed), size and parts, and what was found on the way.

    `inputs` are the files that a plot's program opened, each with a mark of what it held; `quality` what a graph's
    lines are like.
    """

    pdf: bytes | None
    width: float = 0.0
    height: float = 0.0
    parts: tuple[Part, ...] = ()
    problems: tuple[Problem, ...] = ()
    inputs: tuple[tuple[str, str], ...] = ()
    quality: Mapping[str, object] = field(default_factory=dict)


Drawer: TypeAlias = "HeldWorker[list[Order], dict[str, Drawing]]"
"""A process that draws what it is told to."""


class Drawers:
    """What draws: a worker for plots, which share a slow library, and some for graphs, which the body waits for."""

    def __init__(
        self, workspace: Workspace, orders: list[Order], *, aside: bool, plotter: Drawer | None = None
    ) -> None:
        """Begin to draw, in processes of their own; with `aside` it is they who import what draws.

        A process that stays imports it once, for all its builds. `plotter` is one for plots that gets ready already;
        it is taken over, and ended if there are none.
        """
        self._workspace = workspace
        self._groups: list[tuple[list[Order], Drawer]] = []
        plots, graphs = ([order for order in orders if isinstance(order.figure, kind)] for kind in (Plot, Graph))
        shares = range(GRAPH_WORKERS)
        for group in filter(None, [plots, *(graphs[share::GRAPH_WORKERS] for share in shares)]):
            kind = _kind_of(group[0].figure)
            worker = plotter if kind is Plot else None
            if worker is None:
                if not aside:
                    _load_drawers(workspace, kind)
                worker = hold_drawer(workspace, kind)
            worker.give(group)
            self._groups.append((group, worker))
        if plotter is not None and all(worker is not plotter for _, worker in self._groups):
            plotter.end()

    def give_way(self) -> None:
        """Let all else go first from now on."""
        for _, worker in self._groups:
            worker.give_way()

    def have_drawn(self) -> bool:
        """Tell whether all is drawn already."""
        return all(worker.has_ended() for _, worker in self._groups)

    def wait(self) -> dict[str, Drawing]:
        """Return the drawings by their figures' ids."""
        drawn: dict[str, Drawing] = {}
        try:
            for group, worker in self._groups:
                drawn |= self._survive(group, partial(worker.wait, self._look(group)))
        except BaseException:
            self.end()
            raise
        return drawn

    def end(self) -> None:
        """End what is not done: nobody wants it."""
        for _, worker in self._groups:
            worker.end()

    def _look(self, orders: list[Order]) -> Callable[[], None]:
        """Return what is called while a process draws: it raises Cancelled, and WorkerDiedError if that does not end.

        A program that takes too long is told by its own process, at the line where it stands; what holds up even that,
        by the system, which counts its processor; what waits where nothing reaches it, by this.
        """
        until = time.monotonic() + LONGEST_PLOT * len(orders)

        def look() -> None:
            self._workspace.check_cancelled()
            if isinstance(orders[0].figure, Plot) and time.monotonic() > until:
                raise WorkerDiedError(None)

        return look

    def _draw(self, orders: list[Order]) -> dict[str, Drawing]:
        """Draw once more, what ended its process."""
        worker = hold_drawer(self._workspace, _kind_of(orders[0].figure))
        worker.give(orders)
        return worker.wait(self._look(orders))

    def _survive(self, orders: list[Order], draw: Callable[[], dict[str, Drawing]]) -> dict[str, Drawing]:
        """Return what is drawn; if the program of a figure ended the process, draw each in one of its own."""
        try:
            return draw()
        except WorkerDiedError as death:
            if len(orders) > 1:
                drawn = (self._survive([order], partial(self._draw, [order])) for order in orders)
                return {id: drawing for drawings in drawn for id, drawing in drawings.items()}
            message = (
                "la gráfica tarda demasiado, y nada la interrumpe"
                if death.status in (None, -signal.SIGXCPU)
                else "el programa acabó de golpe y no dibujó nada: salió del proceso, agotó la memoria o falló una "
                "biblioteca"
            )
        return {
            order.id: Drawing(None, problems=(Problem("grafica-fallida", message, _find_function(order)),))
            for order in orders
        }


def _find_function(order: Order) -> Span:
    """Return the place of the function that draws a plot; of the figure, if nobody can tell it."""
    for number, line in enumerate(order.program.decode("utf-8", "replace").splitlines(), 1):
        if line.startswith("def dibujar"):
            return Span(f"figures/{order.figure.origin.value}", number, 1, number, len(line) + 1)
    return order.figure.origin.span()


def plot_size(figure: Plot, sheet: Page) -> tuple[float, float]:
    """Return width and height of a plot's drawing, in PDF points: of graphs they are known when they are laid out."""
    room = sheet.figure_room(landscape=figure.landscape, wide=figure.wide)
    return room[0], float(figure.height) * POINTS_PER_CENTIMETRE


def hold_drawer(workspace: Workspace, kind: type[AnyFigure]) -> Drawer:
    """Have a process ready that draws figures of a kind when it is told which: it imports what draws them meanwhile."""
    runs_programs = kind is Plot
    prepare = partial(_load_drawers, workspace, kind, confined=runs_programs)
    return workspace.hold_worker(prepare, partial(_draw_all, workspace), apart=runs_programs)


def load_drawers(workspace: Workspace, figures: Iterable[AnyFigure]) -> None:
    """Import what draws some figures, in this process, and try it: copies of it draw a fifth faster."""
    for kind in {_kind_of(figure) for figure in figures if isinstance(figure, Plot | Graph)}:
        _load_drawers(workspace, kind)
        if kind is Plot:
            from imprenta.figures.plots.canvas import rehearse

            rehearse(_plot_cache(workspace))


def _kind_of(figure: AnyFigure) -> type[AnyFigure]:
    """Return what a figure is, wherever it is written."""
    return Plot if isinstance(figure, Plot) else Graph


def _load_drawers(workspace: Workspace, kind: type[AnyFigure], *, confined: bool = False) -> None:
    """Import what draws figures of a kind, which takes as long as a drawing; a process that runs programs is confined.

    These change nothing of the author's: what they write outside of `build/` fails where they do it.
    """
    if confined:
        confine_copy(writable_places(*_own_places(workspace)))
    if kind is Plot:
        from imprenta.figures.plots.style import open_matplotlib

        open_matplotlib(_plot_cache(workspace))
        import imprenta.figures.plots.chart
        import imprenta.figures.plots.drawing
    else:
        import imprenta.figures.graphs.drawing  # noqa: F401 - it is there when the drawing begins


def _own_places(workspace: Workspace) -> list[str]:
    """Return where programs of plots may write; a `build` that leads to a folder of others is no such place."""
    places = [str(_plot_cache(workspace))]
    with suppress(CannotContinue):
        places.append(str(workspace.path(BUILD_FOLDER)))
    return places


def _plot_cache(workspace: Workspace) -> Path:
    return cache_folder(PLOT_CACHE) or workspace.path(f"{BUILD_FOLDER}/{PLOT_CACHE}")


def _draw_all(workspace: Workspace, orders: list[Order]) -> dict[str, Drawing]:
    return {order.id: _draw(workspace, order) for order in orders}


def _draw(workspace: Workspace, order: Order) -> Drawing:
    figure = order.figure
    if isinstance(figure, Graph):
        return _draw_graph(workspace, order, figure)
    if figure.chart is not None:
        return _draw_chart(workspace, order, figure, figure.chart.place)
    from imprenta.figures.plots.drawing import draw_plot

    plot, found = draw_plot(
        figure,
        order.program.decode("utf-8", "replace"),
        f"figures/{figure.origin.value}",
        order.values,
        width_pt=plot_size(figure, order.sheet)[0],
        workspace=workspace,
        cache_folder=_plot_cache(workspace),
        locale=LOCALES[order.language],
    )
    if plot is None:
        return Drawing(None, problems=tuple(found))
    return Drawing(plot.pdf, plot.width, plot.height, problems=tuple(found), inputs=plot.inputs)


def _draw_graph(workspace: Workspace, order: Order, figure: Graph) -> Drawing:
    from imprenta.figures.graphs.drawing import draw_graph
    from imprenta.figures.graphs.legend import LegendWords

    words = LOCALES[order.language].palabras
    said = LegendWords(words.numero_de_comunicacion if order.numbered else "", words.ramas_de_linea)
    graphviz = Graphviz(workspace, figure)
    found: list[Problem] = []
    for width, height in _rooms(figure, order.sheet):
        try:
            graph = draw_graph(figure, graphviz.run, text_width_pt=width, text_height_pt=height, legend_words=said)
        except FigureError as error:
            found = error.problems
            continue
        parts = tuple((part.kind, part.name, [list(corner) for corner in part.corners]) for part in graph.parts)
        quality = asdict(graph.quality)
        return Drawing(graph.pdf, graph.width, graph.height, parts, tuple(graphviz.problems), quality=quality)
    return Drawing(None, problems=tuple(found))


def _rooms(figure: Graph, sheet: Page) -> list[tuple[float, float]]:
    """Return the widths and heights in points that a graph may take, the least first: a column, and all of them."""
    wide = sheet.figure_room(landscape=figure.landscape)
    if sheet.columns == 1 or figure.landscape or figure.wide:
        return [wide]
    width, height = sheet.figure_room(landscape=False, wide=False)
    return [(width, COLUMN_SHARE * height), wide]


def _draw_chart(workspace: Workspace, order: Order, figure: Plot, place: Span) -> Drawing:
    from imprenta.figures.plots.chart import draw_chart

    if order.chart is None:
        return Drawing(None)
    width, height = plot_size(figure, order.sheet)[0], float(figure.height)
    drawn, found = draw_chart(
        order.chart,
        place,
        width_pt=width,
        height_cm=height,
        cache_folder=_plot_cache(workspace),
        locale=LOCALES[order.language],
    )
    return Drawing(None, problems=tuple(found)) if drawn is None else Drawing(*drawn, problems=tuple(found))
