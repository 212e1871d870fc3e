r"""Two documents, one after the other -> the first one with the numbers that the second gives to the works.

A work that comes or goes moves the numbers of all that are first cited after it, and so changes half of the pieces of a
report. What else changed is told once these are the same in both.

**Invariant**: a piece that is returned changed is set by LaTeX as the piece before but for digits, each as wide as the
one that was there (`pdf/renumber.py` changes those on the page). So a piece keeps all its numbers if one of them gets
more or fewer digits; how several are put together, as in «[1]-[3]», stays what it was. Where that is otherwise in the
second document, the pieces differ, and what differs is set by LaTeX.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from imprenta.model.document import Document
from imprenta.model.facts import CitedNumber

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from imprenta.model.document import Piece
    from imprenta.typeset.checkpoints.trace import RunTrace

TOLD = 1
"""The piece in which biblatex is told of all works; nothing else is in it."""


def read_numbers(document: Document) -> dict[str, int]:
    """Return the numbers of the works by the keys of their entries."""
    return {key: number for number, key in enumerate(document.cited, 1)}


def renumber_document(before: Document, wanted: Document, kept: Collection[int] = ()) -> Document:
    """Return a document with the numbers that another gives to the works, but for the pieces that are kept as they are.

    Pieces count from 0. The ones on pages that only LaTeX can set have to be kept: then they differ from the other's.
    """
    numbers, now = read_numbers(before), read_numbers(wanted)
    body = [
        piece if number in kept else _renumber_piece(piece, numbers, now)
        for number, piece in enumerate(before.pieces[TOLD + 1 :], TOLD + 1)
    ]
    return Document((*before.pieces[:TOLD], *wanted.pieces[TOLD : TOLD + 1], *body))


def find_pieces_on(pages: Collection[int], document: Document, trace: RunTrace) -> frozenset[int]:
    """Return the pieces of a document, from 0, of which something may be on some pages, from 0.

    A piece ends on the page on which the next one begins, or later if figures or tables wait there for their page, or
    lines that did not fit.
    """
    ends = [checkpoint for checkpoint in trace.settled if not checkpoint.floats.defer]
    found = set()
    for number, line in enumerate(document.starts[TOLD + 1 :] if pages else (), TOLD + 1):
        begin = trace.at(line)
        first = begin.pages if begin is not None else 0
        last = next((checkpoint.pages for checkpoint in ends if checkpoint.line > line), max(pages))
        if any(first <= page <= last for page in pages):
            found.add(number)
    return frozenset(found)


def _renumber_piece(piece: Piece, before: Mapping[str, int], now: Mapping[str, int]) -> Piece:
    if not piece.has(CitedNumber):
        return piece
    rows = piece.tex.split("\n")
    for found in piece.facts:
        # A work that is not cited any more keeps its number here: the piece is another in the new document.
        if not isinstance(found.fact, CitedNumber) or found.fact.key not in now:
            continue
        old, new = f"{before[found.fact.key]}}}", f"{now[found.fact.key]}}}"
        row, end = rows[found.end[0] - 1], found.end[1] - 1
        if len(old) != len(new) or not row[:end].endswith(f"{{{old}"):
            return piece
        rows[found.end[0] - 1] = f"{row[: end - len(old)]}{new}{row[end:]}"
    return replace(piece, tex="\n".join(rows))
