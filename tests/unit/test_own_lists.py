"""The lists of listings and of algorithms: only those that are wanted, and only if something stands in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from facts_report import render
from laws import write_files
from small_report import examine, lay_section

if TYPE_CHECKING:
    from pathlib import Path

BLOCKS = """\
  - texto: El {codigo:uno} y el {algoritmo:dos}.
  - codigo: x = 1
    titulo: Una *asignación* [@ruiz2020]
    id: uno
  - algoritmo: Búsqueda
    id: dos
    pasos: [buscar]
"""
LISTING = "\\label{codigo:uno}\\enlista{loc}{codigo}{\\texorpdfstring{Una \\emph{asignación}}{Una asignaci"


def lay(folder: Path, lists: str, blocks: str = BLOCKS) -> Path:
    lay_section(folder, blocks)
    main = (folder / "paper/informe.yaml").read_text(encoding="utf-8")
    return write_files(folder, {"paper/informe.yaml": f"{main}indices: {lists}\n"})


@pytest.mark.parametrize(
    ("lists", "wanted"),
    [
        ("[codigos]", {"loc"}),
        ("[contenido, codigos, algoritmos]", {"loc", "loa"}),
        ("[algoritmos]", {"loa"}),
        ("[contenido]", set()),
    ],
)
def test_what_is_wanted_is_listed(lists: str, wanted: set[str], tmp_path: Path) -> None:
    folder = lay(tmp_path, lists)
    assert examine(folder) == []
    source = render(folder).source
    assert ("\\listoftoc[{Índice de códigos}]{loc}" in source) == ("loc" in wanted)
    assert ("\\listoftoc[{Índice de algoritmos}]{loa}" in source) == ("loa" in wanted)
    assert (LISTING in source) == ("loc" in wanted)
    assert ("\\label{algoritmo:dos}\\enlista{loa}{algoritmo}{Búsqueda}" in source) == ("loa" in wanted)
    assert ("\\newcommand{\\enlista}" in source) == bool(wanted)


def test_a_list_with_nothing_in_it_is_not_printed(tmp_path: Path) -> None:
    folder = lay(tmp_path, "[codigos, algoritmos]", "  - codigo: x = 1\n  - codigo: y = 1\n    id: uno\n")
    source = render(folder).source
    assert "\\listoftoc" not in source
    assert "\\label{codigo:uno}}" in source
