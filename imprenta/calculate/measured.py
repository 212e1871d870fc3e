"""The cells of a column, as they were typed -> numbers, with a problem for each that is none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from imprenta.problems import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from imprenta.model.text import Text

NUMBER = re.compile(r"[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][+-]?\d{1,3})?")
MISSING = frozenset({"", "-", "–", "—", "na", "n/a", "nan", "null", "nd", "n.d.", "s/d"})
"""What stands where a value is missing, in lower-case letters."""
THOUSANDS = re.compile(r"(?<=\d)[ \u00a0\u2009\u202f](?=\d{3}(?!\d))")
"""A blank between groups of three figures, as Spanish writes them."""
TOLD = 3
"""Cells that are no numbers and are told one by one."""


def read_numbers(cells: Sequence[Text], title: str) -> tuple[list[float | None], list[Problem]]:
    """Return the numbers of a column, None where one is missing: with a point or a comma before the decimals.

    A cell that is no number is an error at its place; gaps are one warning at the first, with the lines of all.
    """
    numbers: list[float | None] = []
    wrong: list[Text] = []
    gaps: list[Text] = []
    commas: Text | None = None
    points: Text | None = None
    for cell in cells:
        word = THOUSANDS.sub("", cell.value.strip()).replace("−", "-")
        if word.casefold() in MISSING:
            gaps.append(cell)
            numbers.append(None)
            continue
        if not NUMBER.fullmatch(word):
            wrong.append(cell)
            numbers.append(None)
            continue
        commas, points = commas or (cell if "," in word else None), points or (cell if "." in word else None)
        numbers.append(float(word.replace(",", ".")))
    if wrong:
        return numbers, _tell_wrong(wrong, title)
    if commas is not None and points is not None:
        return numbers, [_tell_mixed(commas, points)]
    return numbers, [_tell_gaps(gaps, title)] if gaps else []


def _tell_wrong(wrong: list[Text], title: str) -> list[Problem]:
    hint = "sin unidades ni separador de millares: 1234,5; la celda sin dato se deja vacía"
    problems = [
        Problem("columna-sin-numeros", f"«{cell.value.strip()}» no es un número, y «{title}» es una columna de ellos",
                cell.span(), hint)
        for cell in wrong[:TOLD]
    ]  # fmt: skip
    if len(wrong) > TOLD:
        message = f"otras {len(wrong) - TOLD} celdas de «{title}» tampoco son números"
        problems.append(Problem("columna-sin-numeros", message, wrong[TOLD].span()))
    return problems


def _tell_mixed(commas: Text, points: Text) -> Problem:
    late, early = sorted((commas, points), key=lambda cell: cell.span(), reverse=True)
    message = f"«{commas.value.strip()}» lleva coma decimal y «{points.value.strip()}», punto"
    hint = "en una columna se escribe siempre la misma marca, y ninguna para los millares"
    return Problem("columna-sin-numeros", message, late.span(), hint, related=((early.span(), "aquí está la otra"),))


def _tell_gaps(gaps: list[Text], title: str) -> Problem:
    lines = [str(cell.span().line) for cell in gaps[:6]]
    if len(gaps) == 1:
        message = f"falta un valor en la columna «{title}»"
    else:
        more = f" y otras {len(gaps) - 6}" if len(gaps) > 6 else ""
        listed = ", ".join(lines) if more else f"{', '.join(lines[:-1])} y {lines[-1]}"
        message = f"faltan {len(gaps)} valores en la columna «{title}»: líneas {listed}{more}"
    hint = "en la gráfica queda un hueco; si así debe ser, calle el aviso con «gravedad: {columna-con-huecos: nada}»"
    return Problem("columna-con-huecos", message, gaps[0].span(), hint, Severity.WARNING)
