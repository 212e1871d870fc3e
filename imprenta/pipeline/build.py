"""One build from start to end."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from imprenta.check.weights import weigh_problems
from imprenta.model import FigureBlock, GeneratedTable, GraphFigure
from imprenta.model.paper import walk_placed
from imprenta.pipeline.drawings import draw_figures
from imprenta.pipeline.drawn_parts import DRAWN_PARTS, write_drawn_parts
from imprenta.pipeline.editor import refresh_schemas
from imprenta.pipeline.examine import examine_report
from imprenta.pipeline.scope import ReportScope
from imprenta.problems import Problem, has_errors, sort_problems

if TYPE_CHECKING:
    from collections.abc import Callable

    from imprenta.model.paper import Paper
    from imprenta.pipeline.examine import Examined
    from imprenta.render import TableView
    from imprenta.tables import Grid
    from imprenta.workspace import Workspace

PDF_PATH = "build/informe.pdf"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a build: `built` tells whether the PDF in its place is this build's."""

    built: bool
    problems: tuple[Problem, ...]
    pages: int = 0
    size: int = 0
    figures: int = 0
    tables: int = 0
    references: int = 0
    drawn: tuple[str, ...] = ()
    engine_runs: int = 0
    biber_runs: int = 0


def build_report(
    workspace: Workspace, announce: Callable[[str], None] = lambda step: None, *, strict: bool = False
) -> Outcome:
    """Build the PDF of a project. A failed build leaves the last good PDF as it is.

    With `strict` a warning fails the build too. Raises CannotContinue when there is nothing to build, or no tool.
    """
    examined = examine_report(workspace, announce)
    refresh_schemas(workspace, examined)
    problems = list(examined.problems)
    if examined.paper is None or has_errors(problems) or (strict and problems):
        return Outcome(False, tuple(problems))
    from imprenta.render import TemplateFailure, Templates, render_document
    from imprenta.typeset import typeset_document

    scope = ReportScope(examined.numbers)
    announce("Figuras")
    figures = draw_figures(workspace, examined, scope, announce)
    problems += weigh_problems(figures.problems, examined.paper)
    if has_errors(problems):
        return Outcome(False, tuple(sort_problems(problems)), drawn=tuple(figures.drawn))
    announce("Tablas y plantillas")
    tables = {grid.id: _view_table(grid) for grid in _grids(examined.paper, scope)}
    try:
        source, places = render_document(
            examined.paper, Templates(workspace), scope, figures.views, tables, access_date=_access_date(examined)
        )
    except TemplateFailure as failure:
        return Outcome(False, tuple(sort_problems([*problems, failure.problem])))
    announce("Composición")
    workspace.write(DRAWN_PARTS, write_drawn_parts(examined.paper.figures, figures.parts))
    typeset = typeset_document(
        workspace,
        source,
        examined.bibliography_bytes,
        figures.files,
        places,
        date=examined.paper.report.date.value,
        announce=announce,
    )
    problems = sort_problems([*problems, *weigh_problems(typeset.problems, examined.paper)])
    if typeset.pdf is None or has_errors(problems) or (strict and problems):
        return Outcome(False, tuple(problems), engine_runs=typeset.engine_runs, biber_runs=typeset.biber_runs)
    workspace.write(PDF_PATH, typeset.pdf)
    return Outcome(
        True,
        tuple(problems),
        pages=_count_pages(workspace),
        size=len(typeset.pdf),
        figures=len(figures.views),
        tables=len(tables),
        references=len({key for key, _ in examined.cited}),
        drawn=tuple(figures.drawn),
        engine_runs=typeset.engine_runs,
        biber_runs=typeset.biber_runs,
    )


def _grids(paper: Paper, scope: ReportScope) -> list[Grid]:
    """Return every table that the report places, as a grid."""
    from imprenta.tables import grid_of_communications, grid_of_table, grid_of_values

    grids = []
    for block in walk_placed(paper):
        if isinstance(block, FigureBlock):
            continue
        table = block.table
        if not isinstance(table, GeneratedTable):
            grids.append(grid_of_table(table.value, paper.tables[table.value], scope))
        elif table.communications is not None:
            figure = paper.figures[table.communications.value]
            if isinstance(figure, GraphFigure):
                grids.append(grid_of_communications(table.communications.value, figure, scope))
        elif table.values is not None:
            grids.append(grid_of_values(table.values.value, paper.data[table.values.value], scope))
    return grids


def _view_table(grid: Grid) -> TableView:
    """Set a table and hand it over to the templates under their names."""
    from imprenta.render import TableView
    from imprenta.tables import write_grid

    table = write_grid(grid)
    return TableView(
        id=table.id,
        titulo=table.title,
        titulo_corto=table.short_title,
        cuerpo=table.body,
        nota=table.note,
        letra=table.type_command,
        separacion=table.gap,
        larga=table.long,
        apaisada=table.landscape,
    )


def _access_date(examined: Examined) -> str:
    """Return the day on which every cited page was read, or nothing if there are several days or an unusual one."""
    entries = [
        examined.bibliography.entries[key] for key in dict(examined.cited) if key in examined.bibliography.entries
    ]
    dates = {entry.fields["urldate"].value for entry in entries if "urldate" in entry.fields}
    only = dates.pop() if len(dates) == 1 else ""
    return only if re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2])(-\d\d)?)?", only) else ""


def _count_pages(workspace: Workspace) -> int:
    log = (workspace.read("build/latex/informe.log") or b"").decode("utf-8", "replace")
    match = re.search(r"Output written on \S+ \((\d+) pages?", log)
    return int(match[1]) if match else 0
