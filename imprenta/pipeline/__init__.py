"""One run from start to end: load -> check -> draw and tabulate -> render -> typeset."""

from imprenta.pipeline.build import Outcome, PagesReady
from imprenta.pipeline.editor import refresh_schemas
from imprenta.pipeline.examine import Examined, Loaded, examine_report, load_report
from imprenta.pipeline.session import Session, build_report

__all__ = [
    "Examined",
    "Loaded",
    "Outcome",
    "PagesReady",
    "Session",
    "build_report",
    "examine_report",
    "load_report",
    "refresh_schemas",
]
