"""The setting of page ranges: what stays the same for all of them in one build."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from imprenta.typeset.checkpoints.auxiliary import write_known

if TYPE_CHECKING:
    from collections.abc import Mapping

    from imprenta.model.document import Document
    from imprenta.typeset.checkpoints.build_state import BuildState
    from imprenta.typeset.engine.engine import Engine
    from imprenta.typeset.engine.pool import EnginePool
    from imprenta.typeset.request import Hooks, Request
    from imprenta.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Setting:
    """What sets page ranges: the engine for the .tex of now, the engines that wait, and who is told of it.

    `known` is an .aux with what a job has to know of the pages that are there, `lists` their contents by their ending.
    """

    engine: Engine
    pool: EnginePool
    hooks: Hooks
    document: Document
    known: str
    lists: Mapping[str, str]
    contents_line: int
    """The last line of the .tex that was there on which contents are read, or 0."""
    moves: bool
    """Whether pages after a range may get other numbers."""

    @classmethod
    def of(cls, request: Request, hooks: Hooks, state: BuildState) -> Setting:
        """Return what sets ranges of the pages of a state."""
        record = state.record
        return cls(
            request.start_engine(hooks),
            request.pool,
            hooks,
            request.document,
            state.auxiliary if record.reads_labels else write_known(state.auxiliary),
            state.lists,
            max(state.run.trace.lists, default=0),
            moves=not (record.reads_labels or record.reads_numbers),
        )

    @property
    def preamble(self) -> str:
        """Return the preamble of the .tex."""
        return self.document.preamble

    @property
    def data(self) -> str:
        """Return the row of the .tex that every job needs."""
        return self.document.data

    @property
    def workspace(self) -> Workspace:
        """Return the door to the folder of the build."""
        return self.engine.workspace
