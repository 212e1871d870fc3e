"""What has to follow pages that were set anew: titles in the outline, numbers on the pages that stay."""

from __future__ import annotations

from dataclasses import replace

import pytest
from made_up_latex import Block, MadeUpLatex

from imprenta.model.page_table import SetPage
from imprenta.typeset.checkpoints.paged_run import PagedRun
from imprenta.typeset.incremental.joining import find_kept, find_new_titles, find_numbers, have_moved, is_told_alike


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


def test_a_page_that_moves_after_it_was_set_is_noticed() -> None:
    """Of several ranges the last of the document is set first: one before it may then move its pages."""
    whole = MadeUpLatex("range").run([Block(lines=35)])
    set_with = find_numbers(whole, ["range"])
    assert [number for _, number in set_with.values()] == [1, 2, 3, 4]
    assert not have_moved(whole, set_with)
    last = whole.trace.shipped[-1]
    for moved in (replace(last, number=5), replace(last, form="otra")):
        events = tuple(moved if event is last else event for event in whole.trace.events)
        later = replace(whole, trace=replace(whole.trace, events=events))
        assert have_moved(later, set_with)
        assert not have_moved(later, find_numbers(later, ["range"]))
        assert not have_moved(later, {key: told for key, told in set_with.items() if key[1] < 3})
    assert find_numbers(whole, ["body"]) == {}
