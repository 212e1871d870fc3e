"""One build, or many one after another in one process: what was worked out is remembered from each for the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imprenta.cache import Cache
from imprenta.pipeline.build import Build, Outcome
from imprenta.pipeline.hooks import PagesReady
from imprenta.typeset import EnginePool, prepare_pool
from imprenta.workspace import WAITING

if TYPE_CHECKING:
    from collections.abc import Callable

    from imprenta.workspace import Workspace

MEMORY_PATH = "build/cache"


def build_report(
    workspace: Workspace,
    announce: Callable[[str], None] = lambda step: None,
    *,
    strict: bool = False,
    plain: bool = False,
) -> Outcome:
    """Build the PDF of a project. A failed build leaves the last good PDF as it is.

    With `strict` a warning fails the build too; with `plain` LaTeX sets the whole document in the ordinary way. Raises
    CannotContinue when there is nothing to build, or no tool.
    """
    with workspace.alone(lambda: announce(WAITING)):
        pool = EnginePool(workspace)
        if not plain:
            prepare_pool(workspace, pool)
        cache = Cache(workspace.engine_mark(), workspace.read_signed(MEMORY_PATH))
        try:
            outcome = Build(workspace, cache, announce, strict=strict, plain=plain, aside=True, pool=pool).run()
        finally:
            pool.close()
        cache.forget_unasked()
        if cache.changed:
            workspace.keep_signed(MEMORY_PATH, cache.dumps())
        return outcome


class Session:
    """Builds of one project one after another in one process, which remembers what it worked out."""

    def __init__(self, workspace: Workspace) -> None:
        """Start with what the last process remembered."""
        self.workspace = workspace
        self.cache = Cache(workspace.engine_mark(), workspace.read_signed(MEMORY_PATH))
        self.pool = EnginePool(workspace)

    def build(
        self,
        announce: Callable[[str], None] = lambda step: None,
        publish: Callable[[PagesReady], None] = lambda ready: None,
        *,
        strict: bool = False,
    ) -> Outcome:
        """Build the PDF as `build_report` does. Pages that changed are published before the checks are through."""
        build = Build(self.workspace, self.cache, announce, publish, strict=strict, pool=self.pool)
        with self.workspace.alone(lambda: announce(WAITING)):
            outcome = build.run()
        self.cache.forget_unasked()
        self.pool.prepare(build.source, build.date)
        return outcome

    def close(self) -> None:
        """Keep what was worked out for the next process, and end the engine that waits."""
        self.pool.close()
        if self.cache.changed:
            self.workspace.keep_signed(MEMORY_PATH, self.cache.dumps())
