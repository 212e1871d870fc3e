"""Figures written in a section: they are numbered, mentioned and drawn as those of files are, wherever they stand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from imprenta.cache import Cache
from imprenta.check.placement import check_mentions, check_placement, check_references
from imprenta.check.texts import check_texts
from imprenta.markup import write_inline, write_plain
from imprenta.model.paper import Paper
from imprenta.model.source_map import strip_marks
from imprenta.pipeline.cell_pictures import name_pictures
from imprenta.pipeline.drawers import Drawing, Order
from imprenta.pipeline.drawings import order_drawings
from imprenta.pipeline.figure_checks import check_figures
from imprenta.pipeline.kept_drawings import keep_drawing, recall_drawing
from imprenta.pipeline.loading import Loaded, load_report
from imprenta.pipeline.names import name_parts
from imprenta.pipeline.scope import report_scope
from imprenta.problems import Problem
from imprenta.tables.measure import measure
from imprenta.workspace import Workspace

REPORT = "titulo: T\nautores: [{nombre: Ana}]\nfecha: 2024\nsecciones: [s]\n"
SECTION = """\
titulo: S
contenido:
  - texto: {text}
  - imagen: a.png
    pie: Sin nombre
  - imagenes:
      - {{imagen: a.png, id: una, pie: Una}}
      - {{imagen: a.png}}
      - {{imagen: a.png, id: tres, pie: Tres}}
    pie: Varias
    id: varias
  - nodos: {{a: {{titulo: A}}, b: {{titulo: B}}}}
    aristas: [{{de: a, a: b, descripcion: Agua}}]
    pie: El grafo
    id: grafo
  - grafica: {{tipo: lineas, valores: {{x: [1, 2], y: [3, 4.5]}}}}
    pie: La curva
    id: curva
"""
ALL = "De {figura:tres}, {figura:grafo} y {figura:curva}"


def load(section: str, folder: Path) -> tuple[Workspace, Loaded, Paper]:
    pixel = (Path(__file__).parents[1] / "cases/completo/figures/oculta.png").read_bytes()
    for name, data in {"paper/informe.yaml": REPORT, "paper/secciones/s.yaml": section}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(data, encoding="utf-8")
    (folder / "figures").mkdir(exist_ok=True)
    (folder / "figures/a.png").write_bytes(pixel)
    workspace = Workspace(folder)
    loaded = load_report(workspace)
    assert list(loaded.problems) == []
    assert loaded.paper is not None
    return workspace, loaded, loaded.paper


def test_they_are_numbered_in_order_and_pictures_by_a_letter(tmp_path: Path) -> None:
    _, loaded, _ = load(SECTION.format(text=ALL), tmp_path)
    parts = name_parts(loaded).parts
    told = {id: parts["figura", id] for id in ("varias", "una", "tres", "grafo", "curva")}
    assert told == {"varias": "2", "una": "2a", "tres": "2c", "grafo": "3", "curva": "4"}


def test_who_mentions_a_picture_mentions_its_figure_and_no_picture_needs_it(tmp_path: Path) -> None:
    _, _, paper = load(SECTION.format(text=ALL), tmp_path)
    assert check_mentions(paper) == check_references(paper) == check_placement(paper) == []
    _, _, paper = load(SECTION.format(text="De {figura:grafo} y {figura:curva}"), tmp_path)
    (problem,) = check_mentions(paper)
    assert problem.message == "ningún texto menciona la figura «varias»"


def test_a_picture_without_words_is_a_warning_and_a_plot_without_them_an_error_with_a_proposal(tmp_path: Path) -> None:
    workspace, loaded, paper = load(SECTION.format(text=ALL), tmp_path)
    problems = check_figures(paper, workspace, loaded.numbers)
    assert [(one.code, one.place.line, one.severity.value) for one in problems] == [
        ("imagen-sin-alternativa", 4, "aviso"),
        ("imagen-sin-alternativa", 8, "aviso"),
        ("falta-clave", 16, "error"),
    ]
    proposed = "Gráfica de líneas de y (de 3 a 4,5), según x (de 1 a 2)."
    assert problems[-1].hint == f"por ejemplo: «alternativa: {proposed}»"


@pytest.mark.parametrize(
    ("block", "said"),
    [
        ("- {imagen: a.png, pie: Otra, id: grafo}", "la figura «grafo» está repetida"),
        ("- {imagen: a.png, pie: Otra, id: tres}", "la figura «tres» está repetida"),
        ("- {imagen: a.png, pie: Sin nombre}", "dos figuras sin «id» tienen el mismo pie"),
    ],
)
def test_names_are_not_repeated(block: str, said: str, tmp_path: Path) -> None:
    workspace, loaded, paper = load(f"{SECTION.format(text=ALL)}  {block}\n", tmp_path)
    problems = [*check_placement(paper), *check_figures(paper, workspace, loaded.numbers)]
    assert [one.message for one in problems if one.code == "etiqueta-repetida"] == [said]


def order(section: str, folder: Path, id: str) -> tuple[Workspace, Order]:
    workspace, loaded, paper = load(section, folder)
    found = order_drawings(workspace, loaded, paper)[id]
    assert found is not None
    return workspace, found


def test_a_drawing_stays_when_its_block_moves_and_tells_its_problems_where_it_is_now(tmp_path: Path) -> None:
    section = SECTION.format(text=ALL)
    workspace, before = order(section, tmp_path, "grafo")
    problem = Problem("figura-no-cabe", "no cabe", before.figure.caption.span())
    keep_drawing(workspace, before, Drawing(b"%PDF", 1.0, 1.0, problems=(problem,)))
    moved = section.replace("  - imagenes:", "  - texto: |\n      Uno.\n\n      Dos.\n  - imagenes:")
    workspace, after = order(moved, tmp_path, "grafo")
    assert after.path == before.path
    drawing = recall_drawing(workspace, after, Cache())
    assert drawing is not None
    assert drawing.problems == (replace(problem, place=after.figure.caption.span()),)
    assert order(section.replace("El grafo", "Otro pie"), tmp_path, "grafo")[1].path == before.path
    for old, new in {"titulo: B": "titulo: C", "descripcion: Agua": "rotulo: Agua"}.items():
        assert order(section.replace(old, new), tmp_path, "grafo")[1].path != before.path


CELLS = """\
titulo: T
columnas: [{titulo: A}, {titulo: B}]
filas:
  - ["![Un *punto*](a.png) y palabras", "![no](falta.png)"]
  - ["![no](../a.png)", nada]
citas: []
"""


def test_a_cell_shows_pictures_of_figures_and_no_other_text_does(tmp_path: Path) -> None:
    (tmp_path / "paper/tablas").mkdir(parents=True)
    (tmp_path / "paper/tablas/t.yaml").write_text(CELLS, encoding="utf-8")
    section = "titulo: S\ncontenido:\n  - texto: Con ![una](a.png) imagen\n  - tabla: t\n"
    workspace, loaded, paper = load(section, tmp_path)
    told = [(one.code, one.place.line, one.message) for one in check_figures(paper, workspace, loaded.numbers)]
    assert told == [
        ("archivo-ilegible", 4, "no hay «figures/falta.png»"),
        ("archivo-ilegible", 5, "«../a.png» lleva carpetas, y aquí va solo el nombre de un archivo de figures/"),
    ]
    (problem,) = check_texts(paper)
    assert (problem.code, problem.place.line) == ("imagen-en-texto", 3)
    names = name_pictures(name_parts(loaded), workspace, paper)
    scope = report_scope(loaded.numbers, names)
    (file, width) = names.pictures["a.png"]
    (row, _) = paper.tables["t"].rows
    marked = write_inline(row.cells[0], scope)
    tex = strip_marks(marked)
    assert tex.startswith(rf"\imagencelda{{{width:.3f}}}{{{file}}}{{")
    assert tex.endswith("} y palabras")
    assert write_plain(row.cells[0]) == "Un *punto* y palabras"
    assert max(measure(marked)[0].widths) == pytest.approx(min(width, 120) * 100.375, abs=0.1)
