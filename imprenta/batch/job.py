"""A folder -> the jobs in it, one for each report; a report -> the files that its pages come from, and their hash."""

from __future__ import annotations

import json
import os
import posixpath
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from imprenta.load import load_paper
from imprenta.problems import CannotContinue
from imprenta.project import MAIN_FILE
from imprenta.reading import SHARED
from imprenta.tag_choice import AS_WRITTEN, TagChoice
from imprenta.up_to_date import DATA_FILES, DATA_FOLDERS
from imprenta.workspace import BUILD_FOLDER, PDF_PATH, Workspace, content_hash, engine_workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

RECORD = "lote.json"
"""The file by which a folder is known that holds the results of a batch."""
SKIPPED = frozenset({BUILD_FOLDER, "node_modules", *DATA_FOLDERS})
"""Folders in which no report is looked for: an engine's, and those of a report's own files."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds for every job of a batch: warnings count as errors, no PDF is made, seconds, what is printed.

    `limit` is how many seconds a job may take, `choice` which parts of the reports are printed, `trusted` whether the
    authors' templates and programs are used, which else are left out (`quarantine`).
    """

    strict: bool = False
    check: bool = False
    limit: float = 300.0
    choice: TagChoice = AS_WRITTEN
    trusted: bool = False


@dataclass(frozen=True, slots=True)
class Job:
    """One report to be built: what the batch calls it, its folder (absolute), the terms.

    `home` is where the report lies if the folder holds a copy of it.
    """

    name: str
    folder: str
    terms: Terms
    home: str = ""

    def dumps(self) -> str:
        """Return the job as one line."""
        return json.dumps(asdict(self))


def read_job(line: str) -> Job:
    """Return the job of a line that `Job.dumps` wrote."""
    told = json.loads(line)
    terms = told["terms"]
    choice = TagChoice(*(tuple(terms["choice"][name]) for name in ("shown", "hidden")))
    return Job(told["name"], told["folder"], Terms(**{**terms, "choice": choice}), told["home"])


def find_jobs(root: Path, out: Path, terms: Terms) -> tuple[list[Job], list[str]]:
    """Return a job for each report in a folder or anywhere below it, and the folders right below it that hold none.

    Hidden folders, `out` and results of other batches are left aside; links to folders are not followed, for they may
    lead round in a circle.
    """
    jobs = []
    for folder, inner, _ in os.walk(root):
        inner[:] = sorted(name for name in inner if not _is_aside(Path(folder) / name, out))
        if os.path.lexists(os.path.join(folder, MAIN_FILE)):
            name = os.path.relpath(folder, root).replace(os.sep, "/")
            jobs.append(Job(root.name or "informe" if name == "." else name, folder, terms))
    jobs.sort(key=lambda job: job.name.casefold())
    if any(job.folder == str(root) for job in jobs):
        return jobs, []
    held = {job.name.partition("/")[0] for job in jobs}
    bare = [name for name in _list_folders(root) if name not in held and not _is_aside(root / name, out)]
    return jobs, bare


def _is_aside(folder: Path, out: Path) -> bool:
    named = folder.name.startswith(".") or folder.name in SKIPPED
    return named or folder == out or os.path.lexists(folder / RECORD)


def _list_folders(root: Path) -> list[str]:
    with os.scandir(root) as entries:
        return sorted(entry.name for entry in entries if entry.is_dir())


def read_files(folder: str) -> dict[str, bytes]:
    """Return the files of a report that its pages may come from, by path: of other folders, what it includes."""
    workspace = Workspace(Path(folder))
    found = {}
    for path in (*DATA_FILES, *_list_data(workspace)):
        data = workspace.read(path)
        if data is not None:
            found[path] = data
    if any(b"incluye" in data for data in found.values()):  # else there is no need to understand them
        paper, _ = load_paper(workspace)
        for path in paper.included if paper is not None else ():
            found[path] = workspace.read(path) or b""
            if path.startswith("../"):
                found[posixpath.join(posixpath.dirname(path), SHARED)] = b""
    return found


def _list_data(workspace: Workspace) -> Iterator[str]:
    for folder in DATA_FOLDERS:
        with suppress(CannotContinue):  # a link that leads out of the report
            for inner in workspace.list_folders(folder):
                yield from workspace.list_files(inner, "")


def mark_tools() -> str:
    """Return what changes when the same report may come out otherwise: Imprenta, LaTeX or biber is another."""
    engine = engine_workspace()
    return content_hash(engine.engine_mark(), engine.stamp_program("pdflatex"), engine.stamp_program("biber"))


def hash_job(job: Job, tools: str) -> str:
    """Return the hash of all that the outcome of a job comes from; its time limit is not of these."""
    rows = [tools, str(job.terms.strict), str(job.terms.check), str(job.terms.trusted), repr(job.terms.choice)]
    return content_hash(*rows, *(part for row in sorted(read_files(job.folder).items()) for part in row))


def read_pdf(folder: str) -> bytes | None:
    """Return the PDF of a report that was built."""
    return Workspace(Path(folder)).read(PDF_PATH)
