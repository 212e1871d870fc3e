"""Which files of the paper have anything to do with values."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from imprenta.cache import Cache
from imprenta.load import load_paper
from imprenta.pipeline.dependence import KIND, depend_on_values
from imprenta.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path

SECTION = "paper/secciones/uno.yaml"
FILES = {
    "paper/informe.yaml": "titulo: Prueba\nautores:\n  - {nombre: Ana Ruiz}\nfecha: 2024-05\nsecciones: [uno]\n",
    "paper/datos/d.yaml": "titulo: D\nvalores:\n  a: {concepto: A, valor: 3, supuesto: Porque sí}\n",
}


@pytest.mark.parametrize(
    ("words", "depends"),
    [
        ("Nada que calcular, {llaves} aparte", ""),
        ("Son {= d.a}", "valores"),
        ("Son $x = {= d.a}$", "valores"),
        ("Según {fuentes: d.a}", "valores"),
        ("Con `{= d.a}` de código", ""),
    ],
)
def test_a_section_depends_on_values_if_it_mentions_one(words: str, depends: str, tmp_path: Path) -> None:
    section = f"titulo: Uno\ncontenido:\n  - texto: |\n      {words}\n"
    for name, text in {**FILES, SECTION: section}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    workspace, cache = Workspace(tmp_path), Cache()
    with workspace.alone(lambda: None):
        paper, _ = load_paper(workspace, cache)
        assert paper is not None
        found = depend_on_values(workspace, cache, [SECTION], paper.sections["uno"], "valores")
    assert found == depends
    assert cache.made[KIND] == [SECTION]
