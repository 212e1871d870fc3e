"""Versions of one report, by its tags: each build makes the one that it is asked for, and no other is taken for it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from reading import read_text, run_build
from same_pdf import find_differences

pytestmark = [pytest.mark.tex, pytest.mark.proof]

EXAMPLE = Path(__file__).resolve().parents[2] / "docs/guia/ejemplos/secciones"
ANSWER = "la probabilidad es"
PDF = "build/informe.pdf"


def build(folder: Path, *options: str) -> str:
    """Build a version and return what is said of it."""
    finished = run_build(*options, project=folder)
    assert finished.returncode == 0, finished.stderr
    return finished.stdout.splitlines()[-1]


def test_each_build_is_of_the_version_that_is_asked_for(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(EXAMPLE, tmp_path / "informe"))
    build(folder)
    assert "sin cambios" in build(folder)
    assert "(con solucion)" in build(folder, "--with", "solucion")
    assert ANSWER in read_text(folder / PDF)
    assert "9/25" in read_text(folder / PDF), "the rows of a table too"
    shutil.copy(folder / PDF, tmp_path / "con.pdf")
    assert "sin cambios" not in build(folder), "it is another version that is there"
    assert ANSWER not in read_text(folder / PDF)
    assert "9/25" not in read_text(folder / PDF)
    assert "sin cambios" in build(folder)
    clean = Path(shutil.copytree(EXAMPLE, tmp_path / "limpio"))
    build(clean, "--plain", "--with", "solucion")
    assert find_differences(tmp_path / "con.pdf", clean / PDF) == []
