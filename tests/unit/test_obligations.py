"""What an answer states has a source, a waiver has a reason and an object, and data are neither idle nor stale."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from imprenta.pipeline.examine import examine_report
from imprenta.problems import Problem, Severity
from imprenta.workspace import Workspace

BIB = "@online{fuente, title={T}, author={Ruiz, Ana}, date={2020}, url={https://example.org}, urldate={2024-01-01}}\n"
REPORT = "titulo: T\nautores: [{nombre: Ana}]\nfecha: 2024-05\nsecciones: [uno]\n"


def examine(folder: Path, **files: str) -> list[Problem]:
    """Check a project made of these files; `uno` is the one section, `informe` adds to the report."""
    paths = {
        "uno": "paper/secciones/uno.yaml",
        "tabla": "paper/tablas/tabla.yaml",
        "datos": "paper/datos/datos.yaml",
        "grafo": "figures/grafo.yaml",
    }
    written = {"references.bib": BIB, "paper/informe.yaml": REPORT + textwrap.dedent(files.pop("informe", ""))}
    written |= {paths[name]: textwrap.dedent(text) for name, text in files.items()}
    for path, text in written.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return list(examine_report(Workspace(folder)).problems)


def told(problems: list[Problem]) -> list[tuple[str, int]]:
    return [(problem.code, problem.place.line) for problem in problems]


def section(text: str, *, key: str = "respuesta", more: str = "") -> str:
    """Return a section with one text, given line by line at line 4, and other blocks."""
    lines = textwrap.indent(textwrap.dedent(text).strip("\n"), "      ")
    return f"titulo: Uno\n{key}:\n  - texto: |\n{lines}\n{textwrap.indent(textwrap.dedent(more), '  ')}"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Cita [@fuente].", []),
        ("Cita [@fuente].\n\nNo cita.", [6]),
        ("No cita.\n\nCita @fuente.", [4]),
        ("Una nota[^n].\n\n[^n]: que cita [@fuente]", []),
        ("Una nota[^n] [@fuente].\n\n[^n]: que no cita", []),
        ("Cita [@fuente]:\n\n- uno [@fuente]\n- dos", [7]),
        ("Introduce:\n\n- uno [@fuente]\n- dos [@fuente]", []),
        ("Introduce:\n\n- uno:\n  - dentro [@fuente]\n- dos [@fuente]", []),
        ("Introduce:\n\n- uno:\n- dos [@fuente]", [6]),
        ("*Introduce*:\n\n> palabras de otro [@fuente]", []),
        ("Dos puntos:\n\nsin lista [@fuente].", [4]),
        ("Nada sigue [@fuente].\n\nTermina en:", [6]),
        ("> palabras de otro\n\nCita [@fuente].", [4]),
        ("$$x = 1$$\n\nCita [@fuente].", []),
        ("```\ncódigo\n```\n\nCita [@fuente].", []),
        ("De dos\nlíneas.\n\nCita [@fuente].", [4]),
    ],
)
def test_a_paragraph_of_an_answer_cites(text: str, lines: list[int], tmp_path: Path) -> None:
    problems = examine(tmp_path, uno=section(text))
    assert told(problems) == [("parrafo-sin-cita", line) for line in lines]
    assert all(problem.severity is Severity.ERROR for problem in problems)


def test_a_computed_number_or_a_mention_is_no_citation(tmp_path: Path) -> None:
    datos = "titulo: D\nvalores:\n  a: {concepto: A, valor: 1, citas: [fuente]}\n"
    more = "- tabla: {valores: datos}\n"
    text = "La {tabla:valores-datos} da {= datos.a}.\n\nEs {= datos.a} {fuentes: datos.a}."
    assert told(examine(tmp_path, uno=section(text, more=more), datos=datos)) == [("parrafo-sin-cita", 4)]


def test_an_introduction_may_stand_before_a_table(tmp_path: Path) -> None:
    datos = "titulo: D\nvalores:\n  a: {concepto: A, valor: 1, citas: [fuente]}\n"
    text = "En la {tabla:valores-datos}:"
    assert examine(tmp_path, uno=section(text, more="- tabla: {valores: datos}\n"), datos=datos) == []


def test_free_content_need_not_cite(tmp_path: Path) -> None:
    assert examine(tmp_path, uno=section("No cita.\n\nCita [@fuente].", key="contenido")) == []


def test_a_text_that_cannot_be_read_owes_nothing_yet(tmp_path: Path) -> None:
    codes = [code for code, _ in told(examine(tmp_path, uno=section("Cita [@fuente].\n\n# Título\n\nNo cita.")))]
    assert codes == ["titulo-en-texto"]


@pytest.mark.parametrize(
    ("reason", "text", "code"),
    [
        ("Es una cuenta propia", "No cita.", None),
        ('""', "No cita.", "dispensa-sin-motivo"),
        ("n/a", "No cita.", "dispensa-sin-motivo"),
        ("Es una cuenta propia", "Cita [@fuente].", "dispensa-sin-objeto"),
    ],
)
def test_a_waiver_of_a_text(reason: str, text: str, code: str | None, tmp_path: Path) -> None:
    other = "- texto: Cita [@fuente].\n"
    found = told(examine(tmp_path, uno=section(text, more=f"  sin_fuente: {reason}\n{other}")))
    assert found == ([(code, 5)] if code else [])


def test_outside_an_answer_a_waiver_has_no_object(tmp_path: Path) -> None:
    uno = section("No cita.", key="contenido", more="  sin_fuente: Es una cuenta propia\n- texto: Cita [@fuente].\n")
    assert told(examine(tmp_path, uno=uno)) == [("dispensa-sin-objeto", 5)]


TABLE = section("La {tabla:tabla} [@fuente].", more="- tabla: tabla\n")


def table(*rows: str, head: str = "") -> str:
    """Return a table of three columns whose first row stands on line 4, or after the lines of `head`."""
    columns = "columnas: [{titulo: C}, {titulo: A}, {titulo: B}]"
    return "\n".join([*head.splitlines(), "titulo: T", columns, "filas:", *(f"  - {row}" for row in rows)]) + "\n"


@pytest.mark.parametrize(
    ("row", "missing"),
    [
        ('[x, "Cita [@fuente]", "Cita [@fuente]"]', 0),
        ('[x, "Cita [@fuente]", Afirma]', 1),
        ('[x, "Cita [@fuente]", Sí]', 1),
        ('[x, "Cita [@fuente]", 5000]', 1),
        ('[x, "Cita [@fuente]", —]', 0),
        ('[x, "Cita [@fuente]", No aplica]', 0),
        ('[x, "Cita [@fuente]", ""]', 0),
        ('[x, "Cita [@fuente]", "{= 1 + 1} USD al mes"]', 0),
        ('[x, "Cita [@fuente]", "{= 1 + 1} USD, según dijo un usuario"]', 1),
        ('[x, "Cita [@fuente]", "Véase la {tabla:tabla}"]', 0),
        ('[x, Afirma, "[@fuente]"]', 0),
        ('[x, Afirma, Afirma]', 2),
        ('{para: {n: [1, 2]}, celdas: ["{= n}", "{= n + 1}", "Cita [@fuente]"]}', 0),
        ('{para: {n: [1, 2]}, celdas: ["{= n}", "{= n + 1}", "Afirma otra cosa"]}', 1),
    ],
)  # fmt: skip
def test_a_cell_has_a_source(row: str, missing: int, tmp_path: Path) -> None:
    other = '[y, "Cita [@fuente]", "Cita [@fuente]"]'
    problems = examine(tmp_path, uno=TABLE, tabla=table(other, row))
    assert told(problems) == [("celda-sin-fuente", 5)] * missing
    assert all(problem.severity is Severity.WARNING for problem in problems)


def test_a_table_without_any_source_is_told_once(tmp_path: Path) -> None:
    problems = examine(tmp_path, uno=TABLE, tabla=table("[x, a, b]", "[y, c, d]"))
    assert told(problems) == [("celda-sin-fuente", 1)]
    assert "ninguna de las 4 celdas" in problems[0].message


def test_the_sources_of_a_table_serve_its_cells(tmp_path: Path) -> None:
    assert examine(tmp_path, uno=TABLE, tabla=table("[x, a, b]", head="citas: [fuente]")) == []


def test_a_table_outside_answers_owes_nothing(tmp_path: Path) -> None:
    assert examine(tmp_path, uno=TABLE.replace("respuesta", "contenido"), tabla=table("[x, a, b]")) == []


@pytest.mark.parametrize(
    ("waiver", "row", "found"),
    [
        ("Medida propia", "[x, a, b]", []),
        ("{x: Medida propia}", "[x, a, b]", []),
        ("{X: Medida propia}", "[x, a, b]", []),
        ("{Grupo / x: Medida propia}", "[x, a, b]", []),
        ('""', "[x, a, b]", [("dispensa-sin-motivo", 1)]),
        ("{x: no}", "[x, a, b]", [("dispensa-sin-motivo", 1)]),
        ("{z: Medida propia}", "[x, a, b]", [("dispensa-sin-objeto", 1)] + [("celda-sin-fuente", 6)] * 2),
        ("Medida propia", '[x, "a [@fuente]", "b [@fuente]"]', [("dispensa-sin-objeto", 1)]),
        ("{x: Medida propia}", '[x, "a [@fuente]", "b [@fuente]"]', [("dispensa-sin-objeto", 1)]),
    ],
)
def test_a_waiver_of_a_table(waiver: str, row: str, found: list[tuple[str, int]], tmp_path: Path) -> None:
    tabla = table("grupo: Grupo", row, head=f"sin_fuente: {waiver}")
    assert told(examine(tmp_path, uno=TABLE, tabla=tabla)) == found


GRAPH = section("La {figura:grafo} [@fuente].", more="- figura: grafo\n")


def graph(edge: str, nodes: str = "") -> str:
    return (
        f"pie: G\nnodos:\n  a: {{titulo: A}}\n  b: {{titulo: B}}\n{nodes}"
        f"aristas:\n  - {{de: a, a: b, descripcion: D{edge}}}\n"
    )


@pytest.mark.parametrize(
    ("edge", "code"),
    [
        (", citas: [fuente]", None),
        ("", "arista-sin-fuente"),
        (", sin_fuente: Supuesto propio", None),
        (', sin_fuente: ""', "dispensa-sin-motivo"),
        (", sin_fuente: Supuesto propio, citas: [fuente]", "dispensa-sin-objeto"),
    ],
)
def test_an_edge_has_a_source(edge: str, code: str | None, tmp_path: Path) -> None:
    assert told(examine(tmp_path, uno=GRAPH, grafo=graph(edge))) == ([(code, 6)] if code else [])


def test_a_graph_that_is_only_tabulated_owes_sources_too(tmp_path: Path) -> None:
    uno = section("La {tabla:comunicaciones-grafo} [@fuente].", more="- tabla: {comunicaciones: grafo}\n")
    codes = {problem.code for problem in examine(tmp_path, uno=uno, grafo=graph(""))}
    assert "arista-sin-fuente" in codes


def test_a_node_without_edges(tmp_path: Path) -> None:
    grafo = graph(", citas: [fuente]", nodes="  c: {titulo: C}\n")
    assert told(examine(tmp_path, uno=GRAPH, grafo=grafo)) == [("nodo-aislado", 5)]


DATA = section("{= datos.a} [@fuente].")


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("valor: 1, citas: [fuente]", None),
        ("valor: 1, supuesto: hipótesis de trabajo", None),
        ('valor: 1, supuesto: ""', "dispensa-sin-motivo"),
        ("formula: 1 + 1, supuesto: hipótesis de trabajo", "dispensa-sin-objeto"),
    ],
)
def test_an_assumption_gives_its_reason(value: str, code: str | None, tmp_path: Path) -> None:
    datos = f"titulo: D\nvalores:\n  a: {{concepto: A, {value}}}\n"
    assert told(examine(tmp_path, uno=DATA, datos=datos)) == ([(code, 3)] if code else [])


@pytest.mark.parametrize(
    ("uno", "used"),
    [
        (section("{= datos.b} [@fuente]."), True),
        (section("{= 2 * b} [@fuente]."), None),
        (section("$x = {= datos.b}$ [@fuente]."), True),
        (section("Cita {fuentes: datos.b} [@fuente]."), True),
        (section("La {tabla:valores-datos} [@fuente].", more="- tabla: {valores: datos}\n"), True),
        (section("Cita [@fuente]."), False),
    ],
)
def test_a_value_is_used(uno: str, used: bool | None, tmp_path: Path) -> None:
    datos = "titulo: D\nvalores:\n  b: {concepto: B, valor: 1, citas: [fuente]}\n"
    codes = [problem.code for problem in examine(tmp_path, uno=uno, datos=datos)]
    assert ("valor-sin-usar" in codes) is (used is False)
    assert used is None or codes == ([] if used else ["valor-sin-usar"])


def test_a_value_that_a_formula_uses_is_used(tmp_path: Path) -> None:
    datos = "titulo: D\nvalores:\n  b: {concepto: B, valor: 1, citas: [fuente]}\n  a: {concepto: A, formula: b + 1}\n"
    assert examine(tmp_path, uno=DATA, datos=datos) == []


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("De 1.000,5 a 2.000,7 [@fuente].", []),
        ("De 1,000.5 a 2,000.7 [@fuente].", []),
        ("De 1.000,5 a 2,000.7 [@fuente].", [20]),
        ("De 1.000,5 a `2,000.7` [@fuente].", []),
        ("La 1.14 y un 3,5 % [@fuente].", []),
        ("De 1.000,5 a 1.2.3.4 [@fuente].", []),
    ],
)
def test_decimal_marks_of_a_text(text: str, columns: list[int], tmp_path: Path) -> None:
    problems = examine(tmp_path, uno=section(text))
    assert [(problem.code, problem.place.column) for problem in problems] == [
        ("marca-decimal-mezclada", column) for column in columns
    ]


@pytest.mark.parametrize(
    ("second", "mixed"),
    [("2,5", False), ("2.5", True), ("2.500", False), ("2.5 USD", True), ("versión 2.5 beta", False)],
)
def test_decimal_marks_of_a_column(second: str, mixed: bool, tmp_path: Path) -> None:
    tabla = table('[x, "1,5", a]', f'[y, "{second}", b]', head="citas: [fuente]")
    assert told(examine(tmp_path, uno=TABLE, tabla=tabla)) == ([("marca-decimal-mezclada", 6)] if mixed else [])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Falta TODO esto [@fuente].", True),
        ("Falta todo esto [@fuente].", False),
        ("El comentario `TODO` queda [@fuente].", False),
        ("Vale XXX dólares [@fuente].", True),
        ("Lorem ipsum dolor [@fuente].", True),
        ("Aún [completar] [@fuente].", True),
        ("El [pendiente](https://example.org) baja [@fuente].", False),
        ("¿Qué??? [@fuente].", True),
        ("La pendiente baja… [@fuente].", False),
    ],
)
def test_a_provisional_text(text: str, found: bool, tmp_path: Path) -> None:
    assert told(examine(tmp_path, uno=section(text))) == ([("texto-provisional", 4)] if found else [])


def test_a_cell_that_is_only_an_ellipsis_is_provisional(tmp_path: Path) -> None:
    tabla = table("[x, …, b]", head="citas: [fuente]")
    assert told(examine(tmp_path, uno=TABLE, tabla=tabla)) == [("texto-provisional", 5)]


LIMIT = "comprobacion: {vigencia_meses: 12}\n"


@pytest.mark.parametrize(
    ("phrase", "old"),
    [
        ("A fecha de 2023-05 vale [@fuente].", False),
        ("A fecha de 2023-04 vale [@fuente].", True),
        ("A fecha de 2022 vale [@fuente].", True),
        ("A fecha de 2023 vale [@fuente].", False),
        ("A fecha de abril de 2023 vale [@fuente].", True),
        ("A fecha de 3 de mayo de 2023 vale [@fuente].", False),
        ("A fecha de setiembre de 2020 vale [@fuente].", True),
        ("En 2001 valía [@fuente].", False),
    ],
)
def test_a_date_in_prose_is_not_stale(phrase: str, old: bool, tmp_path: Path) -> None:
    assert told(examine(tmp_path, uno=section(phrase), informe=LIMIT)) == ([("dato-anticuado", 4)] if old else [])
    assert examine(tmp_path, uno=section(phrase)) == []


@pytest.mark.parametrize(("date", "old"), [("2023-05", False), ("2023-04-30", True), ("", True)])
def test_a_current_value_is_not_stale(date: str, old: bool, tmp_path: Path) -> None:
    value = f"valor: 1, citas: [fuente], actual: sí{f', fecha: {date}' if date else ''}"
    datos = f"titulo: D\nvalores:\n  a: {{concepto: A, {value}}}\n"
    assert told(examine(tmp_path, uno=DATA, datos=datos, informe=LIMIT)) == ([("dato-anticuado", 3)] if old else [])
    assert examine(tmp_path, uno=DATA, datos=datos.replace("actual: sí", "actual: no"), informe=LIMIT) == []


def weigh(folder: Path, setting: str, text: str = "Cita [@fuente].\n\nNo cita, falta TODO.") -> list[tuple[str, str]]:
    informe = f"comprobacion: {{gravedad: {{{setting}}}}}\n"
    return [(problem.code, problem.severity.value) for problem in examine(folder, uno=section(text), informe=informe)]


def test_the_author_weighs_the_problems(tmp_path: Path) -> None:
    both = {("parrafo-sin-cita", "error"), ("texto-provisional", "aviso")}
    assert set(weigh(tmp_path, "")) == both
    assert weigh(tmp_path, "parrafo-sin-cita: nada, texto-provisional: nada") == []
    assert set(weigh(tmp_path, "parrafo-sin-cita: aviso, texto-provisional: error")) == {
        ("parrafo-sin-cita", "aviso"),
        ("texto-provisional", "error"),
    }


def test_what_is_broken_stays_an_error(tmp_path: Path) -> None:
    found = weigh(tmp_path, "cita-desconocida: nada", "Cita [@fuente] y [@otra].")
    assert set(found) == {("gravedad-fija", "aviso"), ("cita-desconocida", "error")}


def test_a_weight_of_an_unknown_code(tmp_path: Path) -> None:
    assert weigh(tmp_path, "celda-sin-fuentes: error", "Cita [@fuente].") == [("codigo-desconocido", "error")]
    assert weigh(tmp_path, "celda-sin-fuente: grave", "Cita [@fuente].")[0] == ("valor-no-admitido", "error")
