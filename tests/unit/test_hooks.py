"""What other repositories get: the hook of `.pre-commit-hooks.yaml`."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
import yaml

from imprenta import cli

ROOT = Path(__file__).resolve().parents[2]
(HOOK,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))


def test_the_hook_is_whole() -> None:
    assert set(HOOK) >= {"id", "name", "description", "entry", "language", "files"}
    assert HOOK["language"] == "script"  # run from a clone of this repository, in the environment that its locks make
    assert HOOK["pass_filenames"] is False


def test_the_hook_runs_an_order_that_exists(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    program, *words = HOOK["entry"].split()
    assert os.access(ROOT / program, os.X_OK)
    before = Path.cwd()
    os.chdir(tmp_path)
    try:
        assert cli.main(words) == 1
    finally:
        os.chdir(before)
    # Not the report of the engine's own repository: the one where the hook runs.
    assert f"«{tmp_path}»" in capsys.readouterr().err


@pytest.mark.parametrize(
    "path",
    ["paper/informe.yaml", "paper/secciones/a.yaml", "figures/a.py", "templates/portada.tex.j2", "references.bib"],
)
def test_the_hook_runs_when_the_report_changes(path: str) -> None:
    assert re.search(HOOK["files"], path)


@pytest.mark.parametrize("path", ["README.md", "docs/paper/a.yaml", "src/references.bib", "references.bib.bak"])
def test_the_hook_does_not_run_for_other_files(path: str) -> None:
    assert not re.search(HOOK["files"], path)
