"""A folder of data -> what `check` and `build` say of it; two laws are asserted for whatever is built.

1. A report that `check` finds no error in is built, with exit status 0; one with errors is not. The exception is what
   shows only on the finished pages: text that would leave the sheet.
2. No problem names `templates/` or `build/` unless the author has templates of their own.

A case is a folder of `tests/cases/`: the files that differ from those of `_base`, a small sound report.
"""

from __future__ import annotations

import contextlib
import io
import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reading import SEEN_LATE, read_text

from imprenta import cli

CASES = Path(__file__).resolve().parents[1] / "cases"


@dataclass(frozen=True)
class Said:
    """A problem as a program is told it."""

    code: str
    severity: str
    message: str
    hint: str
    path: str
    line: int
    column: int


@dataclass(frozen=True)
class Run:
    """What an order ended with: its exit status, its problems, and whatever else it printed."""

    status: int
    problems: tuple[Said, ...]
    printed: str

    @property
    def errors(self) -> tuple[Said, ...]:
        return tuple(problem for problem in self.problems if problem.severity == "error")

    def codes(self) -> set[str]:
        return {problem.code for problem in self.problems}

    def at(self, path: str, line: int) -> set[str]:
        """Return the codes that are told at a line."""
        return {problem.code for problem in self.problems if (problem.path, problem.line) == (path, line)}


def lay_case(name: str, folder: Path, *, base: str = "_base") -> Path:
    """Lay a case over a copy of the sound report; return the project's folder."""
    shutil.copytree(CASES / base, folder, dirs_exist_ok=True)
    if name:
        shutil.copytree(CASES / name, folder, dirs_exist_ok=True)
    return folder


def write_files(folder: Path, files: dict[str, str | bytes]) -> Path:
    """Write files of a project, by their paths."""
    for path, text in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def run_order(order: str, folder: Path, *options: str) -> Run:
    """Run an order on a project, in this process, and read what it says as a program does.

    What the command itself does before and after is for the tests that call it (`reading.run_build`).
    """
    said, told = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(told):
        status = cli.main([order, "--format", "json", *options, "--project", str(folder)])
    return _read_run(status, said.getvalue(), told.getvalue())


def _read_run(status: int, said: str, told: str) -> Run:
    assert status in (0, 1), said + told  # 2 to 4: not what an author's data may lead to
    assert "Traceback" not in said + told
    return Run(status, tuple(map(_read_problem, json.loads(said)["problemas"])), told)


def _read_problem(problem: dict[str, Any]) -> Said:
    place = problem["lugar"]
    return Said(
        problem["codigo"], problem["gravedad"], problem["mensaje"], problem["pista"],
        place["archivo"], place["linea"], place["columna"],
    )  # fmt: skip


def check(folder: Path, *options: str) -> Run:
    """Run `check`; every problem stands at a place of a file of the author's."""
    run = run_order("check", folder, *options)
    _assert_own_places(run, folder)
    return run


def build(folder: Path, *options: str) -> Run:
    """Run `check`, then `build`, hold them against the two laws and return what `build` said."""
    checked = check(folder)
    built = run_order("build", folder, *options)
    _assert_own_places(built, folder)
    seen_late = built.errors and {problem.code for problem in built.errors} <= SEEN_LATE
    assert built.status == checked.status or seen_late, (checked.problems, built.problems, built.printed)
    return built


def build_text(folder: Path, *options: str) -> str:
    """Build what has no errors and return what its PDF says, hyphens at the ends of lines joined."""
    built = build(folder, *options)
    assert built.status == 0, built.errors
    return read_text(folder / "build/informe.pdf")


def _assert_own_places(run: Run, folder: Path) -> None:
    for problem in run.problems:
        if not (folder / "templates").exists():
            assert not problem.path.startswith(("templates/", "build/")), problem
        path = folder / problem.path
        if path.is_file() and path.suffix in {".yaml", ".bib"}:
            assert 1 <= problem.line <= path.read_bytes().count(b"\n") + 1, problem
