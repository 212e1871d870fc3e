"""A report in short lines whose tables stand out of them: headings, statement, mentions, heads, outline, measure."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
import pytest
from laws import build, lay_case, write_files
from measures import MEASURES, find_headings_at_the_foot, find_wrong_heads
from printed import Printed
from reading import Box, read_text, read_words
from same_pdf import find_differences

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [pytest.mark.tex, pytest.mark.timeout(300)]

SENTENCE = "El caudal de un río cambia con la lluvia, con la pendiente y con el ancho de su cauce en cada tramo. "
PARAGRAPH = SENTENCE * 6
CELL = "una celda con bastantes palabras para que la tabla llene toda la anchura de la página"
REPORT = """\
titulo: Caudales de un río de montaña
portada: completa
autores:
  - {nombre: Ana, apellidos: Ruiz Peña}
fecha: 2026-11-23
pagina: {medida: estrecha}
secciones: [prueba, otra]
comprobacion:
  gravedad: {palabra-desconocida: nada, parrafo-sin-cita: nada, espacio-doble: nada}
"""
SECTION = f"""\
titulo: Primera
enunciado: Mida el caudal y compárelo.
contenido:
  - texto: |
      Las {{tabla:dos,uno}}, la {{tabla:tres}} y las {{ecuacion:c,a,b}} [@ruiz2020].

      {PARAGRAPH}
  - tabla: uno
  - tabla: dos
  - ecuaciones: [{{ecuacion: x &= 1, id: a}}, {{ecuacion: y &= 2, id: b}}, {{ecuacion: z &= 3, id: c}}]
  - tabla: tres
  - apartado: Dentro
    contenido:
      - apartado: Hondo
        contenido:
          - apartado: Fondo
            contenido:
              - texto: |
                  {PARAGRAPH}

                  {PARAGRAPH}
"""
LONG = "\n\n      ".join([f"{PARAGRAPH}[@ruiz2020]."] * 9)
OTHER = f"titulo: Segunda\ncontenido:\n  - texto: |\n      {LONG}\n"


def table(title: str, rows: int) -> str:
    cells = "\n".join(f"  - [{number}, {CELL}, {CELL}, {CELL}]" for number in range(rows))
    columns = ", ".join(f"{{titulo: {name}}}" for name in ("N", "Uno", "Dos", "Tres"))
    return f"titulo: {title}\ncolumnas: [{columns}]\nfilas:\n{cells}\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    files = {
        "paper/informe.yaml": REPORT,
        "paper/secciones/prueba.yaml": SECTION,
        "paper/secciones/otra.yaml": OTHER,
        "paper/tablas/uno.yaml": table("Corta", 2),
        "paper/tablas/dos.yaml": table("Otra corta", 2),
        "paper/tablas/tres.yaml": table("Larga", 30),
    }
    folder = write_files(lay_case("", tmp_path_factory.mktemp("medida")), files)
    assert build(folder).errors == ()
    return folder


@pytest.fixture(scope="module")
def pdf(folder: Path) -> Path:
    return folder / "build/informe.pdf"


def find(words: list[Box], text: str, page: int) -> Box:
    return next(word for word in words if word.text == text and word.page == page)


def test_several_are_mentioned_at_once_in_the_order_of_their_numbers(pdf: Path) -> None:
    assert "Las tablas 1 y 2, la tabla 3 y las ecuaciones 1 a 3 [1]." in read_text(pdf)


def test_the_statement_says_what_it_is(pdf: Path) -> None:
    assert "Enunciado. Mida el caudal y compárelo." in read_text(pdf)


def test_each_level_of_heading_is_smaller_and_has_less_above_it(pdf: Path) -> None:
    words = read_words(pdf)
    first = next(word.page for word in words if word.text == "Hondo")
    titles = [find(words, text, first) for text in ("Dentro", "Hondo", "Fondo")]
    sizes = [word.bottom - word.top for word in titles]
    assert sizes[0] > sizes[1] >= sizes[2]
    top = next(word for word in words if word.text == "Primera" and word.bottom - word.top > sizes[0])
    number = next(word for word in words if (word.page, word.text) == (top.page, "1") and abs(word.top - top.top) < 2)
    assert number.right < top.left


def test_the_head_names_the_section_that_the_page_begins_with(pdf: Path) -> None:
    pages = Printed(pdf)
    assert len(pages.body) > 3
    assert find_wrong_heads(pages) == []
    assert find_headings_at_the_foot(pages) == []


def test_a_line_has_some_seventy_letters_and_tables_stand_out_of_it(pdf: Path) -> None:
    pages = Printed(pdf)
    for name in ("letters", "ink"):
        found = MEASURES[name].take(pages)
        assert MEASURES[name].keeps(found), found
    body = [line for line in pages.lines if line.text.startswith("El caudal de un río")]
    cells = [line for line in pages.lines if line.text.startswith("una celda")]
    heads = [line for line in pages.lines if line.text == "N"]
    assert min(line.left for line in heads) < min(line.left for line in body) - 40
    assert max(line.right for line in cells) > max(line.right for line in body) + 40
    cited = [line for line in pages.within(len(pages.document.pages) - 1) if line.text == "Referencias"]
    assert cited[0].left < min(line.left for line in body) - 40


def outline(items: list[pikepdf.OutlineItem], depth: int = 0) -> Iterator[tuple[int, str]]:
    for item in items:
        yield depth, str(item.title)
        yield from outline(list(item.children), depth + 1)


def test_the_outline_has_the_lists_and_three_levels(pdf: Path) -> None:
    with pikepdf.open(pdf) as document, document.open_outline() as opened:
        entries = list(outline(list(opened.root)))
    assert entries == [
        (0, "Índice"), (0, "Índice de tablas"), (1, "1 Corta"), (1, "2 Otra corta"), (1, "3 Larga"),
        (0, "1 Primera"), (1, "1.1 Dentro"), (2, "1.1.1 Hondo"), (0, "2 Segunda"), (0, "Referencias"),
    ]  # fmt: skip


@pytest.mark.proof
def test_it_is_the_same_in_the_plain_way(folder: Path, pdf: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(folder, tmp_path / "copia")
    assert build(copy, "--plain").errors == ()
    assert find_differences(pdf, copy / "build/informe.pdf") == []
