"""Every figure that the report places -> its file and its view; drawn anew only when its data or code changed."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from imprenta.figures.trouble import FigureTrouble
from imprenta.markup import mark_words, write_citations, write_inline, write_plain
from imprenta.model import FigureBlock, GraphFigure, ImageFigure, PlotFigure
from imprenta.model.page import PAGE, POINTS_PER_CENTIMETRE
from imprenta.model.paper import walk_placed
from imprenta.problems import Problem
from imprenta.render import FigureView
from imprenta.workspace import ENGINE_ROOT, Limits, Workspace, content_hash

if TYPE_CHECKING:
    from collections.abc import Callable

    from imprenta.markup import Scope
    from imprenta.model import AnyFigure, Numeric, Text
    from imprenta.pipeline.examine import Loaded

CACHE = "build/figuras"
PLOT_CACHE = "build/matplotlib"
DRAWING_CODE = ("imprenta/figures/*.py", "imprenta/model/figure.py", "imprenta/model/page.py")
"""The engine's files that draw: a new engine draws anew."""
OWN_PAGE_SHARE = 0.75
"""A figure higher than this share of the page gets a page of floats to itself."""


class DrawnFigures:
    """What came of drawing: views for the templates, files for LaTeX, how many were drawn anew."""

    def __init__(self) -> None:
        """Start with none."""
        self.views: dict[str, FigureView] = {}
        self.files: dict[str, bytes] = {}
        self.problems: list[Problem] = []
        self.drawn: list[str] = []


def draw_figures(
    workspace: Workspace,
    loaded: Loaded,
    scope: Scope,
    announce: Callable[[str], None] = lambda step: None,
    confirm: Callable[[], None] = lambda: None,
) -> DrawnFigures:
    """Draw the figures that the report places, in their order; `confirm` is called before any is drawn anew."""
    result = DrawnFigures()
    paper = loaded.paper
    if paper is None:
        return result
    code = Workspace(ENGINE_ROOT).hash_files(*DRAWING_CODE)
    for block in walk_placed(paper):
        if not isinstance(block, FigureBlock):
            continue
        id = block.figure.value
        figure = paper.figures[id]
        try:
            name, data, width, height = _bring(workspace, id, figure, loaded, code, result, announce, confirm)
        except FigureTrouble as trouble:
            result.problems += trouble.problems
            continue
        result.files[name] = data
        result.views[id] = FigureView(
            id,
            name,
            f"{width:.3f}",
            f"{height:.3f}",
            _caption(figure, scope),
            write_inline(_first_sentence(figure.caption), scope),
            _pdf_string(_alternative(figure)),
            figure.landscape,
            figure.landscape or (not isinstance(figure, ImageFigure) and height > OWN_PAGE_SHARE * PAGE.text_height),
        )
    keep = {f"{CACHE}/{name.removeprefix('figuras/')}" for name in result.files}
    for path in workspace.list_files(CACHE, ""):
        if path not in keep and path.removesuffix(".json") not in keep:
            workspace.remove(path)
    return result


def _bring(
    workspace: Workspace,
    id: str,
    figure: AnyFigure,
    loaded: Loaded,
    code: str,
    result: DrawnFigures,
    announce: Callable[[str], None],
    confirm: Callable[[], None],
) -> tuple[str, bytes, float, float]:
    """Return name, bytes, width and height of a figure's file: from the cache if its inputs are the same."""
    if isinstance(figure, ImageFigure):
        data = workspace.read(f"figures/{figure.image.value}") or b""
        width, height = PAGE.figure_room(landscape=figure.landscape)
        if figure.width is not None:
            width = min(width, float(figure.width) * POINTS_PER_CENTIMETRE)
        suffix = figure.image.value.rpartition(".")[2].lower()
        return f"figuras/{id}-{content_hash(data)[:16]}.{suffix}", data, width, height
    values: dict[str, dict[str, float | list[float]]] = {}
    program = b""
    if isinstance(figure, PlotFigure):
        program = workspace.read(f"figures/{figure.program.value}") or b""
        values = {text.value: _as_floats(loaded.numbers.values[text.value]) for text in figure.data}
    source = workspace.read(f"figures/{id}.yaml") or b""
    mark = content_hash(code, source, program, json.dumps(values, sort_keys=True))[:16]
    path = f"{CACHE}/{id}-{mark}.pdf"
    kept, sizes = workspace.read(path), workspace.read(f"{path}.json")
    if kept is None or sizes is None:
        confirm()
        announce(f"dibujo de «{id}»")
        found: list[Problem] = []
        room = PAGE.figure_room(landscape=figure.landscape)
        if isinstance(figure, GraphFigure):
            from imprenta.figures.graph import draw_graph

            graph = draw_graph(
                figure,
                lambda command, data: _run_dot(workspace, command, data),
                text_width_pt=room[0],
                text_height_pt=room[1],
            )
            kept, width, height = graph.pdf, graph.width, graph.height
        else:
            from imprenta.figures.plot import draw_plot

            plot, found = draw_plot(
                figure,
                program.decode("utf-8", "replace"),
                f"figures/{figure.program.value}",
                values,
                width_pt=room[0],
                cache_folder=workspace.path(PLOT_CACHE),
            )
            result.problems += found
            if plot is None:
                raise FigureTrouble([])
            kept, width, height = plot.pdf, plot.width, plot.height
        result.drawn.append(id)
        if not found:  # a drawing with a warning is made anew each time, so that the warning is seen each time
            workspace.write(path, kept)
            workspace.write(f"{path}.json", json.dumps({"width": width, "height": height}))
    else:
        measures = json.loads(sizes)
        width, height = measures["width"], measures["height"]
    return f"figuras/{id}-{mark}.pdf", kept, width, height


def _as_floats(values: object) -> dict[str, float | list[float]]:
    numbers: dict[str, Numeric] = dict(values)  # type: ignore[call-overload]
    return {
        name: [float(item) for item in value] if isinstance(value, tuple) else float(value)
        for name, value in numbers.items()
    }


def _run_dot(workspace: Workspace, command: list[str], data: bytes) -> bytes:
    finished = workspace.run(command, data=data, limits=Limits(seconds=60.0), environment={"SOURCE_DATE_EPOCH": "0"})
    if finished.status != 0:
        words = finished.errors.decode("utf-8", "replace").strip() or "sin mensaje"
        raise RuntimeError(words[-500:])
    return finished.output


def _alternative(figure: AnyFigure) -> str:
    if isinstance(figure, GraphFigure):
        from imprenta.figures.alternative import describe_graph

        return describe_graph(figure)
    return write_plain(figure.alternative)


def _caption(figure: AnyFigure, scope: Scope) -> str:
    """Return the caption with the figure's sources after it."""
    caption = write_inline(figure.caption, scope)
    if not figure.citations:
        return caption
    sources = mark_words(figure.citations[0], write_citations(text.value for text in figure.citations), scope)
    words = "Fuente" if len(figure.citations) == 1 else "Fuentes"
    return f"{caption.rstrip('. ')}. {words}:~{sources}."


def _first_sentence(caption: Text) -> Text:
    """Return the text up to its first full stop, without citations: what a list of figures says."""
    match = re.match(r"(.+?)\.(?=\s|$)", caption.value, re.DOTALL)
    words = match[1] if match else caption.value
    return replace(caption, value=re.sub(r"\s*\[@[^]]*\]", "", words).strip())


def _pdf_string(words: str) -> str:
    """Return words as the hexadecimal digits of a PDF text string (UTF-16 with its mark)."""
    return "FEFF" + words.encode("utf-16-be").hex().upper()
