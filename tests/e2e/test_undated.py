"""A report whose source has no date: nothing on paper or in the PDF says one, and every build gives the same bytes."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from laws import build, lay_case, write_files
from reading import read_text

REPORT = """\
titulo: Sin fecha
autores: [{nombre: Ana}]
ciudad: Cali
secciones: [prueba]
"""


FORMS = ("completa", "breve", "icontec", "apa")
SECTION = "titulo: Uno\ncontenido:\n  - texto: Hola.\n"


def build_undated(folder: Path, form: str) -> Path:
    """Return the PDF of a report without a date and without a source, which has nothing to say of one."""
    files = {"paper/informe.yaml": f"{REPORT}portada: {form}\n", "paper/secciones/prueba.yaml": SECTION}
    run = build(write_files(lay_case("", folder), {**files, "references.bib": ""}))
    assert run.status == 0
    assert run.codes() <= {"portada-incompleta"}
    return folder / "build/informe.pdf"


@pytest.mark.tex
@pytest.mark.parametrize("form", [FORMS[0], *(pytest.param(form, marks=pytest.mark.proof) for form in FORMS[1:])])
def test_no_date_is_said(form: str, tmp_path: Path) -> None:
    pdf = build_undated(tmp_path / "una", form)
    words = read_text(pdf)
    assert "Cali" in words
    assert "Cali," not in words
    assert "1980" not in words
    assert "Date" not in subprocess.run(["pdfinfo", pdf], capture_output=True, text=True, check=True).stdout
    assert build_undated(tmp_path / "otra", form).read_bytes() == pdf.read_bytes()
