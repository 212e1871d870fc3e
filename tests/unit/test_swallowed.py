"""What YAML swallows is said at its place; what an author means is not."""

from __future__ import annotations

import pytest

from imprenta.load import read_yaml
from imprenta.load.validation import validate_tree
from imprenta.model import DataFile, Report, Section, Table


def told(source: str) -> list[tuple[int, int, str]]:
    return [(one.place.line, one.place.column, one.code) for one in read_yaml(source, "x.yaml").problems]


@pytest.mark.parametrize(
    ("source", "line", "column"),
    [
        ('a: "Está en C:\\nuevo\\temas"', 1, 15),
        ('a: "$\\nu$ y $\\theta$"', 1, 6),
        ('a: "x \\times y"', 1, 7),
        ('a: "el ángulo $x \\ne y$"', 1, 18),
        ('a: "Gestor\\nlíder"', 1, 11),
        ('a: "nombre\\_archivo"', 1, 11),
        ('a:\n  - uno\n  - ["dos\n    C:\\temas"]', 4, 7),
    ],
)
def test_a_bar_between_double_quotes_is_said(source: str, line: int, column: int) -> None:
    assert told(source) == [(line, column, "barra-en-comillas")]


@pytest.mark.parametrize(
    "escape", ["\\archivos", "\\boletín", "\\v1", "\\fotos", "\\e", "\\0", "\\r1", "\\Nuevo", "\\x07", "\\u0085"]
)
def test_a_bar_that_makes_a_control_character_is_an_error(escape: str) -> None:
    assert told(f'a: "C:{escape}"') == [(1, 7, "caracter-prohibido")]


@pytest.mark.parametrize(
    "source",
    [
        "a: 'C:\\nuevo'",
        "a: C:\\nuevo",
        "a: |\n  C:\\nuevo",
        'a: "C:\\\\nuevo"',
        'a: "Primera.\\nSegunda"',
        'a: "5\\_km"',
        'a: "uno\\n\\ndos"',
        'a: "Dice \\"hola\\""',
        'a: "\\u00f1 \\x41"',
        'a: "una \\\n  sola"',
        'a: "uno\\n- dos"',
        'a: "cero\\u200bancho"',
    ],
)
def test_what_is_meant_between_quotes_is_not_said(source: str) -> None:
    assert told(source) == []


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("a: >\n  Dos puntos\n\n  - lista\n  - dos", 5),
        ("a: >-\n  Son:\n  - uno", 3),
        ("a: >\n  1. uno\n  2. dos", 3),
        ("a: Los pasos son\n  - uno\n  - dos", 2),
        ("a: '- uno\n  - dos'", 2),
        ("a: >\n  Dice:\n  > una cosa", 3),
        ("a: >\n  texto\n  ```\n  x\n  ```", 3),
        ("a: >\n  texto[^1]\n  [^1]: nota", 3),
    ],
)
def test_lines_of_a_list_that_are_joined_are_said_once(source: str, line: int) -> None:
    assert [(place, code) for place, _, code in told(source)] == [(line, "lineas-unidas")]


@pytest.mark.parametrize(
    "source",
    [
        "a: |\n  Son:\n  - uno\n  - dos",
        "a: >\n  - uno\n\n  - dos",
        "a: >\n  - uno\n    sigue\n  - dos",
        "a: >\n  el río Guaire\n  - que es largo -\n  baja",
        "a: >\n  nació en el año\n  12. Después",
        "a: >\n  uno\n  dos",
        "a: >\n    - uno\n      más\n\n    fin",
    ],
)
def test_lines_that_stay_and_prose_are_not_said(source: str) -> None:
    assert told(source) == []


SECTION = "titulo: {}\ncontenido:\n  - texto: uno\n"
REPORT = "titulo: a\nautores:\n  - nombre: Ana\nfecha: 2024-05{}\nsecciones:\n  - uno{}\nperiodo: 2019-1{}\n"


@pytest.mark.parametrize(
    ("model", "source", "place"),
    [
        (Section, SECTION.format("Lenguajes C # y F #1 de Microsoft"), (1, 21)),
        (Section, SECTION.format("C # y Java"), (1, 11)),
        (Section, SECTION.format("Anexo #1"), (1, 15)),
        (Section, "titulo: a\ncontenido:\n  - texto: Precio en # unidades [@a]\n", (3, 22)),
        (Section, "titulo: a\ncontenido:\n  - texto: Precio\n      en # unidades\n", (4, 10)),
        (Table, "titulo: a\ncolumnas: [{titulo: b}]\nfilas:\n  - - Lenguaje C # y F\n", (4, 18)),
    ],
)
def test_a_comment_that_cuts_prose_is_said(model: type[Section | Table], source: str, place: tuple[int, int]) -> None:
    _, problems = validate_tree(model, read_yaml(source, "x.yaml"))
    assert [(one.place.line, one.place.column, one.code) for one in problems] == [(*place, "comentario-en-texto")]


@pytest.mark.parametrize(
    ("model", "source"),
    [
        (Section, SECTION.format("Un título   # que lleva el comentario a dos espacios")),
        (Section, SECTION.format("'Lenguaje C # y F' # comentario")),
        (Report, REPORT.format(" # opcional", " # el primero", " # semestre")),
        (
            DataFile,
            "titulo: a\nvalores:\n  b: # nota\n    concepto: c\n    unidad: m # metros\n    formula: b * 2 # doble\n",
        ),
        (DataFile, "titulo: a\nvalores:\n  b: {concepto: c, valor: 2, # uno\n    decimales: 2 # dos\n    }\n"),
        (
            Table,
            "titulo: a\ncolumnas:\n  - titulo: b\n    ancho: 2 # relativo\nfilas:\n  - [c]\nletra: minima # no cabe\n",
        ),
    ],
)
def test_a_comment_is_a_comment(model: type[Section | Report | DataFile | Table], source: str) -> None:
    part, problems = validate_tree(model, read_yaml(source, "x.yaml"))
    assert part is not None
    assert problems == []


@pytest.mark.parametrize(
    ("source", "line", "column"),
    [
        ("a: Una línea # de prosa\n  y otra\nb: c\n", 1, 14),
        ("- [Lenguaje, C #, 5]\n- [otra, fila]\n", 1, 16),
        ("f: {a: C # y F}\nb: c\n", 1, 10),
        ("t: Hola\n  # x\n  sigue\n", 2, 3),
    ],
)
def test_a_comment_that_breaks_the_syntax_is_blamed(source: str, line: int, column: int) -> None:
    tree = read_yaml(source, "x.yaml")
    assert told(source) == [(line, column, "yaml-mal-escrito")]
    assert "comentario" in tree.problems[0].message


@pytest.mark.parametrize(("source", "line", "column"), [("a: b # x\n- c", 2, 1), ("a: [b\n  # nota\n  c]", 1, 4)])
def test_a_comment_before_an_error_of_another_kind_is_not_blamed(source: str, line: int, column: int) -> None:
    tree = read_yaml(source, "x.yaml")
    assert told(source) == [(line, column, "yaml-mal-escrito")]
    assert "comentario" not in tree.problems[0].message
