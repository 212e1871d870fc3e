"""The short cut of a build with nothing to do: it is taken only if every file that was read is as it was."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from imprenta import up_to_date

if TYPE_CHECKING:
    from collections.abc import Sequence

SUMMARY = "3 páginas"


def note(root: Path, said: str = "", others: Sequence[str] = ()) -> None:
    """Note a build that began long after the last save."""
    time.sleep(2 * up_to_date.FINE / 1e9)
    up_to_date.note_up_to_date(str(root), SUMMARY, said, up_to_date.take_stamps(str(root)), others)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, text in {
        "paper/informe.yaml": "titulo: a", "paper/secciones/uno.yaml": "titulo: b", "figures/f.yaml": "pie: c",
        "templates/portada.tex.j2": "x", "references.bib": "@misc{a}", "build/informe.pdf": "%PDF",
        "build/latex/informe.pdf": "%PDF", "otro/letra.tfm": "tfm",
    }.items():  # fmt: skip
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    note(tmp_path, others=[str(tmp_path / "otro/letra.tfm")])
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_nothing_changed(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert up_to_date.tell_up_to_date([])
    assert capsys.readouterr().out.startswith(f"build/informe.pdf: {SUMMARY}: sin cambios")
    assert up_to_date.tell_up_to_date(["build", "--strict", "--project", str(project)])


def test_warnings_are_said_again_but_fail_a_strict_build(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    note(project, "a.yaml:1:2: aviso: uno\n  pista: dos\n")
    assert up_to_date.tell_up_to_date([])
    assert capsys.readouterr().err == "a.yaml:1:2: aviso: uno\n  pista: dos\n"
    assert not up_to_date.tell_up_to_date(["--strict"])


def test_what_changed_is_named(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def find() -> set[str]:
        return up_to_date.find_changes(str(project), up_to_date.take_stamps(str(project)))

    assert find() == set()
    (project / "figures/f.yaml").write_text("pie: d")
    (project / "paper/datos").mkdir()
    (project / "paper/datos/b.yaml").write_text("b")
    assert find() == {"figures/f.yaml", "paper", "paper/datos", "paper/datos/b.yaml"}
    monkeypatch.setattr(up_to_date, "_today", lambda: "mañana")
    assert find() == {"figures/f.yaml", "paper", "paper/datos", "paper/datos/b.yaml"}
    record = project / up_to_date.RECORD
    text = record.read_text()
    for spoilt in (text.partition("\n")[0], f"x{text}", "", "a\nb\nc\nd\ne"):
        record.write_text(spoilt)
        assert find() >= {"paper/informe.yaml", "references.bib", "figures/f.yaml"}
    record.unlink()
    assert find() >= {"paper/informe.yaml", "references.bib", "figures/f.yaml"}


@pytest.mark.parametrize("arguments", [["check"], ["--plain"], ["build", "--explain"], ["--project"], ["where", "1"]])
def test_other_orders_go_the_long_way(project: Path, arguments: list[str]) -> None:
    assert project.is_dir()
    assert not up_to_date.tell_up_to_date(arguments)


@pytest.mark.parametrize(
    "name",
    [
        "paper/informe.yaml", "paper/secciones/uno.yaml", "figures/f.yaml", "templates/portada.tex.j2",
        "references.bib", "build/informe.pdf", "build/latex/informe.pdf", "otro/letra.tfm",
    ],
)  # fmt: skip
def test_a_changed_file_is_seen_even_with_its_old_size_and_time(project: Path, name: str) -> None:
    path = project / name
    before = path.stat()
    path.write_text(path.read_text()[:-1] + "z")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size
    assert path.stat().st_mtime_ns == before.st_mtime_ns
    assert not up_to_date.tell_up_to_date([])


def test_a_copy_of_a_project_is_looked_at_for_itself(
    project: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path_factory.mktemp("copia")
    shutil.copytree(project, copy, dirs_exist_ok=True)
    (copy / "paper/secciones/uno.yaml").write_text("titulo: otro")
    monkeypatch.chdir(copy)
    assert not up_to_date.tell_up_to_date([])
    assert up_to_date.tell_up_to_date(["--project", str(project)])


@pytest.mark.parametrize("name", ["paper/secciones/dos.yaml", "figures/g.yaml", "paper/tablas", "paper/rubrica.yaml"])
def test_a_new_file_or_folder_is_seen(project: Path, name: str) -> None:
    path = project / name
    if path.suffix:
        path.write_text("titulo: nuevo")
    else:
        path.mkdir()
    assert not up_to_date.tell_up_to_date([])


@pytest.mark.parametrize("name", ["paper/secciones/uno.yaml", "references.bib", "build/informe.pdf"])
def test_a_deleted_file_is_seen(project: Path, name: str) -> None:
    (project / name).unlink()
    assert not up_to_date.tell_up_to_date([])


def test_another_day_is_another_build(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert project.is_dir()
    monkeypatch.setattr(up_to_date, "_today", lambda: "2031-01-01")
    assert not up_to_date.tell_up_to_date([])


@pytest.mark.parametrize(
    "text", ["", "otra cosa\nhoy\nresumen\n", up_to_date.HEAD, f"{up_to_date.HEAD}\nhoy\nresumen\nmucho\n"]
)
def test_a_damaged_record_is_no_record(project: Path, text: str) -> None:
    (project / up_to_date.RECORD).write_text(text)
    assert not up_to_date.tell_up_to_date([])


@pytest.mark.parametrize("name", ["paper/secciones/uno.yaml", "templates/partes/pie.tex.j2", "figures/datos/a.csv"])
def test_what_was_saved_while_it_was_built_is_seen(project: Path, name: str) -> None:
    path = project / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("antes")
    time.sleep(2 * up_to_date.FINE / 1e9)
    stamps = up_to_date.take_stamps(str(project))
    up_to_date.note_up_to_date(str(project), SUMMARY, "", stamps, [])
    assert up_to_date.tell_up_to_date([])
    path.write_text("luego")
    up_to_date.note_up_to_date(str(project), SUMMARY, "", stamps, [])
    assert not up_to_date.tell_up_to_date([])


def test_a_file_saved_just_before_the_build_is_not_believed(project: Path) -> None:
    """It may be saved once more, while the build goes on, in the same moment of the file system's clock."""
    (project / "references.bib").write_text("@misc{b}")
    up_to_date.note_up_to_date(str(project), SUMMARY, "", up_to_date.take_stamps(str(project)), [])
    assert not up_to_date.tell_up_to_date([])
    note(project)
    assert up_to_date.tell_up_to_date([])


def test_what_was_cleaned_away_is_not_up_to_date(project: Path) -> None:
    stamps = up_to_date.take_stamps(str(project))
    (project / "build/informe.pdf").unlink()
    (project / up_to_date.RECORD).unlink()
    up_to_date.note_up_to_date(str(project), SUMMARY, "", stamps, [])
    assert not up_to_date.tell_up_to_date([])


def test_folders_may_be_links_and_lead_in_circles(project: Path) -> None:
    (project / "textos").mkdir()
    (project / "textos/uno.yaml").write_text("uno")
    (project / "paper/tablas").symlink_to("../textos")
    (project / "textos/arriba").symlink_to("..")
    (project / "textos/vuelta").symlink_to("vuelta")
    note(project)
    assert up_to_date.tell_up_to_date([])
    (project / "textos/uno.yaml").write_text("dos")
    assert not up_to_date.tell_up_to_date([])


def test_the_report_is_found_from_below_and_its_pdf_named_from_there(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(project / "paper/secciones")
    assert up_to_date.tell_up_to_date([])
    assert capsys.readouterr().out.startswith(f"../../build/informe.pdf: {SUMMARY}: sin cambios")
    monkeypatch.chdir(project.parent)
    assert not up_to_date.tell_up_to_date([])  # no report is around us: the engine's own is nobody's business
    assert up_to_date.tell_up_to_date(["--project", project.name])
    assert capsys.readouterr().out.startswith(f"{project.name}/build/informe.pdf: ")


def test_warnings_are_not_repeated_with_places_as_seen_from_elsewhere(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    note(project, "paper/informe.yaml:1:2: aviso: uno\n")
    assert up_to_date.tell_up_to_date([])
    monkeypatch.chdir(project / "paper")
    assert not up_to_date.tell_up_to_date([])


def test_a_folder_that_was_removed_has_no_report(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = project / "otro/mas"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert not up_to_date.tell_up_to_date([])


def test_a_file_of_the_systems_that_changed_meanwhile_is_not_believed(project: Path) -> None:
    letters = project / "otro/letra.tfm"
    stamps = up_to_date.take_stamps(str(project))
    letters.write_text("otra")
    up_to_date.note_up_to_date(str(project), SUMMARY, "", stamps, [str(letters)])
    assert not up_to_date.tell_up_to_date([])


@pytest.mark.parametrize(
    ("changed", "age", "sure"),
    [(10**18, 10**9, False), (10**18, 3 * 10**9, True), (10**18 + 7, 10**7, False), (10**18 + 7, 10**8, True)],
)
def test_a_clock_of_whole_seconds_is_believed_later(
    monkeypatch: pytest.MonkeyPatch, changed: int, age: int, sure: bool
) -> None:
    status = SimpleNamespace(st_size=1, st_mtime_ns=changed, st_ctime_ns=changed, st_ino=1)
    monkeypatch.setattr(up_to_date.os, "stat", lambda path: status)
    assert (up_to_date._stamp("a", changed + age) != up_to_date.UNSURE) == sure
