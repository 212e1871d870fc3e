"""The loop of engine and biber: as many runs as the auxiliary files ask for, within limits."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from imprenta.problems import CannotContinue, Problem, Span
from imprenta.typeset.freshness import inputs_hash, is_fresh, note_run
from imprenta.typeset.locate import BIBLIOGRAPHY, Locator, put_at
from imprenta.typeset.log import asks_for_rerun, interrupted_place, read_biber_log, read_latex_log
from imprenta.workspace import Limits, content_hash

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from imprenta.model.source_map import SourceMap
    from imprenta.workspace import Workspace

FOLDER = "build/latex"
JOB = "informe"
MAP = ".mapa"
MAXIMUM_RUNS = 6
RUN_LIMITS = Limits(seconds=180.0)

WATCHED = (".aux", ".toc", ".lof", ".lot", ".out", ".bbl", ".run.xml")
"""Files that a run reads and writes: when they stay the same, one more run would change nothing."""

MISSING_FILE_PACKAGES = "instale los paquetes de «debian-packages.txt»: `make pdf` lo hace"


@dataclass(frozen=True, slots=True)
class Typeset:
    """What came of typesetting: the PDF (None if it failed), how it was made, what was found."""

    pdf: bytes | None
    problems: tuple[Problem, ...]
    engine_runs: int
    biber_runs: int


def typeset_document(
    workspace: Workspace,
    source: str,
    bibliography: bytes,
    files: Mapping[str, bytes],
    places: SourceMap,
    *,
    date: str,
    announce: Callable[[str], None] = lambda step: None,
) -> Typeset:
    """Turn the .tex, the .bib and the files that the .tex includes into a PDF.

    `places` tells where the .tex comes from: the problems stand there, and the map is kept beside the .tex as `.mapa`.
    Nothing is run when the last good run had the same inputs. Works in a folder of its own, where the auxiliary files
    of the last build stay, so that a small change needs one run. No shell escape; TeX may open files below that folder
    and its own trees only. `date` (AAAA[-MM[-DD]]) is the document's time stamp, so that the same data give the same
    bytes. Raises CannotContinue (status 4) when the toolchain is missing.
    """
    for program in ("pdflatex", "biber"):
        if workspace.find_program(program) is None:
            raise CannotContinue(f"falta el programa «{program}»", hint=MISSING_FILE_PACKAGES)
    locator = Locator(source, places, bibliography.decode("utf-8", "replace"))
    # The lines of the data may have moved while the .tex stayed the same, so the map is written each time.
    workspace.write(f"{FOLDER}/{JOB}{MAP}", places.dumps())
    record, made = f"{FOLDER}/{JOB}.hecho", f"{FOLDER}/{JOB}.pdf"
    given = inputs_hash(source, bibliography, files, date)
    if is_fresh(workspace, record, made, given):
        return Typeset(workspace.read(made), tuple(_read_logs(workspace, locator)), 0, 0)
    _fill_folder(workspace, source, bibliography, files)
    engine = _Engine(workspace, date, announce)
    engine_runs = biber_runs = 0
    control_before = _biber_mark(workspace)
    inherited = workspace.is_file(f"{FOLDER}/{JOB}.aux")
    while engine_runs < MAXIMUM_RUNS:
        before = _watched_hash(workspace)
        engine_runs += 1
        failure = engine.run_latex(engine_runs, locator)
        if failure:
            _forget_auxiliary(workspace)
            if inherited and failure[0].code != "latex-sin-fin":
                # What an interrupted or older build left may be to blame: once more, from nothing.
                inherited, control_before = False, None
                continue
            return Typeset(None, tuple(failure), engine_runs, biber_runs)
        control = _biber_control(workspace)
        if control is not None and control != control_before:
            biber_runs += 1
            biber_problems = engine.run_biber(locator)
            if any(problem.code in {"biber-fallo", "cita-sin-resolver"} for problem in biber_problems):
                _forget_auxiliary(workspace)
                return Typeset(None, tuple(biber_problems), engine_runs, biber_runs)
            control_before = control
            workspace.write(f"{FOLDER}/{JOB}.biber", control)
            continue
        log = _read(workspace, ".log")
        if before == _watched_hash(workspace) and not (asks_for_rerun(log) and engine_runs < 3):
            break
    pdf = workspace.read(made)
    if pdf is not None:
        note_run(workspace, record, f"{FOLDER}/{JOB}.fls", pdf, given)
    return Typeset(pdf, tuple(_read_logs(workspace, locator)), engine_runs, biber_runs)


def _read_logs(workspace: Workspace, locator: Locator) -> list[Problem]:
    """Return what the last run of each program had to say."""
    problems = read_latex_log(_read(workspace, ".log"), f"{FOLDER}/{JOB}.log", locator)
    return problems + read_biber_log(_read(workspace, ".blg"), f"{FOLDER}/{JOB}.blg", locator)


def _fill_folder(workspace: Workspace, source: str, bibliography: bytes, files: Mapping[str, bytes]) -> None:
    """Put the inputs beside the .tex, and take away drawings that are not used any more."""
    workspace.write(f"{FOLDER}/{JOB}.tex", source)
    workspace.write(f"{FOLDER}/references.bib", bibliography)
    for name, data in files.items():
        workspace.write(f"{FOLDER}/{name}", data)
    for folder in {name.rpartition("/")[0] for name in files}:
        for path in workspace.list_files(f"{FOLDER}/{folder}", ""):
            if path.removeprefix(f"{FOLDER}/") not in files:
                workspace.remove(path)


def _read(workspace: Workspace, suffix: str) -> str:
    return (workspace.read(f"{FOLDER}/{JOB}{suffix}") or b"").decode("utf-8", "replace")


def _watched_hash(workspace: Workspace) -> str:
    return content_hash(*(workspace.read(f"{FOLDER}/{JOB}{suffix}") or b"" for suffix in WATCHED))


def _biber_control(workspace: Workspace) -> str | None:
    """Return the hash of all that biber would read, or None if the document asks nothing of it."""
    control = workspace.read(f"{FOLDER}/{JOB}.bcf")
    if control is None:
        return None
    return content_hash(control, workspace.read(f"{FOLDER}/references.bib") or b"")


def _biber_mark(workspace: Workspace) -> str | None:
    """Return what biber read in the run that made the .bbl which is there."""
    if not workspace.is_file(f"{FOLDER}/{JOB}.bbl"):
        return None
    mark = workspace.read(f"{FOLDER}/{JOB}.biber")
    return mark.decode() if mark is not None else None


def _forget_auxiliary(workspace: Workspace) -> None:
    """After a failure the next build starts anew: half-written auxiliary files can break it for good."""
    for suffix in (*WATCHED, ".bcf", ".biber", ".hecho"):
        workspace.remove(f"{FOLDER}/{JOB}{suffix}")


class _Engine:
    """Runs pdfLaTeX and biber in the folder."""

    def __init__(self, workspace: Workspace, date: str, announce: Callable[[str], None]) -> None:
        self.workspace = workspace
        self.announce = announce
        year, month, day = ([int(part) for part in date.split("-")] + [1, 1])[:3]
        moment = datetime.datetime(year, month, day, 12, tzinfo=datetime.UTC)
        self.environment = {
            "SOURCE_DATE_EPOCH": str(int(moment.timestamp())),
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

    def run_latex(self, number: int, locator: Locator) -> list[Problem]:
        """Run the engine once; return why it failed, or nothing."""
        self.announce(f"pdfLaTeX, pasada {number}")
        finished = self.workspace.run(
            [
                "pdflatex",
                "-no-shell-escape",
                "-interaction=nonstopmode",
                "-file-line-error",
                "-recorder",
                "-synctex=1",
                JOB + ".tex",
            ],
            folder=FOLDER,
            environment=self.environment,
            limits=RUN_LIMITS,
        )
        log_path = f"{FOLDER}/{JOB}.log"
        if finished.timed_out:
            message = f"LaTeX no terminó en {RUN_LIMITS.seconds:.0f} segundos y se detuvo"
            place = interrupted_place(_read(self.workspace, ".log"), locator)
            return [put_at(Problem("latex-sin-fin", message, Span(log_path)), place, "LaTeX")]
        if finished.status == 0:
            return []
        log = _read(self.workspace, ".log")
        if missing := re.search(r"File `([^']+\.(?:sty|cls|def|bbx|cbx|lbx))' not found", log):
            raise CannotContinue(f"a LaTeX le falta el archivo «{missing[1]}»", hint=MISSING_FILE_PACKAGES)
        if not log:
            words = (finished.output + finished.errors).decode("utf-8", "replace").strip()[-300:]
            raise CannotContinue(f"LaTeX no arranca: «{words}»", hint=MISSING_FILE_PACKAGES)
        locator = replace(locator, entries_of_bbl=_read(self.workspace, ".bbl"))
        failures = [problem for problem in read_latex_log(log, log_path, locator) if problem.code == "latex-fallo"]
        return failures or [Problem("latex-fallo", "LaTeX falló sin decir por qué", Span(log_path))]

    def run_biber(self, locator: Locator) -> list[Problem]:
        """Run biber once; return what it says."""
        self.announce("biber")
        finished = self.workspace.run(
            ["biber", "--noconf", JOB],
            folder=FOLDER,
            environment=self.environment,
            limits=RUN_LIMITS,
        )
        path = f"{FOLDER}/{JOB}.blg"
        if finished.timed_out:
            return [
                put_at(Problem("biber-fallo", "biber no terminó y se detuvo", Span(path)), Span(BIBLIOGRAPHY), "biber")
            ]
        problems = read_biber_log(_read(self.workspace, ".blg"), path, locator)
        if finished.status != 0 and not any(problem.code == "biber-fallo" for problem in problems):
            words = (finished.output + finished.errors).decode("utf-8", "replace").strip()[-300:]
            problems.append(Problem("biber-fallo", f"biber falló: «{words}»", Span(path)))
        return problems
