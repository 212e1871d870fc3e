"""Systems that are not Debian on Linux, as far as they can be told without having one; and systems that change."""

from __future__ import annotations

import os
import resource
import shutil
import sys
from pathlib import Path

import pytest

from imprenta.pipeline import drawings
from imprenta.pipeline.loading import load_report
from imprenta.reading import list_packages
from imprenta.resident.leaving import leave_behind
from imprenta.workspace import Workspace

SAMPLE = Path(__file__).resolve().parents[1] / "e2e/sample"


def test_programs_run_where_no_process_can_limit_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(resource, "prlimit")
    assert Workspace(tmp_path).run(["echo", "hola"]).output == b"hola\n"


def test_no_copy_of_a_process_is_made_where_that_may_end_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a Mac, all is done one after the other in one process."""
    monkeypatch.setattr(sys, "platform", "darwin")
    workspace = Workspace(tmp_path)
    assert workspace.start_worker(os.getpid)() == os.getpid()
    assert workspace.run_worker(os.getpid) == os.getpid()
    held = workspace.hold_worker(lambda: None, lambda given: (given, os.getpid()))
    held.give(7)
    assert held.wait() == (7, os.getpid())
    other = workspace.hold_worker(lambda: None, lambda given: given)
    other.give_way()
    other.end()
    assert not leave_behind()


def test_another_version_of_what_draws_draws_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(SAMPLE, tmp_path, dirs_exist_ok=True)
    workspace = Workspace(tmp_path)
    loaded = load_report(workspace)
    assert loaded.paper is not None

    assert {name.rpartition("-")[0] for name in list_packages()} >= drawings.DRAWING_PACKAGES

    def names() -> set[str]:
        orders = drawings.order_drawings(workspace, loaded, loaded.paper)  # type: ignore[arg-type]
        return {order.path for order in orders.values() if order is not None}

    first = names()
    assert len(first) == 2
    assert names() == first
    monkeypatch.setattr(drawings, "list_packages", lambda: ("matplotlib-99",))
    assert names().isdisjoint(first)
    monkeypatch.setattr(drawings, "list_packages", lambda: (*list_packages(), "otra-1.0"))
    assert names() == first
    monkeypatch.undo()
    (tmp_path / "dot").write_text("#!/bin/sh\n")
    (tmp_path / "dot").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    assert names().isdisjoint(first)
