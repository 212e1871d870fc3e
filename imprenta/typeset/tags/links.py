"""A link annotation -> what it is for, in words, for who does not see where it leads."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from imprenta.words import Words

CITED = re.compile(r"cite\.\d+@(.*)")
APPENDIX = re.compile(r"(?:sub)*section\.anexo\.(\d+)(.*)")
COUNTED = re.compile(r"([A-Za-z]+)(\*?)\.(?:[a-z]+\.)?([\w.]*)")
"""The names that hyperref gives to places: the counter and its value."""


def name_link(annotation: Any, words: Words, name_source: Callable[[str], str]) -> str:
    """Return what a link leads to."""
    action = annotation.get("/A", {})
    if "/URI" in action:
        return f"{words.sitio_externo}: {bytes(action.URI).decode('utf-8', 'replace')}"
    place = action.get("/D", annotation.get("/Dest", ""))
    return name_place(str(place), words, name_source)


def name_place(name: str, words: Words, name_source: Callable[[str], str]) -> str:
    """Return what stands at a named place of the document, in words."""
    cited = CITED.fullmatch(name)
    if cited is not None:
        source = name_source(cited[1])
        return f"{words.referencia}: {source}" if source else words.referencia
    appendix = APPENDIX.fullmatch(name)
    if appendix is not None:
        return f"{words.rotulo_anexo} {chr(64 + int(appendix[1]))}{appendix[2]}"
    counted = COUNTED.fullmatch(name)
    called = _called(words).get(counted[1].lower()) if counted is not None else None
    if counted is None or called is None:
        return words.otro_lugar
    return called if counted[2] else f"{called} {counted[3]}"  # what has a star has no number


def _called(words: Words) -> dict[str, str]:
    section = words.seccion.capitalize()
    return {
        "figure": words.rotulo_figura,
        "table": words.rotulo_tabla,
        "section": section,
        "subsection": section,
        "subsubsection": section,
        "equation": words.ecuacion.capitalize(),
        "hfootnote": words.nota.rstrip(".").capitalize(),
        "page": words.la_pagina.capitalize(),
        "codigo": words.rotulo_codigo,
        "algoritmo": words.algoritmo.capitalize(),
    }
