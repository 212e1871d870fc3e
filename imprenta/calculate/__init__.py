"""Files of quantities -> numbers: formulas are worked out safely, in decimal arithmetic, and written in Spanish."""

from __future__ import annotations

from imprenta.calculate.errors import FormulaError
from imprenta.calculate.evaluation import evaluate
from imprenta.calculate.numbers import Numbers
from imprenta.calculate.quantities import calculate_numbers
from imprenta.calculate.sources import sources_of
from imprenta.calculate.spanish import TypedNumber, format_expression, format_number, read_number

__all__ = [
    "FormulaError",
    "Numbers",
    "TypedNumber",
    "calculate_numbers",
    "evaluate",
    "format_expression",
    "format_number",
    "read_number",
    "sources_of",
]
