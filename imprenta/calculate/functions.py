"""The functions of formulas: decimal arguments -> decimal result, each with what it admits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import (
    ROUND_CEILING,
    ROUND_FLOOR,
    ROUND_HALF_UP,
    Context,
    Decimal,
    DivisionByZero,
    InvalidOperation,
    Overflow,
)
from math import comb

PRECISION = 34
RESULT_DIGITS = 28
LARGEST_EXPONENT = 99
MAX_COUNT = 1000

_TRAPS = [DivisionByZero, InvalidOperation, Overflow]
ARITHMETIC = Context(
    prec=PRECISION, rounding=ROUND_HALF_UP, Emax=LARGEST_EXPONENT, Emin=-LARGEST_EXPONENT, traps=_TRAPS
)
"""All the arithmetic of formulas: 34 digits, and nothing beyond 10**100."""
_SETTLING = Context(
    prec=RESULT_DIGITS, rounding=ROUND_HALF_UP, Emax=LARGEST_EXPONENT, Emin=-LARGEST_EXPONENT, traps=_TRAPS
)
# Sums of probabilities pass through tiny terms (0.01 ** 1000), which must not vanish on the way.
_PROBABILITY = Context(prec=50, rounding=ROUND_HALF_UP, Emax=9999, Emin=-9999, traps=_TRAPS)


class Unsuitable(Exception):  # noqa: N818 - always turned into a FormulaError where the call stands
    """Arguments that a function does not admit; the text is a Spanish clause."""


@dataclass(frozen=True, slots=True)
class Function:
    """A function of formulas: how many arguments it takes, what it does, what a call costs in steps.

    One that `reduces` takes a single list and gives one number; other functions run over a list item by item.
    """

    compute: Callable[..., Decimal]
    least: int
    most: int | None
    reduces: bool = False
    costly: bool = False

    @property
    def arguments(self) -> str:
        """Return in Spanish how many arguments it takes."""
        if self.most is None:
            return f"al menos {self.least} argumento{'s' if self.least > 1 else ''}"
        if self.least == self.most:
            return f"{self.least} argumento{'s' if self.least > 1 else ''}"
        return f"de {self.least} a {self.most} argumentos"


def settle(value: Decimal) -> Decimal:
    """Drop the last six digits of an intermediate result, so that 1 / 3 * 3 is 1 where it matters."""
    return _SETTLING.plus(value)


def raise_power(base: Decimal, exponent: Decimal) -> Decimal:
    """Return a power; whatever is not a real number, or too large, is refused."""
    if base == 0 and exponent < 0:
        raise Unsuitable("cero no se eleva a un exponente negativo")
    if base == 0 and exponent == 0:
        return Decimal(1)
    if base < 0 and exponent != exponent.to_integral_value():
        raise Unsuitable("un número negativo solo se eleva a un exponente entero")
    if abs(exponent) > 100_000:
        raise Unsuitable("el exponente es demasiado grande")
    return ARITHMETIC.power(base, exponent)


def _whole(value: Decimal, name: str, most: int = MAX_COUNT) -> int:
    settled = settle(value)
    if settled != settled.to_integral_value():
        raise Unsuitable(f"{name} tiene que ser un número entero")
    if not 0 <= settled <= most:
        raise Unsuitable(f"{name} va de 0 a {most}")
    return int(settled)


def _round(value: Decimal, decimals: Decimal = Decimal(0)) -> Decimal:
    places = _whole(decimals, "el número de decimales", 28)
    settled = settle(value)
    if settled.adjusted() + places >= RESULT_DIGITS:
        return settled  # it has no digit to be dropped
    return settled.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP, context=_PROBABILITY)


def _square_root(value: Decimal) -> Decimal:
    if value < 0:
        raise Unsuitable("un número negativo no tiene raíz cuadrada")
    return ARITHMETIC.sqrt(value)


def _logarithm(value: Decimal, base: Decimal | None = None) -> Decimal:
    if value <= 0:
        raise Unsuitable("solo un número positivo tiene logaritmo")
    if base is None:
        return ARITHMETIC.ln(value)
    if base <= 0 or base == 1:
        raise Unsuitable("la base de un logaritmo es positiva y distinta de 1")
    return ARITHMETIC.divide(ARITHMETIC.ln(value), ARITHMETIC.ln(base))


def _combinations(total: Decimal, chosen: Decimal) -> Decimal:
    return ARITHMETIC.create_decimal(comb(_whole(total, "n"), _whole(chosen, "k")))


def _at_least(total: Decimal, needed: Decimal, probability: Decimal) -> Decimal:
    """Return the probability that at least `needed` of `total` independent events happen."""
    if not 0 <= probability <= 1:
        raise Unsuitable("una probabilidad va de 0 a 1")
    count, least = _whole(total, "n"), _whole(needed, "k")
    if least == 0:
        return Decimal(1)
    context = _PROBABILITY
    other = context.subtract(Decimal(1), probability)
    # Falling powers of one factor times rising powers of the other, without a division that could be by zero.
    failures = [Decimal(1)]
    for _ in range(count - least):
        failures.append(context.multiply(failures[-1], other))
    success = context.power(probability, least)
    coefficient = context.create_decimal(comb(count, least))
    result = Decimal(0)
    for happened in range(least, count + 1):
        weight = context.multiply(coefficient, failures[count - happened])
        result = context.add(result, context.multiply(weight, success))
        success = context.multiply(success, probability)
        coefficient = context.divide(context.multiply(coefficient, Decimal(count - happened)), Decimal(happened + 1))
    return min(Decimal(1), ARITHMETIC.plus(result))


FUNCTIONS: dict[str, Function] = {
    "minimo": Function(lambda *values: min(values), 1, None, reduces=True),
    "maximo": Function(lambda *values: max(values), 1, None, reduces=True),
    "piso": Function(lambda value: settle(value).to_integral_value(ROUND_FLOOR), 1, 1),
    "techo": Function(lambda value: settle(value).to_integral_value(ROUND_CEILING), 1, 1),
    "redondeo": Function(_round, 1, 2),
    "raiz": Function(_square_root, 1, 1),
    "logaritmo": Function(_logarithm, 1, 2, costly=True),
    "exponencial": Function(ARITHMETIC.exp, 1, 1, costly=True),
    "combinaciones": Function(_combinations, 2, 2, costly=True),
    "binomial": Function(_at_least, 3, 3, costly=True),
}
"""By the name that the author writes; a new one is a function and a line here."""
