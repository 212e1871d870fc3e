"""Every text -> the problems of its markup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imprenta.markup import called_notes, find_misplaced, read_placed
from imprenta.model import Table
from imprenta.model.once import once
from imprenta.model.paper import texts_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from imprenta.model import Holder, PlacedText
    from imprenta.model.paper import Paper
    from imprenta.problems import Problem


def check_texts(paper: Paper) -> list[Problem]:
    """Return what the reader of marked-up text finds wrong in each text, and what does not fit where it stands."""
    return [problem for file in paper.printed_files() for problem in _check_file(file)]


@once
def _check_file(file: Holder) -> tuple[Problem, ...]:
    notes = file.notes if isinstance(file, Table) else {}
    return tuple(problem for placed in texts_of(file) for problem in _check_text(placed, notes))


def _check_text(placed: PlacedText, notes: Collection[str]) -> Iterator[Problem]:
    misplaced = find_misplaced(placed.text, placed.role, notes)
    told = {problem.place for problem in misplaced}
    if notes:
        told |= set(called_notes(placed.text, notes).values())
    # A note that may not be called there needs no text either, nor one whose text stands elsewhere.
    yield from (problem for problem in read_placed(placed).problems if problem.place not in told)
    yield from misplaced
