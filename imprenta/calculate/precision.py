"""A number as it is printed -> whether it claims to be known better than what it was worked out from."""

from __future__ import annotations

import ast
import re
from decimal import Decimal
from typing import TYPE_CHECKING

from imprenta.calculate.formula import read_formula
from imprenta.calculate.numbers import find_quantity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from imprenta.calculate.numbers import Key, Numbers

SPARE = 3
"""Significant digits that a result may have beyond those of the most precise of its data: sums and money have some."""


def find_excess(
    source: str, printed: str, numbers: Numbers, variables: Mapping[str, Decimal]
) -> tuple[int, int] | None:
    """Return how many significant digits a number has and how many the most precise of its data; None if it is right.

    Only decimals can be too many. A percentage near 100 is as precise as what it lacks of it: 99,99988 has two digits.
    """
    digits = _printed_digits(printed)
    if digits is None:
        return None
    typed = max((_digits(value) for value in variables.values()), default=1)
    typed = max(typed, _typed_digits(source, None, numbers, set(variables), set()))
    return (digits, typed) if digits > typed + SPARE else None


def _printed_digits(printed: str) -> int | None:
    """Return how many significant digits a printed number has, None without decimals."""
    match = re.fullmatch(r"\D*([\d\s]+)[.,](\d+)\D*", printed)
    if match is None:
        return None
    whole = re.sub(r"\s", "", match[1])
    value = Decimal(f"{whole}.{match[2]}")
    if 90 < value < 100:
        value = 100 - value
    return len(value.as_tuple().digits) if value else 0


def _typed_digits(source: str, file: str | None, numbers: Numbers, variables: set[str], visited: set[Key]) -> int:
    """Return the most significant digits with which any number behind a formula was typed."""
    formula = read_formula(source, numbers.quantities)
    constants = (node for node in ast.walk(formula.root) if isinstance(node, ast.Constant))
    most = max((_digits(formula.number(node)) for node in constants), default=1)
    for reference in formula.references.values():
        if reference.file is None and reference.name in variables:
            continue
        key = find_quantity(reference, numbers.quantities, file)
        if key in visited:
            continue
        visited.add(key)
        quantity = numbers.quantities[key[0]][key[1]]
        if quantity.formula is not None:
            most = max(most, _typed_digits(quantity.formula.value, key[0], numbers, set(), visited))
        else:
            given = quantity.value if isinstance(quantity.value, list | tuple) else [quantity.value]
            most = max(most, *(_digits(one) for one in given if isinstance(one, Decimal)), 1)
    return most


def _digits(value: Decimal) -> int:
    return len(value.as_tuple().digits)
