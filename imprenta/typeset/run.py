"""The loop of engine and biber: as many runs as the auxiliary files ask for, within limits."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from imprenta.problems import CannotContinue
from imprenta.typeset.engine import FOLDER, JOB, MISSING_FILE_PACKAGES, Engine, read_output
from imprenta.typeset.formats import BASE, make_format, split_preamble
from imprenta.typeset.freshness import (
    Record,
    inputs_hash,
    is_fresh,
    read_record,
    stamp_inputs,
    stamps_hold,
    write_record,
)
from imprenta.typeset.locate import Locator
from imprenta.typeset.log import asks_for_rerun, read_biber_log, read_latex_log
from imprenta.typeset.milestones import read_passage
from imprenta.typeset.splice import splice_pages
from imprenta.typeset.stretches import plan_stretch, set_stretch
from imprenta.workspace import content_hash

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from imprenta.model.source_map import SourceMap
    from imprenta.problems import Problem
    from imprenta.workspace import Workspace

MAP = ".mapa"
MAXIMUM_RUNS = 6
RECORD = f"{FOLDER}/{JOB}.hecho"
PAGES = f"{FOLDER}/{JOB}.paginas"

WATCHED = (".aux", ".toc", ".lof", ".lot", ".out", ".bbl", ".run.xml")
"""Files that a run reads and writes: when they stay the same, one more run would change nothing."""


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
    confirm: Callable[[], None] = lambda: None,
    plain: bool = False,
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
    made = f"{FOLDER}/{JOB}.pdf"
    given = inputs_hash(source, bibliography, files, date)
    record = read_record(workspace, RECORD)
    if is_fresh(workspace, record, made, given):
        return Typeset(workspace.read(made), tuple(_read_logs(workspace, locator)), 0, 0)
    engine = Engine(workspace, date, announce)
    wanted = Record(given, content_hash(bibliography), date, "", "", {})
    if record is not None and not plain:
        stretched = _typeset_stretch(workspace, engine, source, files, locator, record, wanted)
        if stretched is not None:
            return stretched
    confirm()
    workspace.remove(RECORD)  # from here on the files in the folder do not go together until the end
    _fill_folder(workspace, source, bibliography, files)
    preamble, _ = split_preamble(source)
    base = BASE if not plain and make_format(workspace, engine, preamble, BASE) else ""
    engine_runs = biber_runs = 0
    control_before = _biber_mark(workspace)
    inherited = workspace.is_file(f"{FOLDER}/{JOB}.aux")
    while engine_runs < MAXIMUM_RUNS:
        before = _watched_hash(workspace)
        engine_runs += 1
        failure = engine.run_latex(engine_runs, locator, base)
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
        log = read_output(workspace, ".log")
        if before == _watched_hash(workspace) and not (asks_for_rerun(log) and engine_runs < 3):
            break
    pdf = workspace.read(made)
    if pdf is not None:
        read = stamp_inputs(workspace, f"{FOLDER}/{JOB}.fls")
        note = replace(wanted, pdf=content_hash(pdf), kept=_kept_hash(workspace), read=read)
        write_record(workspace, RECORD, note)
    return Typeset(pdf, tuple(_read_logs(workspace, locator)), engine_runs, biber_runs)


def _typeset_stretch(
    workspace: Workspace,
    engine: Engine,
    source: str,
    files: Mapping[str, bytes],
    locator: Locator,
    record: Record,
    wanted: Record,
) -> Typeset | None:
    """Set the pages that changed since the last good run and put them into its PDF; None if that is not possible."""
    same = (record.bibliography, record.date) == (wanted.bibliography, wanted.date)
    made = workspace.read(f"{FOLDER}/{JOB}.pdf")
    if not same or made is None or content_hash(made) != record.pdf or record.kept != _kept_hash(workspace):
        return None
    if not stamps_hold(workspace, record.read) or _read_logs(workspace, locator):
        return None
    passage = read_passage(read_output(workspace, ".hitos"))
    plan = plan_stretch(read_output(workspace, ".tex"), source, passage)
    if plan is None:
        return None
    for name, data in files.items():
        workspace.write(f"{FOLDER}/{name}", data)
    stretch = set_stretch(workspace, engine, source, plan, passage, locator)
    if stretch is None:
        return None
    engine.announce("Unión de las páginas")
    pdf = splice_pages(made, stretch.pdf, stretch.pages)
    workspace.remove(RECORD)
    _fill_folder(workspace, source, None, files)
    workspace.write(f"{FOLDER}/{JOB}.hitos", stretch.passage.dumps())
    workspace.write(f"{FOLDER}/{JOB}.pdf", pdf)
    note = replace(wanted, pdf=content_hash(pdf), kept=_kept_hash(workspace), read=record.read)
    write_record(workspace, RECORD, note)
    return Typeset(pdf, (), 1, 0)


def _kept_hash(workspace: Workspace) -> str:
    """Return a hash of what a stretch starts from."""
    return content_hash(*(workspace.read(f"{FOLDER}/{JOB}{suffix}") or b"" for suffix in (".tex", ".hitos", *WATCHED)))


def _read_logs(workspace: Workspace, locator: Locator) -> list[Problem]:
    """Return what the last run of each program had to say."""
    problems = read_latex_log(read_output(workspace, ".log"), f"{FOLDER}/{JOB}.log", locator)
    return problems + read_biber_log(read_output(workspace, ".blg"), f"{FOLDER}/{JOB}.blg", locator)


def _fill_folder(workspace: Workspace, source: str, bibliography: bytes | None, files: Mapping[str, bytes]) -> None:
    """Put the inputs beside the .tex, and take away drawings that are not used any more."""
    workspace.write(f"{FOLDER}/{JOB}.tex", source)
    if bibliography is not None:
        workspace.write(f"{FOLDER}/references.bib", bibliography)
    for name, data in files.items():
        workspace.write(f"{FOLDER}/{name}", data)
    for folder in {name.rpartition("/")[0] for name in files}:
        for path in workspace.list_files(f"{FOLDER}/{folder}", ""):
            if path.removeprefix(f"{FOLDER}/") not in files:
                workspace.remove(path)


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
