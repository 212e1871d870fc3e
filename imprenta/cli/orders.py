"""The orders: a command line -> a run, and its exit status."""

from __future__ import annotations

import argparse
import gc
import os
import signal
import sys
from typing import TYPE_CHECKING

from imprenta.cli.batch_order import run_batch
from imprenta.cli.ending import Ended
from imprenta.cli.export_order import run_export
from imprenta.cli.import_order import run_import
from imprenta.cli.kept import Kept
from imprenta.cli.new_order import run_new
from imprenta.cli.parser import make_parser, put_order_first
from imprenta.cli.place import open_project
from imprenta.cli.screen import (
    TEXT,
    Progress,
    count,
    print_bug,
    print_problems,
    print_stop,
    print_verdicts,
    summarize,
    survive_any_encoding,
    tell_problems,
)
from imprenta.cli.tags import read_choice, tell_choice
from imprenta.cli.trace_orders import keep_synctex, run_read, run_show, run_synctex, run_where
from imprenta.cli.untrusted_order import build_untrusted, open_untrusted
from imprenta.cli.watch import run_watch
from imprenta.cli.words_order import run_words
from imprenta.client import stop_resident
from imprenta.problems import CannotContinue, has_errors, sort_problems
from imprenta.project import name_from_here, tell_place
from imprenta.streams import find_loss
from imprenta.tag_choice import AS_WRITTEN
from imprenta.up_to_date import find_changes, note_up_to_date, take_stamps
from imprenta.workspace import BUILD_FOLDER, WAITING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from imprenta.problems import Problem
    from imprenta.workspace import Workspace

GOOD, PAPER, BUG, LOST = 0, 1, 3, 4
"""Exit status: good, problems in the paper, a fault of ours; 2 is a wrong command line, 4 a missing tool."""


def main(arguments: Sequence[str] | None = None, kept: Kept | None = None) -> int:
    """Run the order of a command line and return the exit status. Nothing is raised.

    `kept` is what this process has from its former commands, and gets what it may keep for the next. An order whose
    answer got lost has failed; a build has not, whose PDF is there.
    """
    options = argparse.Namespace(order="", format=TEXT)
    status = _run(arguments, kept, options)
    sys.stdout.flush()
    loss = find_loss(sys.stdout)
    if loss is None or status != GOOD or (options.order == "build" and options.format == TEXT):
        return status
    print(f"imprenta: no se pudo escribir la salida: {loss.strerror or loss}", file=sys.stderr)
    return LOST


def _run(arguments: Sequence[str] | None, kept: Kept | None, options: argparse.Namespace) -> int:
    # pydantic looks for plug-ins among all that is installed, which takes longer than the data do; there are none.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    words = list(sys.argv[1:] if arguments is None else arguments)
    survive_any_encoding()
    parser = make_parser({name: said for name, (said, *_) in (*ORDERS.items(), *FREE_ORDERS.items())})
    try:
        options.kept = kept or Kept()
        parser.parse_args(put_order_first(words, {**ORDERS, **FREE_ORDERS}), options)
        if options.order in FREE_ORDERS:
            return FREE_ORDERS[options.order][1](options)
        return ORDERS[options.order][1](open_project(options), options)
    except CannotContinue as stop:
        print_stop(stop, getattr(options, "format", TEXT))
        return stop.status
    except KeyboardInterrupt as stop:
        print("\nimprenta: interrumpido", file=sys.stderr)
        return 128 + (stop.number if isinstance(stop, Ended) else signal.SIGINT)
    except Exception:  # noqa: BLE001 - whatever it is, the author sees one sentence
        print_bug()
        return BUG


def _run_build(workspace: Workspace, options: argparse.Namespace) -> int:
    if options.untrusted:
        return build_untrusted(workspace, options)
    kept: Kept = options.kept
    workspace = kept.known(workspace)
    people = sys.stdout if options.format == TEXT else sys.stderr
    progress = Progress(people)
    choice = read_choice(options)
    # What a build of another version read is not what the one that the report says would read.
    stamps = take_stamps(str(workspace.root), kept.engine) if not options.plain and choice == AS_WRITTEN else None
    try:
        changed = find_changes(str(workspace.root), stamps) if stamps is not None else ()
        outcome = kept.build(workspace, progress.announce, changed, choice, strict=options.strict, plain=options.plain)
    finally:
        progress.finish()
    print_problems(workspace, outcome.problems, options.format)
    if outcome.built:
        keep_synctex(workspace)
        if options.explain:
            print("\n" + "\n".join(f"  {step:<22} {reason}" for step, reason in outcome.steps), file=people)
        print(f"\n{_name_pdf(workspace)}{tell_choice(choice)}: {summarize(outcome)} en {progress.total()}", file=people)
        if outcome.problems:
            print(count(outcome.problems), file=people)
        if stamps is not None:
            said = f"{tell_problems(workspace, outcome.problems)}\n" if outcome.problems else ""
            told = f"{summarize(outcome)}{f' ({count(outcome.problems)})' if outcome.problems else ''}"
            note_up_to_date(str(workspace.root), told, said, stamps, outcome.read)
        return GOOD
    print(f"\n{count(outcome.problems)}: no se hizo un PDF nuevo", file=sys.stderr)
    if workspace.is_file("build/informe.pdf"):
        print(f"{_name_pdf(workspace)} es el último que salió bien: se deja como estaba", file=sys.stderr)
    return PAPER


def _name_pdf(workspace: Workspace) -> str:
    return name_from_here(str(workspace.root), "build/informe.pdf")


def _run_check(workspace: Workspace, options: argparse.Namespace) -> int:
    if options.untrusted:
        with open_untrusted(workspace) as (copy, left_out):
            return _check(copy, options, left_out)
    return _check(workspace, options)


def _check(workspace: Workspace, options: argparse.Namespace, left_out: Sequence[Problem] = ()) -> int:
    from imprenta.pipeline import check_drawings, examine_report
    from imprenta.report import check_codes, select_problems

    only, ignore = check_codes(options.only, "--only"), check_codes(options.ignore, "--ignore")
    examined = examine_report(workspace, cache=options.kept.cache_of(workspace), choice=read_choice(options))
    drawn, notice = check_drawings(workspace, examined.loaded, examined.problems)
    problems = select_problems(sort_problems([*examined.problems, *drawn]), only, ignore)
    told = [*select_problems(left_out, only, ignore), *problems]
    print_problems(workspace, told, options.format)
    if options.format == TEXT:
        print_verdicts(examined.verdicts)
        for words in filter(None, (examined.notice, notice)):
            print(words)
        print(count(told))
    return PAPER if has_errors(problems) or (options.strict and problems) else GOOD


def _at_once(order: Callable[[Workspace, argparse.Namespace], int]) -> Callable[[Workspace, argparse.Namespace], int]:
    """Return an order that collects no garbage, which takes a tenth of so short a run and frees nothing."""

    def run(workspace: Workspace, options: argparse.Namespace) -> int:
        collects = gc.isenabled()
        gc.disable()
        try:
            return order(workspace, options)
        finally:
            if collects:
                gc.enable()

    return run


def _run_explain(options: argparse.Namespace) -> int:
    from imprenta.report import check_codes, explain_codes, write_guide

    check_codes(options.codes, "explain")
    print(write_guide() if options.format == "markdown" else explain_codes(options.codes), end="")
    if options.format == "text":
        print()
    return GOOD


def _run_schema(workspace: Workspace, _options: argparse.Namespace) -> int:
    from imprenta.pipeline import load_report, refresh_schemas

    written = refresh_schemas(workspace, load_report(workspace))
    named = [tell_place(str(workspace.root), path) for path in written]
    print("\n".join(f"se escribió «{path}»" for path in named) or "los esquemas estaban al día")
    return GOOD


def _run_clean(workspace: Workspace, _options: argparse.Namespace) -> int:
    stop_resident(str(workspace.root))
    removed = workspace.clean(lambda: print(WAITING, file=sys.stderr))
    named = name_from_here(str(workspace.root), BUILD_FOLDER)
    print(f"se borró «{named}/»" if removed else f"no había «{named}/»")
    return GOOD


def _run_system(options: argparse.Namespace) -> int:
    from imprenta.debian import install_packages
    from imprenta.environment import CannotPrepare

    try:
        changed = install_packages(asks=not options.yes)
    except CannotPrepare as trouble:
        raise CannotContinue(trouble.message, hint=trouble.hint) from trouble
    print("instalado" if changed else "no falta nada")
    return GOOD


ORDERS: dict[str, tuple[str, Callable[[Workspace, argparse.Namespace], int]]] = {
    "build": ("hace build/informe.pdf (es la orden si no se da ninguna)", _at_once(_run_build)),
    "check": ("comprueba los datos y las citas sin hacer el PDF", _at_once(_run_check)),
    "where": ("dice qué línea de los datos hizo un lugar del PDF", run_where),
    "show": ("dice en qué lugar del PDF está una línea de los datos", run_show),
    "read": ("dice el PDF como lo diría un lector de pantalla, página por página", run_read),
    "synctex": ("escribe lo que un visor de PDF necesita para abrir los datos con un clic", run_synctex),
    "schema": ("escribe en build/esquemas/ los esquemas con que un editor completa y corrige los datos", _run_schema),
    "watch": ("construye a cada guardado y lo muestra en el navegador, hasta Ctrl-C", run_watch),
    "words": ("muestra las palabras que el diccionario no tiene; --add las da por buenas", run_words),
    "export": ("hace un .zip con el informe en LaTeX, para Overleaf o para latexmk", run_export),
    "clean": ("borra build/", _run_clean),
}
"""The orders that act on a report: what they do, and the function that does it."""

FREE_ORDERS: dict[str, tuple[str, Callable[[argparse.Namespace], int]]] = {
    "new": ("empieza un informe en una carpeta nueva", run_new),
    "batch": (
        "construye todos los informes que hay en una carpeta, y dice en una página qué fue de cada uno",
        run_batch,
    ),
    "import": ("empieza un informe con lo que hay en un .md, .tex o .docx", run_import),
    "explain": ("explica los códigos de los problemas, con ejemplos", _run_explain),
    "system": ("instala lo que un informe necesita del sistema: LaTeX, biber, Graphviz…", _run_system),
}
"""Those that need no report."""
