"""`pagina:`, `aspecto:` and `borrador:` of the complete report: its pages are as they ask, set in parts or plainly."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from complete_report import lay_complete
from laws import build, check, lay_case, write_files
from reading import read_fonts, read_info, read_text, read_words
from same_pdf import find_differences

PDF = "build/informe.pdf"


@pytest.mark.tex
@pytest.mark.timeout(300)
@pytest.mark.parametrize(("report", "size"), [("english", "595.276 x"), ("draft", "612 x 792")])
def test_pages_are_as_the_report_asks(report: str, size: str, request: pytest.FixtureRequest) -> None:
    built: Path = request.getfixturevalue(report)
    assert read_info(built / PDF)["Page size"].startswith(size)


@pytest.mark.tex
@pytest.mark.timeout(300)
@pytest.mark.parametrize("report", ["draft", pytest.param("english", marks=pytest.mark.proof)])
def test_pages_are_the_same_in_the_plain_way(report: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    built: Path = request.getfixturevalue(report)
    folder = shutil.copytree(built, tmp_path / "copia")
    build(folder, "--plain")
    assert find_differences(built / PDF, folder / PDF) == []


@pytest.mark.tex
@pytest.mark.timeout(300)
def test_a_draft_says_so_and_numbers_its_lines(draft: Path) -> None:
    said = subprocess.run(["pdftotext", "-layout", str(draft / PDF), "-"], capture_output=True, text=True, check=True)
    pages = said.stdout.split("\f")[:-1]
    assert len(pages) > 5
    assert all("RR" in page for page in pages), "the mark, of which pdftotext reads letters in pairs"
    body = next(page for page in pages if "Vqparrafo" in page)
    assert re.search(r"(?m)^ *1 +\S", body)
    assert not re.search(r"(?m)^ *1 +\S", pages[0])


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("pagina: {margen: 9}", "valor-no-admitido"),
        ("pagina: {letra: 14}", "valor-no-admitido"),
        ("pagina: {papel: oficio}", "valor-no-admitido"),
        ("pagina: {columnas: 3}", "valor-no-admitido"),
        ("aspecto: {tipo: comic}", "valor-no-admitido"),
        ("aspecto: {color: rosa}", "valor-no-admitido"),
        ("borrador: quizá", "tipo-equivocado"),
    ],
)
def test_what_is_not_to_be_had_is_told(line: str, code: str, tmp_path: Path) -> None:
    folder = lay_case("", tmp_path)
    path = folder / "paper/informe.yaml"
    path.write_text(path.read_text(encoding="utf-8") + line + "\n", encoding="utf-8")
    assert check(folder).codes() == {code}


ROWS = 90
LONG = "titulo: Larga\ncolumnas: [{titulo: Uno}, {titulo: Dos}]\nfilas:\n" + "".join(
    f"  - [fila{number}, {'palabra ' * (9 + number % 3)}]\n" for number in range(ROWS)
)
NARROW = "titulo: Corta\ncolumnas: [{titulo: Columna}, {titulo: Valor}]\nfilas:\n  - [primera, 1]\n  - [segunda, 2]\n"
TURNED = f"{NARROW.replace('Corta', 'Girada').replace('primera', 'girada')}apaisada: sí\n"
BLOCKS = """\
  - texto: Primero {tabla:larga}, {tabla:corta} y {tabla:girada}. PARRAFOS
  - tabla: corta
  - tabla: larga
  - texto: "PARRAFOS"
  - tabla: girada
""".replace("PARRAFOS", "El texto sigue en las columnas. " * 60)


@pytest.mark.tex
@pytest.mark.timeout(600)
def test_two_columns_hold_what_fits_them(tmp_path: Path) -> None:
    page = "{columnas: 2, letra: 10, margen: 2}"
    folder = lay_complete(tmp_path, {"pagina": page, "aspecto": "{tipo: helvetica}", "borrador": "sí"})
    write_files(
        folder,
        {"paper/tablas/larga.yaml": LONG, "paper/tablas/corta.yaml": NARROW, "paper/tablas/girada.yaml": TURNED},
    )
    section = folder / "paper/secciones/libre.yaml"
    section.write_text(section.read_text(encoding="utf-8").rstrip() + "\n" + BLOCKS, encoding="utf-8")
    assert build(folder).errors == ()
    pdf = folder / "build/informe.pdf"
    words = read_words(pdf)
    left, middle, right = 2 / 2.54 * 72, 612 / 2, 612 - 2 / 2.54 * 72
    # All rows of the long table are there once, in their order, on several pages, under a heading each.
    rows = [word for word in words if re.fullmatch(r"fila\d+", word.text)]
    assert [word.text for word in rows] == [f"fila{number}" for number in range(ROWS)]
    pages = {word.page for word in rows}
    assert len(pages) > 1
    assert sum(word.text == "Uno" for word in words) == len(pages)
    # It stands over both columns, and the short one in one of them.
    assert max(word.right for word in words if word.page in pages and word.text == "palabra") > middle + 60
    short = [word for word in words if word.text == "primera"]
    assert [word.right < middle or word.left > middle for word in short] == [True]
    # The text is in two columns, none of which reaches over the other or over the margin.
    text = [word for word in words if word.text in ("texto", "sigue", "columnas.")]
    assert {word.left > middle for word in text} == {True, False}
    assert all(left - 3 < word.left and word.right < right + 3 for word in text), "3: points hang over"
    assert all(word.right < middle or word.left > middle for word in text)
    fonts = [name for name, _ in read_fonts(pdf)]
    assert any("TeXGyreHeros" in name for name in fonts), fonts
    assert all(embedded for _, embedded in read_fonts(pdf))
    assert "Anexo ." not in read_text(pdf), "what follows the appendices is none"


@pytest.mark.tex
@pytest.mark.proof
@pytest.mark.timeout(600)
def test_what_changes_in_two_columns_is_set_again_with_all_the_rest(tmp_path: Path) -> None:
    folder = lay_complete(tmp_path, {"pagina": "{columnas: 2}", "aspecto": "{tipo: times}"})
    assert build(folder).errors == ()
    section = folder / "paper/secciones/libre.yaml"
    section.write_text(section.read_text(encoding="utf-8").replace("Vqsuelto", "Vqotro"), encoding="utf-8")
    assert build(folder).errors == ()
    kept = (folder / PDF).rename(tmp_path / "again.pdf")
    assert "Vqotro" in read_text(kept)
    build(folder, "--plain")
    assert find_differences(kept, folder / PDF) == []


FORMULAS = r"""
  - ecuacion: \boldsymbol{\alpha} + \mathbf{v} + \hbar \jmath \amalg \mathbb{R} + \mathit{ab} + \mathsf{q} + \mathtt{t}
  - ecuacion: \coprod_{i=1}^{n} \frac{\sqrt{x_i}}{\Omega} \leq \int_0^{\infty} \mathcal{L}(t)\,dt
  - texto: "ĂăĐđŁłŊŋŐőß †‡•‰ €₡℃№™℮ ←↑→↓ ⅓ **negrita** *cursiva* `código` $x^2$."
"""
FACES = {
    "romana": ("LMRoman", "LMMathItalic"),
    "palo-seco": ("LMSans", "LMSans10-Oblique"),
    "times": ("TeXGyreTermes", "NimbusRomNo9L-ReguItal"),
    "palatino": ("TeXGyrePagella", "PazoMath"),
    "helvetica": ("TeXGyreHeros", "TeXGyreHeros-Italic"),
}
"""What some fonts are called of which a page of each face is set: its text, its formulas."""


@pytest.mark.tex
@pytest.mark.proof
@pytest.mark.timeout(300)
@pytest.mark.parametrize("face", sorted(FACES))
def test_each_face_has_its_formulas_and_all_signs(face: str, tmp_path: Path) -> None:
    folder = lay_complete(tmp_path, {"aspecto": f"{{tipo: {face}, color: azul}}"})
    section = folder / "paper/secciones/libre.yaml"
    section.write_text(section.read_text(encoding="utf-8").rstrip() + FORMULAS, encoding="utf-8")
    assert build(folder).errors == ()
    fonts = [name for name, _ in read_fonts(folder / "build/informe.pdf")]
    for wanted in FACES[face]:
        assert any(wanted in name for name in fonts), fonts
    assert not [name for name in fonts if re.search(r"\+CM(R|SS|TI|TT)\d", name) and face in ("romana", "palo-seco")]
    words = read_text(folder / "build/informe.pdf")
    for sign in "ĂăĐđŁłŊŋŐőß†‡•‰€₡℃№™℮←↑→↓":
        assert sign in words


@pytest.mark.tex
@pytest.mark.proof
@pytest.mark.timeout(600)
def test_a_table_higher_than_tex_can_measure_floats_in_pieces(tmp_path: Path) -> None:
    folder = lay_complete(tmp_path, {"pagina": "{columnas: 2}"})
    count = 1500
    rows = "".join(f"{number};{number * number}\n" for number in range(count))
    table = f"titulo: Alta\ncsv: alta.csv\nnota: {'Fin de la nota. ' * 60}\n"
    write_files(folder, {"paper/datos/alta.csv": f"Número;Cuadrado\n{rows}", "paper/tablas/alta.yaml": table})
    section = folder / "paper/secciones/libre.yaml"
    blocks = "  - texto: Mide {tabla:alta}.\n  - tabla: alta\n"
    section.write_text(section.read_text(encoding="utf-8").rstrip() + "\n" + blocks, encoding="utf-8")
    assert build(folder).errors == ()
    words = read_text(folder / "build/informe.pdf")
    for number in range(count):
        assert f"{number * number:,}".replace(",", " ") in words or str(number * number) in words
    # The note stands whole below the last row.
    assert "Fin de la nota. " * 59 in words
