"""The figures of a paper -> their problems, but those that only drawing shows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from imprenta.figures.graphs.checks import check_graph
from imprenta.figures.plots.chart_data import describe_chart, read_chart
from imprenta.model import Gallery, Graph, Image
from imprenta.model.csv_file import CSV_FOLDER
from imprenta.model.own_figures import AnyOwnFigure, OwnFigure
from imprenta.model.paper import names_in
from imprenta.pipeline.cell_pictures import UNSEEN, check_cell_pictures
from imprenta.pipeline.logos import check_logos
from imprenta.pipeline.pictures import check_file
from imprenta.pipeline.placed_pictures import check_pictures
from imprenta.pipeline.scope import ReportScope
from imprenta.problems import Problem, Severity, Span, guess_hint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from imprenta.calculate import Numbers
    from imprenta.model import Plot
    from imprenta.model.paper import Paper
    from imprenta.model.report import Conformity
    from imprenta.workspace import Workspace

HINT = "diga en una frase lo que enseña a quien no la ve: «alternativa: …»"


def check_figures(paper: Paper, workspace: Workspace, numbers: Numbers) -> list[Problem]:
    """Check graphs, pictures and charts, and that the files and data that plots name are there."""
    problems = [*check_logos(workspace, paper), *_check_csv_names(paper, workspace), *_check_names(paper)]
    problems += check_cell_pictures(workspace, paper)
    for name, figure in paper.every_figure.items():
        if isinstance(figure, Graph):
            problems += check_graph(figure)
        elif isinstance(figure, Image | Gallery):
            problems += check_pictures(workspace, name, figure, paper.report.conformity)
            problems += _check_alternatives(figure, paper.report.conformity)
        elif figure.chart is not None:
            problems += _check_chart(figure, paper, numbers)
        else:
            problems += _check_program(workspace, figure, paper)
    return problems


def _check_alternatives(figure: Image | Gallery, conformity: Conformity) -> Iterator[Problem]:
    """A picture says in words what it shows; one of several may say it in its own caption.

    A report that claims to be for who does not see it must not lack them.
    """
    severity = Severity.WARNING if conformity == "ninguna" else Severity.ERROR
    if isinstance(figure, Image):
        if figure.alternative is None:
            yield Problem(UNSEEN, "la imagen no tiene texto alternativo", figure.image.span(), HINT, severity)
        return
    for letter, image in figure.lettered():
        if image.alternative is None and image.caption is None:
            message = f"la imagen {letter} no tiene ni «alternativa» ni «pie»"
            yield Problem(UNSEEN, message, image.image.span(), HINT, severity)


def _check_chart(figure: Plot, paper: Paper, numbers: Numbers) -> list[Problem]:
    assert figure.chart is not None
    data, problems = read_chart(figure.chart, paper, numbers, ReportScope(numbers))
    if figure.data:
        message = "«datos» es para el programa de una gráfica; aquí se nombra cada columna"
        problems.append(Problem("clave-sobrante", message, figure.data[0].span()))
    return [*problems, *_check_alternative(figure, describe_chart(data) if data is not None else "…")]


def _check_program(workspace: Workspace, figure: Plot, paper: Paper) -> list[Problem]:
    problems = [*check_file(workspace, figure.origin, (".py",)), *_check_alternative(figure, "…")]
    for text in figure.data:
        if text.value not in paper.data:
            path = f"paper/datos/{text.value}.yaml"
            hint = guess_hint(text.value, paper.data)
            problems.append(Problem("datos-desconocidos", f"no hay «{path}»", text.span(), hint, lacks=path))
    return problems


def _check_alternative(figure: Plot, proposed: str) -> Iterator[Problem]:
    """A plot says in words what it shows: what it has to say is in no file that could be read aloud."""
    if figure.alternative is None:
        place = figure.place if isinstance(figure, OwnFigure) else Span(figure.place.path)
        yield Problem("falta-clave", "falta la clave «alternativa»", place, f"por ejemplo: «alternativa: {proposed}»")


def _check_csv_names(paper: Paper, workspace: Workspace) -> list[Problem]:
    """Check that the files of measurements are there that the data name; what is wrong in them was told."""
    named = (found for file in paper.printed_files() for found in names_in(file))
    texts = [text for kind, texts in named if kind == "csv" for text in texts]
    return [
        replace(problem, lacks=f"{CSV_FOLDER}/{text.value.strip()}")
        for text in texts
        if text.value.strip() not in paper.csv_files
        for problem in check_file(workspace, text, (".csv",), CSV_FOLDER)
    ]


def _check_names(paper: Paper) -> Iterator[Problem]:
    """Two figures without an id need captions of their own: what tells them apart is nothing else."""
    seen: dict[str, AnyOwnFigure] = {}
    for block in paper.blocks:
        if isinstance(block, AnyOwnFigure) and block.id is None:
            first = seen.setdefault(block.name, block)
            if first is not block:
                related = ((first.caption.span(), "aquí está la primera"),)
                message = "dos figuras sin «id» tienen el mismo pie"
                yield Problem("etiqueta-repetida", message, block.caption.span(), "dé un «id» a una", related=related)
