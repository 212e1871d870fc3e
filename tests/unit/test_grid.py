"""How wide columns are, and which tables and rows run over pages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imprenta.model.page import PAGE, POINTS_PER_CENTIMETRE, Page
from imprenta.tables.breaks import find_bound_rows, find_tail, holds_note
from imprenta.tables.grid import Grid, GridColumn, GridRow
from imprenta.tables.placement import place_in_columns


def grid(*rows: tuple[str, ...], alignment: str = "derecha", **options: object) -> Grid:
    columns = tuple(GridColumn("X", 1.0, "izquierda" if number else alignment) for number in range(len(rows[0])))  # type: ignore[arg-type]
    return Grid("t", "Tabla", "Tabla", columns, tuple(map(GridRow, rows)), **options)  # type: ignore[arg-type]


def test_a_column_of_numbers_is_as_wide_as_its_widest() -> None:
    number = r"1\,000\,000\,000\,000\,000\,000"
    narrow, wide = (grid((cell, *"abcdefg")).column_widths for cell in ("1", number))
    assert narrow == (narrow[0],) * 8
    assert wide[0] > 19 * 5
    assert wide[1:] == (wide[1],) * 7
    assert sum(wide) == pytest.approx(sum(narrow), abs=0.1)


def test_a_column_is_as_wide_as_its_longest_word() -> None:
    wide = grid(("palabralarguísima", *"bcdefghijkl"), alignment="izquierda").column_widths
    assert wide[0] > 17 * 4
    assert wide[1:] == (wide[1],) * 11


def test_where_not_all_words_fit_those_that_can_be_cut_are() -> None:
    cell = "cuentas-corrientes"
    whole, parted = (grid((cell,) * count).column_widths for count in (4, 8))
    assert len(set(whole)) == len(set(parted)) == 1
    row = (cell,) * 7 + (r"\corte{}".join("a" * 60),)
    assert grid(row).column_widths[0] >= 44


def lines_of(row: tuple[str, ...]) -> int:
    return grid(row).lines(GridRow(row))


def test_no_page_begins_with_the_last_rows_alone() -> None:
    assert [find_bound_rows(grid(*[("a", "b")] * rows)) for rows in (1, 2, 4, 9)] == [{0}, {0}, {0, 1, 2}, {0, 5, 6, 7}]
    assert [find_tail(grid(*[("a", "b")] * rows)) for rows in (2, 9)] == [2, 9]


def test_high_rows_at_the_end_are_not_kept_together_but_a_page_rather_ends_before_them() -> None:
    double, high = ("palabra " * 7, "b"), ("palabra " * 60, "b")
    assert lines_of(double) == 2
    made = grid(*[("a", "b")] * 4, *[double] * 4)
    assert find_bound_rows(made) == {0, 6}
    assert find_tail(made) == 4
    assert find_tail(grid(*[("a", "b")] * 4, *[high] * 4)) == 8
    four = next(row for count in range(60) if lines_of(row := ("palabra " * count, "b")) == 4)
    assert 4 in find_bound_rows(grid(*[("a", "b")] * 4, four, four))
    noted = grid(*[double] * 8, note="palabra " * 30)
    assert find_tail(noted) > 4


def test_a_note_stays_with_its_table_if_it_is_short() -> None:
    assert holds_note(grid(("a", "b"), note="Corta."))
    assert not holds_note(grid(("a", "b"), note="palabra " * 600))
    assert not holds_note(grid(("a", "b")))


def test_numbers_that_would_take_nearly_all_the_room_take_none() -> None:
    assert len(set(grid(("1" * 100, "b")).column_widths)) == 1


@given(
    st.lists(st.integers(0, 10**24), min_size=2, max_size=14),
    st.lists(st.floats(0.1, 20), min_size=14, max_size=14),
    st.booleans(),
)
def test_columns_fill_the_room_and_no_more(numbers: list[int], widths: list[float], landscape: bool) -> None:
    columns = tuple(GridColumn("", width, "derecha") for width in widths[: len(numbers)])
    made = Grid("t", "", "", columns, (GridRow(tuple(map(str, numbers))),), landscape=landscape)
    found = made.column_widths
    total = sum(found) + made.gap * (len(columns) - 1)
    assert made.room - 0.01 * len(columns) - 1e-6 <= total <= made.room + 1e-6
    assert all(width > 0 for width in found)


def test_what_could_be_too_high_for_a_page_runs_over_pages() -> None:
    assert not grid(("a", "b")).is_long()
    assert grid(("palabra " * 400, "b")).is_long()
    assert grid(("a", "b"), note="palabra " * 600).is_long()
    assert grid(*[("a", "b")] * 60).is_long()


def test_only_rows_that_may_be_high_are_set_apart() -> None:
    made = grid(("a", "palabra " * 7), ("a", "palabra " * 300))
    assert [made.may_be_tall(row) for row in made.rows] == [False, True]
    assert [made.is_low(row) for row in made.rows] == [True, False]
    assert PAGE.picture_room(100, landscape=False) > PAGE.picture_room(1900, landscape=False) > 200


TWO_COLUMNS = Page(columns=2)


def solved(*rows: tuple[str, ...], **options: object) -> Grid:
    columns = tuple(GridColumn("X", None) for _ in rows[0])
    return Grid("t", "Tabla", "Tabla", columns, tuple(map(GridRow, rows)), sheet=TWO_COLUMNS, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("made", "narrow"),
    [
        (solved(("uno", "dos")), True),
        (solved(("uno", "palabra " * 20)), True),
        (solved(("uno", "dos"), wide=True), False),
        (solved(("uno", "dos"), landscape=True), False),
        (solved(tuple(["bastantelarga"] * 6)), False),
        (solved(*[("uno", "dos")] * 90), True),
        (solved(*[("uno", "palabra " * 20)] * 90), False),
        (grid(("a", "b")), False),
    ],
    ids=["short", "words", "asked", "landscape", "long words", "many rows", "many rows of words", "one column"],
)
def test_what_fits_stands_in_a_column(made: Grid, narrow: bool) -> None:
    placed = place_in_columns(made)
    assert placed.in_column == narrow
    room = TWO_COLUMNS.column_width if narrow else made.room
    assert placed.room == pytest.approx(room)
    assert sum(placed.column_widths) + placed.gap * (len(placed.columns) - 1) <= room + 0.01


def test_two_columns_and_their_gap_are_as_wide_as_the_text() -> None:
    gap = TWO_COLUMNS.column_gap * POINTS_PER_CENTIMETRE
    assert 2 * TWO_COLUMNS.column_width + gap == pytest.approx(TWO_COLUMNS.text_width)
    assert PAGE.column_width == PAGE.text_width
    assert TWO_COLUMNS.figure_room(landscape=False, wide=False)[0] == TWO_COLUMNS.column_width
    assert TWO_COLUMNS.picture_room(900, landscape=False, wide=False) < TWO_COLUMNS.picture_room(900, landscape=False)
