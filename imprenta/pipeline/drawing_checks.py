"""A paper that the checks found sound -> what its drawings have to say, as a build would tell it.

Drawings that are kept tell it at once; the others are drawn, and kept for the build.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from imprenta.cache import Cache
from imprenta.check.weights import weigh_problems
from imprenta.model import Graph
from imprenta.pipeline.drawers import Drawers
from imprenta.pipeline.drawings import order_drawings
from imprenta.pipeline.kept_drawings import keep_drawing, recall_drawing
from imprenta.problems import Problem, has_errors

if TYPE_CHECKING:
    from collections.abc import Sequence

    from imprenta.pipeline.loading import Loaded
    from imprenta.workspace import Workspace


def check_drawings(workspace: Workspace, loaded: Loaded, problems: Sequence[Problem]) -> tuple[list[Problem], str]:
    """Return the problems of the drawings, and what could not be drawn on this machine, in Spanish.

    Nothing is drawn of a paper that has errors already (`problems`): a build would not get so far.
    """
    if loaded.paper is None or has_errors(problems):
        return [], ""
    orders = [order for order in order_drawings(workspace, loaded, loaded.paper).values() if order is not None]
    cache = Cache()
    made = {order.id: recall_drawing(workspace, order, cache) for order in orders}
    missing = [order for order in orders if made[order.id] is None]
    notice = ""
    if any(isinstance(order.figure, Graph) for order in missing) and workspace.find_program("dot") is None:
        missing = [order for order in missing if not isinstance(order.figure, Graph)]
        notice = "los grafos no se dibujaron: falta «dot», de Graphviz"
    made.update(Drawers(workspace, missing, aside=len(missing) > 1).wait())
    for order in missing:
        drawn = made[order.id]
        assert drawn is not None
        keep_drawing(workspace, order, drawn)
    found = [problem for drawn in made.values() if drawn is not None for problem in drawn.problems]
    return list(weigh_problems(found, loaded.paper)), notice
