"""Pages that are seen, shown before the whole is set: when, and with which format."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from imprenta.problems import CannotContinue
from imprenta.typeset.incremental import glimpse as module
from imprenta.typeset.incremental.glimpse import Glimpse

if TYPE_CHECKING:
    from collections.abc import Mapping

SEEN = b"pages that are seen"


class Watcher:
    """Sees pages; refuses a PDF if told so."""

    wants_pages = True
    seen_pages = frozenset({3})

    def __init__(self, *, refuses: bool = False) -> None:
        self.refuses = refuses
        self.told: list[object] = []

    def announce(self, step: str) -> None: ...

    def meanwhile(self) -> None: ...

    def confirm(self) -> None:
        self.told.append("confirm")
        if self.refuses:
            raise CannotContinue("no")

    def publish_early(self, pdf: bytes, _pages: Mapping[int, int]) -> None:
        self.told.append(pdf)

    def publish(self, pdf: bytes, _pages: Mapping[int, int], _band: object) -> None:
        self.told.append(pdf)


@pytest.fixture
def request_for_all(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(module, "plan_glimpse", lambda *_: "a plan")
    monkeypatch.setattr(module, "_set", lambda *_: [(SEEN, {3: 0})])
    state = SimpleNamespace(document=None, run=SimpleNamespace(trace=None))
    return SimpleNamespace(state=state, document=SimpleNamespace(has=lambda *_: False))


def test_pages_that_are_seen_come_after_the_checks_and_before_the_whole(request_for_all: Any) -> None:
    watcher = Watcher()
    glimpse = Glimpse(request_for_all, watcher)
    glimpse.confirm()
    glimpse.publish_early(b"the body", {0: 0})
    glimpse.publish(b"all", {0: 0}, None)
    assert watcher.told == ["confirm", SEEN, b"the body", b"all"]


def test_what_the_checks_refuse_is_not_shown(request_for_all: Any) -> None:
    watcher = Watcher(refuses=True)
    glimpse = Glimpse(request_for_all, watcher)
    with pytest.raises(CannotContinue):
        glimpse.confirm()
    glimpse.close()
    assert watcher.told == ["confirm"]


@pytest.mark.parametrize(
    ("before", "there", "dumped"),
    [("\\x\n", True, False), ("% 2026\n\\x\n", True, False), ("% 2026\n\\x\n", False, True), ("\\y\n", True, True)],
    ids=["the same", "another date", "without a format", "another"],
)
def test_the_format_that_is_there_will_do_if_it_says_the_same(
    monkeypatch: pytest.MonkeyPatch, before: str, *, there: bool, dumped: bool
) -> None:
    made: list[str] = []
    monkeypatch.setattr(module, "find_format", lambda *_: there)
    monkeypatch.setattr(module, "make_format", lambda _, __, preamble, ___: made.append(preamble) or True)
    nobody: Any = None
    assert module._has_format(nobody, nobody, before, "\\x\n")
    assert made == (["\\x\n"] * 2 if dumped else [])
