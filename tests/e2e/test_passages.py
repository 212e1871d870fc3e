"""Passages in another language: hyphenated as such, and not spelt as the author's own."""

from __future__ import annotations

from pathlib import Path

import pytest
from laws import build, check, lay_case, write_files
from reading import read_text

SECTION = """\
titulo: Prueba de [weather forecast]{en}
contenido:
  - texto: |
      El caudal [ruiz2020](https://example.org) bajó y [entirely *active* functionality]{lang=en} termnó [@ruiz2020].
  - texto: |
      The functionality was entirely active, termnó.

      Thoroughly.
    lengua: en
"""


def lay_report(folder: Path) -> Path:
    lay_case("", folder)
    path = folder / "paper/informe.yaml"
    report = path.read_text(encoding="utf-8").replace("palabra-desconocida: nada, ", "")
    return write_files(folder, {"paper/informe.yaml": report, "paper/secciones/prueba.yaml": SECTION})


def test_only_the_author_s_language_is_spelt(tmp_path: Path) -> None:
    told = [problem for problem in check(lay_report(tmp_path)).problems if problem.code == "palabra-desconocida"]
    assert [(problem.line, problem.message[:8]) for problem in told if "termn" in problem.message] == [(4, "«termnó»")]
    assert not any(word in str(told) for word in ("weather", "entirely", "active", "functionality", "Thoroughly"))


@pytest.mark.tex
@pytest.mark.timeout(300)
def test_passages_are_set_in_their_language(tmp_path: Path) -> None:
    folder = lay_report(tmp_path)
    assert build(folder).errors == ()
    tex = (folder / "build/latex/informe.tex").read_text(encoding="utf-8")
    assert r"\foreignlanguage{english}{entirely \emph{active} functionality}" in tex
    assert tex.count(r"\begin{otherlanguage*}{english}") == 1
    words = read_text(folder / "build/informe.pdf")
    assert "Prueba de weather forecast" in words
    assert "{en}" not in words
    assert "bajó y entirely active functionality" in words
