"""The action for other repositories: its steps, run as the runner runs them, one after the other."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from reading import ROOT

STEPS = {
    step["id"]: step
    for step in yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))["runs"]["steps"]
    if "id" in step
}


def run_step(
    name: str, folder: Path, inputs: dict[str, str]
) -> tuple[subprocess.CompletedProcess[str], dict[str, str]]:
    """Run a step in a folder, as `shell: bash` does; return how it went and what it put out."""
    outputs = folder / "outputs.txt"
    outputs.write_text("", encoding="utf-8")
    variables = {variable: inputs[variable] for variable in STEPS[name]["env"]}
    variables |= {"GITHUB_OUTPUT": str(outputs), "GITHUB_ENV": str(folder / "variables.txt"), "HOME": str(folder)}
    # What programs keep of the machine's fonts is not made anew.
    variables |= {"XDG_CACHE_HOME": os.environ.get("XDG_CACHE_HOME", f"{Path.home()}/.cache")}
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", STEPS[name]["run"]],
        cwd=folder,
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        check=False,
    )
    return done, dict(line.split("=", 1) for line in outputs.read_text(encoding="utf-8").splitlines())


@pytest.mark.proof
@pytest.mark.tex
def test_a_report_is_built_and_its_problems_are_shown_on_their_lines(tmp_path: Path, sample: Path) -> None:
    shutil.copytree(sample, tmp_path / "tesis")
    inputs = {"ACCION": str(ROOT), "PROYECTO": "tesis", "ESTRICTO": "false"}
    done, outputs = run_step("preparar", tmp_path, inputs)
    assert done.returncode == 0, done.stderr
    assert outputs["carpeta"] == f"{tmp_path}/.cache/imprenta"
    assert (tmp_path / "variables.txt").read_text() == f"IMPRENTA_ENTORNO={tmp_path}/.cache/imprenta\n"
    assert len(outputs["clave"]) == len("imprenta-") + 16
    done, outputs = run_step("componer", tmp_path, inputs)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / outputs["pdf"]).read_bytes().startswith(b"%PDF")
    assert "::warning file=tesis/paper/informe.yaml,line=1" in done.stdout
    done, outputs = run_step("componer", tmp_path, {**inputs, "ESTRICTO": "true"})
    assert (done.returncode, outputs) == (1, {})
    (tmp_path / "tesis/references.bib").write_text("", encoding="utf-8")
    done, outputs = run_step("componer", tmp_path, inputs)
    assert (done.returncode, outputs) == (1, {})
    assert "::error file=tesis/paper/" in done.stdout
