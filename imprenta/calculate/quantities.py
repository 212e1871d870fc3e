"""Files of quantities -> Numbers and problems: each name checked, each formula after those it depends on."""

from __future__ import annotations

import keyword
import re
from collections.abc import Mapping
from decimal import Decimal, DecimalException
from typing import TYPE_CHECKING

from imprenta.calculate.errors import FormulaError
from imprenta.calculate.evaluation import evaluate
from imprenta.calculate.formula import read_formula
from imprenta.calculate.functions import ARITHMETIC
from imprenta.calculate.numbers import Key, Numbers, find_quantity
from imprenta.problems import Problem, Severity, Span

if TYPE_CHECKING:
    from imprenta.model.data import DataFile, Numeric, Quantity
    from imprenta.model.text import Text

MAX_LIST = 1000
_NAME = re.compile(r"[a-z_][a-z0-9_]*")


def calculate_numbers(files: Mapping[str, DataFile]) -> tuple[Numbers, list[Problem]]:
    """Turn the files of quantities, by id, into numbers, with every problem that they have.

    A formula that depends on a quantity with a problem has no number and no problem of its own.
    """
    problems: list[Problem] = []
    quantities = {file: dict(data.quantities) for file, data in files.items()}
    values: dict[str, dict[str, Numeric]] = {file: {} for file in quantities}
    numbers = Numbers(quantities, values)
    formulas: dict[Key, Text] = {}
    needs: dict[Key, dict[Key, Span]] = {}
    for file, members in quantities.items():
        for name, quantity in members.items():
            problems.extend(_check_name(name, quantity))
            problems.extend(_check_shape(name, quantity))
            if quantity.value is not None:
                value, found = _read_value(name, quantity)
                problems.extend(found)
                if value is not None:
                    values[file][name] = value
            elif quantity.formula is not None:
                key = file, name
                try:
                    needs[key] = _find_needs(quantity.formula, file, numbers)
                    formulas[key] = quantity.formula
                except FormulaError as error:
                    problems.append(_as_problem(error, quantity.formula))
    order, circles = _sort_formulas(needs)
    problems.extend(circles)
    for key in order:
        text = formulas[key]
        try:
            values[key[0]][key[1]] = evaluate(text.value, numbers, file=key[0])
        except FormulaError as error:
            if not error.follows:
                problems.append(_as_problem(error, text))
    return numbers, problems


def _as_problem(error: FormulaError, text: Text) -> Problem:
    return Problem(error.code, error.message, text.span(error.start, error.end), hint=error.hint, lacks=error.lacks)


def _check_name(name: str, quantity: Quantity) -> list[Problem]:
    if not _NAME.fullmatch(name):
        reason = "los nombres llevan minúsculas sin acento, cifras y _, y no empiezan por cifra"
    elif keyword.iskeyword(name):
        reason = "es una palabra que las fórmulas reservan"
    else:
        return []
    return [Problem("nombre-mal-escrito", f"«{name}» no sirve de nombre de un valor", quantity.place, hint=reason)]


def _check_shape(name: str, quantity: Quantity) -> list[Problem]:
    place = quantity.place
    if quantity.value is None and quantity.formula is None:
        return [
            Problem(
                "valor-ausente", f"«{name}» no tiene valor ni formula", place, hint="hace falta una de las dos claves"
            )
        ]
    if quantity.value is not None and quantity.formula is not None:
        message = f"«{name}» tiene valor y formula, y se esperaba una de las dos claves"
        return [Problem("valor-y-formula", message, quantity.formula.span())]
    if quantity.formula is None and not quantity.citations and quantity.assumption is None:
        return [
            Problem(
                "valor-sin-fuente",
                f"«{name}» no dice de dónde sale su valor",
                place,
                hint="se da con citas: [clave], o con supuesto: y la razón de la hipótesis",
                severity=Severity.WARNING,
            )
        ]
    return []


def _read_value(name: str, quantity: Quantity) -> tuple[Numeric | None, list[Problem]]:
    given = quantity.value
    items = list(given) if isinstance(given, list | tuple) else [given]
    fault = ""
    if not items:
        fault = f"la lista de «{name}» está vacía"
    elif len(items) > MAX_LIST:
        fault = f"la lista de «{name}» tiene {len(items)} números y se admiten {MAX_LIST}"
    taken: list[Decimal] = []
    for item in items if not fault else []:
        try:
            number = ARITHMETIC.plus(item) if isinstance(item, Decimal) else None
        except DecimalException:
            number = None
        if number is None or not number.is_finite():
            fault = f"un número de «{name}» no es menor que 1e100"
            break
        taken.append(number)
    if fault:
        return None, [Problem("valor-fuera-de-limites", fault, quantity.place)]
    return (tuple(taken) if isinstance(given, list | tuple) else taken[0]), []


def _find_needs(text: Text, file: str, numbers: Numbers) -> dict[Key, Span]:
    """Return the quantities that a formula names, each with the place where it first names it."""
    formula = read_formula(text.value, numbers.quantities)
    found: dict[Key, Span] = {}
    for _, reference in sorted(formula.references.items()):
        key = find_quantity(reference, numbers.quantities, file)
        found.setdefault(key, text.span(reference.start, reference.end))
    return found


def _sort_formulas(needs: Mapping[Key, Mapping[Key, Span]]) -> tuple[list[Key], list[Problem]]:
    """Return the formulas, each after those that it names, without those of a circle, which become problems."""
    order: list[Key] = []
    problems: list[Problem] = []
    circular: set[Key] = set()
    done: set[Key] = set()
    for first in needs:
        # Depth first, without recursion: a chain of formulas may be as long as the author likes.
        path: list[Key] = []
        on_path: set[Key] = set()
        waiting: list[tuple[Key, bool]] = [(first, False)]
        while waiting:
            key, left = waiting.pop()
            if left:
                path.pop()
                on_path.discard(key)
                done.add(key)
                order.append(key)
                continue
            if key in done or key not in needs:
                continue
            if key in on_path:
                chain = path[path.index(key) :]
                if not circular.intersection(chain):
                    problems.append(_describe_circle(chain, needs))
                circular.update(chain)
                continue
            path.append(key)
            on_path.add(key)
            waiting.append((key, True))
            waiting.extend((other, False) for other in reversed(list(needs[key])))
    return [key for key in order if key not in circular], problems


def _describe_circle(chain: list[Key], needs: Mapping[Key, Mapping[Key, Span]]) -> Problem:
    """Tell a circle of formulas as a chain, at the place where its first formula names the next."""
    same = len({file for file, _ in chain}) == 1
    names = [name if same else f"{file}.{name}" for file, name in chain]
    steps = list(zip(chain, [*chain[1:], chain[0]], strict=True))
    places = [needs[key][following] for key, following in steps]
    if len(chain) == 1:
        message = f"la fórmula de «{names[0]}» se nombra a sí misma"
    else:
        message = f"las fórmulas forman un círculo: «{' → '.join([*names, names[0]])}»"
    related = tuple(
        (place, f"«{name}» depende de «{names[(number + 2) % len(names)]}»")
        for number, (place, name) in enumerate(zip(places[1:], names[1:], strict=True))
    )
    return Problem("formula-circular", message, places[0], related=related)
