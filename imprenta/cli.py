"""The command line: words -> a run, its steps, its problems and its exit status. The only module that prints."""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TextIO

from imprenta import __version__
from imprenta.problems import CannotContinue, has_errors
from imprenta.workspace import BUILD_FOLDER, ENGINE_ROOT, Workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from imprenta.pipeline import Outcome
    from imprenta.problems import Problem

GOOD, PAPER, USAGE, BUG, TOOLCHAIN = 0, 1, 2, 3, 4
"""Exit status: good, problems in the paper, wrong command line, a bug, a missing tool."""

EPILOGUE = """\
estado de salida:
  0  bien (también con avisos)     1  problemas en el informe (con --strict, también los avisos)
  2  orden mal escrita             3  error de Imprenta         4  falta una herramienta

Los datos están en paper/, figures/ y references.bib; docs/guia/datos.md los explica."""


class _Parser(argparse.ArgumentParser):
    """argparse that speaks Spanish."""

    def error(self, message: str) -> NoReturn:
        words = _translate(message)
        self.exit(USAGE, f"imprenta: {words}\n  pista: «python build.py --help» muestra las órdenes\n")

    def format_help(self) -> str:
        text = super().format_help()
        for theirs, ours in (("usage:", "uso:"), ("options:", "opciones:"), ("positional arguments:", "órdenes:")):
            text = text.replace(theirs, ours)
        return text

    def format_usage(self) -> str:
        return super().format_usage().replace("usage:", "uso:")


def _translate(message: str) -> str:
    """Turn argparse's few complaints into Spanish."""
    for theirs, ours in (
        ("unrecognized arguments:", "no se conoce:"),
        ("invalid choice:", "no se admite"),
        ("(choose from", "(se admite:"),
        ("argument ", "en "),
        ("expected one argument", "falta un valor"),
        ("the following arguments are required:", "falta:"),
    ):
        message = message.replace(theirs, ours)
    return message


class Progress:
    """Shows each step with its time: one line that is rewritten on a terminal, plain lines elsewhere."""

    def __init__(self, stream: TextIO, *, quiet: bool = False) -> None:
        """Start the clock; the steps go to `stream`."""
        self.quiet = quiet
        self.stream = stream
        self.live = stream.isatty() and os.environ.get("TERM") != "dumb" and not os.environ.get("CI")
        self.started = time.perf_counter()
        self.step_started = self.started
        self.step: str | None = None

    def announce(self, step: str) -> None:
        """End the step that runs, with its time, and begin another."""
        self.finish()
        self.step, self.step_started = step, time.perf_counter()
        if self.live and not self.quiet:
            print(f"  … {step}", end="", file=self.stream, flush=True)

    def finish(self) -> None:
        """End the step that runs."""
        if self.step is None or self.quiet:
            self.step = None
            return
        seconds = _format_seconds(time.perf_counter() - self.step_started)
        begin = "\r\x1b[K" if self.live else ""
        print(f"{begin}  {self.step:<32} {seconds:>8}", file=self.stream, flush=True)
        self.step = None

    def total(self) -> str:
        """Return the time since the start, as people read it."""
        return _format_seconds(time.perf_counter() - self.started)


def _format_seconds(seconds: float) -> str:
    return f"{seconds:.2f} s".replace(".", ",")


def make_parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    parser = _Parser(
        prog="python build.py",
        description="Imprenta: de datos en YAML y plantillas a un informe académico en PDF.",
        epilog=EPILOGUE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        add_help=False,
    )
    common = _Parser(add_help=False)
    common.add_argument("-h", "--help", action="help", help="muestra esta ayuda y termina")
    common.add_argument(
        "--proyecto",
        metavar="CARPETA",
        default=None,
        help="carpeta del informe (la actual si tiene paper/; si no, la de build.py)",
    )
    common.add_argument("--strict", action="store_true", help="los avisos también hacen fallar la orden")
    parser.add_argument("-h", "--help", action="help", help="muestra esta ayuda y termina")
    version = f"Imprenta {__version__}"
    parser.add_argument("--version", action="version", version=version, help="muestra la versión y termina")
    orders = parser.add_subparsers(dest="order", metavar="ORDEN", parser_class=_Parser)
    for name, (words, _) in ORDERS.items():
        order = orders.add_parser(
            name, parents=[common], add_help=False, help=words, description=words[0].upper() + words[1:] + "."
        )
        _add_options(name, order)
    return parser


def _add_options(name: str, order: argparse.ArgumentParser) -> None:
    """Give an order the options that not all orders have."""
    if name in ("build", "check"):
        forms = ("text", "json", "github", "sarif")
        words = "cómo se dicen los problemas: text (a las personas), json, github o sarif (a otros programas)"
        order.add_argument("--format", choices=forms, default="text", metavar="FORMA", help=words)
    if name == "check":
        for option, words in (("--only", "solo los problemas de estos"), ("--ignore", "todos menos los de estos")):
            words += " códigos, separados por comas"
            order.add_argument(option, action="append", default=[], metavar="CÓDIGOS", help=words)
    if name == "explain":
        order.add_argument("codes", nargs="*", metavar="CÓDIGO", help="los códigos; sin ninguno, la lista de todos")
        words = "text (predeterminada), o markdown: la página entera de la guía"
        order.add_argument("--format", choices=("text", "markdown"), default="text", metavar="FORMA", help=words)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the order of a command line and return the exit status. Nothing is raised."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if not any(word in ORDERS or word in {"-h", "--help", "--version"} for word in words):
        if words and not words[0].startswith("-"):
            make_parser().parse_args(words)
        words = ["build", *words]
    options = argparse.Namespace(format="text")
    try:
        options = make_parser().parse_args(words)
        root = Path(options.proyecto) if options.proyecto else _find_project()
        if not root.is_dir():
            raise CannotContinue(f"no existe la carpeta «{root}»", status=USAGE)
        return ORDERS[options.order][1](Workspace(root), options)
    except CannotContinue as stop:
        print(f"imprenta: {stop.message}", file=sys.stderr)
        if stop.hint:
            print(f"  pista: {stop.hint}", file=sys.stderr)
        _print_for_programs(options, (), stop)
        return stop.status
    except KeyboardInterrupt:
        print("\nimprenta: interrumpido", file=sys.stderr)
        return 130
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115 - the reader of our output left
        return GOOD
    except Exception:  # noqa: BLE001 - whatever it is, the author sees one sentence
        return _report_bug()


def _find_project() -> Path:
    """Return the current folder if it holds a report, else the one that build.py stands in."""
    return Path.cwd() if Workspace(Path.cwd()).is_folder("paper") else ENGINE_ROOT


def _run_build(workspace: Workspace, options: argparse.Namespace) -> int:
    from imprenta.pipeline import build_report

    people = sys.stdout if options.format == "text" else sys.stderr
    progress = Progress(people)
    try:
        outcome = build_report(workspace, progress.announce, strict=options.strict)
    finally:
        progress.finish()
    if not _print_for_programs(options, outcome.problems):
        _print_problems(workspace, outcome.problems)
    if outcome.built:
        print(f"\n{_summarize(outcome)} en {progress.total()}", file=people)
        if outcome.problems:
            print(_count(outcome.problems), file=people)
        return GOOD
    print(f"\n{_count(outcome.problems)}: no se hizo un PDF nuevo", file=sys.stderr)
    if workspace.is_file("build/informe.pdf"):
        print("build/informe.pdf es el último que salió bien: se deja como estaba", file=sys.stderr)
    return PAPER


def _summarize(outcome: Outcome) -> str:
    counts = (
        (outcome.pages, "página"),
        (outcome.figures, "figura"),
        (outcome.tables, "tabla"),
        (outcome.references, "referencia"),
    )
    pages, *rest = (f"{count} {word}" if count == 1 else f"{count} {word}s" for count, word in counts)
    return f"build/informe.pdf: {', '.join([pages, f'{outcome.size / 1024:.0f} KiB', *rest])}"


def _run_check(workspace: Workspace, options: argparse.Namespace) -> int:
    from imprenta.pipeline import examine_report
    from imprenta.report import check_codes, select_problems

    only, ignore = check_codes(options.only, "--only"), check_codes(options.ignore, "--ignore")
    problems = select_problems(examine_report(workspace).problems, only, ignore)
    if not _print_for_programs(options, problems):
        _print_problems(workspace, problems)
        print(_count(problems))
    return PAPER if has_errors(problems) or (options.strict and problems) else GOOD


def _run_explain(_workspace: Workspace, options: argparse.Namespace) -> int:
    from imprenta.report import check_codes, explain_codes, write_guide

    check_codes(options.codes, "explain")
    print(write_guide() if options.format == "markdown" else explain_codes(options.codes), end="")
    if options.format == "text":
        print()
    return GOOD


def _run_schema(workspace: Workspace, _options: argparse.Namespace) -> int:
    from imprenta.pipeline import examine_report, refresh_schemas

    written = refresh_schemas(workspace, examine_report(workspace))
    print("\n".join(f"se escribió «{path}»" for path in written) or "los esquemas estaban al día")
    return GOOD


def _run_clean(workspace: Workspace, _options: argparse.Namespace) -> int:
    removed = workspace.remove(BUILD_FOLDER)
    print(f"se borró «{BUILD_FOLDER}/»" if removed else f"no había «{BUILD_FOLDER}/»")
    return GOOD


ORDERS: dict[str, tuple[str, Callable[[Workspace, argparse.Namespace], int]]] = {
    "build": ("hace build/informe.pdf (es la orden si no se da ninguna)", _run_build),
    "check": ("comprueba los datos y las citas sin hacer el PDF", _run_check),
    "explain": ("explica los códigos de los problemas, con ejemplos", _run_explain),
    "schema": ("escribe en build/esquemas/ los esquemas con que un editor completa y corrige los datos", _run_schema),
    "clean": ("borra build/", _run_clean),
}
"""The subcommands: what they do, and the function that does it."""


def _print_for_programs(
    options: argparse.Namespace, problems: Sequence[Problem], stop: CannotContinue | None = None
) -> bool:
    """Print the problems in a machine format, if one was asked for; tell whether it was."""
    from imprenta.report import MACHINE_FORMATS, Run

    write = MACHINE_FORMATS.get(options.format)
    if write is None:
        return False
    folder = os.path.relpath(options.proyecto or ".").replace(os.sep, "/")
    print(write(Run(tuple(problems), stop, "" if folder.split("/")[0] in (".", "..") else folder)))
    return True


def _print_problems(workspace: Workspace, problems: Sequence[Problem]) -> None:
    if not problems:
        return
    from imprenta.report import format_problems

    cache: dict[str, list[str]] = {}

    def read_lines(path: str) -> list[str]:
        if path not in cache:
            data = workspace.read(path) or b""
            cache[path] = data.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n").split("\n")
        return cache[path]

    sys.stdout.flush()
    colour = sys.stderr.isatty() and "NO_COLOR" not in os.environ
    print(format_problems(problems, read_lines, colour=colour), file=sys.stderr)
    sys.stderr.flush()


def _count(problems: Sequence[Problem]) -> str:
    from imprenta.report import count_problems

    return count_problems(problems)


def _report_bug() -> int:
    """Save the traceback of a fault of Imprenta's own, and say so in one sentence."""
    import tempfile
    import traceback

    words = f"Imprenta {__version__}, Python {sys.version}\n{traceback.format_exc()}"
    with tempfile.NamedTemporaryFile("w", prefix="imprenta-error-", suffix=".txt", delete=False) as file:
        file.write(words)
    print(f"imprenta: falló por un error propio, no del informe; los detalles están en {file.name}", file=sys.stderr)
    return BUG
