"""The words of a command line -> options, in Spanish."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, NoReturn

from imprenta import __version__
from imprenta.problems import CannotContinue, guess_hint
from imprenta.project import PROJECT, name_program

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

USAGE = 2
"""The exit status of a wrong command line."""
VALUED = (*PROJECT, "--with", "--without", "--format")
"""The options of «build», the order that need not be said, that are followed by a value."""

EPILOGUE = """\
estado de salida:
  0  bien (también con avisos)     1  problemas en el informe (con --strict, también los avisos)
  2  orden mal escrita             3  error de Imprenta         4  falta una herramienta

Los datos están en paper/, figures/ y references.bib; «new CARPETA» hace un informe que lo enseña."""


class _Parser(argparse.ArgumentParser):
    """argparse that speaks Spanish."""

    def error(self, message: str) -> NoReturn:
        words = _translate(message)
        told = "muestra las órdenes" if self._subparsers is not None else "la explica"
        self.exit(USAGE, f"imprenta: {words}\n  pista: «{self.prog} --help» {told}\n")

    def format_help(self) -> str:
        text = super().format_help()
        named = "órdenes:" if self._subparsers is not None else "argumentos:"
        for theirs, ours in (("usage:", "uso:"), ("options:", "opciones:"), ("positional arguments:", named)):
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
        ("invalid int value:", "se esperaba un número entero, no"),
        ("invalid float value:", "se esperaba un número, no"),
        ("expected one argument", "falta un valor"),
        ("the following arguments are required:", "falta:"),
    ):
        message = message.replace(theirs, ours)
    return message


def _read_port(text: str) -> int:
    if not (text.isdecimal() and 0 < int(text) < 65536):
        raise argparse.ArgumentTypeError(f"un puerto es un número de 1 a 65535, no «{text}»")
    return int(text)


def _read_count(text: str) -> int:
    if not (text.isdecimal() and int(text) > 0):
        raise argparse.ArgumentTypeError(f"se espera un número desde 1, no «{text}»")
    return int(text)


def put_order_first(words: Sequence[str], orders: Collection[str]) -> list[str]:
    """Return the words of a command line with the order before the options, which may stand on either side of it.

    Without an order it is «build». Raises CannotContinue for a word that is none.
    """
    index = 0
    while index < len(words) and words[index].startswith("-"):
        if words[index] in {"-h", "--help", "--version"}:
            return list(words)
        index += 2 if words[index] in VALUED else 1
    if index >= len(words):
        return ["build", *words]
    order = words[index]
    if order not in orders:
        hint = guess_hint(order, orders, what="las órdenes son")
        raise CannotContinue(f"no hay ninguna orden «{order}»", hint=hint, status=USAGE)
    return [order, *words[:index], *words[index + 1 :]]


def make_parser(orders: Mapping[str, str]) -> argparse.ArgumentParser:
    """Return the parser of the command line, for orders with what each does."""
    parser = _Parser(
        prog=name_program(),
        description="Imprenta: de datos en YAML y plantillas a un informe académico en PDF.",
        epilog=EPILOGUE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        add_help=False,
    )
    common = _Parser(add_help=False)
    common.add_argument("-h", "--help", action="help", help="muestra esta ayuda y termina")
    common.add_argument(
        PROJECT[0],
        metavar="CARPETA",
        default=None,
        help="carpeta del informe (si no se dice, la primera con paper/informe.yaml desde la actual hacia arriba)",
    )
    common.add_argument(
        PROJECT[1], dest="project", metavar="CARPETA", default=argparse.SUPPRESS, help=argparse.SUPPRESS
    )
    common.add_argument("--strict", action="store_true", help="los avisos también hacen fallar la orden")
    parser.add_argument("-h", "--help", action="help", help="muestra esta ayuda y termina")
    version = f"Imprenta {__version__}"
    parser.add_argument("--version", action="version", version=version, help="muestra la versión y termina")
    commands = parser.add_subparsers(dest="order", metavar="ORDEN", parser_class=_Parser)
    for name, words in orders.items():
        order = commands.add_parser(
            name, parents=[common], add_help=False, help=words, description=words[0].upper() + words[1:] + "."
        )
        _add_options(name, order)
    return parser


def _add_options(name: str, order: argparse.ArgumentParser) -> None:
    """Give an order the options that not all orders have."""
    if name in ("build", "check", "watch", "export", "batch"):
        for option, dest, words in (("--with", "shown", "con"), ("--without", "hidden", "sin")):
            words += " las partes de estas etiquetas, separadas por comas, diga lo que diga el informe"
            order.add_argument(option, dest=dest, action="append", default=[], metavar="ETIQUETAS", help=words)
    if name in ("build", "check"):
        forms = ("text", "json", "github", "sarif")
        words = "cómo se dicen los problemas: text (a las personas), json, github o sarif (a otros programas)"
        order.add_argument("--format", choices=forms, default="text", metavar="FORMA", help=words)
    if name in ("build", "check"):
        words = (
            "para el informe de quien no se confía: sin sus plantillas ni programas (el PDF queda junto a la carpeta)"
        )
        order.add_argument("--untrusted", action="store_true", help=words)
    if name == "build":
        words = "compone todo el documento de la manera corriente, sin atajos: da las mismas páginas"
        order.add_argument("--plain", action="store_true", help=words)
        order.add_argument("--explain", action="store_true", help="dice de cada paso por qué se hizo o no")
    if name == "check":
        for option, words in (("--only", "solo los problemas de estos"), ("--ignore", "todos menos los de estos")):
            words += " códigos, separados por comas"
            order.add_argument(option, action="append", default=[], metavar="CÓDIGOS", help=words)
    if name == "where":
        order.add_argument("page", type=int, metavar="PÁGINA", help="la página del PDF, contada desde 1")
        words = "puntos (1/72 de pulgada) desde el borde"
        order.add_argument("x", type=float, metavar="X", help=f"{words} izquierdo")
        order.add_argument("y", type=float, metavar="Y", help=f"{words} de arriba")
    if name == "read":
        words = "la página del PDF, contada desde 1 (si no se dice, todas)"
        order.add_argument("page", nargs="?", type=int, default=0, metavar="PÁGINA", help=words)
    if name == "show":
        words = "el archivo, desde la carpeta del informe, y la línea, contada desde 1"
        order.add_argument("line", metavar="ARCHIVO:LÍNEA", help=words)
    if name == "watch":
        order.add_argument("--open", action="store_true", help="abre la página en el navegador")
        words = "puerto de 127.0.0.1 (si no se dice, el del proyecto o uno libre)"
        order.add_argument("--port", type=_read_port, default=0, metavar="N", help=words)
        words = "orden o enlace del editor: 'code --goto {file}:{line}:{column}' (también en IMPRENTA_EDITOR)"
        order.add_argument("--editor", default="", metavar="ORDEN", help=words)
    if name == "new":
        order.add_argument("folder", metavar="CARPETA", help="la carpeta, que no existe o está vacía")
        words = "la clase de informe: informe, entrega, grado o practica"
        order.add_argument("--kind", default=None, metavar="CLASE", help=words)
        order.add_argument("--title", default=None, metavar="TÍTULO", help="el título")
        words = "quien lo firma; se repite si son varios"
        order.add_argument("--author", action="append", default=[], metavar="NOMBRE", help=words)
        order.add_argument("--course", default=None, metavar="CURSO", help="el curso")
    if name == "batch":
        _add_batch_options(order)
    if name == "export":
        words = "el .zip (si no se dice, build/informe.zip)"
        order.add_argument("file", nargs="?", default="", metavar="ARCHIVO", help=words)
    if name == "import":
        order.add_argument("file", metavar="DOCUMENTO", help="el documento: .md, .tex o .docx")
        words = "la carpeta del informe, que no existe o está vacía (si no se dice, una con el nombre del documento)"
        order.add_argument("folder", nargs="?", default="", metavar="CARPETA", help=words)
    if name == "words":
        words = "las palabras; sin ninguna, todas las que el diccionario no tiene"
        order.add_argument("words", nargs="*", metavar="PALABRA", help=words)
        order.add_argument("--add", action="store_true", help="las añade a paper/vocabulario.txt, si se confirma")
    if name in ("words", "system"):
        order.add_argument("--yes", action="store_true", help="sin preguntar")
    if name == "explain":
        order.add_argument("codes", nargs="*", metavar="CÓDIGO", help="los códigos; sin ninguno, la lista de todos")
        words = "text (predeterminada), o markdown: la página entera de la guía"
        order.add_argument("--format", choices=("text", "markdown"), default="text", metavar="FORMA", help=words)


def _add_batch_options(order: argparse.ArgumentParser) -> None:
    order.add_argument("folder", metavar="CARPETA", help="la carpeta, con un informe en cada una de las que contiene")
    words = "dónde se deja lo que resulta (si no se dice, lote/ en esa carpeta)"
    order.add_argument("--out", default="", metavar="CARPETA", help=words)
    words = "cuántos a la vez (si no se dice, tantos como procesadores)"
    order.add_argument("--jobs", type=_read_count, default=0, metavar="N", help=words)
    order.add_argument("--check", action="store_true", help="solo los comprueba, sin hacer los PDF")
    words = "segundos que puede tardar uno (predeterminado: 300)"
    order.add_argument("--limit", type=_read_count, default=300, metavar="SEGUNDOS", help=words)
    words = "con las plantillas y los programas (figures/*.py) de cada informe, que se ejecutan en esta máquina"
    order.add_argument("--trusted", action="store_true", help=words)
    words = "dirección de un planificador de Dask, cuyos trabajadores los hacen: tcp://máquina:8786"
    order.add_argument("--scheduler", default="", metavar="DIRECCIÓN", help=words)
