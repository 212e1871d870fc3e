"""One run from start to end: load -> check -> draw and tabulate -> render -> typeset.

What it offers is imported when it is asked for: a build does not wait for the code of the checks.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from imprenta.pipeline.drawing_checks import check_drawings
    from imprenta.pipeline.early_plots import hold_plotter
    from imprenta.pipeline.examine import Examined, examine_report
    from imprenta.pipeline.exporting import Exported, export_report, is_ours
    from imprenta.pipeline.hooks import PagesReady
    from imprenta.pipeline.loading import Loaded, load_report
    from imprenta.pipeline.outcome import Outcome
    from imprenta.pipeline.schemas import refresh_schemas
    from imprenta.pipeline.session import Session, build_report

__all__ = [
    "Examined",
    "Exported",
    "Loaded",
    "Outcome",
    "PagesReady",
    "Session",
    "build_report",
    "check_drawings",
    "examine_report",
    "export_report",
    "hold_plotter",
    "is_ours",
    "load_report",
    "refresh_schemas",
]

_HOMES = {
    "outcome": ("Outcome",),
    "drawing_checks": ("check_drawings",),
    "early_plots": ("hold_plotter",),
    "schemas": ("refresh_schemas",),
    "examine": ("Examined", "examine_report"),
    "exporting": ("Exported", "export_report", "is_ours"),
    "hooks": ("PagesReady",),
    "loading": ("Loaded", "load_report"),
    "session": ("Session", "build_report"),
}


def __getattr__(name: str) -> Any:
    """Return what the package offers under a name, from the module that has it."""
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{home}"), name)
    raise AttributeError(name)
