"""The suit of plots: colours that are read and told apart, names beside curves, the places where they cross."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.text import Text

from imprenta.figures.plots import run
from imprenta.figures.plots.chart import draw_chart
from imprenta.figures.plots.chart_data import ChartData, DrawnSeries, describe_chart
from imprenta.figures.plots.checks import check_plot
from imprenta.figures.plots.crossings import find_crossings
from imprenta.figures.plots.labels import spread
from imprenta.figures.plots.style import COLOURS
from imprenta.problems import Span

CONTRAST = 4.5
"""Of text on its ground (WCAG 2.2, 1.4.3)."""
GREYS_APART = 7.0
"""In L* of CIELAB, from black (0) to white (100)."""
DOWN, UP = DrawnSeries("Baja", "lineas", [0, 10], [10, 0]), DrawnSeries("Sube", "lineas", [0, 10], [0, 10])
CHART = ChartData("lineas", [DOWN, UP], [], False, "Tiempo (s)", "V", False, False, [], [], False, False, 0)


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour (WCAG 2.2)."""
    shares = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def lightness(colour: str) -> float:
    """Return how light the grey of a colour is, L* of CIELAB."""
    y = luminance(colour)
    return 116 * y ** (1 / 3) - 16 if y > 216 / 24389 else y * 24389 / 27


def test_every_colour_is_read_on_white_and_told_apart_in_grey() -> None:
    assert [colour for colour in COLOURS if 1.05 / (luminance(colour) + 0.05) < CONTRAST] == []
    near = [(one, two) for one, two in combinations(COLOURS, 2) if abs(lightness(one) - lightness(two)) < GREYS_APART]
    assert near == []


@given(st.lists(st.tuples(st.floats(0, 300), st.floats(5, 30)), min_size=1, max_size=8))
def test_names_keep_their_order_and_do_not_touch(wanted: list[tuple[float, float]]) -> None:
    places, heights = [place for place, _ in wanted], [height for _, height in wanted]
    found = spread(places, heights)
    order = sorted(range(len(places)), key=found.__getitem__)
    assert [places[at] for at in order] == sorted(places)
    for below, above in pairwise(order):
        assert found[above] - found[below] >= (heights[above] + heights[below]) / 2 - 1e-6
    assert sum(found) == pytest.approx(sum(places), abs=1e-6)  # none is moved that need not be


def test_names_that_have_room_stay_where_they_are() -> None:
    assert spread([50, 0, 100], [10, 10, 10]) == [50, 0, 100]
    assert spread([50, 50], [10, 10]) == [45, 55]


def test_lines_cross_where_they_are_drawn() -> None:
    (crossing,) = find_crossings([("a", [0, 4], [0, 4]), ("b", [1, 3], [3, 1])])
    assert (crossing.x, crossing.y, crossing.names) == (2, 2, ("a", "b"))
    (far,) = find_crossings([("a", [1, 100], [1, 100]), ("b", [1, 100], [100, 1])], x_log=True, y_log=True)
    assert [far.x, far.y] == pytest.approx([10, 10])


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (([0, 1], [0, 1]), ([2, 3], [1, 0])),  # not over the same places
        (([0, 1, 2], [0, 1, 0]), ([0, 1, 2], [2, 1, 2])),  # they touch
        (([0, 2], [0, 2]), ([0, None], [2, 0])),  # a gap
        (([0, 2, 1], [0, 2, 1]), ([0, 2], [2, 0])),  # it turns back
        (([0, 1], [1, 1]), ([0, 1], [1, 1])),  # one line
    ],
)
def test_other_lines_do_not_cross(one: Any, two: Any) -> None:
    assert find_crossings([("a", *one), ("b", *two)]) == []


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("suit")


def axes_of(data: ChartData, cache: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return the axes as they were drawn."""
    kept: list[Any] = []

    def keep(one: Any, canvas: Any, width: float, height: float) -> None:
        kept.append(canvas.axes[0])
        check_plot(one, canvas, width, height)

    monkeypatch.setattr(run, "check_plot", keep)
    drawn, problems = draw_chart(data, Span("figures/g.yaml", 3, 1), width_pt=400, height_cm=6, cache_folder=cache)
    assert drawn is not None
    assert problems == []
    return kept[0]


def test_curves_are_named_at_their_ends_outside_the_axes(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    axes = axes_of(CHART, cache, monkeypatch)
    assert axes.figure.legends == []
    names = {text.get_text(): text for text in axes.texts}
    assert set(names) == {"Baja", "Sube"}
    for text, line in zip((names["Baja"], names["Sube"]), axes.get_lines(), strict=True):
        box = text.get_window_extent()
        assert box.x0 > axes.bbox.x1
        assert box.x1 <= axes.figure.bbox.x1 + 1
        assert text.get_color() == line.get_color()
        end = axes.transData.transform(line.get_xydata()[-1])
        assert abs((box.y0 + box.y1) / 2 - end[1]) < 3
    first, second = (text.get_window_extent() for text in names.values())
    assert not first.overlaps(second)


def test_names_of_curves_that_end_together_are_moved_apart(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    together = [DrawnSeries(f"Serie {n}", "lineas", [0, 1], [n, 3]) for n in range(6)]
    axes = axes_of(replace(CHART, series=together), cache, monkeypatch)
    boxes = sorted((Text.get_window_extent(text) for text in axes.texts), key=lambda box: box.y0)
    assert len(boxes) == 6
    assert all(below.y1 <= above.y0 + 1.5 for below, above in pairwise(boxes))


@pytest.mark.parametrize(
    "data",
    [
        replace(CHART, legend=True),
        replace(CHART, series=[CHART.series[0], DrawnSeries("Corta", "lineas", [0, 3], [0, 1])]),
        replace(CHART, series=[CHART.series[0], DrawnSeries("Puntos", "puntos", [0, 10], [0, 1])]),
        replace(CHART, y_limits=[0.0, 5.0]),
    ],
    ids=["asked for", "ends early", "points", "leaves the axes"],
)
def test_where_names_cannot_stand_there_is_a_legend(
    data: ChartData, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(axes_of(data, cache, monkeypatch).figure.legends) == 1


def test_crossings_are_marked_where_they_are_asked_for(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(axes_of(CHART, cache, monkeypatch).get_lines()) == 2
    slow = replace(CHART, marked=True, series=[CHART.series[0], DrawnSeries("Lenta", "lineas", [0, 10], [1, 4])])
    axes = axes_of(slow, cache, monkeypatch)
    ring = axes.get_lines()[-1]
    assert ring.get_xydata().tolist() == [[pytest.approx(90 / 13), pytest.approx(40 / 13)]]
    assert "6,92" in {text.get_text() for text in axes.texts}
    assert describe_chart(slow).endswith(" Baja y Lenta se cruzan en 6,92.")


def test_crossings_of_dates_have_no_number(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    days = [DrawnSeries("A", "lineas", [0, 864000], [0, 2]), DrawnSeries("B", "lineas", [0, 864000], [2, 0])]
    axes = axes_of(replace(CHART, series=days, dates=True, marked=True), cache, monkeypatch)
    assert {text.get_text() for text in axes.texts} == {"A", "B"}
    assert axes.get_lines()[-1].get_xydata().tolist() == [[pytest.approx(5), pytest.approx(1)]]
