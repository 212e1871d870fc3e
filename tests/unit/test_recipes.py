"""What runs on the machines of others: action, workflows, images, the recipes of the guide, each by its linter."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from imprenta import __version__
from imprenta.debian import read_packages
from imprenta.scaffold import report
from imprenta.workspace import ENGINE_ROOT as ROOT

PROGRAMS = Path(sys.executable).parent
COMMON = ROOT / "imprenta/scaffold/common"
GUIDE = (ROOT / "docs/guia/integracion.md").read_text(encoding="utf-8")
RECIPES = dict(re.findall(r"<!-- receta: ([\w-]+) -->\n```yaml\n(.*?)```", GUIDE, re.DOTALL))


def run(*command: str | Path, text: str = "") -> subprocess.CompletedProcess[str]:
    words = [str(word) for word in command]
    return subprocess.run(words, input=text, capture_output=True, text=True, timeout=60, check=False)


def check(schema: str, file: Path) -> subprocess.CompletedProcess[str]:
    return run(sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}", file)


def read(path: Path) -> dict[Any, Any]:
    loaded: dict[Any, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return loaded


@pytest.mark.parametrize(
    ("schema", "path"),
    [
        ("github-actions", ROOT / "action.yml"),
        ("github-workflows", ROOT / ".github/workflows/informe.yml"),
        ("github-workflows", COMMON / "dot-github/workflows/informe.yml"),
    ],
)
def test_github_would_take_it(schema: str, path: Path, tmp_path: Path) -> None:
    done = check(schema, path)
    assert done.returncode == 0, done.stdout
    broken = tmp_path / "roto.yml"
    broken.write_text(re.sub(r"(?m)^(jobs|runs):", "otro:", path.read_text(encoding="utf-8")), encoding="utf-8")
    assert check(schema, broken).returncode == 1


@pytest.mark.parametrize("name", ["github", "gitlab"])
def test_the_recipes_of_the_guide_would_be_taken(name: str, tmp_path: Path) -> None:
    file = tmp_path / "receta.yml"
    file.write_text(RECIPES[name], encoding="utf-8")
    done = check("github-workflows" if name == "github" else "gitlab-ci", file)
    assert done.returncode == 0, done.stdout


def test_the_recipes_name_what_there_is() -> None:
    action = read(ROOT / "action.yml")
    (job,) = yaml.safe_load(RECIPES["github"])["jobs"].values()
    (own,) = [step for step in job["steps"] if step.get("id") == "imprenta"]
    assert set(own["with"]) <= set(action["inputs"])
    used = set(re.findall(r"steps\.imprenta\.outputs\.(\w+)", RECIPES["github"]))
    assert used == set(action["outputs"])
    hooks = {hook["id"] for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))}
    assert {hook["id"] for hook in yaml.safe_load(RECIPES["pre-commit"])["repos"][0]["hooks"]} <= hooks


def test_every_action_is_pinned_to_a_commit() -> None:
    files = [ROOT / "action.yml", ROOT / ".github/workflows/informe.yml", COMMON / "dot-github/workflows/informe.yml"]
    used = [line for text in (*(file.read_text("utf-8") for file in files), GUIDE) for line in text.split("\n")]
    used = [line.split("uses:")[1].strip() for line in used if "uses:" in line and "<dirección>" not in line]
    assert len(used) >= 8
    assert [one for one in used if not re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", one)] == []


def steps_of(path: Path) -> list[dict[str, Any]]:
    content = read(path)
    found: list[dict[str, Any]] = (
        content["runs"]["steps"] if "runs" in content else next(iter(content["jobs"].values()))["steps"]
    )
    return found


@pytest.mark.parametrize(
    "path", [ROOT / "action.yml", ROOT / ".github/workflows/informe.yml", COMMON / "dot-github/workflows/informe.yml"]
)
def test_what_the_steps_run_is_sound_shell_that_nobody_can_inject_into(path: Path) -> None:
    scripts = [step["run"] for step in steps_of(path) if "run" in step]
    assert scripts
    for script in scripts:
        assert "${{" not in script
        done = run(PROGRAMS / "shellcheck", "--shell=bash", "-", text=f"set -euo pipefail\n{script}")
        assert done.returncode == 0, done.stdout


def test_the_shell_of_the_whole_proof_is_sound() -> None:
    done = run(PROGRAMS / "shellcheck", ROOT / ".ci/run")
    assert done.returncode == 0, done.stdout
    assert run(PROGRAMS / "shellcheck", "--shell=bash", "-", text="cd $1\n").returncode == 1


IMAGES = [ROOT / "Dockerfile", COMMON / "dot-devcontainer/Dockerfile"]


@pytest.mark.parametrize("path", IMAGES, ids=lambda path: path.parent.name)
def test_the_images_are_sound(path: Path) -> None:
    done = run(PROGRAMS / "hadolint", path)
    assert done.returncode == 0, done.stdout
    assert run(PROGRAMS / "hadolint", "-", text="FROM debian\nRUN cd /x && sudo ls\n").returncode == 1


@pytest.mark.skipif(not shutil.which("awk"), reason="awk is what this looks at")
def test_the_image_installs_the_packages_of_the_list() -> None:
    script = re.search(r"sed 's/#\.\*//' /tmp/debian-packages\.txt \| awk '[^']*'", IMAGES[0].read_text("utf-8"))
    assert script is not None
    said = run("bash", "-c", script[0].replace("/tmp/", f"{ROOT}/")).stdout.split()
    assert said == list(read_packages((ROOT / "debian-packages.txt").read_text("utf-8")))


def test_the_containers_of_editors_name_images_that_are_there() -> None:
    for path in (ROOT / ".devcontainer/devcontainer.json", COMMON / "dot-devcontainer/devcontainer.json"):
        told = json.loads(path.read_text(encoding="utf-8"))
        image = path.parent / told["build"]["dockerfile"]
        assert re.search(rf"useradd .*{told['remoteUser']}\b", image.read_text("utf-8"))
        assert told["overrideCommand"]


class Installed:
    def __init__(self, told: str | None) -> None:
        self.told = told

    def read_text(self, name: str) -> str | None:
        assert name == "direct_url.json"
        return self.told


@pytest.mark.parametrize(
    ("told", "source"),
    [
        (None, f"imprenta=={__version__}"),
        ('{"url": "file:///casa/imprenta", "dir_info": {}}', f"imprenta=={__version__}"),
        (
            '{"url": "https://example.org/i.git", "vcs_info": {"vcs": "git", "commit_id": "abc"}}',
            "imprenta @ git+https://example.org/i.git@abc",
        ),
        ("roto", f"imprenta=={__version__}"),
    ],
)
def test_a_new_report_installs_the_imprenta_that_made_it(
    told: str | None, source: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report, "distribution", lambda name: Installed(told))
    assert report.name_source() == source
