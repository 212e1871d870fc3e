"""The order «import»: a .md, .tex or .docx -> a report in a new folder, and the list of what was not taken over."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from imprenta.cli.new_order import refuse_others, tell_next
from imprenta.cli.screen import TEXT, count, print_problems
from imprenta.problems import CannotContinue, guess_hint, has_errors
from imprenta.workspace import Workspace

if TYPE_CHECKING:
    import argparse
    from collections.abc import Collection

GOOD, PAPER, USAGE = 0, 1, 2


def run_import(options: argparse.Namespace) -> int:
    """Make the report in a folder that is not there, or empty; status 1 if `check` finds errors in it."""
    from imprenta.conversion import FORMATS, Source, convert_document, follow_inputs, read_document
    from imprenta.pipeline import examine_report
    from imprenta.scaffold import common_files, dump_data, split_name

    path = Path(options.file).absolute()
    if path.suffix.lower() not in FORMATS:
        hint = f"se admiten: {', '.join(FORMATS)}"
        raise CannotContinue(f"«{options.file}» no es de una clase que se pueda traer", hint=hint, status=USAGE)
    data = Workspace(path.parent).read(path.name)
    if data is None:
        there = path.exists()
        message = f"no se puede leer «{options.file}»" if there else f"no existe «{options.file}»"
        raise CannotContinue(message, hint="" if there else _suggest(path, FORMATS), status=USAGE)
    name = options.folder or path.with_suffix("").name
    folder = Path(name).absolute()
    refuse_others(folder)
    source = Source(Workspace(path.parent), path.name, data)
    if path.suffix.lower() == ".tex":
        follow_inputs(source)
    tree, skipped = read_document(path, source.text)
    for tex, line in skipped:
        source.skip(tex, line)
    converted = convert_document(tree, source, split_name, datetime.date.today())
    report = Workspace(folder)
    files = common_files() | dict(converted.files)
    for made, content in files.items():
        report.write(made, content if isinstance(content, bytes) else dump_data(content))
    print(f"se hizo «{folder.name}»:")
    print("\n".join(f"  {made}" for made in sorted(files)))
    if converted.losses:
        print(f"\nno se trajo, o no como estaba ({len(converted.losses)}):")
        print("\n".join(f"  {loss.place}: {loss.message}" for loss in converted.losses))
    problems = examine_report(Workspace(folder)).problems
    print_problems(report, problems, TEXT)
    print(f"\n{count(problems)}")
    print(tell_next(name))
    return PAPER if has_errors(problems) else GOOD


def _suggest(path: Path, endings: Collection[str]) -> str:
    """Return as a hint the document beside it that may be meant."""
    beside = Workspace(path.parent).list_files("", "") if path.parent.is_dir() else []
    names = [Path(one).name for one in beside]
    return guess_hint(path.name, [name for name in names if Path(name).suffix.lower() in endings], what="hay")
