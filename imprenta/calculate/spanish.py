"""Numbers -> text as Spanish writes them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import TYPE_CHECKING

from imprenta.calculate.errors import FormulaError
from imprenta.calculate.evaluation import evaluate
from imprenta.calculate.formula import read_formula
from imprenta.calculate.numbers import find_quantity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from imprenta.calculate.numbers import Numbers

THIN_SPACE = "\u202f"
MINUS = "\u2212"
FREE_DECIMALS = 6
MAX_DECIMALS = 28

_WIDE = Context(prec=2500, rounding=ROUND_HALF_UP)


_TYPED = re.compile(
    r"(?P<sign>[+\-\u2212])?"
    r"(?P<whole>\d{1,3}(?:[ \u00a0\u202f]\d{3})+|\d{1,3}(?:\.\d{3})+(?=,)|\d{1,3}(?:,\d{3})+(?=\.)|\d+)"
    r"(?:[.,](?P<fraction>\d+))?(?:[eE](?P<exponent>[+-]?\d{1,3}))?(?P<percent>[ \u00a0\u202f]?%)?"
)


@dataclass(frozen=True, slots=True)
class TypedNumber:
    """A number as somebody typed it: mantissa and power of ten as they stand there, and how many decimals it has."""

    mantissa: Decimal
    decimals: int
    exponent: int | None = None
    percent: bool = False

    @property
    def value(self) -> Decimal:
        """The number itself; one of percent counts as it is printed."""
        return self.mantissa.scaleb(self.exponent or 0, context=_WIDE)


def read_number(words: str) -> TypedNumber | None:
    """Return the number that some words are, and nothing else: with a decimal comma or point; None if they are none.

    Of two kinds of marks the last is the decimal one; one mark alone is. Blanks may part thousands. A number that
    begins with a needless zero («007») is a name.
    """
    match = _TYPED.fullmatch(words.strip())
    if match is None or re.match(r"0\d", match["whole"]):
        return None
    whole, fraction = re.sub(r"\D", "", match["whole"]), match["fraction"] or ""
    mantissa = Decimal(f"{whole}.{fraction or 0}") * (1 if match["sign"] in (None, "+") else -1)
    exponent = int(match["exponent"]) if match["exponent"] else None
    return TypedNumber(mantissa, len(fraction), exponent, match["percent"] is not None)


def format_number(value: Decimal, decimals: int | None = None, mark: str = ",") -> str:
    """Write a number: `mark` before the decimals, minus sign, groups of three parted by a narrow no-break space.

    Integer parts of four digits stay whole and the decimals are never parted.
    Halves are rounded away from zero. Without `decimals`, as many as the number has, six at most; below one,
    six significant digits.
    """
    if decimals is None:
        places = FREE_DECIMALS if value == 0 or value.adjusted() >= 0 else FREE_DECIMALS - 1 - value.adjusted()
        rounded = _round(value, places).normalize(_WIDE)
    else:
        rounded = _round(value, max(0, min(decimals, MAX_DECIMALS)))
    whole, _, fraction = f"{rounded.copy_abs():f}".partition(".")
    if len(whole) > 4:
        first = len(whole) % 3 or 3
        whole = THIN_SPACE.join([whole[:first], *(whole[at : at + 3] for at in range(first, len(whole), 3))])
    sign = MINUS if rounded < 0 else ""
    return f"{sign}{whole}{mark}{fraction}" if fraction else f"{sign}{whole}"


def _round(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP, context=_WIDE)


def format_expression(
    expression_source: str,
    decimals: int | None,
    numbers: Numbers,
    variables: Mapping[str, Decimal] | None = None,
    mark: str = ",",
) -> str:
    """Work out an expression of the text and write its number; raise FormulaError with offsets in the source.

    Without `decimals`, an expression that is only the name of a quantity takes the `decimales` of that quantity.
    """
    value = evaluate(expression_source, numbers, variables=variables)
    if isinstance(value, tuple):
        raise FormulaError(
            f"«{expression_source.strip()}» es una lista de {len(value)} números y en el texto cabe uno",
            *_trim(expression_source),
            hint="minimo(…) y maximo(…) sacan uno; una tabla con «para» los recorre",
            code="lista-en-texto",
        )
    if decimals is None:
        decimals = _own_decimals(expression_source, numbers, variables or {})
    return format_number(value, decimals, mark)


def _trim(source: str) -> tuple[int, int]:
    return len(source) - len(source.lstrip()), len(source.rstrip())


def _own_decimals(source: str, numbers: Numbers, variables: Mapping[str, Decimal]) -> int | None:
    formula = read_formula(source, numbers.quantities)
    references = list(formula.references.values())
    if len(references) != 1 or formula.span(formula.root) != (references[0].start, references[0].end):
        return None
    if references[0].file is None and references[0].name in variables:
        return None
    file, name = find_quantity(references[0], numbers.quantities, None)
    return numbers.quantities[file][name].decimals
