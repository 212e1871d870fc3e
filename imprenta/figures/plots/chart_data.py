"""A chart and the report around it -> the numbers and words that are drawn, or what is wrong in them."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from imprenta.calculate import format_number
from imprenta.calculate.measured import NUMBER
from imprenta.figures.plots.chart_columns import Columns, Lacking, Numeric, name_key
from imprenta.figures.plots.crossings import Crossing, find_crossings
from imprenta.markup import locale_of
from imprenta.problems import Problem, has_errors

if TYPE_CHECKING:
    from imprenta.calculate import Numbers
    from imprenta.figures.plots.chart_columns import ChartScope
    from imprenta.model.chart import Chart
    from imprenta.model.paper import Paper
    from imprenta.model.text import Text

MOST_SERIES = 12
"""More lines are not told apart."""
MOST_PANELS = 3
"""More side by side are too narrow."""
MOST_POINTS = 100_000
"""More in one plot is a band of ink, and a file of megabytes."""
_DATE = re.compile(r"\d{4}-\d\d(-\d\d([ T]\d\d:\d\d(:\d\d)?)?)?")


@dataclass(frozen=True, slots=True)
class DrawnSeries:
    """The numbers of one series, as many in each list; without error bars, or a band, `error` or `until` are empty."""

    title: str
    kind: str
    x: Numeric
    y: Numeric
    error: Numeric = field(default_factory=list)
    panel: str = ""
    until: Numeric = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ChartData:
    """All that is drawn of a chart.

    `names` are the words under the places 0, 1, … of the x axis, if it has words; `dates` tells that x are seconds
    since 1970. Limits that are not given are empty, and `bins` 0.
    """

    kind: str
    series: list[DrawnSeries]
    names: list[str]
    dates: bool
    x_label: str
    y_label: str
    x_log: bool
    y_log: bool
    x_limits: list[float]
    y_limits: list[float]
    stacked: bool
    horizontal: bool
    bins: int
    legend: bool = False
    marked: bool = False
    """The places where lines cross are marked."""

    @property
    def panels(self) -> dict[str, ChartData]:
        """What is drawn in each panel, by its title, in the order in which the series name them."""
        titles = dict.fromkeys(series.panel for series in self.series)
        return {
            title: replace(self, series=[series for series in self.series if series.panel == title]) for title in titles
        }

    @property
    def crossings(self) -> list[Crossing]:
        """Where its lines cross."""
        lines = [(series.title, series.x, series.y) for series in self.series if series.kind == "lineas"]
        return find_crossings(lines, x_log=self.x_log, y_log=self.y_log)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A series as it is asked for: the names of its columns, its title and its kind."""

    y: Text
    x: Text | None
    error: Text | None
    until: Text | None
    title: str
    kind: str
    panel: str = ""


def read_chart(
    chart: Chart, paper: Paper, numbers: Numbers, scope: ChartScope
) -> tuple[ChartData | None, list[Problem]]:
    """Return what is drawn of a chart, with the problems of its data; None if it cannot be drawn.

    No problems and nothing to draw means that a file or value which it needs has a problem of its own.
    """
    try:
        columns = Columns(chart, paper, numbers, scope)
        data = _read(chart, columns)
    except Lacking as lacking:
        return None, lacking.problems
    return (None if has_errors(columns.problems) else data), columns.problems


def _read(chart: Chart, columns: Columns) -> ChartData:
    if chart.crossings and chart.kind in ("barras", "histograma"):
        columns.fail("clave-sobrante", "«cruces» dice dónde se cruzan líneas, y la gráfica no las tiene", None)
    histogram = chart.kind == "histograma"
    positions, names, dates = ([], [], False) if histogram else _read_positions(chart, columns)
    series = [_read_series(one, chart, columns, positions) for one in _wanted(chart, columns)]
    if sum(len(one.y) for one in series) > MOST_POINTS:
        message = f"la gráfica tiene más de {MOST_POINTS} puntos"
        columns.fail("valor-fuera-de-limites", message, None, "deje uno de cada diez, o sus medias")
    _check_panels(chart, columns)
    x_title = columns.title_of(chart.x) if chart.x is not None else next(iter(columns.titles), "")
    one = series[0].title if len(series) == 1 else ""
    labels = (one, locale_of(columns.scope).palabras.frecuencia) if histogram else (x_title, one)
    return ChartData(
        chart.kind,
        series,
        names,
        dates,
        columns.words(chart.x_label) or labels[0],
        columns.words(chart.y_label) or labels[1],
        chart.x_scale != "lineal",
        chart.y_scale != "lineal",
        [float(limit) for limit in chart.x_limits or ()],
        [float(limit) for limit in chart.y_limits or ()],
        chart.stacked,
        chart.horizontal,
        chart.bins or 0,
        chart.legend,
        chart.crossings,
    )


def _check_panels(chart: Chart, columns: Columns) -> None:
    """Tell of series that are in no panel while others are, and of more panels than there is room for."""
    panels = list(dict.fromkeys(one.panel.value.strip() for one in chart.series if one.panel is not None))
    lacking = [one for one in chart.series if one.panel is None or not one.panel.value.strip()]
    if panels and lacking:
        message = f"«{name_key(lacking[0].y)}» no dice en qué panel va, y otras series sí"
        columns.fail("falta-clave", message, lacking[0].y, "póngale «panel»")
    if len(panels) > MOST_PANELS:
        message = f"la gráfica tendría {len(panels)} paneles y se admiten {MOST_PANELS}"
        columns.fail("valor-fuera-de-limites", message, None, "repártalos en dos figuras")


def _read_positions(chart: Chart, columns: Columns) -> tuple[Numeric, list[str], bool]:
    """Return the places on the x axis: numbers, seconds of dates, or 0, 1, … with the words that stand there."""
    name = chart.x if chart.x is not None else next(iter(columns.titles.values()), None)
    if name is None:
        return [], [], False
    cells = columns.cells_of(name)
    bars = chart.kind == "barras"
    if cells is None:
        numbers = columns.numbers_of(name)
        if not bars:
            return numbers, [], False
        shown = [format_number(Decimal(repr(number))) for number in numbers if number is not None]
        return _count(shown), shown, False
    typed = [columns.words(cell) for cell in cells]
    if bars:
        return _count(typed), [word.replace(".", ",") if NUMBER.fullmatch(word) else word for word in typed], False
    if all(map(_DATE.fullmatch, typed)):
        with suppress(ValueError):  # no day of the calendar: a word like others
            return [_read_date(word) for word in typed], [], True
    if not any(NUMBER.fullmatch(word) for word in typed):
        return _count(typed), typed, False
    return columns.numbers_of(name), [], False


def _count(words: list[str]) -> Numeric:
    return [float(at) for at in range(len(words))]


def _read_date(word: str) -> float:
    """Return the seconds from 1970 to a date: a year and a month at least."""
    whole = f"{word}-01" if len(word) == len("2024-05") else word
    return datetime.fromisoformat(whole).replace(tzinfo=UTC).timestamp()


def _wanted(chart: Chart, columns: Columns) -> list[_Wanted]:
    """Return the series that are drawn: those that are named, or a column each but that of the places."""
    if chart.series:
        return [
            _Wanted(
                one.y,
                one.x,
                one.error,
                one.until,
                columns.words(one.title),
                one.kind or chart.kind,
                columns.words(one.panel),
            )
            for one in chart.series
        ]
    x = name_key(chart.x) if chart.x is not None else next(iter(columns.titles), "")
    names = [text for title, text in columns.titles.items() if title != x or chart.kind == "histograma"]
    if not names:
        hint = "hacen falta una columna para el eje x y otra, con números, que se dibuje"
        columns.fail("falta-clave", "la gráfica no tiene nada que dibujar", chart.csv or chart.table, hint)
    if len(names) > MOST_SERIES:
        message = f"la gráfica tendría {len(names)} series y se admiten {MOST_SERIES}"
        columns.fail("valor-fuera-de-limites", message, chart.csv or chart.table, "elija cuáles con «series»")
    return [_Wanted(text, None, None, None, "", chart.kind) for text in names]


def _read_series(wanted: _Wanted, chart: Chart, columns: Columns, positions: Numeric) -> DrawnSeries:
    """Return the numbers of a series, with problems of columns that do not go together."""
    title, y = wanted.title or columns.title_of(wanted.y), columns.numbers_of(wanted.y)
    if chart.kind == "histograma":
        return DrawnSeries(title, chart.kind, [], y, panel=wanted.panel)
    x = columns.numbers_of(wanted.x) if wanted.x is not None else positions
    x = x or [float(at) for at in range(1, len(y) + 1)]
    error = columns.numbers_of(wanted.error) if wanted.error is not None else []
    until = columns.numbers_of(wanted.until) if wanted.until is not None else []
    if wanted.until is not None and wanted.kind != "lineas":
        message = "«hasta» es el borde de una banda, que empieza en una línea"
        columns.fail("clave-sobrante", message, wanted.until, "póngalo en una serie de líneas")
    for column, name in ((x, wanted.x or chart.x), (error, wanted.error), (until, wanted.until)):
        if len(column) not in (len(y), 0):
            other = f"«{name_key(name)}»" if name is not None else "la columna del eje x"
            message = f"«{name_key(wanted.y)}» tiene {len(y)} valores y {other}, {len(column)}"
            columns.problems.append(Problem("columnas-desiguales", message, wanted.y.span()))
    if wanted.error is not None and any(number is not None and number < 0 for number in error):
        message = f"«{name_key(wanted.error)}» tiene números negativos, y una barra de error no puede serlo"
        columns.problems.append(Problem("valor-fuera-de-limites", message, wanted.error.span()))
    return DrawnSeries(title, wanted.kind, x, y, error, wanted.panel, until)


def describe_chart(data: ChartData) -> str:
    """Return what can be said of a chart without looking at it: what is drawn, and from where to where it goes."""
    words = {"lineas": "líneas", "puntos": "puntos", "barras": "barras"}
    said = "Histograma de" if data.kind == "histograma" else f"Gráfica de {words[data.kind]} de"
    series = "; ".join(f"{one.title}{', ' if one.panel else ''}{one.panel} ({_range(one.y)})" for one in data.series)
    if data.kind == "histograma":
        return f"{said} {series}."
    places = f"{len(data.names)} categorías" if data.names else _range(data.series[0].x)
    along = "" if data.dates else f", según {data.x_label} ({places})"
    return f"{said} {series}{along}.{_describe_crossings(data)}"


def _describe_crossings(data: ChartData) -> str:
    if not data.marked or data.names or data.dates:
        return ""
    crossings = [one for panel in data.panels.values() for one in panel.crossings]
    places = [(one, format_number(Decimal(one.number))) for one in crossings]
    return "".join(f" {one.names[0]} y {one.names[1]} se cruzan en {place}." for one, place in places)


def _range(column: Numeric) -> str:
    numbers = [Decimal(repr(number)) for number in column if number is not None]
    return f"de {format_number(min(numbers))} a {format_number(max(numbers))}" if numbers else "sin datos"
