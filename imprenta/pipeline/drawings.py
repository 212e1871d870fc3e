"""Every figure that the report places -> its file and its view; drawn anew only when its data or code changed."""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import partial
from typing import TYPE_CHECKING

from imprenta.cache import Cache
from imprenta.markup import mark_words, metadata, write_citations, write_inline, write_plain, write_sentence
from imprenta.model import GraphFigure, ImageFigure, PlotFigure
from imprenta.model.facts import Alternative, Caption, Carried, Picture, Stated
from imprenta.model.page import PAGE, POINTS_PER_CENTIMETRE
from imprenta.model.paper import walk_targets
from imprenta.pipeline.drawers import Drawers, Drawing, Order, plot_size
from imprenta.pipeline.drawn_parts import DrawnFigure
from imprenta.pipeline.early_plots import note_plots
from imprenta.pipeline.kept_drawings import CACHE, keep_drawing, name_file, recall_drawing, remove_others
from imprenta.pipeline.logos import place_logos
from imprenta.pipeline.pictures import load_picture, tell_findings
from imprenta.pipeline.scope import ReportScope
from imprenta.problems import Problem
from imprenta.reading import list_packages
from imprenta.render import FigureView
from imprenta.workspace import content_hash, engine_workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from imprenta.model import AnyFigure, Numeric
    from imprenta.model.paper import Paper
    from imprenta.pipeline.drawers import Drawer
    from imprenta.pipeline.loading import Loaded
    from imprenta.workspace import Workspace

DRAWERS = "imprenta/figures"
DRAWING_CODE = (
    "imprenta/model/figure.py", "imprenta/model/page.py", "imprenta/problems.py", "imprenta/pipeline/kept_drawings.py",
)  # fmt: skip
"""The engine's files that draw, a folder of them, and those that keep what was drawn: a new engine draws anew."""
DRAWING_PACKAGES = frozenset("contourpy diagrams fonttools graphviz kiwisolver matplotlib numpy pikepdf pillow".split())
"""What draws besides, with Graphviz: another version may draw otherwise."""
OWN_PAGE_SHARE = 0.75
"""A figure higher than this share of the page gets a page of floats to itself."""


class DrawnFigures:
    """What came of drawing: views for the templates, files for LaTeX, which were drawn anew, what is where."""

    def __init__(self) -> None:
        """Start with none."""
        self.views: dict[str, FigureView] = {}
        self.files: dict[str, bytes] = {}
        self.problems: list[Problem] = []
        self.drawn: list[str] = []
        self.parts: dict[str, DrawnFigure] = {}


def draw_figures(
    workspace: Workspace,
    loaded: Loaded,
    scope: ReportScope,
    announce: Callable[[str], None] = lambda step: None,
    confirm: Callable[[], None] = lambda: None,
    meanwhile: Callable[[Callable[[], DrawnFigures], Drawers], None] = lambda expect, drawers: None,
    *,
    aside: bool = False,
    cache: Cache | None = None,
    plotter: Drawer | None = None,
) -> DrawnFigures:
    """Draw the figures that the report places, in their order.

    They are drawn in processes of their own, plots and graphs at the same time. `meanwhile` is called then, with what
    tells the figures as they will be but for the size of graphs that are drawn anew, and `confirm` before any is waited
    for. With `aside` this process does not stay: it need not know what draws, and others find out what there is to
    confirm. `plotter` is a process for plots that gets ready already. Views that `cache` holds are not made anew.
    """
    cache = cache or Cache()
    paper = loaded.paper
    if paper is None:
        return DrawnFigures()
    orders = order_drawings(workspace, loaded, paper)
    ordered = [order for order in orders.values() if order is not None]
    made = {order.id: recall_drawing(workspace, order, cache) for order in ordered}
    missing = [order for order in ordered if made[order.id] is None]
    drawers = Drawers(workspace, missing, aside=aside, plotter=plotter)
    try:
        if missing and not aside:
            confirm()
        if missing:
            meanwhile(partial(_expect, workspace, loaded, scope, cache, orders, made), drawers)
            confirm()
            announce(f"{len(missing)} dibujos" if len(missing) > 1 else f"dibujo de «{missing[0].id}»")
    except BaseException:
        drawers.end()
        raise
    drawn = drawers.wait()
    for order in missing:
        keep_drawing(workspace, order, drawn[order.id])
    made.update(drawn)
    result = _place(workspace, loaded, scope, cache, orders, made)
    result.drawn = [id for id in orders if id in drawn and drawn[id].pdf is not None]
    remove_others(workspace, ordered)
    note_plots(workspace, [(order, kept) for order in ordered if (kept := made[order.id]) is not None])
    return result


def _place(
    workspace: Workspace,
    loaded: Loaded,
    scope: ReportScope,
    cache: Cache,
    orders: Mapping[str, Order | None],
    made: Mapping[str, Drawing | None],
) -> DrawnFigures:
    """Return the figures of a report, in order, from the drawings that were made; what is in none is left out."""
    paper = loaded.paper
    assert paper is not None
    result = DrawnFigures()
    for id, order in orders.items():
        figure = paper.figures[id]
        if order is None:
            placed, data, found = _picture(workspace, id, figure)
            result.problems += found
            if placed is None:
                continue
            drawing = placed
        else:
            drawn = made[id]
            assert drawn is not None
            result.problems += drawn.problems
            if drawn.pdf is None:
                continue
            drawing = DrawnFigure(name_file(order, drawn), drawn.width, drawn.height, drawn.parts)
            data = drawn.pdf
        result.files[drawing.file] = data
        result.parts[id] = drawing
        size = f"{drawing.file} {drawing.width} {drawing.height}"
        given = content_hash(loaded.values, scope.names.mark, workspace.hash_files(f"figures/{id}.yaml"), size)
        result.views[id] = cache.in_process("figures", given, partial(_view, id, figure, drawing, scope), id)
    result.files |= {str(logo.archivo): data for logo, data in place_logos(workspace, paper)}
    return result


def _expect(
    workspace: Workspace,
    loaded: Loaded,
    scope: ReportScope,
    cache: Cache,
    orders: Mapping[str, Order | None],
    made: Mapping[str, Drawing | None],
) -> DrawnFigures:
    """Return the figures of a report before all are drawn: a plot is as large as it is asked to be, a graph a point."""
    assert loaded.paper is not None
    expected = dict(made)
    for order in filter(None, orders.values()):
        if expected[order.id] is None:
            size = plot_size(order.figure) if isinstance(order.figure, PlotFigure) else (1.0, 1.0)
            expected[order.id] = Drawing(b"", *size)
    result = _place(workspace, loaded, scope, cache, orders, expected)
    for id in orders.keys() - result.views.keys():  # what is wrong with these is told when the rest is there
        result.views[id] = _view(id, loaded.paper.figures[id], DrawnFigure(f"{CACHE}/{id}", 1.0, 1.0), scope)
    return result


def _view(id: str, figure: AnyFigure, drawing: DrawnFigure, scope: ReportScope) -> FigureView:
    """Hand a figure over to the templates under their names."""
    room = PAGE.picture_room(len(figure.caption.value), landscape=figure.landscape)
    large = not isinstance(figure, ImageFigure) and drawing.height > OWN_PAGE_SHARE * PAGE.text_height
    made_of = figure.image if isinstance(figure, ImageFigure) else figure.caption
    return FigureView(
        id,
        Stated(mark_words(made_of, drawing.file, scope), Picture(drawing.file)),
        f"{drawing.width:.3f}",
        f"{min(drawing.height, room):.3f}",
        Stated(_caption(figure, scope), Caption("figure", f"figura:{id}")),
        Stated(write_sentence(figure.caption, scope), Carried()),
        Stated(metadata(_alternative(figure, scope)), Alternative()),
        figure.landscape,
        figure.landscape or large,
    )


def order_drawings(workspace: Workspace, loaded: Loaded, paper: Paper) -> dict[str, Order | None]:
    """Return what each figure that a report places is drawn from, by its id; None for a picture."""
    engine = engine_workspace()
    code = engine.hash_tree(DRAWERS, ".py") + engine.hash_files(*DRAWING_CODE)
    packages = (name for name in list_packages() if name.rpartition("-")[0] in DRAWING_PACKAGES)
    code = content_hash(code, workspace.stamp_program("dot"), *packages)
    ids = [target.id for target in walk_targets(paper) if target.kind == "figura"]
    return {id: _order(workspace, id, paper.figures[id], loaded, paper, code) for id in ids}


def _order(workspace: Workspace, id: str, figure: AnyFigure, loaded: Loaded, paper: Paper, code: str) -> Order | None:
    """Return what a figure is drawn from, named after a hash of it; None for a picture, which is not drawn."""
    if isinstance(figure, ImageFigure):
        return None
    source = workspace.read(f"figures/{id}.yaml") or b""
    if isinstance(figure, PlotFigure) and figure.chart is not None:
        from imprenta.figures.plots.chart_data import read_chart

        data, _ = read_chart(figure.chart, paper, loaded.numbers, ReportScope(loaded.numbers))
        mark = content_hash(code, source, json.dumps(data and asdict(data), sort_keys=True))[:16]
        return Order(id, figure, f"{CACHE}/{id}-{mark}.pdf", chart=data)
    values: dict[str, dict[str, float | list[float]]] = {}
    program = b""
    if isinstance(figure, PlotFigure):
        program = workspace.read(f"figures/{figure.origin.value}") or b""
        values = {text.value: _as_floats(loaded.numbers.values[text.value]) for text in figure.data}
    mark = content_hash(code, source, program, json.dumps(values, sort_keys=True))[:16]
    return Order(id, figure, f"{CACHE}/{id}-{mark}.pdf", program, values)


def _picture(workspace: Workspace, id: str, figure: AnyFigure) -> tuple[DrawnFigure | None, bytes, list[Problem]]:
    """Return a picture of the author's, its bytes and its problems; other bytes get another name.

    It is as large as it is by itself, or as its figure says, but never larger than the text.
    """
    assert isinstance(figure, ImageFigure)
    picture = load_picture(workspace, id, figure.image, figure.page)
    problems = tell_findings(figure.image, picture.findings)
    if not picture.data:
        return None, b"", problems
    room = PAGE.figure_room(landscape=figure.landscape)
    wanted = picture.width if figure.width is None else float(figure.width) * POINTS_PER_CENTIMETRE
    scale = min(wanted / picture.width, room[0] / picture.width, room[1] / picture.height)
    name = f"figures/{id}-{content_hash(picture.data)[:16]}.{picture.suffix}"
    return DrawnFigure(name, scale * picture.width, scale * picture.height), picture.data, problems


def _as_floats(values: object) -> dict[str, float | list[float]]:
    numbers: dict[str, Numeric] = dict(values)  # type: ignore[call-overload]
    return {
        name: [float(item) for item in value] if isinstance(value, tuple) else float(value)
        for name, value in numbers.items()
    }


def _alternative(figure: AnyFigure, scope: ReportScope) -> str:
    if isinstance(figure, GraphFigure):
        from imprenta.figures.graphs.alternative import describe_graph

        return describe_graph(figure, scope)
    return write_plain(figure.alternative, scope)


def _caption(figure: AnyFigure, scope: ReportScope) -> str:
    """Return the caption with the figure's sources after it."""
    caption = write_inline(figure.caption, scope)
    if not figure.citations:
        return caption
    words = scope.locale.palabras
    word = words.fuente if len(figure.citations) == 1 else words.fuentes
    sources = f"{word}:~{write_citations((text.value for text in figure.citations), scope)}"
    stop = "" if write_plain(figure.caption, scope).endswith((".", "?", "!", "…")) else "."
    return f"{caption}{stop} {mark_words(figure.citations[0], sources, scope)}."
