"""A report whose author is not trusted -> its PDF beside its folder, made of a copy of the data alone."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

from imprenta.cli.screen import TEXT, Progress, count, print_problems, summarize
from imprenta.cli.tags import read_choice, tell_choice
from imprenta.confinement import is_confining
from imprenta.project import name_from_here
from imprenta.reading import CopyReading
from imprenta.workspace import PDF_PATH, Workspace

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from imprenta.problems import Problem

GOOD, PAPER = 0, 1


def tell_confinement() -> None:
    """Say it where the system keeps programs from nothing."""
    if not is_confining():
        words = "este sistema no puede encerrar a LaTeX, biber ni Graphviz (le falta Landlock)"
        print(f"imprenta: {words}: solo los guardan sus propios ajustes", file=sys.stderr)


@contextmanager
def open_untrusted(workspace: Workspace) -> Iterator[tuple[Workspace, list[Problem]]]:
    """Lend a copy of a report with its data alone, which is called as the report is, and what was left out of it.

    Raises CannotContinue.
    """
    from imprenta.quarantine import quarantine

    tell_confinement()
    with quarantine(workspace.root) as (place, left_out):
        copy = Workspace(place, partial(CopyReading, home=workspace.root))
        copy.named = workspace.root
        yield copy, left_out


def build_untrusted(workspace: Workspace, options: argparse.Namespace) -> int:
    """Build a report of which only the data are believed; return the exit status. Its folder stays as it is."""
    from imprenta.pipeline import Session

    people = sys.stdout if options.format == TEXT else sys.stderr
    progress = Progress(people)
    choice = read_choice(options)
    with open_untrusted(workspace) as (copy, left_out):
        try:
            session = Session(copy, choice=choice)
            outcome = session.build_once(progress.announce, strict=options.strict, plain=options.plain)
        finally:
            progress.finish()
        problems = [*left_out, *outcome.problems]
        print_problems(copy, problems, options.format)
        pdf = copy.read(PDF_PATH) if outcome.built else None
    if pdf is None:
        print(f"\n{count(problems)}: no se hizo un PDF", file=sys.stderr)
        return PAPER
    name = f"{workspace.root.name}-informe.pdf"
    beside = Workspace(workspace.root.parent)
    beside.write(name, pdf)
    beside.settle(name)
    named = name_from_here(str(workspace.root.parent), name)
    print(f"\n{named}{tell_choice(choice)}: {summarize(outcome)} en {progress.total()}", file=people)
    if problems:
        print(count(problems), file=people)
    return GOOD
