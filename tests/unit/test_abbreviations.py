"""The list of abbreviations: those that texts use, and those that none does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from facts_report import render
from laws import lay_case, write_files
from small_report import SECTION, examine

from imprenta.model.facts import Heading

if TYPE_CHECKING:
    from pathlib import Path


def lay(folder: Path, told: str, text: str) -> Path:
    lay_case("", folder)
    main = (folder / "paper/informe.yaml").read_text(encoding="utf-8") + f"abreviaturas: {told}\n"
    section = f"titulo: Prueba\ncontenido:\n  - texto: {text} [@ruiz2020].\n"
    return write_files(folder, {"paper/informe.yaml": main, SECTION: section})


def test_the_list_holds_those_that_are_used_in_order(tmp_path: Path) -> None:
    folder = lay(tmp_path, "{OMS: La *salud*, ARN: El ácido, CPU: El OMS}", "El OMS, el ARN y las CPUs")
    assert examine(folder) == []
    made = render(folder)
    rows = [row for row in made.source.splitlines() if row.startswith(r"\item[{")]
    assert rows == [r"\item[{ARN}] El ácido", r"\item[{CPU}] El OMS", r"\item[{OMS}] La \emph{salud}"]
    assert Heading(1, numbered=False) in {found.fact for found in made.facts(Heading)}
    assert r"\addsec{Abreviaturas}" in made.source


def test_one_that_nobody_uses_is_told_and_not_listed(tmp_path: Path) -> None:
    folder = lay(tmp_path, "{OMS: La salud, ARN: El OMS}", "Los OMSX, ROMS y arn")
    assert [code for code, _, _ in examine(folder) if code != "palabra-desconocida"] == ["abreviatura-sin-usar"] * 2
    assert "Abreviaturas" not in render(folder).source


def test_a_report_without_abbreviations_has_no_list(tmp_path: Path) -> None:
    assert "Abreviaturas" not in render(lay_case("", tmp_path)).source
