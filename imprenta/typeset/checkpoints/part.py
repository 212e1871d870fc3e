"""A job of LaTeX that is written -> the part that it sets: pages, what they wrote for others, what was said of them."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from imprenta.model.page_table import SetPage
from imprenta.typeset.checkpoints.auxiliary import PAGE_MARK
from imprenta.typeset.checkpoints.paged_run import PagedRun
from imprenta.typeset.checkpoints.trace import read_trace
from imprenta.typeset.engine.engine import FOLDER, SYNCTEX, WITH_SYNCTEX, read_output
from imprenta.typeset.engine.log import asks_for_rerun, leaves_group_open
from imprenta.typeset.engine.messages import read_messages
from imprenta.typeset.engine.pool import RANGE
from imprenta.workspace import content_hash

if TYPE_CHECKING:
    from collections.abc import Mapping

    from imprenta.typeset.engine.engine import Engine
    from imprenta.workspace import Finished, Workspace


@dataclass(frozen=True, slots=True)
class Part:
    """Pages that jobs set: the run that they are, the PDFs of those jobs by their names, what the last one said."""

    run: PagedRun
    pdfs: Mapping[str, bytes]
    log: str


def set_part(workspace: Workspace, engine: Engine, job: str, format: str) -> Part | None:
    """Run LaTeX over a job that is written; None if it failed or did not reach its end."""
    return take_part(workspace, job, engine.start(prepare_run(workspace, job, format)))


def prepare_run(workspace: Workspace, job: str, format: str) -> list[str]:
    """Return the arguments with which LaTeX is run over a job; what it was given before is forgotten.

    One that is killed may leave the PDF of before beside checkpoints of its own.
    """
    workspace.remove(f"{FOLDER}/{job}.json")
    workspace.remove(f"{FOLDER}/{job}.aux")  # what a job has to know is in its own file
    return [f"-fmt={format}", "-recorder", WITH_SYNCTEX, f"-jobname={job}", f"{job}.tex"]


def take_part(workspace: Workspace, job: str, finished: Finished) -> Part | None:
    """Return what a run over a job has set; None if it failed or did not reach its end."""
    part = read_part(workspace, job) if finished.status == 0 else None
    if part is None or asks_for_rerun(part.log) or leaves_group_open(part.log):
        return None
    return part if part.run.trace.ended else None


def read_part(workspace: Workspace, job: str, discarded: int = 0) -> Part | None:
    """Return what a job left, or None if it is not whole; of its first pages so many are not in its PDF."""
    pdf = workspace.read(f"{FOLDER}/{job}.pdf")
    try:
        trace = read_trace(read_output(workspace, ".checkpoints", job))
    except ValueError:
        return None
    if pdf is None or not trace.checkpoints:
        return None
    log = read_output(workspace, ".log", job)
    pages = tuple(SetPage(job, number - discarded) for number in range(len(trace.shipped)))
    written = tuple(read_output(workspace, ".aux", job).split(PAGE_MARK))
    messages = tuple(read_messages(log, trace.checkpoints[0].line))
    return Part(PagedRun(trace, written, messages, pages), {job: pdf}, log)


def keep_synctex(workspace: Workspace, part: Part) -> Part:
    """Return a part that one job has set under a name of its own, with which its SyncTeX file is kept."""
    ((job, pdf),) = part.pdfs.items()
    synctex = workspace.read(f"{FOLDER}/{job}{SYNCTEX}") or b""
    kept = f"{RANGE}-{content_hash(synctex)[:12]}"
    workspace.write(f"{FOLDER}/{kept}{SYNCTEX}", synctex)
    pages = tuple(replace(page, job=kept) for page in part.run.pages)
    return replace(part, run=replace(part.run, pages=pages), pdfs={kept: pdf})


def recall_job(workspace: Workspace, job: str, key: str) -> bytes | None:
    """Return the PDF of a job that was set before, if it was given the same and is still there."""
    pdf = workspace.read(f"{FOLDER}/{job}.pdf")
    return pdf if pdf is not None and _noted(workspace, job) == {"key": key, "pdf": content_hash(pdf)} else None


def was_given(workspace: Workspace, job: str) -> str:
    """Return the key of what a job was given when it was set last, or an empty text."""
    return _noted(workspace, job).get("key", "")


def keep_job(workspace: Workspace, job: str, key: str, pdf: bytes) -> None:
    """Note what the PDF of a job was made from."""
    workspace.write(f"{FOLDER}/{job}.json", json.dumps({"key": key, "pdf": content_hash(pdf)}))


def _noted(workspace: Workspace, job: str) -> dict[str, str]:
    try:
        noted = json.loads(workspace.read(f"{FOLDER}/{job}.json") or b"{}")
    except ValueError:
        return {}
    return noted if isinstance(noted, dict) else {}
