"""The list of references: what of it is set before it is known where it begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from documents import read_document

from imprenta.typeset.checkpoints.part import keep_job, prepare_run, recall_job
from imprenta.typeset.engine.engine import FOLDER, Engine
from imprenta.typeset.references import list as list_module
from imprenta.typeset.references.list import LIST, References, compose_ahead
from imprenta.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path

ROWS = [
    r"\checkpoint",
    r"\addsec{Referencias}",
    r"\begin{multicols}{2}",
    r"\printbibliography[heading=none]",
    r"\end{multicols}",
    r"\clearpage",
]


def test_the_entries_are_set_on_the_row_that_prints_them() -> None:
    ahead = compose_ahead(ROWS, 4).split("\n")
    assert ahead == ["%", "%", "%", r"\checkpoint@setlist{2}{\printbibliography[heading=none]}%", ""]


@pytest.mark.parametrize("row", [2, 4])
def test_a_list_of_another_form_is_not_set_ahead(row: int) -> None:
    assert compose_ahead([*ROWS[:row], "%", *ROWS[row + 1 :]], 4) == ""


class MadeUpJobs:
    """Jobs that wait, in place of LaTeX: tells what became of each, in order."""

    def __init__(self) -> None:
        self.told: list[str] = []
        self.key = ""

    def __call__(self, *given: object) -> MadeUpJobs:
        self.told.append("begun")
        self.key = str(given[-1])
        return self

    def end(self) -> None:
        self.told.append("ended")


@pytest.fixture
def jobs(monkeypatch: pytest.MonkeyPatch) -> MadeUpJobs:
    made = MadeUpJobs()
    monkeypatch.setattr(list_module, "WaitingJob", made)
    return made


def references(folder: Path, *body: str) -> References:
    rows = [
        r"\documentclass{x}",
        r"\begin{document}",
        r"\checkpointfirst",
        r"\checkpoint",
        *body,
        *ROWS[:5],
        r"\end{document}",
        "",
    ]
    return References(Engine(Workspace(folder), "2026", lambda step: None), read_document("\n".join(rows)))


def test_a_list_is_begun_once_for_the_same_entries(jobs: MadeUpJobs, tmp_path: Path) -> None:
    listed = references(tmp_path, "uno")
    listed.begin("entries")
    listed.begin("entries")
    assert jobs.told == ["begun"]
    listed.begin("others")
    assert jobs.told == ["begun", "ended", "begun"]
    listed.close()
    listed.close()
    assert jobs.told == ["begun", "ended", "begun", "ended"]


@pytest.mark.parametrize(("body", "told"), [("uno", ["begun"]), ("uno\ndos", ["begun", "ended", "begun"])])
def test_what_another_began_is_gone_on_with_if_it_is_this_list(
    jobs: MadeUpJobs, tmp_path: Path, body: str, told: list[str]
) -> None:
    before, listed = references(tmp_path, "uno"), references(tmp_path, body)
    before.begin_early("entries")
    listed.take_over(before.hand_over())
    before.close()
    listed.begin("entries")
    assert jobs.told == told


def test_a_list_is_not_begun_early_where_one_was_set_before(jobs: MadeUpJobs, tmp_path: Path) -> None:
    keep_job(Workspace(tmp_path), LIST, "key", b"pdf")
    references(tmp_path, "uno").begin_early("entries")
    assert jobs.told == []


def test_a_job_that_is_begun_and_killed_leaves_nothing_to_recall(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    workspace.write(f"{FOLDER}/{LIST}.pdf", b"pages of before")
    keep_job(workspace, LIST, "key", b"pages of before")
    assert recall_job(workspace, LIST, "key") == b"pages of before"
    prepare_run(workspace, LIST, "opened")
    assert recall_job(workspace, LIST, "key") is None
