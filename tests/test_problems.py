"""The smallest bad input of each problem, exactly what Imprenta says of it, and that the guide's example mends it.

Each folder of tests/problems/ is named after a code, with `+` and a variant if need be, and holds the files that
differ from those of `_base`, and `esperado.txt`: what is said under that code alone (`check --only CODE`), so that a
new check turns no foreign case red. Which other codes the cases bring stands apart, in `codigos.txt`, and is one test.
`IMPRENTA_REESCRIBE=1 pytest tests/test_problems.py` writes the expected texts anew: review them.
"""

from __future__ import annotations

import os
import re
import shutil
import textwrap
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from imprenta import cli
from imprenta.cli.screen import tell_problems
from imprenta.codes import CODES
from imprenta.pipeline.drawings import draw_figures
from imprenta.pipeline.examine import examine_report
from imprenta.pipeline.scope import ReportScope
from imprenta.report import format_problems
from imprenta.typeset.engine import engine as typeset_engine
from imprenta.workspace import Limits, Workspace

if TYPE_CHECKING:
    from collections.abc import Callable

    from imprenta.problems import Problem

FOLDER = Path(__file__).parent / "problems"
CASES = sorted(path.name for path in FOLDER.iterdir() if path.is_dir() and not path.name.startswith("_"))

# What `check` cannot know: it shows when figures are drawn, when templates are filled, and when TeX runs.
DRAWN = {
    "figura-no-cabe", "grafica-aviso", "grafica-fallida", "grafica-sin-funcion", "letra-ausente", "letra-pequena",
    "contraste-bajo", "datos-sin-dibujar", "rotulos-encimados", "texto-fuera",
}  # fmt: skip
FILLED = {"plantilla-desconocida", "plantilla-fallida", "plantilla-mal-escrita", "variable-desconocida"}
# These four end the build before the PDF; those below are found in one build that gets as far as that.
STOPPED = {"biber-fallo", "cita-sin-resolver", "latex-fallo", "latex-sin-fin"}
TYPESET = {"biber-aviso", "linea-desbordada", "nivel-saltado", "referencia-sin-resolver"}
BUILT = DRAWN | FILLED | STOPPED | TYPESET
# Only an order that trusts nobody says it.
DISTRUSTED = "no-confiable"

# The example stands for something that a text cannot show: a file's name, its bytes, its absence.
NOT_VERBATIM = {
    "archivo-sin-usar", "archivo-vacio", "bib-codificacion", "caracter-prohibido", "entrada-sin-citar",
    "exigencia-incumplida", "no-utf8", "nombre-de-archivo", "texto-largo", "valor-sin-usar", "vocabulario-sin-usar",
}  # fmt: skip

OTHER_CODES = FOLDER / "codigos.txt"

LOG_PLACE = re.compile(r"(?m)^( *build/latex/[\w-]+\.[bl][lo]g):\d+:\d+:(.*)\n(?: +\d+ \| .*\n +\| +\^+\n)?")


def code_of(case: str) -> str:
    return case.partition("+")[0]


def cases_of(*codes: str) -> list[str]:
    return [case for case in CASES if code_of(case) in codes]


def make_project(case: str, folder: Path) -> None:
    """Lay the case's files over the sound project."""
    shutil.copytree(FOLDER / "_base", folder, dirs_exist_ok=True)
    shutil.copytree(FOLDER / case, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("esperado.txt"))


def compare(case: str, said: str) -> None:
    """Compare what was said with the case's expected text; where a log says it changes with every template."""
    said = LOG_PLACE.sub(r"\1:N:\2\n", said)
    expected = FOLDER / case / "esperado.txt"
    if os.environ.get("IMPRENTA_REESCRIBE"):
        expected.write_text(said, encoding="utf-8")
    assert f"[{code_of(case)}]" in said
    assert said == expected.read_text(encoding="utf-8")


def mend_example(case: str, folder: Path) -> None:
    """Put the good example of the case's code in the place of the bad one, wherever that stands."""
    code = CODES[code_of(case)]
    changed = 0
    for path in sorted(folder.rglob("*")):
        if path.suffix not in {".yaml", ".bib", ".csv", ".py", ".j2"}:
            continue
        text = path.read_text(encoding="utf-8")
        for indent in ("", "  ", "    ", "      "):
            bad = textwrap.indent(code.bad, indent)
            if bad in text:
                mended = text.replace(bad, textwrap.indent(code.good, indent))
                path.write_text(mended, encoding="utf-8")
                changed += 1
    assert changed, "the example of the guide is not in the case"


@dataclass(frozen=True)
class Examined:
    """A project and what the checks that draw nothing say of it."""

    workspace: Workspace
    problems: tuple[Problem, ...]

    def say(self, code: str) -> str:
        """Return what is printed of the problems of a code."""
        own = [problem for problem in self.problems if problem.code == code]
        return f"{tell_problems(self.workspace, own)}\n" if own else ""

    def codes(self) -> set[str]:
        return {problem.code for problem in self.problems}


def say_drawing(folder: Path) -> str:
    """Return what the drawing of the project's figures says."""
    workspace = Workspace(folder)
    examined = examine_report(workspace)
    assert not examined.problems
    drawn = draw_figures(workspace, examined.loaded, ReportScope(examined.loaded.numbers))
    return format_problems(drawn.problems, lambda path: (folder / path).read_text().split("\n")) + "\n"


def test_the_sound_project_has_no_problems(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(FOLDER / "_base", tmp_path, dirs_exist_ok=True)
    assert cli.main(["check", "--strict", "--project", str(tmp_path)]) == 0
    assert capsys.readouterr().err == ""


def test_every_code_has_its_smallest_bad_input() -> None:
    assert {code_of(case) for case in CASES} == set(CODES)
    assert set(CODES) <= set(CASES)
    assert set(CODES) >= BUILT | NOT_VERBATIM


@pytest.fixture(scope="module")
def examine(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Examined]:
    """A case, or its good example, and what the checks say of it: each is looked at once, whoever asks."""

    @cache
    def look(case: str, *, mended: bool = False) -> Examined:
        folder = tmp_path_factory.mktemp("caso")
        make_project(case, folder)
        if mended:
            mend_example(case, folder)
        workspace = Workspace(folder)
        return Examined(workspace, examine_report(workspace).problems)

    return look


def test_check_tells_a_code_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make_project("texto-provisional", tmp_path)
    order = ["check", "--only", "texto-provisional", "--project", str(tmp_path)]
    assert [cli.main(order), cli.main([*order, "--strict"])] == [0, 1]
    told = (FOLDER / "texto-provisional/esperado.txt").read_text(encoding="utf-8")
    assert capsys.readouterr().err == told * 2


def test_what_is_left_out_is_told_exactly(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make_project(DISTRUSTED, tmp_path)
    order = ["check", "--only", DISTRUSTED, "--project", str(tmp_path), "--untrusted", "--strict"]
    assert cli.main(order) == 0
    compare(DISTRUSTED, capsys.readouterr().err)
    assert not (tmp_path / "build").exists()


@pytest.mark.parametrize("case", [case for case in CASES if code_of(case) not in {*BUILT, DISTRUSTED}])
def test_each_problem_is_told_exactly(case: str, examine: Callable[..., Examined]) -> None:
    compare(case, examine(case).say(code_of(case)))


@pytest.mark.parametrize("code", sorted(set(CODES) - BUILT - NOT_VERBATIM - {DISTRUSTED}))
def test_the_good_example_has_no_problem(code: str, examine: Callable[..., Examined]) -> None:
    assert examine(code, mended=True).say(code) == ""


def test_cases_and_good_examples_bring_no_other_problems_than_those_listed(examine: Callable[..., Examined]) -> None:
    """A new check that fires on these small inputs changes this one list and nothing else."""
    found = []
    for case in CASES:
        if code_of(case) in {*BUILT, DISTRUSTED}:
            continue
        codes = examine(case).codes()
        assert code_of(case) in codes
        found.append((case, codes - {code_of(case)}))
        if case in CODES and case not in NOT_VERBATIM:
            found.append((f"{case} (bien)", examine(case, mended=True).codes()))
    listed = "".join(f"{case}: {', '.join(sorted(codes))}\n" for case, codes in found if codes)
    if os.environ.get("IMPRENTA_REESCRIBE"):
        OTHER_CODES.write_text(listed, encoding="utf-8")
    assert listed == OTHER_CODES.read_text(encoding="utf-8")


@pytest.mark.tex
@pytest.mark.parametrize("case", cases_of(*DRAWN))
def test_what_drawing_finds_is_told_exactly(case: str, tmp_path: Path) -> None:
    make_project(case, tmp_path)
    compare(case, say_drawing(tmp_path))
    if case in CODES:
        mend_example(case, tmp_path)
        assert say_drawing(tmp_path) == "\n"


@pytest.mark.parametrize("case", cases_of(*FILLED))
def test_what_templates_lack_is_told_exactly(case: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make_project(case, tmp_path)
    status = cli.main(["build", "--project", str(tmp_path)])
    said = capsys.readouterr().err
    compare(case, said.partition("\n\n")[0] + "\n")
    assert status == 1
    assert not (tmp_path / "build/informe.pdf").exists()


@pytest.mark.tex
@pytest.mark.parametrize("case", cases_of(*STOPPED))
def test_what_stops_the_typesetting_is_told_exactly(
    case: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    if case == "latex-sin-fin":
        monkeypatch.setattr(typeset_engine, "RUN_LIMITS", Limits(seconds=4.0))
    make_project(case, tmp_path)
    status = cli.main(["build", "--project", str(tmp_path)])
    said = capsys.readouterr().err
    compare(case, said.partition("\n\n")[0] + "\n")
    assert status == 1
    assert not (tmp_path / "build/informe.pdf").exists()


@pytest.mark.tex
def test_what_the_finished_typesetting_shows_is_told_exactly(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One build with the files of all these cases, which differ, tells all their problems."""
    cases = cases_of(*TYPESET)
    shutil.copytree(FOLDER / "_base", tmp_path, dirs_exist_ok=True)
    for case in cases:
        shutil.copytree(FOLDER / case, tmp_path, dirs_exist_ok=True)
    status = cli.main(["build", "--project", str(tmp_path)])
    said = capsys.readouterr().err
    told = re.split(r"(?m)^(?=[\w/.]+:\d+:\d+: )", said.partition("\n\n")[0] + "\n")
    for case in cases:
        compare(case, "".join(problem for problem in told if f"[{code_of(case)}]" in problem))
    assert status == 1  # a reference that leads nowhere is an error
