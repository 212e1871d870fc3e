"""Trials of one kind -> a row of the table: what was tried, how often, and what did not hold, the smallest first."""

from __future__ import annotations

import signal
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

PATIENCE = 300
"""Seconds after which what does not end has failed, on a loaded machine too."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What did not hold: what was given, shown as it can be given again, and what came of it."""

    given: str
    said: str


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table; `lacking` says why it could not be tried, and then nothing else counts."""

    what: str
    count: int
    faults: tuple[Fault, ...] = ()
    remark: str = ""
    lacking: str = ""


@dataclass
class Trials:
    """Counts what is tried and keeps what failed."""

    what: str
    count: int = 0
    faults: list[Fault] = field(default_factory=list)
    remark: str = ""

    @contextmanager
    def trial(self, given: str, seconds: int = PATIENCE) -> Iterator[None]:
        """Hold what is done inside against its laws: whatever is raised there is a fault, and so is not ending."""

        def give_up(*_: object) -> None:
            raise TimeoutError(f"no terminó en {seconds} s")

        self.count += 1
        before = signal.signal(signal.SIGALRM, give_up)
        signal.alarm(seconds)
        try:
            yield
        except (Exception, SystemExit) as fault:  # noqa: BLE001 - whatever it is, it is what is looked for
            self.note(given, f"{type(fault).__name__}: {fault}")
        finally:
            signal.alarm(0)
            signal.signal(signal.SIGALRM, before)

    def note(self, given: str, said: str) -> None:
        """Keep a fault that was found otherwise."""
        self.faults.append(Fault(given, said))

    def row(self) -> Row:
        """Return what came of all trials."""
        faults = tuple(sorted(self.faults, key=lambda fault: len(fault.given)))
        return Row(self.what, self.count, faults, self.remark)


@dataclass(frozen=True, slots=True)
class Effort:
    """How much is tried: all (1.0) or a part of it; how long fuzzers look; where scratch files go."""

    share: float
    minutes: float
    folder: Path

    def part(self, whole: int, least: int = 1) -> int:
        """Return how many of so many are tried."""
        return max(least, round(whole * self.share))

    def some(self, items: list[str], least: int = 1) -> list[str]:
        """Return that part of a list, from all along it."""
        count = min(len(items), self.part(len(items), least))
        return [items[number * len(items) // count] for number in range(count)]

    def scratch(self, name: str) -> Path:
        """Return a new folder."""
        return Path(tempfile.mkdtemp(prefix=f"{name}-", dir=self.folder))
