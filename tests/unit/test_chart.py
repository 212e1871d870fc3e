"""The numbers of a chart become a drawing: every kind, with the document's letters and signs, the same each time."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from imprenta.figures.plots import run
from imprenta.figures.plots.chart import draw_chart
from imprenta.figures.plots.chart_data import ChartData, DrawnSeries
from imprenta.figures.plots.localized import spell_date, spell_text
from imprenta.problems import Problem, Span
from imprenta.words import ENGLISH, SPANISH, Locale

PLACE = Span("figures/g.yaml", 3, 1)
CHART = ChartData("lineas", [DrawnSeries("Uno", "lineas", [0, 1, 2], [1, 2.5, None])], [], False, "Tiempo (s)", "V",
                  False, False, [], [], False, False, 0)  # fmt: skip
TWO = [DrawnSeries("Uno", "barras", [0, 1], [1, 2.5]), DrawnSeries("Dos", "barras", [0, 1], [3, 4], [0.5, 0.5])]


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("charts")


def draw(data: ChartData, cache: Path, locale: Locale = SPANISH) -> tuple[bytes, list[Problem]]:
    drawn, problems = draw_chart(data, PLACE, width_pt=400, height_cm=6, cache_folder=cache, locale=locale)
    assert drawn is not None
    assert drawn[1:] == pytest.approx((400, 6 * 72 / 2.54))
    return drawn[0], problems


def axes_of(data: ChartData, cache: Path, monkeypatch: pytest.MonkeyPatch, locale: Locale = SPANISH) -> Any:
    """Return the axes as they are when the drawing is saved."""
    kept: list[Any] = []
    spell = run.spell_axes
    monkeypatch.setattr(run, "spell_axes", lambda figure, locale: (spell(figure, locale), kept.append(figure.axes[0])))
    _, problems = draw(data, cache, locale)
    assert problems == []
    return kept[0]


@pytest.mark.parametrize(
    "data",
    [
        CHART,
        replace(CHART, kind="puntos", series=[DrawnSeries("Uno", "puntos", [0, 1], [1, 2], [0.1, 0.2])]),
        replace(CHART, series=[DrawnSeries("Uno", "lineas", [0, 1], [1, 2], until=[2, 4])]),
        replace(CHART, dates=True, series=[DrawnSeries("Uno", "lineas", [0, 864000, 9e7], [1, 2, 3])]),
        replace(CHART, x_log=True, y_log=True, series=[DrawnSeries("Uno", "lineas", [1, 100], [1, 1000])]),
        replace(CHART, kind="barras", series=TWO, names=["enero", "mayo"]),
        replace(CHART, kind="barras", series=TWO, names=["enero", "mayo"], stacked=True, horizontal=True),
        replace(CHART, kind="histograma", series=[DrawnSeries("Uno", "histograma", [], [1, 2, 2, 3, None])]),
        replace(CHART, kind="histograma", bins=3, series=[DrawnSeries("Uno", "histograma", [], [1, 2, 2, 3]),
                                                          DrawnSeries("Dos", "histograma", [], [2, 3, 3, 4])]),
        replace(CHART, series=[DrawnSeries(f"Serie {n}", "lineas", [0, 1], [n, n + 1]) for n in range(12)]),
        replace(CHART, kind="barras", names=["uno", "dos"],
                series=[replace(one, panel=panel) for one, panel in zip(TWO, "AB", strict=True)]),
        replace(CHART, kind="histograma", series=[DrawnSeries("Uno", "histograma", [], [1, 2, 2, 3], panel=panel)
                                                  for panel in "AB"]),
    ],
    ids=["lines", "errors", "band", "dates", "logarithmic", "bars", "stacked", "histogram", "two histograms", "twelve",
         "panels of bars", "panels of histograms"],
)  # fmt: skip
def test_every_kind_is_drawn_without_a_word_and_the_same_each_time(data: ChartData, cache: Path) -> None:
    pdf, problems = draw(data, cache)
    assert problems == []
    assert pdf.startswith(b"%PDF")
    assert draw(data, cache)[0] == pdf


def test_there_is_a_legend_only_where_there_is_something_to_tell_apart(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert axes_of(CHART, cache, monkeypatch).figure.legends == []
    two = replace(CHART, kind="barras", series=TWO, names=["enero", "mayo"])
    (legend,) = axes_of(two, cache, monkeypatch).figure.legends
    assert [text.get_text() for text in legend.get_texts()] == ["Uno", "Dos"]


def test_words_with_dollars_are_no_formula(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    axes = axes_of(replace(CHART, x_label="De $5 a $7"), cache, monkeypatch)
    assert axes.xaxis.label._preprocess_math(axes.get_xlabel()) == ("De $5 a $7", False)


def test_long_words_under_bars_are_broken_and_longer_ones_turned(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bars = replace(CHART, kind="barras", series=[DrawnSeries("Uno", "barras", [], [1, 2, 3, 4, 5])])
    names = ["Instalación eléctrica del taller", "Pintura", "Transporte de los equipos", "Otros", "Más"]
    broken = axes_of(replace(bars, names=names), cache, monkeypatch).get_xticklabels()
    assert [label.get_text().replace("\n", " ") for label in broken] == names
    assert "\n" in broken[0].get_text()
    turned = axes_of(replace(bars, names=[f"{'Palabralarguísima' * 2}{n}" for n in range(5)]), cache, monkeypatch)
    assert {label.get_rotation() for label in turned.get_xticklabels()} == {40.0}


def test_limits_are_those_that_were_asked_for(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    axes = axes_of(replace(CHART, x_limits=[-1, 4], y_limits=[0, 10]), cache, monkeypatch)
    assert (axes.get_xlim(), axes.get_ylim()) == ((-1, 4), (0, 10))


def test_what_a_logarithmic_axis_has_no_place_for_is_told_at_the_chart(cache: Path) -> None:
    data = replace(CHART, y_log=True, series=[DrawnSeries("Uno", "lineas", [1, 2, 3], [0, 1, 10])])
    _, problems = draw(data, cache)
    (problem,) = problems
    assert (problem.code, problem.place) == ("datos-sin-dibujar", PLACE)
    assert "marker" not in problem.hint


def test_what_matplotlib_writes_is_in_the_language_of_the_report(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    january = 1_483_228_800
    days = [DrawnSeries("Uno", "lineas", [january, january + 86_400 * 80], [0, 12500.5])]
    for locale, comma, month in ((SPANISH, ",", "ene"), (ENGLISH, ".", "Jan")):
        fine = axes_of(CHART, cache, monkeypatch, locale)
        assert f"1{comma}5" in [label.get_text() for label in fine.yaxis.get_ticklabels()]
        monkeypatch.undo()
        dated = axes_of(replace(CHART, dates=True, series=days), cache, monkeypatch, locale)
        monkeypatch.undo()
        said = [label.get_text() for label in dated.xaxis.get_ticklabels()]
        assert any(month in label for label in said), said
        assert "10\u202f000" in [label.get_text() for label in dated.yaxis.get_ticklabels()]


def test_a_program_s_numbers_are_in_the_language_too() -> None:
    assert spell_text("1234567.5", ENGLISH) == "1\u202f234\u202f567.5"
    assert spell_text("1,234.5", SPANISH) == "1234,5"
    assert spell_text("1,234.5", ENGLISH) == "1234.5"
    assert spell_date("May 03", ENGLISH) == "May 03"
    assert spell_date("Wed 05", SPANISH) == "mié 05"
    assert spell_text("$2.5$", ENGLISH) == "$2{.}5$"


def test_panels_stand_side_by_side_in_one_scale_with_one_colour_for_a_name(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = [("Antes", "Uno", 1.0), ("Antes", "Dos", 2.0), ("Hoy", "Dos", 8.0)]
    series = [DrawnSeries(title, "lineas", [0, 1], [0, y], panel=panel) for panel, title, y in named]
    first, second = axes_of(replace(CHART, series=series), cache, monkeypatch).figure.axes
    assert [axes.get_title("left") for axes in (first, second)] == ["Antes", "Hoy"]
    assert first.bbox.x1 < second.bbox.x0
    assert first.get_ylim() == second.get_ylim()
    assert (first.get_ylabel(), second.get_ylabel()) == ("V", "")
    colours = [{text.get_text(): text.get_color() for text in axes.texts} for axes in (first, second)]
    assert [set(names) for names in colours] == [{"Uno", "Dos"}, {"Dos"}]
    assert colours[0]["Dos"] == colours[1]["Dos"]
    assert first.figure.legends == []


def test_panels_have_one_legend(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    series = [replace(one, panel=panel) for panel in ("A", "B") for one in TWO]
    two = replace(CHART, kind="barras", series=series, names=["enero", "mayo"])
    (legend,) = axes_of(two, cache, monkeypatch).figure.legends
    assert [text.get_text() for text in legend.get_texts()] == ["Uno", "Dos"]
