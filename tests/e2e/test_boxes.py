"""What is set in a box breaks over the pages, in every way of setting; nothing that was typed leaves the sheet."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest
from laws import build, lay_case, run_order, write_files
from reading import read_text, read_words
from same_pdf import find_differences

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.tex

AUTHOR = (
    "{{nombre: María Fernanda, apellidos: Rodríguez de la Hoz {n}, correo: maria.fernanda.rodriguez{n}@example.edu.co, "
    "afiliacion: Universidad Nacional de Colombia - Facultad de Ingeniería - sede Bogotá, orcid: 0000-0002-1825-0097}}"
)
SETTINGS = """comprobacion:
  gravedad: {palabra-desconocida: nada, comillas-rectas: nada, puntos-suspensivos: nada}
"""


def count_to(word: str, number: int) -> str:
    """Return a text of so many sentences, each of which ends in a word of its own."""
    return " ".join(f"El caudal medio se midió en la estación de aforo {word}{n}." for n in range(number))


def cover(authors: int) -> str:
    signed = "".join(f"  - {AUTHOR.format(n=n)}\n" for n in range(authors))
    return (
        f"titulo: Prueba\nsubtitulo: {count_to('subtítulo', 3)}\nautores:\n{signed}fecha: 2026-11-23\n"
        f"institucion: Universidad Nacional\nprograma: Ingeniería\ncurso: Hidráulica\nciudad: Bogotá\n"
        f"tema: {count_to('tema', 3)}\ndocente: Juan Torres\ntipo: Proyecto final\nestilo_citas: ieee\n"
        f"secciones: [prueba]\n{SETTINGS}"
    )


def indent(text: str) -> str:
    return "\n".join(f"  {line}" for line in text.split("\n"))


STATEMENT = f"""{count_to("enunciado", 60)}

- {count_to("elemento", 8)}
- Con una nota[^a] y $x^2$.

$$ y = x^2 $$

[^a]: La nota del enunciado.

{count_to("final", 30)}"""

FILES: dict[str, str | bytes] = {
    "paper/secciones/prueba.yaml": f"""titulo: Prueba
enunciado: |
{indent(STATEMENT)}
contenido:
  - texto: "La {{tabla:alta}} y la {{tabla:valores-d}} [@ruiz2020]."
  - tabla: {{valores: d}}
  - tabla: alta
""",
    "paper/tablas/alta.yaml": f"""titulo: Seis columnas
columnas: [{{titulo: A, ancho: 1}}, {{titulo: B}}, {{titulo: C}}, {{titulo: D, alineacion: derecha}}, {{titulo: E}},
  {{titulo: F}}]
filas:
  - {{grupo: Primero}}
  - [uno, dos, tres, cuatro, "{count_to("celda", 60)} $x^2$ y *fin* [@ruiz2020]", "{count_to("vecina", 20)}"]
  - {{grupo: Segundo}}
  - [1, 2, 3, 4, "{count_to("corta", 12)}", 6]
  - [1, 2, 3, 4, 5, 6]
  - ["{count_to("rótulo", 70)}", 2, 3, 4, 5, ULTIMA]
""",
    "paper/datos/d.yaml": """titulo: Cifras
valores:
  a: {concepto: A, valor: 1234567.891, unidad: USD, supuesto: Se supone por comodidad}
  b: {concepto: B, valor: 1e21, unidad: x, supuesto: Se supone por comodidad}
  c: {concepto: C, formula: "combinaciones(50, 25)", unidad: µs²}
""",
}


@pytest.fixture(scope="module")
def tall(build_once: Callable[..., Path]) -> Path:
    """A report of boxes taller than a page, built without a warning."""

    def lay(folder: Path) -> None:
        write_files(lay_case("", folder), {**FILES, "paper/informe.yaml": cover(6)})

    return build_once("cajas", lay, "--strict")


def is_set_by(folder: Path, run: str) -> bool:
    """Tell whether a kind of run set a page of the last build: the whole, its body, a stretch."""
    return re.search(rf"\b{run}", (folder / "build/latex/informe.pages").read_text()) is not None


def test_nothing_is_lost_of_what_is_taller_than_a_page(tall: Path) -> None:
    text = read_text(tall / "build/informe.pdf")
    for word, number in (("enunciado", 60), ("elemento", 8), ("final", 30), ("celda", 60), ("vecina", 20),
                         ("corta", 12), ("rótulo", 70), ("tema", 3), ("subtítulo", 3)):  # fmt: skip
        missing = [n for n in range(number) if not re.search(rf"{word}{n}\b", text)]
        assert not missing, (word, missing)
    assert "La nota del enunciado" in text
    assert text.index("Seis columnas") < text.index("(continuación)")  # no empty page with a heading before the table
    assert text.index("rótulo69") > text.index("ULTIMA")


def test_no_word_leaves_the_text_block(tall: Path) -> None:
    centimetre = 72 / 2.54
    for word in read_words(tall / "build/informe.pdf"):
        assert word.bottom < (27.94 - 1) * centimetre, word
        assert word.right < (21.59 - 2.4) * centimetre, word


def test_numbers_stand_on_the_line_of_their_row(tall: Path) -> None:
    words = read_words(tall / "build/informe.pdf")
    for unit, digits in (("USD", "891"), ("µs²", "752")):
        row = next(word for word in words if word.text == unit)
        number = next(word for word in words if word.page == row.page and word.text.endswith(digits))
        assert abs(number.top - row.top) < 3, (number, row)


def test_every_way_of_setting_gives_the_same_pages(tall: Path, tmp_path: Path) -> None:
    assert is_set_by(tall, "body")
    folder = shutil.copytree(tall, tmp_path / "cajas")
    usual = folder / "build/usual.pdf"
    assert build(folder, "--plain").codes() == set()
    assert not is_set_by(folder, "body")
    shutil.copy(tall / "build/informe.pdf", usual)
    assert find_differences(usual, folder / "build/informe.pdf") == []


def test_a_change_after_tall_boxes_is_set_alone_and_gives_the_same_pages(tall: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(tall, tmp_path / "cajas")
    for old, new in (("Con una nota", "Con otra nota"), ("celda59", "celda59 (revisado)")):
        for path in (folder / "paper/secciones/prueba.yaml", folder / "paper/tablas/alta.yaml"):
            path.write_text(path.read_text().replace(old, new))
        assert build(folder).codes() == set()
        assert is_set_by(folder, "range")
    edited = shutil.copy(folder / "build/informe.pdf", tmp_path / "editado.pdf")
    shutil.rmtree(folder / "build")
    build(folder)
    assert find_differences(edited, folder / "build/informe.pdf") == []


def test_a_cover_with_more_authors_than_a_page_holds_flows_to_another(tmp_path: Path) -> None:
    folder = write_files(lay_case("", tmp_path), {"paper/informe.yaml": cover(24)})
    assert build(folder).codes() == set()
    words = read_words(folder / "build/informe.pdf")
    pages = {word.page for word in words if word.text == "ORCID"}
    assert pages == {1, 2}
    assert sum(word.text == "ORCID" for word in words) == 24


LETTERS = "QWERTYUIOPASDFGHJKLZXCVBNM" * 6
KEY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" * 3
ADDRESS = f"https://example.org/{'a' * 150}?q={'B3' * 40}"
SUM = "+".join(f"x_{{{n}}}" for n in range(60))
LINES = r" \\\\ ".join(f"x_{{{n}}} &= {n}" for n in range(70))
ENDLESS: dict[str, str | bytes] = {
    "paper/secciones/prueba.yaml": f"""titulo: "{count_to("título", 20)} {KEY}"
contenido:
  - texto: |
      Palabra {LETTERS} y {KEY} y {ADDRESS} y `{LETTERS}` y <{ADDRESS}> y [{LETTERS}]({ADDRESS}) [@ruiz2020].

      > Cita {LETTERS}

      - Elemento **{LETTERS}** y *{KEY}*.

      Nota[^1]. La {{figura:curva}} y la {{tabla:t}}.

      [^1]: {KEY} y {count_to("nota", 120)}

      ```
      {LETTERS}{LETTERS}
      {"a " * 150}
      ```

      $$ {SUM} $$

      Entre palabras ${SUM}$ y ${SUM.replace("+", "")}$.

      $$\\begin{{aligned}} {LINES} \\end{{aligned}}$$
  - tabla: t
  - figura: curva
  - apartado: "{LETTERS} {count_to("apartado", 9)}"
    contenido:
      - texto: |
          > {indent(count_to("cita", 120))}
""",
    "paper/tablas/t.yaml": f"""titulo: "{count_to("tabla", 30)} {KEY}"
columnas: [{{titulo: "{KEY}"}}, {{titulo: B}}, {{titulo: C, alineacion: derecha}}]
filas:
  - {{grupo: "{LETTERS} {count_to("grupo", 9)}"}}
  - ["{LETTERS}", "{KEY}", "{ADDRESS}"]
  - ["{KEY}", "`{LETTERS}`", "{"1234567890" * 7}"]
nota: "{LETTERS} {count_to("alpie", 30)}"
""",
    "figures/curva.yaml": f"""pie: "{count_to("pie", 34)}"
alternativa: Una curva que sube
grafica: curva.py
alto: 20
""",
    "figures/curva.py": "def dibujar(ejes, datos):\n    ejes.plot([1, 2], [1, 2])\n",
}


def test_nothing_without_end_leaves_the_sheet(tmp_path: Path) -> None:
    settings = f"""{cover(2)}resumen: "{LETTERS} {count_to("resumen", 9)}"
abstract: "{LETTERS} {count_to("abstract", 99)}"
palabras_clave: [{LETTERS}, "{count_to("clave", 20)}"]
keywords: [{LETTERS}]
"""
    folder = write_files(lay_case("", tmp_path), {**ENDLESS, "paper/informe.yaml": settings})
    built = build(folder)
    assert built.status == 0, built.errors
    assert all("se redujo" in problem.message for problem in built.problems if problem.code == "linea-desbordada")
    assert built.codes() <= {"linea-desbordada", "titulo-largo"}
    text = read_text(folder / "build/informe.pdf")
    for word, number in (("título", 20), ("nota", 120), ("apartado", 9), ("cita", 120), ("tabla", 30), ("grupo", 9),
                         ("alpie", 30), ("pie", 34), ("resumen", 9), ("abstract", 99), ("clave", 20)):  # fmt: skip
        missing = [n for n in range(number) if not re.search(rf"{word}{n}\b", text)]
        assert not missing, (word, missing)
    letters = re.sub(r"\W+", "", text)
    assert letters.count(LETTERS) >= 9
    assert letters.count(KEY) >= 5
    for left in read_words(folder / "build/informe.pdf"):
        assert left.right < 612, left
        assert left.bottom < 760, left


def test_text_off_the_sheet_is_an_error_at_the_authors_line_in_every_way_of_setting(tmp_path: Path) -> None:
    word, few = "x" * 23, ", ".join("abcdefghijklm")
    columns = ", ".join("{titulo: X, ancho: 1}" for _ in range(14))
    table = f"""titulo: Catorce columnas
columnas: [{columns}]
filas:
  - [{word}, {few}]
  - {{grupo: Otros}}
  - [{few}, n]
  - [{few}, {word}]
"""
    text = "titulo: Prueba\ncontenido:\n  - texto: La {tabla:t} [@ruiz2020].\n  - tabla: t\n"
    folder = write_files(lay_case("", tmp_path), {"paper/tablas/t.yaml": table, "paper/secciones/prueba.yaml": text})
    said = [run_order("build", folder, *options) for options in ((), (), ("--plain",))]
    assert [run.status for run in said] == [1, 1, 1]
    assert said[0].problems == said[1].problems == said[2].problems
    told = {(problem.severity, problem.path, problem.line) for problem in said[0].problems}
    assert told == {("aviso", "paper/tablas/t.yaml", 4), ("error", "paper/tablas/t.yaml", 7)}
    assert {problem.code for problem in said[0].problems} == {"linea-desbordada"}
