"""Where a page range is accepted: put into the run before it, it is what a run over the new rows would have been.

All with a made-up LaTeX, in milliseconds; `tests/property/test_incremental.py` asks the same of the real one.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_up_latex import FIRST_LINE, Block, MadeUpLatex

from imprenta.model.page_table import SetPage
from imprenta.typeset.checkpoints.jobs import tell_steps
from imprenta.typeset.checkpoints.paged_run import Misfit, PagedRun
from imprenta.typeset.checkpoints.start import find_start

blocks = st.builds(
    Block,
    rows=st.integers(1, 3),
    lines=st.integers(0, 14),
    heading=st.sampled_from(["", "", "", "Uno", "Dos"]),
    complains=st.booleans(),
    text=st.sampled_from(["a", "b", "c"]),
    restarts=st.sampled_from([False] * 9 + [True]),
    noted=st.sampled_from([False] * 5 + [True]),
)
documents = st.lists(blocks, min_size=2, max_size=30)


def line_of(document: list[Block], index: int) -> int:
    """Return the line of the checkpoint before a block."""
    return FIRST_LINE + sum(block.rows + 1 for block in document[:index])


def steps_after(run: PagedRun, line: int, shift: int, *, numbered: bool) -> dict[int, str]:
    movable = frozenset() if numbered else frozenset(one.line for one in run.trace.checkpoints)
    told = tell_steps((one for one in run.trace.settled if one.line >= line), shift, movable)
    rows = (row.removeprefix(r"\checkpointstep{").removesuffix("}%") for row in told.splitlines())
    return {int(line): step for line, _, step in (row.partition("}{") for row in rows)}


class Edit:
    """One block of a document changed, and what LaTeX makes of it: the run before, the range, a run from nothing."""

    def __init__(self, old: list[Block], index: int, block: Block, *, numbered: bool = False) -> None:
        self.index = index % len(old)
        self.new = [*old[: self.index], block, *old[self.index + 1 :]]
        self.shift = block.rows - old[self.index].rows
        setter = MadeUpLatex("body")
        self.before = setter.run(old)
        self.afresh = MadeUpLatex("afresh")
        self.expected = self.afresh.run(self.new)
        found = find_start(self.before.trace, line_of(old, self.index))
        assert found is not None, "the first page is fresh"
        self.start, self.certain = found
        steps = steps_after(self.before, line_of(old, self.index + 1), self.shift, numbered=numbered)
        self.job = MadeUpLatex.resume("range", self.start, steps)
        begin = next(number for number in range(len(old)) if line_of(old, number) == self.start.line)
        self.range = self.job.run(self.new, begin)
        self.contents = {"body": setter.contents, "range": self.job.contents[1 if self.job.discards else 0 :]}

    def put_in(self) -> PagedRun | Misfit:
        return self.before.replace(self.range, self.certain, self.start.pages, self.shift)

    def page(self, page: SetPage) -> str:
        return self.contents[page.job][page.page]


def assert_is_expected(edit: Edit, run: PagedRun) -> None:
    """Hold all that a run tells against one from nothing (I4: all of it describes the same pages)."""
    assert run.trace.events == edit.expected.trace.events
    assert run.written == edit.expected.written
    assert run.messages == edit.expected.messages
    assert [edit.page(page) for page in run.pages] == edit.afresh.contents
    assert [page.shift for page in run.pages if page.job == "range"] == [0] * sum(p.job == "range" for p in run.pages)


@given(documents, st.integers(0, 99), blocks)
def test_a_range_put_in_is_what_a_run_from_nothing_gives(old: list[Block], index: int, block: Block) -> None:
    edit = Edit(old, index, block, numbered=True)
    run = edit.put_in()
    if edit.range.trace.met:
        assert isinstance(run, PagedRun)
        assert_is_expected(edit, run)


@given(documents, st.integers(0, 99), blocks)
def test_pages_after_a_range_may_get_other_numbers(old: list[Block], index: int, block: Block) -> None:
    edit = Edit(old, index, block)
    run = edit.put_in()
    if edit.range.trace.met and isinstance(run, PagedRun):
        assert_is_expected(edit, run)
    elif edit.range.trace.met:
        numbers = {len(str(page.number)) for one in (edit.before, edit.expected) for page in one.trace.shipped}
        assert len(numbers) > 1, "all numbers have as many digits, and could be changed"


@given(documents, st.integers(0, 99), blocks, st.integers(1, 3))
def test_a_range_may_be_set_in_two_jobs(old: list[Block], index: int, block: Block, limit: int) -> None:
    edit = Edit(old, index, block, numbered=True)
    begin = next(number for number in range(len(old)) if line_of(old, number) == edit.start.line)
    job = MadeUpLatex.resume("range", edit.start, edit.job.steps)
    job.limit = limit
    first = job.run(edit.new, begin)
    opened = edit.before.replace(replace(first, trace=replace(first.trace, met=0)), edit.certain, edit.start.pages)
    if first.trace.met or first.trace.checkpoints[-1].line < edit.certain.line:
        return
    assert isinstance(opened, PagedRun)
    found = find_start(opened.trace, opened.trace.checkpoints[-1].line)
    assert found is not None
    start, certain = found
    again = MadeUpLatex.resume("rest", start, edit.job.steps)
    rest = again.run(edit.new, next(n for n in range(len(old) + 1) if line_of(edit.new, n) == start.line))
    edit.contents = {**edit.contents, "range": job.contents[1 if job.discards else 0 :]}
    edit.contents["rest"] = again.contents[1 if again.discards else 0 :]
    joined = opened.replace(replace(rest, trace=replace(rest.trace, met=0)), certain, start.pages)
    assert isinstance(joined, PagedRun)
    if rest.trace.met:
        met = replace(joined, trace=replace(joined.trace, met=rest.trace.met))
        run = edit.before.replace(met, edit.certain, 0, edit.shift)
        assert isinstance(run, PagedRun)
        assert_is_expected(edit, run)


OLD = [Block(heading="Uno", lines=4), *[Block(lines=3, text=text) for text in "abcdefghij"]]


def small_edit(block: Block = Block(lines=3, text="nuevo"), index: int = 5) -> Edit:  # noqa: B008 - it is frozen
    return Edit(OLD, index, block)


def test_pages_far_from_a_change_are_kept_as_they_were() -> None:
    run = small_edit().put_in()
    assert isinstance(run, PagedRun)
    assert [page.job for page in run.pages] == ["body", "range", "body", "body"]


def test_a_range_that_did_not_begin_as_it_was_is_refused() -> None:
    edit = small_edit()
    assert isinstance(edit.before.replace(edit.range, edit.certain, edit.start.pages + 1), Misfit)
    begun = edit.range.trace.at(edit.certain.line)
    assert begun is not None
    events = tuple(replace(begun, sum="otra") if event == begun else event for event in edit.range.trace.events)
    bad = replace(edit.range, trace=replace(edit.range.trace, events=events))
    assert isinstance(edit.before.replace(bad, edit.certain, edit.start.pages), Misfit)
    moved = replace(edit.certain, number=9)
    assert isinstance(edit.before.replace(edit.range, moved, edit.start.pages), Misfit)


def test_a_range_that_does_not_pass_the_certain_place_is_refused() -> None:
    edit = small_edit()
    nowhere = replace(edit.certain, line=edit.certain.line + 1)
    assert isinstance(edit.before.replace(edit.range, nowhere, edit.start.pages), Misfit)


def test_a_range_that_met_what_was_not_so_is_refused() -> None:
    edit = small_edit()
    met = edit.before.trace.at(edit.range.trace.met)
    assert met is not None
    for changed in (replace(met, sum="otra"), replace(met, floats_text=met.floats_text.replace("----", "---d"))):
        events = tuple(changed if event == met else event for event in edit.before.trace.events)
        before = replace(edit.before, trace=replace(edit.before.trace, events=events))
        assert isinstance(before.replace(edit.range, edit.certain, edit.start.pages), Misfit)


def test_numbers_with_a_digit_more_are_not_put_in_the_place_of_others() -> None:
    long = [Block(heading="Uno", lines=5), *[Block(lines=5, text=str(number)) for number in range(30)]]
    page_more = Block(lines=15, text="larga")
    early, late = Edit(long, 3, page_more), Edit(long, 25, page_more)
    assert isinstance(early.put_in(), Misfit), "page 9 becomes page 10"
    run = late.put_in()
    assert isinstance(run, PagedRun)
    assert_is_expected(late, run)
    assert len(run.pages) == len(late.before.pages) + 1


def test_lines_after_a_break_come_from_the_run_that_broke_the_page() -> None:
    old = [Block(heading="Uno", lines=7), Block(lines=6, text="a", noted=True), *[Block(lines=4) for _ in range(5)]]
    edit = Edit(old, 1, replace(old[1], text="otra"))
    after = line_of(old, 2)
    assert edit.before.trace.at(after).sum == edit.expected.trace.at(after).sum  # type: ignore[union-attr]
    assert edit.range.trace.met > after, "13 lines of which 3 go to the page that would be kept"
    run = edit.put_in()
    assert isinstance(run, PagedRun)
    assert_is_expected(edit, run)
    guessed = replace(edit.range, trace=replace(edit.range.trace, met=after))
    assert isinstance(edit.before.replace(guessed, edit.certain, edit.start.pages), Misfit)


@pytest.mark.parametrize("rows", [1, 4])
def test_what_follows_a_change_moves_with_its_lines(rows: int) -> None:
    old = [*OLD, Block(complains=True, lines=2, heading="Dos")]
    edit = Edit(old, 5, Block(rows=rows, lines=3, text="x"))
    run = edit.put_in()
    assert isinstance(run, PagedRun)
    assert run.messages[-1].rows[0].endswith(f"line {line_of(edit.new, len(old) - 1)}.")
    assert run.pages[-1].shift == rows - 1
    lists = tuple(line_of(old, index) for index in (0, len(old) - 1))
    before = replace(edit.before, trace=replace(edit.before.trace, lists=lists))
    listed = before.replace(edit.range, edit.certain, edit.start.pages, edit.shift)
    assert isinstance(listed, PagedRun)
    assert listed.trace.lists == (lists[0], lists[1] + rows - 1)


def test_pages_that_follow_others_are_joined() -> None:
    body, rest = MadeUpLatex("body").run(OLD), MadeUpLatex("list")
    last = body.trace.checkpoints[-1]
    rest.number = last.number
    listed = rest.run([Block(heading="Lista", lines=12)])
    listed = replace(listed, trace=replace(listed.trace, lists=(7,)))
    whole = body.followed_by(listed)
    assert [page.job for page in whole.pages] == [*["body"] * 4, "list", "list"]
    assert len(whole.written) == len(whole.pages) + 2
    assert whole.trace.shipped[-1].number == last.number + 1
    assert whole.trace.lists == (7,)
    assert r"\newlabel{s:1}" in whole.written[5]


def test_pages_whose_rows_stand_elsewhere_now_tell_the_lines_of_now() -> None:
    listed = MadeUpLatex("list").run([Block(heading="Lista", lines=12, complains=True)])
    listed = replace(listed, trace=replace(listed.trace, lists=(7,)))
    further = listed.further_on(24)
    assert [event.line - 24 for event in further.trace.events] == [event.line for event in listed.trace.events]
    assert further.trace.lists == (31,)
    assert further.messages == tuple(message.move(24) for message in listed.messages) != ()
    assert [page.shift for page in further.pages] == [24] * len(listed.pages)
    assert further.written == listed.written
