"""Jobs -> their outcomes as they come, by the workers of a Dask scheduler, on as many machines as it has.

The files of each report go with its job, and its PDF comes back: the workers need no folder in common, only an Imprenta
of this version with TeX. A job whose worker dies is given to another by the scheduler.
"""

from __future__ import annotations

import json
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from imprenta import __version__
from imprenta.batch.job import read_files
from imprenta.batch.outcome import BUG, Outcome, read_outcome
from imprenta.batch.remote import build_sent
from imprenta.problems import CannotContinue

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence

    from imprenta.batch.job import Job

AHEAD = 2
"""Jobs for each thread of the workers that are sent before they are begun: the scheduler holds the files of no more."""
PATIENCE = 30.0
"""Seconds that a scheduler, its first worker, or another one after the last died, is waited for."""
LOOKS = 1.0
USAGE, TOOL = 2, 4


def work_there(jobs: Sequence[Job], address: str) -> Generator[tuple[Outcome, bytes | None], None, None]:
    """Yield the outcomes of jobs as they come, with the PDF of each that has one.

    Raises CannotContinue if there is no such scheduler, or it has no workers. Closing the iterator takes back what was
    not begun.
    """
    client = _connect(address)
    try:
        yield from _Sending(client, jobs).outcomes()
    finally:
        with suppress(Exception):  # whatever became of the scheduler
            client.close(timeout=LOOKS)


def _connect(address: str) -> Any:
    try:
        from distributed import Client
    except ImportError as error:
        hint = "pip install 'imprenta[lotes]', aquí y donde estén los trabajadores"
        raise CannotContinue("falta el paquete «distributed»", hint=hint, status=TOOL) from error
    try:
        return Client(address, timeout=PATIENCE)  # type: ignore[no-untyped-call]
    except (OSError, ValueError, TypeError) as error:
        hint = "«dask scheduler» dice la suya al empezar: tcp://MÁQUINA:8786"
        raise CannotContinue(f"no contesta ningún planificador en «{address}»", hint=hint, status=USAGE) from error


class _Sending:
    """Jobs on their way: some are sent, and as many more as come back."""

    def __init__(self, client: Any, jobs: Sequence[Job]) -> None:
        self.client = client
        self.left = list(reversed(jobs))
        self.sent: dict[Any, Job] = {}

    def outcomes(self) -> Iterator[tuple[Outcome, bytes | None]]:
        from distributed import wait

        alone_since = time.monotonic()
        while self.left or self.sent:
            threads = sum(self.client.nthreads().values())
            alone_since = time.monotonic() if threads else alone_since
            if time.monotonic() - alone_since > PATIENCE:
                hint = "«dask worker DIRECCIÓN» pone uno en marcha"
                raise CannotContinue("el planificador no tiene trabajadores", hint=hint, status=TOOL)
            while self.left and len(self.sent) < AHEAD * max(threads, 1):
                self._send(self.left.pop())
            with suppress(TimeoutError):
                wait(list(self.sent), timeout=LOOKS, return_when="FIRST_COMPLETED")  # type: ignore[no-untyped-call]
            for future in [future for future in self.sent if future.done()]:
                job = self.sent.pop(future)
                yield _receive(future, job)
                future.release()

    def _send(self, job: Job) -> None:
        files = read_files(job.folder)
        future = self.client.submit(build_sent, files, job.dumps(), __version__, pure=False)
        self.sent[future] = job


def _receive(future: Any, job: Job) -> tuple[Outcome, bytes | None]:
    """Return what came of a job; what Dask itself has to say of it is told as a reason."""
    try:
        line, pdf = future.result()
        return read_outcome(json.loads(line)), pdf
    except Exception as error:  # noqa: BLE001 - whatever it is, the other reports go on
        kind = type(error).__name__
        reasons = {
            "KilledWorker": "mató a todos los trabajadores que lo intentaron",
            "ModuleNotFoundError": "el trabajador no tiene Imprenta",
            "FutureCancelledError": "se perdió la conexión con el planificador",
            "CancelledError": "se perdió la conexión con el planificador",
        }
        reason = reasons.get(kind, "falló en el trabajador")
        return Outcome(job.name, status=BUG, reason=reason, trace=f"{kind}: {error}"), None
