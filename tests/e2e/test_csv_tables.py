"""A table from a CSV: what is changed in the file is printed, and spots of the page lead to its lines."""

from __future__ import annotations

from pathlib import Path

import pytest
from laws import build, lay_case, write_files
from reading import read_text, run_here

pytestmark = pytest.mark.tex

FILES = {
    "paper/datos/m.csv": "n,palabra,valor\n1,primera,1.5\n2,segunda,12.25\n",
    "paper/tablas/t.yaml": "titulo: Medidas\ncsv: m.csv\ncitas: [ruiz2020]\n",
    "paper/secciones/prueba.yaml": "titulo: Prueba\ncontenido:\n  - texto: La {tabla:t} [@ruiz2020].\n  - tabla: t\n",
}


def test_a_cell_that_changes_in_the_csv_changes_on_the_page_and_is_found_there(tmp_path: Path) -> None:
    folder = write_files(lay_case("", tmp_path), FILES)
    assert build(folder, "--strict").status == 0
    assert "12,25" in read_text(folder / "build/informe.pdf")
    path = folder / "paper/datos/m.csv"
    path.write_text(path.read_text().replace("12.25", "77.5").replace("segunda", "tercera"), encoding="utf-8")
    assert build(folder, "--strict").status == 0
    text = read_text(folder / "build/informe.pdf")
    assert "77,5" in text
    assert "tercera" in text
    assert "segunda" not in text
    shown = run_here("show", "paper/datos/m.csv:3:3", project=folder)
    assert shown.returncode == 0, shown.stderr
    assert "página" in shown.stdout
