"""`bibliografia:` lists works that no sentence cites: all of them or some, in each style, set in parts or plainly."""

from __future__ import annotations

from pathlib import Path

import pytest
from laws import build, check, lay_case, write_files
from reading import read_text
from same_pdf import find_differences

WORKS = "".join(
    f"@book{{obra{n}, author={{Autor{n}, Ana}}, title={{Título{n}}}, year={{200{n}}}, publisher={{Editorial}}}}\n"
    for n in range(4)
)
SECTION = "titulo: Prueba\ncontenido:\n  - texto: "


def lay_report(folder: Path, keys: str, text: str, style: str = "ieee") -> Path:
    lay_case("", folder)
    path = folder / "paper/informe.yaml"
    report = path.read_text(encoding="utf-8").replace("estilo_citas: ieee", f"estilo_citas: {style}\n{keys}")
    return write_files(
        folder,
        {"paper/informe.yaml": report, "paper/secciones/prueba.yaml": f"{SECTION}{text}\n", "references.bib": WORKS},
    )


def titles(folder: Path) -> list[str]:
    """The titles of the list, in its order."""
    words = read_text(folder / "build/informe.pdf").rpartition("Referencias")[2]
    return sorted((f"Título{n}" for n in range(4) if f"Título{n}" in words), key=words.index)


@pytest.mark.tex
@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    "style",
    [
        "ieee",
        *(pytest.param(style, marks=pytest.mark.proof) for style in ("apa", "vancouver", "chicago")),
    ],
)
def test_all_works_are_listed_those_that_are_cited_first(style: str, tmp_path: Path) -> None:
    folder = lay_report(tmp_path, "bibliografia: completa", "Se cita [@obra2].", style)
    assert build(folder).problems == ()
    order = [2, 0, 1, 3] if style in ("ieee", "vancouver") else [0, 1, 2, 3]
    assert titles(folder) == [f"Título{n}" for n in order]
    kept = (folder / "build/informe.pdf").rename(tmp_path / "quick.pdf")
    assert build(folder, "--plain").problems == ()
    assert find_differences(kept, folder / "build/informe.pdf") == []


@pytest.mark.tex
@pytest.mark.timeout(300)
@pytest.mark.parametrize("style", ["ieee", pytest.param("apa", marks=pytest.mark.proof)])
def test_a_text_that_cites_nothing_has_a_list_all_the_same(style: str, tmp_path: Path) -> None:
    folder = lay_report(tmp_path, "bibliografia: completa", "Nada.", style)
    assert build(folder).problems == ()
    assert titles(folder) == [f"Título{n}" for n in range(4)]


@pytest.mark.tex
@pytest.mark.timeout(300)
def test_only_some_are_listed(tmp_path: Path) -> None:
    folder = lay_report(tmp_path, "bibliografia: [obra3, obra1]", "Nada.")
    assert build(folder).codes() == {"entrada-sin-citar"}
    assert titles(folder) == ["Título3", "Título1"]


@pytest.mark.tex
@pytest.mark.timeout(300)
@pytest.mark.parametrize("options", [(), pytest.param(("--plain",), marks=pytest.mark.proof)])
def test_nothing_cited_is_no_list_and_no_word_of_biber_s(options: tuple[str, ...], tmp_path: Path) -> None:
    folder = lay_report(tmp_path, "", "Nada.")
    assert build(folder, *options).codes() == {"entrada-sin-citar"}
    assert "Referencias" not in read_text(folder / "build/informe.pdf")


def test_a_key_that_is_none_is_told(tmp_path: Path) -> None:
    folder = lay_report(tmp_path, "bibliografia: [obra9]", "Nada.")
    assert "cita-desconocida" in check(folder).codes()
