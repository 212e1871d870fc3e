"""Chemical formulas and reactions as they are typed -> what they say, LaTeX, and what is told of what is none."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imprenta.markup import read_text, write_plain
from imprenta.markup.chemistry import NotChemistry, parse_chemistry
from imprenta.markup.mathematics import read_formula_source
from imprenta.model import Text

FORMULAS = {
    "H2O": (r"\mathrm{H}_{2}\mathrm{O}", "H₂O"),
    "SO4^2-": (r"\mathrm{SO}_{4}^{2-}", "SO₄²⁻"),
    "NH4+": (r"\mathrm{NH}_{4}^{+}", "NH₄⁺"),
    "Fe^{3+} (aq)": (r"\mathrm{Fe}^{3+}\,(\mathrm{aq})", "Fe³⁺ (aq)"),
    "[Ag(NH3)2]+": (r"[\mathrm{Ag}(\mathrm{NH}_{3})_{2}]^{+}", "[Ag(NH₃)₂]⁺"),
    "^{14}_6C": (r"{}^{14}_{6}\mathrm{C}", "¹⁴₆C"),
    "CuSO4*5H2O": (r"\mathrm{CuSO}_{4}\cdot 5\,\mathrm{H}_{2}\mathrm{O}", "CuSO₄·5H₂O"),
    "CH2=CH2": (r"\mathrm{CH}_{2}{=}\mathrm{CH}_{2}", "CH₂=CH₂"),
    "HC#CH": (r"\mathrm{HC}{\equiv}\mathrm{CH}", "HC≡CH"),
    "CH3-CH3": (r"\mathrm{CH}_{3}{-}\mathrm{CH}_{3}", "CH₃-CH₃"),
    "OH^.": (r"\mathrm{OH}^{\bullet}", "OH•"),
    "NO_x": (r"\mathrm{NO}_{x}", "NOx"),
    "H₂SO₄": (r"\mathrm{H}_{2}\mathrm{SO}_{4}", "H₂SO₄"),
    "CO3²⁻": (r"\mathrm{CO}_{3}^{2-}", "CO₃²⁻"),
}
REACTIONS = {
    "2H2 + O2 -> 2 H2O": (
        r"2\,\mathrm{H}_{2}{}+{}\mathrm{O}_{2}\longrightarrow 2\,\mathrm{H}_{2}\mathrm{O}",
        "2H₂ + O₂ → 2 H₂O",
    ),
    "1/2 O2 + H+ + e- <=> HO": (
        r"\tfrac{1}{2}\,\mathrm{O}_{2}{}+{}\mathrm{H}^{+}{}+{}\mathrm{e}^{-}\rightleftharpoons \mathrm{HO}",
        "1/2 O₂ + H⁺ + e⁻ ⇌ HO",
    ),
    "A ->[calor][H2SO4] B": (
        r"\mathrm{A}\xrightarrow[{\mathrm{H}_{2}\mathrm{SO}_{4}}]{\;\text{calor}\;} \mathrm{B}",
        "A → B",
    ),
    "A <=>[k1] B": (r"\mathrm{A}\mathrel{\overset{\text{k1}}{\rightleftharpoons}} \mathrm{B}", "A ⇌ B"),
    "AgCl v + CO2 ^": (r"\mathrm{AgCl}\,\downarrow {}+{}\mathrm{CO}_{2}\,\uparrow ", "AgCl ↓ + CO₂ ↑"),
}


@pytest.mark.parametrize("source", [*FORMULAS, *REACTIONS])
def test_chemistry_is_set_as_it_is_read(source: str) -> None:
    tex, words = (FORMULAS | REACTIONS)[source]
    chemistry = parse_chemistry(source)
    assert chemistry.tex == tex
    assert chemistry.words == words
    assert write_plain(Text(f"Es [{source}]{{q}}.", "x")) == f"Es {words}."


@pytest.mark.parametrize(
    ("source", "at"),
    [("", 0), ("H2O;", 3), ("(OH", 2), ("OH)2", 2), ("H2_3", 3), ("O^2-^3", 5), ("A ->[$x$] B", 5), ("\\Delta", 0)],
)
def test_what_is_none_is_found_where_it_stands(source: str, at: int) -> None:
    with pytest.raises(NotChemistry) as caught:
        parse_chemistry(source)
    assert caught.value.at == at


def test_in_a_text_it_is_told_and_printed_as_typed() -> None:
    (problem,) = read_text(Text("Es [H2O;]{q}.", "x")).problems
    assert (problem.code, problem.place.column, problem.place.end_column) == ("quimica-mal-escrita", 8, 9)
    assert write_plain(Text("Es [H2O;]{q}.", "x")) == "Es H2O;."


def test_in_a_formula_it_is_a_command() -> None:
    formula = read_formula_source(r"[\ce{H3O+}] = 10^{-7}", display=False)
    assert formula.tex == r"[\mathrm{H}_{3}\mathrm{O}^{+}] = 10^{-7}"
    (fault,) = read_formula_source(r"x + \ce{H2O;}", display=False).faults
    assert (fault.start, fault.end) == (11, 12)
    (told,) = read_text(Text(r"El $\ce{SO4^{2-}}$ y \ce{H2O}.", "x")).problems
    assert "[H2O]{q}" in told.hint
    assert write_plain(Text(r"El $\ce{SO4^{2-}}$ y $c_{\ce{H2O}}$.", "x")).startswith("El SO₄²⁻ y ")


@pytest.mark.parametrize("formula", [r"\ce{H2O;}", r"\ce{}", r"\raro"])
def test_a_formula_of_which_nothing_is_left_is_told_once(formula: str) -> None:
    assert len(read_text(Text(f"Va ${formula}$.", "a.yaml")).problems) == 1


@given(st.text(st.sampled_from("HOCaq2^_+-=#<>()[]{}.*/, v₂²⁻→"), max_size=20))
def test_nothing_typed_makes_a_tex_that_fails(source: str) -> None:
    read_text(Text(f"Va [{source}]{{q}} aquí.", "x"))
    try:
        tex = parse_chemistry(source).tex
    except NotChemistry:
        return
    assert tex.count("{") == tex.count("}")
    assert not re.search(r"([_^])\{[^{}]*\}\1", tex)
