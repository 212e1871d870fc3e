"""Plots follow the files that their functions open; what they print is told and spelt as the rest of the report."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from laws import build, check, lay_case, write_files
from reading import ROOT, read_text

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
    "uno": "import os; os._exit(1)",
    "muerte": "import os; os.kill(os.getpid(), 9)",
}


def test_programs_that_end_their_process_are_told_and_the_others_are_drawn(tmp_path: Path) -> None:
    programs = {name: f"def dibujar(ejes, datos):\n    {end}\n" for name, end in ENDS.items()}
    programs["buena"] = "def dibujar(ejes, datos):\n    ejes.plot([1, 2], [1, 2])\n"
    mentions = " ".join(f"{{figura:{name}}}" for name in programs)
    section = f"titulo: Prueba\ncontenido:\n  - texto: Véanse {mentions} [@ruiz2020].\n"
    files: dict[str, str | bytes] = {
        "paper/secciones/prueba.yaml": section + "".join(f"  - figura: {name}\n" for name in programs)
    }
    for name, program in programs.items():
        files[f"figures/{name}.yaml"] = f"pie: Curva\nalternativa: Sube.\ngrafica: {name}.py\n"
        files[f"figures/{name}.py"] = program
    run = build(write_files(lay_case("", tmp_path), files))
    assert run.status == 1
    assert [(problem.code, problem.path, problem.line) for problem in run.errors] == [
        ("grafica-fallida", f"figures/{name}.yaml", 3) for name in sorted(ENDS)
    ]
