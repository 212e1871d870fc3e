"""Faults planted one at a time, most in this project's report: each is told at its line, never in a generated file.

With `-s`, the table of all faults is printed.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from mutations import BUILT, BUILT_WHOLE, CHECKED, Fault, plant
from reading import ROOT

from imprenta.cache import Cache
from imprenta.pipeline import build_report, examine_report
from imprenta.problems import Problem
from imprenta.workspace import Workspace

SEED = 20261125
Finder = Callable[[Workspace], Iterable[Problem]]


def copy_report(source: Path, folder: Path, *more: str) -> Path:
    """Copy a report, and templates that faults can be planted in."""
    measured = [name for name in ("experimentos",) if (source / name).is_dir()]
    for name in ("paper", "figures", *measured, *more):
        shutil.copytree(source / name, folder / name)
    shutil.copytree(ROOT / "templates", folder / "templates")
    shutil.copy(source / "references.bib", folder)
    return folder


def tell(project: Path, fault: Fault, find: Finder) -> str:
    """Plant a fault and take it away; return where it was told if that is not its place, else nothing."""
    path = project / fault.path
    before = path.read_bytes()
    path.write_text(fault.text, encoding="utf-8")
    try:
        problems = [*find(Workspace(project))]
    finally:
        path.write_bytes(before)
    here = [problem for problem in problems if (problem.place.path, problem.place.line) == (fault.path, fault.line)]
    told = next((problem for problem in here if problem.code in fault.kind.codes), None)
    row = f"| {fault.kind.name} | {fault.path}:{fault.line} |"
    print(row, f"{told.code} |" if told is not None else "FALTA |")  # noqa: T201 - the table, for who asks with -s
    found = [f"{problem.place.path}:{problem.place.line} [{problem.code}]" for problem in problems]
    return "" if told is not None else f"{row} {'; '.join(found[:4]) or 'nada'}"


def build(workspace: Workspace) -> Iterable[Problem]:
    return build_report(workspace).problems


@pytest.mark.parametrize("once", [True, pytest.param(False, marks=pytest.mark.proof)])
def test_every_fault_that_check_finds_is_told_at_its_line(once: bool, tmp_path: Path) -> None:
    project = copy_report(ROOT, tmp_path)
    assert examine_report(Workspace(project)).problems == ()
    faults = list(plant(project, CHECKED, SEED))
    assert len(faults) >= 90
    if once:
        faults = list({fault.kind.name: fault for fault in faults}.values())
    assert {fault.kind.name for fault in faults} == {kind.name for kind in CHECKED}
    cache = Cache()  # as in a process that stays: only the file with the fault is read anew
    wrong = [
        tell(project, fault, lambda workspace: examine_report(workspace, cache=cache).problems) for fault in faults
    ]
    assert [told for told in wrong if told] == []


@pytest.mark.tex
@pytest.mark.proof
def test_every_fault_that_a_build_finds_is_told_at_its_line(tmp_path: Path) -> None:
    project = copy_report(Path(__file__).parent / "sample", tmp_path)
    assert build_report(Workspace(project)).built
    faults = list(plant(project, BUILT, SEED))
    assert {fault.kind.name for fault in faults} == {kind.name for kind in BUILT}
    assert [told for fault in faults if (told := tell(project, fault, build))] == []


@pytest.mark.tex
@pytest.mark.proof
def test_the_whole_report_tells_them_too(own_report: Path, tmp_path: Path) -> None:
    project = copy_report(own_report, tmp_path, "build")
    faults = list(plant(project, BUILT_WHOLE, SEED))
    assert len(faults) == len(BUILT_WHOLE)
    assert [told for fault in faults if (told := tell(project, fault, build))] == []


pytestmark = pytest.mark.timeout(600)
