"""A Paper and its rubric -> each demand with whether it is met, why, and where; and what is wrong with the rubric."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from imprenta.check.conditions import CONDITION_TESTS
from imprenta.check.scope import find_scope
from imprenta.check.wording import fold
from imprenta.model.rubric import CONDITIONS, Demand, Range, TableDemand
from imprenta.problems import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from imprenta.check.scope import Extent
    from imprenta.model.paper import Paper
    from imprenta.problems import Span


@dataclass(frozen=True, slots=True)
class Verdict:
    """A demand judged: the sentence of the assignment, where it holds, whether it is met, and what was found.

    `place` is the demand in the rubric; `related`, where the report has or lacks it. A verdict that is not `certain`
    rests on data that could not be loaded, which is a problem already.
    """

    met: bool
    text: str
    where: str
    detail: str
    place: Span
    related: tuple[tuple[Span, str], ...] = ()
    certain: bool = True


def evaluate_rubric(paper: Paper) -> list[Verdict]:
    """Judge every demand of the rubric, in its order; a report without rubric has none."""
    scopes: dict[object, Extent] = {}  # many demands are of one place
    verdicts = []
    for demand in paper.rubric.demands if paper.rubric is not None else ():
        place = (demand.part, demand.activity, demand.section and demand.section.value)
        if place not in scopes:
            scopes[place] = find_scope(demand, paper)
        verdicts.append(_judge(demand, scopes[place], paper))
    return verdicts


def _judge(demand: Demand, scope: Extent, paper: Paper) -> Verdict:
    text, place = " ".join(demand.quote.value.split()), demand.quote.span()
    if scope.absent:
        here = ((scope.place, "aquí debería estar"),)
        return Verdict(False, text, scope.name, scope.absent, place, here, scope.whole)
    outcomes = [
        CONDITION_TESTS[name](value, scope, paper)
        for name in CONDITIONS
        if (value := getattr(demand, name)) is not None
    ]
    missed = [outcome for outcome in outcomes if not outcome.met]
    told = "; ".join(outcome.detail for outcome in missed or outcomes)
    spans = dict.fromkeys(outcome.place or scope.place for outcome in missed)
    related = tuple((span, "aquí debería estar") for span in spans)
    return Verdict(not missed, text, scope.name, told, place, related, scope.whole)


def tell_unmet(verdicts: Sequence[Verdict]) -> list[Problem]:
    """Return a problem for each demand that is certainly not met."""
    return [
        Problem(
            "exigencia-incumplida",
            f"{verdict.where}: {verdict.detail}",
            verdict.place,
            "complete el informe, o cambie aquí lo que el encargo no pide",
            related=verdict.related,
        )
        for verdict in verdicts
        if not verdict.met and verdict.certain
    ]


def check_rubric(paper: Paper) -> list[Problem]:
    """Every demand has a condition and one place at the most, and quotes the statement of its activity."""
    problems: list[Problem] = []
    for demand in paper.rubric.demands if paper.rubric is not None else []:
        problems += _check_form(demand)
        problems += _check_quote(demand, paper)
    return problems


def _check_form(demand: Demand) -> Iterator[Problem]:
    place = demand.quote.span()
    values = [value for name in CONDITIONS if (value := getattr(demand, name)) is not None]
    if not values:
        yield Problem("exigencia-sin-condicion", "la exigencia no pide nada que se pueda comprobar", place, _KINDS)
    if demand.table is not None and all(
        getattr(demand.table, name) is None for name in type(demand.table).model_fields if name != "place"
    ):
        yield Problem("exigencia-sin-condicion", "«tabla» no pide nada de la tabla", demand.table.place, _TABLE_KINDS)
    ranges = [*values, *(getattr(demand.table, name) for name in ("rows", "columns", "differences") if demand.table)]
    for value in [*ranges, demand.subsections.count if demand.subsections is not None else None]:
        if not isinstance(value, Range):
            continue
        if value.least is None and value.most is None:
            message = "no se dice ni el mínimo ni el máximo"
            yield Problem("exigencia-sin-condicion", message, value.place, "por ejemplo: {minimo: 2, maximo: 4}")
        elif value.least is not None and value.most is not None and value.least > value.most:
            message = f"el mínimo, {value.least}, es mayor que el máximo, {value.most}"
            yield Problem("exigencia-sin-condicion", message, value.place, "nada puede cumplirlo")
    places = [name for name in (demand.activity, demand.section, demand.part) if name is not None]
    if len(places) > 1:
        message = "la exigencia dice dos lugares; «actividad», «seccion» y «parte» se excluyen"
        yield Problem("clave-sobrante", message, place)


_KINDS = "condiciones: " + ", ".join(str(Demand.model_fields[name].alias) for name in CONDITIONS)
_TABLE_KINDS = "se admite: " + ", ".join(
    str(field.alias) for name, field in TableDemand.model_fields.items() if name != "place"
)


def _check_quote(demand: Demand, paper: Paper) -> Iterator[Problem]:
    """A demand of an activity quotes its statement, where the report has it."""
    answers = [section for _, section in paper.ordered_sections() if section.answer is not None]
    if demand.activity is None or demand.activity > len(answers):
        return
    statement = answers[demand.activity - 1].statement
    if statement is None or _follows(fold(demand.quote.value), fold(statement.value)):
        return
    yield Problem(
        "exigencia-ajena",
        f"la frase no está en el enunciado de la actividad {demand.activity}",
        demand.quote.span(),
        "copie la frase del encargo tal cual, o corrija el número de la actividad",
        severity=Severity.WARNING,
        related=((statement.span(), "este es el enunciado"),),
    )


def _follows(part: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    return any(whole[start : start + len(part)] == part for start in range(len(whole) - len(part) + 1))
