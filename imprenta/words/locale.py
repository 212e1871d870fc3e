"""Locale: a language -> its words, its signs in numbers, and what LaTeX and readers of PDF call it."""

from __future__ import annotations

from dataclasses import dataclass

from imprenta.words.words import Words  # the check of templates reads the types of the fields


# Compared by identity, as its words are.
@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Locale:
    """One language in which a report can be printed, or a passage of it; templates read these fields too."""

    codigo: str
    """ISO 639-1."""
    etiqueta: str
    """BCP 47, for readers of the PDF."""
    babel: str
    """The name that babel and biblatex know it by."""
    opciones_babel: str
    """What babel is told when it is the language of the report: every language, and this one last."""
    coma: str
    """The sign before the decimals of a number."""
    porciento: str
    """The sign of per cent as it stands after a number on an axis."""
    palabras: Words


def link_of(word: str, words: Words) -> str:
    """Return what joins a last word to those before it: «y», or «e» before the sound of i."""
    last = word.lower()
    return words.y_ante_i if last.startswith(("i", "hi", "í")) and not last.startswith("hie") else words.y


def format_date(date: str, locale: Locale) -> str:
    """Turn a date, AAAA, AAAA-MM or AAAA-MM-DD, into words: 23 de noviembre de 2026."""
    year, *rest = date.strip().split("-")
    if not rest:
        return year
    words = locale.palabras
    month = words.meses[int(rest[0]) - 1]
    if len(rest) == 1:
        return words.fecha_mes.format(mes=month, anio=year)
    return words.fecha_dia.format(dia=int(rest[1]), mes=month, anio=year)
