"""Lists that are blocks, boxes of items, comments inside texts, and mentions of pages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from small_report import body, document, examine, lay_section

from imprenta.markup import read_text, write_plain
from imprenta.model import Text
from imprenta.model.facts import Numbered, ReadsMore
from imprenta.model.lists import letter, roman
from imprenta.typeset.checkpoints.labels import foresee_labels

if TYPE_CHECKING:
    from pathlib import Path

LISTS = """
  - lista:
      - punto: Uno
      - punto: Dos
        id: dos
    desde: 26
  - lista: [{punto: Tres, hecho: sí}, {punto: Cuatro}]
    marca: casilla
  - lista: [{punto: Cinco, id: cinco}]
    marca: romano
    desde: 4
  - terminos: [{termino: "[Seis]", texto: Siete}]
  - texto: El {punto:dos}, el {Punto:cinco} y la {pagina:punto:dos} [@ruiz2020].
"""


def rows_of(folder: Path) -> list[str]:
    return [row for row in body(folder).splitlines() if row and not row.startswith(r"\checkpoint")]


def test_items_have_the_marks_that_their_list_gives_them(tmp_path: Path) -> None:
    folder = lay_section(tmp_path, LISTS)
    assert examine(folder) == []
    rows = [re.sub(r"\[\\glifo\{(\w+)\}.*\]", r"[\1]", row) for row in rows_of(folder)[2:-1]]
    assert rows == [
        r"\begin{puntos}",
        r"\item[z)]Uno",
        r"\item[aa)]\nombrapunto{aa}\label{punto:dos}Dos",
        r"\end{puntos}",
        r"\begin{puntos}",
        r"\item[2611]Tres",
        r"\item[2610]Cuatro",
        r"\end{puntos}",
        r"\begin{puntos}",
        r"\item[iv)]\nombrapunto{iv}\label{punto:cinco}Cinco",
        r"\end{puntos}",
        r"\begin{description}",
        r"\item[{{}[Seis]}] Siete",
        r"\end{description}",
    ]


def test_the_marks_of_named_items_are_foretold_and_a_page_is_more_than_a_number(tmp_path: Path) -> None:
    made = document(lay_section(tmp_path, LISTS))
    assert [found.fact for found in made.facts(Numbered)] == [
        Numbered("punto", "punto:dos", "aa"),
        Numbered("punto", "punto:cinco", "iv"),
    ]
    told = foresee_labels(made).splitlines()
    assert r"\newlabel{punto:dos}{{aa}{}{}{punto.1}{}}" in told
    assert r"\newlabel{punto:cinco}{{iv}{}{}{punto.2}{}}" in told
    assert len([*made.facts(ReadsMore)]) == 1
    assert r"\hyperref[punto:dos]{página~\pageref*{punto:dos}}" in made.source


def test_letters_and_roman_numbers() -> None:
    assert [letter(number) for number in (1, 26, 27, 702, 703)] == ["a", "z", "aa", "zz", "aaa"]
    assert [roman(number) for number in (1, 4, 9, 14, 40, 999)] == ["i", "iv", "ix", "xiv", "xl", "cmxcix"]


PLACES = {
    "  - lista: []\n": ["valor-no-admitido"],
    "  - lista: [{punto: a}]\n    marca: letras\n": ["valor-no-admitido"],
    "  - lista: [{punto: a}]\n    desde: 0\n": ["valor-no-admitido"],
    "  - lista: [{punto: a, id: x}, {punto: b, id: x}]\n": ["etiqueta-repetida", "sin-mencionar"],
    "  - texto: El {punto:nada} y la {pagina:tabla:nada}.\n": ["referencia-desconocida", "referencia-desconocida"],
    "  - texto: La {pagina:nada}.\n": ["notacion-ajena"],
}


@pytest.mark.parametrize(("content", "codes"), PLACES.items())
def test_what_is_wrong_is_told(content: str, codes: list[str], tmp_path: Path) -> None:
    assert sorted(code for code, _, _ in examine(lay_section(tmp_path, content))) == codes


def test_boxes_stand_for_the_marks_of_items(tmp_path: Path) -> None:
    rows = rows_of(lay_section(tmp_path, "  - texto: |\n      - [x] *Uno*\n      - [ ] Dos\n      - [y] Tres\n"))
    assert [row.rpartition("]")[2] for row in rows if row.startswith(r"\item")] == [" \\emph{Uno}", " Dos", " Tres"]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("Uno <!-- nada --> dos", "Uno dos"),
        ("Uno <!-- nada\nde nada --> dos", "Uno dos"),
        ("Uno\n\n<!-- TODO\n\n- nada\n-->\n\ndos", "Uno dos"),
        ("- Uno\n  <!-- nada -->\n- dos", "Uno dos"),
        ("Uno `<!-- código -->` dos", "Uno <!-- código --> dos"),
    ],
)
def test_a_comment_is_left_out(value: str, words: str) -> None:
    parsed = read_text(Text(value, "x"))
    assert [problem.code for problem in parsed.problems] == []
    assert write_plain(Text(value, "x")) == words if "\n" not in value else True
    said = [child.content for token in parsed.tokens for child in token.children or () if child.content]
    assert " ".join("".join(f"{part} " for part in said).split()) == words


def test_a_comment_owes_no_source_and_is_not_checked(tmp_path: Path) -> None:
    folder = lay_section(
        tmp_path, "  - texto: |\n      Bien. <!-- TODO zzxxyy 1.000,5 y 1,000.5 -->\n\n      <!-- {figura:nada} -->\n"
    )
    assert examine(folder) == []


def test_a_comment_without_an_end_is_told(tmp_path: Path) -> None:
    assert examine(lay_section(tmp_path, "  - texto: |\n      Uno <!-- dos\n")) == [("html-en-texto", 5, 11)]
