"""A drawing that was made <-> its files in `build/figures/`: the PDF and, beside it, what is known of it."""

from __future__ import annotations

from dataclasses import asdict, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from imprenta.figures.plots.inputs import mark_input
from imprenta.pipeline.drawers import Drawing
from imprenta.pipeline.kept_facts import keep_facts, read_facts, recall_facts
from imprenta.problems import Problem, Severity, Span

if TYPE_CHECKING:
    from imprenta.cache import Cache
    from imprenta.pipeline.drawers import Order
    from imprenta.workspace import Workspace

CACHE = "build/figures"
MARK = 16
"""Characters at the end of a drawing's name that stand for what it is drawn from."""


def recall_drawing(workspace: Workspace, order: Order, cache: Cache) -> Drawing | None:
    """Return the drawing that is kept for an order, with what was told of it; None if what it read has changed.

    What does not go together, as after a power cut, or was written by somebody else, is not kept.
    """
    pdf = workspace.read(order.path) or b""
    facts = recall_facts(workspace, f"{order.path}.json", pdf)
    if facts is None:
        return None
    read = cache.in_process("measures", facts, partial(read_facts, facts), order.id)
    inputs = tuple((name, mark) for name, mark in read["inputs"])
    if any(mark_input(workspace, name) != mark for name, mark in inputs):
        return None
    problems = tuple(_move_problem(_read_problem(told), order.figure.place) for told in read["problems"])
    return Drawing(pdf, read["width"], read["height"], tuple(read["parts"]), problems, inputs, read["quality"])


def recall_former(workspace: Workspace, order: Order, cache: Cache) -> tuple[Order, Drawing] | None:
    """Return what is kept of a figure as it was drawn last, with what stood for its order; None if nothing is."""
    start = f"{order.path[: -len('.pdf') - MARK]}"
    paths = [path for path in workspace.list_files(CACHE, ".pdf") if path.startswith(start)]
    former = [replace(order, path=path) for path in paths if len(path) == len(order.path) and path != order.path]
    drawing = recall_drawing(workspace, former[0], cache) if len(former) == 1 else None
    return (former[0], drawing) if drawing is not None else None


def keep_drawing(workspace: Workspace, order: Order, drawing: Drawing) -> None:
    """Keep a drawing, and what was told of it: that is told again as long as it is not drawn anew."""
    if drawing.pdf is None:
        return
    facts = {
        "width": drawing.width, "height": drawing.height, "parts": drawing.parts,
        "problems": [asdict(_move_problem(problem, order.figure.place, back=True)) for problem in drawing.problems],
        "inputs": drawing.inputs, "quality": drawing.quality,
    }  # fmt: skip
    workspace.keep(order.path, drawing.pdf)
    keep_facts(workspace, f"{order.path}.json", facts, drawing.pdf)


def name_file(order: Order, drawing: Drawing) -> str:
    """Return the name of a drawing beside the .tex: of its figure and its size, which is all that LaTeX goes by.

    Another drawing of that size has the same name: LaTeX has nothing to do for it (`pdf.drawings.put_drawings`).
    """
    width, height = round(1000 * drawing.width), round(1000 * drawing.height)
    return f"figures/{order.id}-{width}x{height}.pdf"


def remove_others(workspace: Workspace, orders: list[Order]) -> None:
    """Remove the drawings that nobody orders any more."""
    keep = {order.path for order in orders}
    for path in workspace.list_files(CACHE, ""):
        if path.removesuffix(".json") not in keep:
            workspace.remove(path)


def _read_problem(told: dict[str, Any]) -> Problem:
    related = tuple((Span(**span), words) for span, words in told["related"])
    return Problem(**{
        **told, "place": Span(**told["place"]), "severity": Severity(told["severity"]), "related": related,
    })  # fmt: skip


def _move_problem(problem: Problem, figure: Span, *, back: bool = False) -> Problem:
    """Return a problem at its line counted from its figure's, as it is kept (`back`), or at its line in the file.

    A figure that stands in a section moves with what is written before it.
    """
    place, shift = problem.place, figure.line - 1
    if place.path != figure.path or not shift:
        return problem
    shift = -shift if back else shift
    return replace(problem, place=replace(place, line=place.line + shift, end_line=place.end_line + shift))
