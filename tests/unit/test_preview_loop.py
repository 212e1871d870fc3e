"""The loop of builds: one at a time, a save calls off the one that runs, and every end is told."""

from __future__ import annotations

import queue
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from imprenta.pipeline import Outcome, PagesReady
from imprenta.preview.loop import BuildLoop
from imprenta.problems import CannotContinue
from imprenta.workspace import Cancelled, Workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PATIENCE = 60.0  # seconds until a test that hangs fails


class Listener:
    """Keeps what it is told."""

    def __init__(self) -> None:
        self.told: queue.Queue[tuple[Any, ...]] = queue.Queue()

    def begun(self, paths: tuple[str, ...]) -> None:
        self.told.put(("begun", paths))

    def step(self, words: str) -> None:
        self.told.put(("step", words))

    def pages_ready(self, pages: PagesReady) -> None:
        self.told.put(("pages", *pages.pages))

    def seen_pages(self) -> frozenset[int]:
        return frozenset()

    def called_off(self) -> None:
        self.told.put(("called off",))

    def ended(self, ended: Any) -> None:
        self.told.put(("ended", ended))

    def next(self) -> tuple[Any, ...]:
        return self.told.get(timeout=PATIENCE)


class ScriptedBuilder:
    """Does at each build what the test put into it."""

    def __init__(self, *works: Callable[..., Outcome]) -> None:
        self.works = list(works)

    def build(self, announce: Callable[[str], None], publish: Callable[[PagesReady], None], _: object) -> Outcome:
        return self.works.pop(0)(announce, publish)

    def get_ready(self) -> None:
        self.ready()

    def finish(self) -> None:
        self.finished()

    @staticmethod
    def ready() -> None:
        """What a test puts here."""

    @staticmethod
    def finished() -> None:
        """What a test puts here."""


GOOD = Outcome(True, ())


def end_well(announce: Callable[[str], None], publish: Callable[[PagesReady], None]) -> Outcome:
    announce("paso")
    publish(PagesReady(b"", {3: 0}))
    return GOOD


@pytest.fixture
def started(tmp_path: Path) -> Iterator[Callable[..., tuple[BuildLoop, Listener]]]:
    loops: list[BuildLoop] = []

    def start(*works: Callable[..., Outcome]) -> tuple[BuildLoop, Listener]:
        listener = Listener()
        loop = BuildLoop(Workspace(tmp_path), ScriptedBuilder(*works), listener)
        loops.append(loop)
        loop.start()
        return loop, listener

    yield start
    for loop in loops:
        loop.stop()
        assert not loop._thread.is_alive()


def test_a_build_is_told_from_beginning_to_end(started: Callable[..., tuple[BuildLoop, Listener]]) -> None:
    loop, listener = started(end_well, end_well)
    assert [listener.next() for _ in range(3)] == [("begun", ()), ("step", "paso"), ("pages", 3)]
    kind, ended = listener.next()
    assert (kind, ended.outcome, ended.stop, ended.bug) == ("ended", GOOD, None, None)
    loop.request(("paper/b.yaml", "paper/a.yaml"))
    assert listener.next() == ("begun", ("paper/a.yaml", "paper/b.yaml"))


def test_a_save_ends_the_program_that_runs_and_the_next_build_knows_both_saves(
    started: Callable[..., tuple[BuildLoop, Listener]], tmp_path: Path
) -> None:
    workspace: list[Workspace] = []

    def run_for_ever(announce: Callable[[str], None], *_: object) -> Outcome:
        announce("programa")
        workspace[0].run(["sh", "-c", "echo $$ > pid; sleep 1000"])
        raise AssertionError("the program ended by itself")

    loop, listener = started(end_well, run_for_ever, end_well)
    workspace.append(loop.workspace)
    while listener.next()[0] != "ended":
        pass
    loop.request(("a.yaml",))
    assert [listener.next(), listener.next()] == [("begun", ("a.yaml",)), ("step", "programa")]
    while not (tmp_path / "pid").is_file() or not (tmp_path / "pid").read_text().strip():
        pass
    loop.request(("b.yaml",))
    assert listener.next() == ("called off",)
    assert listener.next() == ("begun", ("a.yaml", "b.yaml"))
    process = int((tmp_path / "pid").read_text())
    assert not Path(f"/proc/{process}").exists()
    while listener.next()[0] != "ended":
        pass


def test_a_save_calls_off_work_that_runs_no_program_at_its_next_step(
    started: Callable[..., tuple[BuildLoop, Listener]],
) -> None:
    saved = threading.Event()

    def work(announce: Callable[[str], None], *_: object) -> Outcome:
        announce("uno")
        assert saved.wait(PATIENCE)
        announce("dos")
        raise AssertionError("it went on")

    loop, listener = started(work, end_well)
    assert [listener.next(), listener.next()] == [("begun", ()), ("step", "uno")]
    loop.request(("a.yaml",))
    saved.set()
    assert [listener.next(), listener.next()] == [("called off",), ("begun", ("a.yaml",))]


def test_the_loop_outlives_whatever_a_build_raises(started: Callable[..., tuple[BuildLoop, Listener]]) -> None:
    stop, bug = CannotContinue("falta algo"), ZeroDivisionError()

    def fail_with(error: Exception) -> Callable[..., Outcome]:
        def fail(*_: object) -> Outcome:
            raise error

        return fail

    loop, listener = started(fail_with(stop), fail_with(bug), end_well)
    assert listener.next()[0] == "begun"
    assert listener.next()[1].stop is stop
    loop.request(("a",))
    assert listener.next()[0] == "begun"
    assert listener.next()[1].bug is bug
    loop.request(("a",))
    assert [listener.next()[0] for _ in range(4)] == ["begun", "step", "pages", "ended"]


def test_the_next_build_is_made_ready_for_when_all_is_told_and_the_loop_outlives_that(
    started: Callable[..., tuple[BuildLoop, Listener]], monkeypatch: pytest.MonkeyPatch
) -> None:
    stop, bug = CannotContinue("falta algo"), ZeroDivisionError()
    told = Listener()

    def get_ready() -> None:
        told.told.put(("ready", listener.told.qsize()))
        raise wrong

    monkeypatch.setattr(ScriptedBuilder, "ready", staticmethod(get_ready))
    wrong: Exception = stop
    listener = Listener()
    loop, listener = started(end_well, end_well, end_well)
    assert told.next()[0] == "ready"
    assert [listener.next()[0] for _ in range(4)] == ["begun", "step", "pages", "ended"]
    wrong = bug
    loop.request(("a",))
    assert [listener.next()[0] for _ in range(4)] == ["begun", "step", "pages", "ended"]
    assert listener.next()[1].bug is bug
    loop.request(("b",))
    assert [listener.next()[0] for _ in range(4)] == ["begun", "step", "pages", "ended"]


def test_what_a_build_left_out_is_done_once_when_nobody_saves(
    started: Callable[..., tuple[BuildLoop, Listener]], monkeypatch: pytest.MonkeyPatch
) -> None:
    done = Listener()
    monkeypatch.setattr("imprenta.preview.loop.IDLE", 0.0)
    monkeypatch.setattr(ScriptedBuilder, "finished", staticmethod(lambda: done.told.put(("done",))))
    loop, listener = started(end_well, end_well)
    assert [listener.next()[0] for _ in range(4)] == ["begun", "step", "pages", "ended"]
    assert done.next() == ("done",)
    loop.request(("a",))
    assert [listener.next()[0] for _ in range(4)] == ["begun", "step", "pages", "ended"]
    assert done.next() == ("done",)
    loop.stop()
    assert done.told.empty()


def test_a_failure_over_half_a_save_is_not_told(
    started: Callable[..., tuple[BuildLoop, Listener]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("imprenta.preview.loop.SECOND_THOUGHT", PATIENCE)
    loops: list[BuildLoop] = []

    def fail_and_hear_of_a_save(announce: Callable[[str], None], *_: object) -> Outcome:
        announce("leer")
        threading.Timer(0.01, loops[0].request, [("a.yaml",)]).start()
        raise CannotContinue("el archivo está vacío")

    loop, listener = started(end_well, fail_and_hear_of_a_save, end_well)
    loops.append(loop)
    while listener.next()[0] != "ended":
        pass
    loop.request(("b.yaml",))
    assert [listener.next() for _ in range(3)] == [("begun", ("b.yaml",)), ("step", "leer"), ("called off",)]
    assert listener.next() == ("begun", ("a.yaml", "b.yaml"))


def test_stopping_ends_what_runs(tmp_path: Path) -> None:
    workspace, listener = Workspace(tmp_path), Listener()

    def run_for_ever(announce: Callable[[str], None], *_: object) -> Outcome:
        announce("programa")
        workspace.run(["sleep", "1000"])
        raise AssertionError("the program ended by itself")

    loop = BuildLoop(workspace, ScriptedBuilder(run_for_ever), listener)
    loop.start()
    assert [listener.next()[0], listener.next()[0]] == ["begun", "step"]
    loop.stop()
    assert not loop._thread.is_alive()
    assert listener.next() == ("called off",)


def test_a_cancelled_workspace_runs_nothing_until_it_resumes(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    workspace.cancel()
    with pytest.raises(Cancelled):
        workspace.run(["touch", "hecho"])
    with pytest.raises(Cancelled):
        workspace.check_cancelled()
    assert not (tmp_path / "hecho").exists()
    workspace.resume()
    workspace.check_cancelled()
    assert workspace.run(["touch", "hecho"]).status == 0
    assert (tmp_path / "hecho").exists()


def test_no_handler_of_failures_takes_a_cancelled_build_for_one() -> None:
    assert not issubclass(Cancelled, Exception)
