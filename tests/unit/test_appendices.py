"""Appendices: sections with a letter after the others; their labels, numbers and mentions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from facts_report import render
from laws import lay_case, write_files
from small_report import examine

from imprenta.model.facts import Appendices, Heading
from imprenta.pipeline.loading import load_report
from imprenta.pipeline.names import name_parts
from imprenta.typeset.checkpoints.labels import foresee_labels
from imprenta.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path

SECTIONS = {
    "prueba": "titulo: Prueba\ncontenido:\n  - texto: El {anexo:uno} y la {seccion:hondo} [@ruiz2020].\n",
    "uno": "titulo: Uno\ncontenido:\n  - apartado: Hondo\n    id: hondo\n    contenido:\n      - texto: Nada.\n",
    "dos": "titulo: Dos\ncontenido:\n  - texto: Fin.\n",
}


def lay(folder: Path, appendices: str, more: dict[str, str] | None = None) -> Path:
    """Write a report with one section and these appendices."""
    lay_case("", folder)
    main = (folder / "paper/informe.yaml").read_text(encoding="utf-8") + f"anexos: {appendices}\n"
    files = {f"paper/secciones/{name}.yaml": text for name, text in (SECTIONS | (more or {})).items()}
    return write_files(folder, {"paper/informe.yaml": main, **files})


def test_appendices_are_counted_by_letters(tmp_path: Path) -> None:
    folder = lay(tmp_path, "[uno, dos]")
    assert examine(folder) == []
    made = render(folder)
    assert made.source.count("\n\\anexos\n\\checkpoint\n\\section{Uno}\\label{anexo:uno}") == 1
    assert made.source.count(r"\section{Dos}\label{anexo:dos}") == 1
    told = [(type(found.fact), getattr(found.fact, "label", "")) for found in made.facts(Appendices, Heading)]
    assert told[:5] == [
        (Heading, "seccion:prueba"),
        (Appendices, ""),
        (Heading, "anexo:uno"),
        (Heading, "seccion:hondo"),
        (Heading, "anexo:dos"),
    ]
    assert foresee_labels(made).splitlines() == [
        r"\newlabel{seccion:prueba}{{1}{}{}{section.1}{}}",
        r"\newlabel{anexo:uno}{{A}{}{}{section.anexo.1}{}}",
        r"\newlabel{seccion:hondo}{{A.1}{}{}{subsection.anexo.1.1}{}}",
        r"\newlabel{anexo:dos}{{B}{}{}{section.anexo.2}{}}",
    ]
    parts = name_parts(load_report(Workspace(folder))).parts
    assert (parts["seccion", "prueba"], parts["anexo", "dos"], parts["seccion", "hondo"]) == ("1", "B", "A.1")


def test_a_report_without_appendices_has_nothing_of_them(tmp_path: Path) -> None:
    assert "anexo" not in render(lay_case("", tmp_path)).preamble.partition("\\makeatletter\n\\newwrite")[0]


@pytest.mark.parametrize(
    ("appendices", "more", "code"),
    [
        ("[uno]", {}, "archivo-sin-usar"),
        ("[uno, dos, dos]", {}, "seccion-repetida"),
        ("[uno, dos, prueba]", {}, "seccion-repetida"),
        ("[uno, dos, tres]", {}, "seccion-desconocida"),
        ("[uno, dos]", {"dos": "titulo: Dos\ncontenido:\n  - texto: La {seccion:uno}.\n"}, "referencia-desconocida"),
        ("[uno, dos]", {"dos": "titulo: Dos\ncontenido:\n  - texto: El {anexo:prueba}.\n"}, "referencia-desconocida"),
    ],
)
def test_what_is_wrong_is_told(appendices: str, more: dict[str, str], code: str, tmp_path: Path) -> None:
    assert [found for found, _, _ in examine(lay(tmp_path, appendices, more))] == [code]
