"""Notices, theorems, proofs and algorithms: their LaTeX, their numbers, and what is wrong with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from small_report import body, document, examine, lay_section

from imprenta.model.facts import Footnote, Numbered
from imprenta.typeset.checkpoints.labels import foresee_labels

if TYPE_CHECKING:
    from pathlib import Path

STATEMENTS = r"""
  - aviso: |
      Uno[^a].

      Dos.

      [^a]: La nota.
    titulo: Con *título*
  - lema: Sin nombre.
  - teorema: Hay uno.
    titulo: Infinitud
    id: inf
    contenido:
      - ecuacion: a = b
  - demostracion: Breve.
  - demostracion: Larga.
    contenido:
      - texto: Sigue el {teorema:inf} [@ruiz2020].
"""
ALGORITHM = """
  - algoritmo: Uno
    id: uno
    entrada: $x$
    pasos:
      - $a = 1$
      - si: $b$
        pasos: [c]
        sino: [{para: cada $x$, pasos: [{devolver: d}]}]
      - repetir: [e]
        hasta: f
  - texto: El {algoritmo:uno} [@ruiz2020].
"""


def rows_of(folder: Path) -> list[str]:
    return [row for row in body(folder).splitlines() if row and not row.startswith(r"\checkpoint")]


def test_statements_are_set_under_their_words(tmp_path: Path) -> None:
    folder = lay_section(tmp_path, STATEMENTS)
    assert examine(folder) == []
    assert rows_of(folder)[2:-3] == [
        r"\begin{aviso}{tinta}",
        r"\rotuloaviso{Aviso}{Con \emph{título}}Uno\footnote{La nota.}.",
        "Dos.",
        r"\end{aviso}",
        r"\begin{teorema}{lema}{Lema}{}{}{\itshape}",
        "Sin nombre.",
        r"\end{teorema}",
        r"\begin{teorema}{teorema}{Teorema}{Infinitud}{\label{teorema:inf}}{\itshape}",
        "Hay uno.",
        r"\begin{ecuacion}{}",
        "a = b",
        r"\end{ecuacion}",
        r"\end{teorema}",
        r"\begin{teorema}{}{Demostración}{}{}{}",
        r"Breve.\demostrado",
        r"\end{teorema}",
        r"\begin{teorema}{}{Demostración}{}{}{}",
        "Larga.",
    ]


def test_their_numbers_are_foretold_and_what_is_inside_counts(tmp_path: Path) -> None:
    made = document(lay_section(tmp_path, STATEMENTS))
    assert [found.fact for found in made.facts(Numbered, Footnote)] == [
        Footnote(),
        Numbered("lema"),
        Numbered("teorema", "teorema:inf"),
        Numbered("equation"),
    ]
    assert r"\newlabel{teorema:inf}{{1}{}{}{teorema.1}{}}" in foresee_labels(made).splitlines()


def test_steps_are_numbered_and_those_inside_others_stand_further_in(tmp_path: Path) -> None:
    folder = lay_section(tmp_path, ALGORITHM)
    assert examine(folder) == []
    assert rows_of(folder)[2:-1] == [
        r"\tituloalgoritmo{Algoritmo}{Uno}{\label{algoritmo:uno}}",
        r"\datoalgoritmo{Entrada}{$x$}",
        r"\begin{pasos}",
        r"\paso{1}{0}{$a = 1$}",
        r"\paso{2}{0}{\textbf{si} $b$ \textbf{entonces}}",
        r"\paso{3}{1}{c}",
        r"\paso{4}{0}{\textbf{si no}}",
        r"\paso{5}{1}{\textbf{para} cada $x$ \textbf{hacer}}",
        r"\paso{6}{2}{\textbf{devolver} d}",
        r"\paso{7}{0}{\textbf{repetir}}",
        r"\paso{8}{1}{e}",
        r"\paso{9}{0}{\textbf{hasta que} f}",
        r"\end{pasos}",
    ]


PLACES = {
    "  - algoritmo: Uno\n    pasos: [{pasos: [a]}]\n": ["falta-clave"],
    "  - algoritmo: Uno\n    pasos: [{si: a, mientras: b}]\n": ["falta-clave"],
    "  - algoritmo: Uno\n    pasos: []\n": ["valor-no-admitido"],
    "  - algoritmo: Uno\n    pasos: [{sí: a}]\n": ["clave-desconocida", "falta-clave"],
    "  - algoritmo: Uno\n    pasos: ['La {figura:nada}']\n": ["referencia-desconocida"],
    "  - algoritmo: Uno\n    id: uno\n    pasos: [a]\n": ["sin-mencionar"],
    "  - teorema: TODO\n": ["texto-provisional"],
    "  - nota: El {lema:nada} y [@nadie].\n": ["referencia-desconocida", "cita-desconocida"],
    "  - teorema: Uno.\n    id: a\n  - teorema: Dos.\n    id: a\n": ["etiqueta-repetida"],
}


@pytest.mark.parametrize(("content", "codes"), PLACES.items())
def test_what_is_wrong_is_told(content: str, codes: list[str], tmp_path: Path) -> None:
    assert sorted(code for code, _, _ in examine(lay_section(tmp_path, content))) == sorted(codes)


def test_what_a_statement_says_in_an_answer_owes_a_source(tmp_path: Path) -> None:
    content = "  - teorema: Uno.\n  - nota: Dos.\n    sin_fuente: Es una observación propia\n"
    folder = lay_section(tmp_path, content)
    section = folder / "paper/secciones/prueba.yaml"
    section.write_text(section.read_text(encoding="utf-8").replace("contenido:", "respuesta:"), encoding="utf-8")
    assert examine(folder) == [("parrafo-sin-cita", 4, 14)]
