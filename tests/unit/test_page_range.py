"""When a range that came to the list of references may have another running head than was there before."""

from __future__ import annotations

from dataclasses import replace

import pytest
from made_up_latex import FIRST_LINE, Block, MadeUpLatex

from imprenta.model.document import KNOWN, UNKNOWN, Document, Piece
from imprenta.typeset.checkpoints.paged_run import PagedRun
from imprenta.typeset.incremental.changes import Change
from imprenta.typeset.incremental.page_range import LIST_HEADING, _forget_head
from imprenta.typeset.incremental.plan import Plan

RUN = MadeUpLatex("body").run([Block(lines=10)])
LAST = RUN.trace.checkpoints[-1]
HEADING = f"\\checkpoint\n{LIST_HEADING}Referencias}}\n"


def plan(heading: str = HEADING, told: str = KNOWN) -> Plan:
    """Return a plan for a document whose last checkpoint has this after it."""
    pieces = (Piece("\n"), Piece("\n" * (LAST.line - 2)), Piece(heading, told))
    document = Document(pieces)
    assert document.starts[-1] == LAST.line
    return Plan(RUN.trace.checkpoints[0], RUN.trace.checkpoints[0], Change((3, 4), (3, 4), (1, 2), (1, 2)), document)


def came_to(**changed: str) -> PagedRun:
    """Return a run that is at the last checkpoint, where something of the state is other than it was."""
    other = replace(LAST, sum="otra", **changed)
    events = tuple(other if event == LAST else event for event in RUN.trace.events)
    return replace(RUN, trace=replace(RUN.trace, events=events, met=LAST.line))


def test_the_head_before_a_page_that_begins_with_a_heading_does_not_count() -> None:
    assert LAST.line > FIRST_LINE
    found = _forget_head(plan(), RUN, came_to(head="Otro")).trace.at(LAST.line)
    assert found == LAST


@pytest.mark.parametrize(
    ("other", "changed"),
    [
        (plan(), {"head": "Otro", "counters": "section=3,"}),
        (plan(), {"head": "Otro", "flags": "2"}),
        (plan("\\checkpoint\nTexto\n"), {"head": "Otro"}),
        (plan("\\checkpoint\n\\addsec*{Referencias}\n"), {"head": "Otro"}),
        (plan(told=UNKNOWN), {"head": "Otro"}),
    ],
    ids=["more is another", "a group", "no heading", "a heading without head", "a template of the author's"],
)
def test_the_head_counts_in_all_other_cases(other: Plan, changed: dict[str, str]) -> None:
    run = came_to(**changed)
    assert _forget_head(other, RUN, run) == run
