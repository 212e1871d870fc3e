"""One build, or many one after another in one process: what was worked out is remembered from each for the next."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from imprenta.cache import Cache
from imprenta.pipeline.begun_checks import check_loaded
from imprenta.pipeline.build import Build
from imprenta.pipeline.drawers import load_drawers
from imprenta.pipeline.early_plots import hold_plotter
from imprenta.pipeline.tagging import tag_report
from imprenta.tag_choice import AS_WRITTEN
from imprenta.typeset import EnginePool, EntriesGuard, prepare_pool
from imprenta.workspace import PDF_PATH, WAITING

if TYPE_CHECKING:
    from collections.abc import Callable

    from imprenta.model.paper import Paper
    from imprenta.pipeline.drawers import Drawer
    from imprenta.pipeline.hooks import PagesReady
    from imprenta.pipeline.outcome import Outcome
    from imprenta.tag_choice import TagChoice
    from imprenta.workspace import Workspace

CACHE_PATH = "build/cache"


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
    return Session(workspace).build_once(announce, strict=strict, plain=plain)


class Session:
    """Builds of one project one after another in one process, which remembers what it worked out."""

    def __init__(self, workspace: Workspace, *, spare: bool = True, choice: TagChoice = AS_WRITTEN) -> None:
        """Start with what the last process remembered; `spare` is as an `EnginePool` has it.

        `choice` says which parts of the report are printed.
        """
        self.choice = choice
        self.workspace = workspace
        self.pool = EnginePool(workspace, spare=spare)
        self.guard = EntriesGuard(workspace, self.pool)
        self._last: Build | None = None

    @cached_property
    def cache(self) -> Cache:
        """What this process and those before it worked out."""
        return Cache(self.workspace.engine_mark(), self.workspace.read_signed(CACHE_PATH))

    def build_once(
        self,
        announce: Callable[[str], None] = lambda step: None,
        *,
        strict: bool = False,
        plain: bool = False,
        plotter: Drawer | None = None,
    ) -> Outcome:
        """Build the PDF as `build_report` tells, and leave all to the next process: as if no other build came.

        `plotter` is a process that draws plots, which gets ready already.
        """
        with self.workspace.alone(lambda: announce(WAITING)):
            if not plain:
                prepare_pool(self.workspace, self.pool)
            build = Build(
                self.workspace, self.cache, announce,
                strict=strict, plain=plain, aside=True, pool=self.pool, plotter=plotter, choice=self.choice,
            )  # fmt: skip
            try:
                outcome = build.run()
            finally:
                self.pool.close()
            self._last = build
            self.cache.forget_unasked()
            self._keep()
        return outcome

    def build(
        self,
        announce: Callable[[str], None] = lambda step: None,
        publish: Callable[[PagesReady], None] | None = None,
        look: Callable[[], frozenset[int]] = frozenset,
        *,
        strict: bool = False,
    ) -> Outcome:
        """Build the PDF as `build_report` does. Pages that changed are published before the checks are through.

        If all pages have to be set, those (from 1) that `look` tells are published before the others.

        Where there is no PDF yet, what draws plots gets ready and LaTeX begins as early as in `build_once`.
        """
        build = Build(self.workspace, self.cache, announce, publish, strict=strict, pool=self.pool, choice=self.choice)
        build.look = look
        self.guard.stop()
        with self.workspace.alone(lambda: announce(WAITING)):
            if not self.workspace.is_file(PDF_PATH):
                build.plotter = hold_plotter(self.workspace, self.workspace.list_files("figures", ".py"))
            try:
                outcome = build.run()
            finally:
                if build.plotter is not None:
                    build.plotter.end()
        self._last = build
        self.cache.forget_unasked()
        return outcome

    def get_ready(self) -> None:
        """Have engines wait for the next build: whoever changes a place mostly changes it again."""
        if self._last is not None:
            self._last.litter = None
            if self._last.preamble:  # the build came as far as the .tex
                self.pool.prepare(self._last.preamble, self._last.date)
                self.pool.go_ahead()
            self.guard.begin()

    def settle(self) -> None:
        """Have the disk hold the PDF; what else is kept is believed only when it is whole."""
        self.workspace.settle(PDF_PATH)

    def warm_up(self) -> None:
        """Do the checks once more in this process, so that it knows what a worker of the last build found out."""
        if self._last is not None and self._last.loaded is not None:
            check_loaded(self.workspace, self._last.loaded)

    def load_drawers(self) -> None:
        """Import what draws the figures of the report: the next that changes does not wait for it."""
        loaded = self._last.loaded if self._last is not None else None
        if loaded is not None and loaded.paper is not None:
            load_drawers(self.workspace, loaded.paper.every_figure.values())

    @property
    def included(self) -> frozenset[str]:
        """Return the files of elsewhere that the last build read, by their paths from the root."""
        loaded = self._last.loaded if self._last is not None else None
        return frozenset(loaded.included) if loaded is not None else frozenset()

    @property
    def paper(self) -> Paper | None:
        """Return the paper of the last build, or None if its data could not be used."""
        return self._last.loaded.paper if self._last is not None and self._last.loaded is not None else None

    def move_in(self) -> None:
        """Go on in another process, a copy of the one that built: no engine waits for this one."""
        self.pool = EnginePool(self.workspace)
        self.guard = EntriesGuard(self.workspace, self.pool)

    def finish_pdf(self) -> None:
        """Give the PDF the tags that the report asks for, if the last build left them out: nobody waits for it now."""
        last = self._last
        if last is None or last.publish is None or last.loaded is None or not last.untagged:
            return
        pdf = tag_report(self.workspace, last.loaded, last.untagged, self.cache)
        if pdf != last.untagged:
            with self.workspace.alone(lambda: None):
                self.workspace.write(PDF_PATH, pdf)
        last.untagged = b""

    def end(self) -> None:
        """End all that waits, or works, for the next build."""
        self.guard.stop()
        self.pool.close()

    def close(self) -> None:
        """End all that waits, finish the PDF, and keep what was worked out for the next process."""
        self.end()
        self.finish_pdf()
        self._keep()

    def _keep(self) -> None:
        if self.cache.changed:
            self.workspace.keep_signed(CACHE_PATH, self.cache.dumps())
