"""What processes that were killed left in `build/`: the next build takes it away, and nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from imprenta import writing
from imprenta.processes import PASSING
from imprenta.workspace import Workspace
from imprenta.writing import PASSED, SURELY_LEFT

if TYPE_CHECKING:
    import pytest


def test_a_build_removes_what_killed_ones_left(tmp_path: Path) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    long_ago = time.time() - 2 * SURELY_LEFT
    workspace = Workspace(tmp_path)
    left = [".informe.pdf.0a1b2c3d", "latex/.body.tex._x3k2l1m", f"up-to-date.txt.{gone.pid}", f"resident.{gone.pid}"]
    pipes = [f"latex/wait-range-{gone.pid}.tex", f"latex/espera-tramo-{gone.pid}.tex"]
    kept = ["informe.pdf", "latex/.hidden", "latex/body-12345678.tex", ".nuevo.pdf.0a1b2c3d", "latex/wait-range-x.tex"]
    kept += [f"up-to-date.txt.{os.getpid()}", f"latex/wait-range-{os.getpid()}.tex", "figures/a-0a1b2c3d.pdf"]
    for name in (*left, *kept):
        workspace.write(f"build/{name}", "x")
        if "nuevo" not in name:
            os.utime(tmp_path / "build" / name, (long_ago, long_ago))
    for name in pipes:
        os.mkfifo(tmp_path / "build" / name)
    links = ["fuera", "latex/enlace.txt", "latex/figures/enlace"]
    (tmp_path / "build/latex/figures").mkdir()
    for name in links:  # of a report that came with its `build/`
        (tmp_path / "build" / name).symlink_to(tmp_path)
    (tmp_path / ".suyo.pdf.0a1b2c3d").touch()
    os.utime(tmp_path / ".suyo.pdf.0a1b2c3d", (long_ago, long_ago))
    with workspace.alone(lambda: None):
        pass
    assert [name for name in (*left, *pipes, *links) if os.path.lexists(tmp_path / "build" / name)] == []
    assert [name for name in kept if not (tmp_path / "build" / name).exists()] == []
    assert (tmp_path / ".suyo.pdf.0a1b2c3d").exists()


def test_a_build_removes_what_programs_left_that_were_killed(tmp_path: Path) -> None:
    """Of a process that is there still, what no program can need any more: one of its programs was killed."""
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    outside = tmp_path / "suyo"
    outside.mkdir()
    (outside / "viejo").touch()
    place = tmp_path / "informe/build/tmp"
    for name in (f"{gone.pid}/biber_tmp_x", f"{os.getpid()}/biber_tmp_old", f"{os.getpid()}/biber_tmp_new"):
        (place / name).mkdir(parents=True)
        (place / name / "biber.bcf").touch()
    (place / "1").symlink_to(outside)  # a process that is always there, of a report that came with its `build/`
    long_ago = time.time() - 2 * PASSED
    for path in (outside / "viejo", outside, place / f"{os.getpid()}/biber_tmp_old"):
        os.utime(path, (long_ago, long_ago))
    with Workspace(tmp_path / "informe").alone(lambda: None):
        pass
    assert [path.name for path in place.rglob("*")] == [str(os.getpid()), "biber_tmp_new", "biber.bcf"]
    assert (outside / "viejo").exists()


def test_the_disk_is_asked_for_a_file_and_its_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    monkeypatch.setattr(os, "fsync", lambda file: asked.append(os.fstat(file).st_ino))
    workspace = Workspace(tmp_path)
    workspace.write("build/informe.pdf", "x")
    assert asked == []  # nobody waits for it
    workspace.settle("build/informe.pdf")
    assert asked == [(tmp_path / name).stat().st_ino for name in ("build/informe.pdf", "build")]
    workspace.settle("build/no-hay/x.pdf")
    assert len(asked) == 2


def test_what_is_written_is_for_whom_the_umask_lets(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        Workspace(tmp_path).write("build/suyo", "x")
    finally:
        os.umask(before)
    assert (tmp_path / "build/suyo").stat().st_mode & 0o777 == 0o600
    Workspace(tmp_path).write("build/clave", "x", mode=0o600)
    assert (tmp_path / "build/clave").stat().st_mode & 0o777 == 0o600
    assert sorted(path.name for path in (tmp_path / "build").iterdir()) == ["CACHEDIR.TAG", "clave", "suyo"]


def test_what_a_program_begins_while_all_is_removed_goes_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace = Workspace(tmp_path)
    workspace.write("build/latex/informe.tex", "x")
    remove, begun = writing.remove_path, tmp_path / "build" / PASSING / str(os.getpid())

    def begin_and_remove(path: Path) -> bool:
        if path.name == "latex":
            begun.mkdir(parents=True)
        return remove(path)

    monkeypatch.setattr(writing, "remove_path", begin_and_remove)
    assert workspace.clean(lambda: None)
    assert not (tmp_path / "build").exists()
