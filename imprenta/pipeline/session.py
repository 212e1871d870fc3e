"""One build, or many one after another in one process: what was worked out is remembered from each for the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imprenta.memory import Memory
from imprenta.pipeline.build import Build, Outcome, PagesReady
from imprenta.typeset.spare import Spares
from imprenta.workspace import WAITING

if TYPE_CHECKING:
    from collections.abc import Callable

    from imprenta.workspace import Workspace

MEMORY_PATH = "build/memoria"


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
        spares = Spares(workspace)
        if not plain:
            spares.prepare_as_last_time()
        memory = Memory(workspace.engine_mark(), workspace.read_sealed(MEMORY_PATH))
        try:
            outcome = Build(workspace, memory, announce, strict=strict, plain=plain, aside=True, spares=spares).run()
        finally:
            spares.close()
        memory.forget_unasked()
        if memory.changed:
            workspace.keep_sealed(MEMORY_PATH, memory.dumps())
        return outcome


class Session:
    """Builds of one project one after another in one process, which remembers what it worked out."""

    def __init__(self, workspace: Workspace) -> None:
        """Start with what the last process remembered."""
        self.workspace = workspace
        self.memory = Memory(workspace.engine_mark(), workspace.read_sealed(MEMORY_PATH))
        self.spares = Spares(workspace)

    def build(
        self,
        announce: Callable[[str], None] = lambda step: None,
        publish: Callable[[PagesReady], None] = lambda ready: None,
        *,
        strict: bool = False,
    ) -> Outcome:
        """Build the PDF as `build_report` does. Pages that changed are published before the checks are through."""
        build = Build(self.workspace, self.memory, announce, publish, strict=strict, spares=self.spares)
        with self.workspace.alone(lambda: announce(WAITING)):
            outcome = build.run()
        self.memory.forget_unasked()
        self.spares.prepare(build.source, build.date)
        return outcome

    def close(self) -> None:
        """Keep what was worked out for the next process, and end the engine that waits."""
        self.spares.close()
        if self.memory.changed:
            self.workspace.keep_sealed(MEMORY_PATH, self.memory.dumps())
