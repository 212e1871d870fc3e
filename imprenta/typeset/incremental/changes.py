"""Two documents, one after the other -> which of their pieces differ, and whether that reaches beyond its pages."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from imprenta.model.document import Document
from imprenta.model.facts import (
    Appendices,
    Caption,
    Citation,
    Defines,
    Fact,
    Float,
    Footnote,
    Heading,
    Label,
    LongTable,
    Numbered,
    ReadsMore,
    ReadsNumber,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

Ends = tuple[int, int]
COUNTED = (Appendices, Heading, Caption, Footnote, Label, Float, LongTable, Numbered)
"""What the numbers of others depend on: how many there are, and in which order."""


@dataclass(frozen=True, slots=True)
class Change:
    """Rows that differ, counted from 1, the end exclusive: `old` of the .tex before, `new` of the one now.

    `old_pieces` and `new_pieces` are the pieces in which they are.
    """

    old: Ends
    new: Ends
    old_pieces: Ends
    new_pieces: Ends


def find_changes(old: Document, new: Document) -> list[Change]:
    """Return what differs between two bodies: pieces that stand beside pieces that stayed are one change."""
    before, after = ([piece.tex for piece in document.pieces[1:]] for document in (old, new))
    shortest = min(len(before), len(after))
    first = next((number for number in range(shortest) if before[number] != after[number]), shortest)
    if first == len(before) == len(after):
        return []
    rest = range(shortest - first)
    last = next((number for number in rest if before[-1 - number] != after[-1 - number]), len(rest))
    middle = before[first : len(before) - last], after[first : len(after) - last]
    matcher = SequenceMatcher(None, *middle, autojunk=False)
    return [
        _narrow(old, new, (a + first + 1, b + first + 1), (c + first + 1, d + first + 1))
        for kind, a, b, c, d in matcher.get_opcodes()
        if kind != "equal"
    ]


def _narrow(old: Document, new: Document, old_pieces: Ends, new_pieces: Ends) -> Change:
    """Return a change without the rows at its ends that stayed the same."""
    begin, end = map(old.row_of, old_pieces)
    new_begin, new_end = map(new.row_of, new_pieces)
    while begin < end and new_begin < new_end and old.rows[begin - 1] == new.rows[new_begin - 1]:
        begin, new_begin = begin + 1, new_begin + 1
    while begin < end and new_begin < new_end and old.rows[end - 2] == new.rows[new_end - 2]:
        end, new_end = end - 1, new_end - 1
    return Change((begin, end), (new_begin, new_end), old_pieces, new_pieces)


def replace_pieces(old: Document, new: Document, changes: list[Change]) -> tuple[Document, Change]:
    """Return the old document with the last of the changes that lead to the new one, and what changed in it."""
    first, last = changes[0], changes[-1]
    document = Document((*old.pieces[: first.old_pieces[0]], *new.pieces[first.new_pieces[0] :]))
    begin, count = first.old_pieces[0], last.new_pieces[1] - first.new_pieces[0]
    rows = (first.old[0], first.old[0] + last.new[1] - first.new[0])
    old_pieces = begin, last.old_pieces[1]
    return document, Change((first.old[0], last.old[1]), rows, old_pieces, (begin, begin + count))


def counts_otherwise(old: Document, new: Document, change: Change) -> bool:
    """Tell whether headings, captions, notes or labels came, went or moved: then others may get other numbers."""
    return [*_counted_in(old, change.old_pieces)] != [*_counted_in(new, change.new_pieces)]


def brings_special(new: Document, change: Change) -> bool:
    """Tell whether something came that only LaTeX's own run over the whole can set, as `Record` means it."""
    first, end = change.new_pieces
    return any(piece.has(Citation, Defines, ReadsMore, ReadsNumber) for piece in new.pieces[first:end])


def _counted_in(document: Document, pieces: Ends) -> Iterator[Fact]:
    """Yield what counts in some pieces, and what is counted by: headings, captions, notes and what has a label."""
    first, end = pieces
    return (found.fact for found in document.facts(*COUNTED, first=first, end=end))
