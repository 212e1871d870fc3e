"""Pages of the list are put into the run before only where they wrote what it wrote; all else of it stays."""

from __future__ import annotations

from dataclasses import replace

import pytest

from imprenta.model.page_table import SetPage
from imprenta.typeset.checkpoints.paged_run import PagedRun
from imprenta.typeset.checkpoints.part import Part
from imprenta.typeset.checkpoints.trace import Checkpoint, RunTrace, Shipped
from imprenta.typeset.engine.messages import Message
from imprenta.typeset.incremental.list_pages import ListPages, fits_list, put_list

BODY, PAGES = 3, 5
"""Pages before the list, and in all."""
LINE = 40
"""The line of the checkpoint at which the list begins."""
HEADING = "\n\\@writefile{toc}{\\contentsline {section}{Referencias}{4}{section*.9}}\n"


def checkpoint(line: int, pages: int) -> Checkpoint:
    return Checkpoint(line, pages, pages + 1, f"SUM{line}", "", "1", "", "fresh", "", "")


def shipped(job: str, numbers: range) -> list[Shipped]:
    return [Shipped(LINE if job == "list" else number, number + 1, job, "9.0pt") for number in numbers]


def body() -> PagedRun:
    """Return a run of three pages and a list of two."""
    pages = shipped("body", range(PAGES))
    events = (checkpoint(3, 0), *pages[:BODY], checkpoint(LINE, BODY), *pages[BODY:])
    written = ("first", "one", "two", "three", HEADING, "\n", "last")
    table = tuple(SetPage("body", number) for number in range(PAGES))
    return PagedRun(RunTrace(events, lists=(7,)), written, (Message(5, ("body",)),), table)


def listed(first: int, count: int, *written: str, given: int = 0, said: str = "") -> ListPages:
    """Return pages of the list, of which the job has set some more."""
    given = given or count
    pages = shipped("list", range(BODY + first, BODY + first + given))
    messages = (Message(LINE, (said,)),) if said else ()
    run = PagedRun(
        RunTrace((checkpoint(LINE, 0), *pages)),
        ("", *(written or ["\n"] * given), "end"),
        messages,
        tuple(SetPage("list", number) for number in range(given)),
    )
    return ListPages(Part(run, {"list": b"%PDF"}, ""), first, count)


@pytest.mark.parametrize(
    ("first", "count", "given", "jobs"),
    [
        (0, 2, 2, "body body body list list"),
        (0, 1, 2, "body body body list body"),
        (1, 1, 1, "body body body body list"),
        (0, 0, 0, "body body body body body"),
    ],
)
def test_pages_of_the_list_take_the_place_of_its_own(first: int, count: int, given: int, jobs: str) -> None:
    made = put_list(body(), listed(first, count, given=given))
    assert [page.job for page in made.pages] == jobs.split()
    assert [page.form for page in made.trace.shipped] == jobs.split()
    assert [page.number for page in made.trace.shipped] == [1, 2, 3, 4, 5]
    assert [page.page for page in made.pages if page.job == "list"] == [*range(count)]
    assert [(one.line, one.pages) for one in made.trace.checkpoints] == [(3, 0), (LINE, BODY)]
    assert made.trace.lists == (7,)
    assert len(made.written) == PAGES + 2
    assert (made.written[: BODY + first + 1], made.written[-1]) == (body().written[: BODY + first + 1], "last")
    assert made.messages == body().messages


def test_what_the_pages_write_is_kept() -> None:
    made = put_list(body(), listed(0, 2, "a", "b"))
    assert made.written == ("first", "one", "two", "three", "a", "b", "last")
    made = put_list(body(), listed(0, 1, "a", "b", given=2))
    assert made.written == ("first", "one", "two", "three", "a", "\n", "last")


def test_what_is_said_of_the_list_takes_the_place_of_what_was_said() -> None:
    before = replace(body(), messages=(*body().messages, Message(LINE, ("old",))))
    assert [one.rows for one in put_list(before, listed(0, 2, said="new")).messages] == [("body",), ("new",)]
    assert [one.rows for one in put_list(before, listed(0, 2)).messages] == [("body",)]
    assert put_list(before, listed(0, 0)).messages == before.messages


def test_pages_fit_if_they_wrote_the_same() -> None:
    assert fits_list(body(), listed(0, 2, HEADING, "\n"))
    assert fits_list(body(), listed(0, 1, HEADING, "\n", given=2))
    assert fits_list(body(), listed(1, 1))
    assert not fits_list(body(), listed(0, 2, HEADING.replace("{4}", "{5}"), "\n"))
    assert not fits_list(body(), listed(0, 2, HEADING, HEADING))
    assert not fits_list(body(), listed(1, 1, HEADING))


@pytest.mark.parametrize(("first", "count"), [(1, 1), (0, 1)])
def test_a_part_of_the_list_fits_only_if_nothing_was_or_is_said_of_it(first: int, count: int) -> None:
    written = ["\n"] if first else [HEADING]
    before = replace(body(), messages=(Message(LINE, ("old",)),))
    assert not fits_list(before, listed(first, count, *written))
    assert not fits_list(body(), listed(first, count, *written, said="new"))
    assert fits_list(before, listed(0, 2, HEADING, "\n", said="new"))
