"""A checked formula -> its number, or its row of numbers where it names lists, within a budget of steps."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from decimal import Decimal, DecimalException
from typing import TYPE_CHECKING

from imprenta.calculate.errors import FormulaError
from imprenta.calculate.formula import COMPARISONS, Formula, Reference, read_formula
from imprenta.calculate.functions import ARITHMETIC, FUNCTIONS, Unsuitable, raise_power, settle
from imprenta.calculate.numbers import Numbers, find_quantity

if TYPE_CHECKING:
    from imprenta.model.data import Numeric

MAX_STEPS = 100_000
POWER_STEPS = 20
COSTLY_STEPS = 100

_OPERATORS: dict[type[ast.AST], Callable[[Decimal, Decimal], Decimal]] = {
    ast.Add: ARITHMETIC.add,
    ast.Sub: ARITHMETIC.subtract,
    ast.Mult: ARITHMETIC.multiply,
    ast.Div: ARITHMETIC.divide,
    ast.Pow: raise_power,
}
_COMPARE: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "==": operator.eq, "!=": operator.ne,
}  # fmt: skip


def evaluate(
    source: str,
    numbers: Numbers,
    *,
    variables: Mapping[str, Decimal] | None = None,
    file: str | None = None,
) -> Numeric:
    """Turn a formula into its number, or into a row of numbers if it names lists.

    Bare names are `variables` first, then quantities of `file`; `archivo.nombre` are quantities of any file.
    Lists in one formula have the same length and are taken item by item; `minimo(lista)` and `maximo(lista)`
    alone give one number. Whatever is wrong raises FormulaError, and nothing else, with offsets in `source`.
    """
    formula = read_formula(source, numbers.quantities)
    try:
        return _Evaluation(formula, numbers, variables or {}, file).run()
    except RecursionError:
        raise FormulaError("la fórmula tiene demasiados niveles", 0, len(source)) from None


class _Evaluation:
    """One run of a formula."""

    def __init__(self, formula: Formula, numbers: Numbers, variables: Mapping[str, Decimal], file: str | None) -> None:
        self.formula = formula
        self.steps = 0
        self.bindings: dict[int, Numeric] = {}
        self.lengths: dict[ast.expr, int | None] = {}
        for column, reference in formula.references.items():
            if reference.file is None and reference.name in variables:
                self.bindings[column] = self.take_variable(variables[reference.name], reference)
                continue
            owner, name = find_quantity(reference, numbers.quantities, file, variables)
            value = numbers.values.get(owner, {}).get(name)
            if value is None:
                raise FormulaError(
                    f"el valor «{name}» no se pudo calcular",
                    reference.start,
                    reference.end,
                    hint=f"véase el problema de «{owner}.{name}»",
                    code="valor-sin-resultado",
                    follows=True,
                )
            self.bindings[column] = value

    def take_variable(self, given: Decimal, reference: Reference) -> Decimal:
        try:
            value = ARITHMETIC.plus(given)
        except DecimalException:
            value = Decimal("Infinity")
        if value.is_finite():
            return value
        message = f"«{reference.name}» no es un número menor que 1e100"
        raise FormulaError(message, reference.start, reference.end, code="formula-sin-resultado")

    def run(self) -> Numeric:
        root = self.formula.root
        length = self.length(root)
        if length is None:
            return settle(self.number(root, 0))
        return tuple(settle(self.number(root, index)) for index in range(length))

    def length(self, node: ast.expr) -> int | None:
        """Return how many items a part of the formula has, None for a single number."""
        if isinstance(node, ast.Name | ast.Attribute):
            value = self.bindings[node.col_offset]
            found = len(value) if isinstance(value, tuple) else None
        else:
            function = node.func if isinstance(node, ast.Call) else None
            parts = [
                child for child in ast.iter_child_nodes(node) if isinstance(child, ast.expr) and child is not function
            ]
            found = None
            for part in parts:
                length = self.length(part)
                if found is not None and length is not None and length != found:
                    raise self.formula.error(
                        node,
                        f"se juntan una lista de {found} números y otra de {length}",
                        code="formula-sin-resultado",
                    )
                found = length if found is None else found
            if self.reduces(node):
                found = None
        self.lengths[node] = found
        return found

    def reduces(self, node: ast.expr) -> bool:
        return (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and FUNCTIONS[node.func.id].reduces
            and len(node.args) == 1
        )

    def step(self, node: ast.expr, count: int = 1) -> None:
        self.steps += count
        if self.steps > MAX_STEPS:
            raise self.formula.error(
                node,
                "la fórmula pide demasiadas operaciones",
                hint="puede partirse en varios valores",
                code="formula-sin-resultado",
            )

    def number(self, node: ast.expr, index: int) -> Decimal:
        """Return a part of the formula as a number, for one place of the lists in it."""
        self.step(node)
        match node:
            case ast.Constant():
                return self.guard(node, ARITHMETIC.plus, self.formula.number(node))
            case ast.Name() | ast.Attribute():
                value = self.bindings[node.col_offset]
                return value[index] if isinstance(value, tuple) else value
            case ast.UnaryOp(op=sign, operand=operand):
                value = self.number(operand, index)
                return ARITHMETIC.minus(value) if isinstance(sign, ast.USub) else value
            case ast.BinOp(left=left, op=sign, right=right):
                if isinstance(sign, ast.Pow):
                    self.step(node, POWER_STEPS)
                first, second = self.number(left, index), self.number(right, index)
                if isinstance(sign, ast.Div) and settle(second) == 0:
                    raise self.formula.error(
                        right, f"se divide entre cero: «{self.formula.words(right)}»", code="formula-sin-resultado"
                    )
                return self.guard(node, _OPERATORS[type(sign)], first, second)
            case ast.IfExp(test=test, body=body, orelse=otherwise):
                return self.number(body if self.condition(test, index) else otherwise, index)
            case ast.Call(func=ast.Name(id=name), args=arguments):
                return self.call(node, name, arguments, index)
        raise self.formula.error(node, f"«{self.formula.words(node)}» no se admite en una fórmula")

    def call(self, node: ast.expr, name: str, arguments: list[ast.expr], index: int) -> Decimal:
        function = FUNCTIONS[name]
        if function.costly:
            self.step(node, COSTLY_STEPS)
        inner = self.lengths[arguments[0]]
        if self.reduces(node) and inner is not None:
            values = [self.number(arguments[0], place) for place in range(inner)]
        else:
            values = [self.number(argument, index) for argument in arguments]
        return self.guard(node, function.compute, *values)

    def condition(self, node: ast.expr, index: int) -> bool:
        self.step(node)
        match node:
            case ast.Compare(left=left, ops=signs, comparators=others):
                sides = [settle(self.number(side, index)) for side in (left, *others)]
                return all(
                    _COMPARE[COMPARISONS[type(sign)]](first, second)
                    for sign, first, second in zip(signs, sides, sides[1:], strict=False)
                )
            case ast.BoolOp(op=sign, values=values):
                every = isinstance(sign, ast.And)
                for value in values:
                    if self.condition(value, index) is not every:
                        return not every
                return every
            case ast.UnaryOp(operand=operand):
                return not self.condition(operand, index)
        raise self.formula.error(node, f"«{self.formula.words(node)}» no es una condición")

    def guard(self, node: ast.expr, compute: Callable[..., Decimal], *values: Decimal) -> Decimal:
        """Run one operation; what has no finite result, or too large a one, becomes an error at its place."""
        words = self.formula.words(node)
        try:
            result = compute(*values)
        except Unsuitable as reason:
            raise self.formula.error(node, f"«{words}»: {reason}", code="formula-sin-resultado") from None
        except DecimalException:
            result = Decimal("Infinity")
        if not result.is_finite():
            raise self.formula.error(
                node, f"«{words}» no da un número que se pueda escribir (menor que 1e100)", code="formula-sin-resultado"
            )
        return result
