"""Spanish prose -> its typographic mistakes: quotes, dots, blanks, signs that open, decimal points."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from imprenta.language.prose import OBJECT
from imprenta.problems import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from imprenta.language.prose import Prose

# A mark alone is one of inches after a digit, and itself between blanks.
_QUOTES = re.compile(r'"([^"]*)"|(?<=[^\d\s])"|"(?=\w)')
_DOTS = re.compile(r"(?<!\.)\.{3,}")
_DOUBLE_SPACE = re.compile(r"(?<=\S)[ \u00a0]{2,}(?=\S)")
# A point must end something: « .NET» and « .yaml» are words. Between digits a colon is a ratio.
_SPACE_BEFORE = re.compile(r"[,;:.?!](?<=\s.)(?=[\s»”)\]]|$)")
_POINT_INSIDE = re.compile(r"\d\.\d")
_SIGNS = re.compile(r"[¿¡]|[?!]+")
# «5!» and «n!» are factorials; «(?)» and «(!)» are remarks; «!importante» closes nothing.
_REMARK = re.compile(r"(?:(?<![^\W\d_])[^\W_]|\d|[(\[\s]|^)$")
_OPENING = {"?": "¿", "!": "¡"}

_UNITS = (
    "%|‰|°C|USD|EUR|COP|dólares|euros|pesos|centavos|ms|s|min|kB|KB|MB|GB|TB|KiB|MiB|GiB|TiB|kbit/s|Mbit/s|Gbit/s"
    "|Mbps|Gbps|[GM]?Hz|k?W|kWh|mm|cm|k?m|[km]?g|vCPU|CPU|núcleos?|segundos?|minutos?|horas?|días?|semanas?|meses|años?"
    "|veces|puntos|millones|millón|mil|miembros|nodos|hosts|metros|kilómetros|litros|gramos|kilos|grados"
)
# Three decimals may be thousands; «a las 18.30 horas» is how Spanish writes the time.
_NUMBER = r"\d+\.(?:\d\d?|\d{4,})"
_DECIMAL = re.compile(
    rf"(?<![\w.,/:-])(?<!las )(?:(?:US)?[$€] ?({_NUMBER})|({_NUMBER})[ \u00a0\n]?(?:{_UNITS}))(?!\w|[.,]\w)"
)


def check_typography(passages: Iterable[Prose]) -> list[Problem]:
    """Return what is wrong with the signs of Spanish prose."""
    return [problem for prose in passages for problem in _check(prose)]


def _check(prose: Prose) -> Iterator[Problem]:
    words = prose.words
    if '"' in words:
        yield from _check_quotes(prose)
    if "..." in words and words.strip() != "...":  # a cell that says nothing else is unfinished: another check's
        for match in _DOTS.finditer(words):
            message = f"los puntos suspensivos son un signo, «…», y aquí hay {len(match[0])} puntos"
            yield _warn("puntos-suspensivos", message, prose, match, "escriba «…»")
    if "  " in words or "\u00a0" in words:
        for match in _DOUBLE_SPACE.finditer(words):
            message = f"hay {len(match[0])} espacios seguidos"
            yield _warn("espacio-doble", message, prose, match, "entre palabras va uno")
    for match in _SPACE_BEFORE.finditer(words):
        start = len(words[: match.start()].rstrip())
        before, after = words[start - 1 : start], words[match.end() :].lstrip()[:1]
        ratio = match[0] == ":" and before.isdigit() and after.isdigit()
        if before and before not in "([¿¡«/|" and not ratio:
            message = f"hay un espacio antes de «{match[0]}»"
            yield Problem("espacio-antes-de-signo", message, prose.span(start, match.end()), "", Severity.WARNING)
    if "?" in words or "!" in words:
        yield from _check_openings(prose)
    if _POINT_INSIDE.search(words):
        for match in _DECIMAL.finditer(words):
            number = match[1] or match[2]
            message = f"«{number}» lleva punto decimal, y los números calculados llevan coma"
            place = prose.span(match.start(1 if match[1] else 2), match.end(1 if match[1] else 2))
            hint = f"«{number.replace('.', ',')}»; si es una versión, va sin unidad o entre acentos graves"
            yield Problem("punto-decimal", message, place, hint, Severity.WARNING)


def _check_quotes(prose: Prose) -> Iterator[Problem]:
    for match in _QUOTES.finditer(prose.words):
        inside = match[1]
        if inside is None:
            hint = "en español se escribe «…», y dentro “…”"
        else:
            shown = " ".join(inside.replace(OBJECT, "…").split())
            hint = f"«{shown if len(shown) <= 40 else shown[:40] + '…'}»; dentro de esas, “…”"
        yield _warn("comillas-rectas", "hay comillas rectas en el texto", prose, match, hint)


def _check_openings(prose: Prose) -> Iterator[Problem]:
    words = prose.words
    opened = {"?": 0, "!": 0}
    for match in _SIGNS.finditer(words):
        sign = match[0][0]
        if sign in "¿¡":
            opened["?" if sign == "¿" else "!"] += 1
            continue
        own = next((mark for mark in match[0] if opened[mark]), None) or next((m for m in opened if opened[m]), None)
        if own is not None:
            for mark in {own, *match[0]}:  # «¡¿…?!» closes both
                opened[mark] = max(0, opened[mark] - 1)
        elif not _REMARK.search(words, 0, match.start()) and not words.startswith("=", match.end()):
            opening = _OPENING[sign]
            message = f"falta el «{opening}» que abre lo que cierra este «{sign}»"
            yield _warn("signo-de-apertura", message, prose, match)


def _warn(code: str, message: str, prose: Prose, match: re.Match[str], hint: str = "") -> Problem:
    return Problem(code, message, prose.span(match.start(), match.end()), hint, Severity.WARNING)
