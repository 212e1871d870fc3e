"""The reports that many tests look at, each built once by whichever of pytest's workers asks first."""

from __future__ import annotations

import fcntl
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from installing import install, make_wheel
from reading import ROOT, run_build

if TYPE_CHECKING:
    from collections.abc import Callable

SAMPLE = Path(__file__).parent / "sample"


@pytest.fixture(scope="session")
def build_once(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Return a function that lays a report into a folder of this name and builds it, if nobody did in this run.

    What it returns is for all: who changes something takes a copy.
    """
    base = tmp_path_factory.getbasetemp()
    base = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base

    def build(name: str, lay: Callable[[Path], object], *options: str) -> Path:
        folder, done = base / f"construido-{name}", base / f"construido-{name}.hecho"
        with (base / f"construido-{name}.candado").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not done.exists():
                shutil.rmtree(folder, ignore_errors=True)
                folder.mkdir()
                lay(folder)
                finished = run_build("build", *options, project=folder)
                assert finished.returncode == 0, finished.stdout + finished.stderr
                done.touch()
        return folder

    return build


@pytest.fixture(scope="session")
def sample(build_once: Callable[..., Path]) -> Path:
    """The small report, built."""
    return build_once("muestra", lambda folder: shutil.copytree(SAMPLE, folder, dirs_exist_ok=True))


@pytest.fixture(scope="session")
def own_report(build_once: Callable[..., Path]) -> Path:
    """A copy of the report of this project, built without a warning."""

    def lay(folder: Path) -> None:
        for name in ("paper", "figures"):
            shutil.copytree(ROOT / name, folder / name)
        shutil.copy(ROOT / "references.bib", folder)

    return build_once("informe", lay, "--strict")


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_wheel(tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="session")
def command(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command of an installed Imprenta."""
    return install(wheel, tmp_path_factory.mktemp("environment"))
