"""Dates as biblatex takes them (ISO 8601-2, levels 0 and 1) -> the date as biber takes it, or what is wrong in it."""

from __future__ import annotations

import re
from datetime import date

_DATE = re.compile(
    r"(?P<year>-?\d{4}|\d{3}[Xxu]|\d{2}(?:XX|xx|uu)|[yY]-?\d{5,})"
    r"(?:-(?P<month>\d{2}|XX|xx|uu)(?:-(?P<day>\d{2}|XX|xx|uu)"
    r"(?:[T ](?P<hour>\d{2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.\d+)?)?(?:Z|[+-]\d{2}(?::?\d{2})?)?)?)?)?"
    r"(?P<doubt>[?~%]?)",
    re.ASCII,
)
# What is nearly a date: it is said, and biber is given the date that it means.
_NEARLY = re.compile(r"(?P<year>-\d{1,4}|\d{3,4})(?:\s*-\s*(?P<month>\d{1,2})(?:\s*-\s*(?P<day>\d{1,2}))?)?", re.ASCII)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
OTHER_FIGURES = re.compile(r"[^\D0-9]")
"""A figure of another script: with one in a date LaTeX does not come to an end."""
# Months above 12 are the seasons and parts of the year of ISO 8601-2; biblatex has Spanish words for these.
_SEASONS = frozenset({21, 22, 23, 24, 37, 38, 39, 40, 41})
FORMS = "se esperaba AAAA, AAAA-MM o AAAA-MM-DD"
OPEN = frozenset({"", ".."})
"""What stands at the open end of a range."""


def read_date(value: str) -> tuple[str, str]:
    """Return a date as biber takes it, or "" if it cannot be known, and what is wrong in it, or "".

    What nobody prints is left out: hours, and months and days that are not known (`1999-XX`).
    """
    if OTHER_FIGURES.search(value):
        return "", "las cifras se escriben de 0 a 9"
    ends = [end.strip() for end in value.split("/")]
    if len(ends) > 2:
        return "", "tiene más de una barra"
    if all(end in OPEN for end in ends):
        return "", FORMS
    points = [("", "") if end in OPEN else _read_point(end) for end in ends]
    reason = next((reason for _, reason in points if reason), "")
    if any(not point and end not in OPEN for (point, _), end in zip(points, ends, strict=True)):
        return "", reason
    iso = [point for point, _ in points]
    if len(iso) == 2:  # biber takes the first of two decades for both
        iso = [point.replace("X", figure) for point, figure in zip(iso, "09", strict=True)]
    first, last = as_date(iso[0]), as_date(iso[-1])
    if first and last and first > last:
        return "", reason or "acaba antes de empezar"
    return (iso[0] if iso[0] == iso[-1] else "/".join(iso)), reason


def as_date(value: str) -> date | None:
    """Return the first day that a date may mean, or None if it is not fully written in figures."""
    found = re.match(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", value.strip(), re.ASCII)
    if found is None:
        return None
    month = int(found[2] or 1)
    try:
        return date(int(found[1]), month if month <= 12 else 1, int(found[3] or 1))
    except ValueError:
        return None


def write_point(year: str, month: int = 0, day: int = 0, doubt: str = "") -> str:
    """Write a point of time, a month or a day of which 0 is not known."""
    parts = [year, *([f"{month:02}"] if month else []), *([f"{day:02}"] if month and day else [])]
    return "-".join(parts) + doubt


def explain_day(year: str, month: int, day: int) -> str:
    """Return what is wrong in a month (0 if unknown) and a day of it (0 likewise), or an empty string."""
    if month and not 1 <= month <= 12 and (day or month not in _SEASONS):
        return f"el mes {month} no existe"
    if day and not _is_day(year, month, day):
        return f"el día {day} no existe en ese mes"
    return ""


def _read_point(value: str) -> tuple[str, str]:
    """Return one end of a date as biber takes it, or "", and what is wrong in it."""
    found = _DATE.fullmatch(value)
    if found is None:
        near = _NEARLY.fullmatch(value) or _COMPACT.fullmatch(value)
        if near is None:
            return "", FORMS
        year, month, day = near[1], int(near[2] or 0), int(near[3] or 0)
        year = ("-" if year.startswith("-") else "") + year.lstrip("-").zfill(4)
        return ("" if explain_day(year, month, day) else write_point(year, month, day)), FORMS
    if any(found[part] and int(found[part]) >= limit for part, limit in (("hour", 25), ("minute", 60), ("second", 61))):
        return "", "la hora no existe"
    if "00" in (found["month"], found["day"]):
        part = "mes" if found["month"] == "00" else "día"
        return "", f"el {part} 00 no existe" + (" en ese mes" if part == "día" else "")
    month, day = (int(part) if part and part.isdecimal() else 0 for part in (found["month"], found["day"]))
    year = found["year"].upper().replace("U", "X")
    reason = explain_day(year, month, day)
    return ("" if reason else write_point(year, month, day, found["doubt"])), reason


def _is_day(year: str, month: int, day: int) -> bool:
    if not 1 <= day <= 31:
        return False
    if not (month and re.fullmatch(r"\d{4}", year, re.ASCII) and int(year)):
        return True
    try:
        date(int(year), month, day)
    except ValueError:
        return False
    return True
