"""A command -> its seconds, its processor time and its memory, with those of all that it started."""

from __future__ import annotations

import os
import statistics
import subprocess
import tempfile
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

SAMPLE_SECONDS = 0.03


@dataclass(frozen=True, slots=True)
class Run:
    """What a command cost: wall clock and processor seconds (all its programs together), the bytes of the largest."""

    wall: float
    processor: float
    memory: int


class FailedError(Exception):
    """A command that should have ended well did not."""


def run(command: Sequence[str], folder: Path, environment: Mapping[str, str] | None = None) -> Run:
    """Run a command to its end and measure the whole process. Raises FailedError unless it ends with 0."""
    with tempfile.TemporaryFile() as said:
        start = time.perf_counter()
        process = _start(command, folder, environment, said.fileno())
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        output = said.read().decode("utf-8", "replace")
    if process.returncode != 0:
        raise FailedError(f"{' '.join(command)} terminó con {process.returncode}:\n{output[-3000:]}")
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024)


def _start(
    command: Sequence[str], folder: Path, environment: Mapping[str, str] | None, said: int
) -> subprocess.Popen[bytes]:
    settings = {**os.environ, **(environment or {})}
    return subprocess.Popen(
        list(command), cwd=folder, env=settings, stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.STDOUT
    )


class Sampler:
    """Looks again and again at a process and all that it started; `peak` is the most bytes that they had together."""

    def __init__(self, process: int, seconds: float = SAMPLE_SECONDS) -> None:
        self.process = process
        self.seconds = seconds
        self.peak = 0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Sampler:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._over.wait(self.seconds):
            self.peak = max(self.peak, sum(map(_proportional_bytes, family_of(self.process))))


def family_of(process: int) -> list[int]:
    """Return a process and all processes that it started, directly or not, that still run."""
    parents: dict[int, list[int]] = {}
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{name}/stat", encoding="utf-8", errors="replace") as file:
                parent = int(file.read().rpartition(")")[2].split()[1])
        except OSError:
            continue  # it has ended
        parents.setdefault(parent, []).append(int(name))
    family, waiting = [], [process]
    while waiting:
        one = waiting.pop()
        family.append(one)
        waiting += parents.get(one, [])
    return family


def processor_seconds(words: str) -> float:
    """Return the processor seconds, with those of their ended children, of all processes whose command line says so."""
    ticks = 0
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{name}/cmdline", encoding="utf-8", errors="replace") as file:
                if words not in file.read():
                    continue
            with open(f"/proc/{name}/stat", encoding="utf-8", errors="replace") as file:
                ticks += sum(map(int, file.read().rpartition(")")[2].split()[11:15]))
        except OSError:
            continue  # it has ended
    return ticks / os.sysconf("SC_CLK_TCK")


def _proportional_bytes(process: int) -> int:
    try:
        with open(f"/proc/{process}/smaps_rollup", encoding="utf-8") as file:
            for line in file:
                if line.startswith("Pss:"):
                    return int(line.split()[1]) * 1024
    except OSError:
        pass  # it has ended, or is somebody else's
    return 0


def median_ratio(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """Return the median of the quotients, pair by pair: both of a pair were measured one right after the other."""
    return statistics.median(our / their for our, their in zip(ours, theirs, strict=True))
