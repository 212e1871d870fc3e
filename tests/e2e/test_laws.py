"""The sound report that cases are laid over is built and says what was typed; the laws are asserted for it."""

from __future__ import annotations

from pathlib import Path

import pytest
from laws import build_text, lay_case


@pytest.mark.tex
def test_the_ground_of_the_cases_is_sound(tmp_path: Path) -> None:
    assert "Hola [1]" in build_text(lay_case("", tmp_path))
