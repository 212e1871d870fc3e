"""Tables: widths from the contents, decimal signs below one another, totals, merged cells, groups of columns."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imprenta.calculate import read_number
from imprenta.model.facts import Cell, find_stated, rewrite
from imprenta.model.source_map import strip_marks
from imprenta.model.table import Table
from imprenta.model.table_layout import lay_out
from imprenta.pipeline.examine import examine_report
from imprenta.pipeline.loading import load_report
from imprenta.pipeline.scope import ReportScope
from imprenta.tables import Grid, grid_of_table, write_grid
from imprenta.tables.measure import measure
from imprenta.tables.widths import MARGIN, Content, solve_widths
from imprenta.words import SPANISH
from imprenta.workspace import Workspace

REPORT = """\
titulo: T
autores: [{nombre: Ana, apellidos: Ruiz}]
fecha: 2024-05
secciones: [uno]
"""
SECTION = """\
titulo: Uno
contenido:
  - texto: La {tabla:t}.
  - tabla: t
"""
DATA = (
    "titulo: D\nvalores:\n  tercio: {concepto: C, valor: 0.3333, supuesto: Para probar estas cuentas, decimales: 2}\n"
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for folder in ("secciones", "tablas", "datos"):
        (tmp_path / "paper" / folder).mkdir(parents=True)
    (tmp_path / "paper/informe.yaml").write_text(REPORT, encoding="utf-8")
    (tmp_path / "paper/secciones/uno.yaml").write_text(SECTION, encoding="utf-8")
    (tmp_path / "paper/datos/d.yaml").write_text(DATA, encoding="utf-8")
    return tmp_path


def read_table(project: Path, text: str) -> tuple[Table, ReportScope]:
    (project / "paper/tablas/t.yaml").write_text(text, encoding="utf-8")
    loaded = load_report(Workspace(project))
    assert loaded.paper is not None
    assert loaded.problems == ()
    return loaded.paper.tables["t"], ReportScope(loaded.numbers)


def grid_of(project: Path, text: str) -> Grid:
    return grid_of_table("t", *read_table(project, text))


def bare(tex: str) -> str:
    return strip_marks(re.sub(r"[\ue000-\uf8ff]", "", rewrite(tex, Cell, lambda _, inside: inside)))


def cells(grid: Grid) -> list[list[str]]:
    return [[bare(cell) for cell in row.cells] for row in grid.rows]


def told(project: Path, text: str) -> list[tuple[str, int, int]]:
    (project / "paper/tablas/t.yaml").write_text(text, encoding="utf-8")
    problems = examine_report(Workspace(project)).problems
    return [(one.code, one.place.line, one.place.column) for one in problems if "tablas" in one.place.path]


@pytest.mark.parametrize(
    ("words", "value", "decimals"),
    [
        ("12", "12", 0),
        ("-3,40", "-3.40", 2),
        ("−0.5", "-0.5", 1),
        ("12 345,6", "12345.6", 1),
        ("1.234,5", "1234.5", 1),
        ("1,234.5", "1234.5", 1),
        ("1.2e-05", "0.000012", 1),
        ("14 %", "14", 0),
    ],
)
def test_a_typed_number_is_read(words: str, value: str, decimals: int) -> None:
    number = read_number(words)
    assert number is not None
    assert (number.value, number.decimals) == (Decimal(value), decimals)


@pytest.mark.parametrize("words", ["", "—", "unos 3", "007", "1,2,3", "12 3", "3 kg", "2019-1", "1.200.000"])
def test_what_is_no_number_is_none(words: str) -> None:
    assert read_number(words) is None


def test_decimal_signs_stand_below_one_another(project: Path) -> None:
    grid = grid_of(
        project,
        """\
titulo: T
columnas: [{titulo: A}, {titulo: B, alineacion: decimal}, {titulo: C, alineacion: decimal, decimales: 2}]
filas:
  - [uno, "12.5", "0.126"]
  - [dos, "{= d.tercio}", "12345"]
  - [tres, "7", —]
""",
    )
    numbers = [row[1:] for row in cells(grid)]
    assert numbers == [[r"12,5\hphantom{3}", "0,13"], ["0,33", r"12\,345,00"], [r"7\hphantom{,33}", "—"]]


def test_a_power_of_ten_is_written_out_and_aligned(project: Path) -> None:
    grid = grid_of(
        project,
        'titulo: T\ncolumnas: [{titulo: A, alineacion: decimal}]\nfilas: [["1.5e-10"], ["0,25"], ["3 %"]]\n',
    )
    power, plain, percent = (row[0] for row in cells(grid))
    assert power == r"1,5${}\cdot10^{-10}$"
    assert plain.startswith("0,25{")
    assert r",5${}\cdot10^{-10}$" in plain
    assert percent.startswith(r"3\,\%{")


def test_totals_are_those_of_the_exact_values(project: Path) -> None:
    grid = grid_of(
        project,
        """\
titulo: T
columnas:
  - {titulo: A}
  - {titulo: B, total: suma}
  - {titulo: C, alineacion: decimal, total: [suma, media]}
  - {titulo: D, total: [maximo, minimo]}
filas:
  - [uno, "1", "{= d.tercio}", "5"]
  - {grupo: Otras}
  - {para: {n: [1, 2]}, celdas: ["otra {= n}", "{= n}", "{= d.tercio}", —]}
""",
    )
    assert [row.of_totals for row in grid.rows] == [False] * 4 + [True] * 4
    assert cells(grid)[-4:] == [
        ["Total", "4", "1,00", ""],
        ["Media", "", "0,33", ""],
        ["Mínimo", "", "", "5"],
        ["Máximo", "", "", "5"],
    ]


def test_a_column_with_totals_has_numbers_and_a_mark_that_means_one_thing(project: Path) -> None:
    text = 'titulo: T\ncolumnas: [{titulo: A}, {titulo: B, total: suma}]\nfilas: [[a, "1.200"], [b, tres], [c, —]]\n'
    assert told(project, text) == [("total-sin-numero", 3, 14), ("total-sin-numero", 3, 27)]
    assert told(project, text.replace("total:", "alineacion: decimal, total:").replace("tres", "3")) == []


MERGED = """\
titulo: T
columnas: [{titulo: A}, {titulo: B}, {titulo: C}]
filas:
  - [{celda: alta, filas: 2}, uno, {celda: media, alineacion: centro}]
  - [dos, tres]
  - [{celda: ancha, columnas: 2}, cuatro]
"""


def test_cells_are_laid_out_around_those_that_reach_over_them(project: Path) -> None:
    table, scope = read_table(project, MERGED)
    rows, cut = lay_out(table.rows, len(table.columns))
    columns = [[(slot.column, slot.cell and slot.cell.value) for slot in row.slots] for row in rows]
    assert columns == [
        [(0, "alta"), (1, "uno"), (2, "media")],
        [(0, None), (1, "dos"), (2, "tres")],
        [(0, "ancha"), (2, "cuatro")],
    ]
    assert cut == ()
    body = bare(write_grid(grid_of_table("t", table, scope), SPANISH.palabras).body)
    assert re.search(r"\\smash\{\\parbox\[t\]\{[\d.]+bp\}\{\\celda\\RaggedRight.*alta\}\}", body)
    assert re.search(r"\\multicolumn\{2\}\{@\{\}>.*p\{[\d.]+bp\}\}\{ancha\}&\ncuatro", body)
    assert re.search(r"\\multicolumn\{1\}\{>\{\\celda\\Centering.*\{media\}\\\\", body)


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ("[[{celda: a, filas: 3}, b, c], [d, e]]", [("celda-cortada", 1, 23)]),
        ("[[{celda: a, filas: 2}, b, c], {grupo: G}, [d, e, f]]", [("celda-cortada", 1, 23)]),
        ("[[a, {celda: b, filas: 2}, c], [{celda: d, columnas: 2}]]", [("celda-cortada", 1, 54)]),
        ("[[{celda: a, columnas: 4}]]", [("fila-desigual", 1, 23)]),
        ("[[{celda: a, filas: 2}, b, c], [d, e, f]]", [("fila-desigual", 1, 45)]),
        ("[[{celda: a, columnas: 0}, b, c]]", [("valor-no-admitido", 1, 36)]),
        ("[[{celda: a, ancho: 2}, b, c]]", [("clave-desconocida", 1, 26)]),
    ],
)
def test_a_cell_that_reaches_where_it_cannot_is_told(
    project: Path, rows: str, found: list[tuple[str, int, int]]
) -> None:
    text = f"{{filas: {rows}, titulo: T, columnas: [{{titulo: A}}, {{titulo: B}}, {{titulo: C}}]}}\n"
    assert [(code, line) for code, line, _ in told(project, text)] == [(code, line) for code, line, _ in found]


def test_a_reaching_cell_that_needs_more_lines_than_its_rows_gets_them(project: Path) -> None:
    grid = grid_of(project, MERGED.replace("{titulo: A}", "{titulo: A, ancho: 1}").replace("alta", "palabra " * 12))
    assert [grid.lacking_lines(number) > 0 for number in range(3)] == [False, True, False]
    assert r"\rule[-" in write_grid(grid, SPANISH.palabras).body
    assert not any(map(grid_of(project, MERGED).lacking_lines, range(3)))


def test_columns_have_headings_in_two_rows(project: Path) -> None:
    grid = grid_of(
        project,
        """\
titulo: T
columnas: [{titulo: N}, {grupo: Par, columnas: [{titulo: A}, {titulo: B}]}, {titulo: Z}]
filas: [["1", "2", "3", "4"]]
""",
    )
    assert [(bare(title), count) for title, count in grid.groups] == [("", 1), ("Par", 2), ("", 1)]
    body = write_grid(grid, SPANISH.palabras).body
    assert r"\cmidrule(lr){2-3}" in body
    assert [fact.heads for fact in find_stated(body, Cell) if fact.heads] == ["column"] * 5 + ["row"]


def test_a_table_may_have_any_number_of_columns(project: Path) -> None:
    columns = ", ".join(f"{{titulo: C{number}}}" for number in range(24))
    grid = grid_of(project, f"titulo: T\ncolumnas: [{columns}]\nfilas: [[{', '.join(map(str, range(24)))}]]\n")
    assert len(grid.column_widths) == 24
    assert not grid.is_narrow


def test_what_a_cell_prints_is_measured() -> None:
    assert measure("") == ()
    assert measure(r"\textbf{a}") == measure("a", bold=True)
    assert [line.whole for line in measure(r"aaa\newline{}bb")] == [1500, 1112]
    assert measure(r"á\,a")[0].widths == (500 + 167 + 500,)
    assert measure(r"\href{https://example.org/largo}{a}")[0].whole == 500
    assert len(measure("uno dos-tres")[0].widths) == 3
    assert measure(r"aa \texttt{b-c}")[0].widths == (1000, 3 * 525)


def test_the_widest_word_is_told_with_what_is_tied_to_it_without_and_cut() -> None:
    (line,) = measure("aaaa~aa-a a")
    assert list(line.least) == [2000 + 333 + 1000 + 333 + 500, 2000, 2000]
    (endless,) = measure(r"\corte{}".join("a" * 40))
    assert list(endless.least) == [500, 500, 500]


@pytest.mark.parametrize(("room", "lines"), [(4200, 1), (4100, 2), (1900, 3), (900, 6)])
def test_what_is_tied_is_parted_only_where_it_does_not_fit(room: float, lines: int) -> None:
    assert measure("aaaa~aa-a")[0].count_lines(room) == lines


def words(text: str) -> Content:
    return Content(0, 1, measure(text), 10)


def test_a_table_that_fits_is_as_wide_as_its_contents() -> None:
    found = solve_widths([[words("aaaa"), Content(1, 1, measure("aa"), 10)]], 2, 400, 8)
    assert found == (20 + MARGIN, 10 + MARGIN)


def test_a_wide_heading_is_shared_by_the_columns_that_it_heads() -> None:
    found = solve_widths(
        [[Content(0, 2, measure("a" * 20), 10)], [words("a"), Content(1, 1, measure("a"), 10)]], 2, 400, 8
    )
    assert found == ((100 + MARGIN - 8) / 2,) * 2


@given(
    st.lists(st.lists(st.text("ab ", max_size=60), min_size=4, max_size=4), min_size=1, max_size=5),
    st.floats(120, 500),
)
@settings(max_examples=60)
def test_no_choice_is_worse_than_equal_widths(rows: list[list[str]], room: float) -> None:
    made = [[Content(at, 1, measure(cell), 10) for at, cell in enumerate(row)] for row in rows]
    found = solve_widths(made, 4, room, 8)
    assert sum(found) <= room - 3 * 8 + 1e-6
    if all(cell.widest <= width + 1e-6 for row in made for cell, width in zip(row, found, strict=True)):
        floor = [max(row[at].widest for row in made) for at in range(4)]
        equal = (room - 24) / 4
        if all(least <= equal for least in floor):
            assert height(made, list(found)) <= height(made, [equal] * 4) * 1.25 + 1
    else:
        assert sum(max(row[at].widest for row in made) for at in range(4)) > room - 24


def height(rows: list[list[Content]], widths: list[float]) -> int:
    return sum(max(1, *(cell.count_lines(widths[cell.column]) for cell in row)) for row in rows)


def test_room_goes_where_it_saves_lines() -> None:
    rows = [[Content(0, 1, measure("corto"), 10), Content(1, 1, measure("palabra " * 40), 10)]]
    found = solve_widths(rows, 2, 300, 8)
    assert found[1] > 260


def test_words_are_cut_where_that_makes_a_table_much_lower() -> None:
    names = words("-".join(["a" * 9] * 2))
    few, many = ([[names, Content(1, 1, measure("palabra " * count), 10)]] for count in (1, 40))
    assert solve_widths(few, 2, 145, 8)[0] > 94, "whole: cut, it would take two lines"
    assert solve_widths(many, 2, 145, 8)[0] < 60, "cut: the other column would take twice the lines"


def test_a_column_at_its_longest_word_does_not_count_as_one_with_lines_more() -> None:
    rows = [
        [words("i" * letters), Content(1, 1, measure("palabra " * most), 10), Content(2, 1, measure("voz " * more), 10)]
        for letters, most, more in ((9, 5, 7), (5, 3, 1))
    ]
    assert height(rows, list(solve_widths(rows, 3, 220, 8))) == 3


def test_where_the_longest_words_do_not_fit_the_short_ones_do() -> None:
    rows = [
        [Content(0, 1, measure("a"), 10), Content(1, 1, measure("a" * 90), 10), Content(2, 1, measure("a" * 99), 10)]
    ]
    found = solve_widths(rows, 3, 316, 8)
    assert found[0] == 5 + MARGIN
    assert found[1] == found[2] == (300 - found[0]) / 2


CSV = "t (s);x;nota;año\n0;1,50;sí;2019\n0,5;12,25;;2020\n"


def test_a_table_from_a_csv_has_its_columns_and_rows_in_their_places(project: Path) -> None:
    (project / "paper/datos/m.csv").write_text(CSV, encoding="utf-8")
    table, scope = read_table(project, "titulo: T\ncsv: m.csv\n")
    assert [(column.title.value, column.alignment) for column in table.columns] == [
        ("t (s)", "decimal"), ("x", "decimal"), ("nota", "izquierda"), ("año", "decimal"),
    ]  # fmt: skip
    place = table.rows[1].cells[1].span()
    assert (place.path, place.line, place.column) == ("paper/datos/m.csv", 3, 5)
    assert cells(grid_of_table("t", table, scope)) == [
        [r"0\hphantom{,5}", "1,50", "sí", "2019"],
        ["0,5", "12,25", "", "2020"],
    ]


CHOSEN = """\
titulo: T
csv: m.csv
columnas:
  - {titulo: Año, columna: año, alineacion: izquierda}
  - {grupo: G, columnas: [{titulo: $x$, columna: x, decimales: 1, total: suma}, {titulo: nota}]}
"""


def test_columns_of_a_csv_are_chosen_titled_and_totalled(project: Path) -> None:
    (project / "paper/datos/m.csv").write_text(CSV, encoding="utf-8")
    grid = grid_of(project, CHOSEN)
    assert cells(grid) == [["2019", "1,5", "sí"], ["2020", "12,3", ""], ["Total", "13,8", ""]]
    assert [column.alignment for column in grid.columns] == ["izquierda", "decimal", "izquierda"]


@pytest.mark.parametrize(
    ("table", "csv", "found"),
    [
        (CHOSEN.replace("columna: x", "columna: z"), CSV, ("columna-desconocida", "paper/tablas/t.yaml", 5)),
        (CHOSEN.replace("nota}", "Notas}"), CSV, ("columna-desconocida", "paper/tablas/t.yaml", 5)),
        (CHOSEN.replace("m.csv", "n.csv"), CSV, ("archivo-ilegible", "paper/tablas/t.yaml", 2)),
        (CHOSEN + "filas: [[a, b, c]]\n", CSV, ("clave-sobrante", "paper/tablas/t.yaml", 1)),
        ("titulo: T\nfilas: [[a]]\n", CSV, ("falta-clave", "paper/tablas/t.yaml", 1)),
        ("titulo: T\ncolumnas: [{titulo: A}]\n", CSV, ("falta-clave", "paper/tablas/t.yaml", 1)),
        ("titulo: T\ncsv: m.csv\n", CSV + "1;2\n", ("csv-mal-escrito", "paper/datos/m.csv", 4)),
        ("titulo: T\ncsv: m.csv\n", CSV + "1;2;{figura:z};3\n", ("referencia-desconocida", "paper/datos/m.csv", 4)),
        ("titulo: T\ncsv: m.csv\n", CSV + "1;2;a;3\n" * 5000, ("valor-no-admitido", "paper/tablas/t.yaml", 2)),
        (CHOSEN, CSV.replace("12,25", "unos 12"), ("total-sin-numero", "paper/datos/m.csv", 3)),
    ],
)
def test_what_is_wrong_with_a_table_from_a_csv_is_told_once_where_it_is(
    project: Path, table: str, csv: str, found: tuple[str, str, int]
) -> None:
    (project / "paper/tablas/t.yaml").write_text(table, encoding="utf-8")
    (project / "paper/datos/m.csv").write_text(csv, encoding="utf-8")
    problems = [one for one in examine_report(Workspace(project)).problems if one.code != "valor-sin-usar"]
    assert [(one.code, one.place.path, one.place.line) for one in problems] == [found]


def test_the_note_of_a_narrow_table_is_as_wide_as_it_and_wide_enough_to_read(project: Path) -> None:
    narrow = grid_of(project, 'titulo: T\nnota: N\ncolumnas: [{titulo: A}]\nfilas: [["1"]]\n')
    assert write_grid(narrow, SPANISH.palabras).note_width == f"{narrow.room / 2:.2f}bp"
    middling = grid_of(project, f'titulo: T\nnota: N\ncolumnas: [{{titulo: {"a" * 60}}}]\nfilas: [["1"]]\n')
    assert write_grid(middling, SPANISH.palabras).note_width == f"{middling.span_width:.2f}bp"
    wide = grid_of(project, 'titulo: T\nnota: N\ncolumnas: [{titulo: A, ancho: 1}]\nfilas: [["1"]]\n')
    assert write_grid(wide, SPANISH.palabras).note_width == r"\linewidth"


def test_a_number_that_is_printed_with_a_comma_may_be_typed_with_a_point(project: Path) -> None:
    text = 'titulo: T\ncolumnas: [{titulo: A}, {titulo: B}]\nfilas: [[a, "1.5 %"], [b, "2,25 %"], [c, "3.5 kg"]]\n'
    assert {code for code, *_ in told(project, text)} == {"punto-decimal", "marca-decimal-mezclada"}
    aligned = text.replace("titulo: B", "titulo: B, alineacion: decimal")
    assert told(project, aligned) == [("punto-decimal", 3, 43)]


NOTED = """\
titulo: T
columnas: [{titulo: "A[^c]"}, {titulo: B, alineacion: decimal, total: suma}]
filas:
  - ["uno[^b]", "12.5[^a]"]
  - [dos, "3,25"]
  - {para: {n: [1]}, celdas: ["tres[^a]", "{= n}[^b]"]}
nota: General.
notas: {a: "Medido *a ojo*.", b: Dicho por otros., c: Sin unidades.}
"""


def test_the_notes_of_a_table_are_lettered_in_the_order_in_which_they_are_called(project: Path) -> None:
    assert told(project, NOTED) == []
    grid = grid_of(project, NOTED)
    assert bare(grid.columns[0].title) == r"A\textsuperscript{a}"
    assert cells(grid) == [
        [r"uno\textsuperscript{b}", r"12,5\rlap{\textsuperscript{c}}\hphantom{5}"],
        ["dos", "3,25"],
        [r"tres\textsuperscript{c}", r"1\rlap{\textsuperscript{b}}\hphantom{,25}"],
        ["Total", "16,75"],
    ]
    assert bare(grid.note) == (
        r"General. \textsuperscript{a}\,Sin unidades. \textsuperscript{b}\,Dicho por otros. "
        r"\textsuperscript{c}\,Medido \emph{a ojo}."
    )


def test_a_note_that_nobody_calls_and_a_call_of_none_are_told(project: Path) -> None:
    found = told(project, NOTED.replace("12.5[^a]", "12.5[^z]").replace("tres[^a]", "tres"))
    assert found == [("nota-fuera-de-lugar", 4, 22), ("nota-sin-llamada", 8, 13)]


CODED = """\
titulo: T
columnas: [{titulo: A}, {titulo: B}]
filas:
  - - Ciclo
    - |
      Así:
      ```python
      for x in y:
          z(x)
      ```
"""


def test_a_cell_may_hold_code_that_keeps_its_lines(project: Path) -> None:
    assert told(project, CODED) == []
    grid = grid_of(project, CODED)
    lines = cells(grid)[0][1].split(r"\newline{}")
    assert len(lines) == 3
    assert lines[2].startswith(r"\texttt{\mbox{}\ \ \ \ z")
    assert len(measure(grid.rows[0].cells[1])) == 3


def test_a_sign_that_is_a_command_has_a_width() -> None:
    """A heading «Agua (m³)» is as wide as «Agua (m)» and its sign, so that its column holds it on one line."""
    bare, signed = (measure(f"\\textbf{{(m{sign})}}")[0].whole for sign in ("", "\\glifo{00B3}{\\textthreesuperior{}}"))
    assert signed > bare + 300
