"""The list of references: what of it is set before it is known where it begins."""

from __future__ import annotations

import pytest

from imprenta.typeset.references.list import compose_ahead

ROWS = [
    r"\checkpoint",
    r"\addsec{Referencias}",
    r"\begin{multicols}{2}",
    r"\printbibliography[heading=none]",
    r"\end{multicols}",
    r"\clearpage",
]


def test_the_entries_are_set_on_the_row_that_prints_them() -> None:
    ahead = compose_ahead(ROWS, 4).split("\n")
    assert ahead == ["%", "%", "%", r"\checkpoint@setlist{2}{\printbibliography[heading=none]}%", ""]


@pytest.mark.parametrize("row", [2, 4])
def test_a_list_of_another_form_is_not_set_ahead(row: int) -> None:
    assert compose_ahead([*ROWS[:row], "%", *ROWS[row + 1 :]], 4) == ""
