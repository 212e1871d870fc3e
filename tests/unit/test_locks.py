"""A lock is had by one at a time, also while somebody takes its file, or its folder, away."""

from __future__ import annotations

import os
import shutil
import signal
from typing import TYPE_CHECKING, Any

import pytest

from imprenta import locks
from imprenta.problems import CannotContinue

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def refuse() -> None:
    raise AssertionError("nobody has to wait")


def first_time(patch: pytest.MonkeyPatch, owner: Any, name: str, act: Callable[..., object]) -> list[int]:
    """Let a function begin with something else the first time; return what counts its calls."""
    real, calls = getattr(owner, name), [0]

    def call(*arguments: Any, **options: Any) -> Any:
        calls[0] += 1
        if calls[0] == 1:
            act(*arguments)
        return real(*arguments, **options)

    patch.setattr(owner, name, call)
    return calls


def test_a_lock_whose_file_was_taken_away_before_it_was_had_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "build/lock"
    calls = first_time(monkeypatch, locks, "_take", lambda file: shutil.rmtree(path.parent))
    with locks.hold_lock(path, "build", refuse, refuse):
        assert calls == [2]
        assert locks.is_kept(path)
    assert not locks.is_kept(path)


def test_a_lock_that_went_while_another_had_it_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "build/lock"
    with locks.hold_lock(path, "build", refuse, refuse):
        calls = first_time(monkeypatch, locks, "_take", lambda file: path.unlink())
        with locks.hold_lock(path, "build", refuse, refuse):
            assert calls[0] == 2


def test_a_folder_that_goes_before_the_lock_is_made_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "build/lock"
    calls = first_time(monkeypatch, os, "open", lambda *rest: path.parent.rmdir())
    with locks.hold_lock(path, "build", refuse, refuse):
        assert calls[0] > 1


def test_who_waits_is_told_once_and_may_leave(tmp_path: Path) -> None:
    path, told, looks = tmp_path / "build/lock", [], []

    def look() -> None:
        looks.append(1)
        if len(looks) == 3:
            raise KeyboardInterrupt

    with locks.hold_lock(path, "build", refuse, refuse):
        with pytest.raises(KeyboardInterrupt), locks.hold_lock(path, "build", lambda: told.append(1), look):
            raise AssertionError("two have the lock")
        assert locks.is_kept(path)
    assert told == [1]


@pytest.mark.parametrize("make", [lambda path: path.mkdir(), lambda path: path.symlink_to(path.name)])
def test_what_cannot_be_a_lock_is_told(tmp_path: Path, make: Callable[[Path], object]) -> None:
    path = tmp_path / "build/lock"
    path.parent.mkdir()
    make(path)
    with pytest.raises(CannotContinue), locks.hold_lock(path, "build", refuse, refuse):
        pass
    with pytest.raises(CannotContinue):
        locks.keep_file(path, "build/lock", "a")


def test_a_copy_of_a_process_keeps_nobody_away(tmp_path: Path) -> None:
    """Whoever is killed leaves copies that go on for a moment: the next build does not wait for them."""
    said, saying = os.pipe()
    maker = os.fork()
    if maker == 0:
        try:
            with locks.hold_lock(tmp_path / "lock", "build", refuse, refuse):
                assert locks.keep_file(tmp_path / "watch", "watch", "x") is None
                if os.fork() == 0:
                    os.write(saying, b"%d" % os.getpid())
                    signal.pause()
                signal.pause()
        finally:
            os._exit(1)
    copy = int(os.read(said, 20))
    try:
        assert locks.is_kept(tmp_path / "lock")
        assert locks.is_kept(tmp_path / "watch")
        os.kill(maker, signal.SIGKILL)
        os.waitpid(maker, 0)
        os.kill(copy, 0)
        assert not locks.is_kept(tmp_path / "lock")
        assert not locks.is_kept(tmp_path / "watch")
    finally:
        os.kill(copy, signal.SIGKILL)
        os.close(said)
        os.close(saying)
