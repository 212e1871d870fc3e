"""`build.py`, wherever it is called from, acts on the report around the current folder: the whole way, as users do."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from laws import lay_case

BUILD = Path(__file__).resolve().parents[2] / "build.py"


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(BUILD), *words], cwd=folder, capture_output=True, text=True, timeout=300, check=False
    )


@pytest.mark.tex
def test_a_report_is_built_cleaned_and_asked_from_inside(tmp_path: Path) -> None:
    report = lay_case("", tmp_path / "informe")
    inside = report / "paper/secciones"
    engine = BUILD.parent / "build"
    before = sorted(os.listdir(engine)) if engine.exists() else []
    done = run(inside)
    assert done.returncode == 0, done.stderr
    assert f"informe de «{report}»" in done.stderr
    assert "\n../../build/informe.pdf: " in done.stdout
    again = run(inside)
    assert again.stdout.startswith("../../build/informe.pdf: ")
    assert "sin cambios" in again.stdout
    assert "sin cambios" in run(tmp_path, "--project", "informe").stdout
    assert run(inside, "show", "prueba.yaml:1").stdout.startswith("página ")
    outside = run(tmp_path, "clean")
    assert outside.returncode == 1
    assert "no hay «paper/informe.yaml»" in outside.stderr
    assert run(inside, "clean").stdout == "se borró «../../build/»\n"
    assert not (report / "build").exists()
    assert (sorted(os.listdir(engine)) if engine.exists() else []) == before
