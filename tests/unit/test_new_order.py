"""The order «new»: what it makes is sound as it comes, whatever the cover says; or it makes nothing and says why."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tempfile
from math import comb
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from imprenta import cli
from imprenta.cli import asking
from imprenta.pipeline.examine import examine_report
from imprenta.problems import has_errors
from imprenta.scaffold import KINDS
from imprenta.scaffold.report import split_name
from imprenta.workspace import ENGINE_ROOT, Workspace


def run(capsys: pytest.CaptureFixture[str], *words: str | Path) -> tuple[int, str, str]:
    status = cli.main(["new", *map(str, words)])
    said = capsys.readouterr()
    return status, said.out, said.err


def files_of(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_report_is_sound_as_it_comes(kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, said, errors = run(capsys, tmp_path / "nuevo", "--kind", kind)
    assert (status, errors) == (0, "")
    made = files_of(tmp_path / "nuevo")
    examined = examine_report(Workspace(tmp_path / "nuevo"))
    assert examined.problems == ()
    assert examined.verdicts
    assert all(verdict.met for verdict in examined.verdicts)
    assert examined.paper is not None
    assert examined.paper.report.title.value == KINDS[kind].title
    assert len(examined.loaded.bibliography.entries) >= 3
    assert {"README.md", ".gitignore", ".vscode/settings.json", ".github/workflows/informe.yml"} < made
    assert {f"  {path}" for path in made} <= set(said.splitlines())
    for name in (".vscode/settings.json", ".vscode/extensions.json"):
        json.loads((tmp_path / "nuevo" / name).read_text(encoding="utf-8"))
    for path in (tmp_path / "nuevo").rglob("*.yaml"):
        assert "#" in path.read_text(encoding="utf-8").partition("\n")[0]


def test_the_data_of_the_practical_are_those_that_its_program_writes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(capsys, tmp_path / "nuevo", "--kind", "practica")[0] == 0
    table = tmp_path / "nuevo/paper/datos/trapecio.csv"
    given = table.read_bytes()
    table.unlink()
    subprocess.run([sys.executable, str(tmp_path / "nuevo/paper/codigo/trapecio.py")], check=True)
    assert table.read_bytes() == given


@pytest.mark.parametrize("kind", ["informe", "grado"])
def test_what_the_plot_shows_is_what_the_text_says_how_to_work_out(kind: str) -> None:
    path = ENGINE_ROOT / "imprenta/scaffold/kinds" / kind / "paper/datos/disponibilidad.csv"
    _, *rows = (line.split(";") for line in path.read_text(encoding="utf-8").splitlines())
    for size, *minutes in rows:
        members = int(size)
        for up, told in zip((0.99, 0.999), minutes, strict=True):
            enough = range(members // 2 + 1, members + 1)
            there = sum(comb(members, count) * up**count * (1 - up) ** (members - count) for count in enough)
            assert float(told.replace(",", ".")) == pytest.approx((1 - there) * 525_600, rel=5e-4)


def test_every_kind_has_its_folder_and_every_folder_its_kind() -> None:
    assert {path.name for path in (ENGINE_ROOT / "imprenta/scaffold/kinds").iterdir()} == set(KINDS)


def test_the_editors_settings_are_those_of_this_repository() -> None:
    ours, theirs = (
        (ENGINE_ROOT / name / "settings.json").read_bytes()
        for name in (".vscode", "imprenta/scaffold/common/dot-vscode")
    )
    assert ours == theirs


@pytest.mark.parametrize("way", ["file", "full", "link", "dangling"])
def test_nothing_is_written_over(way: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    there = tmp_path / "nuevo"
    other = tmp_path / "otra"
    other.mkdir()
    if way == "file":
        there.write_text("mío")
    elif way == "full":
        there.mkdir()
        (there / ".git").mkdir()
    else:
        (other / "tesis.txt").write_text("mía")
        there.symlink_to(other if way == "link" else tmp_path / "nada")
    before = files_of(tmp_path)
    status, said, errors = run(capsys, there)
    assert (status, said) == (2, "")
    assert errors.startswith("imprenta: ")
    assert files_of(tmp_path) == before


def test_an_empty_folder_will_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(capsys, ".")[0] == 0
    assert (tmp_path / "paper/informe.yaml").is_file()
    assert run(capsys, "a/b c")[1].splitlines()[-1].startswith("siga con: cd 'a/b c' && ")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tmp_path.chmod(0o500)
    assert run(capsys, tmp_path / "nuevo")[0] == 4


@pytest.mark.parametrize(
    ("option", "words"), [("--title", "Un 😀"), ("--title", "[@nadie]"), ("--course", "{= x}"), ("--title", "\x01")]
)
def test_what_cannot_be_printed_is_told_and_nothing_is_made(
    option: str, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, said, errors = run(capsys, tmp_path / "nuevo", option, words)
    assert (status, said) == (1, "")
    assert "paper/informe.yaml:" in errors
    assert "no se hizo nada" in errors
    assert not (tmp_path / "nuevo").exists()


def test_words_of_the_cover_are_vouched_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, tmp_path / "a", "--title", "El Xyloquop y los xyloquopes", "--course", "Blafarería")[0] == 0
    assert examine_report(Workspace(tmp_path / "a")).problems == ()
    assert (tmp_path / "a/paper/vocabulario.txt").read_text().endswith("Xyloquop\nxyloquopes\nBlafarería\n")


def test_what_is_said_of_the_cover_is_told_and_made_all_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, _, errors = run(capsys, tmp_path / "a", "--title", 'El "caso"')
    assert status == 0
    assert "[comillas-rectas]" in errors


WORDS = st.one_of(
    st.text("aé ñ:#'\"-{}[],&*!|>%@`$\\😀\n\t\u2028\x85\x00<b>~_^?\ud800", max_size=12),
    st.sampled_from(["no", "~", "1.10", "2019-01-01", "a: b", "a #b", "- a", "'", '"', "@a", "C:\\n", "¿Qué?", "null"]),
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example("El caso: «uno» #2", "D'Arc, Ana", "1.10")
@given(WORDS, WORDS, WORDS)
def test_whatever_the_cover_says_it_is_made_sound_or_not_at_all(title: str, author: str, course: str) -> None:
    with tempfile.TemporaryDirectory() as name:
        root = Path(name) / "nuevo"
        status = cli.main(["new", str(root), f"--title={title}", f"--author={author}", f"--course={course}"])
        if status:
            assert status in (1, 2)
            assert not root.exists()
            return
        examined = examine_report(Workspace(root))
        assert not has_errors(examined.problems)
        assert examined.paper is not None
        report = examined.paper.report
        assert report.title.value == (" ".join(title.split()) or KINDS["informe"].title)
        assert report.course is not None
        assert report.course.value == (" ".join(course.split()) or KINDS["informe"].course)
        written = yaml.safe_load((root / "paper/informe.yaml").read_text(encoding="utf-8"))
        given, family = split_name(" ".join(author.split()) or "Nombre Apellidos")
        assert written["autores"] == [{"nombre": given, **({"apellidos": family} if family else {})}]


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Ana", ("Ana", "")),
        ("Ana Rojas", ("Ana", "Rojas")),
        ("Ana Rojas Díaz", ("Ana", "Rojas Díaz")),
        ("Ana María Rojas Díaz", ("Ana María", "Rojas Díaz")),
        ("De la Cruz, Juana Inés", ("Juana Inés", "De la Cruz")),
    ],
)
def test_a_name_is_parted(name: str, parts: tuple[str, str]) -> None:
    assert split_name(name) == parts


def test_a_person_is_asked_for_what_the_options_do_not_say(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "is_attended", lambda: True)
    monkeypatch.setattr("imprenta.cli.new_order.is_attended", lambda: True)
    monkeypatch.setattr(sys, "stdin", io.StringIO("entrega\n\nAna Rojas\n"))
    status, _, asked = run(capsys, tmp_path / "nuevo", "--course", "Redes")
    assert status == 0
    assert [line.split("[")[0] for line in asked.split(": ")] == [
        "".join(asked.split("Clase")[0]) + "Clase de informe ",
        "Título ",
        "Quién lo firma ",
        "",
    ]
    report = yaml.safe_load((tmp_path / "nuevo/paper/informe.yaml").read_text(encoding="utf-8"))
    assert report["titulo"] == KINDS["entrega"].title
    assert report["autores"] == [{"nombre": "Ana", "apellidos": "Rojas"}]
    assert report["curso"] == "Redes"


def test_an_unknown_kind_is_told_with_those_that_there_are(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, _, errors = run(capsys, tmp_path / "nuevo", "--kind", "tesis")
    assert status == 2
    assert ", ".join(KINDS) in errors
