"""A chart and the report around it become the numbers and words that are drawn, or problems at the author's place."""

from __future__ import annotations

from pathlib import Path

import pytest

from imprenta.calculate import calculate_numbers
from imprenta.figures.plots.chart_data import ChartData, describe_chart, read_chart
from imprenta.load import load_paper
from imprenta.model.figure import PlotFigure
from imprenta.pipeline.scope import ReportScope
from imprenta.problems import Problem, Severity
from imprenta.workspace import Workspace

REPORT = "titulo: T\nautores: [{nombre: Ana}]\nfecha: 2024\nsecciones: [s]\n"
CSV = "Tiempo (s);Voltaje;Sigma\n0;0,5;0,1\n1,5;2;0,2\n3;;0,1\n"
DATES = "fecha,nivel\n2024-01-31,1.5\n2024-02-29,2\n"
VALUES = """\
titulo: Río
valores:
  tamanos: {concepto: Miembros, valor: [1, 3, 5], supuesto: Son los que hay}
  precio: {concepto: Precio por miembro, valor: 2.5, supuesto: Es el de hoy}
"""
TABLE = """\
titulo: Costos
columnas: [{titulo: Ciudad}, {titulo: Costo}]
filas:
  - [Cali, "1 234,5"]
  - {grupo: Norte}
  - {para: {n: [2, 3]}, celdas: ["Pasto {= n}", "{= n * rio.precio}"]}
"""


def read(chart: str, folder: Path) -> tuple[ChartData | None, list[Problem]]:
    figure = f"pie: P\nalternativa: A\ngrafica: {chart}\n"
    files = {"paper/informe.yaml": REPORT, "paper/datos/rio.yaml": VALUES, "paper/tablas/costos.yaml": TABLE,
             "paper/datos/medidas.csv": CSV, "paper/datos/nivel.csv": DATES, "figures/g.yaml": figure,
             "paper/secciones/s.yaml": "titulo: S\ncontenido: [{texto: Hola}]\n"}  # fmt: skip
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    paper, problems = load_paper(Workspace(folder))
    assert problems == []
    assert paper is not None
    plot = paper.figures["g"]
    assert isinstance(plot, PlotFigure)
    assert plot.chart is not None
    numbers, _ = calculate_numbers(paper.data)
    return read_chart(plot.chart, paper, numbers, ReportScope(numbers))


def good(chart: str, folder: Path) -> ChartData:
    data, problems = read(chart, folder)
    assert [problem for problem in problems if problem.severity is Severity.ERROR] == []
    assert data is not None
    return data


def test_a_csv_gives_the_first_column_to_the_x_axis_and_a_series_to_each_other(tmp_path: Path) -> None:
    data, problems = read("{tipo: lineas, csv: medidas.csv}", tmp_path)
    assert data is not None
    assert [(one.title, one.x, one.y) for one in data.series] == [
        ("Voltaje", [0, 1.5, 3], [0.5, 2, None]),
        ("Sigma", [0, 1.5, 3], [0.1, 0.2, 0.1]),
    ]
    assert (data.x_label, data.y_label, data.names) == ("Tiempo (s)", "", [])
    (gap,) = problems
    assert (gap.code, gap.place.path, gap.place.line) == ("columna-con-huecos", "paper/datos/medidas.csv", 4)


def test_a_band_goes_from_a_line_to_another_column(tmp_path: Path) -> None:
    data = good("{tipo: lineas, valores: {x: [1, 2], y: [1, 2], z: [3, 5]}, series: [{y: y, hasta: z}]}", tmp_path)
    assert [(series.y, series.until) for series in data.series] == [([1, 2], [3, 5])]


def test_series_name_their_columns_titles_and_errors(tmp_path: Path) -> None:
    data = good("{tipo: puntos, csv: medidas.csv, series: [{y: Voltaje, error: Sigma, titulo: Medido}]}", tmp_path)
    (series,) = data.series
    assert (series.title, series.error, data.y_label) == ("Medido", [0.1, 0.2, 0.1], "Medido")


def test_series_name_their_panels_in_their_order(tmp_path: Path) -> None:
    series = "[{y: Sigma, panel: Hoy}, {y: Voltaje, panel: Antes}, {y: Voltaje, panel: Hoy}]"
    data = good(f"{{tipo: puntos, csv: medidas.csv, series: {series}}}", tmp_path)
    panels = {title: [one.title for one in panel.series] for title, panel in data.panels.items()}
    assert panels == {"Hoy": ["Sigma", "Voltaje"], "Antes": ["Voltaje"]}
    assert "Voltaje, Antes (de 0,5 a 2)" in describe_chart(data)


def test_words_are_places_on_the_axis(tmp_path: Path) -> None:
    data = good("{tipo: lineas, valores: {Mes: [enero, '$ mayo'], Lluvia: [1, '2,5']}}", tmp_path)
    assert (data.names, data.series[0].x, data.series[0].y) == (["enero", "$ mayo"], [0, 1], [1, 2.5])


def test_numbers_under_bars_are_words_with_a_decimal_comma(tmp_path: Path) -> None:
    data = good("{tipo: barras, valores: {Dosis: [0.5, 1, 2019], Efecto: [1, 2, 3]}}", tmp_path)
    assert (data.names, data.series[0].x) == (["0,5", "1", "2019"], [0, 1, 2])


def test_days_of_the_calendar_are_dates(tmp_path: Path) -> None:
    data = good("{tipo: lineas, csv: nivel.csv}", tmp_path)
    assert data.dates
    first, second = data.series[0].x
    assert first is not None
    assert second is not None
    assert (second - first) / 86400 == 29


def test_values_of_the_report_and_formulas_of_them(tmp_path: Path) -> None:
    data = good("{tipo: lineas, x: rio.tamanos, series: [rio.precio * rio.tamanos]}", tmp_path)
    assert (data.x_label, data.series[0].y) == ("Miembros", [2.5, 7.5, 12.5])


def test_a_table_of_the_report_with_what_is_worked_out_in_it(tmp_path: Path) -> None:
    data = good("{tipo: barras, tabla: costos}", tmp_path)
    assert data.names == ["Cali", "Pasto 2", "Pasto 3"]
    assert data.series[0].y == [1234.5, 5, 7.5]


def test_a_cell_that_reaches_over_rows_says_the_same_of_each(tmp_path: Path) -> None:
    rows = "filas: [[{celda: Cali, filas: 2}, 3], [4], [Pasto, 5]]"
    (tmp_path / "paper/tablas").mkdir(parents=True)
    merged = f"titulo: T\ncolumnas: [{{titulo: Ciudad}}, {{titulo: Costo}}]\n{rows}\n"
    (tmp_path / "paper/tablas/unida.yaml").write_text(merged, encoding="utf-8")
    data = good("{tipo: barras, tabla: unida}", tmp_path)
    assert (data.names, data.series[0].y) == (["Cali", "Cali", "Pasto"], [3, 4, 5])


def test_a_histogram_counts_all_columns(tmp_path: Path) -> None:
    data = good("{tipo: histograma, valores: {Nota: [3, 4, 4]}, clases: 2}", tmp_path)
    assert (data.series[0].y, data.x_label, data.y_label, data.bins) == ([3, 4, 4], "Nota", "Frecuencia", 2)


@pytest.mark.parametrize(
    ("chart", "code", "said"),
    [
        ("{tipo: lineas}", "falta-clave", "la gráfica no dice de dónde salen sus datos"),
        ("{tipo: lineas, csv: medidas.csv, tabla: costos}", "clave-sobrante",
         "las columnas salen de un solo sitio, y la gráfica da «csv» y «tabla»"),
        ("{tipo: lineas, csv: medidas.csv, series: [Voltios]}", "columna-desconocida", "no hay una columna «Voltios»"),
        ("{tipo: lineas, csv: medidas.csv, series: [rio.precios]}", "valor-desconocido",
         "«rio» no tiene un valor «precios»"),
        ("{tipo: lineas, tabla: costo}", "tabla-desconocida", "no hay tabla «costo»: falta «paper/tablas/costo.yaml»"),
        ("{tipo: lineas, x: rio.tamanos, series: [rio.precio]}", "columnas-desiguales",
         "«rio.precio» tiene 1 valores y «rio.tamanos», 3"),
        ("{tipo: lineas, valores: {x: [1, 2], y: [1.5, '2,5']}}", "columna-sin-numeros",
         "«2,5» lleva coma decimal y «1.5», punto"),
        ("{tipo: puntos, valores: {x: [1, 2], y: [1, 2], e: [1, 1]}, series: [{y: y, hasta: e}]}",
         "clave-sobrante", "«hasta» es el borde de una banda, que empieza en una línea"),
        ("{tipo: lineas, valores: {x: [1, 2], y: [1, 2], e: [1, -1]}, series: [{y: y, error: e}]}",
         "valor-fuera-de-limites", "«e» tiene números negativos, y una barra de error no puede serlo"),
        ("{tipo: lineas, x: rio.tamanos, series: [{y: rio.tamanos, panel: A}, rio.tamanos * 2]}", "falta-clave",
         "«rio.tamanos * 2» no dice en qué panel va, y otras series sí"),
        (f"{{tipo: lineas, x: rio.tamanos, series: [{', '.join(f'{{y: rio.tamanos, panel: {n}}}' for n in 'ABCD')}]}}",
         "valor-fuera-de-limites", "la gráfica tendría 4 paneles y se admiten 3"),
        ("{tipo: lineas, valores: {x: [1, 2]}}", "falta-clave", "la gráfica no tiene nada que dibujar"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_one_problem(chart: str, code: str, said: str, tmp_path: Path) -> None:
    data, problems = read(chart, tmp_path)
    assert data is None
    assert [(problem.code, problem.message) for problem in problems] == [(code, said)]
