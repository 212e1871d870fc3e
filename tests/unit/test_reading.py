"""Files are read again when they changed, and only then; what is outside the project is refused."""

from __future__ import annotations

import time
from io import BytesIO
from pathlib import Path

import pytest

from imprenta import reading
from imprenta.bounds import read_bounded
from imprenta.reading import Reading


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the list of the files that are opened from now on."""
    names: list[str] = []

    def note(path: str, mode: str) -> object:
        names.append(path)
        return open(path, mode)

    monkeypatch.setattr(reading, "open", note, raising=False)
    return names


def test_a_file_that_stayed_is_not_opened_again(
    tmp_path: Path, opened: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"uno")
    known = Reading(tmp_path)
    assert known.read(str(path)) == known.read(str(path)) == b"uno"
    assert len(opened) == 2, "its times are new: it may have been written once more"
    status = path.stat()
    later = max(status.st_ctime_ns, status.st_mtime_ns) + reading.SURE + 1
    monkeypatch.setattr(time, "time_ns", lambda: later)
    assert known.read(str(path)) == known.read(str(path)) == b"uno"
    assert len(opened) == 3


@pytest.mark.parametrize("new", [b"dos", b"tres"])
def test_a_file_that_changed_is_read_again(tmp_path: Path, new: bytes) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"uno")
    known = Reading(tmp_path)
    assert known.read(str(path)) == b"uno"
    path.write_bytes(new)
    assert known.read(str(path)) == new
    path.unlink()
    with pytest.raises(FileNotFoundError):
        known.read(str(path))


@pytest.mark.parametrize(("now", "most"), [(10, 10), (11, 11), (10_000, 10_000), (10, None), (10_000, None)])
def test_a_file_that_grows_while_it_is_read_is_read_to_its_end(now: int, most: int | None) -> None:
    assert read_bounded(BytesIO(bytes(now)), 10, most) == bytes(now)


@pytest.mark.parametrize(("size", "now", "most"), [(10, 11, 10), (10, 10_000, 9999), (11, 11, 10), (1 << 40, 5, 10)])
def test_a_file_of_more_than_its_bound_is_not_read(size: int, now: int, most: int) -> None:
    with pytest.raises(OSError, match="large"):
        read_bounded(BytesIO(bytes(now)), size, most)


@pytest.mark.parametrize("name", ["../x", "/etc/passwd", "p/../../x", "p/fuera", "enlace/x"])
def test_what_is_outside_has_no_path(tmp_path: Path, name: str) -> None:
    root = tmp_path / "raíz"
    (root / "p").mkdir(parents=True)
    (root / "p" / "fuera").symlink_to("/etc/passwd")
    (root / "enlace").symlink_to(tmp_path)
    assert Reading(root.resolve()).path(name) is None


@pytest.mark.parametrize("name", ["p", "p/a", "p/", ".", "no/hay"])
def test_what_is_inside_has_one(tmp_path: Path, name: str) -> None:
    (tmp_path / "p").mkdir()
    found = Reading(tmp_path.resolve()).path(name)
    assert found == str((tmp_path / name).resolve())
