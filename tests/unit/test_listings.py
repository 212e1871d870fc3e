"""Code in blocks and files: its LaTeX, its numbers, and what is wrong with it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from small_report import body, document, examine, lay_section

from imprenta.markup import find_lexer
from imprenta.markup.code import write_lines
from imprenta.markup.escape import escape_code
from imprenta.model.facts import Kind, Numbered

if TYPE_CHECKING:
    from pathlib import Path

FILE = "uno\ndos();\n\nint tres = 3;\n"
BLOCKS = """
  - codigo: |
      if x:
          y = "é"  # nota
    lenguaje: python
    id: escrito
  - archivo: a.c
    lineas: 2-4
    titulo: De un archivo
    numeros: sí
  - archivo: a.c
  - texto: El {codigo:escrito} [@ruiz2020].
"""


def rows_of(folder: Path) -> list[str]:
    return [row for row in body(folder).splitlines() if row and not row.startswith(r"\checkpoint")]


def test_code_is_set_line_by_line_with_its_words_told_apart(tmp_path: Path) -> None:
    folder = lay_section(tmp_path, BLOCKS, {"paper/codigo/a.c": FILE})
    assert examine(folder) == []
    assert rows_of(folder)[2:-1] == [
        r"\titulocodigo{Código}{}{\label{codigo:escrito}}",
        r"\begin{bloquecodigo}",
        r"\lineacodigo{\codigoclave{if}\ x:}\nobreak",
        r"\lineacodigo{\ \ \ \ y\ =\ \codigocadena{\textquotedbl{}é\textquotedbl{}}\ \ \codigocomentario{\#\ nota}}",
        r"\end{bloquecodigo}",
        r"\titulocodigo{Código}{De un archivo}{}",
        r"\begin{bloquecodigo}",
        r"\numeroscodigo",
        r"\lineanumerada{2}{dos();}\nobreak",
        r"\lineanumerada{3}{}\nobreak",
        r"\lineanumerada{4}{\codigoclave{int}\ tres\ =\ 3;}",
        r"\end{bloquecodigo}",
        r"\begin{bloquecodigo}",
        r"\lineacodigo{uno}\nobreak",
        r"\lineacodigo{dos();}",
        r"\lineacodigo{}\nobreak",
        r"\lineacodigo{\codigoclave{int}\ tres\ =\ 3;}",
        r"\end{bloquecodigo}",
    ]


def test_its_facts_are_stated(tmp_path: Path) -> None:
    made = document(lay_section(tmp_path, BLOCKS, {"paper/codigo/a.c": FILE}))
    assert [found.fact for found in made.facts(Numbered)] == [
        Numbered("codigo", "codigo:escrito"),
        Numbered("codigo"),
    ]
    assert [found.fact for found in made.facts(Kind)].count(Kind("code")) == 2 + 3 + 4


def test_a_fenced_block_with_a_language_is_told_apart_too(tmp_path: Path) -> None:
    folder = lay_section(tmp_path, "  - texto: |\n      ```python\n      if a == 'a':\n      ```\n")
    assert r"\lineacodigo{\codigoclave{if}\ a\ ==\ \codigocadena{'a'}:}" in body(folder).replace(
        r"\textquotesingle{}", "'"
    )


PLACES = {
    "  - archivo: b.c\n": [("archivo-ilegible", 4, 14)],
    "  - archivo: ../b.c\n": [("archivo-ilegible", 4, 14)],
    "  - archivo: /etc/passwd\n": [("archivo-ilegible", 4, 14)],
    "  - archivo: ' '\n": [("archivo-ilegible", 4, 15)],
    "  - archivo: a.c\n    lineas: 3-9\n": [("valor-no-admitido", 5, 13)],
    "  - archivo: a.c\n    lineas: 9-3\n": [("tipo-equivocado", 5, 13)],
    "  - archivo: a.c\n    lineas: las dos\n": [("tipo-equivocado", 5, 13)],
    "  - codigo: x\n    lenguaje: pyton\n": [("lenguaje-desconocido", 5, 15)],
    "  - codigo: x = '漢'\n": [("caracter-sin-glifo", 4, 18)],
    "  - archivo: chino.c\n": [("caracter-sin-glifo", 2, 1)],
    "  - codigo: x\n    id: equis\n": [("sin-mencionar", 5, 9)],
    "  - texto: El {codigo:nada} [@ruiz2020].\n": [("referencia-desconocida", 4, 15)],
    "  - codigo: TODO zzxxyy 1.000,5 {figura:nada} [@nadie]\n": [],
}


@pytest.mark.parametrize(("content", "found"), PLACES.items())
def test_what_is_wrong_is_told_at_its_place(content: str, found: list[tuple[str, int, int]], tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"paper/codigo/a.c": FILE, "paper/codigo/chino.c": "a\n漢\n"}
    assert examine(lay_section(tmp_path, content, files)) == found


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    folder = lay_section(tmp_path, "  - archivo: a.c\n", {"paper/codigo/a.c": b"a\xff\n"})
    assert [code for code, _, _ in examine(folder)] == ["no-utf8"]


def test_another_file_gives_another_section(tmp_path: Path) -> None:
    folder = lay_section(tmp_path, BLOCKS, {"paper/codigo/a.c": FILE})
    first = rows_of(folder)
    (folder / "paper/codigo/a.c").write_text(FILE.replace("tres", "cuatro"))
    assert [row for row in rows_of(folder) if row not in first] == [
        r"\lineanumerada{4}{\codigoclave{int}\ cuatro\ =\ 3;}",
        r"\lineacodigo{\codigoclave{int}\ cuatro\ =\ 3;}",
    ]


@example(["<é\u0301"])
@given(st.lists(st.text(st.sampled_from("a ñ\té\u0301{}\\#/*\"'-._<漢"), max_size=40), min_size=1, max_size=4))
def test_no_character_is_lost_by_telling_words_apart(lines: list[str]) -> None:
    code = "\n".join(lines)
    plain = [escape_code(line) for line in lines]
    for language in ("c", "python", "html"):
        assert find_lexer(language) is not None
        styled = write_lines(code, language)
        assert len(styled) == len(plain)
        for row, bare in zip(styled, plain, strict=True):
            without = re.sub(r"\\codigo(?:clave|cadena|comentario)", "", row)
            signs = [re.sub(r"[{}]", "", tex) for tex in (without, bare)]
            assert signs[0] == signs[1]
