"""One run of pdfLaTeX or biber in the folder of the build: how it is started, and why it failed."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from imprenta.problems import CannotContinue, Problem, Span
from imprenta.project import tell_installer
from imprenta.typeset.engine.control import find_dangers
from imprenta.typeset.engine.locate import BIBLIOGRAPHY, Locator, put_at
from imprenta.typeset.engine.log import decode_output, interrupted_place, read_biber_log, read_latex_log
from imprenta.workspace import Limits

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from imprenta.typeset.engine.control import Danger
    from imprenta.workspace import Finished, Workspace

FOLDER = "build/latex"
JOB = "informe"
WITH_SYNCTEX, SYNCTEX = "-synctex=-1", ".synctex"
"""The option by which a run tells where its pages come from, and the ending of that file; packing it took a tenth of a
run."""
BIBER_FAILED = frozenset({"biber-fallo", "cita-sin-resolver"})
"""The codes of problems with which there is no list of references."""
DATE = "SOURCE_DATE_EPOCH"
"""What tells TeX and biber the date of the document."""
FULL = re.compile(rb"^!pdfTeX error: .*\bf(?:write|flush)\(\) failed", re.MULTILINE)
"""What pdfTeX says when it could not write all that it wanted to."""
RUN_LIMITS = Limits(seconds=180.0)
# The .bib holds characters, no commands for them: those of formulas are not biber's to read.
BIBER_OPTIONS = ("--noconf", "--decodecharsset=null")


def read_output(workspace: Workspace, suffix: str, job: str = JOB) -> str:
    """Return a file of a job as text, or an empty text."""
    return decode_output(workspace.read(f"{FOLDER}/{job}{suffix}") or b"")


def refuse_full(finished: Finished, program: str) -> None:
    """Raise CannotContinue if a program ended for want of room: its log, cut short, tells an innocent line."""
    if finished.outgrew:
        hint = "algo del informe o de una plantilla escribe sin fin, o el sistema deja escribir menos («ulimit -f»)"
        raise CannotContinue(f"{program} se detuvo: un archivo pasó del tamaño que se le permite", hint=hint)
    if finished.status != 0 and FULL.search(finished.output + finished.errors):
        raise CannotContinue(f"{program} no puede escribir en «{FOLDER}/»: no queda sitio en el disco")


class Endless(CannotContinue):
    """A program did not come to its end in its time, and was ended: `problem` tells where it was."""

    def __init__(self, problem: Problem) -> None:
        """Keep the problem."""
        super().__init__(problem.message, status=1)
        self.problem = problem


@dataclass(frozen=True)
class Engine:
    """Runs pdfLaTeX and biber in the folder; `date` (AAAA[-MM[-DD]]) is the document's time stamp.

    `locator` knows where the document's lines come from. Whatever is run raises Endless when its time is over.
    """

    workspace: Workspace
    date: str
    announce: Callable[[str], None]
    locator: Locator | None = None

    @cached_property
    def environment(self) -> dict[str, str]:
        """Return what the programs find in their environment besides this process's."""
        year, month, day = ([int(part) for part in self.date.split("-")] + [1, 1])[:3]
        moment = datetime.datetime(year, month, day, 12, tzinfo=datetime.UTC)
        return {
            DATE: str(int(moment.timestamp())),
            "FORCE_SOURCE_DATE": "1",
            "openin_any": "p",
            "openout_any": "p",
            "max_print_line": "19999",
            "error_line": "254",
            "half_error_line": "238",
            "TEXINPUTS": ".:",
            "TEXMFHOME": "",
            "LC_ALL": "C.UTF-8",
        }

    def command(self, arguments: Sequence[str]) -> list[str]:
        """Return the command of pdfLaTeX with these arguments after those that every run has."""
        return ["pdflatex", "-no-shell-escape", "-interaction=nonstopmode", "-file-line-error", *arguments]

    def start(self, arguments: Sequence[str]) -> Finished:
        """Run pdfLaTeX to its end with these arguments after those that every run has."""
        command = self.command(arguments)
        finished = self.workspace.run(command, folder=FOLDER, environment=self.environment, limits=RUN_LIMITS)
        return self.came_to_an_end(finished, arguments)

    def came_to_an_end(self, finished: Finished, arguments: Sequence[str]) -> Finished:
        """Return what became of a run; raise Endless if its time was over."""
        if finished.timed_out:
            job = next((word[len("-jobname=") :] for word in arguments if word.startswith("-jobname=")), JOB)
            log = read_output(self.workspace, ".log", job)
            locator = self.locator or Locator()
            message = f"LaTeX no terminó en {RUN_LIMITS.seconds:.0f} segundos y se detuvo"
            problem = Problem("latex-sin-fin", message, Span(f"{FOLDER}/{job}.log"))
            raise Endless(locator.put(problem, interrupted_place(log, job, locator), "LaTeX"))
        return finished

    def run_latex(self, number: int, locator: Locator, base: str = "") -> list[Problem]:
        """Run the engine once over the whole document, from a format if there is one; return why it failed."""
        self.announce(f"pdfLaTeX, pasada {number}")
        start = [f"-fmt={base}"] if base else []
        finished = self.start([*start, "-recorder", WITH_SYNCTEX, f"-jobname={JOB}", f"{JOB}.tex"])
        log_path = f"{FOLDER}/{JOB}.log"
        if finished.status == 0:
            return []
        refuse_full(finished, "LaTeX")
        log = read_output(self.workspace, ".log")
        if missing := re.search(r"File `([^']+\.(?:sty|cls|def|bbx|cbx|lbx))' not found", log):
            raise CannotContinue(f"a LaTeX le falta el archivo «{missing[1]}»", hint=tell_installer())
        if not log:
            words = (finished.output + finished.errors).decode("utf-8", "replace").strip()[-300:]
            raise CannotContinue(f"LaTeX no arranca: «{words}»", hint=tell_installer())
        passed = re.findall(r"^H\|(\d+)", read_output(self.workspace, ".checkpoints"), re.MULTILINE)
        reached = int(passed[-1]) if passed else 0
        locator = replace(locator, entries_of_bbl=read_output(self.workspace, ".bbl"), reached=reached)
        failures = [problem for problem in read_latex_log(log, log_path, locator) if problem.code == "latex-fallo"]
        unsaid = Problem("latex-fallo", "LaTeX falló sin decir por qué", Span(log_path))
        # What LaTeX says after its first error mostly comes of that.
        return failures[:1] or [locator.put(unsaid, None, "LaTeX")]

    def run_biber(
        self, locator: Locator, job: str = JOB, warm: Callable[[str], tuple[str, str] | None] = lambda control: None
    ) -> list[Problem]:
        """Run biber once; return what it says, or why it may not be run.

        `warm` may know what it writes for a control file, the .bbl and the log: a biber that has begun already.
        """
        control = read_output(self.workspace, ".bcf", job)
        if dangers := find_dangers(control):
            return [self._refuse(danger, locator, f"{FOLDER}/{job}.bcf") for danger in dangers]
        self.announce("biber")
        if made := warm(control):
            for suffix, text in zip((".bbl", ".blg"), made, strict=True):
                self.workspace.write(f"{FOLDER}/{job}{suffix}", text)
            return read_biber_log(made[1], f"{FOLDER}/{job}.blg", locator)
        finished = self.workspace.run(
            ["biber", *BIBER_OPTIONS, job],
            folder=FOLDER,
            environment=self.environment,
            limits=RUN_LIMITS,
        )
        path = f"{FOLDER}/{job}.blg"
        if finished.timed_out:
            problem = Problem("biber-fallo", "biber no terminó y se detuvo", Span(path))
            raise Endless(put_at(problem, Span(BIBLIOGRAPHY), "biber"))
        refuse_full(finished, "biber")
        problems = read_biber_log(read_output(self.workspace, ".blg", job), path, locator)
        if finished.status != 0 and not any(problem.code == "biber-fallo" for problem in problems):
            words = (finished.output + finished.errors).decode("utf-8", "replace").strip()[-300:]
            problem = Problem("biber-fallo", f"biber falló: «{words}»", Span(path))
            problems.append(put_at(problem, Span(BIBLIOGRAPHY), "biber"))
        return problems

    def _refuse(self, danger: Danger, locator: Locator, path: str) -> Problem:
        """Say what biber may not be given, at the template that wants it."""
        found = (locator.text(words) for words in danger.found_by)
        place = next((place for place in found if place is not None), Span(path))
        return Problem("biber-fallo", f"{danger.message}: no se ejecuta", place, "quítelo de la plantilla")
