"""The installed package, as its users have it: the command `imprenta`, in an environment that holds the wheel alone."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from conftest import SAMPLE
from installing import VARIABLES, run
from laws import build
from reading import ROOT, run_here

from imprenta.scaffold import KINDS


def test_the_wheel_holds_the_engine_and_no_report(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    inside = {name.split("/")[0] for name in names}
    assert inside == {"imprenta", next(name for name in inside if name.endswith(".dist-info"))}
    needed = {
        "debian-packages.txt",
        "preview/page/index.html",
        "typeset/checkpoints/checkpoint.tex",
        "typeset/tags/marks.tex",
    }
    needed |= {f"templates/{path.name}" for path in (ROOT / "templates").iterdir()}
    assert {f"imprenta/{name}" for name in needed} <= names


def test_it_is_called_imprenta_in_every_help(command: Path) -> None:
    orders = re.findall(r"(?m)^    (\w+) ", run(command, "--help").stdout)
    assert {"build", "check", "explain", "new", "system"} <= set(orders)
    program = str(command.with_name("python"))
    helps = f"""
from contextlib import suppress
from imprenta import cli
for order in {orders}:
    print(end="\\0")
    with suppress(SystemExit):
        cli.main([order, "--help"])
"""
    said = run(program, "-c", helps, folder=command.parent).stdout.split("\0")[1:]
    assert len(said) == len(orders)
    for text in said:
        assert text.startswith("uso: imprenta ")
        assert "build.py" not in text


def test_it_acts_on_no_report_where_there_is_none(command: Path, tmp_path: Path) -> None:
    done = subprocess.run([command, "clean"], cwd=tmp_path, env=VARIABLES, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "no hay «paper/informe.yaml»" in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.tex
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "informe"])
def test_a_new_report_of_each_kind_is_built_from_the_checkout(kind: str, tmp_path: Path) -> None:
    assert run_here("new", str(tmp_path / "informe"), "--kind", kind).returncode == 0
    run = build(tmp_path / "informe", "--strict")
    assert (run.status, run.problems) == (0, ())


@pytest.mark.proof  # `test_first_minutes` does so with the first of them
@pytest.mark.tex
@pytest.mark.parametrize("kind", KINDS)
def test_a_new_report_builds_and_is_sound_from_the_wheel_alone(command: Path, kind: str, tmp_path: Path) -> None:
    run(
        command,
        "new",
        "informe",
        "--kind",
        kind,
        "--title",
        "Uno: «dos» y tres",
        "--author",
        "Ana Díaz",
        folder=tmp_path,
    )
    report = tmp_path / "informe"
    assert "\nbuild/informe.pdf: " in run(command, folder=report).stdout
    assert run(command, "check", "--strict", folder=report).stdout.endswith("sin problemas\n")
    run(command, "--strict", folder=report)


@pytest.mark.tex
def test_it_builds_to_the_same_bytes_and_notices_its_own_change(command: Path, sample: Path, tmp_path: Path) -> None:
    report = tmp_path / "informe"
    shutil.copytree(SAMPLE, report)
    assert "\nbuild/informe.pdf: " in run(command, folder=report).stdout
    assert (report / "build/informe.pdf").read_bytes() == (sample / "build/informe.pdf").read_bytes()
    assert "sin cambios" in run(command, folder=report).stdout
    (template,) = command.parents[1].glob("lib/python*/site-packages/imprenta/templates/portada.tex.j2")
    text = template.read_text(encoding="utf-8")
    template.write_text(text + "% otra\n", encoding="utf-8")
    assert "sin cambios" not in run(command, folder=report).stdout
    assert "sin cambios" in run(command, folder=report).stdout
    (template.parents[2] / "otra-1.0.dist-info").mkdir()
    assert "sin cambios" not in run(command, folder=report).stdout
    template.write_text(text, encoding="utf-8")
