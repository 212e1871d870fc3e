"""What LaTeX noted at its checkpoints, and what follows from it: where a stretch may begin."""

from __future__ import annotations

import pytest

from imprenta.model.page_table import SetPage, read_page_table, write_page_table
from imprenta.typeset.checkpoints.start import find_start
from imprenta.typeset.checkpoints.trace import Shipped, move, read_trace
from imprenta.typeset.whole.skeleton import _tree

EMPTY = "652.7pt,652.7pt,600.4pt,522.1pt,2,1,3,----"
DEFERRED = "652.7pt,652.7pt,600.4pt,522.1pt,2,1,3,---d"
NUMBERS = r"\csname @arabic\endcsname \c@page "


def page(total: str, goal: str = "652.7pt", skip: str = "0.0pt", fil: str = "0.0pt") -> str:
    return f"{total},3.0pt,{fil},0.0pt,0.0pt,1.0pt,2.7pt,{goal},2.7pt,{skip},0"


def checkpoint(line: int, where: str, floats: str = EMPTY, flags: str = "1") -> str:
    return f"H|{line}|SUM{line}|1|section=2,|{NUMBERS}|{{Uno | dos}}{{}}|{where}|{floats}|{flags}"


def shipped(line: int, column: str = "650.0pt") -> str:
    return f"P|{line}|7|{column}|{NUMBERS}"


def test_the_lines_of_latex_are_read_and_written_alike() -> None:
    text = "\n".join([checkpoint(3, "fresh"), shipped(9), checkpoint(12, page("104.8pt"))]) + "\n"
    trace = read_trace(text)
    assert [(event.line, event.pages) for event in trace.checkpoints] == [(3, 0), (12, 1)]
    assert trace.checkpoints[0].head == "{Uno | dos}{}"
    assert trace.checkpoints[0].is_fresh
    assert not trace.checkpoints[1].is_fresh
    assert trace.shipped == (Shipped(9, 7, NUMBERS, "650.0pt"),)
    assert trace.dumps() == text


def test_a_page_that_shrank_or_stretched_its_blanks_is_told() -> None:
    text = f"S|9|7|650.0pt|{NUMBERS}\n{shipped(11)}\n"
    trace = read_trace(text)
    assert [page.natural for page in trace.shipped] == [False, True]
    assert trace.dumps() == text


def test_where_a_stretch_met_the_run_before_is_read_too() -> None:
    trace = read_trace("\n".join([checkpoint(3, "fresh"), "M|3", "F|4"]))
    assert (trace.met, trace.ended) == (3, True)


@pytest.mark.parametrize("text", ["P|9", "P|9|1|9.0pt", "H|3|SUM|a", "H|x|S|a|b|c|d|e|f"])
def test_lines_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - whatever it says, the file is not used
        read_trace(text)


def test_an_event_moves_with_its_lines_and_pages() -> None:
    first = read_trace(checkpoint(3, "fresh")).checkpoints[0]
    moved = move(first, 10, 2)
    assert (moved.line, getattr(moved, "pages", None)) == (13, 2)
    assert move(Shipped(4, 1, NUMBERS, "9.0pt"), 10, 2) == Shipped(14, 1, NUMBERS, "9.0pt")


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


def test_a_stretch_begins_where_the_page_was_surely_not_broken_before() -> None:
    """Near its foot LaTeX may go back to a better place to break a page; that place would be lost in one piece."""
    rows = [checkpoint(3, "fresh"), checkpoint(5, page("520pt")), checkpoint(7, page("530pt")), shipped(11)]
    found = find_start(read_trace("\n".join([*rows, checkpoint(12, page("90pt"))])), 12)
    assert found is not None
    assert [event.line for event in found] == [5, 12]
    full = [row for line in (10, 20, 30, 40, 50) for row in (checkpoint(line, page("640pt")), shipped(line + 1))]
    for pages, first in ((4, 3), (5, 50)):
        trace = read_trace("\n".join([checkpoint(3, "fresh"), *full[: 2 * pages], checkpoint(60, page("90pt"))]))
        found = find_start(trace, 60)
        assert found is not None
        assert found[0].line == first


@pytest.mark.parametrize(
    "unfit",
    [
        checkpoint(7, page("300pt"), floats=DEFERRED),
        checkpoint(7, page("300pt"), flags="n1"),
        checkpoint(7, page("300pt"), flags="2"),
        checkpoint(7, page("300pt", goal="600.0pt")),
        checkpoint(7, page("300pt", skip="0.0pt plus 1.0fil")),
        checkpoint(7, page("300pt", fil="1.0pt")),
        checkpoint(7, page("0.0pt")),
    ],
    ids=[
        "floats wait",
        "after a heading",
        "in a group",
        "with notes",
        "endless glue at the end",
        "endless glue",
        "what has no height",
    ],
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
