"""Each condition of a rubric is met by what meets it, and by nothing less; the rubric itself is checked."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from imprenta.check.conditions import CONDITION_TESTS
from imprenta.check.rubric import Verdict
from imprenta.check.wording import bold_passages, count_words, names_term
from imprenta.model import Text
from imprenta.model.rubric import CONDITIONS, Demand
from imprenta.pipeline.examine import Examined, examine_report
from imprenta.workspace import Workspace

FILES = {
    "references.bib": "".join(
        f"@online{{{key}, title={{T {key}}}, author={{Ruiz, Ana}}, date={{2020}}, "
        f"url={{https://example.org/{key}}}, urldate={{2024-01-01}}}}\n"
        for key in ("a", "b", "c")
    ),
    "paper/informe.yaml": """\
        titulo: T
        autores: [{nombre: Ana, apellidos: Ruiz}, {nombre: Eva, apellidos: Gil, correo: eva@example.org}]
        curso: Ríos
        fecha: 2024-05
        resumen: Cinco palabras de este resumen.
        palabras_clave: [ríos]
        secciones: [uno, dos]
        """,
    "paper/secciones/uno.yaml": """\
        titulo: Presas y diques
        enunciado: |
          Compare presas y diques. Hable del
          costo.
        respuesta:
          - texto: La {figura:presa} y la {tabla:obras} lo dicen [@a; @b].
          - figura: presa
          - tabla: obras
          - apartado: La presa
            contenido:
              - texto: "**Ventajas:** riega [@a]. **Inconvenientes:** cuesta mucho [@a]."
          - apartado: El dique
            contenido:
              - texto: "**Ventajas:** es corto [@a]."
          - apartado: Otros
            contenido:
              - apartado: La mota
                contenido:
                  - texto: "**Ventaja**, es barata; **inconveniente**, se rompe [@c]."
        """,
    "paper/secciones/dos.yaml": """\
        titulo: Conclusiones
        contenido:
          - texto: Riega más la presa que el dique.
        """,
    "paper/tablas/obras.yaml": """\
        titulo: Obras
        citas: [a]
        columnas: [{titulo: Criterio}, {titulo: La presa}, {titulo: El dique}]
        filas:
          - {grupo: Dinero}
          - [Costos, mucho, poco]
          - [Mantenimiento, igual, igual]
          - [Riesgo, —, poco]
          - [Plazo, —, —]
          - {para: {n: [1, 2]}, celdas: ["{= n}", "{= n + 1}", "{= n + 2}"]}
        """,
    "figures/presa.yaml": """\
        pie: Corte de una presa [@a]
        nodos: {agua: {titulo: Embalse}}
        """,
}


def examine(folder: Path, rubric: str = "", **changes: str) -> Examined:
    files = FILES | {path: text for path, text in changes.items() if text}
    for path in changes:
        if not changes[path]:
            del files[path]
    if rubric:
        files["paper/rubrica.yaml"] = rubric
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(textwrap.dedent(text), encoding="utf-8")
    return examine_report(Workspace(folder))


def judge(folder: Path, demand: str) -> Verdict:
    """Judge one demand, and demand that the problems say the same."""
    examined = examine(folder, f"exigencias:\n  - {{encargo: Compare presas y diques, {demand}}}\n")
    (verdict,) = examined.verdicts
    told = [problem for problem in examined.problems if problem.code == "exigencia-incumplida"]
    assert len(told) == (not verdict.met)
    assert all(problem.place == verdict.place and problem.related == verdict.related for problem in told)
    assert {problem.code for problem in examined.problems} <= {"exigencia-incumplida"}
    return verdict


def test_the_sample_is_sound_and_without_rubric_nothing_is_judged(tmp_path: Path) -> None:
    examined = examine(tmp_path)
    assert examined.problems == ()
    assert examined.verdicts == ()


@pytest.mark.parametrize(
    ("demand", "met"),
    [
        ("respuestas: 1", True),
        ("respuestas: 2", False),
        ("actividad: 1, figuras: 1", True),
        ("actividad: 1, figuras: 2", False),
        ("figuras: {maximo: 1}", True),
        ("seccion: dos, figuras: 1", False),
        ("figuras_de: [presas]", True),
        ("figuras_de: [presa, dique]", False),
        ("tablas: 1", True),
        ("tablas: 2", False),
        ("tabla: {compara: [presa, dique]}", True),
        ("tabla: {compara: [dique, presa]}", True),
        ("tabla: {compara: [presa, mota]}", False),
        ("tabla: {compara: [presa, dique, mota]}", False),
        ("tabla: {filas: 6}", True),
        ("tabla: {filas: 7}", False),
        ("tabla: {filas: {minimo: 6, maximo: 6}}", True),
        ("tabla: {columnas: 3}", True),
        ("tabla: {columnas: {maximo: 2}}", False),
        ("tabla: {diferencias: 3}", True),
        ("tabla: {diferencias: 4}", False),
        ("tabla: {aspectos: [costo, mantenimiento, dinero]}", True),
        ("tabla: {aspectos: [plazo]}", False),
        ("tabla: {aspectos: [precio | costo]}", True),
        ("tabla: {aspectos: [costo, alertas]}", False),
        ("seccion: dos, tabla: {filas: 1}", False),
        ("apartados: {cuantos: 2, cada_uno: [ventajas, inconvenientes]}", True),
        ("apartados: {cuantos: 3, cada_uno: [ventajas, inconvenientes]}", False),
        ("apartados: {cuantos: 3, cada_uno: [ventajas]}", True),
        ("apartados: {cuantos: {maximo: 2}, cada_uno: [ventajas]}", False),
        ("aspectos: [la mota, ventajas, costo]", True),
        ("actividad: 1, aspectos: [diques]", True),
        ("aspectos: [conclusiones]", True),
        ("seccion: dos, aspectos: [conclusiones]", False),
        ("seccion: dos, aspectos: [presa]", False),
        ("seccion: dos, menciona: [presa]", True),
        ("menciona: [embalse, plazo, riega más]", True),
        ("menciona: [más riega]", False),
        ("parte: resumen, palabras: 5", True),
        ("parte: resumen, palabras: {minimo: 1, maximo: 4}", False),
        ("parte: resumen, palabras: 6", False),
        ("parte: abstract, palabras: 1", False),
        ("seccion: dos, palabras: {minimo: 7, maximo: 7}", True),
        ("seccion: dos, apertura: {minimo: 7, maximo: 7}", True),
        ("seccion: dos, apertura: {maximo: 6}", False),
        ("parte: resumen, apertura: 5", True),
        ("actividad: 1, apertura: {maximo: 10}", True),
        ("actividad: 1, apertura: 11", False),
        ("referencias: 3", True),
        ("referencias: 4", False),
        ("actividad: 1, referencias: 3", True),
        ("seccion: dos, referencias: 1", False),
        ("partes: [resumen, palabras clave, conclusiones]", True),
        ("partes: [abstract]", False),
        ("partes: [keywords]", False),
        ("partes: [abstract | resumen]", True),
        ("partes: [objetivos]", False),
        ("portada: [curso, apellidos]", True),
        ("portada: [curso, correo]", False),
        ("portada: [docente]", False),
        ("actividad: 2, figuras: 1", False),
        ("seccion: tres, figuras: 1", False),
        ("figuras: 1, tablas: 2", False),
    ],
)
def test_a_condition(demand: str, met: bool, tmp_path: Path) -> None:
    assert judge(tmp_path, demand).met is met


def test_every_condition_has_its_test() -> None:
    assert set(CONDITION_TESTS) == set(CONDITIONS)
    others = {"place", "quote", "activity", "section", "part"}
    assert set(Demand.model_fields) == {*CONDITIONS, *others}


def test_an_unmet_demand_says_what_and_where(tmp_path: Path) -> None:
    verdict = judge(tmp_path, "actividad: 1, apartados: {cuantos: 3, cada_uno: [ventajas, inconvenientes]}")
    assert verdict.where == "actividad 1"
    assert verdict.text == "Compare presas y diques"
    assert verdict.detail == (
        "hay 2 apartados que tratan «ventajas», «inconvenientes» y se piden al menos 3; "
        "en «El dique» falta «inconvenientes»"
    )
    ((place, _),) = verdict.related
    assert (place.path, place.line) == ("paper/secciones/uno.yaml", 12)
    assert (verdict.place.path, verdict.place.line) == ("paper/rubrica.yaml", 2)


def test_a_table_that_lacks_something_is_shown(tmp_path: Path) -> None:
    verdict = judge(tmp_path, "tabla: {compara: [presa, mota], diferencias: 5}")
    assert verdict.detail == (
        "tabla «Obras»: se pide comparar «presa», «mota» y los encabezados son «La presa», «El dique»; "
        "hay 3 diferencias y se piden al menos 5"
    )
    assert verdict.related[0][0].path == "paper/tablas/obras.yaml"


def test_an_activity_that_is_not_there_is_unmet(tmp_path: Path) -> None:
    verdict = judge(tmp_path, "actividad: 2, figuras: 1")
    assert "responde a 1 " in verdict.detail
    assert "¿«dos»?" in judge(tmp_path, "seccion: doz, figuras: 1").detail


def test_what_could_not_be_loaded_is_not_held_against_the_author(tmp_path: Path) -> None:
    rubric = "exigencias:\n  - {encargo: X, seccion: uno, figuras: 1}\n"
    examined = examine(tmp_path, rubric, **{"figures/presa.yaml": ""})
    assert [problem.code for problem in examined.problems] == ["figura-desconocida"]
    assert [(verdict.met, verdict.certain) for verdict in examined.verdicts] == [(False, False)]


@pytest.mark.parametrize(
    ("demand", "codes"),
    [
        ("encargo: X", {"exigencia-sin-condicion"}),
        ("encargo: X, tabla: {}", {"exigencia-sin-condicion"}),
        ("encargo: X, figuras: {}", {"exigencia-sin-condicion"}),
        ("encargo: X, tabla: {filas: {minimo: 3, maximo: 2}}", {"exigencia-sin-condicion", "exigencia-incumplida"}),
        ("encargo: X, actividad: 1, seccion: uno, figuras: 1", {"clave-sobrante", "exigencia-ajena"}),
        ("encargo: Hable del costo, actividad: 1, figuras: 1", set()),
        ("encargo: Hable del precio, actividad: 1, figuras: 1", {"exigencia-ajena"}),
        ("encargo: X, figura: 1", {"clave-desconocida"}),
        ("figuras: 1", {"falta-clave"}),
        ("encargo: X, figuras: dos", {"tipo-equivocado"}),
        ("encargo: X, figuras: 0", {"valor-no-admitido"}),
        ("encargo: X, portada: [cursos]", {"valor-no-admitido"}),
        ("encargo: X, parte: portada, palabras: 3", {"valor-no-admitido"}),
        ("encargo: X, aspectos: []", {"valor-no-admitido"}),
    ],
)
def test_the_rubric_itself(demand: str, codes: set[str], tmp_path: Path) -> None:
    examined = examine(tmp_path, f"exigencias:\n  - {{{demand}}}\n")
    assert {problem.code for problem in examined.problems} == codes
    assert all(problem.place.path == "paper/rubrica.yaml" for problem in examined.problems)


@pytest.mark.parametrize(
    ("words", "term", "named"),
    [
        ("Tolerancia a fallas", "tolerancia a fallas", True),
        ("TOLERANCIA a Falla", "tolerancia a fallas", True),
        ("Obtención de métricas", "obtencion de metrica", True),
        ("Las redes", "red", True),
        ("Redacción", "red", False),
        ("Costo", "costos", True),
        ("Costoso", "costo", False),
        ("fallas a tolerancia", "tolerancia a fallas", False),
        ("Precio", "costo | precio", True),
        ("kube-proxy", "kube proxy", True),
        ("nada", " | ", False),
        ("", "nada", False),
    ],
)
def test_terms(words: str, term: str, named: bool) -> None:
    assert names_term(words, term) is named


def test_words_and_bold() -> None:
    assert count_words("Uno, dos — tres (y 4).") == 5
    assert bold_passages(Text("**Uno dos.** y __tres__ y *cuatro* y a**b y snake__case__x", "x")) == ("Uno dos.",)
    assert bold_passages(Text("`**código**` y **con `código` y *más* [@a]**", "x")) == ("con código y más",)
