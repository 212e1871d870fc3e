"""Outcomes -> tables for a spreadsheet (CSV), as one of a country with decimal commas opens them by a double click."""

from __future__ import annotations

import csv
import io
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from imprenta.batch.outcome import Outcome

MARK = b"\xef\xbb\xbf"
"""By which spreadsheets know that it is UTF-8."""
ACTIVE = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins so is run as a formula: an author's words get an apostrophe before them (OWASP, CSV injection)."""


def write_sheet(outcomes: Iterable[Outcome]) -> bytes:
    """Return a row for each report."""
    head = (
        "informe título autores estado exigencias_cumplidas exigencias citas obras páginas errores avisos códigos"
        " segundos sin_cambios pdf motivo"
    ).split()
    return _write(head, ([*_tell(outcome)] for outcome in outcomes))


def _tell(outcome: Outcome) -> Iterable[str]:
    codes = Counter(problem.code for problem in outcome.problems)
    return (
        outcome.name,
        outcome.title,
        "; ".join(outcome.authors),
        outcome.state.value,
        *map(str, (outcome.demands_met, outcome.demands, outcome.citations, outcome.references, outcome.pages)),
        str(outcome.errors),
        str(outcome.warnings),
        ", ".join(f"{code} ({times})" if times > 1 else code for code, times in sorted(codes.items())),
        f"{outcome.seconds:.2f}".replace(".", ","),
        "sí" if outcome.unchanged else "no",
        outcome.pdf,
        outcome.reason,
    )


def write_problems(outcomes: Iterable[Outcome]) -> bytes:
    """Return a row for each problem of each report."""
    head = "informe código gravedad archivo línea columna mensaje pista".split()
    return _write(
        head,
        (
            [outcome.name, one.code, one.severity, one.path, str(one.line), str(one.column), one.message, one.hint]
            for outcome in outcomes
            for one in outcome.problems
        ),
    )


def _write(head: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return MARK + file.getvalue().encode("utf-8", "replace")


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(ACTIVE) else cell
