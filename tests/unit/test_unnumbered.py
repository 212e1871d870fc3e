"""Sections without a number: their headings and those inside them, the numbers of the others, mentions by the title."""

from __future__ import annotations

from typing import TYPE_CHECKING

from facts_report import render
from laws import lay_case, write_files
from small_report import examine

from imprenta.cache import Cache
from imprenta.model.facts import Heading
from imprenta.pipeline.loading import load_report
from imprenta.pipeline.names import name_parts
from imprenta.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path

PREFACE = """\
titulo: Prefacio & gracias
numerada: no
contenido:
  - apartado: A quienes *ayudaron*
    id: ayuda
    contenido:
      - texto: Gracias.
      - apartado: Más
        contenido:
          - texto: También.
"""
SECTION = """\
titulo: Prueba
contenido:
  - texto: Como dicen la {seccion:prefacio} y la {Seccion:ayuda}, y no la {seccion:dentro} [@ruiz2020].
  - apartado: Dentro de la {seccion:prefacio}
    id: dentro
    contenido:
      - texto: Está en la {pagina:seccion:prefacio}.
"""


def lay(folder: Path, section: str = SECTION) -> Path:
    lay_case("", folder)
    main = (folder / "paper/informe.yaml").read_text(encoding="utf-8").replace("[prueba]", "[prefacio, prueba]")
    assert "prefacio" in main
    return write_files(
        folder,
        {"paper/informe.yaml": main, "paper/secciones/prefacio.yaml": PREFACE, "paper/secciones/prueba.yaml": section},
    )


def test_its_headings_have_no_number_and_the_others_are_counted_without_it(tmp_path: Path) -> None:
    folder = lay(tmp_path)
    assert examine(folder) == []
    made = render(folder)
    for tex in (
        "\\addsec[{\\texorpdfstring{Prefacio",
        "\\addsubsec[{\\texorpdfstring{A quienes \\emph{ayudaron}}",
        "\\addsubsubsec{Más}",
        "\\section{Prueba}\\label{seccion:prueba}",
    ):
        assert made.source.count(tex) == 1, tex
    told = [(found.fact.label, found.fact.level, found.fact.numbered) for found in made.facts(Heading)]
    assert told[:5] == [
        ("seccion:prefacio", 1, False), ("seccion:ayuda", 2, False), ("", 3, False),
        ("seccion:prueba", 1, True), ("seccion:dentro", 2, True),
    ]  # fmt: skip
    parts = name_parts(load_report(Workspace(folder))).parts
    assert (parts["seccion", "prefacio"], parts["seccion", "prueba"], parts["seccion", "dentro"]) == ("", "1", "1.1")


def test_who_mentions_it_says_its_title(tmp_path: Path) -> None:
    source = render(lay(tmp_path)).source
    assert "\\hyperref[seccion:prefacio]{sección~«Prefacio \\& gracias»}" in source
    assert "\\hyperref[seccion:ayuda]{Sección~«A quienes ayudaron»}" in source
    assert "\\hyperref[seccion:dentro]{sección~\\ref*{seccion:dentro}}" in source
    assert "\\hyperref[seccion:prefacio]{página~\\pageref*{seccion:prefacio}}" in source
    assert "[{\\texorpdfstring{Dentro de la sección~«Prefacio \\& gracias»}{Dentro" in source, (
        "in contents and outline too"
    )


def test_a_title_that_mentions_itself_comes_to_an_end(tmp_path: Path) -> None:
    folder = lay(tmp_path)
    preface = PREFACE.replace("Prefacio & gracias", "De la {seccion:prefacio}")
    write_files(folder, {"paper/secciones/prefacio.yaml": preface})
    assert "sección~«De la sección»" in render(folder).source


def test_a_report_without_such_sections_has_nothing_of_them(tmp_path: Path) -> None:
    assert "addsubsec" not in render(lay_case("", tmp_path)).source


def test_a_process_that_stays_tells_mentions_as_the_section_is_now(tmp_path: Path) -> None:
    folder = lay(tmp_path)
    preface = folder / "paper/secciones/prefacio.yaml"
    cache = Cache()
    bare = render(folder, cache).source
    for text, same in ((PREFACE.replace("numerada: no\n", ""), False), (PREFACE, True)):
        preface.write_text(text, encoding="utf-8")
        made = render(folder, cache).source
        assert (made == bare) is same
        assert made == render(folder).source, "what one process remembers is what another works out"
