"""Bytes of a .csv become columns and rows with the place of each cell, or problems at their line."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imprenta.load.csv_source import DELIMITERS, find_delimiter, read_csv
from imprenta.model.csv_file import CsvFile
from imprenta.problems import Problem

PATH = "paper/datos/medidas.csv"


def read(text: str | bytes) -> CsvFile:
    file, problems = read_csv(PATH, text if isinstance(text, bytes) else text.encode())
    assert problems == []
    assert file is not None
    return file


def refuse(text: str | bytes) -> list[Problem]:
    file, problems = read_csv(PATH, text if isinstance(text, bytes) else text.encode())
    assert file is None
    return problems


def words(file: CsvFile) -> list[list[str]]:
    return [[cell[0] for cell in row] for row in (file.titles, *file.rows)]


@pytest.mark.parametrize(
    "text",
    ["t;v\n1,5;2\n2,5;3\n", "t,v\n1.5,2\n2.5,3\n", "t\tv\n1,5\t2\n2,5\t3\n", "t|v\n1.5|2\n2.5|3\n",
     "t;v\r\n1,5;2\r\n2,5;3\r\n", "\ufefft;v\n1,5;2\n2,5;3"],
)  # fmt: skip
def test_the_delimiter_is_noticed(text: str) -> None:
    assert [row[1] for row in words(read(text))] == ["v", "2", "3"]


def test_a_file_of_one_column_is_read_which_the_sniffer_of_python_refuses() -> None:
    text = "v\n1,5\n2,5\n3,5\n"
    with pytest.raises(csv.Error):
        csv.Sniffer().sniff(text)
    assert words(read(text)) == [["v"], ["1,5"], ["2,5"], ["3,5"]]


def test_each_cell_knows_its_place() -> None:
    file = read('día;"lo que ""se"" lee"\n\nlunes;"uno\ndos"\nmartes;3\n')
    assert [str(cell) for cell in file.cells(1)] == ["uno\ndos", "3"]
    assert [(text.span().line, text.span().column) for text in file.cells(1)] == [(3, 8), (5, 8)]
    title = file.title(1)
    assert str(title) == 'lo que "se" lee'
    assert title.span(title.value.index("lee")).column == 20
    two = file.cells(1)[0]
    assert (two.span(4).line, two.span(4).column) == (4, 1)


def test_a_column_is_found_by_its_title_whatever_its_blanks() -> None:
    file = read("tiempo  (s), v\n1,2\n")
    assert file.column_of("tiempo (s)") == 0
    assert file.column_of("v") == 1
    assert file.column_of("V") is None


def test_empty_columns_at_the_end_and_blank_rows_are_left_out() -> None:
    assert words(read("a;b;;\n1;2;;\n;;;\n3;4;;\n")) == [["a", "b"], ["1", "2"], ["3", "4"]]


@pytest.mark.parametrize(
    ("text", "line", "column", "said"),
    [
        ("a;b\n1;2\n3\n", 3, 1, "la fila tiene 1 celda y los títulos son 2"),
        ("a,b\n1,2\n1,5,2,5\n", 3, 1, "la fila tiene 4 celdas y los títulos son 2"),
        ("a;a\n1;2\n", 1, 3, "dos columnas se llaman «a»"),
        ("a;;c\n1;2;3\n", 1, 3, "la columna 2 no tiene título"),
        ('a;b\n"x"y;2\n', 2, 1, "las comillas abarcan una celda entera, y aquí empiezan o acaban en medio"),
        ("a;b\n", 1, 1, "el archivo no tiene datos: la primera fila es la de los títulos, y no hay otra"),
        ("\n", 1, 1, "el archivo está vacío"),
    ],
)
def test_what_is_wrong_is_told_at_its_line(text: str, line: int, column: int, said: str) -> None:
    (problem,) = refuse(text)
    assert (problem.code, problem.place.line, problem.place.column, problem.message) == (
        "csv-mal-escrito", line, column, said,
    )  # fmt: skip


def test_many_rows_of_another_length_are_counted() -> None:
    problems = refuse("a;b\n1;2\n" + "1\n" * 8)
    assert len(problems) == 6
    assert problems[-1].message == "y otras 3 filas tampoco tienen tantas celdas como títulos"


def test_what_is_not_utf8_is_told() -> None:
    (problem,) = refuse("año;v\n1;2\n".encode("cp1252"))
    assert (problem.code, problem.hint) == ("no-utf8", "guárdelo como UTF-8; en Excel, «CSV UTF-8»")


CELLS = st.text(st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from('",;\n|'), min_size=1, max_size=6)


@given(st.lists(st.lists(CELLS, min_size=2, max_size=2), min_size=1, max_size=6), st.sampled_from(sorted(DELIMITERS)))
def test_what_python_writes_is_read_with_every_cell_where_it_stands(rows: list[list[str]], delimiter: str) -> None:
    file = io.StringIO()
    csv.writer(file, delimiter=delimiter, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows([["t 1", "t 2"], *rows])
    text = file.getvalue()
    if find_delimiter(text) != delimiter:
        return
    lines = text.split("\n")
    found = read(text)
    kept = [row for row in rows if any(cell.strip() for cell in row)]
    assert [[cell[0] for cell in row] for row in found.rows] == kept
    for column in (0, 1):
        for cell in found.cells(column):
            for at, sign in enumerate(cell.value):
                place = cell.span(at, at + 1)
                shown = f"{lines[place.line - 1]}\n"[place.column - 1]
                assert shown == sign


@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_nothing_makes_it_raise_and_no_place_is_outside(data: bytes) -> None:
    _, problems = read_csv(PATH, data)
    lines = data.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for problem in problems:
        assert 1 <= problem.place.line <= len(lines)
