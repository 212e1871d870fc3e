"""A biber that has begun: it is told its control file once, asked work by work, and believed if it wrote everything."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from imprenta.model.bib_entry import WrittenEntry
from imprenta.problems import CannotContinue
from imprenta.typeset.engine import warm_biber as module
from imprenta.typeset.engine.bcf import Citation, cite_all
from imprenta.typeset.engine.warm_biber import PLACE, BiberOutput, WarmBiber
from imprenta.workspace import Workspace

WORKS = {"a": WrittenEntry("@misc{a,}\n"), "b": WrittenEntry("@misc{b,}\n")}
TEMPLATE = '<c>\n  <bcf:section number="0">\n  </bcf:section>\n</c>\n'
ALL = (".bbl", ".blg", ".names")


class FakeServer:
    """A server that writes what it is to write, and answers."""

    def __init__(self, workspace: Workspace, answer: str | None, written: Sequence[str]) -> None:
        self.workspace = workspace
        self.answer = answer
        self.written = written
        self.told: list[str] = []
        self.alive = True

    def is_there(self) -> bool:
        return self.alive

    def tell(self, line: str) -> None:
        self.told.append(line)

    def ask(self, line: str) -> str | None:
        self.told.append(line)
        for suffix in self.written:
            self.workspace.write(f"{PLACE}/request{suffix}", suffix)
        self.alive = self.answer is not None
        return self.answer

    def end(self) -> None:
        self.alive = False


class Bench:
    def __init__(self, folder: Path) -> None:
        self.workspace = Workspace(folder)
        self.answer: str | None = "0"
        self.written: Sequence[str] = ALL
        self.servers: list[FakeServer] = []
        self.workspace.find_program = lambda name: f"/bin/{name}"  # type: ignore[method-assign]
        self.workspace.serve = self.serve  # type: ignore[method-assign, assignment]
        self.warm = WarmBiber(self.workspace)

    def serve(self, command: list[str], folder: str, *_: Any) -> FakeServer:
        assert command[0] == "perl"
        assert command[1].endswith("biber_server.pl")
        assert (command[2], folder) == ("/bin/biber", PLACE)
        self.servers.append(FakeServer(self.workspace, self.answer, self.written))
        return self.servers[-1]

    def run(self, template: str = TEMPLATE) -> BiberOutput | None:
        return self.warm.run(template, WORKS, [Citation("b", 1, 1), Citation("a", 2, 3, nocite=False)])

    def read(self, name: str) -> str:
        return (self.workspace.read(f"{PLACE}/{name}") or b"").decode()


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


WROTE_ALL = BiberOutput(".bbl", ".blg", ".names")


def test_it_is_begun_once_and_asked_for_each_run(bench: Bench) -> None:
    bench.warm.begin()
    assert bench.servers[0].told == []
    assert bench.run() == WROTE_ALL
    assert bench.read("control.bcf") == TEMPLATE
    assert bench.read("references.bib") == "@misc{a,}\n@misc{b,}\n"
    assert bench.read("request.keys") == "b\t1\t1\t1\na\t2\t3\t0\n"
    assert bench.run() == WROTE_ALL
    (server,) = bench.servers
    assert server.told == ["--noconf\t--decodecharsset=null\tcontrol", ".\trequest", ".\trequest"]
    bench.warm.close()
    assert not server.alive


def test_it_reads_ahead_the_control_file_that_it_will_most_probably_be_asked_with(bench: Bench) -> None:
    bench.warm.begin(TEMPLATE)
    (server,) = bench.servers
    assert len(server.told) == 1
    assert bench.workspace.read(f"{PLACE}/control.bcf") == TEMPLATE.encode()
    assert bench.warm.run(TEMPLATE, WORKS, cite_all("ab")) is not None
    assert len(server.told) == 2, "the control file is not told again"
    assert bench.warm.run(TEMPLATE.replace("c>", "d>"), WORKS, cite_all("ab")) is not None
    assert len(bench.servers) == 2


def test_another_control_file_is_read_by_another(bench: Bench) -> None:
    bench.run()
    assert bench.run(f"{TEMPLATE} ") == WROTE_ALL
    one, other = bench.servers
    assert not one.alive
    assert other.alive
    assert bench.read("control.bcf") == f"{TEMPLATE} "


def test_one_that_ended_is_begun_anew(bench: Bench) -> None:
    bench.run()
    bench.servers[0].alive = False
    assert bench.run() == WROTE_ALL
    assert len(bench.servers) == 2
    assert bench.servers[1].told[0].endswith("control")


@pytest.mark.parametrize(
    ("answer", "written"),
    [("2", ALL), (None, ALL), ("0", (".blg", ".names")), ("0", (".bbl", ".blg"))],
)
def test_what_is_not_whole_is_not_believed(bench: Bench, answer: str | None, written: Sequence[str]) -> None:
    """Not even with what the run before left."""
    bench.run()
    bench.servers[0].answer, bench.servers[0].written = answer, written
    assert bench.run() is None
    assert len(bench.servers) == 1
    assert bench.run() == (None if answer else WROTE_ALL)


@pytest.mark.parametrize("fault", ["no biber", "no perl"])
def test_without_its_programs_there_is_none(bench: Bench, fault: str) -> None:
    def fail(*_: Any) -> FakeServer:
        raise CannotContinue("falta el programa «perl»")

    if fault == "no biber":
        bench.workspace.find_program = lambda name: None  # type: ignore[method-assign]
    else:
        bench.workspace.serve = fail  # type: ignore[method-assign, assignment]
    bench.warm.begin()
    assert bench.run() is None
    bench.warm.close()


def test_a_whole_control_file_is_done_for_its_citations(bench: Bench) -> None:
    row = '    <bcf:citekey order="1" intorder="1">a</bcf:citekey>\n'
    whole = TEMPLATE.replace("  </bcf:section>", f"{row}  </bcf:section>")
    assert bench.warm.run_whole(WORKS, whole) == (".bbl", ".blg")
    assert bench.read("control.bcf") == TEMPLATE
    assert bench.read("request.keys") == "a\t1\t1\t0\n"
    for other in (TEMPLATE, whole.replace(">a<", ">*<"), f'{whole}<bcf:section number="1"></bcf:section>'):
        assert bench.warm.run_whole(WORKS, other) is None


def test_it_waits_for_more_from_the_last_run_on(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[Any] = []

    class FakeTimer:
        daemon = False

        def __init__(self, seconds: float, end: Any) -> None:
            self.seconds, self.end, self.state = seconds, end, "new"
            waits.append(self)

        def start(self) -> None:
            assert self.daemon
            self.state = "runs"

        def cancel(self) -> None:
            self.state = "over"

    monkeypatch.setattr(module, "Timer", FakeTimer)
    bench.warm.begin()
    bench.run()
    bench.run()
    assert [wait.state for wait in waits] == ["over", "over", "runs"]
    assert waits[-1].seconds == module.LINGER
    waits[-1].end()
    assert not bench.servers[0].alive
    assert waits[-1].state == "over"
    assert cite_all(["a"]) == [Citation("a", 1)]
