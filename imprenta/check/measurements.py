"""The author's own measurements -> those that share a name, and those that do not tell when, with what or how well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imprenta.model.once import once
from imprenta.problems import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from imprenta.model.measurements import Measurement, Measurements
    from imprenta.model.paper import Paper


def check_measurements(paper: Paper) -> list[Problem]:
    """Each measurement has a name, a date and an equipment of its own or in common, and a spread if it was repeated."""
    return list(_check_file(paper.measurements)) if paper.measurements is not None else []


@once
def _check_file(file: Measurements) -> tuple[Problem, ...]:
    problems = []
    first: dict[str, Measurement] = {}
    for one in file.measurements:
        other = first.setdefault(one.id.value, one)
        if other is not one:
            related = ((other.id.span(), "aquí está por primera vez"),)
            message = f"dos mediciones se llaman «{one.id.value}»"
            problems.append(Problem("etiqueta-repetida", message, one.id.span(), "dé otro «id» a una", related=related))
        problems += _find_gaps(one, file)
    return tuple(problems)


def _find_gaps(one: Measurement, file: Measurements) -> Iterator[Problem]:
    place, name = one.id.span(), one.id.value
    hint = "désela a la medición o, si es la de todas, al archivo, sobre «mediciones»"
    if one.date is None and file.date is None:
        yield Problem("falta-clave", f"falta la clave «fecha» en la medición «{name}»", place, hint)
    if one.equipment is None and file.equipment is None:
        yield Problem("falta-clave", f"falta la clave «equipo» en la medición «{name}»", place, hint)
    if one.spread is None and one.repetitions > 1:
        message = f"la medición «{name}» se repitió {one.repetitions} veces y no dice cuánto se apartan unas de otras"
        hint = "dé «dispersion»: cuartiles, extremos o desviación típica"
        yield Problem("medicion-sin-dispersion", message, place, hint, Severity.WARNING)
