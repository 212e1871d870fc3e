"""The text of one section -> a small report, what `check` says of it, and its .tex as `render` makes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from facts_report import render
from laws import lay_case, write_files

from imprenta.pipeline import examine_report
from imprenta.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path

    from imprenta.model.document import Document

SECTION = "paper/secciones/prueba.yaml"


def lay_section(folder: Path, content: str, files: dict[str, str | bytes] | None = None) -> Path:
    """Write a report whose one section has these blocks, a list of YAML's, and other files besides."""
    section = f"titulo: Prueba\ncontenido:\n  - texto: Se cita [@ruiz2020].\n{content}"
    return write_files(lay_case("", folder), {SECTION: section, **(files or {})})


def examine(folder: Path) -> list[tuple[str, int, int]]:
    """Return what `check` says of a report: codes with their lines and columns."""
    problems = examine_report(Workspace(folder)).problems
    return [(problem.code, problem.place.line, problem.place.column) for problem in problems]


def body(folder: Path) -> str:
    """Return the .tex of a report's section."""
    return document(folder).source.partition(r"\section{Prueba}")[2].partition(r"\barrera")[0]


def document(folder: Path) -> Document:
    """Return the document of a report."""
    return render(folder)
