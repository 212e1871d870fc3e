"""A build, or a watch, ended by whatever signal -> no process of it is left, and the next build tidies the rest."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from reading import ROOT, run_build

from imprenta.writing import OWNED

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = [pytest.mark.tex, pytest.mark.skipif(not Path("/proc/self/cwd").exists(), reason="asks Linux")]
PATIENCE = 100.0
"""Seconds until what must come has come."""


def processes_in(folder: Path) -> list[str]:
    """Return the command lines of the processes that stand in a folder or below it."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            place, words = os.readlink(process / "cwd"), (process / "cmdline").read_bytes()
        except OSError:  # it ended
            continue
        if f"{place}/".startswith(f"{folder}/") and words:
            found.append(words.replace(b"\0", b" ").decode())
    return found


def wait_until(condition: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


def is_left(path: Path) -> bool:
    """Tell whether a file is one process's own, or made for a moment; half a file is left to be tidied for a minute."""
    return OWNED.fullmatch(path.name) is not None or path.is_fifo() or path.name.startswith("biber_tmp")


@pytest.mark.timeout(600)
@pytest.mark.parametrize("order", ["build", pytest.param("watch", marks=pytest.mark.proof)])
@pytest.mark.parametrize(
    "number",
    [
        signal.SIGKILL,
        pytest.param(signal.SIGHUP, marks=pytest.mark.proof),
        pytest.param(signal.SIGTERM, marks=pytest.mark.proof),
    ],
)
def test_what_is_ended_leaves_nothing(
    order: str, number: signal.Signals, sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IMPRENTA_RESIDENTE", "no")
    report = tmp_path / "informe"
    shutil.copytree(sample, report, ignore=shutil.ignore_patterns("build"))
    passing = tmp_path / "paso"
    passing.mkdir()
    environment = {**os.environ, "TMPDIR": str(passing)}
    command = [sys.executable, str(ROOT / "build.py"), order, "--project", str(report)]
    ours = subprocess.Popen(
        command, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        wait_until(lambda: any("pdflatex" in words for words in processes_in(report)))
        ours.send_signal(number)
        ours.wait(PATIENCE)
    finally:
        ours.kill()
        ours.wait()
    wait_until(lambda: not processes_in(report))
    assert list(passing.iterdir()) == []
    finished = run_build("build", project=report)
    assert finished.returncode == 0, finished.stdout + finished.stderr
    assert [path for path in (report / "build").rglob("*") if is_left(path)] == []
    assert (report / "build/informe.pdf").read_bytes() == (sample / "build/informe.pdf").read_bytes()
