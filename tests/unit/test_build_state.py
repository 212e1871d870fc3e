"""I4: all the files that a build leaves for the next one describe one PDF, or there is no build state."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from imprenta.model.document import FACTS, bare_document
from imprenta.model.page_table import SetPage
from imprenta.typeset.checkpoints.build_state import (
    KEPT,
    RECORD,
    BuildState,
    Inputs,
    Left,
    drop_state,
    read_record,
    replace_state,
)
from imprenta.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path

INPUTS = Inputs("todo", "las obras", "2019-06-01")
TRACE = "P|3|1|9.0pt|1\n"
FOLDER = "build/latex/informe"
FILES = {".tex": "uno", ".checkpoints": TRACE, ".log": "dicho", ".aux": "escrito", ".toc": "índice"}


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    workspace = Workspace(tmp_path)
    leave(workspace)
    return workspace


def leave(workspace: Workspace, pdf: bytes = b"%PDF uno", job: str = "body", **files: str | None) -> None:
    given: dict[str, str | None] = {**FILES, **{f".{name}": text for name, text in files.items()}}
    given[FACTS] = bare_document(given[".tex"] or "").dumps()
    left = Left(pdf, [SetPage(job, 0)], given)
    replace_state(workspace, INPUTS, left, {}, clean=True, parted=True)


def test_a_state_is_read_as_it_was_left(workspace: Workspace) -> None:
    state = BuildState.read(workspace)
    assert state is not None
    assert (state.pdf, state.document.source, state.auxiliary) == (b"%PDF uno", "uno", "escrito")
    assert (state.lists[".toc"], state.run.pages, state.run.trace.dumps()) == ("índice", (SetPage("body", 0),), TRACE)
    assert (state.record.inputs, state.record.clean, state.record.parted) == (INPUTS, True, True)


@pytest.mark.parametrize("suffix", [*KEPT, ".pdf"])
def test_a_file_that_is_not_the_one_that_was_left_is_of_no_state(workspace: Workspace, suffix: str) -> None:
    assert BuildState.read(workspace) is not None
    workspace.write(f"{FOLDER}{suffix}", (workspace.read(f"{FOLDER}{suffix}") or b"") + b"\n")
    assert BuildState.read(workspace) is None


@pytest.mark.parametrize("suffix", [*FILES, ".pdf", ".pages", ".done"])
def test_a_file_that_is_gone_leaves_no_state(workspace: Workspace, suffix: str) -> None:
    workspace.remove(f"{FOLDER}{suffix}")
    assert BuildState.read(workspace) is None


def test_what_one_file_loses_another_does_not_make_good(workspace: Workspace) -> None:
    workspace.write(f"{FOLDER}.log", "")
    workspace.write(f"{FOLDER}.blg", "dicho")
    assert BuildState.read(workspace) is None


def test_a_build_that_is_killed_while_it_replaces_a_state_leaves_none(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After each file that is written, and before the first."""
    real, written = Workspace.write, 0
    count = _count_writes(workspace, monkeypatch)
    for last in range(count):
        monkeypatch.undo()
        leave(workspace)
        written = 0

        def write(self: Workspace, name: str, data: Any, last: int = last) -> Any:
            nonlocal written
            if written == last:
                raise KeyboardInterrupt
            written += 1
            return real(self, name, data)

        monkeypatch.setattr(Workspace, "write", write)
        with pytest.raises(KeyboardInterrupt):
            leave(workspace, b"%PDF dos", tex="dos", log="otra cosa")
        assert BuildState.read(workspace) is None


def _count_writes(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> int:
    real, names = Workspace.write, []

    def write(self: Workspace, name: str, data: Any) -> Any:
        names.append(name)
        return real(self, name, data)

    monkeypatch.setattr(Workspace, "write", write)
    leave(workspace)
    assert names[-1] == RECORD
    return len(names)


def test_files_that_are_not_named_stay_and_those_named_without_text_go(workspace: Workspace) -> None:
    replace_state(workspace, INPUTS, Left(b"%PDF", [SetPage("body", 0)], {".toc": None}), {}, clean=False, parted=False)
    state = BuildState.read(workspace)
    assert state is not None
    assert (state.document.source, state.lists[".toc"]) == ("uno", "")
    assert not workspace.is_file(f"{FOLDER}.toc")


def test_places_of_page_ranges_are_kept_while_a_page_is_of_them(workspace: Workspace) -> None:
    for name in ("range-a", "range-b", "body"):
        workspace.write(f"build/latex/{name}.synctex", b"")
    leave(workspace, job="range-b")
    left = {path.rpartition("/")[2] for path in workspace.list_files("build/latex", ".synctex")}
    assert left == {"range-b.synctex", "body.synctex"}


@pytest.mark.parametrize(
    "record", [b"", b"null", b"[]", b"{}", b'{"inputs": {}}', b'{"given": "", "pdf": ""}', b"\xff"]
)
def test_a_record_of_another_version_is_none(workspace: Workspace, record: bytes) -> None:
    workspace.write(RECORD, record)
    assert read_record(workspace) is None
    assert BuildState.read(workspace) is None


@pytest.mark.parametrize("files", [{"checkpoints": "H|no"}, {"checkpoints": "P|x|1|9.0pt|1"}])
def test_a_trace_of_another_version_is_no_state(workspace: Workspace, files: dict[str, str]) -> None:
    leave(workspace, **files)
    assert BuildState.read(workspace) is None


def test_a_state_can_be_changed_while_date_and_tex_are_the_same(workspace: Workspace) -> None:
    state = BuildState.read(workspace)
    assert state is not None
    assert state.can_be_changed(workspace, Inputs("otro", "las obras", "2019-06-01"))
    assert state.can_be_changed(workspace, Inputs("otro", "otras", "2019-06-01"))
    assert not state.can_be_changed(workspace, Inputs("otro", "las obras", "2019-06-02"))
    left = Left(b"%PDF", [SetPage("body", 0)])
    replace_state(workspace, INPUTS, left, {"/no/hay.sty": "1 2"}, clean=True, parted=True)
    state = BuildState.read(workspace)
    assert state is not None
    assert not state.can_be_changed(workspace, INPUTS)
    replace_state(workspace, INPUTS, left, {}, clean=True, parted=False)
    state = BuildState.read(workspace)
    assert state is not None
    assert not state.can_be_changed(workspace, INPUTS)


def test_a_state_that_is_dropped_is_none(workspace: Workspace) -> None:
    drop_state(workspace)
    assert BuildState.read(workspace) is None
