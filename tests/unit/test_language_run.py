"""The language checks inside a run: nothing is told twice, and a machine without a dictionary is told so."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from imprenta import cli
from imprenta.language import dictionary
from imprenta.language.check import NO_DICTIONARY
from imprenta.pipeline.examine import examine_report
from imprenta.workspace import Workspace

ROOT = Path(__file__).resolve().parents[2]
BASE = ROOT / "tests/problems/_base"


def codes(folder: Path) -> list[str]:
    return [problem.code for problem in examine_report(Workspace(folder)).problems]


def put(folder: Path, text: str) -> None:
    shutil.copytree(BASE, folder, dirs_exist_ok=True)
    section = f"titulo: El caudal\ncontenido:\n  - texto: |\n      {text} [@ruiz2020].\n"
    (folder / "paper/secciones/caudal.yaml").write_text(section, encoding="utf-8")


def test_a_number_is_not_told_twice(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "tests/problems/marca-decimal-mezclada", tmp_path, dirs_exist_ok=True)
    shutil.copytree(BASE, tmp_path, dirs_exist_ok=True, ignore=shutil.ignore_patterns("caudal.yaml"))
    table = tmp_path / "paper/tablas/caudal-medio.yaml"
    text = table.read_text(encoding="utf-8")
    table.write_text(text.replace('"3,4"', '"3,4 km"').replace('"2.1"', '"2.1 km"'), encoding="utf-8")
    assert "2.1 km" in table.read_text(encoding="utf-8")
    assert codes(tmp_path) == ["marca-decimal-mezclada"]


def test_a_number_with_a_point_is_told_where_no_other_check_tells_it(tmp_path: Path) -> None:
    put(tmp_path, "Mide 2.1 km")
    assert codes(tmp_path) == ["punto-decimal"]


def test_what_is_unfinished_is_not_spelt(tmp_path: Path) -> None:
    put(tmp_path, "Lorem ipsum baja")
    assert codes(tmp_path) == ["texto-provisional"]


def test_an_unused_word_waits_until_every_file_is_read(tmp_path: Path) -> None:
    put(tmp_path, "Baja")
    (tmp_path / "paper/vocabulario.txt").write_text("Guadalete\n", encoding="utf-8")
    assert codes(tmp_path) == ["vocabulario-sin-usar"]
    (tmp_path / "paper/tablas").mkdir()
    (tmp_path / "paper/tablas/rota.yaml").write_text("titulo: [\n", encoding="utf-8")
    assert "vocabulario-sin-usar" not in codes(tmp_path)


def test_a_machine_without_a_dictionary_is_told_so_and_does_not_fail(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dictionary, "FOLDERS", ())
    put(tmp_path, "Los afluntes")
    assert cli.main(["check", "--strict", "--project", str(tmp_path)]) == 0
    said = capsys.readouterr()
    assert said.out == f"{NO_DICTIONARY}\nsin problemas\n"
    assert said.err == ""


def test_the_weight_of_a_word_is_the_authors(tmp_path: Path) -> None:
    put(tmp_path, "Los afluntes")
    report = tmp_path / "paper/informe.yaml"
    report.write_text(report.read_text() + "comprobacion: {gravedad: {palabra-desconocida: nada}}\n", encoding="utf-8")
    assert codes(tmp_path) == []


def test_the_report_vouches_for_no_word_twice() -> None:
    lines = (ROOT / "paper/vocabulario.txt").read_text(encoding="utf-8").splitlines()
    words = [line for line in lines if line and not line.startswith("#")]
    assert len(words) > 20
    assert len({word.lower() for word in words}) == len(words)
