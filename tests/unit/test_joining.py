"""What has to follow pages that were set anew: titles in the outline, numbers on the pages that stay."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from made_up_latex import Block, MadeUpLatex
from test_paged_run import Edit, blocks, documents

from imprenta.model.page_table import SetPage
from imprenta.typeset.checkpoints.paged_run import PagedRun
from imprenta.typeset.incremental.joining import (
    are_in_place,
    find_kept,
    find_moved,
    find_new_titles,
    find_numbers,
    is_told_alike,
)


def run(*headings: str) -> PagedRun:
    return MadeUpLatex("body").run([Block(heading=heading, lines=8) for heading in headings])


def written(run: PagedRun, *titles: str) -> PagedRun:
    """Return a run whose outline has these titles, one a page."""
    entries = (
        "\n"
        rf"\BKM@entry{{id=9,dest={{{f'section.{number}'.encode().hex().upper()}}},srcline={{1}}}}"
        rf"{{{title.encode('latin-1').hex().upper()}}}" + "\n"
        for number, title in enumerate(titles, 1)
    )
    return replace(run, written=("", *entries, ""))


def test_titles_that_changed_are_told_by_their_names() -> None:
    before = written(run("Uno", "Dos"), "Uno", "Dos")
    assert find_new_titles(before, before) == {}
    assert find_new_titles(before, written(before, "Uno", "Otro")) == {"section.2": "Otro"}


@pytest.mark.parametrize("titles", [("Uno",), ("Uno", "Dos", "Tres")])
def test_an_outline_with_other_entries_has_no_new_titles(titles: tuple[str, ...]) -> None:
    before = written(run("Uno", "Dos"), "Uno", "Dos")
    assert find_new_titles(before, written(before, *titles)) is None


def test_pages_that_stay_are_found_again() -> None:
    before = run(*"abcdef")
    pages = (before.pages[0], SetPage("range-1", 0), SetPage("range-1", 1), *before.pages[3:])
    now = replace(before, pages=pages)
    assert find_kept(before, now, ["range-1"]) == [0, None, None, *range(3, len(before.pages))]
    again = replace(now, pages=(*pages[:1], SetPage("range-2", 0), *pages[2:]))
    assert find_kept(now, again, ["range-2"]) == [0, None, *range(2, len(pages))]
    # A job that has a name which was there before has set its pages anew.
    assert find_kept(now, now, ["range-1"])[1:3] == [None, None]


def test_what_pages_told_and_their_numbers_are_compared() -> None:
    before = run("Uno", "Dos")
    assert is_told_alike(before, run("Uno", "Dos"))
    assert not is_told_alike(before, run("Uno", "Otro"))
    shipped = before.trace.shipped[-1]
    events = tuple(replace(shipped, number=9) if event == shipped else event for event in before.trace.events)
    assert not is_told_alike(before, replace(before, trace=replace(before.trace, events=events)))


def shift(run: PagedRun, by: int, form: str = "") -> PagedRun:
    """Return a run whose last page has another number, or form."""
    last = run.trace.shipped[-1]
    moved = replace(last, number=last.number + by, form=form or last.form)
    events = tuple(moved if event is last else event for event in run.trace.events)
    return replace(run, trace=replace(run.trace, events=events))


def test_a_page_that_moves_after_it_was_set_is_found() -> None:
    whole = MadeUpLatex("range").run([Block(lines=35)])
    set_with = find_numbers(whole, ["range"])
    assert [number for _, number in set_with.values()] == [1, 2, 3, 4]
    assert find_moved(whole, set_with) == {}
    assert find_moved(shift(whole, 1), set_with) == {3: (4, 5)}
    assert find_moved(shift(whole, 0, "otra"), set_with) is None
    assert find_moved(shift(whole, 1), find_numbers(shift(whole, 1), ["range"])) == {}
    assert find_moved(shift(whole, 1), {key: told for key, told in set_with.items() if key[1] < 3}) == {}
    assert find_numbers(whole, ["body"]) == {}


@settings(max_examples=settings().max_examples * 2 // 5, suppress_health_check=[HealthCheck.filter_too_much])
@given(documents, st.integers(0, 99), blocks, st.integers(0, 99), blocks)
def test_pages_that_an_earlier_range_moves_are_found_with_their_numbers(
    old: list[Block], later: int, block: Block, earlier: int, other: Block
) -> None:
    """Of several ranges the last of the document is set first: one before it may then move its pages."""
    first = Edit(old, later, block)
    run = first.put_in()
    assume(first.range.trace.met and isinstance(run, PagedRun))
    assert isinstance(run, PagedRun)
    second = Edit(first.new, earlier % (first.index + 1), other)
    pages = tuple(replace(page, job="later") if page.job == "range" else page for page in run.pages)
    second.before = replace(run, pages=pages)
    set_with = find_numbers(second.before, ["later"])
    made = second.put_in()
    assume(second.range.trace.met and isinstance(made, PagedRun))
    assert isinstance(made, PagedRun)
    set_with |= find_numbers(made, ["range"])
    moved = find_moved(made, set_with)
    assert moved is not None
    for place, (page, wanted) in enumerate(zip(made.pages, second.expected.trace.shipped, strict=True)):
        if page.job != "body":
            _, printed = set_with[page.job, page.page]
            assert moved.get(place, (printed, printed)) == (printed, wanted.number)
        else:
            assert place not in moved


def test_pages_that_change_their_places_are_noticed_though_all_numbers_are_there() -> None:
    before = run(*"abcdef")
    assert are_in_place(before, before, [])
    pages = (SetPage("range", 0), SetPage("range", 1), *before.pages[1:3], SetPage("later", 0), *before.pages[5:])
    now = replace(before, pages=pages)
    assert len(pages) == len(before.pages)
    assert not are_in_place(before, now, ["range", "later"])
    assert are_in_place(before, replace(before, pages=(SetPage("range", 0), *before.pages[1:])), ["range"])
    assert not are_in_place(before, shift(before, 1), [])
