"""A resident session -> builds of one report, whatever its author saves in between."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

from imprenta.pipeline import Session
from imprenta.pipeline.build import Build
from imprenta.typeset.engine.pool import EnginePool
from imprenta.workspace import PDF_PATH, Workspace

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


def test_the_pdf_of_a_watch_gets_its_tags_at_its_end_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []

    def tag(*given: object) -> bytes:
        asked.append(given[2])
        return b"tagged"

    monkeypatch.setattr("imprenta.pipeline.session.tag_report", tag)
    session = Session(Workspace(tmp_path))
    build = Build(session.workspace, session.cache, print, lambda pages: None, strict=False, pool=session.pool)
    build.loaded, build.untagged = SimpleNamespace(paper=None), b"plain"  # type: ignore[assignment]
    session._last = build
    session.finish_pdf()
    session.close()
    assert asked == [b"plain"]
    assert session.workspace.read(PDF_PATH) == b"tagged"
