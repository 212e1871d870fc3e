"""Equations that are blocks: their LaTeX, the facts of their numbers, and what is wrong with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from small_report import body, document, examine, lay_section

from imprenta.model.facts import Numbered
from imprenta.model.referable import REFERABLE
from imprenta.typeset.checkpoints.labels import foresee_labels
from imprenta.words import LOCALES, SPANISH, Locale

if TYPE_CHECKING:
    from pathlib import Path

SYSTEM = r"""
  - ecuacion: |
      a &= b \\
      [c] &= d
    id: una
  - ecuaciones:
      - ecuacion: x &= 1
        id: equis
      - ecuacion: y &= 2
        numerada: no
      - ecuacion: z &= \frac{1}{2}
  - ecuacion: w = 3
    numerada: no
  - ecuacion: "v = 4"
    id: ve
  - texto: La {ecuacion:una}, la {Ecuacion:equis} y la {ecuacion:ve} [@ruiz2020].
"""


def test_a_block_has_one_number_and_each_line_of_several_its_own(tmp_path: Path) -> None:
    folder = lay_section(tmp_path, SYSTEM)
    assert examine(folder) == []
    rows = [row for row in body(folder).splitlines() if row and not row.startswith(r"\checkpoint")]
    assert rows[2:-1] == [
        r"\begin{ecuacion}{\label{ecuacion:una}}",
        r"\begin{aligned}a &= b \\{}[c] &= d\end{aligned}",
        r"\end{ecuacion}",
        r"\ecuaciones{%",
        r"\renglon x &= 1\label{ecuacion:equis}\\{}",
        r"\renglon y &= 2\notag\\{}",
        r"\renglon z &= \frac{1}{2}",
        "}",
        r"\formulaaparte\[ w = 3 \]",
        r"\begin{ecuacion}{\label{ecuacion:ve}}",
        "v = 4",
        r"\end{ecuacion}",
    ]
    assert rows[-1].startswith(
        r"La \hyperref[ecuacion:una]{ecuación~\ref*{ecuacion:una}}, la \hyperref[ecuacion:equis]{Ecuación~"
    )


def test_the_numbers_are_foretold_with_those_that_nobody_names(tmp_path: Path) -> None:
    made = document(lay_section(tmp_path, SYSTEM))
    assert [found.fact for found in made.facts(Numbered)] == [
        Numbered("equation", "ecuacion:una"),
        Numbered("equation", "ecuacion:equis"),
        Numbered("equation"),
        Numbered("equation", "ecuacion:ve"),
    ]
    told = [row for row in foresee_labels(made).splitlines() if "ecuacion:" in row]
    assert told == [
        rf"\newlabel{{ecuacion:{id}}}{{{{{number}}}{{}}{{}}{{equation.{number}}}{{}}}}"
        for id, number in (("una", 1), ("equis", 2), ("ve", 4))
    ]


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("  - ecuacion: a + {b\n", [("matematica-no-admitida", 4, 19)]),
        ("  - ecuacion: ' '\n", [("matematica-no-admitida", 4, 16)]),
        ("  - ecuacion: a = {= costos.nada}\n", [("valor-desconocido", 4, 22)]),
        ("  - ecuaciones: [{ecuacion: 'a \\\\ b'}]\n", [("matematica-no-admitida", 4, 32)]),
        ("  - ecuacion: a\n    id: una\n", [("sin-mencionar", 5, 9)]),
        ("  - texto: La {ecuacion:dos} [@ruiz2020].\n", [("referencia-desconocida", 4, 15)]),
        ("  - texto: La {ec:dos} [@ruiz2020].\n", [("referencia-mal-escrita", 4, 15)]),
        (
            "  - ecuacion: a\n    id: x\n  - ecuacion: b\n    id: x\n  - texto: 'La {ecuacion:x}.'\n",
            [("etiqueta-repetida", 7, 9)],
        ),
        ("  - ecuaciones: []\n", [("valor-no-admitido", 4, 17)]),
    ],
)
def test_what_is_wrong_is_told_at_its_place(content: str, found: list[tuple[str, int, int]], tmp_path: Path) -> None:
    assert examine(lay_section(tmp_path, content)) == found


def test_no_word_of_a_formula_is_looked_up_in_the_dictionary(tmp_path: Path) -> None:
    assert examine(lay_section(tmp_path, "  - ecuacion: \\text{zzxxyy TODO} = 1.000,5\n")) == []


@pytest.mark.parametrize("locale", LOCALES.values(), ids=LOCALES)
def test_every_kind_that_texts_refer_to_has_its_word(locale: Locale) -> None:
    assert all(getattr(locale.palabras, kind) for kind in REFERABLE)
    assert all(REFERABLE[kind].word == getattr(SPANISH.palabras, kind) for kind in REFERABLE)


def test_symbols_are_explained_under_their_formula(tmp_path: Path) -> None:
    explained = r"""
  - ecuacion: \rho = \frac{m}{V_{0}}
    numerada: no
    donde:
      - {simbolo: \rho, significado: "la *densidad*, en [kg/m^3]{u}"}
      - {simbolo: V_0, significado: el volumen}
  - ecuaciones: [{ecuacion: x &= 1}, {ecuacion: y &= 2}]
    donde: [{simbolo: y, significado: la altura}]
"""
    folder = lay_section(tmp_path, explained)
    assert examine(folder) == []
    rows = [row for row in body(folder).splitlines() if "item" in row or "simbolos" in row]
    assert rows[:4] == [
        r"\begin{simbolos}{donde}",
        r"\item[{$\rho$}] la \emph{densidad}, en \mbox{\textup{kg/m\textsuperscript{3}}}",
        r"\item[{$V_{0}$}] el volumen",
        r"\end{simbolos}",
    ]
    assert rows[5] == r"\item[{$y$}] la altura"


def test_a_symbol_that_is_not_in_its_formula_is_told(tmp_path: Path) -> None:
    explained = r"""
  - ecuacion: \rhoa = m \rho
    numerada: no
    donde: [{simbolo: m, significado: a}, {simbolo: m, significado: b}, {simbolo: w, significado: c},
            {simbolo: \frac, significado: d}]
"""
    folder = lay_section(tmp_path, explained.replace(r"\rhoa", "q"))
    assert [found for found in examine(folder) if found[0] != "palabra-desconocida"] == [
        ("simbolo-sin-formula", 7, 53), ("simbolo-sin-formula", 7, 83),
        ("matematica-no-admitida", 8, 23), ("simbolo-sin-formula", 8, 23),
    ]  # fmt: skip
