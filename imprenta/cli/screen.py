"""Steps, problems and faults -> what is seen on the terminal or read by programs."""

from __future__ import annotations

import os
import sys
import time
from functools import partial
from typing import TYPE_CHECKING, TextIO

from imprenta import __version__
from imprenta.project import tell_place
from imprenta.up_to_date import see_from_here

if TYPE_CHECKING:
    from collections.abc import Sequence

    from imprenta.check.rubric import Verdict
    from imprenta.pipeline import Outcome
    from imprenta.problems import CannotContinue, Problem
    from imprenta.workspace import Workspace

TEXT = "text"
"""The format for people."""


class Progress:
    """Shows each step with its time: one line that is rewritten on a terminal, plain lines elsewhere."""

    def __init__(self, stream: TextIO) -> None:
        """Start the clock; the steps go to `stream`."""
        self.stream = stream
        self.live = stream.isatty() and os.environ.get("TERM") != "dumb" and not os.environ.get("CI")
        self.started = time.perf_counter()
        self.step_started = self.started
        self.step: str | None = None

    def announce(self, step: str) -> None:
        """End the step that runs, with its time, and begin another; one that is told again goes on."""
        if step == self.step:
            return
        self.finish()
        self.step, self.step_started = step, time.perf_counter()
        if self.live:
            print(f"  … {step}", end="", file=self.stream, flush=True)

    def finish(self) -> None:
        """End the step that runs."""
        if self.step is None:
            return
        seconds = format_seconds(time.perf_counter() - self.step_started)
        begin = "\r\x1b[K" if self.live else ""
        print(f"{begin}  {self.step:<32} {seconds:>8}", file=self.stream, flush=True)
        self.step = None

    def total(self) -> str:
        """Return the time since the start, as people read it."""
        return format_seconds(time.perf_counter() - self.started)


def survive_any_encoding() -> None:
    """Make the standard streams write what their encoding lacks as an escape, instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def format_seconds(seconds: float) -> str:
    """Return a time as people read it."""
    return f"{seconds:.2f} s".replace(".", ",")


def print_problems(workspace: Workspace, problems: Sequence[Problem], form: str) -> None:
    """Print problems in one of the formats: for people on the error stream, for programs alone on the other."""
    if form == TEXT:
        _print_text(workspace, problems)
        return
    from imprenta.report import MACHINE_FORMATS, Run

    folder = see_from_here(str(workspace.named))
    print(MACHINE_FORMATS[form](Run(tuple(problems), folder="" if folder.split("/")[0] in (".", "..") else folder)))


def print_stop(stop: CannotContinue, form: str) -> None:
    """Say why a run could not go on; in a machine format, to programs too."""
    print(f"imprenta: {stop.message}", file=sys.stderr)
    if stop.hint:
        print(f"  pista: {stop.hint}", file=sys.stderr)
    from imprenta.report import MACHINE_FORMATS, Run

    if form in MACHINE_FORMATS:
        print(MACHINE_FORMATS[form](Run((), stop)))


def _print_text(workspace: Workspace, problems: Sequence[Problem]) -> None:
    if not problems:
        return
    sys.stdout.flush()
    colour = sys.stderr.isatty() and "NO_COLOR" not in os.environ
    print(tell_problems(workspace, problems, colour=colour), file=sys.stderr)
    sys.stderr.flush()


def tell_problems(workspace: Workspace, problems: Sequence[Problem], *, colour: bool = False) -> str:
    """Return problems as people read them, with the lines that they stand on, at places as named from here."""
    from imprenta.report import format_problems

    cache: dict[str, list[str]] = {}

    def read_lines(path: str) -> list[str]:
        if path not in cache:
            data = workspace.read(path) or b""
            cache[path] = data.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n").split("\n")
        return cache[path]

    return format_problems(problems, read_lines, partial(tell_place, str(workspace.named)), colour=colour)


def summarize(outcome: Outcome) -> str:
    """Return what a report that was built has."""
    counts = (
        (outcome.pages, "página"),
        (outcome.figures, "figura"),
        (outcome.tables, "tabla"),
        (outcome.references, "referencia"),
    )
    pages, *rest = (f"{count} {word}" if count == 1 else f"{count} {word}s" for count, word in counts)
    return ", ".join([pages, f"{outcome.size / 1024:.0f} KiB", *rest])


def count(problems: Sequence[Problem]) -> str:
    """Return the count of problems in words."""
    from imprenta.report import count_problems

    return count_problems(problems)


def print_bug() -> None:
    """Save the traceback of a fault of Imprenta's own, and say so in one sentence."""
    import tempfile
    import traceback

    words = f"Imprenta {__version__}, Python {sys.version}\n{traceback.format_exc()}"
    try:
        with tempfile.NamedTemporaryFile("w", prefix="imprenta-error-", suffix=".txt", delete=False) as file:
            file.write(words)
        where = f"los detalles están en {file.name}"
    except OSError as error:  # what was full for the one is full for the other
        where = f"los detalles no se pueden guardar: {error.strerror or error}"
    print(f"imprenta: falló por un error propio, no del informe; {where}", file=sys.stderr)


def print_verdicts(verdicts: Sequence[Verdict]) -> None:
    """Print the demands of the assignment, met and not met."""
    if not verdicts:
        return
    met = sum(verdict.met for verdict in verdicts)
    print(f"exigencias del encargo: {met} de {len(verdicts)} cumplidas")
    for verdict in verdicts:
        print(f"  {'✓' if verdict.met else '✗'} {verdict.where}: {verdict.text} — {verdict.detail}")
