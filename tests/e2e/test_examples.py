"""The reports of `examples/`: each is built without a word, and its numbers are those that its own program computes."""

from __future__ import annotations

import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from reading import ROOT, find_parted_cells, read_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

EXAMPLES = ROOT / "examples"
SAID = {
    "admisiones": ("30,4 % de las mujeres", "Referencias", "Total", "4526 solicitudes"),
    "pendulo": ("2,152875 s", "Código 1", "Tabla 1", "Figura 3", "(22)"),
}
"""What stands on the pages of each."""


def test_every_example_is_told() -> None:
    names = sorted(path.name for path in EXAMPLES.iterdir() if path.is_dir())
    assert names == sorted(SAID)
    told = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    assert all(f"| `{name}` |" in told for name in names)


def test_the_numbers_of_the_pendulum_are_those_of_its_program(tmp_path: Path) -> None:
    folder = shutil.copytree(EXAMPLES / "pendulo/paper", tmp_path / "paper")
    given = {path.name: path.read_bytes() for path in sorted((folder / "datos").glob("*.csv"))}
    assert len(given) == 3
    for path in (folder / "datos").glob("*.csv"):
        path.unlink()
    subprocess.run([sys.executable, folder / "codigo/pendulo.py"], check=True, timeout=120)
    assert {path.name: path.read_bytes() for path in sorted((folder / "datos").glob("*.csv"))} == given


@pytest.mark.tex
@pytest.mark.parametrize("name", sorted(SAID))
def test_an_example_is_built_without_a_word(name: str, build_example: Callable[[str], Path]) -> None:
    folder = build_example(name)  # with --strict: a warning is an error
    assert len(find_parted_cells(folder / "build/informe.pdf")) <= 20
    text = " ".join(read_text(folder / "build/informe.pdf").split())
    assert [words for words in SAID[name] if words not in text] == []
