"""A resident session -> builds of one report, whatever its author saves in between."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imprenta.pipeline import Session
from imprenta.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path


def test_a_build_that_cannot_read_the_paper_leaves_a_session_ready(tmp_path: Path) -> None:
    (tmp_path / "paper").mkdir()
    (tmp_path / "paper" / "informe.yaml").write_text("titulo: [sin cerrar\n", encoding="utf-8")
    session = Session(Workspace(tmp_path))
    try:
        outcome = session.build()
        assert not outcome.built
        session.get_ready()
    finally:
        session.close()
