"""Plots follow the files that their functions open; what they print is told and spelt as the rest of the report."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from laws import Run, build, check, lay_case, write_files
from reading import ROOT, read_text

from imprenta.confinement import is_confining
from imprenta.figures.plots import drawing
from imprenta.pipeline import drawers
from imprenta.pipeline.drawings import draw_figures
from imprenta.pipeline.examine import examine_report
from imprenta.pipeline.scope import ReportScope
from imprenta.workspace import Workspace


@pytest.mark.tex
def test_a_plot_follows_the_file_that_its_function_opens(tmp_path: Path) -> None:
    folder = lay_case("plots/csv", tmp_path, base="plots/csv")
    assert build(folder).status == 0
    pdf = folder / "build/informe.pdf"
    assert "max 55" in read_text(pdf)
    (folder / "figures/f.csv").write_text("t,v\n0,1\n1,77\n2,3\n", encoding="utf-8")
    assert build(folder).status == 0
    assert "max 77" in read_text(pdf)
    # Another folder to start from, and a file deeper down.
    program = (folder / "figures/f.py").read_text().replace('with_name("f.csv")', 'with_name("serie") / "f.csv"')
    write_files(folder, {"figures/f.py": program, "figures/serie/f.csv": "t,v\n0,1\n1,88\n"})
    script = [sys.executable, str(ROOT / "build.py"), "--project", os.path.relpath(folder, "/")]
    subprocess.run(script, cwd="/", check=True, capture_output=True, timeout=600)
    assert "max 88" in read_text(pdf)
    again = subprocess.run(script, cwd="/", check=True, capture_output=True, text=True, timeout=600)
    assert "sin cambios" in again.stdout
    write_files(folder, {"figures/serie/f.csv": "t,v\n0,1\n1,99\n"})
    subprocess.run(script, cwd="/", check=True, capture_output=True, timeout=600)
    assert "max 99" in read_text(pdf)


def test_a_plot_with_a_warning_is_drawn_once_and_warns_each_time(tmp_path: Path) -> None:
    problems = ROOT / "tests/problems"
    for name in ("_base", "grafica-aviso"):
        shutil.copytree(problems / name, tmp_path, dirs_exist_ok=True)
    told = []
    for drawn in (["caudal"], []):
        workspace = Workspace(tmp_path)
        examined = examine_report(workspace)
        figures = draw_figures(workspace, examined.loaded, ReportScope(examined.loaded.numbers))
        assert figures.drawn == drawn
        told.append(figures.problems)
    assert told[0] == told[1]
    assert [problem.code for problem in told[0]] == ["grafica-aviso"]


@pytest.mark.parametrize("case", ["letra-pequena", "grafica-fallida", "grafica-sin-funcion", "rotulos-encimados"])
def test_check_tells_what_the_drawings_have_to_say(case: str, tmp_path: Path) -> None:
    problems = ROOT / "tests/problems"
    for name in ("_base", case):
        shutil.copytree(problems / name, tmp_path, dirs_exist_ok=True)
    for _ in range(2):  # of a drawing that is kept too
        run = check(tmp_path)
        assert [problem.code for problem in run.problems] == [case]
        assert run.status == (0 if case == "rotulos-encimados" else 1)


@pytest.mark.tex
def test_plots_and_graphs_print_what_was_typed(tmp_path: Path) -> None:
    folder = lay_case("plots/letters", tmp_path)
    assert build(folder).codes() == {"rotulos-encimados"}
    words = read_text(folder / "build/informe.pdf")
    for part in (r"C:\Nuevo", r"Salto \Gama", r"\\servidor", r"Grupo \G", r"Clase C:\Gama \N", "1,25", "03 ene"):
        assert part in words, part


ENDS = {
    "cero": "import os; os._exit(0)",
    "fuera": "raise GeneratorExit",
    "hijo": "import os; os.fork()",
    "memoria": "bytearray(10 << 30)",
    "muerte": "import os; os.kill(os.getpid(), 9)",
    "uno": "import os; os._exit(1)",
}
HOLDS_UP = """\
    while True:
        try:
            pass
        except BaseException:
            pass
"""
STAYS = {
    "captura": HOLDS_UP,
    "cuenta": "sum(range(10**15))",
    "sorda": "import signal, time; signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65)); time.sleep(1000)",
    "tubo": "open(__file__.replace('tubo.py', 'tuberia'))",
}


def build_programs(folder: Path, bodies: dict[str, str]) -> Run:
    """Build a report of plots by programs with these bodies, and of a good one."""
    programs = {name: f"def dibujar(ejes, datos):\n    {body.lstrip()}\n" for name, body in bodies.items()}
    programs["buena"] = "def dibujar(ejes, datos):\n    ejes.plot([1, 2], [1, 2])\n"
    mentions = " ".join(f"{{figura:{name}}}" for name in programs)
    section = f"titulo: Prueba\ncontenido:\n  - texto: Véanse {mentions} [@ruiz2020].\n"
    files: dict[str, str | bytes] = {
        "paper/secciones/prueba.yaml": section + "".join(f"  - figura: {name}\n" for name in programs)
    }
    for name, program in programs.items():
        files[f"figures/{name}.yaml"] = f"pie: Curva\nalternativa: Sube.\ngrafica: {name}.py\n"
        files[f"figures/{name}.py"] = program
    return build(write_files(lay_case("", folder), files))


def test_programs_that_end_their_process_are_told_and_the_others_are_drawn(tmp_path: Path) -> None:
    run = build_programs(tmp_path, ENDS)
    assert run.status == 1
    told = {problem.path: (problem.code, problem.line) for problem in run.errors}
    lines = {name: 1 if name in ("cero", "muerte", "uno") else 2 for name in ENDS}
    assert told == {f"figures/{name}.py": ("grafica-fallida", line) for name, line in lines.items()}


@pytest.mark.proof
@pytest.mark.timeout(600)
def test_programs_that_do_not_end_are_ended_whatever_they_do_against_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, seconds in (("MAX_SECONDS", 3.0), ("MAX_WAIT", 6.0), ("AGAIN", 1.0)):
        monkeypatch.setattr(drawing, name, seconds)
    monkeypatch.setattr(drawers, "LONGEST_PLOT", 60.0)
    (tmp_path / "figures").mkdir()
    os.mkfifo(tmp_path / "figures/tuberia")
    run = build_programs(tmp_path, STAYS)
    assert run.status == 1
    told = {problem.path: problem.code for problem in run.errors}
    assert told == {f"figures/{name}.py": "grafica-fallida" for name in STAYS}
    assert all("tarda" in problem.message for problem in run.errors)


@pytest.mark.skipif(not is_confining(), reason="this system has no Landlock")
def test_a_program_writes_nothing_of_the_authors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "build"))  # what passes may be written anywhere there
    run = build_programs(tmp_path, {"escribe": "open(__file__.replace('escribe.py', 'nuevo.txt'), 'w')"})
    (problem,) = run.errors
    assert (problem.path, problem.line, problem.code) == ("figures/escribe.py", 2, "grafica-fallida")
    assert "PermissionError" in problem.message
    assert not (tmp_path / "figures/nuevo.txt").exists()
