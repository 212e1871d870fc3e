"""What `watch` says on the terminal: saves, results, problems that come and go; and that it opens a browser."""

from __future__ import annotations

import webbrowser
from pathlib import Path

import pytest

from imprenta.cli.watch import _Audience, _open_browser
from imprenta.pipeline import Outcome
from imprenta.preview.loop import Ended
from imprenta.preview.session import Session
from imprenta.problems import CannotContinue, Problem, Span
from imprenta.workspace import Workspace

UNKNOWN = Problem("cita-desconocida", "la cita «a» no está", Span("paper/a.yaml", 2, 1))
REPEATED = Problem("clave-repetida", "la clave «b» está dos veces", Span("paper/a.yaml", 3, 1))


@pytest.fixture
def audience(tmp_path: Path) -> _Audience:
    (tmp_path / "paper").mkdir()
    (tmp_path / "paper/a.yaml").write_text("uno\ndos\ntres\n")
    workspace = Workspace(tmp_path)
    return _Audience(workspace, Session(workspace))


def said(capsys: pytest.CaptureFixture[str]) -> tuple[list[str], list[str]]:
    """Return the lines of both streams, the hour left out."""
    output, errors = capsys.readouterr()
    return [line[10:] if line[2:3] == ":" else line for line in output.splitlines()], errors.splitlines()


def test_a_result_is_one_line(audience: _Audience, capsys: pytest.CaptureFixture[str]) -> None:
    audience.ended(Ended((), 1.5, Outcome(True, (), pages=42)))
    audience.ended(Ended(("paper/a.yaml",), 0.25, Outcome(True, (), pages=1)))
    audience.ended(Ended(tuple("abcde"), 0.25, Outcome(True, (), pages=2)))
    assert said(capsys) == (
        [
            "primera construcción: 42 páginas en 1,50 s",
            "paper/a.yaml: 1 página en 0,25 s",
            "a, b, c y 2 más: 2 páginas en 0,25 s",
        ],
        [],
    )


def test_problems_are_told_when_they_come_and_when_they_go(
    audience: _Audience, capsys: pytest.CaptureFixture[str]
) -> None:
    save = ("paper/a.yaml",)
    audience.ended(Ended(save, 0.1, Outcome(False, (UNKNOWN,))))
    output, errors = said(capsys)
    assert output == ["paper/a.yaml: 1 error; no se hizo un PDF nuevo"]
    assert errors[:2] == ["paper/a.yaml:2:1: error: la cita «a» no está [cita-desconocida]", "    2 | dos"]
    audience.ended(Ended(save, 0.1, Outcome(False, (UNKNOWN, REPEATED))))
    output, errors = said(capsys)
    assert output == ["paper/a.yaml: 2 errores; no se hizo un PDF nuevo"]
    assert errors[0].startswith("paper/a.yaml:3:1: ")
    assert not any("cita-desconocida" in line for line in errors)
    audience.ended(Ended(save, 0.1, Outcome(False, (UNKNOWN,))))
    assert said(capsys) == (
        ["paper/a.yaml: 1 error; no se hizo un PDF nuevo", "  resuelto: paper/a.yaml: la clave «b» está dos veces"],
        [],
    )
    audience.ended(Ended(save, 0.1, Outcome(True, (), pages=3)))
    assert said(capsys)[0] == [
        "paper/a.yaml: sin problemas; 3 páginas en 0,10 s",
        "  resuelto: paper/a.yaml: la cita «a» no está",
    ]


def test_what_keeps_a_build_from_going_on_is_told_and_the_watch_goes_on(
    audience: _Audience, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    audience.ended(Ended(("a",), 0.1, stop=CannotContinue("falta el programa «pdflatex»", hint="instálelo")))
    assert said(capsys) == (
        ["a: no se puede construir"],
        ["imprenta: falta el programa «pdflatex»", "  pista: instálelo"],
    )
    audience.ended(Ended(("a",), 0.1, bug=ZeroDivisionError("huy")))
    output, errors = said(capsys)
    assert output == ["a: falló"]
    assert "falló por un error propio" in errors[0]
    (report,) = tmp_path.glob("imprenta-error-*.txt")
    assert "ZeroDivisionError: huy" in report.read_text()


def test_only_a_browser_with_a_window_is_opened(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = Workspace(tmp_path)
    door = tmp_path / "build/preview.html"
    opened: list[str] = []
    monkeypatch.setattr(webbrowser, "open", lambda address: opened.append(address) or True)
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv("DISPLAY", ":0")
    _open_browser(workspace, "http://127.0.0.1:1/clave/")
    assert opened == [door.as_uri()]  # what a browser is started with is seen by everybody
    assert "url=http://127.0.0.1:1/clave/" in door.read_text()
    assert door.stat().st_mode & 0o777 == 0o600
    assert said(capsys) == ([], [])
    monkeypatch.delenv("DISPLAY")
    _open_browser(workspace, "http://127.0.0.1:1/clave/")
    assert len(opened) == 1
    assert said(capsys) == (["  no se pudo abrir el navegador: abra esa dirección a mano"], [])
