"""The .bbl of a document: which of LaTeX, a biber that has begun and the installed biber is asked for it, and when."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from imprenta.model.bib_entry import WrittenEntry
from imprenta.model.document import Document, Piece
from imprenta.problems import Problem, Span
from imprenta.typeset.engine.engine import FOLDER, Engine
from imprenta.typeset.engine.locate import Locator
from imprenta.typeset.engine.warm_biber import BiberOutput, WarmBiber
from imprenta.typeset.references import entries as module
from imprenta.typeset.references.entries import UNPROVED, Entries, expect_entries
from imprenta.typeset.references.entry_cache import EntryCache
from imprenta.workspace import Finished, Workspace, content_hash

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

RECORDED = Path(__file__).resolve().parent.parent / "golden" / "references"
PEOPLE = "uno dos tres cuatro cinco seis siete ocho nueve diez once".split()
OTHER = "diez ocho once seis cuatro cinco dos siete nueve uno tres".split()
FEW = ["nueve", "dos"]
NAMED = (
    '<c xmlns:bcf="b">\n  <bcf:section number="0">\n  </bcf:section>\n'
    "<option><key>sortingtemplatename</key><value>none</value></option>\n"
    "<sortingtemplate><sortitem>citeorder</sortitem></sortingtemplate>\n</c>\n"
)
WORKS = {
    part.partition("{")[2].partition(",")[0]: WrittenEntry(f"@{part}")
    for part in (RECORDED / "people.bib").read_text().split("@")[1:]
}


class Shared(dict[str, bytes]):
    def put(self, key: str, data: bytes) -> None:
        self[key] = data


@pytest.fixture(autouse=True)
def shared(monkeypatch: pytest.MonkeyPatch) -> Shared:
    shared = Shared()
    monkeypatch.setattr(module, "SHARED", shared)
    monkeypatch.setattr(module, "CONTROLS", Shared())
    return shared


@dataclass
class Told:
    """What was asked of the programs, in order, and what they answer."""

    asked: list[Any] = field(default_factory=list)
    control: str = NAMED
    warm: bool = True
    problems: tuple[Problem, ...] = ()
    silent: bool = False
    """Whether the installed biber writes nothing, and says nothing."""


class FakeEngine(Engine):
    """LaTeX that writes a control file, and an installed biber that writes what was recorded."""

    told: Told

    def start(self, _: Sequence[str]) -> Finished:
        self.told.asked.append("latex")
        self.workspace.write(f"{FOLDER}/control.bcf", self.told.control)
        return Finished(0, b"", b"")

    def run_biber(
        self, _: Locator, job: str = "", warm: Callable[[str], tuple[str, str] | None] = lambda control: None
    ) -> list[Problem]:
        control = (self.workspace.read(f"{FOLDER}/{job}.bcf") or b"").decode()
        if made := warm(control):
            self.workspace.write(f"{FOLDER}/{job}.bbl", made[0])
            return []
        self.told.asked.append("biber")
        assert self.workspace.read(f"{FOLDER}/references.bib") == "".join(one.text for one in WORKS.values()).encode()
        if not self.told.silent:
            self.workspace.write(f"{FOLDER}/{job}.bbl", "whole")
        return list(self.told.problems)


class FakeBiber(WarmBiber):
    def __init__(self, workspace: Workspace, told: Told) -> None:
        super().__init__(workspace)
        self.told = told

    def begin(self, template: str = "") -> None:  # noqa: ARG002 - as the real one
        self.told.asked.append("begin")

    def run_whole(self, entries: Any, control: str) -> tuple[str, str] | None:
        self.told.asked.append("warm")
        assert entries == WORKS
        assert "citekey" in control
        return ("warm", "") if self.told.warm else None

    def run(self, template: str, entries: Any, citations: Any) -> BiberOutput | None:
        cited = [one.key for one in citations]
        self.told.asked.append(cited)
        if not self.told.warm:
            return None
        assert entries.keys() == set(cited)
        assert "citekey" not in template
        rest = [key for key in OTHER if key not in FEW]
        name = {
            tuple(PEOPLE): "people",
            tuple(OTHER): "people-other",
            tuple(FEW): "people-few",
            tuple(rest): "people-rest",
        }
        texts = [(RECORDED / f"{name[tuple(cited)]}{suffix}") for suffix in (".bbl", ".blg", ".names")]
        read = [text.read_text() if text.exists() else "" for text in texts]
        return BiberOutput(*read)


def make(
    folder: Path, cited: list[str], told: Told, works: dict[str, WrittenEntry] = WORKS
) -> tuple[Entries, str | None]:
    workspace = Workspace(folder)
    engine = FakeEngine(workspace, "2026", lambda step: None)
    object.__setattr__(engine, "told", told)
    biber = FakeBiber(workspace, told)
    document = Document((Piece("preamble"),))
    document.__dict__["cited"] = tuple(cited)
    entries = Entries(engine, document, works, biber, Locator(document))
    object.__setattr__(entries.engine, "told", told)
    return entries, entries.make()


def bbl(folder: Path) -> str:
    return (folder / FOLDER / "entries.bbl").read_text()


def recorded(name: str) -> str:
    return (RECORDED / f"{name}.bbl").read_text()


def test_latex_is_asked_once_and_biber_for_what_is_new(tmp_path: Path) -> None:
    told = Told()
    few, first = make(tmp_path, FEW, told)
    assert told.asked == ["begin", "latex", FEW]
    assert first == content_hash(recorded("people-few").encode())
    assert (few.biber_runs, few.reason) == (1, "todas las obras son nuevas")
    assert not (tmp_path / FOLDER / f"entries{UNPROVED}").exists()
    all_, _ = make(tmp_path, OTHER, told)
    assert told.asked[3:] == [[key for key in OTHER if key not in FEW]]
    assert bbl(tmp_path) == recorded("people-other")
    assert all_.reason == "solo lo nuevo: 9 de 11 obras"
    assert (tmp_path / FOLDER / f"entries{UNPROVED}").read_text() == content_hash(bbl(tmp_path).encode())
    assert "WARN - Entry 'once'" in (tmp_path / FOLDER / "entries.blg").read_text()
    again, _ = make(tmp_path, OTHER, told)
    assert (again.biber_runs, again.reason) == (0, "")
    moved, _ = make(tmp_path, PEOPLE, told)
    assert (moved.biber_runs, moved.reason) == (0, "no: las entradas de las 11 obras son conocidas")
    assert bbl(tmp_path) == recorded("people")
    assert len(told.asked) == 4
    assert (tmp_path / FOLDER / "entries.bcf").read_text().count("<bcf:citekey") == 11


def test_what_another_report_learnt_is_known(tmp_path: Path) -> None:
    told = Told()
    make(tmp_path / "one", PEOPLE, told)
    other, _ = make(tmp_path / "other", OTHER, told)
    assert told.asked == ["begin", "latex", PEOPLE]
    assert other.biber_runs == 0
    assert bbl(tmp_path / "other") == recorded("people-other")


def test_a_control_file_that_reads_the_report_s_own_files_is_not_shared(tmp_path: Path) -> None:
    told = Told()
    Workspace(tmp_path / "one").write(f"{FOLDER}/control.fls", "INPUT /usr/a\nINPUT own.sty\n")
    make(tmp_path / "one", PEOPLE, told)
    make(tmp_path / "other", PEOPLE, told)
    assert told.asked.count("latex") == 2


def test_another_format_has_another_control_file(tmp_path: Path) -> None:
    told = Told()
    make(tmp_path, PEOPLE, told)
    Workspace(tmp_path).write(f"{FOLDER}/preamble.json", json.dumps({"key": "", "made": True, "read": {"/usr/a": "1"}}))
    make(tmp_path, OTHER, told)
    assert told.asked.count("latex") == 2
    told.control = NAMED.replace("<c ", "<c a='' ")
    Workspace(tmp_path).write(f"{FOLDER}/preamble.json", json.dumps({"key": "", "made": True, "read": {"/usr/a": "2"}}))
    make(tmp_path, PEOPLE, told)
    assert told.asked[-3:] == ["begin", "latex", PEOPLE]  # nothing is known of another control file


def test_a_changed_entry_is_another_bbl(tmp_path: Path) -> None:
    told = Told()
    _, first = make(tmp_path, FEW, told)
    more = WORKS | {"nueve": WrittenEntry(WORKS["nueve"].text + " ")}
    with pytest.raises(KeyError):  # biber is asked for it alone, which was not recorded
        make(tmp_path, FEW, told, more)
    assert told.asked[-1] == ["nueve"]
    assert first is not None


@pytest.mark.parametrize(
    "control",
    [NAMED.replace(">none<", ">nyt<"), NAMED.replace("</c>", '<bcf:section number="1"></bcf:section></c>')],
)
def test_where_entries_are_not_separate_biber_writes_the_whole(tmp_path: Path, control: str) -> None:
    told = Told(control=control)
    entries, made = make(tmp_path, PEOPLE, told)
    assert told.asked == ["begin", "latex", "warm"]
    assert (made, entries.reason) == (content_hash(b"warm"), "cambió lo que se cita o references.bib")


def test_a_biber_that_cannot_be_begun_is_replaced_by_the_installed_one(tmp_path: Path) -> None:
    told = Told(warm=False)
    _, made = make(tmp_path, PEOPLE, told)
    assert told.asked == ["begin", "latex", PEOPLE, "warm", "biber"]
    assert made == content_hash(b"whole")


def test_a_biber_that_writes_nothing_leaves_nothing(tmp_path: Path) -> None:
    told = Told()
    make(tmp_path, FEW, told)
    told.warm, told.silent = False, True
    assert make(tmp_path, PEOPLE, told)[1] is None
    assert not (tmp_path / FOLDER / "entries.bbl").exists()


def test_a_failure_of_biber_leaves_no_bbl(tmp_path: Path) -> None:
    told = Told(warm=False, problems=(Problem("biber-fallo", "x", Span("references.bib")),))
    assert make(tmp_path, PEOPLE, told)[1] is None
    told.problems = ()
    assert make(tmp_path, PEOPLE, told)[1] == content_hash(b"whole")


def test_a_failure_of_biber_does_not_pass_for_the_entries_of_before(tmp_path: Path) -> None:
    told = Told(control="<c>\n</c>\n", warm=False)
    _, good = make(tmp_path, PEOPLE, told)
    missing = Problem("cita-sin-resolver", "una obra falta", Span("references.bib"))
    _, failed = make(tmp_path, [*PEOPLE, "nadie"], Told(control=told.control, warm=False, problems=(missing,)))
    assert failed is None
    mended, again = make(tmp_path, PEOPLE, told)
    assert again == good
    assert mended.biber_runs == 1, "what biber wrote of the work that was missing is there, and not to be taken"


def test_what_biber_would_execute_is_not_given_to_it(tmp_path: Path) -> None:
    told = Told(control=NAMED.replace("</c>", '<map_step map_replace="`id`"/></c>'))
    assert make(tmp_path, PEOPLE, told)[1] is None
    assert told.asked == ["begin", "latex"]


def test_what_was_refuted_is_left_to_the_installed_biber(tmp_path: Path, shared: Shared) -> None:
    told = Told()
    make(tmp_path, FEW, told)
    module.refute_entries(Workspace(tmp_path))
    assert [EntryCache.loads(data.decode(), key).refuted for key, data in shared.items()] == [True]
    entries, made = make(tmp_path, FEW, told)
    assert told.asked[-1] == "biber"
    assert made == content_hash(b"whole")
    assert "una vez no escribió" in entries.reason


def test_biber_begins_early_where_it_wrote_entries_before(tmp_path: Path) -> None:
    @dataclass
    class Pool:
        workspace: Workspace
        biber: FakeBiber

    told = Told()
    pool = Pool(Workspace(tmp_path), FakeBiber(Workspace(tmp_path), told))
    expect_entries(pool)  # type: ignore[arg-type]
    assert told.asked == []
    make(tmp_path, FEW, told)
    told.asked.clear()
    expect_entries(pool)  # type: ignore[arg-type]
    assert told.asked == ["begin"]
