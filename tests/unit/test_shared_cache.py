"""What is kept for all reports of a user: found again, never believed when it is not whole, bounded."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from imprenta import shared_cache
from imprenta.shared_cache import STALE, SharedCache, cache_folder
from imprenta.writing import remove_leftovers


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("IMPRENTA_CACHE", str(tmp_path))
    monkeypatch.setattr(shared_cache, "keeps_secret", lambda: True)
    return tmp_path / "things"


def _cache(most: int = 3, room: int = 1000) -> SharedCache:
    return SharedCache("things", most=most, room=room)


def test_what_was_put_is_found_and_nothing_else() -> None:
    _cache().put("a1", b"data")
    assert _cache().get("a1") == b"data"
    assert _cache().get("a2") is None
    assert SharedCache("others", most=3, room=1000).get("a1") is None


@pytest.mark.parametrize(
    "spoil", [lambda data: data[:-1], lambda data: data[:10], lambda data: b"", lambda data: data[:-1] + b"!"]
)
def test_what_is_not_whole_is_not_believed_and_goes(folder: Path, spoil: object) -> None:
    _cache().put("a1", b"data")
    (folder / "a1").write_bytes(spoil((folder / "a1").read_bytes()))  # type: ignore[operator]
    assert _cache().get("a1") is None
    assert not (folder / "a1").exists()


def test_what_was_used_longest_ago_makes_room(folder: Path) -> None:
    cache = _cache(most=2)
    for age, key in ((30, "a"), (20, "b")):
        cache.put(key, b"x")
        os.utime(folder / key, (time.time() - age,) * 2)
    assert cache.get("a") == b"x"  # from now on «b» is the one
    cache.put("c", b"x")
    assert sorted(path.name for path in folder.iterdir()) == ["a", "c"]


def test_no_more_room_is_taken_than_there_is(folder: Path) -> None:
    cache = _cache(most=9, room=500)
    for age, key in ((30, "a"), (20, "b"), (10, "c")):
        cache.put(key, bytes(150))
        os.utime(folder / key, (time.time() - age,) * 2)
    cache.put("d", b"x")
    assert sorted(path.name for path in folder.iterdir()) == ["b", "c", "d"]
    cache.put("e", bytes(600))
    assert list(folder.iterdir()) == []  # it alone is too much


def test_the_leavings_of_killed_processes_go_when_they_are_old(folder: Path) -> None:
    cache = _cache()
    cache.put("a", b"x")
    (folder / ".old").write_bytes(b"half")
    (folder / ".new").write_bytes(b"half")
    os.utime(folder / ".old", (time.time() - STALE - 5,) * 2)
    cache.put("b", b"x")
    assert sorted(path.name for path in folder.iterdir()) == [".new", "a", "b"]


def test_a_file_is_shared_not_copied(tmp_path: Path) -> None:
    (tmp_path / "one").write_bytes(b"long")
    _cache().put_file("a", tmp_path / "one", b"told")
    (tmp_path / "two").write_bytes(b"another that goes")
    assert _cache().get_file("a", tmp_path / "two") == b"told"
    assert (tmp_path / "two").read_bytes() == b"long"
    assert (tmp_path / "two").samefile(tmp_path / "one")
    assert (tmp_path / "two").stat().st_mode & 0o777 == 0o444, "no report's LaTeX writes into what others read"
    assert _cache().get_file("b", tmp_path / "two") is None
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one", "things", "two"]


def test_where_a_file_cannot_have_two_names_it_is_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "link", refuse)
    (tmp_path / "one").write_bytes(b"long")
    _cache().put_file("a", tmp_path / "one", b"")
    assert _cache().get_file("a", tmp_path / "two") == b""
    assert (tmp_path / "two").read_bytes() == b"long"
    assert not (tmp_path / "two").samefile(tmp_path / "one")
    assert (tmp_path / "two").stat().st_mode & 0o777 == 0o444


def test_what_is_killed_in_between_leaves_what_is_tidied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "one").write_bytes(b"long")
    _cache().put_file("a", tmp_path / "one", b"")
    report = tmp_path / "report"
    report.mkdir()
    for name in ("replace", "unlink"):  # as if nothing came after the link
        monkeypatch.setattr(os, name, lambda *_: None)
    monkeypatch.setattr(Path, "unlink", lambda *_, **__: None)
    _cache().get_file("a", report / "two")
    monkeypatch.undo()
    (left,) = report.iterdir()
    os.utime(left, (0, 0))
    remove_leftovers(report)
    assert not list(report.iterdir())


def test_a_file_that_somebody_wrote_into_is_not_believed(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "one").write_bytes(b"long")
    _cache().put_file("a", tmp_path / "one", b"told")
    (tmp_path / "one").chmod(0o644)
    (tmp_path / "one").write_bytes(b"lang")
    assert _cache().get_file("a", tmp_path / "two") is None
    assert not (tmp_path / "two").exists()
    assert not (folder / "a").exists()


def test_without_a_folder_nothing_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for said in ("no", str(tmp_path / "file" / "below")):
        (tmp_path / "file").write_bytes(b"")
        monkeypatch.setenv("IMPRENTA_CACHE", said)
        assert cache_folder("things") is None
        _cache().put("a", b"x")
        assert _cache().get("a") is None


def test_the_environments_folder_is_the_one_that_is_not_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("IMPRENTA_CACHE")
    monkeypatch.setattr("sys.prefix", str(tmp_path / "environment"))
    assert cache_folder("things") == tmp_path / "environment" / "imprenta" / "things"


def test_what_no_other_process_would_believe_is_not_kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shared_cache, "keeps_secret", lambda: False)
    _cache().put("a", b"x")
    assert list(folder.iterdir()) == []
