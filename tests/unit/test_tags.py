"""Parts with tags: what is printed, what that does to numbers, mentions and checks, and what an order may ask for."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

import pytest
from laws import lay_case, write_files

from imprenta.cache import Cache
from imprenta.cli.tags import read_choice, tell_choice
from imprenta.model.paper import walk_texts
from imprenta.pipeline import examine_report
from imprenta.pipeline.loading import load_report
from imprenta.pipeline.names import name_parts
from imprenta.problems import CannotContinue
from imprenta.tag_choice import AS_WRITTEN, TagChoice
from imprenta.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path

    from imprenta.model.paper import Paper

REPORT = """\
titulo: Taller
autores: [{nombre: Ana Ruiz}]
fecha: 2024-05
portada: no
secciones: [uno, dos, tres]
etiquetas: {solucion: no, larga: sí}
comprobacion: {gravedad: {palabra-desconocida: nada}}
"""
ONE = """\
titulo: Uno
enunciado: Calcule.
respuesta:
  - ecuacion: a = 1
    id: primera
    etiquetas: solucion
  - texto: La solución cita [@ruiz2020] y usa {= d.x} y la {ecuacion:primera}.
    etiquetas: [solucion]
"""
TWO = """\
titulo: Dos
contenido:
  - texto: Siempre, y la {ecuacion:segunda}.
  - ecuacion: b = 2
    id: segunda
  - lista:
      - punto: De todos
      - punto: De quien corrige
        etiquetas: solucion
  - lista:
      - {punto: Solo de quien corrige, etiquetas: solucion}
  - apartado: Solo suyo
    contenido:
      - texto: Nada más.
        etiquetas: [larga, solucion]
"""
THREE = "titulo: Tres\netiquetas: solucion\ncontenido:\n  - tabla: t\n  - texto: De la {tabla:t}.\n"
FILES: dict[str, str | bytes] = {
    "paper/informe.yaml": REPORT,
    "paper/secciones/uno.yaml": ONE,
    "paper/secciones/dos.yaml": TWO,
    "paper/secciones/tres.yaml": THREE,
    "paper/tablas/t.yaml": "titulo: T\ncolumnas: [{titulo: A}]\nfilas: [[b]]\n",
    "paper/datos/d.yaml": "titulo: D\nvalores:\n  x: {concepto: X, valor: 3, supuesto: Así lo dice la guía}\n",
}
WITH = TagChoice(shown=("solucion",))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_files(lay_case("", tmp_path), FILES)
    (tmp_path / "paper/secciones/prueba.yaml").unlink()
    return tmp_path


def load(folder: Path, choice: TagChoice = AS_WRITTEN, cache: Cache | None = None) -> Paper:
    paper = load_report(Workspace(folder), cache=cache, choice=choice).paper
    assert paper is not None
    return paper


def words(paper: Paper) -> list[str]:
    return [placed.text.value.strip() for placed in walk_texts(paper)]


def told(folder: Path, choice: TagChoice = AS_WRITTEN) -> list[tuple[str, str, int]]:
    problems = examine_report(Workspace(folder), choice=choice).problems
    return [(problem.code, problem.place.path, problem.place.line) for problem in problems]


def test_what_has_a_tag_that_is_not_shown_is_not_there(folder: Path) -> None:
    paper = load(folder)
    assert [name for name, _ in paper.ordered_sections()] == ["uno", "dos"]
    assert [id.value for id in paper.report.order] == ["uno", "dos"]
    found = words(paper)
    assert {"Uno", "Calcule.", "De todos", "Siempre, y la {ecuacion:segunda}."} <= {*found}
    assert not {"De quien corrige", "Solo de quien corrige", "Solo suyo", "Nada más.", "Tres"} & {*found}
    assert not any("solución" in text for text in found)
    assert paper.sections["uno"].blocks == []


def test_it_is_there_when_it_is_asked_for(folder: Path) -> None:
    paper = load(folder, WITH)
    assert paper.complete is None
    assert {"De quien corrige", "Solo suyo", "Nada más.", "Tres"} <= {*words(paper)}
    several = load(folder, TagChoice(("solucion",), ("larga",)))
    assert "Solo suyo" not in words(several), "one of its tags is not shown"
    assert "De quien corrige" in words(several)


def test_both_versions_are_sound(folder: Path) -> None:
    """What only a hidden part uses is not said to be unused: the table, the value, the source."""
    assert told(folder) == told(folder, WITH) == []


def test_numbers_are_those_of_what_is_printed(folder: Path) -> None:
    assert name_parts(load_report(Workspace(folder))).parts["ecuacion", "segunda"] == "1"
    assert name_parts(load_report(Workspace(folder), choice=WITH)).parts["ecuacion", "segunda"] == "2"


TABLE = """\
titulo: T
columnas: [{titulo: A}, {titulo: B, total: suma}]
filas:
  - [siempre, "1"]
  - {celdas: [{celda: de quien corrige}, "2"], etiquetas: solucion}
  - {grupo: Las suyas, etiquetas: [larga, solucion]}
  - [suya, "4"]
  - {grupo: De todos}
  - {para: {n: [8, 16]}, celdas: ["fila {= n}", "{= n}"], etiquetas: solucion}
  - [última, "32"]
  - {grupo: Sin nada}
  - {celdas: [de ellos, "64"], etiquetas: solucion}
"""


def test_rows_of_a_table_have_tags(folder: Path) -> None:
    write_files(folder, {"paper/tablas/t.yaml": TABLE, "paper/secciones/tres.yaml": THREE.replace("solucion", "larga")})
    assert told(folder) == told(folder, WITH) == []
    shown = [cell.value for row in load(folder).tables["t"].rows for cell in (*row.cells, *filter(None, [row.label]))]
    assert shown == ["siempre", "1", "De todos", "última", "32"]
    assert len(load(folder, WITH).tables["t"].rows) == 9
    cache = Cache()
    assert load(folder, cache=cache).tables["t"] is load(folder, cache=cache).tables["t"]
    write_files(folder, {"paper/tablas/t.yaml": TABLE.replace("etiquetas: solucion", "etiquetas: solucin")})
    assert {line for _, _, line in told(folder)} == {5, 9, 12}
    assert {(code, path) for code, path, _ in told(folder)} == {("etiqueta-desconocida", "paper/tablas/t.yaml")}


def test_a_table_of_which_no_row_is_left_is_not_there(folder: Path) -> None:
    rows = "filas: [{celdas: [b], etiquetas: solucion}]"
    three = THREE.replace("etiquetas: solucion\n", "") + "  - texto: Siempre.\n"
    write_files(folder, {"paper/tablas/t.yaml": f"titulo: T\ncolumnas: [{{titulo: A}}]\n{rows}\n"})
    write_files(folder, {"paper/secciones/tres.yaml": three})
    assert told(folder) == [("referencia-desconocida", "paper/secciones/tres.yaml", 4)]
    assert [type(block).__name__ for block in load(folder).sections["tres"].blocks] == ["TextBlock"] * 2
    assert told(folder, WITH) == []


def test_lines_of_equations_have_tags(folder: Path) -> None:
    lines = "  - ecuaciones: [{ecuacion: a &= 1}, {ecuacion: b &= 2, etiquetas: solucion}]\n"
    write_files(folder, {"paper/secciones/dos.yaml": TWO + lines})
    assert told(folder) == []
    assert ("a &= 1" in words(load(folder)), "b &= 2" in words(load(folder))) == (True, False)


def test_a_mention_of_what_is_not_shown_is_told_where_it_stands(folder: Path) -> None:
    section = TWO.replace("Siempre, y", "Como dicen la {ecuacion:primera}, la {tabla:t} y la {seccion:tres}, y")
    write_files(folder, {"paper/secciones/dos.yaml": section})
    problems = examine_report(Workspace(folder)).problems
    assert [(problem.code, problem.place.line) for problem in problems] == [("referencia-desconocida", 3)] * 3
    for problem in problems:
        assert problem.message.endswith(": está en una parte que no se muestra")
        assert problem.hint == "ponga a lo que la menciona la misma etiqueta"
    assert told(folder, WITH) == []


def test_models_without_such_parts_are_the_same_objects(folder: Path) -> None:
    cache, workspace = Cache(), Workspace(folder)
    first = load_report(workspace, cache=cache).paper
    again = load_report(workspace, cache=cache).paper
    assert first is not None
    assert again is not None
    assert first.complete is not None
    assert again.complete is not None
    assert first.complete.sections["dos"] is again.complete.sections["dos"]
    assert first.sections["dos"] is again.sections["dos"] is not first.complete.sections["dos"]
    write_files(folder, {"paper/secciones/dos.yaml": "titulo: Dos\ncontenido:\n  - texto: Fin.\n"})
    plain = load(folder)
    assert plain.complete is not None
    assert plain.sections["dos"] is plain.complete.sections["dos"]


@pytest.mark.parametrize(
    ("choice", "message", "hint"),
    [
        (TagChoice(("solucin",)), "el informe no tiene ninguna etiqueta «solucin»", "¿«solucion»?"),
        (TagChoice((), ("x",)), "el informe no tiene ninguna etiqueta «x»", "hay: larga, solucion"),
    ],
)
def test_a_tag_that_the_report_has_not_is_refused(folder: Path, choice: TagChoice, message: str, hint: str) -> None:
    with pytest.raises(CannotContinue) as stop:
        load(folder, choice)
    assert (stop.value.message, stop.value.hint, stop.value.status) == (message, hint, 2)


def test_a_report_of_which_nothing_is_left_is_told(folder: Path) -> None:
    write_files(folder, {"paper/informe.yaml": REPORT.replace("[uno, dos, tres]", "[tres]")})
    with pytest.raises(CannotContinue, match="no queda ninguna sección"):
        load(folder)


def test_the_options_of_an_order_become_a_choice() -> None:
    options = argparse.Namespace(shown=["a,b", "b"], hidden=["c"])
    choice = read_choice(options)
    assert choice == TagChoice(("a", "b"), ("c",))
    assert tell_choice(choice) == " (con a, con b, sin c)"
    assert tell_choice(AS_WRITTEN) == ""
    options.hidden = ["b"]
    with pytest.raises(CannotContinue, match="va en --with y en --without"):
        read_choice(options)
