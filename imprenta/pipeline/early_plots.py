"""What changed since the last build -> a process that gets ready to draw plots, if it looks as if it will be wanted.

matplotlib takes a third of a second to import, in which the rest of a build can get as far as knowing what to draw. It
is a guess that costs no more than that on another core: what has to be drawn is found out by what drawings are made of
(`drawings.order_drawings`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from imprenta.pipeline.drawers import hold_drawer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from imprenta.pipeline.drawers import Drawer
    from imprenta.workspace import Workspace

PLOT = re.compile(rb"^\s*[\"']?grafica[\"']?\s*:", re.MULTILINE)
"""What the file of a plot has and that of no other figure (`load.FIGURE_KINDS`)."""
DATA = "paper/datos/"


def hold_plotter(workspace: Workspace, changed: Iterable[str] | None) -> Drawer | None:
    """Return a process that will draw plots, or None if none is expected to be drawn.

    `changed` names the files that are not as the last good build read them; it is None if there was none.
    """
    from imprenta.model import PlotFigure

    return hold_drawer(workspace, PlotFigure) if expects_plots(workspace.fresh(), changed) else None


def expects_plots(workspace: Workspace, changed: Iterable[str] | None) -> bool:
    """Tell whether a plot will probably have to be drawn."""
    files = (workspace.read(path) or b"" for path in workspace.list_files("figures", ".yaml"))
    plots = [text for text in files if PLOT.search(text)]
    if not plots:
        return False
    if changed is None:
        return not workspace.is_folder("build/figures")
    return any(_concerns(workspace, path, plots) for path in changed)


def _concerns(workspace: Workspace, path: str, plots: list[bytes]) -> bool:
    """Tell whether what changed is of a plot: its file, a program beside it, or data whose name it says."""
    if path.startswith(DATA):
        name = path.removeprefix(DATA).partition(".")[0].encode()
        return any(name in text for text in plots)
    if not path.startswith("figures/"):
        return False
    return path.endswith(".py") or PLOT.search(workspace.read(path) or b"") is not None
