"""What one command knows -> what the next command of the same process need not find out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imprenta.up_to_date import stamp_engine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from imprenta.cache import Cache
    from imprenta.pipeline import Outcome, Session
    from imprenta.tag_choice import TagChoice
    from imprenta.workspace import Workspace


class Kept:
    """The builds of a process so far. A resident process goes on from them; any other has one command only."""

    def __init__(self) -> None:
        """Start with nothing built, and with the stamps of the engine that is being loaded."""
        self.engine = stamp_engine()
        self.session: Session | None = None
        self.is_resident = False

    def known(self, workspace: Workspace) -> Workspace:
        """Return the same project as the last build knew it."""
        own = self.session.workspace if self.session is not None else workspace
        return own if own.root == workspace.root else workspace

    def cache_of(self, workspace: Workspace) -> Cache | None:
        """Return what the builds of a project worked out, if this process has made any.

        What a check adds is new to the next build, as it is to one that never saw the check.
        """
        return self.session.cache if self.session is not None and self.known(workspace) is not workspace else None

    def build(
        self,
        workspace: Workspace,
        announce: Callable[[str], None],
        changed: Iterable[str],
        choice: TagChoice,
        *,
        strict: bool,
        plain: bool,
    ) -> Outcome:
        """Build the report, as `pipeline.build_report` does; `changed` are the files of it that are not as before.

        `choice` says which parts of it are printed. A process that stays is only asked for those that the report says.
        """
        if self.is_resident and self.session is not None and self.session.workspace is workspace:
            return self.session.build(announce, strict=strict)
        from imprenta.pipeline import hold_plotter

        plotter = hold_plotter(workspace, changed)
        try:
            from imprenta.pipeline import Session  # what plots need is imported in the other process meanwhile

            session = Session(workspace, choice=choice)
            outcome = session.build_once(announce, strict=strict, plain=plain, plotter=plotter)
        finally:
            if plotter is not None:
                plotter.end()
        if not plain and not self.is_resident:
            self.session = session
        return outcome
