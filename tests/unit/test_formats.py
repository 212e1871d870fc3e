"""Formats are dumped once for all reports, and again when anything changed that they were made of."""

from __future__ import annotations

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from threading import Barrier, BrokenBarrierError
from typing import TYPE_CHECKING

import pytest

from imprenta import processes, shared_cache
from imprenta.typeset.engine.engine import FOLDER, Engine
from imprenta.typeset.engine.formats import BASE, OPEN, find_format, format_inputs, make_format, reads_trees_only
from imprenta.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from imprenta.workspace import Finished

DUMPER = """#!/bin/sh
for word; do case $word in -jobname=*) job=${word#-jobname=};; esac; done
echo "$job" >> "$RUNS"
test ! -e "$RUNS.fails" || exit 1
printf 'INPUT %s\\nINPUT %s.tex\\n' "$TREE/$job.sty" "$job" > "$job.fls"
if test -e "$RUNS.local"; then echo 'INPUT ./own.sty' >> "$job.fls"; fi
cat "$job.tex" "$TREE/$job.sty" > "$job.fmt"
"""
"""What stands in for pdfLaTeX: it notes its runs, reads a file of «TeX's tree», and «dumps» the two into a format."""


class Desk:
    """A machine with a dumper, a tree of TeX's and reports."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "bin").mkdir()
        self.program = folder / "bin/pdflatex"
        self.program.write_text(DUMPER, encoding="utf-8")
        self.program.chmod(self.program.stat().st_mode | stat.S_IXUSR)
        (folder / "tree").mkdir()
        for name in (BASE, OPEN):
            (folder / f"tree/{name}.sty").write_text("one", encoding="utf-8")

    @property
    def runs(self) -> list[str]:
        path = self.folder / "runs"
        return path.read_text(encoding="utf-8").split() if path.exists() else []

    def make(self, report: str, preamble: str = r"\preamble", date: str = "2026") -> list[str]:
        """Make both formats of a report; return which had to be dumped."""
        before = len(self.runs)
        workspace = Workspace(self.folder / report)
        engine = Engine(workspace, date, lambda step: None)
        assert all(make_format(workspace, engine, preamble, name) for name in (BASE, OPEN))
        assert all(find_format(workspace, engine, preamble, name) for name in (BASE, OPEN))
        assert preamble.encode() in (workspace.read(f"{FOLDER}/{BASE}.fmt") or b"")
        return self.runs[before:]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    made = Desk(tmp_path)
    monkeypatch.setenv("PATH", f"{tmp_path}/bin{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("RUNS", f"{tmp_path}/runs")
    monkeypatch.setenv("TREE", f"{tmp_path}/tree")
    monkeypatch.setattr(processes, "HEEDED", (*processes.HEEDED, "RUNS", "TREE"))
    monkeypatch.setenv("IMPRENTA_CACHE", f"{tmp_path}/cache")
    monkeypatch.setattr(shared_cache, "keeps_secret", lambda: True)
    return made


def test_two_threads_do_not_dump_the_same_format_at_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace = Workspace(desk.folder / "one")
    engine = Engine(workspace, "2026", lambda step: None)
    start, both = Engine.start, Barrier(2)

    def begin(self: Engine, arguments: Sequence[str]) -> Finished:
        with suppress(BrokenBarrierError):  # the other one is here too, unless it waits
            both.wait(0.3)
        return start(self, arguments)

    monkeypatch.setattr(Engine, "start", begin)
    with ThreadPoolExecutor(2) as pool:
        assert all(pool.map(lambda _: make_format(workspace, engine, r"\preamble", BASE), range(2)))
    assert desk.runs == [BASE]


def test_a_format_is_dumped_once_for_all_reports(desk: Desk) -> None:
    assert desk.make("one") == [BASE, OPEN]
    assert desk.make("one") == []
    assert desk.make("two") == []
    for name in (BASE, OPEN):
        kept = [(desk.folder / report / FOLDER / f"{name}.fmt").read_bytes() for report in ("one", "two")]
        assert kept[0] == kept[1]
        assert (desk.folder / "one" / FOLDER / f"{name}.fmt").samefile(desk.folder / "two" / FOLDER / f"{name}.fmt")
    inputs = [format_inputs(Workspace(desk.folder / report), OPEN) for report in ("one", "two")]
    assert inputs[0] == inputs[1]
    assert set(inputs[0]) == {f"{desk.folder}/tree/{BASE}.sty", f"{desk.folder}/tree/{OPEN}.sty"}


def test_whatever_a_format_is_made_of_lets_it_be_dumped_anew(desk: Desk) -> None:
    desk.make("one")
    assert desk.make("two", preamble=r"\other") == [BASE, OPEN]
    assert desk.make("three", date="2025") == [], "only a preamble of the author's may read the date, and names it"
    (desk.folder / f"tree/{OPEN}.sty").write_text("other", encoding="utf-8")
    assert desk.make("four") == [OPEN]
    (desk.folder / f"tree/{BASE}.sty").write_text("other", encoding="utf-8")
    assert desk.make("five") == [BASE, OPEN]  # the open one is made from the base
    assert desk.make("one") == []
    desk.program.write_text(f"{DUMPER}# another version\n", encoding="utf-8")
    assert desk.make("six") == [BASE, OPEN]


def test_a_format_that_is_not_whole_is_dumped_anew(desk: Desk) -> None:
    desk.make("one")
    for path in (desk.folder / "cache/formats").iterdir():
        path.write_bytes(path.read_bytes()[:-3])
    assert desk.make("two") == [BASE, OPEN]


def test_a_format_that_read_a_file_of_its_report_is_not_shared(desk: Desk) -> None:
    (desk.folder / "runs.local").touch()
    assert desk.make("one") == [BASE, OPEN]
    assert desk.make("one") == []
    assert desk.make("two") == [BASE, OPEN]
    assert reads_trees_only("INPUT /usr/a\nINPUT ./a.tex\nOUTPUT b\n", {"a.tex"})
    assert not reads_trees_only("INPUT /usr/a\nINPUT b.tex\n", {"a.tex"})
    assert reads_trees_only("INPUT a.tex\nOUTPUT ./a.aux\nINPUT a.aux\n", {"a.tex"})
    assert not reads_trees_only("INPUT a.tex\nINPUT a.aux\nOUTPUT a.aux\n", {"a.tex"})


def test_without_the_shared_cache_each_report_has_its_own(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IMPRENTA_CACHE", "no")
    assert desk.make("one") == [BASE, OPEN]
    assert desk.make("one") == []
    assert desk.make("two") == [BASE, OPEN]


def test_what_cannot_be_dumped_is_tried_once(desk: Desk) -> None:
    (desk.folder / "runs.fails").touch()
    workspace = Workspace(desk.folder / "one")
    engine = Engine(workspace, "2026", lambda step: None)
    assert [make_format(workspace, engine, "x", BASE) for _ in range(2)] == [False, False]
    assert desk.runs == [BASE]
    assert make_format(Workspace(desk.folder / "two"), engine, "x", BASE) is False
    (desk.folder / "runs.fails").unlink()
    assert desk.make("one", preamble="y") == [BASE, OPEN]


def test_a_build_that_is_killed_leaves_no_note_of_another_format(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.make("one", preamble="first")
    workspace = Workspace(desk.folder / "one")
    engine = Engine(workspace, "2026", lambda step: None)

    def die(self: Workspace, name: str, data: bytes | str) -> None:
        if name.endswith(f"{BASE}.json") and data:
            raise KeyboardInterrupt
        write(self, name, data)

    write = Workspace.write
    monkeypatch.setattr(Workspace, "write", die)
    with pytest.raises(KeyboardInterrupt):
        make_format(workspace, engine, "second", BASE)
    assert not find_format(workspace, engine, "first", BASE)
