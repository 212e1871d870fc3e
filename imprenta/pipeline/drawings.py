"""Every figure that the report places -> its file and its view; drawn anew only when its data or code changed."""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import partial
from typing import TYPE_CHECKING

from imprenta.cache import Cache
from imprenta.model import Gallery, Graph, Image, Part, Plot, Text
from imprenta.model.own_figures import OwnFigure
from imprenta.model.page import PAGE
from imprenta.pipeline.cell_pictures import place_cell_pictures
from imprenta.pipeline.drawers import Drawers, Drawing, Order, plot_size
from imprenta.pipeline.drawn_parts import DrawnFigure
from imprenta.pipeline.early_plots import note_plots
from imprenta.pipeline.figure_views import view_figure
from imprenta.pipeline.kept_drawings import (
    CACHE,
    MARK,
    keep_drawing,
    name_file,
    recall_drawing,
    recall_former,
    remove_others,
)
from imprenta.pipeline.logos import place_logos
from imprenta.pipeline.placed_pictures import expect_pictures, place_pictures
from imprenta.pipeline.scope import ReportScope
from imprenta.problems import Problem
from imprenta.reading import list_packages
from imprenta.words import LOCALES
from imprenta.workspace import content_hash, engine_workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from imprenta.model import AnyFigure, Numeric
    from imprenta.model.paper import Paper
    from imprenta.pipeline.drawers import Drawer
    from imprenta.pipeline.loading import Loaded
    from imprenta.pipeline.placed_pictures import PlacedPicture
    from imprenta.render import FigureView
    from imprenta.workspace import Workspace

DRAWERS = ("imprenta/figures", "imprenta/words")
DRAWING_CODE = (
    "imprenta/model/figure.py", "imprenta/model/page.py", "imprenta/problems.py", "imprenta/pipeline/drawers.py",
    "imprenta/pipeline/kept_drawings.py",
)  # fmt: skip
"""The engine's files that draw, folders of them, and those that keep what was drawn: a new engine draws anew."""
DRAWING_PACKAGES = frozenset("contourpy diagrams fonttools graphviz kiwisolver matplotlib numpy pikepdf pillow".split())
"""What draws besides, with Graphviz: another version may draw otherwise."""


BESIDE = frozenset({"alternative", "caption", "citations", "id", "place"})
"""The fields of a figure in a section that are not drawn."""


class DrawnFigures:
    """What came of drawing: views for the templates, files for LaTeX, which were drawn anew, what is where.

    `drawings` are the files of which LaTeX goes by no more than the size, which their names tell.
    """

    def __init__(self) -> None:
        """Start with none."""
        self.views: dict[str, FigureView] = {}
        self.files: dict[str, bytes] = {}
        self.drawings: set[str] = set()
        self.problems: list[Problem] = []
        self.drawn: list[str] = []
        self.parts: dict[str, DrawnFigure] = {}


def draw_figures(
    workspace: Workspace,
    loaded: Loaded,
    scope: ReportScope,
    announce: Callable[[str], None] = lambda step: None,
    confirm: Callable[[], None] = lambda: None,
    meanwhile: Callable[[Callable[..., DrawnFigures], Drawers], None] = lambda expect, drawers: None,
    *,
    aside: bool = False,
    cache: Cache | None = None,
    plotter: Drawer | None = None,
) -> DrawnFigures:
    """Draw the figures that the report places, in their order.

    They are drawn in processes of their own, plots and graphs at the same time. `meanwhile` is called then, with what
    tells the figures as `_expect` does, and `confirm` while any is waited for. With `aside` this process does not
    stay: it need not know what draws. `plotter` is a process for plots that gets ready already. Views that `cache`
    holds are not made anew.
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
        if missing:
            meanwhile(partial(_expect, workspace, loaded, scope, cache, orders, made), drawers)
            if not drawers.have_drawn():  # else who watches sees the drawing before the checks are through
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
        figure = paper.placed_figures[id]
        pictures: list[PlacedPicture] = []
        if order is None:
            assert isinstance(figure, Image | Gallery)
            pictures, found = place_pictures(workspace, id, figure, paper.report.sheet)
            result.problems += found
            if not pictures:
                continue
            drawing = pictures[0].drawing
            result.files |= {picture.drawing.file: picture.data for picture in pictures}
        else:
            drawn = made[id]
            assert drawn is not None
            result.problems += drawn.problems
            if drawn.pdf is None:
                continue
            place = figure.origin.span()
            drawing = DrawnFigure(name_file(order, drawn), drawn.width, drawn.height, place, drawn.parts)
            result.files[drawing.file] = drawn.pdf
            result.drawings.add(drawing.file)
        letters = {f"{id}-{picture.letter}": picture.drawing for picture in pictures if picture.letter}
        result.parts |= letters or {id: drawing}
        numbered = id in paper.tabulated_graphs
        sizes = [f"{one.file} {one.width} {one.height}" for one in (drawing, *letters.values())]
        source = workspace.hash_files(figure.place.path)
        given = content_hash(loaded.values, scope.names.mark, source, str(numbered), *sizes)
        view = partial(view_figure, id, figure, drawing, scope, pictures, numbered=numbered)
        result.views[id] = cache.in_process("figures", given, view, id)
    result.files |= {name: data for name, _, data in place_cell_pictures(workspace, paper).values()}
    result.files |= {str(logo.archivo): data for logo, data in place_logos(workspace, paper)}
    return result


def _expect(
    workspace: Workspace,
    loaded: Loaded,
    scope: ReportScope,
    cache: Cache,
    orders: Mapping[str, Order | None],
    made: Mapping[str, Drawing | None],
    *,
    as_before: bool = False,
) -> DrawnFigures:
    """Return the figures of a report before all are drawn: a plot is as large as it is asked to be, a graph a point.

    If they are to be `as_before` those that are not drawn yet are what they were, as far as that is kept.
    """
    assert loaded.paper is not None
    expected, orders = dict(made), dict(orders)
    for order in [*filter(None, orders.values())]:
        if as_before and expected[order.id] is None and (former := recall_former(workspace, order, cache)):
            orders[order.id], expected[order.id] = former
        if expected[order.id] is None:
            size = plot_size(order.figure, order.sheet) if isinstance(order.figure, Plot) else (1.0, 1.0)
            expected[order.id] = Drawing(b"", *size)
    result = _place(workspace, loaded, scope, cache, orders, expected)
    for id in orders.keys() - result.views.keys():  # what is wrong with these is told when the rest is there
        figure = loaded.paper.placed_figures[id]
        drawing = DrawnFigure(f"{CACHE}/{id}", 1.0, 1.0, figure.place)
        result.views[id] = view_figure(id, figure, drawing, scope, expect_pictures(figure, drawing), numbered=False)
    return result


def order_drawings(workspace: Workspace, loaded: Loaded, paper: Paper) -> dict[str, Order | None]:
    """Return what each figure that a report places is drawn from, by its id; None for a picture."""
    engine = engine_workspace()
    code = "".join(engine.hash_tree(folder, ".py") for folder in DRAWERS) + engine.hash_files(*DRAWING_CODE)
    packages = (name for name in list_packages() if name.rpartition("-")[0] in DRAWING_PACKAGES)
    code = content_hash(code, workspace.stamp_program("dot"), *packages)
    return {id: _order(workspace, id, figure, loaded, paper, code) for id, figure in paper.placed_figures.items()}


def _order(workspace: Workspace, id: str, figure: AnyFigure, loaded: Loaded, paper: Paper, code: str) -> Order | None:
    """Return what a figure is drawn from, named after a hash of it; None for a picture, which is not drawn."""
    if isinstance(figure, Image | Gallery):
        return None
    source, sheet = _source(workspace, figure), paper.report.sheet
    code = code if sheet == PAGE else content_hash(code, repr(sheet))
    language = paper.report.language
    locale = LOCALES[language]
    if isinstance(figure, Graph):
        numbered = id in paper.tabulated_graphs
        path = f"{CACHE}/{id}-{content_hash(code, source, language, str(numbered))[:MARK]}.pdf"
        return Order(id, figure, path, sheet=sheet, numbered=numbered, language=language)
    if isinstance(figure, Plot) and figure.chart is not None:
        from imprenta.figures.plots.chart_data import read_chart

        data, _ = read_chart(figure.chart, paper, loaded.numbers, ReportScope(loaded.numbers, locale=locale))
        mark = content_hash(code, source, language, json.dumps(data and asdict(data), sort_keys=True))[:MARK]
        return Order(id, figure, f"{CACHE}/{id}-{mark}.pdf", chart=data, sheet=sheet, language=language)
    values: dict[str, dict[str, float | list[float]]] = {}
    program = b""
    if isinstance(figure, Plot):
        program = workspace.read(f"figures/{figure.origin.value}") or b""
        values = {text.value: _as_floats(loaded.numbers.values[text.value]) for text in figure.data}
    mark = content_hash(code, source, language, program, json.dumps(values, sort_keys=True))[:MARK]
    return Order(id, figure, f"{CACHE}/{id}-{mark}.pdf", program, values, sheet=sheet, language=language)


def _source(workspace: Workspace, figure: AnyFigure) -> bytes:
    """Return what the author wrote of a figure: a file of its own, or what its block says of the drawing."""
    if not isinstance(figure, OwnFigure):
        return workspace.read(figure.place.path) or b""
    return json.dumps(_say(figure), sort_keys=True, default=str).encode()


def _say(value: object) -> object:
    """Return what a model says, wherever it says it, but for what is printed beside a drawing."""
    if isinstance(value, Text):
        return value.value
    if isinstance(value, Part):
        return {name: _say(getattr(value, name)) for name in type(value).model_fields if name not in BESIDE}
    if isinstance(value, dict):
        return {name: _say(item) for name, item in value.items()}
    return [_say(item) for item in value] if isinstance(value, list) else value


def _as_floats(values: object) -> dict[str, float | list[float]]:
    numbers: dict[str, Numeric] = dict(values)  # type: ignore[call-overload]
    return {
        name: [float(item) for item in value] if isinstance(value, tuple) else float(value)
        for name, value in numbers.items()
    }
