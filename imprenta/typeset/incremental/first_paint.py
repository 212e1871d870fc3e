"""A change of one block -> what the reader sees of it first: its page as far as the block goes.

To set the rest of the page takes most of a range's time, and the rest is what it was, if LaTeX is after the block in
the state in which it was. So an engine sets the block alone, at its place on an else empty page, looks, and lets the
page out. It is good for a picture of the block's rows; the exact page follows. The engine has begun before, and needs
no more fonts than the block's: pdfTeX takes 3 ms for each.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from imprenta.model.facts import Float, Footnote
from imprenta.typeset.checkpoints.jobs import UNPACKED, compose_job
from imprenta.typeset.checkpoints.start import can_fill, restore
from imprenta.typeset.checkpoints.state import POINT
from imprenta.typeset.checkpoints.trace import read_trace
from imprenta.typeset.engine.engine import FOLDER, read_output
from imprenta.typeset.engine.job import STEPS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from imprenta.typeset.checkpoints.state import PageState
    from imprenta.typeset.checkpoints.trace import Checkpoint, RunTrace
    from imprenta.typeset.engine.job import Job
    from imprenta.typeset.incremental.plan import Plan
    from imprenta.typeset.incremental.setting import Setting
    from imprenta.typeset.request import Band

READY = UNPACKED + r"\let\checkpoint@check\checkpoint@firstpaint\checkpoint@warm"
"""What an engine is told before it knows where to look."""
FIRST_LINE = 3
"""The first line of the .tex a first paint can begin with: before it stand what all share, and the state."""
TEXT_START = re.compile(r"^G\|([\d.]+)pt$", re.MULTILINE)
BIG_POINTS = 72 / 72.27
SLACK = 2.0
"""Points below the last line of the block that surely belong to nothing else: the next line is further off."""
UNDER = 0.8
"""Points below the line before the block in which its letters may still print something."""


def take_first_paint(
    setting: Setting, files: Mapping[str, str], plan: Plan, trace: RunTrace
) -> tuple[bytes, int, Band] | None:
    """Return a PDF whose one page is the page (its number from 0) of what changed, and the heights between which it is.

    `files` are what a job of the document's rows reads. None if no engine waits for that, LaTeX cannot
    begin right before the block, it is not as high as it was, or its page is not set at its natural height.
    """
    ends = _ends(plan, trace)
    if ends is None:
        return None
    before, after = ends
    line = after.line + plan.shift
    job = _compose(plan, trace, before, line)
    if job is None:
        return None
    steps = f"\\checkpointstep{{{line}}}{{}}%\n"
    name = setting.pool.look(
        setting.engine, setting.preamble, replace(job, files={**files, STEPS: steps}), setting.hooks.meanwhile
    )
    if name is None:
        return None
    noted = read_output(setting.workspace, ".checkpoints", name)
    start = TEXT_START.search(noted)
    now = next((one for one in read_trace(noted).checkpoints if one.line == line), None)
    pdf = setting.workspace.read(f"{FOLDER}/{name}.pdf")
    if start is None or now is None or now.pages or not pdf or _filled(now) != _filled(after):
        return None
    top, bottom = _height(before) + UNDER, _height(after) + SLACK
    text = float(start[1])
    return pdf, after.pages, ((text + top) * BIG_POINTS, (text + bottom) * BIG_POINTS)


def _compose(plan: Plan, trace: RunTrace, before: Checkpoint, last: int) -> Job | None:
    """Return the job that sets the rows from a checkpoint to another's line on an else empty page, or None."""
    if before.line < FIRST_LINE or not can_fill(trace, before) or stands_elsewhere(plan):
        return None
    rows = plan.document.rows
    state = rf"\checkpointsteps\makeatletter {restore(before)}\makeatother%"
    part = [*["%"] * (before.line - 2), state, *rows[before.line - 1 : last]]
    job = compose_job(part, FIRST_LINE - 1, READY, "", {}, plan.document.data)
    return replace(job, certain=job.source.index("\n") + 1)


def stands_elsewhere(plan: Plan) -> bool:
    """Tell whether something that changed does not stand where its block does: a float or a note."""
    begin, end = plan.change.new
    first, last = plan.change.new_pieces
    apart = plan.document.facts(Float, Footnote, first=first, end=last)
    return any(found.start[0] < end and found.end[0] >= begin for found in apart)


def _ends(plan: Plan, trace: RunTrace) -> tuple[Checkpoint, Checkpoint] | None:
    """Return the last checkpoint before the change and the first after it, if both stayed on one page.

    None too if that page shrank or stretched its blanks, for it will again, and by how much is known when it is full.
    """
    before = max((one for one in trace.checkpoints if one.line <= plan.change.old[0]), key=lambda one: one.line)
    after = next((one for one in trace.checkpoints if one.line >= plan.change.old[1]), None)
    if after is None or after.is_fresh or after.pages != before.pages:
        return None
    if not trace.settles(after) or not trace.shipped[after.pages].natural:
        return None
    # Floats at the foot of the page take room, but do not move what stands above them.
    return None if after.floats.at_bottom else (before, after)


def _filled(checkpoint: Checkpoint) -> tuple[str, PageState | None]:
    """Return what a checkpoint says of the text and of how it fills the page, whatever room floats leave."""
    page = checkpoint.page
    return checkpoint.counters, replace(page, goal=0) if page is not None else None


def _height(checkpoint: Checkpoint) -> float:
    """Return how far below the start of the text a page is filled, in TeX's points: the last line's depth included."""
    filled = checkpoint.floats.height - checkpoint.floats.room
    page = checkpoint.page
    if page is not None:
        filled += page.filled.natural + page.depth
    return filled / POINT
