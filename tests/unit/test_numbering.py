"""Whether pages after a range may get other numbers."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_up_latex import Block, MadeUpLatex

from imprenta.typeset.checkpoints.numbering import ARABIC, count_on, find_movable, style_of
from imprenta.typeset.checkpoints.paged_run import Misfit
from imprenta.typeset.checkpoints.trace import Shipped

blocks = st.builds(Block, lines=st.integers(1, 25), restarts=st.sampled_from([False] * 15 + [True]))


@given(st.lists(blocks, min_size=1, max_size=40))
def test_pages_are_movable_where_no_number_gets_another_length(document: list[Block]) -> None:
    run = MadeUpLatex("body").run(document)
    movable = find_movable(run.trace)
    for checkpoint in run.trace.checkpoints:
        moved = [run._since(checkpoint, 0, 0, numbers) for numbers in (-1, 1)]
        assert (checkpoint.line in movable) is not any(isinstance(one, Misfit) for one in moved)


def test_pages_numbered_by_letters_are_not_movable() -> None:
    run = MadeUpLatex("body", form=r"\csname @roman\endcsname \c@page ").run([Block(lines=35)])
    assert find_movable(run.trace) == frozenset()
    assert isinstance(run._since(run.trace.checkpoints[0], 0, 0, 1), Misfit)


def test_pages_that_are_counted_in_other_signs_are_not_counted_on() -> None:
    begin = MadeUpLatex("body").run([Block()]).trace.checkpoints[0]
    forms = [ARABIC, r"\csname @roman\endcsname \c@page ", ARABIC]
    pages = [Shipped(4 + number, number, form, "9.0pt") for number, form in enumerate(forms, 1)]
    assert count_on(begin, pages) == 1
    assert count_on(begin, [pages[0], replace(pages[1], form=ARABIC), pages[2]]) == 3


@pytest.mark.parametrize(
    ("form", "style"),
    [
        (r"\csname @arabic\endcsname \c@page ", "arabic"),
        (r"\csname @roman\endcsname \c@page ", "roman"),
        (r"A-\csname @arabic\endcsname \c@page ", ""),
        (r"\thesection .\csname @arabic\endcsname \c@page ", ""),
    ],
)
def test_how_pages_are_numbered_is_told_by_the_tex_of_a_number(form: str, style: str) -> None:
    assert style_of(form) == style
