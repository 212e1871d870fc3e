"""Which engines wait."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from imprenta.typeset.engine import pool as module
from imprenta.typeset.engine.job import Job
from imprenta.typeset.engine.pool import AHEAD, FIRST_PAINT, RANGE, EnginePool, WarmEngine
from imprenta.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(("spare", "waiting"), [(True, {AHEAD, RANGE}), (False, {AHEAD})])
def test_an_engine_for_any_range_waits_unless_it_is_spared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, spare: bool, waiting: set[str]
) -> None:
    begun: set[str] = set()
    monkeypatch.setattr(WarmEngine, "begin", lambda self, *_: begun.add(self.name))
    monkeypatch.setattr(module, "find_format", lambda *_: True)
    pool = EnginePool(Workspace(tmp_path), spare=spare)
    pool.prepare("preámbulo", "2025")
    assert begun == waiting - {AHEAD}
    finished: Any = object()
    monkeypatch.setattr(module, "_set_now", lambda *_: finished)
    engine = module.Engine(pool.workspace, "2025", print)
    assert pool.set(engine, "preámbulo", Job("uno", {}, certain=2)) == (finished, RANGE)
    pool.go_ahead()
    assert begun == waiting
    pool.close()
    begun.clear()
    pool.wait_again()
    assert begun == waiting, "as before"


def test_an_engine_that_waits_for_another_place_gives_its_memory_back_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pool = EnginePool(Workspace(tmp_path), spare=False)
    closed: list[str] = []
    monkeypatch.setattr(WarmEngine, "suits", lambda *_: False)
    monkeypatch.setattr(WarmEngine, "close", lambda self: closed.append(self.name))
    engine = module.Engine(pool.workspace, "2025", print)
    assert pool.look(engine, "preámbulo", Job("uno", {}, certain=2), lambda: None) is None
    assert closed == [FIRST_PAINT]
