"""What is typed is printed as typed, or is a mark of the guide's; what may have been meant otherwise is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from laws import build_text, check, lay_case

if TYPE_CHECKING:
    from pathlib import Path

# Every text of the case «signs», as its reader finds it.
PRINTED = r"""
    + Prueba de a_b*c_d*e y 2*3*4 ¦ de $200.000 a US$ 50 al mes ¦ Entre $5, US$ 6 y COP$ 7. Cuesta $10 (US$). ¦ no ✗,
    casillas ☐ ☑, pasos ① ②, x̄ y árbol └─ fin; C:\Users\Ana y \\servidor\datos, \d+ y \n. ¦ CO2 fin, m2 fin, 10−3 fin,
    5 µm fin, (3σ) fin, R2 =0,9 fin, a + b fin ¦ E = mc2 − 1 ¦ 1) uno ¦ 2) dos ¦ 1) Signos # de $HOME/$PATH ¦ - Clave
    ¦ > Valor ¦ # Nota ¦ - 3 ¦ a_b*c_d*e ¦ + 3 % ¦ 2*3*4, x = a*b*c ¦ 1) x ¦ __init__ y _id ¦ * nota ¦
    *.py, src/*.c, *.md ¦ > 5 ¦ C:\_temp\*.txt y \\servidor\c$ ¦ # x ¦ [0,1) y (0,1] ¦ | x ¦ US$ 100 y US$ 200 ¦ - grupo
    ¦ -- 4 ¦ s/\(a\)/b/ y ^a.*b$ ¦ ``` ¦ 5$ o 6$, ${A}-${B} ¦ = 7 ¦ (*) y (*), 0,05* ¦ * p < 0,05 ¦ - pie de 2*3*4 y
    C:\_temp ¦ - 3 ✗ ① ¦ > 5 a_b*c ¦ 1) Apartado > 5
"""


@pytest.mark.tex
def test_signs_names_money_and_paths_come_out_as_typed(tmp_path: Path) -> None:
    case = lay_case("markup/signs", tmp_path)
    assert check(case).codes() == set()
    said = "".join(build_text(case).split())
    missing = [words for line in PRINTED.split("¦") if (words := "".join(line.split())) not in said]
    assert not missing


def test_what_a_latex_user_types_is_set_or_told(tmp_path: Path) -> None:
    checked = check(lay_case("markup/dollars", tmp_path))
    told = [(problem.code, problem.message.split("»")[0].removeprefix("«")) for problem in checked.problems]
    assert not checked.errors
    assert told == [
        ("formula-dudosa", "$n$"),
        ("latex-en-texto", r"\cite{ruiz2020}"),
        ("notacion-ajena", "{pagina:a}"),
    ]


def test_letters_that_an_alphabet_lacks_are_refused_at_their_place(tmp_path: Path) -> None:
    checked = check(lay_case("markup/letters", tmp_path))
    assert [(problem.code, problem.line) for problem in checked.errors] == [("matematica-no-admitida", 3)] * 2
