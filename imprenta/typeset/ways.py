"""The loop of engine and biber: as many runs as the auxiliary files ask for, within limits."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from imprenta.model.page_table import SetPage
from imprenta.problems import CannotContinue
from imprenta.typeset.checkpoints.trace import read_trace
from imprenta.typeset.engine.engine import FOLDER, JOB, MISSING_FILE_PACKAGES, Engine, read_output
from imprenta.typeset.engine.formats import BASE, make_format, split_preamble
from imprenta.typeset.engine.freshness import (
    RECORD,
    Record,
    inputs_hash,
    is_fresh,
    read_record,
    stamp_inputs,
    write_record,
)
from imprenta.typeset.engine.locate import Locator
from imprenta.typeset.engine.log import asks_for_rerun
from imprenta.typeset.incremental.page_range import PAGES
from imprenta.typeset.incremental.pool import EnginePool
from imprenta.typeset.references.entries import Prepared
from imprenta.typeset.state import (
    WATCHED,
    Typeset,
    fill_folder,
    keep_parts,
    kept_hash,
    read_logs,
    typeset_page_ranges,
    write_pages,
)
from imprenta.typeset.whole.parts import set_parts
from imprenta.workspace import content_hash

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from imprenta.model.source_map import SourceMap
    from imprenta.typeset.incremental.page_range import Publish
    from imprenta.workspace import Workspace

MAP = ".map"
CITED = b"<bcf:citekey"
"""What the file for biber says of each work that the document cites."""
AUTHOR_BIBLIOGRAPHY = f"{FOLDER}/fuentes.bib"
"""The author's own .bib, for who looks for an entry of the PDF in it; `references.bib` is what biber reads."""
MAXIMUM_RUNS = 6


def typeset_document(
    workspace: Workspace,
    source: str,
    bibliography: bytes,
    files: Mapping[str, bytes],
    places: SourceMap,
    *,
    author_bibliography: str,
    date: str,
    announce: Callable[[str], None] = lambda step: None,
    confirm: Callable[[], None] = lambda: None,
    publish: Publish | None = None,
    meanwhile: Callable[[], None] = lambda: None,
    plain: bool = False,
    prepared: Prepared | None = None,
    pool: EnginePool | None = None,
) -> Typeset:
    """Turn the .tex, the .bib and the files that the .tex includes into a PDF.

    `bibliography` is the .bib that biber reads, `author_bibliography` the text of the one that it was made of.
    `places` tells where the .tex comes from: the problems stand there, and the map is kept beside the .tex as `.map`.
    Nothing is run when the last good run had the same inputs. Works in a folder of its own, where the auxiliary files
    of the last build stay, so that a small change needs one run. No shell escape; TeX may open files below that folder
    and its own trees only. `confirm` is called before the whole is set; `publish` gets pages that were set alone as
    soon as they are there: a PDF and, for pages of the document counted from 0, which of its pages they are; before it,
    `meanwhile` is called in another thread, while LaTeX sets them. `date`
    (AAAA[-MM[-DD]]) is the document's time stamp, so that the same data give the same
    bytes. Raises CannotContinue (status 4) when the toolchain is missing, and Endless when a program hangs.
    """
    for program in ("pdflatex", "biber"):
        if workspace.find_program(program) is None:
            raise CannotContinue(f"falta el programa «{program}»", hint=MISSING_FILE_PACKAGES)
    folders = workspace.list_folders("templates")
    own = frozenset(path for folder in folders for path in workspace.list_files(folder, ".j2"))
    locator = Locator(source, places, author_bibliography, own_templates=own)
    made = f"{FOLDER}/{JOB}.pdf"
    given = inputs_hash(source, bibliography, files, date)
    record = read_record(workspace, RECORD)
    if record is not None and not plain and is_fresh(workspace, record, made, given):
        _write_origins(workspace, places, author_bibliography)
        problems = () if record.clean else read_logs(workspace, locator)
        pages = read_output(workspace, PAGES).count("\n")
        return Typeset(workspace.read(made), problems, 0, 0, pages, "nada: lo que lee es lo mismo", tuple(record.read))
    engine = Engine(workspace, date, announce, locator)
    wanted = Record(given, content_hash(bibliography), date, "", "", False, {})
    if record is not None and not plain:
        engines = pool or EnginePool(workspace)
        set_anew = typeset_page_ranges(
            workspace, engine, source, files, locator, record, wanted, publish, engines, meanwhile
        )
        if set_anew is not None:
            _write_origins(workspace, places, author_bibliography)
            return set_anew
    confirm()
    _write_origins(workspace, places, author_bibliography)
    workspace.remove(RECORD)  # from here on the files in the folder do not go together until the end
    fill_folder(workspace, source, bibliography, files)
    if prepared is not None:
        prepared.wait_for_formats()
    if not plain and (parts := set_parts(workspace, engine, source, locator, prepared)) is not None:
        return keep_parts(workspace, parts, wanted)
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
            if inherited:
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
    problems = read_logs(workspace, locator)
    if pdf is not None:
        count = len(read_trace(read_output(workspace, ".checkpoints")).shipped)
        write_pages(workspace, [SetPage(JOB, number) for number in range(count)])
        read = stamp_inputs(workspace, f"{FOLDER}/{JOB}.fls")
        note = replace(wanted, pdf=content_hash(pdf), kept=kept_hash(workspace), clean=not problems, read=read)
        write_record(workspace, RECORD, note)
        reason = "todo, de la manera corriente" + ("" if plain else ": el documento no se puede componer por partes")
        return Typeset(pdf, problems, engine_runs, biber_runs, count, reason, tuple(read))
    return Typeset(None, problems, engine_runs, biber_runs)


def prepare_typesetting(workspace: Workspace, preamble: str, date: str) -> Prepared:
    """Begin with what needs neither text nor figures, beside whatever else is done: the format of the preamble.

    What goes wrong is told when the document is set.
    """
    return Prepared(workspace, Engine(workspace, date, lambda step: None), preamble)


def _write_origins(workspace: Workspace, places: SourceMap, bibliography: str) -> None:
    """Keep the map and the author's .bib, each time: their lines may have moved while what is set stayed the same."""
    workspace.write(f"{FOLDER}/{JOB}{MAP}", places.dumps())
    workspace.write(AUTHOR_BIBLIOGRAPHY, bibliography)


def _watched_hash(workspace: Workspace) -> str:
    return content_hash(*(workspace.read(f"{FOLDER}/{JOB}{suffix}") or b"" for suffix in WATCHED))


def _biber_control(workspace: Workspace) -> str | None:
    """Return the hash of all that biber would read, or None if the document cites nothing."""
    control = workspace.read(f"{FOLDER}/{JOB}.bcf")
    if control is None or CITED not in control:
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
    for suffix in (*WATCHED, ".bcf", ".biber", ".done"):
        workspace.remove(f"{FOLDER}/{JOB}{suffix}")
