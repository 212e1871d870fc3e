"""Checks that fail in a copy of this process: whoever asks again is told what they failed with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from imprenta.cache import Cache
from imprenta.pipeline import begun_checks
from imprenta.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("aside", [True, False])
def test_checks_that_fail_are_asked_for_once_and_tell_it_twice(
    tmp_path: Path, aside: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise LookupError("a fault of ours")

    monkeypatch.setattr(begun_checks, "check_loaded", fail)
    monkeypatch.setattr(begun_checks, "recall_texts", lambda *_: None)
    nothing: Any = None
    findings = begun_checks.begin_checks(Workspace(tmp_path), nothing, Cache(), aside=aside)
    for _ in range(2):
        with pytest.raises(LookupError, match="a fault of ours"):
            findings()
