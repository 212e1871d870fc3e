"""Saves while the command builds, read back from the PDF: what the next build leaves is of the files that are there."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from same_pdf import find_differences
from saves import FILES, PDF, copy_files, write_report

pytestmark = [pytest.mark.tex, pytest.mark.timeout(600)]

ROOT = Path(__file__).resolve().parents[2]
PLOT = """
from pathlib import Path

def dibujar(ejes, datos):
    number = int(Path(__file__).with_name("lectura.csv").read_text())
    ejes.plot([2019, 2026], [number, datos["aforo"]["ahora"]], marker="o")
    ejes.set_xlabel(f"Lectura {number}, programa PROGRAMA")
"""
NOT_PRINTED = {"paper/vocabulario.txt", "figures/foto.png"}
WORDS = {
    "paper/secciones/rio.yaml": "caudal {}.", "paper/tablas/caudal.yaml": "Medido el {} de",
    "paper/datos/aforo.yaml": "12,{}", "paper/informe.yaml": "afluentes {}", "references.bib": "del sur {}",
    "figures/estaciones.yaml": "Arcos {}",
    "figures/curva.yaml": "y ahora {}", "figures/foto.yaml": "Foto {}", "templates/seccion.tex.j2": "Pie {}.",
    "figures/curva.py": "programa {}", "figures/lectura.csv": "Lectura {}",
}  # fmt: skip


def save_all(root: Path, version: int) -> None:
    write_report(root, version)
    (root / "figures/curva.py").write_text(PLOT.replace("PROGRAMA", str(version)))
    (root / "figures/lectura.csv").write_text(str(version))


def build(root: Path, version: int | None = None, step: str = "") -> str:
    """Build as users do; save a version of all files when a step was told. Return the last line that was said."""
    command = [sys.executable, str(ROOT / "build.py"), "--project", str(root)]
    said = ""
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if step and line.strip().startswith(step):
                assert version is not None
                save_all(root, version)
                step = ""
            said = line
    assert not step, "that step was never told"
    return said


def read_words(root: Path) -> str:
    command = ["pdftotext", "-layout", str(root / PDF), "-"]
    return " ".join(subprocess.run(command, capture_output=True, text=True, check=True).stdout.split())


@pytest.mark.proof
@pytest.mark.parametrize("step", ["Composición", "Lectura de los datos"])
def test_what_is_saved_while_the_command_builds_is_built_by_the_next(step: str, tmp_path: Path) -> None:
    assert set(FILES) - NOT_PRINTED | {"figures/lectura.csv"} == set(WORDS)
    root, clean = tmp_path / "informe", tmp_path / "limpio"
    save_all(root, 11)
    build(root)
    (root / "paper/secciones/rio.yaml").write_bytes(FILES["paper/secciones/rio.yaml"](12))
    build(root, 13, step)
    assert "sin cambios" not in build(root)
    words = read_words(root)
    missing = {path: said for path, said in WORDS.items() if said.format(13) not in words}
    assert not missing, (missing, words)
    assert "sin cambios" in build(root)
    copy_files(root, clean)
    (clean / "figures/lectura.csv").write_bytes((root / "figures/lectura.csv").read_bytes())
    build(clean)
    assert find_differences(root / PDF, clean / PDF) == []
