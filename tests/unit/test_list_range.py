"""Which numbers of a .tex can be changed on the page, and which pages of the list have to be set anew."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from imprenta.model.document import CHECKPOINT, Document, Piece, bare_document, tell_pieces
from imprenta.model.facts import Cited, CitedNumber, state
from imprenta.model.source_map import unmark_piece
from imprenta.typeset.checkpoints.trace import Checkpoint, RunTrace, Shipped
from imprenta.typeset.references.list_range import (
    AHEAD,
    ListRange,
    begins_in_step,
    compose_list_range,
    ends_in_step,
    go_on,
    plan_list_range,
    read_keys,
    to_the_end,
    whole_list,
)
from imprenta.typeset.references.numbers import find_pieces_on, read_numbers, renumber_document

HEAD = "\\refsection{0}\n  \\datalist[entry]{none/global//global/global}\n"
TAIL = "  \\enddatalist\n\\endrefsection\n\\endinput\n"
KEYS = [f"w{number}" for number in range(50)]
PER_PAGE = 10
NUMBER = re.compile(r"@([a-z])(\d+);")
LINK = re.compile(r"\[\\protect\\hyperlink\{cite\.0@([a-z])\}\{(\d+)\}")
DATA = r"\datosdelinforme{T}{A}{}{}"
TOP = 700.0


def paper(order: str, *blocks: str) -> Document:
    """Return a document whose works are cited in an order, with blocks in which «@a9;» is the number of a work."""
    told = Piece(f"\\begin{{document}}\n\\nocite{{{','.join(order)}}}\\checkpointfirst\n")
    all_cited = " ".join(f"@{key}{number};" for number, key in enumerate(order, 1))
    return Document((Piece("preamble\n"), told, *map(write_block, (all_cited, *blocks))))


def write_block(tex: str) -> Piece:
    """Return a piece whose numbers are stated as `render` states them."""
    stated = NUMBER.sub(lambda found: state(CitedNumber(found[1]), link(*found.groups())), tex)
    cited = tuple(found[1] for found in NUMBER.finditer(tex))
    unmarked = unmark_piece(state(Cited(cited), stated))
    return tell_pieces([unmarked.tex], unmarked.facts, known=True)[0]


def link(key: str, number: str) -> str:
    return rf"[\protect\hyperlink{{cite.0@{key}}}{{{number}}}"


def read_blocks(document: Document) -> list[str]:
    """Return the blocks of a document as `paper` takes them."""
    return [LINK.sub(r"@\1\2;", piece.tex) for piece in document.pieces[3:]]


def renumber(before: Document, order: str) -> list[str]:
    made = renumber_document(before, paper(order))
    assert made.pieces[1] == paper(order).pieces[1]
    assert [piece.told for piece in made.pieces[2:]] == [piece.told for piece in before.pieces[2:]]
    return read_blocks(made)


def test_the_numbers_are_the_order_of_citation() -> None:
    assert read_numbers(paper("cab")) == {"c": 1, "a": 2, "b": 3}


def test_blocks_get_the_numbers_of_the_other_document() -> None:
    assert renumber(paper("ab", "x @a1; y", "z @a1;\n, @b2;."), "ba") == ["x @a2; y", "z @a2;\n, @b1;."]


def test_a_block_keeps_all_its_numbers_if_one_gets_another_digit() -> None:
    assert renumber(paper("abcdefghi", "@a1; @i9;", "@a1; @h8;"), "nabcdefghi") == ["@a1; @i9;", "@a2; @h9;"]
    assert renumber(paper("nabcdefghi", "@n1; @i10;"), "abcdefghi") == ["@n1; @i10;"]


def test_a_work_that_is_not_cited_any_more_keeps_its_number() -> None:
    assert renumber(paper("abc", "@b2; @c3;"), "ac") == ["@b2; @c2;"]


def test_a_range_keeps_its_form_whatever_its_numbers_are() -> None:
    # The form that the new document has is another one: the blocks differ, and LaTeX sets them.
    assert renumber(paper("abc", "@a1;-@c3;"), "bac") == ["@a2;-@c3;"]


def test_a_number_that_is_not_what_it_is_stated_to_be_stays() -> None:
    odd = paper("ab", "x @a1;")
    odd = Document((*odd.pieces[:3], replace(odd.pieces[3], tex=odd.pieces[3].tex.replace("{1}", "{7}"))))
    assert renumber(odd, "ba") == ["x @a7;"]


def test_a_block_that_is_kept_keeps_its_numbers() -> None:
    made = renumber_document(paper("ab", "@a1;", "@a1;"), paper("ba"), {3})
    assert read_blocks(made) == ["@a1;", "@a2;"]


def passed(line: int, pages: int, *, fresh: bool = False, defers: bool = False) -> Checkpoint:
    page = "fresh" if fresh else "9pt,0pt,0pt,0pt,0pt,0pt,0pt,600pt,0pt,0pt,0"
    return Checkpoint(
        line, pages, pages + 1, "", "", "1", "", page, f"6pt,6pt,6pt,6pt,2,1,3,---{'d' if defers else '-'}", ""
    )


def test_the_blocks_on_a_page_are_those_that_begin_or_end_there() -> None:
    document = bare_document("preamble\n\\begin{document}\n" + "\\checkpoint\nx\n" * 5 + "\\end{document}\n")
    assert document.starts[2:] == [3, 5, 7, 9, 11]
    page = Shipped(12, 1, "1", "600pt")
    trace = RunTrace(
        (passed(3, 0), passed(5, 0), page, page, passed(7, 2), passed(9, 2, defers=True), page, passed(11, 3), page)
    )
    assert find_pieces_on(set(), document, trace) == frozenset()
    assert find_pieces_on({0}, document, trace) == {2, 3}
    assert find_pieces_on({1}, document, trace) == {3}
    assert find_pieces_on({2}, document, trace) == {3, 4, 5}
    assert find_pieces_on({3}, document, trace) == {4, 5, 6}, "what waits may be on the next page"
    assert find_pieces_on({5}, document, trace) == {6}
    unknown = RunTrace(tuple(event for event in trace.events if event is page or event.line != 5))
    assert find_pieces_on({1}, document, unknown) == {2, 3}
    broken = replace(trace, events=(*trace.events[:2], replace(page, column="8pt"), *trace.events[3:]))
    assert find_pieces_on({1}, document, broken) == {2, 3}, "the page was broken before its last checkpoint"


def entry(key: str, title: str = "", options: str = "", number: int = 1) -> str:
    return (
        f"    \\entry{{{key}}}{{book}}{{{options}}}\n      \\field{{sortinit}}{{{number}}}\n"
        f"      \\field{{sortinithash}}{{x}}\n      \\field{{title}}{{{title or key}}}\n    \\endentry\n"
    )


def bbl(keys: list[str], **titles: str) -> str:
    """Return a .bbl; a work has its key as its title, or another one."""
    return HEAD + "".join(entry(key, titles.get(key, "")) for key in keys) + TAIL


def place(keys: list[str], split: frozenset[int] = frozenset()) -> dict[str, tuple[int, float, float]]:
    """Return where entries stand, some on each page; on `split` pages the first has lines of another above it."""
    return {
        key: (n // PER_PAGE, 70.0, TOP - n % PER_PAGE * 20 - (19 if n // PER_PAGE in split else 0))
        for n, key in enumerate(keys)
    }


def plan(before: str, now: str, split: frozenset[int] = frozenset()) -> ListRange | None:
    return plan_list_range(before, now, place(read_keys(before), split))


def test_nothing_is_set_if_nothing_that_is_printed_changed() -> None:
    counted = bbl(KEYS).replace("{sortinit}{1}", "{sortinit}{2}", 3)
    assert plan(bbl(KEYS), counted) == ListRange(0, 0, range(0))


def test_an_entry_that_changed_asks_for_its_page_and_the_entries_of_the_next() -> None:
    assert plan(bbl(KEYS), bbl(KEYS, w15="z")) == ListRange(1, 2, range(10, 20 + AHEAD))


def test_the_page_before_is_set_if_the_first_entry_of_a_page_changed() -> None:
    assert plan(bbl(KEYS), bbl(KEYS, w20="z")) == ListRange(1, 3, range(10, 30 + AHEAD))


def test_the_page_with_the_entry_after_the_last_that_changed_is_set() -> None:
    assert plan(bbl(KEYS), bbl(KEYS, w19="z")) == ListRange(1, 3, range(10, 30 + AHEAD))


def test_a_range_begins_on_a_page_that_begins_with_an_entry() -> None:
    assert plan(bbl(KEYS), bbl(KEYS, w25="z"), frozenset({2})) == ListRange(1, 3, range(10, 30 + AHEAD))
    assert plan(bbl(KEYS), bbl(KEYS, w25="z"), frozenset({1, 2})) == ListRange(0, 3, range(30 + AHEAD))


def test_near_the_end_a_range_goes_on_to_it() -> None:
    assert plan(bbl(KEYS), bbl(KEYS, w35="z")) == ListRange(3, None, range(30, 50))
    assert plan(bbl(KEYS), bbl(KEYS, w49="z")) == ListRange(4, None, range(40, 50))


@pytest.mark.parametrize(
    ("now", "first"),
    [
        (["new", *KEYS], 0),
        ([*KEYS[:25], "new", *KEYS[25:]], 2),
        ([*KEYS, "new"], 4),
        (KEYS[1:], 0),
        ([*KEYS[:25], *KEYS[26:]], 2),
        (KEYS[:-1], 4),
    ],
)
def test_a_work_that_comes_or_goes_moves_all_after_it(now: list[str], first: int) -> None:
    assert plan(bbl(KEYS), bbl(now)) == ListRange(first, None, range(first * PER_PAGE, len(now)))


def test_two_works_that_change_their_places_move_no_other() -> None:
    now = [*KEYS[:12], KEYS[13], KEYS[12], *KEYS[14:]]
    assert plan(bbl(KEYS), bbl(now)) == ListRange(1, 2, range(10, 20 + AHEAD))


def test_what_cannot_be_told_is_no_range() -> None:
    nine = KEYS[:9]
    assert plan(bbl(nine), bbl(KEYS[:10])) is None  # labels get wider
    assert plan_list_range(bbl(KEYS), bbl(KEYS, w1="z"), place(KEYS[:-1])) is None  # an entry that stands nowhere
    assert plan(bbl(KEYS), bbl(KEYS).replace("global//", "other//")) is None
    assert plan(bbl(KEYS), bbl(KEYS) + "\\missing{x}\n") is None
    odd = HEAD + entry("a", options="skipbib=true") + TAIL
    assert plan(odd, odd) is None
    odd = bbl(["a"]).replace("      \\field{title}", "      \\field{shorthand}{A}\n      \\field{title}")
    assert plan(odd, odd) is None


def test_a_range_can_be_made_longer() -> None:
    assert to_the_end(ListRange(1, 2, range(10, 30)), bbl(KEYS)) == ListRange(1, None, range(10, 50))
    assert whole_list(bbl(KEYS)) == ListRange(0, None, range(50))


def test_who_waits_for_the_list_sees_the_page_with_the_change_first() -> None:
    now = [*KEYS[:25], "new", *KEYS[25:]]
    assert plan_list_range(bbl(KEYS), bbl(now), place(KEYS), shown=True) == ListRange(2, 3, range(20, 30 + AHEAD))
    for changed in ("w15", "w49"):
        again = plan_list_range(bbl(KEYS), bbl(KEYS, **{changed: "z"}), place(KEYS), shown=True)
        assert again == plan(bbl(KEYS), bbl(KEYS, **{changed: "z"}))


RANGE = ListRange(1, 2, range(10, 20 + AHEAD))
BEFORE = place(KEYS)
NOW = {key: place for key, place in BEFORE.items() if key in KEYS[10 : 20 + AHEAD]}


def test_a_range_fits_if_its_first_and_its_last_entry_stand_where_they_stood() -> None:
    moved = {**NOW, "w15": (1, 70.0, 599.0)}
    for now in (NOW, moved):
        assert begins_in_step(RANGE, KEYS, BEFORE, now)
        assert ends_in_step(RANGE, KEYS, BEFORE, now)
    assert ends_in_step(replace(RANGE, end=None), KEYS, BEFORE, {})
    assert begins_in_step(replace(RANGE, first=0), KEYS, BEFORE, {})


def test_a_range_does_not_fit_if_lines_of_another_entry_stood_above_it() -> None:
    assert not begins_in_step(RANGE, KEYS, {**BEFORE, "w10": (1, 70.0, TOP - 9.5)}, NOW)
    assert not begins_in_step(RANGE, KEYS, BEFORE, {**NOW, "w10": (1, 300.0, TOP)})
    assert not begins_in_step(RANGE, KEYS, BEFORE, {**NOW, "w10": (2, 70.0, TOP)})
    assert not begins_in_step(RANGE, KEYS, {**BEFORE, "w10": (0, 70.0, TOP)}, NOW)


@pytest.mark.parametrize("moved", [(1, 70.0, TOP - 9 * 20 - 0.01), (2, 70.0, TOP), (1, 300.0, TOP - 9 * 20)])
def test_a_range_does_not_fit_if_its_last_entry_moved(moved: tuple[int, float, float]) -> None:
    assert not ends_in_step(RANGE, KEYS, BEFORE, {**NOW, "w19": moved})


def test_a_range_does_not_fit_if_another_entry_begins_after_its_last() -> None:
    assert not ends_in_step(RANGE, KEYS, BEFORE, {**NOW, "w20": (1, 70.0, 480.0)})


def test_after_a_range_out_of_step_the_rest_begins_on_the_page_after_it() -> None:
    keys = [*KEYS[:15], "new", *KEYS[15:]]
    given = {key: place(keys)[key] for key in keys[10:29]}
    assert go_on(ListRange(1, 2, range(10, 29)), keys, BEFORE, given) == ListRange(2, None, range(20, 51))
    one_line_less = {key: place(KEYS[1:])[key] for key in KEYS[11 : 20 + AHEAD]}
    assert go_on(RANGE, KEYS, BEFORE, one_line_less).entries.start == 21, "what stands at the top of the page now"


def test_the_rest_begins_on_no_page_that_begins_within_an_entry() -> None:
    split = place(KEYS, frozenset({2}))
    now = {key: split[key] for key in KEYS[: 20 + AHEAD]}
    assert go_on(ListRange(0, 2, range(20 + AHEAD)), KEYS, BEFORE, now) == ListRange(1, None, range(10, 50))
    now = {key: split[key] for key in KEYS[10 : 20 + AHEAD]}
    assert go_on(RANGE, KEYS, BEFORE, now) == replace(RANGE, end=None, entries=range(10, 50))


ROWS = [
    "preamble",
    r"\begin{document}",
    "text",
    CHECKPOINT,
    r"\addsec{Referencias}",
    "note",
    r"\begin{multicols}{2}",
    r"\printbibliography[heading=none]",
    r"\end{multicols}",
    r"\clearpage",
]
START = passed(4, 7, fresh=True)


def compose(wanted: ListRange, rows: list[str] = ROWS) -> tuple[list[str], list[str]]:
    """Return the rows of the job for a range, and the keys of the entries that it is given."""
    composed = compose_list_range(rows, START, "Referencias", DATA, wanted, bbl(KEYS))
    assert composed is not None
    job, entries = composed
    head, tail = bbl(["x"]).split(entry("x"))
    assert entries.startswith(head)
    assert entries.endswith(tail)
    return job.source.split("\n"), read_keys(entries)


def test_the_whole_list_is_set_from_its_heading_on() -> None:
    rows, keys = compose(whole_list(bbl(KEYS)))
    assert rows[1:10] == ["%", "%", *ROWS[3:]]
    assert keys == KEYS
    assert r"{blx@labelnumber@0}{0}" in rows[0]
    assert r"c@page\endcsname=8 " in rows[0]
    assert "addsecmark" not in rows[0]


def test_a_range_goes_on_counting_pages_and_entries_under_the_running_head_of_the_list() -> None:
    rows, keys = compose(ListRange(2, 3, range(20, 40)))
    body = [row.replace("multicols", "multicols*") for row in ROWS[6:]]
    assert rows[1:10] == ["%", "%", CHECKPOINT, "%", "%", *body], "row n of the job is row n of the .tex (I1)"
    assert compose(ListRange(2, None, range(20, 50)))[0][6:10] == ROWS[6:], "its last page is that of the list"
    assert keys == KEYS[20:40]
    assert r"{blx@labelnumber@0}{20}" in rows[0]
    assert r"c@page\endcsname=10 " in rows[0]
    assert rows[0].endswith(r"\addsecmark{Referencias}\makeatother%")


def test_room_is_made_for_the_widest_number_of_all() -> None:
    for wanted in (whole_list(bbl(KEYS)), ListRange(0, 1, range(9))):
        assert r"\abx@field@localnumber{50}" in compose(wanted)[0][0]


@pytest.mark.parametrize(("title", "row"), [("", ROWS[4]), ("Referencias", ROWS[6])])
def test_a_list_of_another_form_has_no_ranges(title: str, row: str) -> None:
    rows = [one if one != row else r"\other" for one in ROWS]
    assert compose_list_range(rows, START, title, DATA, ListRange(2, 3, range(20, 40)), bbl(KEYS)) is None
    assert compose_list_range(rows, START, title, DATA, whole_list(bbl(KEYS)), bbl(KEYS)) is not None
