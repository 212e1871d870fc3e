"""Reports of unusual size: without citations, figures or tables, of one line, of very many figures or sections."""

from __future__ import annotations

from pathlib import Path

import pytest
from laws import build, build_text, lay_case, write_files
from reading import read_info, read_text, read_words
from test_moving import tiny_picture

SECTION = "paper/secciones/prueba.yaml"
QUIET = "archivo-sin-usar: nada, entrada-sin-citar: nada, palabra-desconocida: nada, comillas-rectas: nada"
LONG = (
    "Comparación de herramientas de orquestación de contenedores en la nube pública con énfasis en la tolerancia a "
    "fallas y en los costos de operación durante los años de 2019 a 2026 en Colombia"
)
PAGES = "Hola. " * 900
FIGURE = "pie: Un río\nalternativa: Un río\nimagen: p.png\nancho: 2\n"


def passes(printed: str) -> int:
    return printed.count("pasada")


@pytest.mark.tex
@pytest.mark.parametrize("style", ["ieee", pytest.param("apa", marks=pytest.mark.proof)])
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
    assert read_text(folder / "build/informe.pdf") == said


@pytest.mark.tex
@pytest.mark.parametrize("plainly", [False, pytest.param(True, marks=pytest.mark.proof)])
def test_very_many_figures_and_sections_are_set(plainly: bool, tmp_path: Path) -> None:
    folder = lay_case("", tmp_path)
    files: dict[str, str | bytes] = {"figures/p.png": tiny_picture()}
    mentions = " ".join(f"{{figura:f{number}}} {{tabla:t{number}}}" for number in range(60))
    placed = "".join(f"  - figura: f{number}\n  - tabla: t{number}\n" for number in range(60))
    files[SECTION] = f"titulo: Prueba\ncontenido:\n  - texto: Hola {mentions}\n{placed}"
    for number in range(60):
        files[f"figures/f{number}.yaml"] = FIGURE
        files[f"paper/tablas/t{number}.yaml"] = (
            f"titulo: Tabla\ncolumnas: [{{titulo: A}}, {{titulo: B}}]\nfilas: [[uno, {number}]]\n"
        )
    for number in range(109):
        blocks = "\n".join("  - apartado: Apartado\n    contenido: [{texto: Hola.}]" for _ in range(12))
        inside = blocks if number == 108 else "  - texto: Hola."
        files[f"paper/secciones/s{number}.yaml"] = f"titulo: Una\ncontenido:\n{inside}\n"
    names = ", ".join(f"s{number}" for number in range(109))
    report = (folder / "paper/informe.yaml").read_text("utf-8")
    report = report.replace("[prueba]", f"[prueba, {names}]").replace("gravedad: {", f"gravedad: {{{QUIET}, ")
    files["paper/informe.yaml"] = report.replace(", palabra-desconocida: nada, comillas-rectas: nada", "", 1)
    write_files(folder, files)
    built = build(folder)
    assert not built.problems
    said = read_text(folder / "build/informe.pdf")
    assert "110.12 Apartado" in said
    assert "Figura 60: Un río" in said
    assert not plainly or build_text(folder, "--plain") == said


@pytest.mark.tex
def test_titles_do_not_collide_in_the_running_head(tmp_path: Path) -> None:
    folder = lay_case("", tmp_path)
    report = (folder / "paper/informe.yaml").read_text("utf-8")
    nested = f"  - apartado: {LONG}\n    contenido: [{{texto: Hola.}}]\n"
    write_files(
        folder,
        {
            "paper/informe.yaml": report.replace("titulo: Prueba", "titulo: Un informe corto").replace(
                "[prueba]", "[a, b, c]"
            ),
            "paper/secciones/a.yaml": f"titulo: {LONG}\ncontenido:\n  - texto: Hola [@ruiz2020]. {PAGES}\n{nested}",
            "paper/secciones/b.yaml": f"titulo: {LONG[:70]}\ncontenido:\n  - texto: {PAGES}\n",
            "paper/secciones/c.yaml": f"titulo: Breve\ncontenido:\n  - texto: {PAGES}\n",
        },
    )
    (folder / SECTION).unlink()
    built = build(folder)
    assert built.status == 0
    assert "linea-desbordada" not in built.codes()
    heads = {" ".join(words) for words in heads_of(folder / "build/informe.pdf")}
    assert any(head.startswith("1 Comparación") and head.endswith("…") for head in heads)
    assert f"2 {LONG[:70].strip()}" in heads  # alone: the report's title has no room beside it
    assert "3 Breve Un informe corto" in heads


def heads_of(pdf: Path) -> list[list[str]]:
    """Return the words that stand over the rule of each page."""
    words = read_words(pdf)
    pages = sorted({word.page for word in words})
    tops = {page: min(word.top for word in words if word.page == page) for page in pages}
    return [[word.text for word in words if word.page == page and word.top < tops[page] + 4] for page in pages]
