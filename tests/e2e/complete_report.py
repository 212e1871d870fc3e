"""The report of `tests/cases/completo`, in which every construct stands, with other lines in its `informe.yaml`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from laws import lay_case

if TYPE_CHECKING:
    from pathlib import Path

LINES = {
    "pagina": "{papel: carta, margen: 2.5, columnas: 1, interlineado: 1, letra: 11, medida: ancha}",
    "aspecto": "{tipo: romana, color: azul}",
    "borrador": "no",
    "lengua": "es",
}
ENGLISH = {
    "lengua": "en",
    "pagina": "{papel: a4, margen: 2, interlineado: 1.5, letra: 12}",
    "aspecto": "{tipo: palo-seco, color: granate}",
}
DRAFT = {
    "borrador": "sí",
    "pagina": "{papel: carta, margen: 2.2, letra: 10, medida: estrecha}",
    "aspecto": "{tipo: palatino, color: verde}",
}


def lay_complete(folder: Path, lines: dict[str, str]) -> Path:
    """Write the report into a folder, with the values of these keys in the place of its own."""
    lay_case("completo", folder)
    path = folder / "paper/informe.yaml"
    report = path.read_text(encoding="utf-8")
    for key, value in lines.items():
        assert f"{key}: {LINES[key]}\n" in report
        report = report.replace(f"{key}: {LINES[key]}\n", f"{key}: {value}\n")
    path.write_text(report, encoding="utf-8")
    return folder
