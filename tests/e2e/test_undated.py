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


@pytest.mark.tex
@pytest.mark.parametrize("form", ["completa", "breve", "icontec", "apa"])
def test_no_date_is_said(form: str, tmp_path: Path) -> None:
    files = {"paper/informe.yaml": f"{REPORT}portada: {form}\n",
             "paper/secciones/prueba.yaml": "titulo: Uno\ncontenido:\n  - texto: Hola [@ruiz2020].\n"}  # fmt: skip
    pdfs = []
    for name in ("uno", "otro"):
        folder = write_files(lay_case("", tmp_path / name), files)
        run = build(folder)
        assert (run.status, run.problems) == (0, ())
        pdfs.append(folder / "build/informe.pdf")
    words = read_text(pdfs[0])
    assert "Cali" in words
    assert "Cali," not in words
    assert "1980" not in words
    told = subprocess.run(["pdfinfo", pdfs[0]], capture_output=True, text=True, check=True).stdout
    assert "Date" not in told
    assert pdfs[0].read_bytes() == pdfs[1].read_bytes()
