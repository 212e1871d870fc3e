"""A report and its edits -> seconds of Imprenta, latexmk and Typst, one right after the other, again and again."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from imprenta.client import stop_resident
from tests.bench.measure import Run, median_ratio, processor_seconds, run
from tests.bench.subjects import ROOT, Edit, Subject, apply_edit, swap_words
from tests.bench.typst_report import write_typst

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PYTHON = os.path.realpath(getattr(sys, "_base_executable", "") or sys.executable)
"""The Python that the environment is made of, as a user types it: not the environment's own, which build.py enters by
itself, nor a script that picks one of several Pythons (pyenv), whose time is not ours."""
ENVIRONMENT = {"IMPRENTA_ENTORNO": sys.prefix, "IMPRENTA_RESIDENTE": "sí"}
"""As users have it, also where CI runs the bench: there no process would stay unless it is asked for."""
ALONE = {**ENVIRONMENT, "IMPRENTA_RESIDENTE": "no"}
"""Without the process that stays after a build."""
PAUSE_SECONDS = 1.0
"""After each of our builds: what stays gets ready for the next command, and latexmk is to have the machine alone."""
PDF = "build/informe.pdf"
SEED = 7
LATEXMK = ("latexmk", "-pdf", "-interaction=nonstopmode", "informe.tex")
GIVEN = (".tex", ".bib", ".cls", ".sty", ".def")
"""What latexmk is given of build/latex, besides the figures: what an author of LaTeX would have written."""
MADE = ".aux .bbl .bcf .blg .fdb_latexmk .fls .lof .log .lot .out .pdf .run.xml .toc".split()


@dataclass(slots=True)
class Row:
    """What one case took, run by run, by who ran: `wall` and `processor` in seconds, `memory` in bytes."""

    subject: str
    case: str
    wall: dict[str, list[float]] = field(default_factory=dict)
    processor: dict[str, list[float]] = field(default_factory=dict)
    memory: dict[str, list[int]] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)

    def ratio(self) -> float:
        """Return how long ours took for each second of latexmk's."""
        return median_ratio(self.wall["imprenta"], self.wall["latexmk"])

    def note(self, who: str, done: Run) -> None:
        """Add one run."""
        self.wall.setdefault(who, []).append(done.wall)
        self.processor.setdefault(who, []).append(done.processor)
        self.memory.setdefault(who, []).append(done.memory)


def build_command(*options: str, project: Path) -> list[str]:
    """Return the command line that builds a project, as its author types it."""
    return [PYTHON, str(ROOT / "build.py"), "build", *options, "--project", str(project)]


class Contest:
    """One report in folders of its own: ours, latexmk's and Typst's."""

    def __init__(self, subject: Subject, folder: Path, announce: Callable[[str], None], *, typst: bool = True) -> None:
        self.subject = subject
        self.project = folder / subject.name
        self.latex = folder / f"{subject.name}-latexmk"
        self.typst = folder / f"{subject.name}-typst" if typst else None
        self.plain = folder / f"{subject.name}-plain"
        self.alone = folder / f"{subject.name}-solo"
        self.announce = announce

    def prepare(self) -> None:
        """Write the report and let everybody build it once, unmeasured."""
        self.subject.write(self.project)
        self.announce("primera construcción")
        self._build()
        self._hand_over()
        self.announce("primera vez de latexmk")
        run(LATEXMK, self.latex)
        for copy in filter(None, (self.plain, self.alone)):
            shutil.rmtree(copy, ignore_errors=True)
            shutil.copytree(self.project, copy, ignore=_without_pipes)

    def close(self) -> None:
        """End the process that stays."""
        stop_resident(str(self.project))

    def clean(self) -> None:
        """Leave nothing of any build."""
        stop_resident(str(self.project))
        shutil.rmtree(self.project / "build")

    def _build(self) -> Run:
        """Build; what the process that stays did for it counts, and what it does to get ready for the next too."""
        before = processor_seconds(str(self.project))
        done = run(build_command(project=self.project), ROOT, ENVIRONMENT)
        time.sleep(PAUSE_SECONDS)
        return replace(done, processor=done.processor + max(0.0, processor_seconds(str(self.project)) - before))

    def run_cold(self, repeats: int) -> Row:
        """Measure a build from nothing: ours draws the figures too, latexmk gets them ready-made."""
        row = Row(self.subject.name, "frio")
        for number in range(repeats):
            self.announce(f"en frío, {number + 1} de {repeats}")
            self.clean()
            row.note("imprenta", self._build())
            for suffix in MADE:
                (self.latex / f"informe{suffix}").unlink(missing_ok=True)
            row.note("latexmk", run(LATEXMK, self.latex))
            self._run_others(row, cold=True)
            self._compare(row)
        return row

    def run_nothing(self, repeats: int) -> Row:
        """Measure what it takes to see that nothing changed."""
        row = Row(self.subject.name, "nada")
        for _ in range(repeats):
            row.note("imprenta", self._build())
            row.note("latexmk", run(LATEXMK, self.latex))
        return row

    def run_edit(self, edit: Edit, repeats: int, *, others: bool = False) -> Row:
        """Measure one save after another: the edit, its undoing, the edit…

        With `others` so are `--plain` and Typst, whose times do not depend on what was edited. At the end all is as it
        was; latexmk gets its folder back, as it would take as long as another measurement to undo the last edit.
        """
        row = Row(self.subject.name, edit.name)
        kept = self.latex.with_name(f"{self.latex.name}-antes")
        if repeats % 2:
            shutil.rmtree(kept, ignore_errors=True)
            shutil.copytree(self.latex, kept)
        for number in range(repeats):
            self.announce(f"{edit.words}, {number + 1} de {repeats}")
            undo = bool(number % 2)
            apply_edit(self.project, edit, undo=undo)
            row.note("imprenta", self._build())
            self._hand_over()
            row.note("latexmk", run(LATEXMK, self.latex))
            self._compare(row)
            if others:
                for copy in (self.plain, self.alone):
                    apply_edit(copy, edit, undo=undo)
                self._run_others(row)
        if repeats % 2:
            apply_edit(self.project, edit, undo=True)
            if others:
                for copy in (self.plain, self.alone):
                    apply_edit(copy, edit, undo=True)
            self._build()
            shutil.rmtree(self.latex)
            kept.rename(self.latex)
        return row

    def measure_growth(self, saves: int) -> float:
        """Return how large the PDF is after so many saves of words all over the text, against one from nothing."""
        chance = random.Random(SEED)
        (self.project / "paper/rubrica.yaml").unlink(missing_ok=True)  # what it asks for may be among the words
        for number in range(saves):
            self.announce(f"tamaño del PDF, {number + 1} de {saves}")
            swap_words(self.project, chance)
            run(build_command(project=self.project), ROOT, ENVIRONMENT)
        edited = (self.project / PDF).stat().st_size
        self.clean()
        self._build()
        return edited / (self.project / PDF).stat().st_size

    def measure_resident_typst(self, edit: Edit, repeats: int) -> list[float]:
        """Return the seconds that Typst takes for an edit within a process that stays; nothing where it is left out."""
        if self.typst is None:
            return []
        versions = []
        for undo in (False, True):
            apply_edit(self.project, edit, undo=undo)
            write_typst(self.project, self.typst)
            versions.append((self.typst / "informe.typ").read_text(encoding="utf-8"))
        told = json.dumps({"versions": versions, "repeats": repeats})
        done = subprocess.run(
            [sys.executable, "-c", RESIDENT_TYPST],
            cwd=self.typst,
            input=told,
            capture_output=True,
            text=True,
            check=True,
        )
        found: list[float] = json.loads(done.stdout)
        return found

    def _run_others(self, row: Row, *, cold: bool = False) -> None:
        if cold:
            shutil.rmtree(self.plain / "build", ignore_errors=True)
        else:
            row.note("solo", run(build_command(project=self.alone), ROOT, ALONE))
        row.note("plain", run(build_command("--plain", project=self.plain), ROOT, ALONE))
        if self.typst is not None:
            write_typst(self.project, self.typst)
            row.note("typst", run(_typst_command(), self.typst))

    def _hand_over(self) -> None:
        """Give latexmk what our build wrote for LaTeX; a file that stays the same is not touched."""
        source = self.project / "build/latex"
        given = {path.name: path for path in source.iterdir() if path.suffix in GIVEN and path.is_file()}
        given |= {f"figures/{path.name}": path for path in (source / "figures").iterdir()}
        (self.latex / "figures").mkdir(parents=True, exist_ok=True)
        for name, path in given.items():
            target, data = self.latex / name, path.read_bytes()
            if not target.exists() or target.read_bytes() != data:
                target.write_bytes(data)

    def _compare(self, row: Row) -> None:
        """Note if the two PDFs do not say the same."""
        ours, theirs = (read_pdf(path) for path in (self.project / PDF, self.latex / "informe.pdf"))
        remark = "los PDF de Imprenta y de latexmk no dicen lo mismo"
        if ours != theirs and remark not in row.remarks:
            row.remarks.append(remark)


RESIDENT_TYPST = """
import json, pathlib, sys, time, typst
told, times = json.load(sys.stdin), []
compiler = typst.Compiler("informe.typ")
for number in range(told["repeats"] + 1):
    pathlib.Path("informe.typ").write_text(told["versions"][number % 2], encoding="utf-8")
    start = time.perf_counter()
    compiler.compile(output="informe.pdf")
    times.append(time.perf_counter() - start)
json.dump(times[1:], sys.stdout)
"""


def _without_pipes(folder: str, names: list[str]) -> list[str]:
    """Return of these names those that are neither files nor folders: pipes and sockets of what waits."""
    paths = [(name, os.path.join(folder, name)) for name in names]
    return [name for name, path in paths if not os.path.isfile(path) and not os.path.isdir(path)]


def _typst_command() -> list[str]:
    return [sys.executable, "-c", "import typst; typst.compile('informe.typ', output='informe.pdf')"]


def read_pdf(pdf: Path) -> list[str]:
    """Return the words of a PDF, one after the other.

    Where pdftotext leaves a line empty says nothing: it goes by the height that pdfTeX notes for a font, which depends
    on the letters that were taken of it.
    """
    return subprocess.run(["pdftotext", str(pdf), "-"], capture_output=True, text=True, check=True).stdout.split()
