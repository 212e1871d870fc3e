"""A plan that is being set -> the page ranges before it, set at the same time by another engine.

Whoever changes a number mostly changes pages far apart. The last range is set first, and the next is planned from what
came of it; but what it depends on stands before the last one and is known already, unless the two run into each other.
So it is set on a guess, up to where the later range begins, and then the one before it. `PagedRun.replace` looks at
them as at any other, when it is known what they have to fit into; a guess that was wrong is thrown away.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from imprenta.problems import CannotContinue
from imprenta.typeset.checkpoints.jobs import tell_steps
from imprenta.typeset.checkpoints.numbering import find_movable
from imprenta.typeset.engine.background import Background
from imprenta.typeset.incremental.plan import plan_page_range
from imprenta.typeset.incremental.range_job import compose_range, read_job
from imprenta.workspace import Cancelled

if TYPE_CHECKING:
    from imprenta.typeset.checkpoints.part import Part
    from imprenta.typeset.checkpoints.trace import RunTrace
    from imprenta.typeset.incremental.plan import Plan
    from imprenta.typeset.incremental.setting import Setting
    from imprenta.typeset.request import Request


class RangeAhead:
    """The page range before another one, set in a thread of its own.

    When it is set, the one before it is begun (`before`): one of them works at a time.
    """

    def __init__(self, setting: Setting, request: Request, later: Plan, trace: RunTrace) -> None:
        """Begin, while the range of the plan `later` is set, which was made with `trace`."""
        self._setting, self._request, self._later, self._trace = setting, request, later, trace
        self._plan: Plan | None = None
        self.before: RangeAhead | None = None
        self._work = Background(self._set)

    def take(self, plan: Plan) -> Part | None:
        """Return what was set, if it was for this plan and came into step before the later range; else None."""
        part = self._work.wait()
        return part if part is not None and part.run.trace.met and plan == self._plan else None

    def close(self) -> None:
        """Wait until nothing is done any more."""
        with suppress(CannotContinue, Cancelled):
            self._work.wait()
        if self.before is not None:
            self.before.close()

    def _set(self) -> Part | None:
        setting, request = self._setting, self._request
        plan = self._plan = plan_page_range(self._later.document, request.document, self._trace)
        if plan is None or plan.change.old[1] >= self._later.certain.line:
            return None
        begin, end = plan.change.old[1], self._later.certain.line
        between = (one for one in self._trace.settled if begin <= one.line < end)
        movable = find_movable(self._trace) if setting.moves else frozenset[int]()
        job = compose_range(setting, plan, tell_steps(between, plan.shift, movable))
        finished, name = setting.pool.set_beside(setting.engine, job)
        part = read_job(setting, job, finished, name, replace(request.locator, document=plan.document))
        if part is not None and part.run.trace.met and plan.document is not request.document:
            self.before = RangeAhead(setting, request, plan, self._trace)
        return part
