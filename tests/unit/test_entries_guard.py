"""What was put together of entries is held against what biber writes of the whole, when nobody waits."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path
from typing import Any

import pytest

from imprenta.typeset.checkpoints.build_state import RECORD
from imprenta.typeset.engine.engine import FOLDER
from imprenta.typeset.engine.pool import EnginePool
from imprenta.typeset.references import entries as module
from imprenta.typeset.references import guard as guards
from imprenta.typeset.references.entries import UNPROVED, refute_entries
from imprenta.typeset.references.entry_cache import EntryCache, Kept
from imprenta.typeset.references.guard import PLACE, EntriesGuard
from imprenta.workspace import Cancelled, Finished, Workspace, content_hash

MADE = b"\\entry{uno}"


class Shared(dict[str, bytes]):
    def put(self, key: str, data: bytes) -> None:
        self[key] = data


@pytest.fixture(autouse=True)
def shared(monkeypatch: pytest.MonkeyPatch) -> Shared:
    monkeypatch.setattr(guards, "PATIENCE", 0.0)
    shared = Shared()
    monkeypatch.setattr(module, "SHARED", shared)
    return shared


def lay(folder: Path) -> Workspace:
    """Lay what a build leaves that put its .bbl together."""
    workspace = Workspace(folder)
    workspace.write(f"{FOLDER}/entries.bbl", MADE)
    workspace.write(f"{FOLDER}/entries{UNPROVED}", content_hash(MADE))
    workspace.write(f"{FOLDER}/entries.bcf", "control")
    workspace.write(f"{FOLDER}/references.bib", "@misc{uno,}")
    workspace.keep_signed(f"{FOLDER}/entries.cache", EntryCache("x", components={"a": Kept({})}).dumps().encode())
    workspace.write(RECORD, "{}")
    return workspace


def guard_of(workspace: Workspace, written: bytes, status: int = 0, then: Any = lambda: None) -> EntriesGuard:
    """Return a guard whose biber writes this."""
    guard = EntriesGuard(workspace, EnginePool(workspace))

    def run(command: list[str], *, folder: str, **_: Any) -> Finished:
        assert command[:1] == ["nice"]
        assert "--noconf" in command
        assert workspace.read(f"{folder}/entries.bcf") == b"control"
        assert workspace.read(f"{folder}/references.bib") == b"@misc{uno,}"
        workspace.write(f"{folder}/entries.bbl", written)
        then()
        return Finished(status, b"", b"")

    guard._workspace.run = run  # type: ignore[method-assign, assignment]
    return guard


def test_what_biber_writes_too_is_proved(tmp_path: Path) -> None:
    workspace = lay(tmp_path)
    guard = guard_of(workspace, MADE)
    guard.begin()
    guard.wait()
    assert not workspace.is_file(f"{FOLDER}/entries{UNPROVED}")
    assert workspace.is_file(RECORD)
    workspace.remove(f"{PLACE}/entries.bbl")
    guard.begin()  # there is nothing more to prove
    guard.wait()
    assert not workspace.is_file(f"{PLACE}/entries.bbl")


def test_no_engine_waits_while_biber_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace = lay(tmp_path)
    told: list[str] = []
    guard = guard_of(workspace, MADE, then=lambda: told.append("biber"))
    monkeypatch.setattr(guard._pool, "close", lambda: told.append("close"))
    monkeypatch.setattr(guard._pool, "wait_again", lambda: told.append("wait again"))
    guard.begin()
    guard.wait()
    assert told == ["close", "biber", "wait again"]


def test_what_biber_writes_otherwise_is_dropped_for_good(tmp_path: Path, shared: Shared) -> None:
    workspace = lay(tmp_path)
    guard = guard_of(workspace, b"\\entry{dos}")
    guard.begin()
    guard.wait()
    for name in (RECORD, f"{FOLDER}/entries.bbl", f"{FOLDER}/entries{UNPROVED}"):
        assert not workspace.is_file(name)
    kept = (workspace.read_signed(f"{FOLDER}/entries.cache") or b"").decode()
    assert EntryCache.loads(kept, "x") == EntryCache("x", refuted=True)
    assert EntryCache.loads(shared["x"].decode(), "x").refuted
    empty = EntryCache("x")
    empty.add(EntryCache("x", refuted=True), [])
    assert empty.write([], [], lambda *_: pytest.fail("biber writes the whole")) is None


@pytest.mark.parametrize(("written", "status"), [(b"\\entry{dos}", 2), (b"", 0)])
def test_a_biber_that_fails_proves_nothing(tmp_path: Path, written: bytes, status: int) -> None:
    workspace = lay(tmp_path)
    guard = guard_of(workspace, written, status)
    guard.begin()
    guard.wait()
    assert workspace.is_file(RECORD)
    assert workspace.is_file(f"{FOLDER}/entries{UNPROVED}")


def test_what_was_made_meanwhile_is_not_judged(tmp_path: Path) -> None:
    workspace = lay(tmp_path)
    guard = guard_of(workspace, b"\\entry{dos}", then=lambda: workspace.write(f"{FOLDER}/entries.bbl", "newer"))
    guard.begin()
    guard.wait()
    assert workspace.read(f"{FOLDER}/entries.bbl") == b"newer"
    assert workspace.is_file(RECORD)


@pytest.mark.parametrize("name", ["entries.bbl", f"entries{UNPROVED}"])
def test_without_anything_to_prove_nothing_runs(tmp_path: Path, name: str) -> None:
    workspace = lay(tmp_path)
    workspace.write(f"{FOLDER}/{name}", "other")
    guard = guard_of(workspace, b"", then=lambda: pytest.fail("it ran"))
    guard.begin()
    assert guard._thread is None


def test_a_build_that_begins_ends_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace = lay(tmp_path)
    begun = threading.Event()
    guard = EntriesGuard(workspace, EnginePool(workspace))

    def run(*_: Any, **__: Any) -> Finished:
        begun.set()
        while True:
            guard._workspace.check_cancelled()

    guard._workspace.run = run  # type: ignore[method-assign]
    guard.begin()
    assert begun.wait(60)
    guard.stop()
    assert guard._thread is None
    assert workspace.is_file(f"{FOLDER}/entries{UNPROVED}")
    with pytest.raises(Cancelled):
        guard._workspace.check_cancelled()
    monkeypatch.setattr(guards, "PATIENCE", 60.0)
    begun.clear()
    guard.begin()
    assert not begun.wait(0.3)
    guard.stop()  # returns at once
    guard.stop()


def test_a_cache_that_cannot_be_read_is_refuted_all_the_same(tmp_path: Path) -> None:
    workspace = lay(tmp_path)
    workspace.remove(f"{FOLDER}/entries.cache")
    refute_entries(workspace)
    assert not workspace.is_file(RECORD)


@pytest.mark.parametrize("when", ["before", "meanwhile"])
def test_a_folder_that_was_cleaned_away_stays_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, when: str) -> None:
    workspace = lay(tmp_path)

    def clean() -> None:
        shutil.rmtree(tmp_path / "build")

    guard = guard_of(workspace, MADE, then=clean if when == "meanwhile" else lambda: None)
    monkeypatch.setattr(guard._pool, "wait_again", lambda: workspace.write(f"{FOLDER}/ahead.labels", ""))
    if when == "before":
        monkeypatch.setattr(guards, "PATIENCE", 0.3)
    guard.begin()
    if when == "before":
        clean()
    guard.wait()
    assert not (tmp_path / "build").exists()
