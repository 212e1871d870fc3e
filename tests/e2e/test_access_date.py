"""The day on which pages were read is said once for most of them, and at each of the others; it costs no format."""

from __future__ import annotations

from pathlib import Path

import pytest
from laws import build, lay_case, write_files
from reading import read_text
from same_pdf import find_differences

SECTION = "titulo: Prueba\ncontenido:\n  - texto: Se cita [@uno; @dos; @tres] y [@cuatro].\n"


def works(*days: str) -> str:
    names = ("uno", "dos", "tres", "cuatro")
    return "".join(
        f"@online{{{name}, author={{Ruiz, Ana}}, title={{Página {name}}}, url={{https://example.org/{name}}}, "
        f"urldate={{{day}}}}}\n"
        for name, day in zip(names, days, strict=True)
    )


def listed(folder: Path) -> str:
    return " ".join(read_text(folder / "build/informe.pdf").rpartition("Referencias")[2].split())


@pytest.mark.tex
@pytest.mark.timeout(300)
def test_the_commonest_day_is_said_once(tmp_path: Path) -> None:
    most, other = "2026-11-20", "2026-11-03"
    folder = lay_case("", tmp_path)
    report = (folder / "paper/informe.yaml").read_text(encoding="utf-8")
    files = {"paper/secciones/prueba.yaml": SECTION, "references.bib": works(most, most, most, most)}
    write_files(folder, files | {"paper/informe.yaml": report})
    assert build(folder).problems == ()
    assert "Las páginas web se consultaron el 20 de noviembre de 2026. [1]" in listed(folder)
    assert "consultado" not in listed(folder)
    assert "s. f." in listed(folder)
    formats = {path: path.read_bytes() for path in folder.glob("build/latex/*.fmt")}
    assert formats

    write_files(folder, {"references.bib": works(most, other, most, most)})
    assert build(folder).problems == ()
    said = listed(folder)
    assert "el 20 de noviembre de 2026, salvo las que dicen otra fecha." in said
    assert said.count("consultado el") == 1
    assert "example.org/dos (consultado el 3 de nov. de 2026)" in said
    assert {path: path.read_bytes() for path in folder.glob("build/latex/*.fmt")} == formats

    write_files(folder, {"references.bib": works(most, other, most, other)})
    assert build(folder).problems == ()
    assert "se consultaron" not in listed(folder)
    assert listed(folder).count("consultado el") == 4


@pytest.mark.tex
@pytest.mark.proof
@pytest.mark.timeout(300)
def test_the_day_is_said_the_same_in_the_plain_way(tmp_path: Path) -> None:
    days = ("2026-11-20", "2026-11-03", "2026-11-20", "2026-11-20")
    folder = write_files(
        lay_case("", tmp_path), {"paper/secciones/prueba.yaml": SECTION, "references.bib": works(*days)}
    )
    build(folder)
    quick = (folder / "build/informe.pdf").rename(tmp_path / "quick.pdf")
    build(folder, "--plain")
    assert "salvo las que dicen otra fecha" in listed(folder)
    assert find_differences(quick, folder / "build/informe.pdf") == []
