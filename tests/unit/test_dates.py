"""The day on which pages were read: when it is said once for all of them, and how it is told to biblatex."""

from __future__ import annotations

import pytest

from imprenta.model.dates import AccessDate, common_access


@pytest.mark.parametrize(
    ("days", "common"),
    [
        ([], AccessDate()),
        (["2026-01-02"], AccessDate("2026-01-02")),
        (["2026-01-02"] * 3, AccessDate("2026-01-02")),
        (["2026-01-02", "2026-01-03", "2026-01-02"], AccessDate("2026-01-02", always=False)),
        (["2026-01-02", "2026-01-03"], AccessDate()),
        (["2026-01-02", "2026-01-02", ""], AccessDate()),  # who reads the list would take it for that of the third
        (["2026-01-02", "2026-01-02", "ayer"], AccessDate()),
        (["2026-01", "2026-01", "2026"], AccessDate("2026-01", always=False)),
    ],
)
def test_the_day_of_most_pages_is_said_once(days: list[str], common: AccessDate) -> None:
    assert common_access(days) == common


def test_a_day_is_told_as_biber_writes_its_parts() -> None:
    assert [AccessDate(day).parts for day in ("2026-01-02", "2026-11", "2026", "")] == [
        "2026-1-2",
        "2026-11-",
        "2026--",
        "",
    ]
