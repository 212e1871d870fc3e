"""A program that serves answers line by line, and never outlives who started it, nor makes anybody wait for ever."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from imprenta.workspace import Cancelled, Limits, Workspace

ECHO = """
import sys
for line in sys.stdin:
    if line.startswith("!"):
        continue
    if line == "end\\n":
        sys.exit(1)
    if line == "half\\n":
        print("no end of line", end="", flush=True)
        sys.exit(0)
    if line == "hang\\n":
        import time; time.sleep(60)
    print(line.strip().upper(), flush=True)
open("clear.txt", "w").write("went in peace")
"""
LIMITS = Limits(seconds=20.0, grace=5.0)


def serve(folder: Path, source: str = ECHO, limits: Limits = LIMITS) -> tuple[Workspace, object]:
    workspace = Workspace(folder)
    return workspace, workspace.serve([sys.executable, "-c", source], ".", {}, limits)


def test_each_line_is_answered(tmp_path: Path) -> None:
    _, server = serve(tmp_path)
    server.tell("!nothing is answered to this")
    assert [server.ask(word) for word in ("uno", "dos", "dé")] == ["UNO", "DOS", "DÉ"]
    assert server.is_there()
    server.end()
    assert not server.is_there()
    assert (tmp_path / "clear.txt").read_text() == "went in peace"
    server.end()
    assert server.ask("tres") is None


@pytest.mark.parametrize("word", ["end", "half"])
def test_a_server_that_ends_answers_nothing(tmp_path: Path, word: str) -> None:
    _, server = serve(tmp_path)
    assert server.ask(word) is None
    assert not server.is_there()
    assert server.ask("uno") is None
    server.tell("dos")


def test_a_server_that_hangs_is_ended(tmp_path: Path) -> None:
    _, server = serve(tmp_path, limits=Limits(seconds=0.2, grace=0.1))
    assert server.ask("hang") is None
    assert not server.is_there()


def test_who_calls_the_work_off_does_not_wait_for_the_answer(tmp_path: Path) -> None:
    workspace, server = serve(tmp_path)
    assert server.ask("uno") == "UNO"
    threading.Timer(0.2, workspace.cancel).start()
    with pytest.raises(Cancelled):
        server.ask("hang")
    assert not server.is_there()
    with pytest.raises(Cancelled):
        server.ask("uno")
    workspace.resume()


def test_a_server_ends_with_who_started_it(tmp_path: Path) -> None:
    """However that ends: here it is killed."""
    starter = (
        "import sys, time\nfrom pathlib import Path\nfrom imprenta.workspace import Limits, Workspace\n"
        f"server = Workspace(Path({str(tmp_path)!r})).serve([sys.executable, '-c', {ECHO!r}], '.', {{}}, Limits())\n"
        "print(server._process.pid, server.ask('uno'), flush=True)\ntime.sleep(60)\n"
    )
    root = str(Path(__file__).resolve().parents[2])
    process = subprocess.Popen(
        [sys.executable, "-c", starter], stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": root}
    )
    assert process.stdout is not None
    number, answer = process.stdout.readline().decode().split()
    assert answer == "UNO"
    process.kill()
    process.communicate()
    for _ in range(200):
        try:
            os.kill(int(number), 0)
        except ProcessLookupError:
            break
        if Path(f"/proc/{number}/stat").read_text().split()[2] == "Z":  # nobody reaps it in a container
            break
        time.sleep(0.05)
    else:
        pytest.fail("the server lives on")
    assert (tmp_path / "clear.txt").exists()
