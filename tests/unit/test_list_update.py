"""When other references need no LaTeX over the whole, and when what was set for them may be kept."""

from __future__ import annotations

import threading
from dataclasses import replace
from queue import SimpleQueue
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from test_list_pages import HEADING, LINE, body, listed

from imprenta.model.document import bare_document
from imprenta.model.facts import Continued, Fact
from imprenta.model.page_table import SetPage
from imprenta.typeset.checkpoints.build_state import LIST_ENTRIES
from imprenta.typeset.engine.engine import FOLDER
from imprenta.typeset.incremental import list_update as module
from imprenta.typeset.incremental.list_update import ListUpdate, can_update, changes_references
from imprenta.typeset.pdf.renumber import Renumbered
from imprenta.typeset.references.entries import ENTRIES
from imprenta.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path

    from imprenta.typeset.checkpoints.paged_run import PagedRun
    from imprenta.typeset.incremental.list_pages import ListPages


def ask(cited: str = "ab", foreign: str = "", bibliography: str = "uno", continued: bool = False) -> Any:
    stated: set[type[Fact]] = {Continued} if continued else set()
    has = stated.__contains__
    document = SimpleNamespace(cited=tuple(cited), foreign=frozenset(foreign.split()), has=has)
    return SimpleNamespace(document=document, inputs=SimpleNamespace(bibliography=bibliography))


def state(run: PagedRun | None = None, entries: str = "bbl", cited: str = "ab") -> Any:
    record = SimpleNamespace(inputs=SimpleNamespace(bibliography="uno"))
    document = SimpleNamespace(cited=tuple(cited))
    return SimpleNamespace(record=record, document=document, run=run or body(), entries=entries)


@pytest.mark.parametrize(("request_", "changes"), [
    (ask(), False), (ask("ba"), True), (ask("abc"), True), (ask("a"), True), (ask(bibliography="dos"), True),
])  # fmt: skip
def test_references_change_with_the_works_their_order_and_what_is_said_of_them(request_: Any, changes: bool) -> None:
    assert changes_references(request_, state()) is changes


def test_the_list_can_be_changed_alone_in_the_ordinary_case() -> None:
    assert can_update(ask(), state())
    assert can_update(ask(foreign="templates/portada.tex.j2"), state())


@pytest.mark.parametrize("name", ["documento", "preambulo", "bibliografia", "bibliografia-apa"])
def test_templates_of_the_authors_for_references_leave_it_to_the_whole(name: str) -> None:
    assert not can_update(ask(foreign=f"templates/{name}.tex.j2"), state())


def test_a_list_that_comes_or_goes_or_is_not_known_is_left_to_the_whole() -> None:
    assert not can_update(ask(""), state())
    assert not can_update(ask(), state(cited=""))
    assert not can_update(ask(), state(entries=""))
    assert not can_update(ask(continued=True), state())


def test_a_citation_that_other_pages_repeat_is_left_to_the_whole() -> None:
    run = body()
    start = run.trace.checkpoints[-1]
    events = tuple(replace(one, head=r"\hyperlink{cite.0@a}{1}") if one is start else one for one in run.trace.events)
    assert not can_update(ask(), state(replace(run, trace=replace(run.trace, events=events))))
    written = (*run.written[:-1], r"\@writefile{toc}{\hyperlink{cite.0@a}{1}}")
    assert not can_update(ask(), state(replace(run, written=written)))


class Update(ListUpdate):
    """An update of which all that LaTeX, biber and the PDF say is made up."""

    def __init__(
        self, folder: Path, made: tuple[ListPages, ...] | None, contents: dict[int, bytes], refused: set[int]
    ) -> None:
        source = "\n".join(["\\begin{document}", *["x"] * (LINE - 2), "\\checkpoint", "\\printbibliography", ""])
        self._request: Any = SimpleNamespace(document=bare_document(source))
        self.shown: list[dict[int, int]] = []
        hooks = SimpleNamespace(wants_pages=True, publish=lambda pdf, pages, band: self.shown.append(pages))
        self._setting: Any = SimpleNamespace(workspace=Workspace(folder), hooks=hooks)
        self._state: Any = SimpleNamespace(run=body())
        self._renumbered = Renumbered(contents, frozenset(refused))
        self._work: Any = SimpleNamespace(wait=lambda: made)
        self._entries = "new"
        self._ready = SimpleQueue()
        for pages in (*(made or ()), None):
            self._ready.put(pages)
        self.again: list[PagedRun] = []

    def _set_list(self, run: PagedRun) -> tuple[ListPages, ...] | None:
        self.again.append(run)
        return (listed(0, 2, HEADING, "\n", said="again"),)


class Foretelling(ListUpdate):
    """An update whose entries are told before biber writes them; that waits until LaTeX has set what was told."""

    def __init__(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch, written: str | None, *, seen: bool = True
    ) -> None:
        self.set: list[str] = []
        self.biber_runs, self.biber_reason = 0, ""
        self.seen = seen
        workspace = Workspace(folder)
        self._setting: Any = SimpleNamespace(workspace=workspace, engine=None)
        self._request: Any = SimpleNamespace(
            document=None, bibliography=None, pool=SimpleNamespace(biber=None), locator=None
        )
        told = threading.Event()
        self.told = told

        class Biber:
            biber_runs, reason = 1, "una obra"

            def __init__(self, *_: object) -> None:
                """Take what there is to write."""

            def make(self) -> str | None:
                assert not seen or told.wait(60)
                if written is not None:
                    workspace.write(f"{FOLDER}/{ENTRIES}.bbl", written)
                return written

        monkeypatch.setattr(module, "Entries", Biber)

    def _is_seen(self) -> bool:
        return self.seen

    def _foretell(self) -> str:
        return "told"

    def _set_entries(self, run: PagedRun, entries: str) -> tuple[ListPages, ...] | None:
        assert run == body()
        self.set.append(entries)
        self.told.set()
        return (listed(1, 1, said=entries),)

    def begin(self) -> tuple[ListPages, ...] | None:
        return self._set_list(body())


def test_who_waits_sees_words_before_biber_writes_them_and_gets_what_it_wrote(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = Foretelling(tmp_path, monkeypatch, "told")
    assert right.begin() == (listed(1, 1, said="told"),)
    assert right.set == ["told"]
    wrong = Foretelling(tmp_path, monkeypatch, "written")
    assert wrong.begin() == (listed(1, 1, said="written"),)
    assert wrong.set == ["told", "written"]
    assert (wrong._entries, wrong.biber_runs, wrong.biber_reason) == ("written", 1, "una obra")
    refused = Foretelling(tmp_path, monkeypatch, None)
    assert refused.begin() is None
    unseen = Foretelling(tmp_path, monkeypatch, "written", seen=False)
    assert unseen.begin() == (listed(1, 1, said="written"),)
    assert unseen.set == ["written"]


def set_anew(*numbers: int) -> PagedRun:
    """Return the run with some pages that another job has set."""
    pages = (SetPage("range", 0) if number in numbers else page for number, page in enumerate(body().pages))
    return replace(body(), pages=tuple(pages))


def test_numbers_are_changed_on_the_pages_that_stay(tmp_path: Path) -> None:
    done = Update(tmp_path, (listed(1, 1),), {0: b"a", 1: b"b", 2: b"c"}, set()).finish(set_anew(1))
    assert done is not None
    assert done.contents == {0: b"a", 2: b"c"}
    assert [page.job for page in done.run.pages] == ["body", "range", "body", "body", "list"]
    assert done.files[LIST_ENTRIES] == "new"
    assert done.reason == "1 página de las referencias; números de citas en 2 páginas, sin LaTeX"


def test_a_page_that_only_latex_can_set_must_have_been_set(tmp_path: Path) -> None:
    assert Update(tmp_path, (listed(1, 1),), {}, {1}).finish(set_anew(0, 1)) is not None
    assert Update(tmp_path, (listed(1, 1),), {}, {1}).finish(set_anew(0)) is None


def test_without_pages_of_the_list_the_whole_is_set(tmp_path: Path) -> None:
    assert Update(tmp_path, None, {}, set()).finish(body()) is None


def test_the_list_is_set_again_if_it_begins_on_another_page(tmp_path: Path) -> None:
    run = body()
    start = run.trace.checkpoints[-1]
    events = tuple(replace(one, number=one.number + 1) if one is start else one for one in run.trace.events)
    moved = replace(run, trace=replace(run.trace, events=events))
    update = Update(tmp_path, (listed(1, 1),), {}, set())
    done = update.finish(moved)
    assert done is not None
    assert update.again == [moved]
    assert update.shown == [{3: 0, 4: 1}], "not what was set first"
    assert done.run.messages[-1].rows == ("again",)
    update = Update(tmp_path, (listed(1, 1),), {}, set())
    assert update.finish(run) is not None
    assert not update.again
    assert update.shown == [{4: 0}]


def test_pages_that_go_on_from_others_take_their_places_too(tmp_path: Path) -> None:
    done = Update(tmp_path, (listed(0, 1, HEADING, "\n", given=2), listed(1, 1)), {}, set()).finish(body())
    assert done is not None
    assert [page.page for page in done.run.pages if page.job == "list"] == [0, 0]
    assert done.reason == "2 páginas de las referencias"
