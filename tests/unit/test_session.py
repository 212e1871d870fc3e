"""A resident session -> builds of one report, whatever its author saves in between."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imprenta.pipeline import Session
from imprenta.typeset.engine.pool import EnginePool
from imprenta.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_no_engine_waits_after_a_build_that_could_not_read_the_paper(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepared: list[str] = []
    monkeypatch.setattr(EnginePool, "prepare", lambda self, preamble, date: prepared.append(preamble))
    (tmp_path / "paper").mkdir()
    (tmp_path / "paper" / "informe.yaml").write_text("titulo: [sin cerrar\n", encoding="utf-8")
    session = Session(Workspace(tmp_path))
    try:
        outcome = session.build()
        assert not outcome.built
        session.get_ready()
        assert prepared == []
    finally:
        session.close()
