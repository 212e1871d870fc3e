"""Dates as authors write them, AAAA, AAAA-MM or AAAA-MM-DD -> the months that they count, the commonest of them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-\d\d)?)?", re.ASCII)


def count_months(date: str) -> int:
    """Return the months since year 0 of a date; a bare year is its last month."""
    year, _, rest = date.strip().partition("-")
    return int(year) * 12 + (int(rest[:2]) if rest else 12)


@dataclass(frozen=True, slots=True)
class AccessDate:
    """The day on which more than half of the cited pages were read, "" if there is none, and whether all were."""

    day: str = ""
    always: bool = True

    @property
    def parts(self) -> str:
        """Return year, month and day as biber writes them, with a hyphen between each: «2026-1-2», «2026-1-»."""
        numbers = [str(int(part)) for part in self.day.split("-") if part]
        return "-".join([*numbers, "", "", ""][:3]) if numbers else ""


def common_access(days: Collection[str]) -> AccessDate:
    """Return the day that pages share, of the days on which each was read; a page that says none shares none."""
    if not days or not all(map(_DATE.fullmatch, days)):
        return AccessDate()
    day, times = Counter(days).most_common(1)[0]
    return AccessDate(day, times == len(days)) if 2 * times > len(days) else AccessDate()
