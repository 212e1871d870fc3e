"""What is remembered between builds, and who may have written it; work in a process of its own."""

from __future__ import annotations

import os
import pickle
import time
from pathlib import Path
from types import MappingProxyType

import pytest

from imprenta.cache import Cache
from imprenta.workspace import Workspace


def refuse() -> str:
    pytest.fail("it was known already")


def test_a_value_is_worked_out_once() -> None:
    cache = Cache("motor")
    assert cache.on_disk("letras", "a", lambda: "A", "la a") == "A"
    assert cache.on_disk("letras", "a", refuse) == "A"
    assert cache.made == {"letras": ["la a"]}


def test_another_process_knows_what_this_one_did() -> None:
    cache = Cache("motor")
    cache.on_disk("letras", "a", lambda: MappingProxyType({"A": 1}))
    assert cache.changed
    later = Cache("motor", cache.dumps())
    assert later.on_disk("letras", "a", dict) == {"A": 1}
    assert not later.changed
    assert not cache.changed


@pytest.mark.parametrize("kept", [b"", b"nada", pickle.dumps(3)])
def test_what_cannot_be_read_is_forgotten(kept: bytes) -> None:
    assert Cache("motor", kept).known("letras", "a") is None


def test_another_engine_starts_anew() -> None:
    cache = Cache("motor")
    cache.on_disk("letras", "a", lambda: "A")
    assert Cache("otro motor", cache.dumps()).known("letras", "a") is None


def test_what_was_not_asked_for_is_forgotten() -> None:
    cache = Cache("motor")
    for key in "ab":
        cache.on_disk("letras", key, lambda: "x")
    cache.forget_unasked()
    cache.on_disk("letras", "b", refuse)
    cache.forget_unasked()
    later = Cache("motor", cache.dumps())
    assert later.known("letras", "a") is None
    assert later.known("letras", "b") == "x"


def test_a_kind_that_was_not_asked_for_stays() -> None:
    cache = Cache("motor")
    cache.on_disk("letras", "a", lambda: "A")
    cache.forget_unasked()
    cache.on_disk("cifras", "1", lambda: 1)
    cache.forget_unasked()
    assert cache.known("letras", "a") == "A"


def test_what_was_tried_is_known_and_counts_when_it_is_asked_for() -> None:
    cache = Cache("motor")
    with cache.trying():
        assert cache.on_disk("letras", "a", lambda: "A", "la a") == "A"
        assert cache.on_disk("letras", "b", lambda: "B", "la b") == "B"
    assert (cache.made, cache.changed) == ({}, False)
    assert cache.on_disk("letras", "a", refuse, "la a") == "A"
    assert cache.on_disk("letras", "a", refuse, "la a") == "A"
    assert (cache.made, cache.changed) == ({"letras": ["la a"]}, True)
    cache.forget_unasked()
    later = Cache("motor", cache.dumps())
    assert (later.known("letras", "a"), later.known("letras", "b")) == ("A", None)
    assert cache.on_disk("letras", "b", lambda: "B2", "la b") == "B2"


def test_what_was_tried_can_be_asked_for_after_all() -> None:
    cache = Cache("motor")
    with cache.trying() as asking:
        cache.on_disk("letras", "a", lambda: "A", "la a")
    assert (cache.made, cache.asked("letras")) == ({}, set())
    for ask in asking:
        ask()
    assert (cache.made, cache.asked("letras"), cache.changed) == ({"letras": ["la a"]}, {"a"}, True)


def test_what_was_asked_for_before_it_is_tried_stays_asked_for() -> None:
    cache = Cache("motor")
    cache.on_disk("letras", "a", lambda: "A", "la a")
    with cache.trying():
        cache.on_disk("letras", "a", refuse, "la a")
    cache.on_disk("letras", "c", lambda: "C", "la c")
    assert cache.made == {"letras": ["la a", "la c"]}
    cache.forget_unasked()
    assert cache.known("letras", "a") == "A"


def test_only_what_this_machine_sealed_is_read(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    workspace.keep_signed("build/cache", b"uno")
    assert workspace.read_signed("build/cache") == b"uno"
    sealed = (tmp_path / "build/cache").read_bytes()
    for changed in (sealed[:-1] + b"x", b"x" + sealed[1:], b"", sealed[:31]):
        (tmp_path / "build/cache").write_bytes(changed)
        assert workspace.read_signed("build/cache") is None
    assert workspace.read_signed("otra") is None


def test_work_aside_is_done_elsewhere_and_comes_back(tmp_path: Path) -> None:
    wait = Workspace(tmp_path).start_worker(lambda: (os.getpid(), "hecho"))
    process, word = wait()
    assert word == "hecho"
    assert process != os.getpid()


def test_what_work_aside_raises_is_raised_where_it_is_awaited(tmp_path: Path) -> None:
    def fail() -> str:
        raise LookupError("no está")

    wait = Workspace(tmp_path).start_worker(fail)
    with pytest.raises(LookupError, match="no está"):
        wait()


def test_work_that_is_held_is_done_with_what_it_is_given(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    held = workspace.hold_worker(
        lambda: workspace.write("build/listo", b""),
        lambda words: (os.getpid(), words, workspace.is_file("build/dicho")),
    )
    deadline = time.monotonic() + 60
    while not workspace.is_file("build/listo"):
        assert time.monotonic() < deadline
        time.sleep(0.01)
    workspace.write("build/dicho", b"")
    held.give_way()
    held.give(["uno"])
    process, words, told = held.wait()
    assert (words, told) == (["uno"], True)
    assert process != os.getpid()
    held.end()  # nothing is left to end


def test_what_is_given_may_be_more_than_a_pipe_takes_at_once(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)

    def wait_for_the_giver() -> None:
        while not workspace.is_file("build/dado"):
            time.sleep(0.01)

    held = workspace.hold_worker(wait_for_the_giver, len)
    held.give(bytes(1 << 20))
    workspace.write("build/dado", b"")
    assert held.wait() == 1 << 20


@pytest.mark.parametrize("given", [False, True])
def test_work_that_is_held_and_not_wanted_leaves_nothing_behind(tmp_path: Path, given: bool) -> None:
    workspace = Workspace(tmp_path)

    def work(path: str) -> None:
        time.sleep(60)
        workspace.write(path, b"")

    children = Path(f"/proc/self/task/{os.getpid()}/children")
    before = children.read_text(), len(os.listdir("/proc/self/fd"))
    for held in [workspace.hold_worker(lambda: None, work) for _ in range(2)]:
        if given:
            held.give("build/hecho")
        held.end()
        held.end()
    assert (children.read_text(), len(os.listdir("/proc/self/fd"))) == before
    assert not workspace.is_file("build/hecho")


def test_work_that_is_held_is_done_here_if_its_preparation_fails(tmp_path: Path) -> None:
    def fail() -> None:
        raise LookupError("no está")

    held = Workspace(tmp_path).hold_worker(fail, lambda words: (os.getpid(), words))
    held.give("uno")
    assert held.wait() == (os.getpid(), "uno")


def test_work_that_is_held_is_done_here_if_there_can_be_no_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> int:
        raise BlockingIOError

    monkeypatch.setattr(os, "fork", fail)
    held = Workspace(tmp_path).hold_worker(lambda: None, lambda words: (os.getpid(), words))
    held.give_way()
    held.give("uno")
    assert held.wait() == (os.getpid(), "uno")


def test_a_copy_whose_maker_is_gone_ends(tmp_path: Path) -> None:
    reader, writer = os.pipe()
    maker = os.fork()
    if maker == 0:
        Workspace(tmp_path).hold_worker(lambda: None, lambda words: words)
        os._exit(0)
    os.close(writer)
    os.waitpid(maker, 0)
    assert os.read(reader, 1) == b"", "the copy held the pipe open as long as it lived"
    os.close(reader)


def test_what_is_held_is_known_by_a_key_that_equals_its_own_and_not_kept() -> None:
    cache = Cache("motor")
    assert cache.in_process("letras", ("a", [1]), lambda: "A", "una") == "A"
    assert cache.in_process("letras", ("a", [1]), refuse, "una") == "A"
    assert cache.in_process("letras", ("a", [2]), lambda: "B", "una") == "B"
    assert cache.in_process("letras", ("a", [1]), lambda: "C", "una") == "C"
    assert cache.in_process("letras", ("a", [1]), lambda: "D", "otra") == "D"
    assert Cache("motor", cache.dumps()).in_process("letras", ("a", [1]), lambda: "E", "una") == "E"
