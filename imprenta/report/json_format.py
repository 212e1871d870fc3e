"""A run -> JSON, as docs/esquemas/problemas.schema.json describes it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from imprenta.problems import Severity

if TYPE_CHECKING:
    from imprenta.problems import Problem, Span
    from imprenta.report.run import Run

FORMAT_VERSION = 1
"""Raised when something that a reader relies on changes its name or its meaning."""


def format_json(run: Run) -> str:
    """Turn a run into one JSON object, in ASCII so that no locale can spoil it."""
    document = {
        "formato": FORMAT_VERSION,
        "imprenta": run.version,
        "errores": run.count(Severity.ERROR),
        "avisos": run.count(Severity.WARNING),
        "problemas": [_describe(problem) for problem in run.problems],
        "interrupcion": {"mensaje": run.stop.message, "pista": run.stop.hint} if run.stop is not None else None,
    }
    return json.dumps(document, indent=2)


def _describe(problem: Problem) -> dict[str, Any]:
    return {
        "codigo": problem.code,
        "gravedad": problem.severity.value,
        "mensaje": problem.message,
        "pista": problem.hint,
        "lugar": _place(problem.place),
        "relacionados": [{"nota": remark, "lugar": _place(span)} for span, remark in problem.related],
    }


def _place(span: Span) -> dict[str, Any]:
    return {
        "archivo": span.path,
        "linea": span.line,
        "columna": span.column,
        "linea_final": span.end_line,
        "columna_final": span.end_column,
    }
