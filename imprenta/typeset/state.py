"""What a good run left -> what the next one starts from: the pages that changed are set alone and put into its PDF."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from imprenta.model.page_table import SetPage, write_page_table
from imprenta.typeset.checkpoints.trace import read_trace
from imprenta.typeset.engine.engine import FOLDER, JOB, Engine, read_output
from imprenta.typeset.engine.formats import BASE, OPEN, format_inputs
from imprenta.typeset.engine.freshness import RECORD, Record, stamp_inputs, stamps_hold, write_record
from imprenta.typeset.engine.log import read_biber_log, read_latex_log
from imprenta.typeset.incremental.page_range import PAGES, set_page_ranges
from imprenta.typeset.incremental.pool import RANGE
from imprenta.typeset.pdf.splice import prepare_splicing, splice_pages
from imprenta.typeset.whole.parts import Parts
from imprenta.workspace import content_hash

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from imprenta.problems import Problem
    from imprenta.typeset.engine.locate import Locator
    from imprenta.typeset.incremental.page_range import Publish
    from imprenta.typeset.incremental.pool import EnginePool
    from imprenta.workspace import Workspace

WATCHED = (".aux", ".toc", ".lof", ".lot", ".out", ".bbl", ".run.xml")
"""Files that a run reads and writes: when they stay the same, one more run would change nothing."""

OUTLINE_UNREAD = "\\providecommand\\BKM@entry[2]{}\n"
"""What the package bookmark writes before its entries, so that a run over the whole can read them."""

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
    changed: frozenset[int] | None = None
    """The pages (from 0) that are not those of the PDF before; None if any may be another."""
    former: str = ""
    """The hash of the PDF before, of which the other pages are."""


def typeset_page_ranges(
    workspace: Workspace,
    engine: Engine,
    source: str,
    files: Mapping[str, bytes],
    locator: Locator,
    record: Record,
    wanted: Record,
    publish: Publish | None,
    pool: EnginePool,
    meanwhile: Callable[[], None],
) -> Typeset | None:
    """Set the pages that changed since the last good run and put them into its PDF; None if that is not possible."""

    def prepare() -> None:
        meanwhile()
        prepare_splicing()

    same = (record.bibliography, record.date) == (wanted.bibliography, wanted.date)
    made = workspace.read(f"{FOLDER}/{JOB}.pdf")
    if not same or made is None or content_hash(made) != record.pdf or record.kept != kept_hash(workspace):
        return None
    if not record.parted or not stamps_hold(workspace, record.read):
        return None
    try:
        trace = read_trace(read_output(workspace, ".checkpoints"))
    except ValueError:  # an older Imprenta wrote it
        return None
    for name, data in files.items():
        workspace.write(f"{FOLDER}/{name}", data)
    made_anew = set_page_ranges(workspace, engine, source, trace, locator, pool, prepare, publish)
    if made_anew is None:
        return None
    engine.announce("Unión de las páginas")
    pdf = splice_pages(made, *made_anew.parts)
    workspace.remove(RECORD)
    fill_folder(workspace, source, None, files)
    workspace.write(f"{FOLDER}/{JOB}.checkpoints", made_anew.trace.dumps())
    workspace.write(f"{FOLDER}/{JOB}.log", made_anew.log)
    workspace.write(f"{FOLDER}/{JOB}.pdf", pdf)
    write_pages(workspace, made_anew.table)
    problems = read_logs(workspace, locator)
    clean = not problems
    note = replace(wanted, pdf=content_hash(pdf), kept=kept_hash(workspace), clean=clean, read=record.read, parted=True)
    write_record(workspace, RECORD, note)
    return Typeset(
        pdf,
        problems,
        len(made_anew.parts),
        0,
        len(made_anew.table),
        made_anew.reason,
        tuple(record.read),
        frozenset(number for _, pages in made_anew.parts for number in pages),
        record.pdf,
    )


def write_pages(workspace: Workspace, pages: list[SetPage]) -> None:
    """Write which run set each page, and take away the SyncTeX files of page ranges of which no page is left."""
    workspace.write(f"{FOLDER}/{JOB}{PAGES}", write_page_table(pages))
    used = {f"{page.job}.synctex.gz" for page in pages}
    for path in workspace.list_files(FOLDER, ".synctex.gz"):
        name = path.rpartition("/")[2]
        if name.startswith(f"{RANGE}-") and name not in used:
            workspace.remove(path)


def keep_parts(workspace: Workspace, parts: Parts, wanted: Record) -> Typeset:
    """Leave the document that was set in parts as if it had been set whole: the next build starts from it."""
    left = {
        ".aux": f"{OUTLINE_UNREAD}{parts.auxiliary}",
        **parts.lists,
        ".checkpoints": parts.trace.dumps(),
        ".log": parts.log,
    }
    for suffix, text in {**left, ".blg": parts.biber_log}.items():
        workspace.write(f"{FOLDER}/{JOB}{suffix}", text)
    for suffix in OF_THE_WHOLE:
        workspace.remove(f"{FOLDER}/{JOB}{suffix}")
    workspace.write(f"{FOLDER}/{JOB}.pdf", parts.pdf)
    write_pages(workspace, [SetPage(job, number) for job, number in parts.pages])
    read = format_inputs(workspace, BASE) | format_inputs(workspace, OPEN)
    for job in sorted({job for job, _ in parts.pages}):
        read |= stamp_inputs(workspace, f"{FOLDER}/{job}.fls")
    clean = not parts.problems
    note = replace(wanted, pdf=content_hash(parts.pdf), kept=kept_hash(workspace), clean=clean, read=read, parted=True)
    write_record(workspace, RECORD, note)
    count = len(parts.pages)
    times = "una vez" if parts.engine_runs == 1 else f"{parts.engine_runs} veces"
    reason = f"el texto entero, {times}, hasta que sus números y sus índices quedaron como estaban"
    return Typeset(parts.pdf, parts.problems, parts.engine_runs, parts.biber_runs, count, reason, tuple(read))


def kept_hash(workspace: Workspace) -> str:
    """Return a hash of what a range starts from."""
    return content_hash(
        *(workspace.read(f"{FOLDER}/{JOB}{suffix}") or b"" for suffix in (".tex", ".checkpoints", PAGES, *WATCHED))
    )


def read_logs(workspace: Workspace, locator: Locator) -> tuple[Problem, ...]:
    """Return what LaTeX and biber had to say of the whole document."""
    return (
        *read_latex_log(read_output(workspace, ".log"), f"{FOLDER}/{JOB}.log", locator),
        *read_biber_log(read_output(workspace, ".blg"), f"{FOLDER}/{JOB}.blg", locator),
    )


def fill_folder(workspace: Workspace, source: str, bibliography: bytes | None, files: Mapping[str, bytes]) -> None:
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
