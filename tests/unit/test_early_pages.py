"""Pages that are shown before the whole is set: in order, and only where somebody wants them."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, cast

import pytest

from imprenta.typeset.whole.early_pages import EarlyPages
from imprenta.workspace import Cancelled

if TYPE_CHECKING:
    from collections.abc import Mapping

    from imprenta.typeset.request import Hooks


class Watcher:
    """Sees pages, once it is let."""

    def __init__(self, *, wants_pages: bool = True, called_off: bool = False) -> None:
        self.wants_pages = wants_pages
        self.called_off = called_off
        self.may_see = threading.Event()
        self.seen: list[tuple[bytes, Mapping[int, int]]] = []

    def publish_early(self, pdf: bytes, pages: Mapping[int, int]) -> None:
        assert self.may_see.wait(60)
        if self.called_off:
            raise Cancelled
        self.seen.append((pdf, pages))


def early_pages(watcher: Watcher) -> EarlyPages:
    return EarlyPages(cast("Hooks", watcher))


def test_pages_are_shown_beside_all_else_and_waited_for() -> None:
    watcher = Watcher()
    early = early_pages(watcher)
    early.show(b"one", 2)  # returns although nobody has seen them yet
    assert watcher.seen == []
    watcher.may_see.set()
    early.show(b"two", 1)
    early.wait()
    assert watcher.seen == [(b"one", {0: 0, 1: 1}), (b"two", {0: 0})]
    early.wait()


def test_nobody_is_shown_what_nobody_wants() -> None:
    watcher = Watcher(wants_pages=False)
    early = early_pages(watcher)
    early.show(b"one", 2)
    early.wait()
    assert watcher.seen == []


def test_a_build_that_is_called_off_while_pages_are_shown_ends() -> None:
    watcher = Watcher(called_off=True)
    early = early_pages(watcher)
    early.show(b"one", 2)
    watcher.may_see.set()
    with pytest.raises(Cancelled):
        early.wait()
    early.wait()
