"""What all tests share, and the reports that many look at, each built once by whichever worker asks first."""

from __future__ import annotations

import fcntl
import gc
import os
import shutil
import signal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[1]

# The time of one example says nothing on a shared machine; `timeout` in pyproject.toml stops what hangs. `make test`
# tries the same examples each time: whoever runs it must not be told of a counter-example that their change did not
# bring. `make proof` looks for new ones, but not where nobody would look at them at once (CI).
settings.register_profile("test", deadline=None, derandomize=True, max_examples=100)
settings.register_profile("proof", deadline=None, derandomize=bool(os.environ.get("CI")), max_examples=1000)
settings.load_profile("test")

# A shell that starts pytest in the background lets it ignore Ctrl-C, and so would the programs that are to be ended by
# it here (`watch`).
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


# Thousands of tests are so many objects that looking for garbage among them is a quarter of what each worker's start
# takes; there is none, and later nobody looks among them any more.
gc.disable()


def pytest_collection_finish() -> None:
    """Look for garbage again, but only among what tests make."""
    gc.freeze()
    gc.enable()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Return one worker more than processors: some tests wait for a browser or an editor."""
    return len(os.sched_getaffinity(0)) + 1


@pytest.fixture(scope="session")
def build_once(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Return a function that lays a report into a folder of this name and builds it, if nobody did in this run.

    What it returns is for all: who changes something takes a copy.
    """
    from reading import run_build

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
def own_report(build_once: Callable[..., Path]) -> Path:
    """A copy of the report of this project, built without a warning."""

    def lay(folder: Path) -> None:
        for name in ("paper", "figures", "experimentos"):
            shutil.copytree(ROOT / name, folder / name)
        shutil.copy(ROOT / "references.bib", folder)

    return build_once("informe", lay, "--strict")


@pytest.fixture(scope="session")
def build_example(build_once: Callable[..., Path]) -> Callable[[str], Path]:
    """Return a function that builds a copy of an example, without a warning."""

    def build(name: str) -> Path:
        def lay(folder: Path) -> None:
            ignored = shutil.ignore_patterns("build")
            shutil.copytree(ROOT / "examples" / name, folder, ignore=ignored, dirs_exist_ok=True)

        return build_once(f"ejemplo-{name}", lay, "--strict")

    return build
