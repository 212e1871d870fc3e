"""`[9,81 m/s^2]{u}` -> a quantity: its number, and its unit upright after a thin space; units are known or told."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from imprenta.markup.escape import escape
from imprenta.markup.scope import locale_of
from imprenta.problems import Severity, nearest

if TYPE_CHECKING:
    from imprenta.markup.placed import PlacedInlineState
    from imprenta.markup.scope import Scope

_MARKED = re.compile(r"\[([^\[\]{}\n]{1,80})\]\{u\}")
_NUMBER = re.compile(
    r"\s*([-−+±]?\s?\d[\d .,]*(?:\s?(?:±|[ay](?=\s)|-|–)\s?\d[\d.,]*)?)"
    r"(?:\s?(?:[·x×*]\s?10\^|[eE])([-−+]?\d+))?(?=[^\d]|$)"
)
_FACTOR = re.compile(r"([^\W\d_⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+|[°%‰€Ω$]+[A-Z]?)(?:\^?([-−]?\d+)|([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+))?")
_BETWEEN = re.compile(r"\s*([/·*×])\s*|\s+")

PREFIXES = ("da", *"YZEPTGMkhdcmµμunpfazy", "")
"""The prefixes of the SI (brochure of 2019, table 7); `u` is how micro is typed. The last is none."""
BINARY = ("Ki", "Mi", "Gi", "Ti")
"""Those of IEC 80000-13, for bytes and bits."""
PREFIXED = frozenset(
    "m g s A K mol cd Hz N Pa J W C V F Ω ohm S Wb T H lm lx Bq Gy Sv kat rad sr L l eV t Wh Ah VA var cal bar"
    " B b bit byte bps Bd M".split()
)
ALONE = frozenset(
    "min h d a año años día días ha au Da dB dBm dBi Np rpm px pt fps ppm ppb in ft mph atm mmHg kgf K °C ºC °F ° % ‰"
    " pH USD COP EUR € $ u ud mes meses semana semanas".split()
)
"""Units without prefixes: those that the SI admits, of common use, of money and of time."""
_SIGNS = {"ohm": "Ω", "μ": "µ", "u": "µ"}
_UPPER = str.maketrans("0123456789-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻")
_LOWER = {ord(upper): lower for upper, lower in zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-", strict=True)}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number, which may be missing, its power of ten, and the factors of its unit: signs, and symbols with powers."""

    number: str
    power: str
    factors: tuple[tuple[str, str, str], ...]
    """For each: what stands before it («/», «·» or nothing), its symbol, its exponent."""


def read_quantity(state: PlacedInlineState, silent: bool) -> bool:
    """`[3,3 kΩ]{u}` -> a token `quantity`; a unit that is none is told, and printed as it was typed."""
    match = _MARKED.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        quantity, unknown = parse_quantity(match[1])
        if quantity is None or unknown:
            first = state.src.find(unknown, match.start(1)) if unknown else match.start(1)
            last = first + len(unknown) if unknown else match.end(1)
            near = nearest(unknown, PREFIXED | ALONE) if unknown else None
            what = f"«{unknown or match[1]}» no es una unidad que se conozca"
            hint = f"¿«{near}»?" if near else "así: «[9,81 m/s^2]{u}», con los símbolos del Sistema Internacional"
            state.report("unidad-desconocida", what, first, last, hint, Severity.WARNING)
        token = state.push("quantity", "", 0)
        token.meta["value"] = quantity
        token.content = say_quantity(quantity) if quantity is not None else match[1]
    state.pos = match.end()
    return True


def parse_quantity(source: str) -> tuple[Quantity | None, str]:
    """Return the quantity that some words tell, and the first symbol in it that is no unit; None if there is none."""
    number = _NUMBER.match(source)
    at = number.end() if number is not None else 0
    factors: list[tuple[str, str, str]] = []
    unknown = ""
    while at < len(source):
        sign = _BETWEEN.match(source, at)
        at = sign.end() if sign is not None else at
        factor = _FACTOR.match(source, at)
        if factor is None:
            return (None, "") if source[at:].strip() else (_made(number, factors), unknown)
        unknown = unknown or ("" if is_unit(factor[1]) else factor[1])
        between = (sign[1] or "") if sign is not None else ""
        before = "·" if between in ("*", "×") else between
        before = before or ("·" if factors else "")
        power = (factor[2] or "").replace("−", "-") or (factor[3] or "").translate(_LOWER)
        factors.append((before, _symbol(factor[1]), power))
        at = factor.end()
    return _made(number, factors), unknown


def _made(number: re.Match[str] | None, factors: list[tuple[str, str, str]]) -> Quantity | None:
    if number is None and not factors:
        return None
    value, power = (number[1].strip(), number[2] or "") if number is not None else ("", "")
    return Quantity(value, power.lstrip("+").replace("−", "-"), tuple(factors))


def is_unit(symbol: str) -> bool:
    """Tell whether a symbol is a unit that is known, with a prefix or without."""
    if symbol in ALONE:
        return True
    starts = [prefix for prefix in PREFIXES if symbol.startswith(prefix)]
    if any(symbol[len(prefix) :] in PREFIXED for prefix in starts):
        return True
    return any(symbol.startswith(prefix) and symbol[2:] in ("B", "b", "bit", "byte") for prefix in BINARY)


def _symbol(typed: str) -> str:
    """Return a symbol as it is printed: micro and ohm by their own signs."""
    if typed in ALONE or typed in PREFIXED:
        return _SIGNS.get(typed, typed) if typed == "ohm" else typed
    prefix, rest = typed[0], typed[1:]
    return f"{_SIGNS.get(prefix, prefix)}{_SIGNS.get(rest, rest)}" if rest in PREFIXED else typed


def write_marked(token: Any, scope: Scope) -> str:
    """Write what is marked as a quantity, with the decimal sign of the language; what is none, as it was typed."""
    quantity = token.meta["value"]
    return write_quantity(quantity, locale_of(scope).coma) if quantity is not None else escape(token.content)


def write_quantity(quantity: Quantity, comma: str) -> str:
    """Turn a quantity into LaTeX that no line parts; `comma` is the sign before the decimals."""
    number = _write_value(quantity.number, comma)
    if quantity.power:
        ten = rf"10\textsuperscript{{{_minus(quantity.power)}}}"
        number = rf"{number}\,$\times$\,{ten}" if number else ten
    unit = "".join(
        (before if before == "/" else r"\," if before and count else "")
        + escape(symbol)
        + (rf"\textsuperscript{{{_minus(power)}}}" if power else "")
        for count, (before, symbol, power) in enumerate(quantity.factors)
    )
    tight = quantity.factors and quantity.factors[0][1] == "°"
    parting = "" if tight or not number or not unit else r"\,"
    return rf"\mbox{{\textup{{{number}{parting}{unit}}}}}"


def _write_value(number: str, comma: str) -> str:
    """Return a number with the sign of the language before its decimals and thin spaces where blanks were."""
    decimal = re.sub(r"(?<=\d)[.,](?=\d{1,2}(?:\D|$)|\d{4,}|\d{3}(?:\D|$))", comma, number)
    ranged = re.sub(r"(?<=\d)\s?[-–]\s?(?=\d)", "–", decimal)
    parts = re.split(r"(\s+(?:[ay]\s+)?)", ranged.replace("-", "−"))
    tex = "".join(_write_gap(part) if part[:1].isspace() else escape(part) for part in parts if part)
    return re.sub(r"^([−+±])\\,", r"\1", tex)


def _write_gap(gap: str) -> str:
    """Return a thin space, or the word between the ends of a range."""
    return rf"~{gap.strip()}~" if gap.strip() else r"\,"


def _minus(power: str) -> str:
    return power.replace("-", "$-$")


def say_quantity(quantity: Quantity) -> str:
    """Return a quantity in plain characters."""
    unit = "".join(
        (before if before == "/" else " " if before and count else "") + symbol + power.translate(_UPPER)
        for count, (before, symbol, power) in enumerate(quantity.factors)
    )
    power = f" × 10{quantity.power.translate(_UPPER)}" if quantity.power else ""
    return f"{quantity.number}{power}{'' if unit[:1] == '°' and unit[1:2] not in ('C', 'F') else ' '}{unit}".strip()
