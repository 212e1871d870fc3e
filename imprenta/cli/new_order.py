"""The order «new»: a folder and a few words -> a report that builds as it comes, or nothing at all."""

from __future__ import annotations

import datetime
import shlex
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from imprenta.cli.asking import ask, is_attended
from imprenta.cli.screen import TEXT, print_problems
from imprenta.problems import CannotContinue, has_errors
from imprenta.project import ENGINE, INSTALLED
from imprenta.workspace import Workspace

if TYPE_CHECKING:
    import argparse

    from imprenta.scaffold import Wish

GOOD, PAPER, USAGE = 0, 1, 2
NOBODY = "Nombre Apellidos"
"""Who signs until the author says who does."""
COVER_WORDS = "# Palabras del título y del curso\n"


def run_new(options: argparse.Namespace) -> int:
    """Make a report in a folder that is not there, or empty. What cannot be printed is told, and nothing is made."""
    from imprenta.language import VOCABULARY_PATH, extend_vocabulary
    from imprenta.pipeline import examine_report
    from imprenta.scaffold import make_files

    folder = Path(options.folder).absolute()
    refuse_others(folder)
    files = make_files(_make_wish(options))
    with tempfile.TemporaryDirectory(prefix="imprenta-") as name:
        draft = Workspace(Path(name) / "borrador")
        _lay(draft, files)
        examined = examine_report(draft)
        if has_errors(examined.problems):
            print_problems(draft, examined.problems, TEXT)
            raise CannotContinue("no se hizo nada: los datos de la portada no sirven", status=PAPER)
        if forms := [form for one in examined.unknown for form in one.forms]:
            files[VOCABULARY_PATH] = extend_vocabulary(files.get(VOCABULARY_PATH, b"") + COVER_WORDS.encode(), forms)
            draft.write(VOCABULARY_PATH, files[VOCABULARY_PATH])
        left = examine_report(Workspace(draft.root)).problems
        print_problems(draft, left, TEXT)
    report = Workspace(folder)
    _lay(report, files)
    print(f"se hizo «{options.folder}»:")
    print("\n".join(f"  {path}" for path in sorted(files)))
    print(f"\n{tell_next(options.folder)}")
    return GOOD


def tell_next(folder: str) -> str:
    """Return what to type next, for a report that was made in a folder."""
    command = "imprenta" if INSTALLED else f"python3 {shlex.quote(f'{ENGINE}/build.py')}"
    return f"siga con: cd {shlex.quote(folder)} && {command}"


def refuse_others(folder: Path) -> None:
    """Raise CannotContinue if there is anything in the place of a new report."""
    try:
        if folder.is_symlink() or folder.exists():
            if not folder.is_dir():
                raise CannotContinue(f"«{folder}» ya existe y no es una carpeta", status=USAGE)
            if any(folder.iterdir()):
                hint = "diga otra carpeta, que no exista o que esté vacía"
                raise CannotContinue(f"la carpeta «{folder}» no está vacía", hint=hint, status=USAGE)
    except OSError as error:
        raise CannotContinue(f"no se puede mirar «{folder}»: {error.strerror}", status=USAGE) from error


def _make_wish(options: argparse.Namespace) -> Wish:
    """Return what the options say; a person is asked for what they do not say."""
    from imprenta.scaffold import KINDS, Wish

    asked = is_attended()
    kind = options.kind
    if kind is None and asked:
        print("\n".join(f"  {name:<10} {kind.said}" for name, kind in KINDS.items()), file=sys.stderr)
        kind = ask("Clase de informe", "informe")
    kind = kind or "informe"
    if kind not in KINDS:
        raise CannotContinue(f"no hay una clase «{kind}»", hint=f"las clases son: {', '.join(KINDS)}", status=USAGE)

    def settle(given: str | None, question: str, default: str) -> str:
        return given.strip() if given is not None and given.strip() else ask(question, default) if asked else default

    title = settle(options.title, "Título", KINDS[kind].title)
    authors = options.author or [settle(None, "Quién lo firma", NOBODY)]
    course = settle(options.course, "Curso", KINDS[kind].course)
    named = tuple(author for author in authors if author.strip()) or (NOBODY,)
    return Wish(kind, title, named, course, datetime.date.today())


def _lay(workspace: Workspace, files: dict[str, bytes]) -> None:
    for path, data in files.items():
        workspace.write(path, data)
