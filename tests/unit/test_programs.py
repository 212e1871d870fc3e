"""Programs that do not end: they are interrupted first and killed if that does not help; what Graphviz says."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from imprenta.figures.error import FigureError
from imprenta.model.document import bare_document
from imprenta.pipeline.graphviz import Graphviz
from imprenta.problems import CannotContinue, Severity, Span
from imprenta.programs import Waiting
from imprenta.typeset.engine.engine import Endless, Engine
from imprenta.typeset.engine.locate import Locator
from imprenta.workspace import Finished, Limits, Workspace

SHORT = Limits(seconds=1.0, grace=10.0)
WRITES_WHEN_INTERRUPTED = """
import signal, sys, time
def end(*_):
    open("llegada.txt", "w").write("línea 7")
    sys.exit(1)
signal.signal(signal.SIGINT, end)
print("listo", flush=True)
time.sleep(60)
"""
HEEDS_NOTHING = """
import os, signal, time
signal.signal(signal.SIGINT, signal.SIG_IGN)
open("proceso.txt", "w").write(str(os.getpid()))
time.sleep(60)
"""


def test_a_program_that_hangs_may_write_down_how_far_it_came(tmp_path: Path) -> None:
    finished = Workspace(tmp_path).run([sys.executable, "-c", WRITES_WHEN_INTERRUPTED], limits=SHORT)
    assert finished.timed_out
    assert finished.output == b"listo\n"
    assert (tmp_path / "llegada.txt").read_text() == "línea 7"


def test_a_program_that_heeds_no_interruption_is_killed(tmp_path: Path) -> None:
    finished = Workspace(tmp_path).run([sys.executable, "-c", HEEDS_NOTHING], limits=Limits(seconds=2.0, grace=0.2))
    assert finished.timed_out
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "proceso.txt").read_text()), 0)


def hung(folder: Path) -> Engine:
    """Return an engine whose programs never end."""
    workspace = Workspace(folder)
    workspace.run = lambda *_, **__: Finished(None, b"", b"")  # type: ignore[method-assign]
    return Engine(workspace, "2026", lambda step: None, Locator(bare_document("uno\ndos")))


def test_a_hung_engine_tells_the_line_that_it_had_reached(tmp_path: Path) -> None:
    (tmp_path / "build/latex").mkdir(parents=True)
    (tmp_path / "build/latex/cuerpo.log").write_text("./cuerpo.tex:2: Interruption.\nl.2 dos\n")
    with pytest.raises(Endless) as raised:
        hung(tmp_path).start(["-jobname=cuerpo", "cuerpo.tex"])
    problem = raised.value.problem
    assert (problem.code, problem.message) == ("latex-sin-fin", "LaTeX no terminó en 180 segundos y se detuvo")
    assert problem.place == Span("paper/informe.yaml")  # the .tex has no map here
    assert problem.related == ((Span("build/latex/cuerpo.log"), "lo que dijo LaTeX"),)


def test_a_hung_biber_is_told_at_the_bibliography(tmp_path: Path) -> None:
    with pytest.raises(Endless) as raised:
        hung(tmp_path).run_biber(Locator())
    assert (raised.value.problem.code, raised.value.problem.place) == ("biber-fallo", Span("references.bib"))


@pytest.mark.parametrize(("finished", "said"), [
    (None, "LaTeX se detuvo: un archivo pasó del tamaño que se le permite"),
    (Finished(1, b"\n!pdfTeX error: pdflatex: fflush() failed (No space left on device)\n", b""),
     "LaTeX no puede escribir en «build/latex/»: no queda sitio en el disco"),
])  # fmt: skip
def test_a_run_without_room_is_told_and_not_an_innocent_line(
    tmp_path: Path, finished: Finished | None, said: str
) -> None:
    workspace = Workspace(tmp_path)
    if finished is None:
        limits = Limits(file_size=1000)
        finished = workspace.run(["dd", "if=/dev/zero", "of=mucho", "bs=4096", "count=9"], limits=limits)
    workspace.write("build/latex/informe.log", "This is pdfTeX\n./informe.tex:7: half of a line")
    stand_in: Any = SimpleNamespace(run=lambda *_, **__: finished, read=workspace.read)
    with pytest.raises(CannotContinue) as raised:
        Engine(stand_in, "2026", lambda step: None).run_latex(1, Locator())
    assert (raised.value.message, raised.value.status) == (said, 4)


def graphviz(status: int | None, errors: str) -> Graphviz:
    """Return a Graphviz that says something about a figure whose caption is on line 3."""
    run = lambda *_, **__: Finished(status, b"%PDF", errors.encode())  # noqa: E731
    caption = SimpleNamespace(span=lambda: Span("figures/red.yaml", 3, 6))
    workspace: Any = SimpleNamespace(run=run)
    figure: Any = SimpleNamespace(caption=caption)
    return Graphviz(workspace, figure)


def test_what_graphviz_warns_of_is_told() -> None:
    drawing = graphviz(0, "Warning: node 'a', graph 'figura' size too small for label\n\n")
    assert drawing.run(["dot"], b"") == b"%PDF"
    (problem,) = drawing.problems
    assert (problem.code, problem.severity, problem.place.line) == ("grafica-aviso", Severity.WARNING, 3)
    assert problem.message == "Graphviz avisa: «Warning: node 'a', graph 'figura' size too small for label»"


@pytest.mark.parametrize(
    ("status", "errors", "words"),
    [
        (1, "Error: syntax error in line 1\n", "«Error: syntax error in line 1»"),
        (None, "", "no terminó en 60 segundos"),
    ],
)
def test_a_graphviz_that_fails_is_told(status: int | None, errors: str, words: str) -> None:
    with pytest.raises(FigureError) as raised:
        graphviz(status, errors).run(["dot"], b"")
    (problem,) = raised.value.problems
    assert problem.message == f"Graphviz no pudo dibujar el grafo: {words}"
    assert problem.place.path == "figures/red.yaml"


READS_ON = """
import sys
with open("entrada", "rb") as file:
    for line in file:
        sys.stdout.write(f"leí {line.decode().strip()}\\n")
"""


def test_a_program_that_waits_is_fed_in_parts(tmp_path: Path) -> None:
    waiting = Workspace(tmp_path).begin([sys.executable, "-c", READS_ON], "entrada")
    assert waiting.is_there()
    waiting.feed(b"uno\n")
    waiting.feed(b"dos\n" * 40_000)  # more than a pipe holds
    finished = waiting.finish(SHORT)
    assert finished.status == 0
    assert finished.output.decode().splitlines() == ["leí uno", *["leí dos"] * 40_000]


def test_a_program_that_is_not_needed_any_more_is_ended(tmp_path: Path) -> None:
    waiting = Workspace(tmp_path).begin([sys.executable, "-c", HEEDS_NOTHING], "entrada")
    waiting.feed(b"uno\n")
    waiting.end()
    assert not waiting.is_there()


def test_a_program_waits_longer_than_the_thread_that_began_it(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    begun: list[Waiting] = []

    def begin() -> None:
        begun.append(workspace.begin([sys.executable, "-c", f"open('ahí', 'w')\n{READS_ON}"], "entrada"))
        while not (tmp_path / "ahí").exists():
            time.sleep(0.01)

    thread = threading.Thread(target=begin)
    thread.start()
    thread.join()
    time.sleep(0.1)  # if the end of the thread is the program's, let it come
    (waiting,) = begun
    waiting.feed(b"uno\n")
    assert waiting.finish(Limits(seconds=20)).status == 0


@pytest.mark.timeout(60)
def test_a_copy_of_a_process_that_began_programs_begins_others(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    workspace.begin([sys.executable, "-c", READS_ON], "entrada").end()

    def begin_another() -> int | None:
        waiting = workspace.begin([sys.executable, "-c", READS_ON], "entrada")
        waiting.feed(b"uno\n")
        return waiting.finish(Limits(seconds=20)).status

    assert workspace.start_worker(begin_another)() == 0


STARTS_ONE_THAT_WAITS = """
import os, sys, time
from pathlib import Path
sys.path.insert(0, {engine!r})
from imprenta.workspace import Workspace
waiting = Workspace(Path(".")).begin([sys.executable, "-c", {program!r}], "entrada")
while not os.path.exists("proceso.txt") or not open("proceso.txt").read():
    time.sleep(0.01)
print("listo", flush=True)
time.sleep(60)
"""
WAITS = """
import os
open("proceso.txt", "w").write(str(os.getpid()))
open("entrada").read()
"""


@pytest.mark.skipif(not shutil.which("setpriv") or not shutil.which("timeout"), reason="util-linux or coreutils lack")
def test_a_program_that_waits_ends_with_the_one_that_it_waits_for(tmp_path: Path) -> None:
    script = STARTS_ONE_THAT_WAITS.format(engine=str(Path(__file__).resolve().parents[2]), program=WAITS)
    with subprocess.Popen([sys.executable, "-c", script], cwd=tmp_path, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"listo\n"
        number = int((tmp_path / "proceso.txt").read_text())
        os.kill(number, 0)
        process.kill()
    for _ in range(500):
        try:
            os.kill(number, 0)
        except ProcessLookupError:
            return
        time.sleep(0.01)
    raise AssertionError("it waits for nobody")
