"""What does not fit a model is told once, with what would: admitted keys, the shape of the data, an id that may be."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from imprenta.load import read_yaml
from imprenta.load.validation import validate_tree
from imprenta.model import DataFile, GraphFigure, ImageFigure, Part, PlotFigure, Report, Section, Table
from imprenta.model.rubric import Rubric

MODELS: tuple[type[Part], ...] = (DataFile, GraphFigure, ImageFigure, PlotFigure, Report, Rubric, Section, Table)
REPORT = "titulo: a\nautores:{}\nfecha: 2024-05\nsecciones:{}\n{}"
SECTION = "titulo: a\ncontenido:{}\n"
TABLE = "titulo: a\ncolumnas: {}\nfilas: {}\n{}"


def told(model: type[Part], source: str) -> list[tuple[int, str, str, str]]:
    tree = read_yaml(source, "x.yaml")
    _, found = validate_tree(model, tree)
    return [(one.place.line, one.code, one.message, one.hint) for one in [*tree.problems, *found]]


@pytest.mark.parametrize(
    ("model", "source", "line", "hint"),
    [
        (Report, REPORT.format("\n  - Ana Rojas", " [b]", ""), 3, "escriba «- {nombre: Ana Rojas, apellidos: …}»"),
        (Report, REPORT.format(" Ana Rojas", " [b]", ""), 2, "escriba «- {nombre: Ana Rojas, apellidos: …}»"),
        (Report, REPORT.format(" [{nombre: b}]", " uno", ""), 4, "escriba «[uno]»"),
        (Section, SECTION.format(" hola"), 2, "escriba «- texto: hola»"),
        (Section, SECTION.format("\n  - hola"), 3, "escriba «- texto: hola»"),
        (Section, SECTION.format("\n  texto: hola"), 3, "escriba «- texto: …»"),
        (Section, "hola", 1, "escriba «titulo: hola»"),
        (Table, TABLE.format("[Criterio]", "[[b]]", ""), 2, "escriba «- titulo: Criterio»"),
        (Table, TABLE.format("[{titulo: b}]", "[c]", ""), 3, "escriba «- [c, …]»"),
        (DataFile, "titulo: a\nvalores: [1]", 2, "escriba «nombre: {concepto: …, valor: …}»"),
        (DataFile, "titulo: a\nvalores: {b: 1}", 2, "escriba «{concepto: …, valor: 1}»"),
        (GraphFigure, "pie: a\nnodos: {b: {titulo: c}}\naristas: [b]", 3, "escriba «- {de: b, a: …}»"),
    ],
)
def test_the_shape_is_shown_with_what_was_written(model: type[Part], source: str, line: int, hint: str) -> None:
    assert [(one[0], one[1], one[3]) for one in told(model, source)] == [(line, "tipo-equivocado", hint)]


@pytest.mark.parametrize(
    ("model", "source", "key", "hint"),
    [
        (Report, REPORT.format("\n  - nombre: b\n    legajo: 3", " [b]", ""), "legajo",
         "se admiten también: afiliacion, afiliaciones, apellidos, correo, identificacion, orcid"),
        (Table, TABLE.format("[{titulo: b, ancho: 2, forma: x}]", "[[c]]", ""), "forma",
         "se admiten también: alineacion, columna, decimales, total"),
        (Table, TABLE.format("[{titulo: b}]", "[[{celda: c, forma: x}]]", ""), "forma",
         "se admiten también: alineacion, columnas, filas"),
        (Table, TABLE.format("[{titulo: b}]", "[{grupo: c, forma: x}]", ""), "forma", "se admite también: etiquetas"),
        (Table, f"total: suma\n{TABLE.format('[{titulo: b}]', '[[c]]', '')}", "total",
         "va en un elemento de «columnas»"),
        (Section, f"{SECTION.format('[{texto: b}]')}figura: x\n", "figura",
         "va en un elemento de «respuesta» o de «contenido»"),
        (Section, SECTION.format("[{ecuacion: a, simbolo: b}]"), "simbolo", "va en un elemento de «donde»"),
        (Section, f"titullo: a\n{SECTION.partition(chr(10))[2].format('[{texto: b}]')}", "titullo", "¿«titulo»?"),
        (Report, REPORT.format("[{nombres: b}]", " [b]", ""), "nombres", "¿«nombre»?"),
        (DataFile, "titulo: a\nvalores: {b: {concepto: c, valor: 1.000,5}}", "5",
         "un texto o un número con comas va entre comillas; "
         "se admiten también: actual, citas, decimales, fecha, formula, nota, supuesto, unidad"),
    ],
)  # fmt: skip
def test_a_key_that_is_none_is_told_once_with_those_that_are(
    model: type[Part], source: str, key: str, hint: str
) -> None:
    found = told(model, source.replace("contenido:[", "contenido: [").replace("autores:[", "autores: ["))
    assert [one[1:] for one in found] == [("clave-desconocida", f"la clave «{key}» no existe aquí", hint)]


@pytest.mark.parametrize(("word", "near"), [("gcl_histograma", "gcl-histograma"), ("Año 2", "ano-2"), ("Río", "rio")])
def test_an_id_is_explained_and_proposed(word: str, near: str) -> None:
    ((_, code, message, hint),) = told(Section, SECTION.format(f"\n  - tabla: {word}"))
    assert (code, hint) == ("tipo-equivocado", f"¿«{near}»?")
    assert message.startswith(f"«{word}» no sirve de identificador en «tabla»: tiene ")


def test_one_cell_is_one_cell() -> None:
    from imprenta.check.tables import check_row_lengths
    from imprenta.model.paper import Paper

    report, _ = validate_tree(Report, read_yaml(REPORT.format(" [{nombre: b}]", " [c]", ""), "x.yaml"))
    table, _ = validate_tree(Table, read_yaml(TABLE.format("[{titulo: b}, {titulo: c}]", "[[d]]", ""), "x.yaml"))
    assert report is not None
    assert table is not None
    (problem,) = check_row_lengths(Paper(report, tables={"t": table}))
    assert problem.message == "la fila tiene 1 celda y la tabla 2 columnas"


KEYS = sorted(
    {field.alias or "" for model in MODELS for field in model.model_fields.values()} | {"texto", "de", "a", "x"}
)
DATA: st.SearchStrategy[Any] = st.recursive(
    st.sampled_from(["hola", "1", "1,5", "sí", "2024-05", "uno", "", "a_b", "ieee"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=5),
    max_leaves=12,
)


@given(st.sampled_from(MODELS), DATA)
def test_whatever_is_written_fits_or_is_told_at_its_place(model: type[Part], data: Any) -> None:
    source = yaml.safe_dump(data, allow_unicode=True)
    tree = read_yaml(source, "x.yaml")
    part, found = validate_tree(model, tree)
    assert part is not None or found or tree.problems
    lines = source.split("\n")
    for problem in found:
        assert 1 <= problem.place.line <= len(lines)
        assert 1 <= problem.place.column <= len(lines[problem.place.line - 1]) + 1
