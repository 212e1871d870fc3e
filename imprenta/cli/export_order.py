"""The order «export»: a report -> a .zip of LaTeX for who has no Imprenta, or the problems that keep it from that."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from imprenta.cli.screen import TEXT, Progress, count, print_problems
from imprenta.cli.tags import read_choice
from imprenta.problems import CannotContinue, has_errors, sort_problems
from imprenta.workspace import WAITING, Workspace

if TYPE_CHECKING:
    import argparse

    from imprenta.pipeline import Exported
    from imprenta.problems import Problem
    from imprenta.tag_choice import TagChoice

GOOD, PAPER, USAGE = 0, 1, 2
DEFAULT = "informe.zip"


def run_export(workspace: Workspace, options: argparse.Namespace) -> int:
    """Write the .zip; with --strict a warning keeps it from that too. Nothing of anybody's is written over."""
    target = _find_target(workspace, options)
    progress = Progress(sys.stdout)
    try:
        exported, problems = _export(workspace, progress, read_choice(options))
    finally:
        progress.finish()
    print_problems(workspace, problems, TEXT)
    if exported is None or has_errors(problems) or (options.strict and problems):
        print(f"\n{count(problems)}: no se exportó nada", file=sys.stderr)
        return PAPER
    Workspace(target.parent).write(target.name, exported.data)
    named = options.file or str(target)
    print(f"\n{named}: {len(exported.files)} archivos, {len(exported.data) / 1024:.0f} KiB en {progress.total()}")
    return GOOD


def _export(workspace: Workspace, progress: Progress, choice: TagChoice) -> tuple[Exported | None, list[Problem]]:
    """Check a report and export it if it is sound; return that and all problems."""
    from imprenta.pipeline import examine_report, export_report
    from imprenta.render import TemplateFailure

    with workspace.alone(lambda: progress.announce(WAITING)):
        examined = examine_report(workspace, progress.announce, choice=choice)
        if has_errors(examined.problems):
            return None, list(examined.problems)
        try:
            exported = export_report(workspace, examined.loaded, progress.announce)
        except TemplateFailure as failure:
            return None, sort_problems([*examined.problems, failure.problem])
    return exported, sort_problems([*examined.problems, *exported.problems])


def _find_target(workspace: Workspace, options: argparse.Namespace) -> Path:
    """Return where the .zip goes: the file that was named, else one in `build/`.

    Raises CannotContinue for a place where there is anything but a former export.
    """
    if not options.file:
        return workspace.path(f"build/{DEFAULT}")
    target = Path(options.file).absolute()
    if target.suffix != ".zip":
        raise CannotContinue(f"«{options.file}» no acaba en .zip", hint="por ejemplo: export informe.zip", status=USAGE)
    if not target.parent.is_dir():
        raise CannotContinue(f"no existe la carpeta «{target.parent}»", status=USAGE)
    if target.is_symlink() or target.exists():
        from imprenta.pipeline import is_ours

        found = Workspace(target.parent).read(target.name)
        if found is None or not is_ours(found):
            hint = "diga otro nombre: aquí solo se sustituye lo que exportó Imprenta"
            raise CannotContinue(f"«{options.file}» ya existe y no lo exportó Imprenta", hint=hint, status=USAGE)
    return target
