"""Two documents, one after the other: which pieces differ, and which pages have to be set for that."""

from __future__ import annotations

import pytest
from documents import read_document
from hypothesis import given
from hypothesis import strategies as st

from imprenta.model.document import bare_document
from imprenta.typeset.checkpoints.trace import RunTrace, read_trace
from imprenta.typeset.incremental.changes import find_changes, replace_pieces
from imprenta.typeset.incremental.first_paint import stands_elsewhere
from imprenta.typeset.incremental.glimpse import plan_glimpse
from imprenta.typeset.incremental.plan import FAR, MOST_PLACES, Plan, plan_page_range

EMPTY = "652.7pt,652.7pt,600.4pt,522.1pt,2,1,3,----"
NUMBERS = r"\csname @arabic\endcsname \c@page "

ROWS = [r"\begin{document}", r"\checkpoint", "uno", r"\checkpoint", "dos", "más", r"\checkpoint", "tres"]


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        (ROWS, []),
        ([*ROWS[:4], "otro", *ROWS[5:]], [((5, 6), (5, 6))]),
        ([*ROWS[:4], "dos", "y", "más", *ROWS[6:]], [((6, 6), (6, 7))]),
        ([*ROWS[:2], "un", *ROWS[3:7], "tre"], [((3, 4), (3, 4)), ((8, 9), (8, 9))]),
        (ROWS[:6], [((7, 9), (7, 7))]),
        ([*ROWS[:3], r"\checkpoint", "nuevo", *ROWS[3:]], [((4, 4), (4, 6))]),
        (["\\begin{document}\\x", *ROWS[1:]], [((1, 2), (1, 2))]),
    ],
    ids=["nothing", "a row", "a row more", "two blocks", "a block less", "a block more", "the beginning"],
)
def test_changes_are_told_by_lines(new: list[str], expected: list[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    changes = find_changes(bare_document("\n".join(ROWS)), bare_document("\n".join(new)))
    assert [(change.old, change.new) for change in changes] == expected


@given(*[st.lists(st.sampled_from(["a", "b", r"\checkpoint", r"\checkpoint"]), max_size=12)] * 2)
def test_changes_lead_from_one_document_to_the_other(one: list[str], two: list[str]) -> None:
    old, new = (bare_document("\n".join([r"\begin{document}", *rows, ""])) for rows in (one, two))
    rows = [*old.rows]
    for change in reversed(find_changes(old, new)):
        assert old.row_of(change.old_pieces[0]) <= change.old[0]
        assert change.old[1] <= old.row_of(change.old_pieces[1])
        rows[change.old[0] - 1 : change.old[1] - 1] = new.rows[change.new[0] - 1 : change.new[1] - 1]
    assert rows == new.rows


@given(*[st.lists(st.sampled_from("abc"), min_size=1, max_size=9)] * 2, st.integers(1, 4))
def test_the_last_changes_alone_are_a_document_between(one: list[str], two: list[str], last: int) -> None:
    old, new = (bare_document(document(*blocks)) for blocks in (one, two))
    changes = find_changes(old, new)
    if changes:
        between, change = replace_pieces(old, new, changes[-last:])
        assert between.source == "".join(piece.tex for piece in between.pieces)
        rows = [*old.rows]
        rows[change.old[0] - 1 : change.old[1] - 1] = between.rows[change.new[0] - 1 : change.new[1] - 1]
        assert rows == between.rows
        assert (between.source == new.source) == (len(changes) <= last)
        assert between.row_of(change.new_pieces[0]) <= change.new[0]


PAGES_A_BLOCK = FAR - 2
NEAR, DISTANT = "uno dos tres".split(), "uno dos tres cuatro cinco".split()


def document(*blocks: str) -> str:
    rows = [row for block in blocks for row in (r"\checkpoint", *block.split("/"))]
    return "\n".join([r"\documentclass{x}", r"\begin{document}", *rows, r"\checkpoint", r"\printbibliography", ""])


def passage_of(text: str) -> RunTrace:
    """Return what LaTeX would pass if each block filled some pages."""
    rows = [
        row
        for line, words in enumerate(text.split("\n"), 1)
        if words == r"\checkpoint"
        for row in (
            f"H|{line}|SUM{line}|1|section=2,|{NUMBERS}|{{}}|fresh|{EMPTY}|1",
            *[f"P|{line}|7|9.0pt|{NUMBERS}"] * PAGES_A_BLOCK,
        )
    ]
    return read_trace("\n".join(rows))


def plan_of(old: str, new: str) -> Plan | None:
    return plan_page_range(read_document(old), read_document(new), passage_of(old))


def plan(old: str, new: str) -> Plan:
    found = plan_of(old, new)
    assert found is not None
    return found


def test_changes_that_lie_near_each_other_are_one_stretch() -> None:
    new = document("uno", "DOS", "TRES", "cuatro")
    found = plan(document("uno", "dos", "tres", "cuatro"), new)
    assert found.document.source == new
    assert (found.change.old, found.change.new) == ((6, 9), (6, 9))


def test_changes_far_apart_are_set_one_after_the_other_from_the_end() -> None:
    old, new = document(*DISTANT), document("uno", "DOS/y/más", "tres", "cuatro", "CINCO/y")
    last = plan(old, new)
    assert last.document.source == document("uno", "dos", "tres", "cuatro", "CINCO/y")
    assert (last.change.old, last.change.new, last.shift, last.start.line) == ((12, 13), (12, 14), 1, 11)
    first = plan(last.document.source, new)
    assert first.document.source == new
    assert (first.change.old, first.change.new, first.shift, first.start.line) == ((6, 7), (6, 9), 2, 5)


def test_changes_in_too_many_places_are_left_to_the_whole() -> None:
    blocks = [f"b{number}" for number in range(2 * MOST_PLACES + 2)]
    for places, number in ((MOST_PLACES, MOST_PLACES), (MOST_PLACES + 1, 0)):
        new = [f"{block}{'/y' if not at % 2 and at < 2 * places else ''}" for at, block in enumerate(blocks)]
        source, found = document(*blocks), 0
        while (planned := plan_of(source, document(*new))) is not None and found <= places:
            source, found = planned.document.source, found + 1
        assert found == number
        assert (source == document(*new)) == (number == places)


@pytest.mark.parametrize(
    ("seen", "blocks", "line"),
    [
        ({13}, ("uno", "dos", "tres", "CUATRO/y", "cinco"), 9),
        ({15, 16}, ("uno", "dos", "tres", "CUATRO/y", "cinco"), 9),
        ({2, 13}, ("UNO", "dos", "tres", "CUATRO/y", "cinco"), 3),
        ({5, 16}, (), 0),
    ],
    ids=["the later", "its last page", "the first of both", "beside them"],
)
def test_a_glimpse_begins_with_the_first_change_on_a_page_that_is_seen(
    seen: set[int], blocks: tuple[str, ...], line: int
) -> None:
    old, new = document(*DISTANT), document("UNO", "dos", "tres", "CUATRO/y", "cinco")
    found = plan_glimpse(read_document(old), read_document(new), passage_of(old), seen)
    assert (found is None) == (not blocks)
    if found is not None:
        assert (found.document.source, found.start.line) == (document(*blocks), line)


def test_another_preamble_is_not_set_in_ranges() -> None:
    old, new = document("uno", "dos"), document("uno", "DOS")
    assert plan_of(old, new) is not None
    assert plan_of(old, new.replace(r"\documentclass{x}", r"\documentclass{y}")) is None


def test_what_the_report_says_of_itself_is_not_set_in_ranges() -> None:
    """Its title stands at the head of every page."""
    old, new = document("uno", "dos"), document("uno", "DOS")
    told = "\\begin{document}\n\\datosdelinforme{Uno}{}{}{}"
    old, new = (text.replace("\\begin{document}", told, 1) for text in (old, new))
    assert plan_of(old, new) is not None
    assert plan_of(old, new.replace("{Uno}", "{Dos}")) is None


@pytest.mark.parametrize(
    ("block", "new"),
    [
        (r"\section{Uno}\label{s:uno}", r"\section[{Otro}]{Otro título}\label{s:uno}"),
        (
            r"\begin{figure}/\caption{Uno}\label{f:a}/\end{figure}",
            r"\begin{figure}/\caption{Dos}\label{f:a}/\end{figure}",
        ),
        (r"Texto\footnote{Nota}.", r"Texto y más\footnote{Otra nota}."),
        (r"\addsec{Uno}", r"\addsec{Otro}"),
    ],
    ids=["a heading", "a caption", "a note", "a heading without number"],
)
def test_other_words_of_what_is_counted_are_a_range(block: str, new: str) -> None:
    assert plan(document(*DISTANT, block), document(*DISTANT, new)).document.source == document(*DISTANT, new)


@pytest.mark.parametrize(
    ("block", "new"),
    [
        ("uno", r"\section{Uno}"),
        (r"\section{Uno}", r"\subsection{Uno}"),
        (r"\begin{table}/\caption{Uno}/\end{table}", r"\begin{table}/Uno/\end{table}"),
        ("uno", r"uno\footnote{Nota}"),
        (r"\section{Uno}\label{a}", r"\section{Uno}\label{b}"),
        (r"\addsec{Uno}", r"\section{Uno}"),
        ("uno", r"\pageref{a}"),
        ("uno", r"\autocite{a}"),
        ("uno", r"\def\x{y}"),
        ("uno", r"página \thepage"),
    ],
)
def test_what_others_count_by_or_may_depend_on_is_no_range(block: str, new: str) -> None:
    assert plan_of(document(*DISTANT, block), document(*DISTANT, new)) is None


def test_what_stayed_the_same_needs_no_stretch() -> None:
    old = document(*NEAR)
    assert plan_of(old, old) is None


BLOCK = r"\begin{figure}/\caption[{%s}]{%s}\label{%s}/\end{figure}"


@pytest.mark.parametrize(
    ("new", "whole"),
    [
        (BLOCK % ("Pie", "Pie. Y otra cosa", "f"), False),
        (BLOCK % ("Otro", "Pie. Y algo", "f"), False),
        (BLOCK % ("Pie", "Pie. Y algo", "g"), True),
        (r"Nota\footnote{uno}", True),
        (BLOCK % ("Pie", "Pie. Y algo", "f") + r"/\textcite{a}", True),
        (BLOCK % ("Pie", "Pie. Y algo", "f") + r"/\gdef\x{}", True),
        (BLOCK % ("Pie", "Pie. Y algo", "f") + r"/\footnote{x}", True),
        (BLOCK % ("Pie", "Pie. Y algo", "f") + r"/\footnote{\label{x}x}", True),
    ],
    ids=[
        "words that nothing repeats",
        "the list's words",
        "a label",
        "gone",
        "live",
        "definition",
        "note",
        "named note",
    ],
)
def test_what_others_count_asks_for_the_whole_and_their_words_do_not(new: str, whole: bool) -> None:
    old = document("uno", BLOCK % ("Pie", "Pie. Y algo", "f"), "tres")
    assert (plan_of(old, document("uno", new, "tres")) is None) is whole


def test_a_list_of_references_that_comes_asks_for_the_whole() -> None:
    old, new = (document("uno", words, "tres").replace(r"\printbibliography", r"\fin") for words in ("dos", "DOS"))
    assert plan_of(old, new) is not None
    assert plan_of(old, new.replace("DOS", r"\printbibliography")) is None


FLOAT = r"\begin{table}/uno&/dos/\end{table}"


@pytest.mark.parametrize(
    ("old", "new", "elsewhere"),
    [
        (FLOAT, FLOAT.replace("dos", "otro"), True),
        ("uno/dos", "uno/otro", False),
        (r"uno/dos\footnote{x}", r"uno/otro\footnote{x}", True),
        (r"uno/dos\footnote{x}", r"otro/dos\footnote{x}", False),
        (r"uno\marginpar{x}", r"otro\marginpar{x}", True),
    ],
    ids=["a cell of a float", "a row", "a row with a note", "a row before one with a note", "a row with one beside it"],
)
def test_what_does_not_stand_where_its_block_does_is_told(old: str, new: str, elsewhere: bool) -> None:
    found = plan(document("cero", old, "tres"), document("cero", new, "tres"))
    assert stands_elsewhere(found) is elsewhere
