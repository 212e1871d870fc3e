"""A heading of the fourth level stands on a line of its own, whatever follows it."""

from __future__ import annotations

from pathlib import Path

import pytest
from laws import build, lay_case, write_files
from reading import read_words

pytestmark = pytest.mark.tex

SECTION = """\
titulo: Uno
contenido:
  - apartado: Dos
    contenido:
      - apartado: Tres
        contenido:
          - apartado: Cuarto
            contenido:
              - codigo: primera
          - apartado: Quinto
            contenido:
              - texto: segunda [@ruiz2020].
          - apartado: Sexto
            contenido:
              - ecuacion: x = 1
"""


def test_what_follows_a_heading_of_the_fourth_level_stands_below_it(tmp_path: Path) -> None:
    folder = write_files(lay_case("", tmp_path), {"paper/secciones/prueba.yaml": SECTION})
    assert build(folder, "--strict").status == 0
    words = {word.text: word for word in read_words(folder / "build/informe.pdf")}
    for heading, below in (("Cuarto", "primera"), ("Quinto", "segunda"), ("Sexto", "(1)")):
        assert words[heading].bottom <= words[below].top + 2, (heading, below)
