"""A mutant and a copy of the project -> whether its fast tests notice, and which one did."""

from __future__ import annotations

import os
import queue
import re
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.mutations.mutants import Mutant

ROOT = Path(__file__).resolve().parents[2]
COPIED = ("imprenta", "tests", "templates", "pyproject.toml", "build.py")
SECONDS = 60
"""After so long a mutant that makes its tests hang is noticed."""
PASSED, FAILED = 0, 1
"""What pytest ends with; anything else says that it tested nothing."""
NAMED = re.compile(r"^FAILED \S*?::(\w+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a mutant: the test that noticed it, or nothing; and how long that took."""

    mutant: Mutant
    noticed_by: str
    seconds: float


class NothingTestedError(Exception):
    """Tests did not run, or fail where nothing was changed: nothing can be said of a mutant."""


def lay_copies(folder: Path, count: int) -> list[Path]:
    """Put copies of the project into a folder, each for one mutant at a time."""
    copies = [folder / str(number) for number in range(count)]
    for copy in copies:
        copy.mkdir(parents=True)
        for name in COPIED:
            path = ROOT / name
            if path.is_dir():
                shutil.copytree(path, copy / name, symlinks=True)
            else:
                shutil.copy2(path, copy / name)
    return copies


def put_in(mutant: Mutant, project: Path) -> str:
    """Change the project as a mutant says; return the module as it was. Raises ValueError if its place is not there."""
    path = project / "imprenta/typeset" / mutant.module
    before = path.read_text(encoding="utf-8")
    if before.count(mutant.old) != 1:
        raise ValueError(f"{mutant.module} has {before.count(mutant.old)} places «{mutant.old}»: mend tests/mutations")
    after = before.replace(mutant.old, mutant.new)
    compile(after, str(path), "exec")
    path.write_text(after, encoding="utf-8")
    return before


def run_tests(project: Path, tests: Sequence[str]) -> str:
    """Run fast tests, without TeX; return the name of the first that fails, or nothing. Raises NothingTestedError."""
    paths = [f"tests/unit/{name}.py" for name in tests]
    options = ["-q", "-x", "-p", "no:cacheprovider", "--tb=no", "-m", "not tex and not proof"]
    environment = os.environ | {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(project)}
    command = [sys.executable, "-m", "pytest", *options, *paths]
    try:
        done = subprocess.run(
            command, cwd=project, env=environment, capture_output=True, text=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return "(se agotó el tiempo)"
    if done.returncode == PASSED:
        return ""
    named = NAMED.search(done.stdout)
    if done.returncode != FAILED or named is None:
        raise NothingTestedError(f"{' '.join(paths)}: {done.stdout[-2000:]}{done.stderr[-2000:]}")
    return named[1]


def try_mutants(mutants: Sequence[Mutant], folder: Path, workers: int) -> Iterator[Verdict]:
    """Yield what becomes of each mutant, in their order; without any the tests must pass."""
    copies: queue.SimpleQueue[Path] = queue.SimpleQueue()
    for copy in lay_copies(folder, workers):
        copies.put(copy)

    def try_one(mutant: Mutant) -> Verdict:
        project = copies.get()
        try:
            begin = time.monotonic()
            path = project / "imprenta/typeset" / mutant.module
            status = path.stat()
            before = put_in(mutant, project)
            try:
                noticed_by = run_tests(project, mutant.tests)
            finally:
                path.write_text(before, encoding="utf-8")
                os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
            return Verdict(mutant, noticed_by, time.monotonic() - begin)
        finally:
            copies.put(project)

    project = copies.get()
    if failed := run_tests(project, sorted({name for mutant in mutants for name in mutant.tests})):
        raise NothingTestedError(f"{failed} fails although nothing was changed")
    copies.put(project)
    with ThreadPoolExecutor(workers) as pool:
        yield from pool.map(try_one, mutants)


def write_table(verdicts: Sequence[Verdict]) -> str:
    """Return a table of the mutants, for people."""
    rows = [
        f"| {verdict.mutant.module} | {verdict.mutant.breaks} | {verdict.noticed_by or '**NADIE**'} "
        f"| {verdict.seconds:.1f} s |"
        for verdict in verdicts
    ]
    noticed = sum(1 for verdict in verdicts if verdict.noticed_by)
    share = 100 * noticed // max(1, len(verdicts))
    head = "| módulo | qué se rompe | prueba que lo nota | tiempo |\n|---|---|---|---:|\n"
    return head + "\n".join(rows) + f"\n\nSe notan {noticed} de {len(verdicts)} ({share} %)."
