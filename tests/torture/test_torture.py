"""What `make torture` does at scale, in small; and that it notices what does not hold."""

from __future__ import annotations

import signal
from importlib import import_module
from pathlib import Path

import pytest

from tests.torture import kills, pieces, table
from tests.torture.pieces import Piece, Place, in_blocks
from tests.torture.rows import Effort, Row, Trials

QUICK = ("yaml_suite", "preview")


@pytest.mark.timeout(600)
@pytest.mark.parametrize("name", QUICK)
def test_a_tenth_of_a_chapter_holds(name: str, tmp_path: Path) -> None:
    rows = list(import_module(f"tests.torture.{name}").try_all(Effort(0.1, 0.1, tmp_path)))
    assert sum(row.count for row in rows) >= 60
    assert [(row.what, fault) for row in rows for fault in row.faults] == []


@pytest.mark.proof
@pytest.mark.tex
@pytest.mark.timeout(600)
def test_builds_that_are_killed_leave_nothing_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IMPRENTA_RESIDENTE", "no")
    row = kills.try_random(Effort(0.01, 0.1, tmp_path))
    assert (row.count, row.faults) == (3, ())


def test_what_is_raised_and_what_does_not_end_are_faults() -> None:
    trials = Trials("algo")
    with trials.trial("bien"):
        pass
    with trials.trial("mal, y largo"):
        raise AssertionError("no")
    with trials.trial("sale"):
        raise SystemExit(3)
    with trials.trial("espera", seconds=1):
        signal.pause()
    row = trials.row()
    assert row.count == 4
    assert [fault.given for fault in row.faults] == ["sale", "espera", "mal, y largo"]


def test_the_piece_that_breaks_a_report_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def build(_place: Place, tried: list[Piece], _folder: Path) -> tuple[object, str]:
        broken = any(piece.typed == "x" for piece in tried)
        return (None, "rompe") if broken else (type("Run", (), {"errors": ()}), "")

    monkeypatch.setattr(pieces, "_build", build)
    monkeypatch.setattr(pieces, "_find", lambda _folder, _caseless: {})
    trials = Trials("algo")
    place = Place("párrafo", in_blocks("  - texto: @"))
    refused = pieces.press(place, [Piece(word) for word in "abcxdef"], trials, tmp_path)
    assert (trials.count, refused) == (7, [])
    assert [(fault.given, fault.said) for fault in trials.faults] == [("párrafo: x", "rompe")]


def test_what_a_report_refuses_is_told_by_its_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "_take_out_breaking", lambda _place, rest, *_: rest)
    monkeypatch.setattr(pieces, "_find", lambda _folder, _caseless: {0: ["bien"], 1: ["mal"]})
    trials = Trials("algo")
    place = Place("párrafo", in_blocks("  - texto: @"))
    monkeypatch.setattr(pieces, "_build", lambda *_: (None, ""))
    tried = [Piece("bien", "bien"), Piece("[@nadie]"), Piece("otro", "otro")]
    refused = pieces.press(place, tried, trials, tmp_path)
    assert refused == [(tried[1], "cita-desconocida")]
    assert [fault.given for fault in trials.faults] == ["párrafo: otro"]


def test_the_table_tells_what_did_not_hold_and_what_could_not_be_tried() -> None:
    trials = Trials("matar")
    trials.count = 200
    trials.note("a | b", "falló\nmucho")
    chapters = [table.Chapter("Muertes", "kills", [trials.row(), Row("otro", 0, lacking="falta strace")], 3.0)]
    text = table.format_table(chapters, "Hoy", 1.5)
    assert "200 intentos, 1 mal." in text
    assert "| matar | 200 | **1 mal** |" in text
    assert "| otro | 0 | no se pudo intentar: falta strace |" in text
    assert "`a | b`: falló mucho" in text
    assert "1,5 minutos" in text


@pytest.mark.parametrize(("count", "times"), [(0, 0), (1, 1), (40, 40), (400, 40)])
def test_a_call_that_is_made_often_is_tried_from_its_first_to_its_last_time(count: int, times: int) -> None:
    picked = kills.pick(count)
    assert len(picked) == times
    assert picked[:1] == [1][:times]
    assert picked[-1:] == [count][:times]
