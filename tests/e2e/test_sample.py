"""A small report from data to PDF, by the public command."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from reading import ROOT, read_fonts, read_info, read_letter_sizes, read_objects, read_text, run_here
from same_pdf import find_differences

from imprenta.cli.watch import CLAIM
from imprenta.client import SOCKET
from imprenta.ownership import BEFORE, NOW, TAG

pytestmark = [pytest.mark.tex, pytest.mark.timeout(600)]

PDF = "build/informe.pdf"


@pytest.fixture
def copy(sample: Path, tmp_path: Path) -> Path:
    """A copy of the built project, to be changed."""
    shutil.copytree(sample, tmp_path / "copia")
    return tmp_path / "copia"


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_what_was_typed_is_what_the_pdf_says(sample: Path) -> None:
    words = read_text(sample / PDF)
    for expected in (
        "El caudal medio del Guadalete",
        'cuesta 5 % & 7 $ # 1_a {x} ~ ^ \\\\ " <p> --',
        "de 12,5 m³/s a 11,0 m³/s",
        "la tabla 1",
        "la figura 1",
        "Figura 1: Estaciones de aforo",
        "Tabla 1: Caudal por estación",
        "[1]",
        "A. Ruiz, Caudales del sur.",
        "23 de noviembre de 2026",
        "def caudal():",
        "uno dentro de otro",
        "Una nota al pie",
    ):
        assert expected in words, expected
    assert "??" not in words


def test_what_a_build_makes_is_known_by_its_name(sample: Path) -> None:
    """So that who may not clean a folder is told what else is in it."""
    made = {path.name for path in (sample / "build").iterdir()} | {Path(SOCKET).name, Path(CLAIM).name}
    assert [name for name in made - {TAG} if not (BEFORE.fullmatch(name) or NOW.fullmatch(name))] == []


def test_the_pdf_carries_its_data_and_its_fonts(sample: Path) -> None:
    info = read_info(sample / PDF)
    assert info["Title"] == "Caudales del Guadalete & afluentes"
    assert info["Author"] == "Ana Ruiz Peña"
    fonts = read_fonts(sample / PDF)
    assert fonts
    assert all(embedded for _, embedded in fonts)
    objects = read_objects(sample / PDF)
    assert re.search(rb"/Lang ?\(es-CO\)", objects)
    alternatives = [bytes.fromhex(found.decode()) for found in re.findall(rb"/Alt <FEFF([0-9A-F]+)>", objects)]
    assert "El caudal baja." in [words.decode("utf-16-be") for words in alternatives]
    assert any("Arcos" in words.decode("utf-16-be") for words in alternatives)


def test_a_second_build_runs_nothing_and_gives_the_same_bytes(copy: Path) -> None:
    before = (copy / PDF).read_bytes()
    finished = run_here("build", project=copy)
    assert finished.returncode == 0
    assert "pasada" not in finished.stdout
    assert "biber" not in finished.stdout
    assert "dibujo" not in finished.stdout
    assert (copy / PDF).read_bytes() == before


def test_a_changed_word_runs_latex_once(copy: Path) -> None:
    replace(copy / "paper/secciones/rio.yaml", "Con nota", "Con otra nota")
    finished = run_here("build", project=copy)
    assert finished.returncode == 0
    assert "tramo" in finished.stdout
    assert "pasada" not in finished.stdout
    assert "biber" not in finished.stdout
    assert "dibujo" not in finished.stdout
    assert "Con otra nota" in read_text(copy / PDF)
    replace(copy / "paper/secciones/rio.yaml", "Con otra nota", "Con nota")
    assert run_here("build", project=copy).returncode == 0
    assert "otra nota" not in read_text(copy / PDF)


def test_what_latex_said_of_a_page_stays_until_that_page_is_set_again(copy: Path) -> None:
    section, long = copy / "paper/secciones/rio.yaml", "uno\u00a0" * 19 + "dos"

    def build() -> list[str]:
        finished = run_here("build", project=copy)
        assert finished.returncode == 0
        assert "pasada" not in finished.stdout
        return re.findall(r"^(\S+):\d+: aviso: una línea sobresale", finished.stdout + finished.stderr, re.MULTILINE)

    assert build() == []
    replace(section, "completan", long)
    line = next(number for number, row in enumerate(section.read_text().split("\n"), 1) if long in row)
    assert build() == [f"paper/secciones/rio.yaml:{line}"]
    replace(section, "      Con nota", "      Todo baja [@ruiz2020].\n\n      Con otra nota")
    assert build() == [f"paper/secciones/rio.yaml:{line + 2}"]
    replace(section, long, "completan")
    assert build() == []


def test_a_damaged_or_missing_pdf_is_made_again(copy: Path) -> None:
    before = (copy / PDF).read_bytes()
    (copy / PDF).write_bytes(b"no es un PDF")
    assert run_here("build", project=copy).returncode == 0
    assert (copy / PDF).read_bytes() == before
    shutil.copy(copy / PDF, copy / "build/antes.pdf")
    (copy / "build/latex/informe.pdf").unlink()
    finished = run_here("build", project=copy)
    assert "pasada 1" in finished.stdout
    # Its contents are known now, so that the body holds them: other bytes, the same pages.
    assert find_differences(copy / "build/antes.pdf", copy / PDF) == []


def test_a_build_from_nothing_gives_the_same_bytes(copy: Path) -> None:
    before = (copy / PDF).read_bytes()
    assert run_here("clean", project=copy).returncode == 0
    assert not (copy / "build").exists()
    assert run_here("build", project=copy).returncode == 0
    assert (copy / PDF).read_bytes() == before


def test_a_changed_price_changes_sentence_cell_and_drawing(copy: Path) -> None:
    replace(copy / "paper/datos/aforo.yaml", "valor: 12.5", "valor: 13.75")
    finished = run_here("build", project=copy)
    assert finished.returncode == 0, finished.stderr
    assert "dibujo de «curva»" in finished.stdout
    assert "dibujo de «estaciones»" not in finished.stdout
    words = read_text(copy / PDF)
    assert "de 13,75 m³/s a 11,0 m³/s" in words
    assert "12,5" not in words
    assert "2,75" in words  # the difference, in the table


def test_what_an_interrupted_build_left_behind_is_no_obstacle(copy: Path) -> None:
    replace(copy / "paper/secciones/rio.yaml", "Con nota", "Con otra nota")
    auxiliary = copy / "build/latex/informe.aux"
    auxiliary.write_text(auxiliary.read_text()[:700] + "\\newlabel{tabla:caudal}{{1")
    finished = run_here("build", project=copy)
    assert finished.returncode == 0, finished.stdout + finished.stderr
    assert "Con otra nota" in read_text(copy / PDF)
    assert "la tabla 1" in read_text(copy / PDF)


def test_a_missing_citation_stops_the_build_and_keeps_the_last_pdf(copy: Path) -> None:
    before = (copy / PDF).read_bytes()
    replace(copy / "references.bib", "@book{ruiz2020,", "@book{ruiz2021,")
    finished = run_here(project=copy)
    assert finished.returncode == 1
    assert "paper/secciones/rio.yaml:6:46: error: la cita «ruiz2020» no está en references.bib" in finished.stderr
    assert "¿«ruiz2021»? (references.bib:1)" in finished.stderr
    assert "build/informe.pdf es el último que salió bien" in finished.stderr
    assert (copy / PDF).read_bytes() == before
    assert run_here("check", project=copy).returncode == 1


@pytest.mark.proof
def test_apa_by_one_word(copy: Path) -> None:
    replace(copy / "paper/informe.yaml", "estilo_citas: ieee", "estilo_citas: apa")
    finished = run_here("build", project=copy)
    assert finished.returncode == 0, finished.stdout + finished.stderr
    words = read_text(copy / PDF)
    assert "(Ruiz, 2020)" in words
    assert "[1]" not in words


def test_a_template_of_the_author_replaces_one_of_the_engine(copy: Path) -> None:
    (copy / "templates").mkdir()
    (copy / "templates/portada.tex.j2").write_text("Portada propia: \\VALOR{ informe.titulo }\\clearpage\n")
    assert run_here("build", project=copy).returncode == 0
    assert "Portada propia: Caudales del Guadalete" in read_text(copy / PDF)


def test_an_undefined_name_in_a_template_is_told_at_its_line(copy: Path) -> None:
    (copy / "templates").mkdir()
    (copy / "templates/portada.tex.j2").write_text("uno\ndos \\VALOR{ informe.titulos }\n")
    finished = run_here("build", project=copy)
    assert finished.returncode == 1
    assert "templates/portada.tex.j2:2:21: error: la plantilla usa «informe.titulos», que" in finished.stderr
    assert "¿«titulo»?" in finished.stderr


def test_wrong_latex_in_a_template_fails_without_a_traceback(copy: Path) -> None:
    (copy / "templates").mkdir()
    (copy / "templates/portada.tex.j2").write_text("\\nohay{x}\n")
    finished = run_here("build", project=copy)
    assert finished.returncode == 1
    said = "templates/portada.tex.j2:1:1: error: LaTeX no pudo componer el informe: «Undefined control sequence.»"
    assert said in finished.stderr
    assert "Traceback" not in finished.stderr
    (copy / "templates/portada.tex.j2").unlink()
    assert run_here("build", project=copy).returncode == 0


def test_another_preamble_sets_the_references_anew(copy: Path) -> None:
    """The list is kept from build to build; what the templates say of its looks is not in its entries."""
    (copy / "templates").mkdir()
    preamble = (ROOT / "templates/preambulo.tex.j2").read_text()
    (copy / "templates/preambulo.tex.j2").write_text(preamble + "\\renewcommand*{\\bibfont}{\\Huge}\n")
    assert run_here("build", project=copy).returncode == 0
    large = read_letter_sizes(copy / PDF)
    assert run_here("clean", project=copy).returncode == 0
    assert run_here("build", project=copy).returncode == 0
    assert read_letter_sizes(copy / PDF) == large
    assert max(large) > 20


def test_what_a_template_defines_for_all_that_follows_is_no_obstacle(copy: Path) -> None:
    """A state that no milestone notes: pages set alone would not know of it."""
    (copy / "templates").mkdir()
    section = (ROOT / "templates/seccion.tex.j2").read_text()
    told = "\\ifdefined\\cuenta\\else\\gdef\\cuenta{}\\fi\\xdef\\cuenta{\\cuenta i}Van \\cuenta.\n\n"
    (copy / "templates/seccion.tex.j2").write_text(
        section.replace("\\VALOR{ seccion.cuerpo }", told + "\\VALOR{ seccion.cuerpo }")
    )
    assert run_here("build", project=copy).returncode == 0
    before = read_text(copy / PDF)
    assert "Van i." in before
    replace(copy / "paper/secciones/rio.yaml", "Con nota", "Con otra nota")
    assert run_here("build", project=copy).returncode == 0
    assert read_text(copy / PDF) == before.replace("Con nota", "Con otra nota")
