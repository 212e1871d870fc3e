"""Reports of unusual size: without citations, figures or tables, of one line, of very many figures or sections."""

from __future__ import annotations

from pathlib import Path

import pytest
from laws import build, build_text, lay_case, write_files
from reading import read_info
from test_moving import tiny_picture

SECTION = "paper/secciones/prueba.yaml"
FIGURE = "pie: Un río\nalternativa: Un río\nimagen: p.png\nancho: 2\n"


def passes(printed: str) -> int:
    return printed.count("pasada")


@pytest.mark.tex
@pytest.mark.parametrize("style", ["ieee", "apa"])
def test_what_is_not_there_is_not_listed(style: str, tmp_path: Path) -> None:
    folder = lay_case("", tmp_path)
    report = folder / "paper/informe.yaml"
    report.write_text(report.read_text("utf-8").replace("ieee", style), "utf-8")
    section = folder / SECTION
    bibliography = (folder / "references.bib").read_bytes()

    def say(text: str) -> str:
        section.write_text(f"titulo: Prueba\ncontenido:\n  - texto: {text}\n", "utf-8")
        return build_text(folder)

    write_files(folder, {SECTION: "titulo: Prueba\ncontenido:\n  - texto: Nada se cita.\n", "references.bib": ""})
    built = build(folder)
    assert not built.problems
    assert "biber" not in built.printed
    assert passes(built.printed) == 1
    said = say("Nada se cita aún.")
    assert not any(word in said for word in ("Referencias", "Índice de figuras", "Índice de tablas"))
    assert read_info(folder / "build/informe.pdf")["Pages"] == "3"
    # from none to one and back, each time as if it were built from nothing
    write_files(folder, {"references.bib": bibliography})
    assert "Referencias" in say("Se cita algo [@ruiz2020].")
    write_files(folder, {"figures/p.png": tiny_picture(), "figures/f.yaml": FIGURE})
    drawn = say("Se cita algo [@ruiz2020] en la {figura:f}.\n  - figura: f")
    assert "Índice de figuras 1 Un río" in drawn
    assert "Índice de tablas" not in drawn
    for path in ("figures/p.png", "figures/f.yaml"):
        (folder / path).unlink()
    assert "Índice de figuras" not in say("Se cita algo [@ruiz2020].")
    write_files(folder, {"references.bib": ""})
    assert say("Nada se cita aún.") == said
    built = build(folder, "--plain")
    assert not built.problems
    assert "biber" not in built.printed
    assert build_text(folder, "--plain") == said
