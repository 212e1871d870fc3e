"""The fields of a date of an entry (`date`, or `year`, `month`, `day`) -> one date, and what is wrong in them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from imprenta.bibliography.dates import OTHER_FIGURES, as_date, read_date
from imprenta.bibliography.words import is_undated, read_month, read_state, read_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from imprenta.bibliography.model import Field

PREFIXES = ("", "orig", "event", "url")
_PARTS = ("date", "year", "month", "day")
_LETTER_IN_YEAR = re.compile(r"(?<![^\W\d_])(?=[\dOoIl]*\d)(?=[\dOoIl]*[OoIl])[\dOoIl]{4}(?![^\W_])", re.ASCII)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in one field of a date, in Spanish, and a hint; `grave` if the build could not go on."""

    field: str
    message: str
    hint: str = ""
    grave: bool = False


@dataclass(frozen=True, slots=True)
class Dating:
    """What the fields of one date say: a date as biber takes it, or a state of publication, or mere words."""

    iso: str = ""
    state: str = ""
    words: Mapping[str, str] | None = None
    """The fields `year` and `month` as they are to be printed where they are no date."""
    faults: tuple[Fault, ...] = ()


def read_dating(fields: Mapping[str, Field], prefix: str = "") -> Dating:
    """Read one of the dates of an entry: its own, or that of `orig`, `event` or `url`."""
    given = ((part, fields[prefix + part].value) for part in _PARTS if prefix + part in fields)
    return _read_parts(prefix, tuple((part, value) for part, value in given if value))


@lru_cache(maxsize=4096)
def _read_parts(prefix: str, parts: tuple[tuple[str, str], ...]) -> Dating:
    """Read one of the dates of an entry from its fields that say something: many entries have the same."""
    given = dict(parts)
    read = Dating()
    if given:
        read = _read_date(given, prefix) if "date" in given else _read_year(given, prefix) if "year" in given else read
    return _without_words(read, given, prefix) if prefix and (read.words or read.state) else read


def _without_words(read: Dating, given: Mapping[str, str], prefix: str) -> Dating:
    """Return another date than the entry's own without its words, of which LaTeX would take some for a number."""
    name = f"{prefix}date" if "date" in given else f"{prefix}year"
    fault = Fault(name, f"«{given[name.removeprefix(prefix)]}», en el campo «{name}», no es una fecha, y no se imprime")
    return Dating(faults=read.faults or (fault,))


def _read_date(given: Mapping[str, str], prefix: str) -> Dating:
    value = given["date"]
    iso, reason = read_date(value)
    faults = []
    if reason:
        message = f"la fecha «{value}» del campo «{prefix}date» no es válida: {reason}"
        hint = "por ejemplo 2019, 2019-06 o 2019-06-27"
        faults.append(Fault(f"{prefix}date", message, hint, grave=bool(OTHER_FIGURES.search(value))))
    if not iso:
        iso, state = read_words(value), read_state(value)
        if not iso:
            return Dating(state=state, words=None if state else {"year": value}, faults=tuple(faults))
    for part in ("year", "month"):
        other = _of_part(given, part)
        if part in given and other and not iso.startswith(other) and not (part == "month" and other.startswith(iso)):
            message = (
                f"el campo «{prefix}{part}» dice «{given[part]}», y «{prefix}date», «{value}»; vale «{prefix}date»"
            )
            faults.append(Fault(f"{prefix}{part}", message, f"borre «{prefix}{part}» o corrija el que esté mal"))
    if re.fullmatch(r"\d{4}", iso) and "month" in given and (more := _with_month(iso, given)).startswith(iso):
        iso = more
    return Dating(iso, faults=tuple(faults))


def _of_part(given: Mapping[str, str], part: str) -> str:
    """Return what `year`, or `year` with `month`, says where both are plain."""
    year = given.get("year", given["date"][:4]).strip("{} ")
    if not re.fullmatch(r"\d{4}", year, re.ASCII):
        return ""
    return year if part == "year" else read_month(year, given.get("month", ""))


def _read_year(given: Mapping[str, str], prefix: str) -> Dating:
    value = given["year"].strip("{} ")
    name = f"{prefix}year"
    if _LETTER_IN_YEAR.search(value):
        fault = Fault(name, f"el año «{value}» mezcla letras y cifras", "¿O por 0, l por 1?")
        return Dating(words=_as_typed(given), faults=(fault,))
    for part in ("year", "month"):
        if OTHER_FIGURES.search(given.get(part, "")):
            message = f"«{given[part]}», en el campo «{prefix}{part}», no es válido: las cifras se escriben de 0 a 9"
            return Dating(words=_as_typed(given), faults=(Fault(f"{prefix}{part}", message, grave=True),))
    if value.isdecimal():
        faults = [] if 3 <= len(value) <= 4 else [Fault(name, f"el año «{value}» no tiene cuatro cifras")]
        if len(value) > 4:
            return Dating(words=_as_typed(given), faults=tuple(faults))
        year = value.zfill(4)
        iso = _with_month(year, given) if "month" in given else year
        if not iso:
            message = f"en el campo «{prefix}month» no se reconoce ningún mes: «{given['month']}»"
            faults.append(Fault(f"{prefix}month", message, "por ejemplo mar, 3 o {marzo}"))
            return Dating(words=_as_typed(given), faults=tuple(faults))
        return Dating(iso, faults=tuple(faults))
    if is_undated(value):
        return Dating()
    if state := read_state(value):
        return Dating(state=state)
    iso = read_words(value)
    if not iso:
        read, reason = read_date(value)
        # «2001-02» may be a month, or the years 2001 and 2002: it is printed as it was typed.
        sure = re.fullmatch(r"-\d+", value) or not (reason or re.fullmatch(r"\d{4}-\d{2}", value))
        iso = read if sure else ""
    return Dating(iso) if iso else Dating(words=_as_typed(given))


def _with_month(year: str, given: Mapping[str, str]) -> str:
    """Return the date of a year with the fields `month` and `day`, or an empty string."""
    iso = read_month(year, given["month"])
    day = given.get("day", "")
    if re.fullmatch(r"\d{4}-\d{2}", iso) and re.fullmatch(r"\d{1,2}", day, re.ASCII):
        whole = f"{iso}-{int(day):02}"
        return whole if as_date(whole) and not read_date(whole)[1] else iso
    return iso


def _as_typed(given: Mapping[str, str]) -> dict[str, str]:
    return {part: given[part] for part in ("year", "month") if part in given}
