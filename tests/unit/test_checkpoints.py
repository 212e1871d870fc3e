"""What LaTeX noted at its checkpoints, and what follows from it: where a stretch may begin, which blocks changed."""

from __future__ import annotations

import pytest

from imprenta.model.page_table import SetPage, read_page_table, write_page_table
from imprenta.typeset.checkpoints.start import find_start
from imprenta.typeset.checkpoints.trace import Change, RunTrace, Shipped, find_changes, move, read_trace
from imprenta.typeset.incremental.plan import FAR, Plan, plan_page_range
from imprenta.typeset.whole.skeleton import _tree

EMPTY = "652.7pt,652.7pt,600.4pt,522.1pt,2,1,3,----"
DEFERRED = "652.7pt,652.7pt,600.4pt,522.1pt,2,1,3,---d"
NUMBERS = r"\csname @arabic\endcsname \c@page "


def page(total: str, goal: str = "652.7pt", skip: str = "0.0pt", fil: str = "0.0pt") -> str:
    return f"{total},3.0pt,{fil},0.0pt,0.0pt,1.0pt,2.7pt,{goal},2.7pt,{skip},0"


def checkpoint(line: int, where: str, floats: str = EMPTY, flags: str = "1") -> str:
    return f"H|{line}|SUM{line}|1|section=2,|{NUMBERS}|{{Uno | dos}}{{}}|{where}|{floats}|{flags}"


def shipped(line: int) -> str:
    return f"P|{line}|7|{NUMBERS}"


def test_the_lines_of_latex_are_read_and_written_alike() -> None:
    text = "\n".join([checkpoint(3, "fresh"), shipped(9), checkpoint(12, page("104.8pt"))]) + "\n"
    trace = read_trace(text)
    assert [(event.line, event.pages) for event in trace.checkpoints] == [(3, 0), (12, 1)]
    assert trace.checkpoints[0].head == "{Uno | dos}{}"
    assert trace.checkpoints[0].is_fresh
    assert not trace.checkpoints[1].is_fresh
    assert trace.shipped == (Shipped(9, 7, NUMBERS),)
    assert trace.dumps() == text


def test_where_a_stretch_met_the_run_before_is_read_too() -> None:
    trace = read_trace("\n".join([checkpoint(3, "fresh"), "M|3", "F|4"]))
    assert (trace.met, trace.ended) == (3, True)


@pytest.mark.parametrize("text", ["P|9", "H|3|SUM|a", "H|x|S|a|b|c|d|e|f"])
def test_lines_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - whatever it says, the file is not used
        read_trace(text)


def test_an_event_moves_with_its_lines_and_pages() -> None:
    first = read_trace(checkpoint(3, "fresh")).checkpoints[0]
    moved = move(first, 10, 2)
    assert (moved.line, getattr(moved, "pages", None)) == (13, 2)
    assert move(Shipped(4, 1, NUMBERS), 10, 2) == Shipped(14, 1, NUMBERS)


ROWS = [r"\begin{document}", r"\checkpoint", "uno", r"\checkpoint", "dos", "más", r"\checkpoint", "tres"]


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        (ROWS, []),
        ([*ROWS[:4], "otro", *ROWS[5:]], [Change((5, 6), (5, 6))]),
        ([*ROWS[:4], "dos", "y", "más", *ROWS[6:]], [Change((6, 6), (6, 7))]),
        ([*ROWS[:2], "un", *ROWS[3:7], "tre"], [Change((3, 4), (3, 4)), Change((7, 9), (7, 9))]),
        (ROWS[:6], [Change((7, 9), (7, 7))]),
    ],
    ids=["nothing", "a row", "a row more", "two blocks", "a block less"],
)
def test_changes_are_told_by_lines(new: list[str], expected: list[Change]) -> None:
    assert find_changes(ROWS, new) == expected


def test_a_block_that_is_a_blank_line_is_not_taken_for_the_end() -> None:
    assert find_changes(["uno", "", "\\checkpoint", "dos", "tres"], ["uno", "otro", "tres"]) == [Change((2, 5), (2, 3))]


def test_a_stretch_begins_on_a_new_page_if_it_can() -> None:
    trace = read_trace(
        "\n".join([checkpoint(3, "fresh"), shipped(8), checkpoint(9, "fresh"), checkpoint(12, page("9pt"))])
    )
    found = find_start(trace, 10)
    assert found is not None
    assert [event.line for event in found] == [9, 9]


def test_a_stretch_begins_in_a_page_before_the_one_that_changed() -> None:
    rows = [checkpoint(3, "fresh"), checkpoint(5, page("80pt")), checkpoint(7, page("300pt")), shipped(11)]
    trace = read_trace("\n".join([*rows, checkpoint(12, page("90pt")), checkpoint(15, page("200pt"))]))
    found = find_start(trace, 15)
    assert found is not None
    assert [event.line for event in found] == [7, 12]


@pytest.mark.parametrize(
    "unfit",
    [
        checkpoint(7, page("300pt"), floats=DEFERRED),
        checkpoint(7, page("300pt"), flags="n1"),
        checkpoint(7, page("300pt"), flags="2"),
        checkpoint(7, page("300pt", goal="600.0pt")),
        checkpoint(7, page("300pt", skip="0.0pt plus 1.0fil")),
        checkpoint(7, page("300pt", fil="1.0pt")),
    ],
    ids=["floats wait", "after a heading", "in a group", "with notes", "endless glue at the end", "endless glue"],
)
def test_no_stretch_begins_where_more_than_the_state_matters(unfit: str) -> None:
    rows = [checkpoint(3, "fresh"), checkpoint(5, page("80pt")), unfit, shipped(11), checkpoint(12, page("90pt"))]
    found = find_start(read_trace("\n".join(rows)), 12)
    assert found is not None
    assert found[0].line == 5


def test_without_a_sound_place_there_is_no_stretch() -> None:
    assert find_start(read_trace(checkpoint(7, page("300pt"))), 9) is None
    assert find_start(read_trace(checkpoint(7, "fresh")), 3) is None


def test_floats_that_wait_are_told() -> None:
    waits, calm = read_trace("\n".join([checkpoint(3, "fresh", DEFERRED), checkpoint(4, "fresh")])).checkpoints
    assert waits.floats.defer
    assert not calm.floats.defer


def test_the_table_of_pages_is_read_as_it_was_written() -> None:
    pages = [SetPage("body", 0), SetPage("range-0a1b", 3), SetPage("body", 2, -4)]
    assert read_page_table(write_page_table(pages)) == pages
    with pytest.raises(ValueError):  # noqa: PT011 - whatever it says, the file is not used
        read_page_table("cuerpo 1\n")


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        ([], []),
        ([1, 1], [(0, 0), (0, 0)]),
        ([1, 2, 3, 2, 1], [(0, 2), (1, 1), (2, 0), (1, 0), (0, 0)]),
        ([2, 1, 3], [(0, 0), (0, 1), (2, 0)]),
    ],
)
def test_an_outline_is_a_tree(levels: list[int], expected: list[tuple[int, int]]) -> None:
    assert _tree(levels) == expected


PAGES_A_BLOCK = FAR - 2
NEAR, DISTANT = "uno dos tres".split(), "uno dos tres cuatro cinco".split()


def document(*blocks: str) -> str:
    rows = [row for block in blocks for row in (r"\checkpoint", *block.split("/"))]
    return "\n".join([r"\documentclass{x}", r"\begin{document}", *rows, r"\checkpoint", r"\printbibliography", ""])


def passage_of(text: str) -> RunTrace:
    """Return what LaTeX would pass if each block filled some pages."""
    rows = [
        row
        for line, words in enumerate(text.split("\n"), 1)
        if words == r"\checkpoint"
        for row in (checkpoint(line, "fresh"), *[shipped(line)] * PAGES_A_BLOCK)
    ]
    return read_trace("\n".join(rows))


def plan(old: str, new: str) -> Plan:
    found = plan_page_range(old, new, passage_of(old))
    assert found is not None
    return found


def test_changes_that_lie_near_each_other_are_one_stretch() -> None:
    new = document("uno", "DOS", "TRES", "cuatro")
    found = plan(document("uno", "dos", "tres", "cuatro"), new)
    assert found.text == new
    assert found.change == Change((6, 9), (6, 9))


def test_changes_far_apart_are_set_one_after_the_other_from_the_end() -> None:
    old, new = document(*DISTANT), document("uno", "DOS/y/más", "tres", "cuatro", "CINCO/y")
    last = plan(old, new)
    assert last.text == document("uno", "dos", "tres", "cuatro", "CINCO/y")
    assert (last.change, last.shift, last.start.line) == (Change((11, 13), (11, 14)), 1, 11)
    first = plan(last.text, new)
    assert first.text == new
    assert (first.change, first.shift, first.start.line) == (Change((6, 7), (6, 9)), 2, 5)


def test_a_heading_that_changed_anywhere_asks_for_the_whole() -> None:
    old = document(r"\section{Uno}", *DISTANT)
    assert plan_page_range(old, document(r"\section{Otro}", *DISTANT[:-1], "CINCO"), passage_of(old)) is None


def test_what_stayed_the_same_needs_no_stretch() -> None:
    old = document(*NEAR)
    assert plan_page_range(old, old, passage_of(old)) is None
