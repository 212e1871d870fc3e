"""A report that was read -> what its checks find, by whoever has time for them: this process later, or another now."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from imprenta.pipeline.loading import TEXTS, recall_texts

if TYPE_CHECKING:
    from collections.abc import Callable

    from imprenta.cache import Cache
    from imprenta.pipeline.loading import Findings, Loaded
    from imprenta.workspace import Workspace


def begin_checks(workspace: Workspace, loaded: Loaded, cache: Cache, *, aside: bool) -> Callable[[], Findings]:
    """Start the checks if they run `aside`; return what waits for what they found, or has them run when it is asked."""
    wait = _check_aside(workspace, loaded, cache) if aside else partial(check_loaded, workspace, loaded)
    found: list[Findings | Exception] = []

    def findings() -> Findings:
        if not found:
            try:
                found.append(wait())
            except Exception as error:  # noqa: BLE001 - it is raised below
                found.append(error)  # whoever asks again is told the same: what waits can be asked once
        if isinstance(found[0], Exception):
            raise found[0]
        return found[0]

    return findings


def _check_aside(workspace: Workspace, loaded: Loaded, cache: Cache) -> Callable[[], Findings]:
    """Run the checks in a copy of this process; what it read of the texts is remembered here."""

    def work() -> tuple[Findings, dict[str, Any], set[str]]:
        recall_texts(workspace, loaded, cache)
        # What the rubric says in a build that goes well is not told.
        findings = replace(check_loaded(workspace, loaded), verdicts=())
        return findings, cache.news().get(TEXTS, {}), cache.asked(TEXTS)

    wait = workspace.start_worker(work)

    def findings() -> Findings:
        found, read, asked = wait()
        cache.absorb(TEXTS, read, asked)
        return found

    return findings


def check_loaded(workspace: Workspace, loaded: Loaded) -> Findings:
    """Run every check on a report that was read."""
    from imprenta.pipeline.examine import check_report  # much code, which the typesetting does not need

    return check_report(workspace, loaded)
