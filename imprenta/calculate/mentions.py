"""The numbers that texts mention -> the problems of computing them; whether a file mentions any."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from imprenta.calculate.errors import FormulaError
from imprenta.calculate.precision import find_excess
from imprenta.calculate.sources import sources_of
from imprenta.calculate.spanish import format_expression
from imprenta.markup import read_placed
from imprenta.model import Table
from imprenta.model.once import once
from imprenta.model.paper import texts_of
from imprenta.problems import Problem, Severity, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from decimal import Decimal

    from imprenta.calculate.numbers import Numbers
    from imprenta.markup import Expression
    from imprenta.model import Holder
    from imprenta.model.paper import Paper


def check_mentioned_numbers(paper: Paper, numbers: Numbers) -> list[Problem]:
    """Work out every {= …} and {fuentes: …} of the paper, for each value of its row's variables."""
    return [problem for file in paper.printed_files() for problem in _check_file(file, numbers)]


def mentions_values(file: Holder) -> bool:
    """Tell whether anything that a file prints may be another when a value is: an expression, the sources of one."""
    parsed = map(read_placed, texts_of(file))
    return any(one.expressions or one.source_mentions for one in parsed)


@once
def _check_file(file: Holder, numbers: Numbers) -> tuple[Problem, ...]:
    problems = []
    rounded = isinstance(file, Table) and any(column.decimals is not None for column in file.columns)
    for placed in texts_of(file):
        parsed = read_placed(placed)
        for expression in parsed.expressions:
            for variables in _bindings(placed.variables):
                try:
                    printed = format_expression(expression.source, expression.decimals, numbers, variables)
                    excess = (
                        None
                        if rounded and expression.decimals is None
                        else find_excess(expression.source, printed, numbers, variables)
                    )
                except FormulaError as error:
                    if not error.follows:
                        place = _inside(expression.place, error.start, error.end)
                        problems.append(Problem(error.code, error.message, place, error.hint, lacks=error.lacks))
                    break
                if excess is not None:
                    problems.append(_tell_excess(expression, printed, *excess))
                    break
        for mention in parsed.source_mentions:
            try:
                keys = sources_of(mention.names, numbers)
            except FormulaError as error:
                if not error.follows:
                    problems.append(Problem(error.code, error.message, mention.place, error.hint, lacks=error.lacks))
                continue
            if not keys:
                message = f"«{', '.join(mention.names)}» no tiene ninguna fuente que citar"
                problems.append(Problem("valor-sin-fuente", message, mention.place))
    return tuple(problems)


def _tell_excess(expression: Expression, printed: str, digits: int, typed: int) -> Problem:
    message = f"«{printed}» tiene {digits} cifras significativas, y el más preciso de sus datos, {typed}"
    hint = "los decimales se dicen tras una barra: «{= … | 1}», o con «decimales» en el valor"
    return Problem("precision-excesiva", message, expression.place, hint, Severity.WARNING)


def _bindings(variables: Mapping[str, list[Decimal]]) -> Iterator[dict[str, Decimal]]:
    if not variables:
        yield {}
        return
    for values in zip(*variables.values(), strict=False):
        yield dict(zip(variables, values, strict=True))


def _inside(place: Span, start: int, end: int) -> Span:
    """Return the part of a span of one line between two offsets."""
    if place.end_line != place.line or end <= start:
        return place
    return replace(place, column=place.column + start, end_column=place.column + end)
