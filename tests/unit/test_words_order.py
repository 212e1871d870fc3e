"""The order «words»: what is taken over is what was shown, and nothing of it is told again."""

from __future__ import annotations

import io
import shutil
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from imprenta import cli
from imprenta.cli import asking
from imprenta.language import extend_vocabulary
from imprenta.pipeline.examine import examine_report
from imprenta.workspace import Workspace

BASE = Path(__file__).parents[1] / "problems/_base"
TEXT = "El Guadalete baja, el embalsador sube, Embalsador y los embalsadores; un afluntes"


@pytest.fixture
def report(tmp_path: Path) -> Path:
    return put(tmp_path / "informe", TEXT)


def put(root: Path, text: str) -> Path:
    shutil.copytree(BASE, root)
    section = f"titulo: El caudal\ncontenido:\n  - texto: |\n      {text} [@ruiz2020].\n"
    (root / "paper/secciones/caudal.yaml").write_text(section, encoding="utf-8")
    return root


def run(capsys: pytest.CaptureFixture[str], report: Path, *words: str) -> tuple[int, str, str]:
    status = cli.main(["words", "--project", str(report), *words])
    said = capsys.readouterr()
    return status, said.out, said.err


def codes(folder: Path) -> list[str]:
    return [problem.code for problem in examine_report(Workspace(folder)).problems]


def vocabulary(report: Path) -> Path:
    return report / "paper/vocabulario.txt"


def test_the_words_are_shown_with_their_number_and_place(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, said, hint = run(capsys, report)
    assert (status, vocabulary(report).exists()) == (1, False)
    rows = said.splitlines()
    assert [row.split()[0] for row in rows] == ["Guadalete", "embalsador", "embalsadores", "afluntes"]
    assert rows[1].startswith("embalsador     2 veces  paper/secciones/caudal.yaml:4:29")
    assert rows[3].endswith("¿«afluentes»?")
    assert "words --add" in hint


def test_all_are_taken_over_and_none_is_told_again(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert codes(report) == ["palabra-desconocida"] * 4
    status, said, _ = run(capsys, report, "--add", "--yes")
    assert status == 0
    assert said.endswith("se añadieron 4 a «" + str(vocabulary(report)) + "»\n")
    assert vocabulary(report).read_text(encoding="utf-8") == "Guadalete\nembalsador\nembalsadores\nafluntes\n"
    assert codes(report) == []
    assert run(capsys, report, "--add", "--yes")[:2] == (0, "no hay palabras desconocidas\n")


def test_those_that_are_named_go_behind_what_is_in_the_list(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    vocabulary(report).write_text("# Ríos\nGuadalete", encoding="utf-8")
    assert run(capsys, report, "--add", "--yes", "Embalsador", "embalsadores")[0] == 0
    assert vocabulary(report).read_text(encoding="utf-8") == "# Ríos\nGuadalete\nembalsador\nembalsadores\n"
    assert codes(report) == ["palabra-desconocida"]
    status, said, errors = run(capsys, report, "--add", "--yes", "aflunte")
    assert (status, said) == (2, "")
    assert "pista: ¿«afluntes»?" in errors


@pytest.mark.parametrize(("answer", "status"), [("s\n", 0), ("Sí\n", 0), ("\n", 1), ("no\n", 1), ("", 1)])
def test_a_person_is_asked(
    answer: str, status: int, report: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "is_attended", lambda: True)
    monkeypatch.setattr(sys, "stdin", io.StringIO(answer))
    said = run(capsys, report, "--add")
    assert said[0] == status
    assert said[2].startswith("¿Añadirlas a ")
    assert vocabulary(report).exists() == (status == 0)


def test_nobody_is_asked_who_is_not_there(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, _, errors = run(capsys, report, "--add")
    assert (status, vocabulary(report).exists()) == (2, False)
    assert "--yes" in errors


def test_the_ends_of_the_lines_stay_as_they_are() -> None:
    assert extend_vocabulary(None, ["a"]) == b"a\n"
    assert extend_vocabulary(b"# x\r\ny", ["a", "b"]) == b"# x\r\ny\r\na\r\nb\r\n"


WORDS = st.text("abeéfghijlmñzABÉ'-", min_size=1, max_size=9)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(WORDS, min_size=1, max_size=6))
def test_whatever_is_unknown_can_be_taken_over(words: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        report = put(Path(folder) / "informe", f"Un {' '.join(words)} más")
        cli.main(["words", "--add", "--yes", "--project", str(report)])
        assert not {"palabra-desconocida", "vocabulario-sin-usar"} & set(codes(report))
