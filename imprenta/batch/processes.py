"""Jobs -> their outcomes as they come, by workers on this machine: as many at once as are asked for."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import replace
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING

from imprenta.batch.job import read_pdf
from imprenta.batch.outcome import PAPER, Outcome, read_outcome, tell_problems
from imprenta.problems import CannotContinue
from imprenta.project import ENGINE
from imprenta.quarantine import quarantine

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

    from imprenta.batch.job import Job

START = f"import sys; sys.path.insert(0, {ENGINE!r}); from imprenta.batch.worker import serve; serve()"
SETTINGS = {"PYDANTIC_DISABLE_PLUGINS": "__all__"}
"""As `cli` has it."""
GRACE = 5.0
TRIES = 2
"""How often a job is given to a worker that dies with it."""


class WorkerProcess:
    """A worker that runs as long as it is wanted; one thread gives it jobs."""

    def __init__(self) -> None:
        """Start none yet."""
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        self._ended = False

    def do(self, job: Job) -> Outcome:
        """Return what came of a job. A job that its worker did not survive is given to another: it begins anew."""
        for _ in range(TRIES):
            process = self._begin()
            if process is None:
                return Outcome(job.name, left=True)
            with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
                assert process.stdin is not None
                assert process.stdout is not None
                process.stdin.write(job.dumps().encode() + b"\n")
                process.stdin.flush()
                answer = process.stdout.readline()
                if answer:
                    return read_outcome(json.loads(answer))
            self._drop(process)
        if self._ended:
            return Outcome(job.name, left=True)
        return Outcome(job.name, status=PAPER, reason="el proceso que lo hacía murió, dos veces")

    def end(self) -> None:
        """End the worker and the job that it does, from any thread; it does none any more."""
        with self._lock:
            self._ended = True
            process = self._process
        if process is not None:
            self._drop(process)

    def _begin(self) -> subprocess.Popen[bytes] | None:
        with self._lock:
            if self._ended:
                return None
            if self._process is None or self._process.poll() is not None:
                self._process = subprocess.Popen(
                    [sys.executable, "-P", "-c", START],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    env={**os.environ, **SETTINGS},
                    start_new_session=True,  # Ctrl-C is for us, who end it
                )
            return self._process

    def _drop(self, process: subprocess.Popen[bytes]) -> None:
        """End a worker by the end of its input, by which it ends its job; then whatever is left of both."""
        with contextlib.suppress(OSError):
            assert process.stdin is not None
            process.stdin.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(GRACE)
        with contextlib.suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        assert process.stdout is not None
        process.stdout.close()


def do_job_apart(worker: WorkerProcess, job: Job) -> tuple[Outcome, bytes | None]:
    """Return what came of a job, and its PDF if it has one.

    Of a report that is not trusted, a copy of its data is built. What is left out of that is told, and fails nothing.
    """
    if job.terms.trusted:
        outcome = worker.do(job)
        return outcome, read_pdf(job.folder) if outcome.pages else None
    try:
        with quarantine(Path(job.folder)) as (copy, left_out):
            outcome = worker.do(replace(job, folder=str(copy), home=job.folder))
            pdf = read_pdf(str(copy)) if outcome.pages else None
    except CannotContinue as stop:
        return Outcome(job.name, status=stop.status, reason=stop.message, hint=stop.hint), None
    return replace(outcome, problems=(*tell_problems(left_out), *outcome.problems)), pdf


def work_here(jobs: Sequence[Job], most: int) -> Generator[tuple[Outcome, bytes | None], None, None]:
    """Yield the outcomes of jobs as they come, with the PDF of each that has one, `most` of them being done at once.

    A report that is trusted is built where it lies. Closing the iterator ends all that runs.
    """
    workers = [WorkerProcess() for _ in range(max(1, min(most, len(jobs))))]
    free: SimpleQueue[WorkerProcess] = SimpleQueue()
    for worker in workers:
        free.put(worker)

    def do(job: Job) -> tuple[Outcome, bytes | None]:
        worker = free.get()
        try:
            return do_job_apart(worker, job)
        finally:
            free.put(worker)

    pool = ThreadPoolExecutor(len(workers), thread_name_prefix="batch")
    try:
        for future in as_completed([pool.submit(do, job) for job in jobs]):
            yield future.result()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        ending = [threading.Thread(target=worker.end) for worker in workers]
        for thread in ending:
            thread.start()
        for thread in ending:
            thread.join()
