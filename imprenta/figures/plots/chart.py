"""The numbers of a chart -> its drawing: lines, points, bars or a histogram, in the dress of the house."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from math import ceil, log2, nan
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from imprenta.figures.plots.labels import mark_crossings, name_curves
from imprenta.figures.plots.localized import spell_number
from imprenta.figures.plots.messages import watch_messages
from imprenta.figures.plots.run import PlotRun
from imprenta.figures.plots.style import (
    COLOURS,
    HATCHES,
    LINES,
    MARKERS,
    HouseMarker,
    open_matplotlib,
    place_second,
    shade_of,
    tick_dates,
    tick_whole_numbers,
)
from imprenta.problems import Problem, Severity, Span
from imprenta.words import SPANISH

if TYPE_CHECKING:
    from pathlib import Path

    from imprenta.figures.plots.chart_columns import Numeric
    from imprenta.figures.plots.chart_data import ChartData, DrawnSeries
    from imprenta.words import Locale

BAR_SHARE = 0.8
"""Of the room between two places that the bars of one take."""
MOST_LINES = 3
NAMED_MARGIN = 0.02
"""The share of the axes' width between the ends of curves and the names beside them."""
BEHIND = 0.6
"""Where bands are drawn: over the grid and under every line."""
ERROR_LOOK = {"error_kw": {"elinewidth": 0.7, "capsize": 2, "ecolor": "0.25"}}
HINTS = {
    "rotulos-encimados": "acórtelos, ponga menos, dé más «alto» o, con barras, «horizontal: sí»",
    "datos-sin-dibujar": "revise los datos; un eje logarítmico no tiene cero ni negativos",
    "texto-fuera": "acórtelo o dé más «alto» a la gráfica",
}
"""What an author can do who writes no program, by the code of the problem."""


def draw_chart(
    data: ChartData,
    place: Span,
    *,
    width_pt: float,
    height_cm: float,
    cache_folder: Path | None = None,
    locale: Locale = SPANISH,
) -> tuple[tuple[bytes, float, float] | None, list[Problem]]:
    """Draw a chart, `width_pt` PDF points wide; return its PDF with width and height, and its problems at `place`.

    matplotlib's caches and the converted fonts are kept in `cache_folder`, or thrown away at the end of the run.
    What matplotlib writes is in the words of `locale`. The same input gives the same bytes.
    """
    letters = open_matplotlib(cache_folder)
    run = _ChartRun(data, place, height_cm, locale)
    with watch_messages(run):
        drawn = run.draw(run.compose, width_pt, letters)
    return drawn, list(dict.fromkeys(run.problems))


class _ChartRun(PlotRun):
    """One drawing of one chart."""

    def __init__(self, data: ChartData, place: Span, height: float, locale: Locale) -> None:
        super().__init__(height, "", locale)
        self.data = data
        self.place = place

    def add(
        self, code: str, message: str, *, place: Span | None = None, hint: str = "", severity: Severity = Severity.ERROR
    ) -> None:
        """Note a problem at the chart, with what an author can do there."""
        self.problems.append(Problem(code, message, place or self.place, HINTS.get(code, hint), severity))

    def compose(self, axes: Any) -> None:
        """Draw everything into the axes, or each panel into axes of its own; what is not named there, in a legend."""
        panels, figure = self.data.panels, axes.figure
        titles = list(dict.fromkeys(series.title for series in self.data.series))
        unnamed: list[tuple[str, Any]] = []
        for title, data, own in zip(panels, panels.values(), _split(axes, list(panels)), strict=True):
            if title:
                own.set_title(_plain(title), loc="left", fontweight="bold")
            looks = [titles.index(series.title) for series in data.series] if len(panels) > 1 else []
            panel = _Panel(data, self.locale, looks or list(range(len(data.series))), named=len(self.data.series) > 1)
            panel.compose(own)
            if own.get_subplotspec().colspan.start:
                own.set_ylabel("")
            told = {name for name, _ in unnamed}
            unnamed += [(name, one) for name, one in panel.unnamed if name not in told]
        if unnamed:
            _place_legend(figure, [one for _, one in unnamed], [name for name, _ in unnamed])


class _Panel:
    """One pair of axes with what is drawn in it.

    `looks` are the numbers of colour and line of its series, which are `named` where there is something to tell apart.
    """

    def __init__(self, data: ChartData, locale: Locale, looks: list[int], *, named: bool) -> None:
        self.data = data
        self.named = named
        self.locale = locale
        self.looks = looks
        self.unnamed: list[tuple[str, Any]] = []
        """What a legend has to tell, each with its name."""

    def compose(self, axes: Any) -> None:
        """Draw everything into the axes."""
        data = self.data
        _set_scales(axes, data, turned=self.turned)
        if data.kind == "barras":
            drawn = self.draw_bars(axes)
        elif data.kind == "histograma":
            drawn = _draw_histogram(axes, data)
        else:
            drawn = [
                _draw_curve(axes, series, look, dates=data.dates)
                for series, look in zip(data.series, self.looks, strict=True)
            ]
        along, across = (axes.yaxis, axes.xaxis) if self.turned else (axes.xaxis, axes.yaxis)
        along.set_label_text(_plain(data.x_label))
        across.set_label_text(_plain(data.y_label))
        if data.kind in ("barras", "histograma"):
            along.grid(visible=False)
        self.set_ticks(axes)
        self.name_series(axes, drawn)

    def name_series(self, axes: Any, drawn: list[Any]) -> None:
        """Tell which series is which: curves at their ends where they can be, the rest in a legend; mark crossings."""
        data = self.data
        lines = all(series.kind == "lineas" and not series.error for series in data.series)
        if data.marked:
            curves = [one[0] if series.error else one for one, series in zip(drawn, data.series, strict=True)]
            numbers = [spell_number(one.number, self.locale) for one in data.crossings]
            crossings = data.crossings
            if data.dates:
                crossings = [replace(one, x=place_second(one.x)) for one in crossings]
            mark_crossings(axes, crossings, curves, [] if data.names or data.dates else numbers)
        names = [_plain(series.title) for series in data.series]
        if lines and self.named and not data.legend and not data.x_limits:
            axes.margins(x=NAMED_MARGIN)
        if self.named and not (lines and not data.legend and name_curves(axes, drawn, names)):
            self.unnamed = list(zip(names, drawn, strict=True))

    @property
    def turned(self) -> bool:
        """Tell whether the places run downwards."""
        return self.data.kind == "barras" and self.data.horizontal

    def draw_bars(self, axes: Any) -> list[Any]:
        """Draw a group of bars at each place, or one over the other; return those of each series."""
        data = self.data
        draw, extent = (axes.barh, "height") if self.turned else (axes.bar, "width")
        share = BAR_SHARE / (1 if data.stacked else len(data.series))
        base = [0.0] * len(data.names)
        drawn = []
        for number, series in enumerate(data.series):
            values = _floats(series.y)
            shift = 0.0 if data.stacked else (number - (len(data.series) - 1) / 2) * share
            error = {"xerr" if self.turned else "yerr": _floats(series.error)} if series.error else {}
            own = self.looks[number] % 6
            look: dict[str, Any] = {"color": COLOURS[own], "hatch": HATCHES[own], "edgecolor": "white"}
            if data.stacked:
                look["left" if self.turned else "bottom"] = list(base)
            places = [at + shift for at in range(len(values))]
            label = _plain(series.title)
            drawn.append(draw(places, values, **{extent: share}, label=label, **look, **error, **ERROR_LOOK))
            base = [below + (value if value == value else 0.0) for below, value in zip(base, values, strict=True)]
        if self.turned:
            axes.invert_yaxis()
        return drawn

    def set_ticks(self, axes: Any) -> None:
        """Put the words under their places, and whole numbers where all are; then the limits that were asked for."""
        data = self.data
        along, across = (axes.yaxis, axes.xaxis) if self.turned else (axes.xaxis, axes.yaxis)
        if data.names:
            along.set_ticks(range(len(data.names)), [_plain(name) for name in data.names])
            if not self.turned:
                _make_room(axes, data.names)
        elif data.dates:
            tick_dates(along)
        elif data.kind != "histograma" and not data.x_log and _are_whole([series.x for series in data.series]):
            tick_whole_numbers(along)
        counted = data.kind == "histograma" or _are_whole([series.y for series in data.series])
        if counted and not data.y_log:
            tick_whole_numbers(across)
        set_along, set_across = (axes.set_ylim, axes.set_xlim) if self.turned else (axes.set_xlim, axes.set_ylim)
        if data.x_limits:
            set_along(*data.x_limits)
        if data.y_limits:
            set_across(*data.y_limits)


def _plain(words: str) -> str:
    """Return words that are printed as they are: matplotlib would take what stands between dollars for a formula."""
    return words.replace("$", r"\$")


def _split(axes: Any, titles: list[str]) -> list[Any]:
    """Return axes side by side for the panels, of one scale; those that are there, for one alone."""
    if len(titles) == 1:
        return [axes]
    figure = axes.figure
    axes.remove()
    return list(figure.subplots(1, len(titles), sharex=True, sharey=True))


def _floats(column: Numeric) -> list[float]:
    return [nan if number is None else number for number in column]


def _are_whole(columns: list[Numeric]) -> bool:
    return all(number is None or number == int(number) for column in columns for number in column)


def _set_scales(axes: Any, data: ChartData, *, turned: bool) -> None:
    if data.x_log and data.kind != "barras":
        axes.set_xscale("log")
    if data.y_log:
        (axes.set_xscale if turned else axes.set_yscale)("log")


def _draw_curve(axes: Any, series: DrawnSeries, number: int, *, dates: bool) -> Any:
    """Draw a line or points, and return them; after six, lines of the same colour differ in their dashes."""
    x: list[Any] = _floats(series.x)
    if dates:
        x = [datetime.fromtimestamp(second, UTC) for second in x]
    look = {
        "color": COLOURS[number % len(COLOURS)],
        "marker": HouseMarker(MARKERS[number % len(MARKERS)]),
        "linestyle": "none" if series.kind == "puntos" else LINES[(number + number // len(COLOURS)) % len(LINES)],
        "label": _plain(series.title),
    }
    if series.until:
        shade = shade_of(str(look["color"]))
        axes.fill_between(x, _floats(series.y), _floats(series.until), color=shade, linewidth=0, zorder=BEHIND)
    if series.error:
        return axes.errorbar(x, _floats(series.y), yerr=_floats(series.error), elinewidth=0.7, capsize=2, **look)
    return axes.plot(x, _floats(series.y), **look)[0]


def _draw_histogram(axes: Any, data: ChartData) -> list[Any]:
    """Count the values in classes of equal width, the same for all series; return what is drawn of each.

    There are as many classes as Sturges' rule says, unless the author does.
    """
    columns = [[number for number in series.y if number is not None] for series in data.series]
    values = [number for column in columns for number in column]
    if not values:
        return []
    classes = {"bins": data.bins or ceil(log2(len(values))) + 1, "range": (min(values), max(values))}
    drawn = []
    for number, (series, column) in enumerate(zip(data.series, columns, strict=True)):
        if len(columns) == 1:
            look: dict[str, Any] = {"color": COLOURS[0], "edgecolor": "white"}
        else:
            look = {"color": COLOURS[number % 6], "histtype": "step", "linestyle": LINES[number % 6], "linewidth": 1.3}
        drawn.append(axes.hist(column, **classes, label=_plain(series.title), **look)[2])
    return [patches[0] if isinstance(patches, list) else patches for patches in drawn]


def _place_legend(figure: Any, handles: list[Any], labels: list[str]) -> None:
    """Put the legend above the axes, where it covers no data, in as few rows as the width allows."""
    for columns in range(len(labels), 0, -1):
        legend = figure.legend(handles, labels, loc="outside upper center", ncols=columns)
        if columns == 1 or legend.get_window_extent().width <= figure.bbox.width:
            return
        legend.remove()


def _make_room(axes: Any, names: list[str]) -> None:
    """Break the words under the places into lines where they would touch, or turn them where that will not do."""
    labels = axes.get_xticklabels()
    room = axes.figure.bbox.width * 0.88 / max(1, len(names))
    widths = [label.get_window_extent().width + 4 for label in labels]
    if max(widths, default=0) <= room:
        return
    letters = max(1, int(room / max(width / max(1, len(name)) for width, name in zip(widths, names, strict=True))))
    broken = [wrap(name, letters, break_long_words=False) for name in names]
    if all(len(line) <= letters for lines in broken for line in lines) and max(map(len, broken)) <= MOST_LINES:
        axes.xaxis.set_ticks(range(len(names)), [_plain("\n".join(lines)) for lines in broken])
        return
    for label in labels:
        label.set(rotation=40, ha="right", rotation_mode="anchor")
