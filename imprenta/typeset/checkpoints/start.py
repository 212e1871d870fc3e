"""A trace and the line of a change -> the checkpoint from which pages are set anew, and the TeX that begins there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imprenta.typeset.checkpoints.state import Glue

if TYPE_CHECKING:
    from imprenta.typeset.checkpoints.trace import Checkpoint, RunTrace

HIGH = 0.8
"""The part of a page below which TeX may still find that the page is better broken further up."""
FAR = 3
"""Pages back that are too many to be set only to begin higher up on a page."""


def find_start(trace: RunTrace, line: int) -> tuple[Checkpoint, Checkpoint] | None:
    """Return from which checkpoint to set anew what changed from `line` on, and the one where it is sure to be in step.

    The page that is half full at the first is set again from there, but not used: what follows is right if LaTeX is, at
    the second, on a later page and in the state in which it was. None if there is no such place.

    What stands before the first is put back as one piece. So the page must not have been broken within it, which is
    known only if the first stands well above the page's foot; a lower one is taken if others are too far.
    """
    before = [checkpoint for checkpoint in trace.checkpoints if checkpoint.line <= line]
    low: tuple[Checkpoint, Checkpoint] | None = None
    for start in reversed(before):
        if low is not None and low[0].pages - start.pages > FAR:
            break
        if not can_begin(trace, start):
            continue
        if start.page is None:
            return start, start
        certain = next((checkpoint for checkpoint in before if checkpoint.pages > start.pages), None)
        if certain is not None:
            if start.page.filled.natural <= HIGH * start.page.goal:
                return start, certain
            low = low or (start, certain)
    return low


def can_begin(trace: RunTrace, start: Checkpoint) -> bool:
    """Tell whether LaTeX can be brought into the state of a checkpoint: no floats, no groups, no endless glue.

    Nor may the page have been broken before it.
    """
    empty = next((checkpoint.floats_text for checkpoint in trace.checkpoints if checkpoint.is_fresh), "")
    if start.floats_text != empty or not trace.settles(start) or not can_fill(trace, start):
        return False
    return start.page is None or start.page.goal == start.floats.room


def can_fill(trace: RunTrace, start: Checkpoint) -> bool:
    """Tell whether a page can be filled as it was at a checkpoint, floats apart.

    Flags (groups, letters, measures of paragraphs) must be those that the document begins with: nothing restores them.
    """
    if start.flags != trace.checkpoints[0].flags:
        return False
    return start.page is None or start.page.can_be_filled


def restore(start: Checkpoint) -> str:
    """Return the TeX that brings LaTeX into the state that it had at a checkpoint."""
    values = [part.partition("=") for part in start.counters.split(",") if part]
    # A register that is no counter of LaTeX's (hyperref counts what has no number in one) is noted with a star.
    registers = [(name[1:] if name.startswith("*") else f"c@{name}", value) for name, _, value in values]
    counters = "".join(
        rf"\global\csname {name}\endcsname={value} " for name, value in [("c@page", str(start.number)), *registers]
    )
    opening = rf"{counters}\gdef\thepage{{{start.form}}}\checkpoint@fill{{{start.head}}}"
    page = start.page
    if page is None:
        return rf"{opening}{{0pt}}{{0pt}}{{0pt}}"
    # The last blank is put on the page by itself, for what follows may look at it (\lastskip, \addvspace).
    box = page.filled.natural - page.last_skip.natural
    stretch, shrink = page.filled.stretch - page.last_skip.stretch, page.filled.shrink - page.last_skip.shrink
    filling = rf"{{{box}sp}}{{{page.depth}sp}}{{0pt plus {stretch}sp minus {shrink}sp}}"
    blank = rf"\vskip{page.last_skip.tex}\relax " if page.last_skip != Glue(0) else ""
    penalty = rf"\penalty{page.last_penalty} " if page.last_penalty else ""
    return rf"{opening}{filling}{blank}{penalty}\prevdepth={page.previous_depth}sp\relax "
