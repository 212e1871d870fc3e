"""The folders `paper/` and `figures/` -> a Paper."""

from __future__ import annotations

import re
from functools import partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, TypeVar

from imprenta.load.validation import validate_tree
from imprenta.load.yaml_source import Tree, decode_text, read_yaml
from imprenta.memory import Memory
from imprenta.model import ID_PATTERN, DataFile, GraphFigure, ImageFigure, Part, PlotFigure, Report, Section, Table
from imprenta.model.paper import Paper
from imprenta.model.rubric import Rubric
from imprenta.problems import CannotContinue, Problem, Severity, Span, guess_hint
from imprenta.workspace import content_hash

if TYPE_CHECKING:
    from collections.abc import Callable

    from imprenta.model import AnyFigure
    from imprenta.workspace import Workspace


REPORT_PATH = "paper/informe.yaml"
RUBRIC_PATH = "paper/rubrica.yaml"
FIGURE_KINDS: dict[str, type[AnyFigure]] = {"nodos": GraphFigure, "grafica": PlotFigure, "imagen": ImageFigure}
"""The kinds of figure by the key that tells them."""

PartType = TypeVar("PartType", bound=Part)


def load_paper(workspace: Workspace, memory: Memory | None = None) -> tuple[Paper | None, list[Problem]]:
    """Read all of the author's data files; those that `memory` knows are not read anew.

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
    reader = _Reader(workspace, memory or Memory(), problems)
    report = reader.load_file(REPORT_PATH, Report)
    sections = reader.load_folder("paper/secciones", Section)
    tables = reader.load_folder("paper/tablas", Table)
    data = reader.load_folder("paper/datos", DataFile)
    figures: dict[str, AnyFigure] = {}
    for name, path in _list_ids(workspace, "figures", problems):
        figure = reader.load_figure(path)
        if figure is not None:
            figures[name] = figure
    rubric = reader.load_file(RUBRIC_PATH, Rubric) if workspace.is_file(RUBRIC_PATH) else None
    problems += _check_sections(sections)
    if report is None:
        return None, problems
    problems += _check_order(report, workspace)
    return Paper(report, sections, tables, figures, data, rubric), problems


class _Reader:
    """Reads files into models, and their problems into one list."""

    def __init__(self, workspace: Workspace, memory: Memory, problems: list[Problem]) -> None:
        self.workspace = workspace
        self.memory = memory
        self.problems = problems

    def load_file(self, path: str, model: type[PartType]) -> PartType | None:
        part: PartType | None = self._remember(path, model.__name__, partial(_read_part, path, model))
        return part

    def load_folder(self, folder: str, model: type[PartType]) -> dict[str, PartType]:
        parts = {}
        for name, path in _list_ids(self.workspace, folder, self.problems):
            part = self.load_file(path, model)
            if part is not None:
                parts[name] = part
        return parts

    def load_figure(self, path: str) -> AnyFigure | None:
        figure: AnyFigure | None = self._remember(path, "figure", partial(_read_figure, path))
        return figure

    def _remember(self, path: str, kind: str, read: Callable[[bytes | None], tuple[Any, list[Problem]]]) -> Any:
        data = self.workspace.read(path)
        key = content_hash(path, kind, data if data is not None else "-")
        part, found = self.memory.recall("load", key, lambda: read(data), path)
        self.problems += found
        return part


def _read_tree(path: str, data: bytes | None) -> Tree:
    if data is None:
        return Tree(path, problems=[Problem("archivo-ilegible", "el archivo no se puede leer", Span(path))])
    text, problems = decode_text(data, path)
    if problems:
        return Tree(path, problems=problems)
    return read_yaml(text, path)


def _read_part(path: str, model: type[PartType], data: bytes | None) -> tuple[PartType | None, list[Problem]]:
    tree = _read_tree(path, data)
    part, found = validate_tree(model, tree)
    return (None if tree.problems and part is None else part), [*tree.problems, *found]


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


def _read_figure(path: str, data: bytes | None) -> tuple[AnyFigure | None, list[Problem]]:
    tree = _read_tree(path, data)
    if tree.data is None:
        return None, tree.problems
    keys = list(tree.data) if isinstance(tree.data, dict) else []
    kind = next((key for key in FIGURE_KINDS if key in keys), None)
    if kind is None:
        near = next((hint for key in keys if (hint := guess_hint(key, FIGURE_KINDS)) and "¿" in hint), "")
        message = f"una figura lleva una de estas claves: {', '.join(FIGURE_KINDS)}"
        return None, [*tree.problems, Problem("falta-clave", message, Span(path), near)]
    figure, found = validate_tree(FIGURE_KINDS[kind], tree)
    return figure, [*tree.problems, *found]


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
