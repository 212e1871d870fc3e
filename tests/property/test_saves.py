"""Whatever is saved at whatever moment of a build, the next one gives what a build from nothing gives.

And nobody says before that there is nothing to do.
"""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from saves import (
    FILES,
    FORMS,
    PDF,
    Moments,
    Save,
    build,
    copy_files,
    let_settle,
    typeset_nothing,
    watch_moments,
    write_report,
)

from imprenta import cli, up_to_date
from imprenta.reading import Snapshot

LONGEST = 1500
"""Moments after which no save of these falls into a build."""

saves = st.lists(
    st.builds(
        Save, st.sampled_from(sorted(FILES)), st.integers(11, 99), st.sampled_from(FORMS),
        st.integers(0, LONGEST), st.integers(1, 60),
    ),
    min_size=1, max_size=4,
)  # fmt: skip


@pytest.fixture
def moments(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Moments:
    typeset_nothing(monkeypatch)
    found = Moments(tmp_path / "momentos")
    watch_moments(found, monkeypatch)
    return found


def test_a_build_has_as_many_moments_as_saves_are_tried_at(
    moments: Moments, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = tmp_path / "informe"
    write_report(root)
    let_settle()
    moments.begin([])
    status, said, _ = build(root, capsys)
    assert (status, said) == (0, [])
    assert 0.5 * LONGEST < moments.count < LONGEST
    assert up_to_date.tell_up_to_date(["--project", str(root)])


@pytest.mark.timeout(600)  # of many examples, as `make proof` has them
@given(saves)
@settings(
    max_examples=settings().max_examples // 20,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.generate, Phase.shrink],
)
def test_after_saves_during_a_build_the_next_gives_what_a_build_from_nothing_gives(
    moments: Moments, tmp_path: Path, capsys: pytest.CaptureFixture[str], saves: list[Save]
) -> None:
    start, root, clean = tmp_path / "inicio", tmp_path / "informe", tmp_path / "limpio"
    if not start.exists():
        write_report(start)
        moments.begin([])
        build(start, capsys)
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(start, root)
    let_settle()
    moments.begin([step for save in saves for step in save.steps(root)])
    build(root, capsys)
    moments.end()
    copy_files(root, clean)
    expected = build(clean, capsys)
    if up_to_date.tell_up_to_date(["--project", str(root)]):
        assert (root / PDF).read_bytes() == expected[2]
    assert build(root, capsys) == expected


@dataclass
class Openings:
    """Who opens which of an author's files or folders, in copies of the process too: a row each in a log."""

    root: str = ""
    log: int = -1

    def hear(self, event: str, arguments: tuple[object, ...]) -> None:
        if not self.root or event not in ("open", "os.scandir", "os.listdir") or not isinstance(arguments[0], str):
            return
        name = os.path.relpath(os.path.realpath(arguments[0]), self.root)
        if name.startswith("..") or name.split("/")[0] == "build":
            return
        caller = sys._getframe(2).f_code.co_filename
        os.write(self.log, f"{os.getpid()} {Path(caller).name} {name}\n".encode())


OPENINGS = Openings()
sys.addaudithook(lambda event, arguments: OPENINGS.hear(event, arguments))


@pytest.mark.parametrize("order", ["build", "check", "schema"])
def test_each_file_of_the_authors_is_opened_once_and_through_one_door(
    moments: Moments, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, order: str
) -> None:
    ask = Snapshot._ask

    def tell_and_ask(snapshot: Snapshot) -> None:
        if snapshot._frozen:  # this copy of the process is given up: `read_ahead` lacks what it asks for
            os.write(OPENINGS.log, f"{os.getpid()} sealed -\n".encode())
        ask(snapshot)

    monkeypatch.setattr(Snapshot, "_ask", tell_and_ask)
    root = tmp_path / "informe"
    write_report(root)
    moments.begin([])
    log = tmp_path / "abiertos"
    OPENINGS.log = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    OPENINGS.root = str(root)
    try:
        assert cli.main([order, "--project", str(root)]) == 0
    finally:
        OPENINGS.root = ""
        os.close(OPENINGS.log)
    assert "sin problemas" in capsys.readouterr().out or order != "check"
    rows = [row.split() for row in log.read_text().splitlines()]
    read = [name for _, module, name in rows if module != "up_to_date.py"]
    assert sorted(read) == sorted(set(read))
    assert {process for process, _, _ in rows} == {str(os.getpid())}, "a copy reads nothing"
    assert {module for _, module, _ in rows} <= {"reading.py", "up_to_date.py"}
    assert set(FILES) <= set(read) or order != "build"
