"""The folders `paper/` and `figures/` -> a Paper."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, TypeVar

from imprenta.load.validation import validate_tree
from imprenta.load.yaml_source import Tree, decode_text, read_yaml
from imprenta.model import ID_PATTERN, DataFile, GraphFigure, ImageFigure, Part, PlotFigure, Report, Section, Table
from imprenta.model.paper import Paper
from imprenta.model.rubric import Rubric
from imprenta.problems import CannotContinue, Problem, Severity, Span, guess_hint

if TYPE_CHECKING:
    from imprenta.model import AnyFigure
    from imprenta.workspace import Workspace


REPORT_PATH = "paper/informe.yaml"
RUBRIC_PATH = "paper/rubrica.yaml"
FIGURE_KINDS: dict[str, type[AnyFigure]] = {"nodos": GraphFigure, "grafica": PlotFigure, "imagen": ImageFigure}
"""The kinds of figure by the key that tells them."""

PartType = TypeVar("PartType", bound=Part)


def load_paper(workspace: Workspace) -> tuple[Paper | None, list[Problem]]:
    """Read all of the author's data files.

    Returns the Paper (None when `paper/informe.yaml` itself is not usable) and the problems of all files at once;
    a file with problems is left out of the Paper. Raises CannotContinue when there is no `paper/`.
    """
    if not workspace.is_file(REPORT_PATH):
        raise CannotContinue(
            f"no hay «{REPORT_PATH}» en «{workspace.root}»",
            hint="ejecute la orden en la carpeta del informe, o indíquela con --proyecto",
            status=1,
        )
    problems: list[Problem] = []
    report = _load_file(workspace, REPORT_PATH, Report, problems)
    sections = _load_folder(workspace, "paper/secciones", Section, problems)
    tables = _load_folder(workspace, "paper/tablas", Table, problems)
    data = _load_folder(workspace, "paper/datos", DataFile, problems)
    figures: dict[str, AnyFigure] = {}
    for name, path in _list_ids(workspace, "figures", problems):
        figure = _load_figure(workspace, path, problems)
        if figure is not None:
            figures[name] = figure
    rubric = _load_file(workspace, RUBRIC_PATH, Rubric, problems) if workspace.is_file(RUBRIC_PATH) else None
    problems += _check_sections(sections)
    if report is None:
        return None, problems
    problems += _check_order(report, workspace)
    return Paper(report, sections, tables, figures, data, rubric), problems


def _read_tree(workspace: Workspace, path: str) -> Tree:
    data = workspace.read(path)
    if data is None:
        return Tree(path, problems=[Problem("archivo-ilegible", "el archivo no se puede leer", Span(path))])
    text, problems = decode_text(data, path)
    if problems:
        return Tree(path, problems=problems)
    return read_yaml(text, path)


def _load_file(workspace: Workspace, path: str, model: type[PartType], problems: list[Problem]) -> PartType | None:
    tree = _read_tree(workspace, path)
    problems += tree.problems
    part, found = validate_tree(model, tree)
    problems += found
    return None if tree.problems and part is None else part


def _load_folder(
    workspace: Workspace, folder: str, model: type[PartType], problems: list[Problem]
) -> dict[str, PartType]:
    parts = {}
    for name, path in _list_ids(workspace, folder, problems):
        part = _load_file(workspace, path, model, problems)
        if part is not None:
            parts[name] = part
    return parts


def _list_ids(workspace: Workspace, folder: str, problems: list[Problem]) -> list[tuple[str, str]]:
    """Return id and path of a folder's data files; an unusable name is a problem."""
    found = []
    for path in workspace.list_files(folder, ".yaml"):
        name = PurePosixPath(path).stem
        if re.fullmatch(ID_PATTERN, name):
            found.append((name, path))
        else:
            problems.append(
                Problem(
                    "nombre-de-archivo",
                    f"el nombre «{name}» no sirve de identificador: lleva minúsculas sin tilde, cifras y guiones",
                    Span(path),
                )
            )
    for path in workspace.list_files(folder, ".yml"):
        problems.append(
            Problem("nombre-de-archivo", "el archivo no se lee: su nombre debe terminar en «.yaml»", Span(path))
        )
    return found


def _load_figure(workspace: Workspace, path: str, problems: list[Problem]) -> AnyFigure | None:
    tree = _read_tree(workspace, path)
    problems += tree.problems
    if tree.data is None:
        return None
    keys = list(tree.data) if isinstance(tree.data, dict) else []
    kind = next((key for key in FIGURE_KINDS if key in keys), None)
    if kind is None:
        near = next((hint for key in keys if (hint := guess_hint(key, FIGURE_KINDS)) and "¿" in hint), "")
        problems.append(
            Problem("falta-clave", f"una figura lleva una de estas claves: {', '.join(FIGURE_KINDS)}", Span(path), near)
        )
        return None
    figure, found = validate_tree(FIGURE_KINDS[kind], tree)
    problems += found
    return figure


def _check_sections(sections: dict[str, Section]) -> list[Problem]:
    """A section has either an answer or free content."""
    problems = []
    for section in sections.values():
        place = section.title.span()
        if section.answer is None and section.content is None:
            problems.append(
                Problem(
                    "falta-clave", "la sección no tiene «respuesta» ni «contenido»", place, "escriba uno de los dos"
                )
            )
        elif section.answer is not None and section.content is not None:
            problems.append(
                Problem(
                    "clave-sobrante", "la sección tiene «respuesta» y «contenido»; solo uno de los dos se admite", place
                )
            )
    return problems


def _check_order(report: Report, workspace: Workspace) -> list[Problem]:
    """Every section named in the report exists, once; every one that exists is named."""
    problems = []
    paths = workspace.list_files("paper/secciones", ".yaml")
    existing = {PurePosixPath(path).stem: path for path in paths}
    named: dict[str, Span] = {}
    for text in report.sections:
        if text.value not in existing:
            problems.append(
                Problem(
                    "seccion-desconocida",
                    f"no hay «paper/secciones/{text.value}.yaml»",
                    text.span(),
                    guess_hint(text.value, existing),
                )
            )
        elif text.value in named:
            problems.append(
                Problem(
                    "seccion-repetida",
                    f"la sección «{text.value}» está repetida",
                    text.span(),
                    related=((named[text.value], "aquí está por primera vez"),),
                )
            )
        named.setdefault(text.value, text.span())
    for name, path in existing.items():
        if name not in named:
            problems.append(
                Problem(
                    "archivo-sin-usar",
                    f"la sección «{name}» no está en «secciones» de {REPORT_PATH}: no se imprime",
                    Span(path),
                    severity=Severity.WARNING,
                )
            )
    return problems
