"""The reports that many tests look at, and the package as it is installed."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import facts_report
import pytest
from complete_report import DRAFT, ENGLISH, lay_complete
from installing import install, make_wheel

if TYPE_CHECKING:
    from collections.abc import Callable

SAMPLE = Path(__file__).parent / "sample"


@pytest.fixture(scope="session")
def sample(build_once: Callable[..., Path]) -> Path:
    """The small report, built."""
    return build_once("muestra", lambda folder: shutil.copytree(SAMPLE, folder, dirs_exist_ok=True))


@pytest.fixture(scope="session")
def complete(build_once: Callable[..., Path]) -> Path:
    """The report with every construct, built: `tests/cases/completo` must give every field of every model."""
    return build_once("completo", facts_report.lay_report)


@pytest.fixture(scope="session")
def english(build_once: Callable[..., Path]) -> Path:
    """The complete report in English, on other paper and in other type, built."""
    return build_once("completo-en", lambda folder: lay_complete(folder, ENGLISH))


@pytest.fixture(scope="session")
def draft(build_once: Callable[..., Path]) -> Path:
    """A draft of the complete report, built."""
    return build_once("completo-borrador", lambda folder: lay_complete(folder, DRAFT))


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_wheel(tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="session")
def command(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command of an installed Imprenta."""
    return install(wheel, tmp_path_factory.mktemp("environment"))
