"""Every text -> the problems of its markup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imprenta.markup import find_misplaced, read_placed
from imprenta.model.once import once
from imprenta.model.paper import texts_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from imprenta.model import Holder, PlacedText
    from imprenta.model.paper import Paper
    from imprenta.problems import Problem


def check_texts(paper: Paper) -> list[Problem]:
    """Return what the reader of marked-up text finds wrong in each text, and what does not fit where it stands."""
    return [problem for file in paper.printed_files() for problem in _check_file(file)]


@once
def _check_file(file: Holder) -> tuple[Problem, ...]:
    return tuple(problem for placed in texts_of(file) for problem in _check_text(placed))


def _check_text(placed: PlacedText) -> Iterator[Problem]:
    misplaced = find_misplaced(placed.text, placed.role)
    told = {problem.place for problem in misplaced}
    # A note that may not be called there needs no text either.
    yield from (problem for problem in read_placed(placed).problems if problem.place not in told)
    yield from misplaced
