"""Every word of the author counts: what a report holds is printed or is not, as its models say, and it is checked."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from laws import check, lay_case, write_files
from reading import read_objects, read_text

from imprenta.load import load_paper
from imprenta.model.paper import walk_texts
from imprenta.workspace import Workspace


def test_the_complete_report_is_sound(tmp_path: Path) -> None:
    assert check(lay_case("completo", tmp_path)).problems == ()


@pytest.mark.tex
@pytest.mark.timeout(300)
def test_the_pdf_says_every_text_that_the_models_print_and_no_other(complete: Path) -> None:
    words = read_text(complete / "build/informe.pdf")
    spoken = b" ".join(re.findall(rb"/Alt <FEFF([0-9A-F]+)>", read_objects(complete / "build/informe.pdf")))
    heard = " ".join(bytes.fromhex(part.decode()).decode("utf-16-be") for part in spoken.split())
    paper, _ = load_paper(Workspace(complete))
    assert paper is not None
    for placed in walk_texts(paper):
        for word in re.findall(r"(?i)\bvq\w+", placed.text.value):
            assert word in (heard if placed.role == "spoken" else words), (placed.text.path, word)
    assert "ocult" not in words
    assert "ocult" not in heard


COVER = {
    'docente: "Eva {= costos.nada}"': {"valor-desconocido"},
    'docente: "Eva [@noexiste2020]"': {"cita-desconocida"},
    'ciudad: "Cali {figura:zzz}"': {"referencia-desconocida"},
    'palabras_clave: ["a {= x}", "$b"]': {"valor-desconocido"},
    'keywords: ["TODO"]': {"texto-provisional"},
    'programa: "**sin cerrar [@"': {"cita-mal-escrita"},
    'periodo: "2019 [^1]"': {"nota-fuera-de-lugar"},
}


@pytest.mark.parametrize("line", COVER)
def test_a_text_of_the_cover_is_checked_as_one_of_a_paragraph_is(line: str, tmp_path: Path) -> None:
    folder = lay_case("", tmp_path)
    path = folder / "paper/informe.yaml"
    count = path.read_text(encoding="utf-8").count("\n")
    write_files(folder, {"paper/informe.yaml": path.read_text(encoding="utf-8") + line + "\n"})
    run = check(folder)
    assert run.status == (0 if COVER[line] == {"texto-provisional"} else 1)
    assert run.at("paper/informe.yaml", count + 1) == COVER[line]


def test_the_fields_of_an_author_are_checked(tmp_path: Path) -> None:
    folder = lay_case("", tmp_path)
    text = (folder / "paper/informe.yaml").read_text(encoding="utf-8")
    author = '  - {nombre: "Eva [@nadie]", apellidos: "Ruiz {figura:nada}", afiliacion: "UNAL {= x.y}"}\n'
    write_files(folder, {"paper/informe.yaml": re.sub(r"  - \{nombre.*\n", author, text)})
    run = check(folder)
    assert {"cita-desconocida", "referencia-desconocida", "valor-desconocido"} <= run.codes()


def test_the_sources_of_a_formula_are_those_of_its_terms(tmp_path: Path) -> None:
    """A demand counts what `{fuentes: …}` prints."""
    folder = lay_case("house/rubrica-formula", tmp_path)
    assert check(folder).status == 0


def test_the_review_s_cover_is_told_by_check(tmp_path: Path) -> None:
    folder = lay_case("house/portada-sin-revisar", tmp_path)
    run = check(folder)
    assert run.status == 1
    assert {problem.path for problem in run.errors} == {"paper/informe.yaml"}
