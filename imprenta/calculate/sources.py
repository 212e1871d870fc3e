"""Names of quantities -> the sources that stand behind them, through the formulas."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from imprenta.calculate.errors import FormulaError
from imprenta.calculate.formula import Reference, read_formula
from imprenta.calculate.numbers import find_quantity

if TYPE_CHECKING:
    from imprenta.calculate.numbers import Key, Numbers


def sources_of(names: Iterable[str], numbers: Numbers) -> tuple[str, ...]:
    """Return the citation keys behind quantities (`archivo.nombre`), in order and without repeats.

    A quantity gives its own keys first, then those of what its formula names. An unknown name raises
    FormulaError with offsets in that name.
    """
    keys: dict[str, None] = {}
    visited: set[Key] = set()
    for given in names:
        waiting = [_find_named(given, numbers)]
        while waiting:
            key = waiting.pop()
            if key in visited:
                continue
            visited.add(key)
            quantity = numbers.quantities[key[0]][key[1]]
            keys.update(dict.fromkeys(citation.value for citation in quantity.citations))
            if quantity.formula is not None:
                waiting.extend(reversed(_named_in(quantity.formula.value, key[0], numbers)))
    return tuple(keys)


def _find_named(given: str, numbers: Numbers) -> Key:
    name = given.strip()
    start = given.find(name) if name else 0
    file, point, last = name.rpartition(".")
    reference = Reference(file if point else None, last, start, start + len(name))
    return find_quantity(reference, numbers.quantities, None)


def _named_in(source: str, file: str, numbers: Numbers) -> list[Key]:
    """Return the quantities that a formula names; a formula with a problem, reported elsewhere, names none."""
    try:
        formula = read_formula(source, numbers.quantities)
        return [
            find_quantity(reference, numbers.quantities, file) for _, reference in sorted(formula.references.items())
        ]
    except FormulaError:
        return []
