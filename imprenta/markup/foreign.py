"""Notation of other tools typed in a text -> a warning that names ours.

HTML, pandoc's Markdown, emphasis by underscores: all of it is printed as typed.
"""

from __future__ import annotations

import re
from html.entities import html5
from typing import TYPE_CHECKING, NamedTuple

from imprenta.problems import Severity

if TYPE_CHECKING:
    from collections.abc import Callable

    from imprenta.markup.placed import PlacedInlineState


class Foreign(NamedTuple):
    """A notation: the sign that it begins with, its shape, its code, what it is and the hint; no hint, no warning."""

    sign: str
    shape: re.Pattern[str]
    code: str
    what: str
    hint: Callable[[re.Match[str]], str]


_TAG_HINTS = {
    "br": "para partir la línea basta una barra, «\\», al final", "wbr": "bórrelo",
    "b": "la negrita se escribe «**así**»", "strong": "la negrita se escribe «**así**»",
    "i": "la cursiva se escribe «*así*»", "em": "la cursiva se escribe «*así*»",
    "code": "el código va entre acentos graves", "pre": "el código va entre tres acentos graves",
    "kbd": "el código va entre acentos graves", "tt": "el código va entre acentos graves",
    "sub": "un subíndice va en una fórmula, «H$_2$O», o con su signo: «₂»",
    "sup": "un exponente va en una fórmula, «m$^2$», o con su signo: «²»",
    "a": "un enlace se escribe «[texto](https://…)»", "img": "una figura va en figures/ y se coloca con «figura:»",
    "ul": "una lista se escribe con un guion ante cada elemento", "ol": "una lista se escribe «1. uno»",
    "li": "una lista se escribe con un guion ante cada elemento",
    "p": "los párrafos se separan con una línea en blanco",
    "table": "una tabla va en paper/tablas/ y se coloca con «tabla:»",
    "blockquote": "una cita en bloque lleva «>» ante cada línea",
}  # fmt: skip
_TAGS = (
    r"</?(?:br|wbr|hr|img)\b[^<>]*>|<([bisupaq]|tt)(?:\s[^<>]*)?>(?=.*</\1>)"
    r"|<(?:em|strong|su[bp]|del|ins|mark|small|big|code|pre|kbd|div|span|center|font|table|thead|tbody|t[rdh]|[uod]l|li|"
    r"d[td]|h[1-6]|blockquote|details|summary|figure|figcaption)(?:\s[^<>]*)?/?>"
)


def _hint_for_tag(match: re.Match[str]) -> str:
    name = re.sub(r"^</?|\W.*$", "", match[0], flags=re.DOTALL).lower()
    return f"{_TAG_HINTS.get(name, 'bórrelo')}; si es el nombre de la etiqueta, entre acentos graves"


def _hint_for_entity(match: re.Match[str]) -> str:
    name = match[1]
    if not name.startswith("#"):
        character = html5.get(f"{name};", "")
    else:
        code = int(name[2:], 16) if name[1] in "xX" else int(name[1:])
        character = chr(code) if code < 0x110000 else ""
    if not character:
        return ""
    return f"escriba «{character}»" if character.isprintable() else "escriba el espacio o el signo tal cual"


def _hint_for_underscores(match: re.Match[str]) -> str:
    if len(match[1]) == 2 and match[2].islower() and not re.search(r"\s", match[2]):  # «__init__»
        return ""
    stars = "*" * len(match[1])
    return f"el énfasis se escribe «{stars}{' '.join(match[2].split())}{stars}»; si es un nombre, entre acentos graves"


_FOREIGN = (
    Foreign("<", re.compile(r"<!--"), "html-en-texto", "es un comentario sin cerrar",
            lambda _: "un comentario acaba en «-->», y antes de una línea en blanco si no empieza la suya"),
    Foreign("<", re.compile(_TAGS, re.DOTALL | re.IGNORECASE), "html-en-texto", "es HTML", _hint_for_tag),
    Foreign("&", re.compile(r"&(#\d{1,7}|#[xX][\da-fA-F]{1,6}|[A-Za-z][A-Za-z\d]{1,31});"), "html-en-texto",
            "es HTML", _hint_for_entity),
    Foreign("_", re.compile(r"(?<![\w\\/.:*`-])(_{1,2})(?![\s_])([^\W\d_](?:[^\W\d_]|[ ,;'’\n])+[^\W\d_])\1(?!\w)"),
            "enfasis-dudoso", "puede ser énfasis", _hint_for_underscores),
    Foreign("*", re.compile(r"(?<=[^\W\d_])(\*{1,2})([^\W\d_]{3,})\1(?![\w*])"), "enfasis-dudoso", "puede ser énfasis",
            lambda _: "el énfasis no empieza dentro de una palabra: abárquela entera"),
    Foreign("`", re.compile(r"(?<!`)``(?!`)[^`'\n]+''(?!.*``)"), "latex-en-texto", "es LaTeX",
            lambda match: f"las comillas se escriben «{match[0][2:-2]}»"),
    Foreign("~", re.compile(r"(?<!~)~~(?!\s)[^~\n]+(?<!\s)~~(?!~)"), "notacion-ajena", "es de otro Markdown",
            lambda _: "no hay texto tachado"),
    Foreign("~", re.compile(r"(?<=\w)~[\w+-]{1,4}~"), "notacion-ajena", "es de otro Markdown",
            lambda match: f"un subíndice va en una fórmula: «$_{{{match[0][1:-1]}}}$»"),
    Foreign("^", re.compile(r"(?<=\w)\^[\w+-]{1,6}\^(?!\w)"), "notacion-ajena", "es de otro Markdown",
            lambda match: f"un exponente va en una fórmula: «$^{{{match[0][1:-1]}}}$»"),
    Foreign("{", re.compile(r"\{(?:#[A-Za-z][\w:.-]*|\.[A-Za-z][\w-]*)(?:\s[^{}]*)?\}"), "notacion-ajena",
            "es de otro Markdown", lambda _: "no hay atributos: una figura, tabla o sección se llama como su archivo"),
)  # fmt: skip
_BY_SIGN = {sign: [row for row in _FOREIGN if row.sign == sign] for sign in {row.sign for row in _FOREIGN}}


def find_foreign(state: PlacedInlineState, silent: bool) -> bool:
    """Report what is another tool's notation; it takes nothing: the text is read on as it stands."""
    rows = _BY_SIGN.get(state.src[state.pos])
    if rows is None or silent:
        return False
    for row in rows:
        match = row.shape.match(state.src, state.pos, state.posMax)
        hint = row.hint(match) if match is not None else ""
        if match is not None and hint:
            shown = " ".join(match[0].split())
            message = f"«{shown if len(shown) <= 40 else shown[:40] + '…'}» {row.what} y sale tal como se escribió"
            state.report(row.code, message, match.start(), match.end(), hint, Severity.WARNING)
            break
    return False
