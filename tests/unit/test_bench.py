"""What `make bench` edits fits the reports that it measures, and its tables say what was measured."""

from __future__ import annotations

import random
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
import yaml

from imprenta import client
from tests.bench import tables
from tests.bench.batch import read_ways
from tests.bench.browser import Look, Screen
from tests.bench.contest import ALONE, ENVIRONMENT, Row
from tests.bench.measure import Run, processor_seconds
from tests.bench.subjects import FIXED, KINDS, Subject, apply_edit, large_report, own_report, swap_words
from tests.bench.tables import GOALS, Results, write_report

if TYPE_CHECKING:
    from pathlib import Path


def read_files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(params=["informe", "doble"])
def subject(request: pytest.FixtureRequest) -> Subject:
    return own_report() if request.param == "informe" else large_report(2)


def test_each_kind_of_edit_changes_one_file_and_can_be_undone(subject: Subject, tmp_path: Path) -> None:
    assert [edit.name for edit in subject.edits] == list(KINDS)
    subject.write(tmp_path)
    before = read_files(tmp_path)
    for edit in subject.edits:
        apply_edit(tmp_path, edit)
        after = read_files(tmp_path)
        assert {name for name in {**before, **after} if before.get(name) != after.get(name)} == {edit.path}
        if edit.path.endswith(".yaml"):
            yaml.safe_load(after[edit.path])
        apply_edit(tmp_path, edit, undo=True)
        assert read_files(tmp_path) == before


def test_an_edit_that_does_not_fit_is_refused(subject: Subject, tmp_path: Path) -> None:
    subject.write(tmp_path)
    apply_edit(tmp_path, subject.edits[0])
    with pytest.raises(ValueError, match="no está una vez"):
        apply_edit(tmp_path, subject.edits[0])


def test_words_that_change_places_change_prose_alone(subject: Subject, tmp_path: Path) -> None:
    subject.write(tmp_path)
    before, chance = read_files(tmp_path), random.Random(3)
    for _ in range(30):
        swap_words(tmp_path, chance)
    after = read_files(tmp_path)
    changed = {name for name in before if before[name] != after[name]}
    assert changed
    assert all(name.startswith("paper/secciones/") for name in changed)
    assert not any(f"{name}.yaml" in path for path in changed for name in FIXED)
    for name in changed:
        assert yaml.safe_load(before[name]).keys() == yaml.safe_load(after[name]).keys()
        assert before[name].count(b"[@") == after[name].count(b"[@")


def test_the_processor_of_what_stays_is_counted() -> None:
    word = f"palabra-{random.randrange(10**9)}"
    program = "x = 0\nfor y in range(3_000_000): x += y\nprint(flush=True)\ninput()"
    with subprocess.Popen([sys.executable, "-c", program, word], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as busy:
        assert busy.stdout is not None
        busy.stdout.readline()
        assert processor_seconds(word) > 0.02
        busy.kill()
    assert processor_seconds(word) == 0.0


def test_what_is_measured_is_what_users_have_where_ci_measures_it_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    for environment, stays in ((ENVIRONMENT, True), (ALONE, False)):
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        assert client.is_wanted() is stays


def test_the_tables_hold_what_was_measured_against_the_goals() -> None:
    results = Results(factor=10, pages={"informe": 42, "grande": 243}, saves=50)
    for subject, seconds in (("informe", 1.0), ("grande", 2.0)):
        row = Row(subject, "palabra")
        row.note("imprenta", Run(seconds, seconds, 1 << 20))
        row.note("latexmk", Run(8.0, 8.0, 1 << 20))
        results.rows.append(row)
    results.screen["informe"] = Screen((3.0, 4.0), {"bib": [Look(0.25, 0.75, True)]}, 100 << 20)
    results.growth["informe"] = 1.07
    words = results.as_markdown()
    assert f"| una palabra | 1,00 s | 8,00 s | **0,12** | ≤ {GOALS['palabra']:.2f}".replace(".", ",") in words
    assert "| una palabra | 2,00 s | 8,00 s | **0,25** | ≤ 0,12 |" in words, "no worse than the small one is"
    assert "| un campo del .bib | **0,25 s** | ≤ 0,50 s | **0,75 s** | ≤ 1,00 s | 0,75 s | 1 |" in words
    assert "la primera página está en pantalla a los **3,00 s**, y todas a los 4,00 s" in words
    assert "tras 50 ediciones, ocupa **1,07** veces" in words
    assert "un título" not in words


def test_what_was_measured_of_batches_stays_when_the_rest_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, page = tmp_path / "batches.md", tmp_path / "medidas.md"
    monkeypatch.setattr(tables, "BATCHES", kept)
    kept.write_text("## Muchos informes\n\nmil\n", encoding="utf-8")
    write_report(page, Results(factor=10, pages={}, saves=50))
    parts = [line for line in page.read_text(encoding="utf-8").splitlines() if line.startswith("## ")]
    assert parts[:3] == ["## Medidas", "## Muchos informes", "## Cómo se mide"]


def test_ways_of_batches_are_read_with_their_counts() -> None:
    assert read_ways("2,1:200", 1000) == [("2", 1000), ("1", 200)]
