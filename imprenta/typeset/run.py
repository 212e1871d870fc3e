"""The loop of engine and biber: as many runs as the auxiliary files ask for, within limits."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from imprenta.model.page_table import SetPage, read_page_table, write_page_table
from imprenta.problems import CannotContinue
from imprenta.typeset.background import Background
from imprenta.typeset.engine import FOLDER, JOB, MISSING_FILE_PACKAGES, Engine, read_output
from imprenta.typeset.formats import BASE, OPEN, make_format, split_preamble
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
from imprenta.typeset.parts import BODY, LIST, Parts, prepare_parts, set_parts
from imprenta.typeset.splice import splice_pages
from imprenta.typeset.stretches import STRETCH, Plan, Stretch, plan_stretch, set_stretch
from imprenta.workspace import content_hash

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from imprenta.model.source_map import SourceMap
    from imprenta.problems import Problem
    from imprenta.typeset.spare import Spare
    from imprenta.workspace import Workspace

MAP = ".mapa"
MAXIMUM_RUNS = 6
RECORD = f"{FOLDER}/{JOB}.hecho"
PAGES = ".paginas"

WATCHED = (".aux", ".toc", ".lof", ".lot", ".out", ".bbl", ".run.xml")
"""Files that a run reads and writes: when they stay the same, one more run would change nothing."""

OF_THE_WHOLE = (".bbl", ".bcf", ".biber", ".run.xml", ".out", ".fls")
"""What only a run over the whole document writes: it would not go with the rest."""


@dataclass(frozen=True, slots=True)
class Typeset:
    """What came of typesetting: the PDF (None if it failed), how it was made, what was found."""

    pdf: bytes | None
    problems: tuple[Problem, ...]
    engine_runs: int
    biber_runs: int
    pages: int = 0
    reason: str = ""
    """What LaTeX set and why, in Spanish."""
    read: tuple[str, ...] = ()
    """The files of TeX's own trees that were read, by their absolute paths."""


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
    publish: Callable[[bytes, Mapping[int, int]], None] = lambda pdf, pages: None,
    plain: bool = False,
    prepared: Callable[[], None] | None = None,
    spare: Spare | None = None,
) -> Typeset:
    """Turn the .tex, the .bib and the files that the .tex includes into a PDF.

    `places` tells where the .tex comes from: the problems stand there, and the map is kept beside the .tex as `.mapa`.
    Nothing is run when the last good run had the same inputs. Works in a folder of its own, where the auxiliary files
    of the last build stay, so that a small change needs one run. No shell escape; TeX may open files below that folder
    and its own trees only. `confirm` is called before the whole is set; `publish` gets pages that were set alone as
    soon as they are there: a PDF and, for pages of the document counted from 0, which of its pages they are. `date`
    (AAAA[-MM[-DD]]) is the document's time stamp, so that the same data give the same
    bytes. Raises CannotContinue (status 4) when the toolchain is missing, and Endless when a program hangs.
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
    if record is not None and not plain and is_fresh(workspace, record, made, given):
        problems = () if record.clean else tuple(_read_logs(workspace, locator))
        pages = read_output(workspace, PAGES).count("\n")
        return Typeset(workspace.read(made), problems, 0, 0, pages, "nada: lo que lee es lo mismo", tuple(record.read))
    engine = Engine(workspace, date, announce, locator)
    wanted = Record(given, content_hash(bibliography), date, "", "", False, {})
    if record is not None and not plain:
        stretched = _typeset_stretch(workspace, engine, source, files, locator, record, wanted, publish, spare)
        if stretched is not None:
            return stretched
    confirm()
    workspace.remove(RECORD)  # from here on the files in the folder do not go together until the end
    _fill_folder(workspace, source, bibliography, files)
    if prepared is not None:
        prepared()
    if not plain and (parts := set_parts(workspace, engine, source, locator)) is not None:
        return _keep_parts(workspace, parts, wanted)
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
    problems = tuple(_read_logs(workspace, locator))
    if pdf is not None:
        count = len(read_passage(read_output(workspace, ".hitos")).shipped)
        _write_pages(workspace, [SetPage(JOB, number) for number in range(count)])
        read = stamp_inputs(workspace, f"{FOLDER}/{JOB}.fls")
        note = replace(wanted, pdf=content_hash(pdf), kept=_kept_hash(workspace), clean=not problems, read=read)
        write_record(workspace, RECORD, note)
        reason = "todo, de la manera corriente" + ("" if plain else ": el documento no se puede componer por partes")
        return Typeset(pdf, problems, engine_runs, biber_runs, count, reason, tuple(read))
    return Typeset(None, problems, engine_runs, biber_runs)


def prepare_typesetting(workspace: Workspace, source: str, bibliography: bytes, date: str) -> Callable[[], None]:
    """Begin with what does not need the figures: formats and references, beside whatever else is done; return a wait.

    `source` may place figures of any size. What goes wrong is told when the document is set.
    """
    engine = Engine(workspace, date, lambda step: None)

    def prepare() -> None:
        workspace.write(f"{FOLDER}/references.bib", bibliography)
        with suppress(CannotContinue):
            prepare_parts(workspace, engine, source, Locator(source))

    return Background(prepare).wait


def _typeset_stretch(
    workspace: Workspace,
    engine: Engine,
    source: str,
    files: Mapping[str, bytes],
    locator: Locator,
    record: Record,
    wanted: Record,
    publish: Callable[[bytes, Mapping[int, int]], None],
    spare: Spare | None,
) -> Typeset | None:
    """Set the pages that changed since the last good run and put them into its PDF; None if that is not possible."""
    same = (record.bibliography, record.date) == (wanted.bibliography, wanted.date)
    made = workspace.read(f"{FOLDER}/{JOB}.pdf")
    if not same or made is None or content_hash(made) != record.pdf or record.kept != _kept_hash(workspace):
        return None
    if not record.clean or not stamps_hold(workspace, record.read):
        return None
    try:
        passage = read_passage(read_output(workspace, ".hitos"))
    except ValueError:  # an older Imprenta wrote it
        return None
    plan = plan_stretch(read_output(workspace, ".tex"), source, passage)
    if plan is None:
        return None
    for name, data in files.items():
        workspace.write(f"{FOLDER}/{name}", data)
    stretch = set_stretch(workspace, engine, source, plan, passage, locator, spare)
    if stretch is None:
        return None
    publish(stretch.pdf, stretch.pages)
    engine.announce("Unión de las páginas")
    pdf = splice_pages(made, (stretch.pdf, stretch.pages))
    workspace.remove(RECORD)
    _fill_folder(workspace, source, None, files)
    workspace.write(f"{FOLDER}/{JOB}.hitos", stretch.passage.dumps())
    workspace.write(f"{FOLDER}/{JOB}.pdf", pdf)
    pages = _splice_table(workspace, stretch, plan.shift)
    note = replace(wanted, pdf=content_hash(pdf), kept=_kept_hash(workspace), clean=True, read=record.read)
    write_record(workspace, RECORD, note)
    return Typeset(pdf, (), 1, 0, pages, _tell_stretch(stretch, locator, plan), tuple(record.read))


def _keep_parts(workspace: Workspace, parts: Parts, wanted: Record) -> Typeset:
    """Leave the document that was set in parts as if it had been set whole: the next build starts from it."""
    left = {".aux": parts.auxiliary, **parts.lists, ".hitos": parts.passage.dumps(), ".log": parts.log}
    for suffix, text in {**left, ".blg": parts.biber_log}.items():
        workspace.write(f"{FOLDER}/{JOB}{suffix}", text)
    for suffix in OF_THE_WHOLE:
        workspace.remove(f"{FOLDER}/{JOB}{suffix}")
    workspace.write(f"{FOLDER}/{JOB}.pdf", parts.pdf)
    _write_pages(workspace, [SetPage(job, number) for job, number in parts.pages])
    read: dict[str, str] = {}
    for job in (BASE, OPEN, BODY, LIST):
        read |= stamp_inputs(workspace, f"{FOLDER}/{job}.fls")
    clean = not parts.problems
    note = replace(wanted, pdf=content_hash(parts.pdf), kept=_kept_hash(workspace), clean=clean, read=read)
    write_record(workspace, RECORD, note)
    count = len(parts.pages)
    reason = f"el texto entero, {parts.engine_runs} veces, hasta que sus números y sus índices quedaron como estaban"
    return Typeset(parts.pdf, parts.problems, parts.engine_runs, parts.biber_runs, count, reason, tuple(read))


def _tell_stretch(stretch: Stretch, locator: Locator, plan: Plan) -> str:
    """Tell which pages a stretch has set, and for what."""
    numbers = sorted(number + 1 for number in stretch.pages)
    if not numbers:
        return "nada: lo que cambió no se imprime"
    pages = f"la página {numbers[0]}" if len(numbers) == 1 else f"las páginas {numbers[0]} a {numbers[-1]}"
    place = next((where for line in range(*plan.change.new) if (where := locator.places.place_of(line))), None)
    return f"{pages}: cambió {place.path}:{place.line}" if place is not None else pages


def _splice_table(workspace: Workspace, stretch: Stretch, shift: int) -> int:
    """Note which pages a stretch has set, and keep its SyncTeX file; return how many pages there are."""
    synctex = workspace.read(f"{FOLDER}/{STRETCH}.synctex.gz") or b""
    job = f"{STRETCH}-{content_hash(synctex)[:12]}"
    workspace.write(f"{FOLDER}/{job}.synctex.gz", synctex)
    last = max(stretch.pages, default=-1)
    pages = []
    for number, page in enumerate(read_page_table(read_output(workspace, PAGES))):
        if number in stretch.pages:
            pages.append(SetPage(job, stretch.pages[number]))
        else:
            pages.append(replace(page, shift=page.shift + shift) if number > last else page)
    _write_pages(workspace, pages)
    return len(pages)


def _write_pages(workspace: Workspace, pages: list[SetPage]) -> None:
    """Write which run set each page, and take away the SyncTeX files of stretches of which no page is left."""
    workspace.write(f"{FOLDER}/{JOB}{PAGES}", write_page_table(pages))
    used = {f"{page.job}.synctex.gz" for page in pages}
    for path in workspace.list_files(FOLDER, ".synctex.gz"):
        name = path.rpartition("/")[2]
        if name.startswith(f"{STRETCH}-") and name not in used:
            workspace.remove(path)


def _kept_hash(workspace: Workspace) -> str:
    """Return a hash of what a stretch starts from."""
    return content_hash(
        *(workspace.read(f"{FOLDER}/{JOB}{suffix}") or b"" for suffix in (".tex", ".hitos", PAGES, *WATCHED))
    )


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
