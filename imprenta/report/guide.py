"""The registered codes -> docs/guia/problemas.md, and the explanation of one code for the terminal."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING

from imprenta.codes import CODES, FAMILIES
from imprenta.problems import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from imprenta.codes import Code

INTRODUCTION = """\
# Los problemas que encuentra Imprenta

<!-- Sale del código: `python3 build.py explain --format markdown > docs/guia/problemas.md` -->

Cada mensaje acaba con un código entre corchetes, que no cambia de una versión a otra. Un **error** impide hacer el
PDF; un **aviso** solo lo impide con `--strict`. Aquí está cada código con la gravedad de costumbre, lo que significa
y el ejemplo más pequeño, mal y bien escrito. `imprenta explain CÓDIGO` dice lo mismo en la terminal.

- `imprenta check` encuentra todos los problemas a la vez, sin hacer el PDF ni necesitar LaTeX.
- `--only CÓDIGOS` deja solo esos, e `--ignore CÓDIGOS` los quita (separados por comas); el resultado de la orden
  cuenta únicamente lo que se muestra.
- `--format json`, `github` o `sarif` lo dicen a otros programas por la salida estándar, y nada más que eso.
  El JSON está descrito en [docs/esquemas/problemas.schema.json](../esquemas/problemas.schema.json).
"""

MARKS = {Severity.ERROR: "error", Severity.WARNING: "aviso"}


def write_guide() -> str:
    """Return the page of the guide on problems: a table of all codes, then each with its examples."""
    parts = [INTRODUCTION, "| código | gravedad | qué pasa |\n|---|---|---|\n" + "".join(_rows())]
    for family in FAMILIES:
        parts.append(f"## {family.title}\n")
        parts += [_write_code(name, code) for name, code in family.codes.items()]
    return "\n".join(parts)


def _rows() -> Iterable[str]:
    for name, code in sorted(CODES.items()):
        yield f"| [{name}](#{name}) | {MARKS[code.severity]} | {code.title} |\n"


def _write_code(name: str, code: Code) -> str:
    bad, good = (_fenced(text, code.language) for text in (code.bad, code.good))
    return (
        f"### {name}\n\n**{MARKS[code.severity].capitalize()}**: {code.title}. {code.explanation}\n\n"
        f"Mal:\n\n{bad}\n\nBien:\n\n{good}\n"
    )


def _fenced(text: str, language: str) -> str:
    """Return an example as a block of code, whose fence is longer than any in it."""
    fence = "````" if "```" in text else "```"
    return f"{fence}{language}\n{text}\n{fence}"


def explain_codes(names: Iterable[str]) -> str:
    """Return the explanation of codes for the terminal; without any, the list of all."""
    chosen = list(names)
    if not chosen:
        width = max(len(name) for name in CODES)
        return "\n".join(f"{name:<{width}}  {code.title}" for name, code in sorted(CODES.items()))
    return "\n\n".join(_explain(name, CODES[name]) for name in chosen)


def _explain(name: str, code: Code) -> str:
    def indent(text: str) -> str:
        return "\n".join(f"    {line}" for line in text.split("\n"))

    return (
        f"{name} ({MARKS[code.severity]}): {code.title}\n{fill(code.explanation, 100)}\n\n"
        f"mal:\n{indent(code.bad)}\n\nbien:\n{indent(code.good)}"
    )
