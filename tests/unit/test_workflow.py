"""The recipes that machines run: the workflow on GitHub, `.ci/run`, the Makefile and the local hooks."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
WORKFLOW = ROOT / ".github" / "workflows" / "informe.yml"
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
TARGETS = set(re.findall(r"^([a-z-]+):", MAKEFILE, re.MULTILINE))


@pytest.fixture(scope="module")
def workflow() -> dict[Any, Any]:
    loaded: dict[Any, Any] = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))
    return loaded


@pytest.fixture(scope="module")
def steps(workflow: dict[Any, Any]) -> list[dict[str, Any]]:
    (job,) = workflow["jobs"].values()
    found: list[dict[str, Any]] = job["steps"]
    return found


def test_the_workflow_runs_on_a_bare_debian_for_every_change(workflow: dict[Any, Any]) -> None:
    assert {"push", "pull_request"} <= set(workflow[True])  # YAML 1.1 reads `on` as true
    (job,) = workflow["jobs"].values()
    assert job["container"] == "debian:${{ matrix.debian }}"
    assert job["strategy"] == {"fail-fast": False, "matrix": {"debian": ["12", "13"]}}
    assert job["timeout-minutes"] <= 60
    assert workflow["permissions"] == {"contents": "read"}


def test_the_workflow_builds_checks_and_tests(steps: list[dict[str, Any]]) -> None:
    orders = [step["run"].strip() for step in steps if "run" in step]
    for order in ("make pdf", "python3 build.py check --format github", "make test", "make proof"):
        assert order in orders
    # A step that cannot fail would let a missing citation pass.
    assert not any("continue-on-error" in step or "|| true" in step.get("run", "") for step in steps)


def test_problems_are_shown_on_their_lines_even_if_the_build_failed(steps: list[dict[str, Any]]) -> None:
    (showing,) = [step for step in steps if "--format github" in step.get("run", "")]
    assert showing["if"] == "${{ !cancelled() }}"
    assert steps.index(showing) == [step.get("run") for step in steps].index("make pdf") + 2
    assert [step for step in steps if "if" in step] == [showing]


def test_the_workflow_keeps_the_pdf(steps: list[dict[str, Any]]) -> None:
    (keeping,) = [step for step in steps if step.get("uses", "").startswith("actions/upload-artifact@")]
    assert "${{ matrix.debian }}" in keeping["with"]["name"]
    assert keeping["with"]["path"] == "build/informe.pdf"
    assert keeping["with"]["if-no-files-found"] == "error"
    names = [step.get("run", step.get("uses")) for step in steps]
    assert names.index("make pdf") < names.index(keeping["uses"])


def test_the_sum_of_the_pdf_is_published(steps: list[dict[str, Any]]) -> None:
    runs = [step.get("run", "") for step in steps]
    (summing,) = [run for run in runs if "sha256sum" in run]
    assert summing == 'sha256sum build/informe.pdf | tee -a "$GITHUB_STEP_SUMMARY"'
    assert runs.index("make pdf") < runs.index(summing) < runs.index("make test")
    assert (ROOT / ".ci/run").read_text(encoding="utf-8").endswith("sha256sum build/informe.pdf\n")


def test_every_step_does_one_thing_with_a_fixed_version(steps: list[dict[str, Any]]) -> None:
    assert len(steps) >= 5
    for step in steps:
        assert ("run" in step) != ("uses" in step)
        if "uses" in step:
            assert re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", step["uses"])


def test_the_targets_that_are_called_exist() -> None:
    called = set(re.findall(r"run: make ([\w-]+)", WORKFLOW.read_text(encoding="utf-8")))
    called |= set(re.findall(r"step make ([\w-]+)", (ROOT / ".ci" / "run").read_text(encoding="utf-8")))
    called |= set(re.findall(r"'make ([\w-]+)", MAKEFILE))
    assert {"pdf", "test"} < called
    assert called <= TARGETS


def test_every_target_is_explained() -> None:
    explained = set(re.findall(r"'make ([a-z-]+)", MAKEFILE))
    assert TARGETS - explained == {"system", "testing-system", "auditing-tools", "help"}


@pytest.mark.skipif(not shutil.which("make"), reason="make is what this looks at")
@pytest.mark.parametrize("target", sorted(TARGETS))
def test_the_makefile_is_understood_without_any_variable(target: str) -> None:
    done = subprocess.run(
        [shutil.which("make") or "", "--dry-run", target],
        cwd=ROOT,
        env={},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()


def test_ci_stops_at_the_first_failure(tmp_path: Path) -> None:
    """With a `make` that fails at `pdf`, the check is not reached and the status is not 0."""
    (tmp_path / "make").write_text('#!/bin/sh\necho "make $*"\n[ "$1" != pdf ]\n', encoding="utf-8")
    (tmp_path / "python3").write_text('#!/bin/sh\necho "python3 $*"\n', encoding="utf-8")
    for name in ("make", "python3"):
        (tmp_path / name).chmod(0o755)
    done = subprocess.run(
        ["bash", str(ROOT / ".ci" / "run")],
        env={"PATH": f"{tmp_path}{os.pathsep}{os.defpath}", "CI": "true"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert "== make test\nmake test\n" in done.stdout
    assert "make pdf" in done.stdout
    assert "check" not in done.stdout


def test_the_hooks_need_no_network() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    assert [repository["repo"] for repository in hooks["repos"]] == ["local"]
    assert {hook["language"] for hook in hooks["repos"][0]["hooks"]} == {"system"}
