"""What changed since the last build -> a process that gets ready to draw plots, if it looks as if it will be wanted.

matplotlib takes a third of a second to import, in which the rest of a build can get as far as knowing what to draw. It
is a guess that costs no more than that on another core: what has to be drawn is found out by what drawings are made of
(`drawings.order_drawings`). It reads none of the author's files: each build notes what its plots are made of.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from imprenta.model import Plot
from imprenta.pipeline.drawers import hold_drawer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from imprenta.pipeline.drawers import Drawer, Drawing, Order
    from imprenta.workspace import Workspace

NOTE = "build/plots.txt"
DATA = "paper/datos/"


def hold_plotter(workspace: Workspace, changed: Iterable[str]) -> Drawer | None:
    """Return a process that will draw plots, or None if none is expected to be drawn.

    `changed` names the files that are not as the last good build read them: all, if there was none.
    """
    return hold_drawer(workspace, Plot) if expects_plots(workspace, changed) else None


def expects_plots(workspace: Workspace, changed: Iterable[str]) -> bool:
    """Tell whether a plot will probably have to be drawn."""
    noted = {*(workspace.read(NOTE) or b"").decode("utf-8", "replace").split("\n")}

    def concerns(path: str) -> bool:
        is_program = path.startswith("figures/") and path.endswith(".py")
        return is_program or path in noted or (path.startswith(DATA) and DATA in noted)

    return any(map(concerns, changed))


def note_plots(workspace: Workspace, drawn: Iterable[tuple[Order, Drawing]]) -> None:
    """Note the files of which the plots among the drawings are made."""
    paths: set[str] = set()
    for order, drawing in drawn:
        if isinstance(order.figure, Plot):
            figure = order.figure
            # A value may be worked out of any other, and files of measurements stand beside them.
            data = [DATA] if figure.data or figure.chart is not None else []
            if figure.chart is not None and figure.chart.table is not None:
                data.append(f"paper/tablas/{figure.chart.table.value}.yaml")
            read = (name for name, _ in drawing.inputs)
            paths |= {figure.place.path, f"figures/{figure.origin.value}", *data, *read}
    workspace.keep(NOTE, "\n".join(sorted(paths)))
