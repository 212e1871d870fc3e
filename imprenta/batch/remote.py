"""The files of a report and its job -> its outcome and its PDF, on whatever machine a scheduler chose for it."""

from __future__ import annotations

import posixpath
import tempfile
import threading
from dataclasses import replace
from pathlib import Path

from imprenta import __version__
from imprenta.batch.job import read_job
from imprenta.batch.outcome import Outcome
from imprenta.batch.processes import WorkerProcess, do_job_apart
from imprenta.workspace import Workspace

_hands = threading.local()
"""The worker of each thread that does jobs here; it ends with this process."""


def build_sent(files: dict[str, bytes], line: str, version: str) -> tuple[str, bytes | None]:
    """Lay a report into a folder of its own, have a worker do its job, and return the outcome and the PDF, if any.

    Done again, after whoever did it first was killed, it comes to the same.
    """
    job = read_job(line)
    if version != __version__:
        reason = f"el trabajador tiene Imprenta {__version__}, y no {version}"
        return Outcome(job.name, status=4, reason=reason).dumps(), None
    with tempfile.TemporaryDirectory(prefix="imprenta-") as folder:
        # What is included from elsewhere is named from the report: «../…» stays below the folder.
        above = max((path.count("../") for path in files), default=0)
        place = "/".join([*["de"] * above, "informe"])
        for path, data in files.items():
            Workspace(Path(folder)).write(posixpath.normpath(f"{place}/{path}"), data)
        report = Workspace(Path(folder) / place)
        if not hasattr(_hands, "worker"):
            _hands.worker = WorkerProcess()
        worker: WorkerProcess = _hands.worker
        outcome, pdf = do_job_apart(worker, replace(job, folder=str(report.root)))
        return outcome.dumps(), pdf
