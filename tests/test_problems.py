"""The smallest bad input of each problem, and exactly what `check` says of it.

Each folder of tests/problems/ is named after a code and holds the files that differ from those of `_base`, and
`esperado.txt`. `IMPRENTA_REESCRIBE=1 pytest tests/test_problems.py` writes the expected texts anew: review them.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from imprenta import cli

FOLDER = Path(__file__).parent / "problems"
CASES = sorted(path.name for path in FOLDER.iterdir() if path.is_dir() and not path.name.startswith("_"))


def make_project(case: str, folder: Path) -> None:
    """Lay the case's files over the sound project."""
    shutil.copytree(FOLDER / "_base", folder, dirs_exist_ok=True)
    shutil.copytree(FOLDER / case, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("esperado.txt"))


def test_the_sound_project_has_no_problems(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(FOLDER / "_base", tmp_path, dirs_exist_ok=True)
    assert cli.main(["check", "--strict", "--proyecto", str(tmp_path)]) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("case", CASES)
def test_each_problem_is_told_exactly(case: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make_project(case, tmp_path)
    status = cli.main(["check", "--strict", "--proyecto", str(tmp_path)])
    said = capsys.readouterr().err
    expected = FOLDER / case / "esperado.txt"
    if os.environ.get("IMPRENTA_REESCRIBE"):
        expected.write_text(said)
    assert status == 1
    assert f"[{case.partition('+')[0]}]" in said
    assert said == expected.read_text()
