"""The order «batch»: a folder -> all its reports, built side by side, told as they come, and on a page at the end."""

from __future__ import annotations

import os
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from imprenta.cli.parser import USAGE
from imprenta.cli.tags import read_choice
from imprenta.cli.untrusted_order import tell_confinement
from imprenta.problems import CannotContinue

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from imprenta.batch import Batch, Outcome, Plan

OUT = "lote"
"""The folder of the results, in that of the reports."""
WIDTH = 24
"""Columns of the bar."""
INTERRUPTED = 130


def run_batch(options: argparse.Namespace) -> int:
    """Build every report below a folder and write what came of each; return the status of the worst."""
    from imprenta.batch import Batch, Terms, plan_batch
    from imprenta.batch.batch import PAGE
    from imprenta.batch.outcome import worst_status

    root = _open(options.folder)
    out = Path(options.out).resolve() if options.out else root / OUT
    terms = Terms(options.strict, options.check, options.limit, read_choice(options), options.trusted)
    plan = plan_batch(root, out, terms)
    if not plan.jobs:
        raise CannotContinue(
            f"no hay ningún informe en «{root}»", hint="un informe tiene «paper/informe.yaml»", status=1
        )
    if not terms.trusted:
        tell_confinement()
    batch = Batch(plan)
    stopped: BaseException | None = None
    try:
        _follow(batch, options)
    except (KeyboardInterrupt, CannotContinue) as stop:
        stopped = stop  # what was done is told all the same
    outcomes = batch.finish()
    _print_end(outcomes, plan, os.path.relpath(out / PAGE))
    if isinstance(stopped, CannotContinue):
        raise stopped
    if stopped is not None:
        print("imprenta: interrumpido", file=sys.stderr)
        return INTERRUPTED
    return worst_status(outcomes)


def _open(name: str) -> Path:
    folder = Path(name)
    if not folder.is_dir():
        raise CannotContinue(f"no existe la carpeta «{name}»", status=USAGE)
    return folder.resolve()


def _follow(batch: Batch, options: argparse.Namespace) -> None:
    """Have the jobs done, here or by the workers of a scheduler, and tell each outcome."""
    bar = Bar(len(batch.plan.jobs), len(batch.plan.known))
    todo = batch.plan.todo
    if options.scheduler:
        from imprenta.batch.cluster import work_there

        worked = work_there(todo, options.scheduler)
    else:
        from imprenta.batch.processes import work_here

        worked = work_here(todo, options.jobs or _count_processors())
    bar.show()
    try:
        with closing(batch.work(worked)) as outcomes:
            for outcome in outcomes:
                bar.tell(outcome)
    finally:
        bar.end()


def _count_processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Bar:
    """Tells each outcome on a line; on a terminal, a bar below them says how far the batch is."""

    def __init__(self, total: int, done: int) -> None:
        """Begin a bar of `total` reports, of which some are done."""
        self.total, self.done = total, done
        self.live = sys.stdout.isatty() and os.environ.get("TERM") != "dumb" and not os.environ.get("CI")
        self.started = time.monotonic()

    def tell(self, outcome: Outcome) -> None:
        """Print an outcome, and the bar anew."""
        self.done += 1
        words = [outcome.state.value]
        if outcome.pages:
            words.append(f"{outcome.pages} página{'s' if outcome.pages != 1 else ''}")
        words += [f"{outcome.errors} error{'es' if outcome.errors != 1 else ''}"] if outcome.errors else []
        words += [f"{outcome.warnings} aviso{'s' if outcome.warnings != 1 else ''}"] if outcome.warnings else []
        words += [outcome.reason] if outcome.reason else []
        seconds = f"{outcome.seconds:.2f} s".replace(".", ",")
        self._clear()
        print(f"  {_printable(outcome.name):<32} {seconds:>9}  {_printable(', '.join(words))}", flush=True)
        self.show()

    def show(self) -> None:
        """Print the bar, if somebody sees it."""
        if self.live:
            full = WIDTH * self.done // self.total
            seconds = int(time.monotonic() - self.started)
            bar = f"{'█' * full}{'░' * (WIDTH - full)}"
            print(f"  {bar} {self.done} de {self.total}  {seconds // 60}:{seconds % 60:02}", end="", flush=True)

    def end(self) -> None:
        """Take the bar away."""
        self._clear()

    def _clear(self) -> None:
        if self.live:
            print("\r\x1b[K", end="", flush=True)


def _printable(text: str) -> str:
    from imprenta.report.text import printable

    return printable(text)


def _print_end(outcomes: Sequence[Outcome], plan: Plan, page: str) -> None:
    from imprenta.batch import State

    counts = {state: sum(outcome.state is state for outcome in outcomes) for state in State}
    total = f"{len(outcomes)} informe{'s' if len(outcomes) != 1 else ''}"
    told = ", ".join(f"{number} {state.value}" for state, number in counts.items() if number)
    print(f"\n{page}: {total}: {told}")
    same = sum(outcome.unchanged for outcome in outcomes)
    if same:
        print(f"sin cambios desde el último lote, y no se {'hizo' if same == 1 else 'hicieron'} de nuevo: {same}")
    if plan.bare:
        names = ", ".join(_printable(name) for name in plan.bare)
        print(f"sin informe: {names}", file=sys.stderr)
