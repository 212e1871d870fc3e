"""`pagina:`, `aspecto:` and `borrador:` of the complete report: its pages are as they ask, set in parts or plainly."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from laws import build, check, lay_case
from reading import read_info
from same_pdf import find_differences

LINES = {
    "pagina": "{papel: carta, margen: 2.5, interlineado: 1, letra: 11}",
    "aspecto": "{tipo: romana, color: azul}",
    "borrador": "no",
}


def lay_report(folder: Path, **lines: str) -> Path:
    lay_case("completo", folder)
    path = folder / "paper/informe.yaml"
    report = path.read_text(encoding="utf-8")
    for key, value in lines.items():
        assert f"{key}: {LINES[key]}\n" in report
        report = report.replace(f"{key}: {LINES[key]}\n", f"{key}: {value}\n")
    path.write_text(report, encoding="utf-8")
    return folder


@pytest.mark.tex
@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    ("page", "aspect", "size"),
    [
        (
            "{papel: a4, margen: 2, interlineado: 1.5, letra: 12}",
            "{tipo: palo-seco, color: granate}",
            "595.276 x",
        ),
        ("{papel: carta, margen: 3, letra: 10}", "{color: verde}", "612 x 792"),
    ],
)
def test_pages_are_as_the_report_asks(page: str, aspect: str, size: str, tmp_path: Path) -> None:
    folder = lay_report(tmp_path, pagina=page, aspecto=aspect)
    assert build(folder).errors == ()
    pdf = folder / "build/informe.pdf"
    assert read_info(pdf)["Page size"].startswith(size)
    kept = pdf.rename(tmp_path / "quick.pdf")
    build(folder, "--plain")
    assert find_differences(kept, pdf) == []


@pytest.mark.tex
@pytest.mark.timeout(300)
def test_a_draft_says_so_and_numbers_its_lines(tmp_path: Path) -> None:
    folder = lay_report(tmp_path, borrador="sí")
    assert build(folder).errors == ()
    said = subprocess.run(
        ["pdftotext", "-layout", str(folder / "build/informe.pdf"), "-"], capture_output=True, text=True, check=True
    )
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
        ("aspecto: {color: rosa}", "valor-no-admitido"),
        ("borrador: quizá", "tipo-equivocado"),
    ],
)
def test_what_is_not_to_be_had_is_told(line: str, code: str, tmp_path: Path) -> None:
    folder = lay_case("", tmp_path)
    path = folder / "paper/informe.yaml"
    path.write_text(path.read_text(encoding="utf-8") + line + "\n", encoding="utf-8")
    assert check(folder).codes() == {code}
