"""The folders `paper/` and `figures/` -> a Paper."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from imprenta.cache import Cache
from imprenta.load.csv_source import read_csv
from imprenta.load.csv_table import fill_table
from imprenta.load.experiment_files import find_lost_files
from imprenta.load.file_names import Names, list_names, tell_unreadable
from imprenta.load.inclusions import Inclusions
from imprenta.load.source_files import load_sources
from imprenta.load.validation import validate_tree
from imprenta.load.yaml_source import Tree, decode_text, read_yaml
from imprenta.model import DataFile, GalleryFigure, GraphFigure, ImageFigure, Part, PlotFigure, Report, Section, Table
from imprenta.model.csv_file import CSV_FOLDER, CsvFile
from imprenta.model.measurements import MEASUREMENTS_PATH, Measurements
from imprenta.model.paper import Paper, names_in
from imprenta.model.rubric import Rubric
from imprenta.problems import CannotContinue, Problem, Severity, Span, drop_echoes, guess_hint, nearest
from imprenta.workspace import content_hash

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from imprenta.model import AnyFigure
    from imprenta.workspace import Workspace


REPORT_PATH = "paper/informe.yaml"
RUBRIC_PATH = "paper/rubrica.yaml"
FIGURE_KINDS: dict[str, type[AnyFigure]] = {
    "nodos": GraphFigure,
    "grafica": PlotFigure,
    "imagen": ImageFigure,
    "imagenes": GalleryFigure,
}
"""The kinds of figure by the key that tells them."""

PartType = TypeVar("PartType", bound=Part)


def load_paper(workspace: Workspace, cache: Cache | None = None) -> tuple[Paper | None, list[Problem]]:
    """Read all of the author's data files; those that `cache` knows are not read anew.

    Returns the Paper (None when `paper/informe.yaml` itself is not usable) and the problems of all files at once;
    a file with problems is left out of the Paper. Raises CannotContinue when there is no `paper/`.
    """
    if workspace.what_is(REPORT_PATH) == "missing":
        raise CannotContinue(
            f"no hay «{REPORT_PATH}» en «{workspace.root}»",
            hint="ejecute la orden en la carpeta del informe, o indíquela con --project",
            status=1,
        )
    names = list_names(workspace)
    problems = list(names.problems)
    reader = _Reader(workspace, cache or Cache(), names, problems)
    report = reader.load_file(REPORT_PATH, Report)
    sections = reader.load_folder("paper/secciones", Section)
    inclusions = Inclusions(workspace, reader.cache, problems)
    if report is not None:
        report = inclusions.name_sections(report, sections, reader.load_file)
    sections = {name: inclusions.expand(name, section, reader.load_file) for name, section in sections.items()}
    tables = reader.load_folder("paper/tablas", Table)
    data = reader.load_folder("paper/datos", DataFile)
    figures = reader.load_figures()
    rubric = reader.load_optional(RUBRIC_PATH, Rubric)
    measurements = reader.load_optional(MEASUREMENTS_PATH, Measurements)
    problems += find_lost_files(measurements, workspace) if measurements is not None else []
    csv_files = reader.load_csv_files([*sections.values(), *tables.values(), *figures.values()])
    problems += _check_sections(sections)
    tables = reader.fill_tables(tables, csv_files)
    if report is None:
        return None, drop_echoes(problems)
    problems += _check_order(report, names.ids["paper/secciones"], sections)
    sources, found = load_sources(sections.values(), workspace)
    problems += found
    paper = Paper(
        report,
        sections,
        tables,
        figures,
        data,
        rubric,
        csv_files,
        sources,
        inclusions.included,
        inclusions.parts_of,
        measurements,
    )
    return paper, drop_echoes(problems)


class _Reader:
    """Reads files into models, and their problems into one list."""

    def __init__(self, workspace: Workspace, cache: Cache, names: Names, problems: list[Problem]) -> None:
        self.workspace = workspace
        self.cache = cache
        self.ids = names.ids
        self.bad = frozenset().union(*names.bad.values())
        self.problems = problems

    def load_file(self, path: str, model: type[PartType]) -> PartType | None:
        part: PartType | None = self._remember(path, model.__name__, partial(_read_part, path, model, self.bad))
        return part

    def load_optional(self, path: str, model: type[PartType]) -> PartType | None:
        return self.load_file(path, model) if self.workspace.what_is(path) != "missing" else None

    def load_folder(self, folder: str, model: type[PartType]) -> dict[str, PartType]:
        read = {name: self.load_file(path, model) for name, path in self.ids[folder].items()}
        return {name: part for name, part in read.items() if part is not None}

    def load_figures(self) -> dict[str, AnyFigure]:
        figures: dict[str, AnyFigure | None] = {
            name: self._remember(path, "figure", partial(_read_figure, path, self.bad))
            for name, path in self.ids["figures"].items()
        }
        return {name: figure for name, figure in figures.items() if figure is not None}

    def load_csv_files(self, files: Iterable[Part]) -> dict[str, CsvFile]:
        """Read the files of measurements that these name; one that is not there is told where it is named."""
        named = (text for file in files for kind, texts in names_in(file) if kind == "csv" for text in texts)
        read: dict[str, CsvFile | None] = {}
        for name in dict.fromkeys(text.value.strip() for text in named):
            path = f"{CSV_FOLDER}/{name}"
            if "/" not in name and self.workspace.read(path) is not None:
                read[name] = self._remember(path, "csv", partial(read_csv, path))
        return {name: file for name, file in read.items() if file is not None}

    def fill_tables(self, tables: Mapping[str, Table], files: Mapping[str, CsvFile]) -> dict[str, Table]:
        """Return the tables with the rows that some have from files of measurements, if these can be read."""
        filled = dict(tables)
        for id, table in tables.items():
            found = _check_origin(table)
            if found:  # said of the whole: there are no rows to say anything of
                filled[id] = table.model_copy(update={"rows": []})
            file = files.get(table.csv.value.strip()) if table.csv is not None else None
            if not found and file is not None:
                path = self.ids["paper/tablas"][id]
                key = content_hash(path, self.workspace.hash_files(path, file.path))
                filled[id], found = self.cache.on_disk("tables from csv", key, partial(fill_table, table, file), path)
            self.problems += found
        return filled

    def _remember(self, path: str, kind: str, read: Callable[[bytes], tuple[Any, list[Problem]]]) -> Any:
        data = self.workspace.read(path)
        if data is None:
            self.problems.append(tell_unreadable(self.workspace, path))
            return None
        key = content_hash(path, kind, data, *sorted(self.bad))
        part, found = self.cache.on_disk("load", key, lambda: read(data), path)
        self.problems += found
        return part


def _read_tree(path: str, data: bytes) -> Tree:
    text, problems = decode_text(data, path)
    if problems:
        return Tree(path, problems=problems)
    return read_yaml(text, path)


def _read_part(
    path: str, model: type[PartType], bad: Collection[str], data: bytes
) -> tuple[PartType | None, list[Problem]]:
    tree = _read_tree(path, data)
    part, found = validate_tree(model, tree, bad)
    return (None if tree.problems and part is None else part), [*tree.problems, *found]


def _read_figure(path: str, bad: Collection[str], data: bytes) -> tuple[AnyFigure | None, list[Problem]]:
    tree = _read_tree(path, data)
    if tree.data is None:
        return None, tree.problems
    keys = list(tree.data) if isinstance(tree.data, dict) else []
    kind = next((key for key in FIGURE_KINDS if key in keys), None)
    if kind is None:
        near = next((hint for key in keys if (hint := guess_hint(key, FIGURE_KINDS)) and "¿" in hint), "")
        message = f"una figura lleva una de estas claves: {', '.join(FIGURE_KINDS)}"
        return None, [*tree.problems, Problem("falta-clave", message, Span(path), near)]
    figure, found = validate_tree(FIGURE_KINDS[kind], tree, bad)
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


def _check_origin(table: Table) -> list[Problem]:
    """A table has rows of its own, below columns, or those of a file."""
    place = table.title.span()
    if table.csv is not None:
        message = "la tabla tiene «filas» y «csv»; solo uno de los dos se admite"
        return [Problem("clave-sobrante", message, place)] if table.rows else []
    if not table.rows:
        return [Problem("falta-clave", "la tabla no tiene «filas» ni «csv»", place, "escriba uno de los dos")]
    return [] if table.heads else [Problem("falta-clave", "falta la clave «columnas»", place)]


def _check_order(report: Report, existing: Mapping[str, str], sections: Mapping[str, Section]) -> list[Problem]:
    """Every section named in the report exists, once; every one that has a file here is named."""
    problems = []
    named: dict[str, Span] = {}
    meant: set[str | None] = set()
    for text in report.order:
        if text.value not in existing and text.value not in sections:
            path, hint = f"paper/secciones/{text.value}.yaml", guess_hint(text.value, existing, what="hay")
            meant.add(nearest(text.value, existing))
            problems.append(Problem("seccion-desconocida", f"no hay «{path}»", text.span(), hint, lacks=path))
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
        if name not in named and name not in meant:
            problems.append(
                Problem(
                    "archivo-sin-usar",
                    f"la sección «{name}» no está en «secciones» ni en «anexos» de {REPORT_PATH}: no se imprime",
                    Span(path),
                    severity=Severity.WARNING,
                )
            )
    return problems
