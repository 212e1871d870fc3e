"""Which documents can be set in parts, and where their parts are."""

from __future__ import annotations

import pytest
from documents import read_document

from imprenta.model.document import Document, Piece
from imprenta.model.facts import Cited, Continued, dump_fact
from imprenta.typeset.whole.plan import Plan

ROWS = [
    r"\documentclass{x}",
    r"\begin{document}",
    r"\datosdelinforme{T}{}{}{}",
    r"\nocite{a}\checkpointfirst",
    r"\checkpoint",
    "uno",
    r"\checkpoint",
    r"\printbibliography",
    r"\end{document}",
    "",
]


def plan(*rows: str, cites: bool = True) -> Plan | None:
    document = read_document("\n".join(rows).replace(r"\nocite{a}", ""))
    cited = f"\t1 1 1 1 {dump_fact(Cited(('a',)))}" if cites else ""
    first, opening, *others = document.pieces
    return Plan.of(Document((first, Piece(opening.tex, opening.told + cited), *others)))


def test_the_parts_of_a_document_are_found() -> None:
    found = plan(*ROWS)
    assert found is not None
    assert (found.first, found.middle, found.cited, found.reads_more) == (5, 7, ("a",), False)
    without = plan(*ROWS[:7], *ROWS[8:], cites=False)
    assert without is not None
    assert (without.first, without.middle, without.cited) == (5, 7, ())


def test_a_list_that_follows_the_text_is_one_part_with_it() -> None:
    apart = plan(*ROWS)
    assert apart is not None
    document = apart.document
    *others, last = document.pieces
    follows = Piece(last.tex, f"{last.told}\t1 1 1 1 {dump_fact(Continued())}")
    found = Plan.of(Document((*others, follows)))
    assert found is not None
    assert (found.continued, found.middle, found.body) == (True, 7, [*document.rows[:8], r"\clearpage"])
    assert apart.body == document.rows[:7]


@pytest.mark.parametrize(
    "rows",
    [
        [*ROWS[:5], r"\gdef\x{}", *ROWS[6:]],
        [*ROWS[:5], r"\textcite{a}", *ROWS[6:]],
        [*ROWS[:4], "cero", *ROWS[4:]],
        [*ROWS[:7], *ROWS[8:]],
        [*ROWS[:8], r"\printbibliography", *ROWS[8:]],
        [*ROWS[:6], *ROWS[7:]],
        ROWS[:8],
        ROWS[:1],
    ],
    ids=["definition", "live", "late", "no list", "two lists", "one checkpoint", "no end", "no body"],
)
def test_whatever_is_out_of_the_ordinary_has_no_parts(rows: list[str]) -> None:
    if len(rows) > 1:
        assert plan(*rows) is None
    else:
        assert Plan.of(read_document(rows[0])) is None


def test_what_reads_more_is_told_wherever_it_stands() -> None:
    for row in (0, 5):
        found = plan(*ROWS[:row], ROWS[row] + r"\pageref{x}", *ROWS[row + 1 :])
        assert found is not None
        assert found.reads_more
