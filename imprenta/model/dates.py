"""A date as the author writes it, AAAA, AAAA-MM or AAAA-MM-DD -> Spanish words, and how many months it counts."""

from __future__ import annotations

MONTHS = "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split()


def format_date(date: str) -> str:
    """Turn a date into Spanish words: 23 de noviembre de 2026."""
    year, *rest = date.strip().split("-")
    if not rest:
        return year
    month = MONTHS[int(rest[0]) - 1]
    return f"{month} de {year}" if len(rest) == 1 else f"{int(rest[1])} de {month} de {year}"


def count_months(date: str) -> int:
    """Return the months since year 0 of a date; a bare year is its last month."""
    year, _, rest = date.strip().partition("-")
    return int(year) * 12 + (int(rest[:2]) if rest else 12)
