"""Dates as biblatex takes them (ISO 8601-2, levels 0 and 1) -> what is wrong in one."""

from __future__ import annotations

import re
from datetime import date

_DATE = re.compile(
    r"(?P<year>-?\d{4}|\d{3}[Xu]|\d{2}(?:XX|uu)|[yY]-?\d{5,})"
    r"(?:-(?P<month>\d{2}|XX|uu)(?:-(?P<day>\d{2}|XX|uu)"
    r"(?:T(?P<hour>\d{2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?(?:Z|[+-]\d{2}(?::\d{2})?)?)?)?)?[~?%]?"
)
# Months above 12 are the seasons and parts of the year of ISO 8601-2.
_SEASONS = range(21, 42)


def explain_date(value: str) -> str:
    """Return what is wrong in the value of a date field, or an empty string."""
    ends = value.strip().split("/")
    if len(ends) > 2:
        return "tiene más de una barra"
    for end in ends:
        if end in ("", "..") and len(ends) == 2:
            continue
        reason = _explain_point(end)
        if reason:
            return reason
    first, last = as_date(ends[0]), as_date(ends[-1])
    if first and last and first > last:
        return "acaba antes de empezar"
    return ""


def as_date(value: str) -> date | None:
    """Return the first day that a date may mean, or None if it is not fully written in figures."""
    found = re.match(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", value.strip())
    if found is None:
        return None
    month = int(found[2] or 1)
    try:
        return date(int(found[1]), month if month <= 12 else 1, int(found[3] or 1))
    except ValueError:
        return None


def _explain_point(value: str) -> str:
    found = _DATE.fullmatch(value.strip())
    if found is None:
        return "se esperaba AAAA, AAAA-MM o AAAA-MM-DD"
    month, day = found["month"] or "", found["day"] or ""
    if month.isdigit() and not 1 <= int(month) <= 12 and (day or int(month) not in _SEASONS):
        return f"el mes {month} no existe"
    if day.isdigit() and not _is_day(found["year"], month, int(day)):
        return f"el día {day} no existe en ese mes"
    if any(found[part] and int(found[part]) >= limit for part, limit in (("hour", 25), ("minute", 60), ("second", 61))):
        return "la hora no existe"
    return ""


def _is_day(year: str, month: str, day: int) -> bool:
    if not 1 <= day <= 31:
        return False
    if not (month.isdigit() and year.isdigit() and len(year) == 4 and int(year)):
        return True
    try:
        date(int(year), int(month), day)
    except ValueError:
        return False
    return True
