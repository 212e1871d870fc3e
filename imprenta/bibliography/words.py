"""A date in words, as `year` and `month` have it («c. 1980», «mar--abr», «en prensa») -> the date that it means."""

from __future__ import annotations

import re

from imprenta.bibliography.dates import explain_day, write_point
from imprenta.words import SPANISH

_MONTHS = (
    ("ene", "jan"), ("feb",), ("mar",), ("abr", "apr"), ("may",), ("jun",),
    ("jul",), ("ago", "aug"), ("sep", "set"), ("oct",), ("nov",), ("dic", "dec"),
)  # fmt: skip
_OTHER_MONTH_NAMES = (
    "january", "february", "march", "april", "may", "june", "july", "august", "setiembre september sept", "october",
    "november", "december",
)  # fmt: skip
_MONTH_NAMES = tuple(map(" ".join, zip(SPANISH.palabras.meses, _OTHER_MONTH_NAMES, strict=True)))
_SEASON_NAMES = ("primavera spring", "verano summer", "otoño autumn fall", "invierno winter")
MONTHS = {
    **{word: number for number, words in enumerate(_MONTHS, 1) for word in words},
    **{word: number for number, words in enumerate(_MONTH_NAMES, 1) for word in words.split()},
    **{word: number for number, words in enumerate(_SEASON_NAMES, 21) for word in words.split()},
}
"""Names of months and seasons, in Spanish and English, and their numbers in ISO 8601-2."""
STATES = {
    "inpress": ("en prensa", "in press", "en imprenta"),
    "forthcoming": ("forthcoming", "to appear", "por aparecer", "próximamente", "de próxima aparición"),
    "submitted": ("submitted", "enviado", "enviado para publicación"),
    "inpreparation": ("en preparación", "in preparation"),
}  # fmt: skip
"""What biblatex's field `pubstate` says in the reader's language, and how people write it in `year`."""
_UNDATED = {"sf", "sinfecha", "sa", "nd", "nodate", "undated"}
_ABOUT = re.compile(r"(?:c|ca|cca|circa|hacia|h)\.?\s*(\d{3,4})", re.ASCII)
_RANGE = re.compile(r"(\d{4})\s*(?:-+|/|\sa\s)\s*(\d{4}|\d{2}(?<=[4-9]\d)|presente|present|actualidad|hoy|)", re.ASCII)
_BEFORE_CHRIST = re.compile(r"(\d{1,4})\s*(?:a\.?\s*(?:de\s+)?c|a\.?\s*e\.?\s*c|b\.?\s*c(?:\.?\s*e)?)\.?", re.ASCII)
_DAY_FIRST = re.compile(r"(?:(\d{1,2})\.?\s+(?:de\s+)?)?([a-zñ]+)\.?,?\s+(?:(?:de|del)\s+)?(\d{4})", re.ASCII | re.I)
_MONTH_FIRST = re.compile(r"([a-z]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})", re.ASCII)
_DAYS_OF_MONTH = re.compile(r"(?P<month>[a-zñ]+|\d{1,2})\.?\s+(?P<first>\d{1,2})(?:\s*-+\s*(?P<last>\d{1,2}))?")
_DAYS_BEFORE = re.compile(r"(?P<first>\d{1,2})(?:\s*-+\s*(?P<last>\d{1,2}))?\s+(?:de\s+)?(?P<month>[a-zñ]+)\.?")


def read_state(value: str) -> str:
    """Return the state of publication (biblatex's `pubstate`) that words say, or an empty string."""
    words = _plain(value)
    return next((state for state, known in STATES.items() if words in known), "")


def is_undated(value: str) -> bool:
    """Tell whether words say that there is no date: «s. f.», «sin fecha», «n. d.»."""
    return re.sub(r"[\s.\[\]()]", "", _plain(value)) in _UNDATED


def read_words(value: str) -> str:
    """Return the date that words mean, as biber takes it, or an empty string."""
    words = _plain(value)
    if found := _ABOUT.fullmatch(words):
        return f"{found[1].zfill(4)}~"
    if found := _RANGE.fullmatch(words):
        last = found[2] if len(found[2]) != 2 else found[1][:2] + found[2]
        if not last.isdecimal():
            return f"{found[1]}/.."
        return f"{found[1]}/{last}" if found[1] < last else ""
    if found := _BEFORE_CHRIST.fullmatch(words):
        year = int(found[1])  # ISO 8601 counts a year 0, which is the first one before Christ
        return f"-{year - 1:04}" if year > 1 else "0000" if year else ""
    if found := _DAY_FIRST.fullmatch(words):
        return _point(found[3], found[2], found[1] or "")
    if found := _MONTH_FIRST.fullmatch(words):
        return _point(found[3], found[1], found[2])
    return ""


def read_month(year: str, value: str) -> str:
    """Return the date of a year of four figures with what the field `month` says, or an empty string.

    The macros of BibTeX have become numbers: `jul # "~4"` is «7~4», `mar # "--" # apr` is «3--4».
    """
    words = _plain(value)
    ends = [_number(end.strip(" .")) for end in re.split(r"-+|/", words)]
    if len(ends) <= 2 and all(ends) and not any(explain_day(year, end, 0) for end in ends):
        return "/".join(write_point(year, end) for end in ends)
    found = _DAYS_OF_MONTH.fullmatch(words) or _DAYS_BEFORE.fullmatch(words)
    if found is None:
        return ""
    month, first, last = _number(found["month"]), int(found["first"]), int(found["last"] or 0)
    if month > 12 >= first and not last:
        month, first = first, month
    if not month or month > 12 or any(explain_day(year, month, day) for day in (first, last)):
        return ""
    return "/".join(write_point(year, month, day) for day in (first, last) if day)


def _point(year: str, month: str, day: str) -> str:
    number = MONTHS.get(month, 0)
    if not number or explain_day(year, number, int(day or 0)):
        return ""
    return write_point(year, number, int(day or 0))


def _number(word: str) -> int:
    return int(word) if re.fullmatch(r"\d{1,2}", word, re.ASCII) else MONTHS.get(word, 0)


def _plain(value: str) -> str:
    """Return words in small letters, with blanks and dashes of one kind and without braces."""
    words = re.sub(r"[{}]", "", value.casefold())
    return re.sub(r"(?:~|\\[ ,;]|\s)+", " ", re.sub(r"[\u2010-\u2015\u2212]", "-", words)).strip()
