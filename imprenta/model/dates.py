"""A date as the author writes it, AAAA, AAAA-MM or AAAA-MM-DD -> how many months it counts."""

from __future__ import annotations


def count_months(date: str) -> int:
    """Return the months since year 0 of a date; a bare year is its last month."""
    year, _, rest = date.strip().partition("-")
    return int(year) * 12 + (int(rest[:2]) if rest else 12)
