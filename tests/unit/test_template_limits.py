"""Templates that would never end, or fill the memory: told at their line, as any other mistake in one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from imprenta.model.source_map import unmark
from imprenta.render.environment import TemplateFailure, Templates
from imprenta.render.sandbox import MOST_ROUNDS
from imprenta.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path


def fill(folder: Path, body: str, **values: object) -> str:
    (folder / "templates").mkdir(exist_ok=True)
    (folder / "templates/prueba.tex.j2").write_text(f"% primera\n{body}\n", encoding="utf-8")
    return unmark(Templates(Workspace(folder)).render("prueba", **values))[0]


NESTED = r"\BLOQUE{ for a in range(99999) }\BLOQUE{ for b in range(99999) }x\BLOQUE{ endfor }\BLOQUE{ endfor }"
ENDLESS = r"\BLOQUE{ for a in range(99999) }\BLOQUE{ for b in letras }\BLOQUE{ endfor }\BLOQUE{ endfor }"


@pytest.mark.timeout(120)
@pytest.mark.parametrize(
    ("body", "words"),
    [
        (NESTED, "vueltas"),
        (ENDLESS, "vueltas"),
        (r'\VALOR{ "a" * 10000000000 }', "repite un texto"),
        (r"\VALOR{ 10000000000 * [1] }", "repite un texto"),
        (r"\VALOR{ 9 ** (9 ** 9) }", "potencia"),
        (r"\VALOR{ range(10 ** 10) | list | length }", "OverflowError"),
    ],
)
def test_a_template_that_goes_on_for_ever_is_told_at_its_line(body: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(TemplateFailure) as caught:
        fill(tmp_path, body, letras="abcdefghij" * 100)
    problem = caught.value.problem
    assert (problem.code, problem.place.path, problem.place.line) == (
        "plantilla-fallida", "templates/prueba.tex.j2", 2
    )  # fmt: skip
    assert words in problem.message


def test_what_ends_is_as_ever(tmp_path: Path) -> None:
    one = r"\VALOR{ loop.index }\VALOR{ a }/\VALOR{ loop.length } "
    loop = rf"\BLOQUE{{ for a in letras }}{one}\BLOQUE{{ else }}nada\BLOQUE{{ endfor }}"
    assert "1x/2 2y/2 " in fill(tmp_path, loop, letras=["x", "y"])
    assert "1x/2 2y/2 " in fill(tmp_path, loop, letras=iter("xy"))
    assert "nada" in fill(tmp_path, loop, letras=[])
    assert "1024 ababab 6" in fill(tmp_path, r"\VALOR{ 2 ** 10 } \VALOR{ 'ab' * 3 } \VALOR{ 2 * 3 }")
    some = r"\BLOQUE{ for a, b in pares if a } \VALOR{ loop.index0 } \VALOR{ b }\BLOQUE{ endfor }"
    assert "0 3" in fill(tmp_path, some, pares=[(0, 1), (2, 3)])


def test_each_template_has_rounds_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates/prueba.tex.j2").write_text(r"\BLOQUE{ for a in muchas }\BLOQUE{ endfor }fin")
    templates = Templates(Workspace(tmp_path))
    for _ in range(3):
        assert templates.render("prueba", muchas=range(MOST_ROUNDS // 2)).endswith("fin")
