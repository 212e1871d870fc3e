"""What the author writes in braces -> tokens: references, numbers, sources; other braces are text."""

from __future__ import annotations

import re
import unicodedata
from difflib import get_close_matches
from typing import TYPE_CHECKING

from imprenta.markup.parsed import Expression, Reference, SourceMention
from imprenta.markup.sentences import is_abbreviation
from imprenta.model.referable import REFERABLE
from imprenta.problems import Severity

if TYPE_CHECKING:
    from collections.abc import Callable

    from imprenta.markup.placed import PlacedInlineState
    from imprenta.model.referable import TargetKind

_KINDS = "|".join(f"[{kind[0].upper()}{kind[0]}]{kind[1:]}" for kind in REFERABLE)
_REFERENCE = re.compile(rf"\{{({_KINDS}):([a-z0-9-]+(?: *, *[a-z0-9-]+)*)\}}")
_ID = re.compile("[a-z0-9-]+")
_PAGE = re.compile(rf"\{{([Pp])agina:({'|'.join(REFERABLE)}):([a-z0-9-]+)\}}")
_EXPRESSION = re.compile(r"\{=([^{}]*)\}")
_SOURCES = re.compile(r"\{fuentes:([^{}]*)\}")
_SENTENCE_END = re.compile(r"([\w.'’]*)[.?!]\s+$")
_LONGEST_WORD = 60
_GOES_ON = re.compile(r"\s+\w")
_NAME = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_]+)?")
_UNCLOSED = re.compile(rf"\{{(?:=|fuentes:|(?:{_KINDS}):)[^\s{{}}]*")
_NEARLY = re.compile(r"\{\s*([^\W\d_]{2,12})\.?\s*[:=]\s*([^{}]*?)\s*\}")
_UNKNOWN = re.compile(r"\{[^\W\d_]+:[^\W\d_][\w-]*\}")
_BEFORE_TEMPLATE = frozenset("${%#\\")  # «${nombre:valor}» and «{{…}}» are other programs' own
_OTHER_NAMES = {
    "figure": "figura", "fig": "figura", "figuras": "figura", "imagen": "figura", "grafica": "figura",
    "grafico": "figura", "table": "tabla", "tab": "tabla", "tablas": "tabla", "cuadro": "tabla",
    "section": "seccion", "sec": "seccion", "secciones": "seccion", "apartado": "seccion",
    "equation": "ecuacion", "eq": "ecuacion", "ec": "ecuacion", "ecuaciones": "ecuacion", "formula": "ecuacion",
    "code": "codigo", "listing": "codigo", "lst": "codigo", "listado": "codigo", "programa": "codigo",
    "fuente": "fuentes", "source": "fuentes", "sources": "fuentes",
}  # fmt: skip


def read_braces(state: PlacedInlineState, silent: bool) -> bool:
    """`{figura:id}`, `{= expresión | 2}`, `{fuentes: a.b}` -> their tokens; other braces are text."""
    if state.src[state.pos] != "{":
        return False
    for pattern, read in _BRACES:
        match = pattern.match(state.src, state.pos, state.posMax)
        if match is not None:
            if not silent:
                read(state, match)
            state.pos = match.end()
            return True
    return False


def read_expression(state: PlacedInlineState, match: re.Match[str], offset: int = 0) -> Expression | None:
    """Return the expression of a match at `offset` of the state, or None with a problem."""
    source, bar, decimals = match[1].rpartition("|") if "|" in match[1] else (match[1], "", "")
    start, end = offset + match.start(), offset + match.end()
    if not source.strip():
        state.report("expresion-vacia", "falta la expresión entre «{=» y «}»", start, end, "así: «{= archivo.nombre}»")
        return None
    if bar and not re.fullmatch(r"\s*[0-9]{1,2}\s*", decimals):
        hint = "así: «{= archivo.nombre | 2}»"
        message = f"tras «|» se esperaba el número de decimales y hay «{decimals.strip()}»"
        state.report("decimales-mal-escritos", message, start, end, hint)
        return None
    first = offset + match.start(1) + len(source) - len(source.lstrip())
    place = state.place(first, first + len(source.strip()))
    return Expression(" ".join(source.split()), int(decimals) if bar else None, place)


def _push_expression(state: PlacedInlineState, match: re.Match[str]) -> None:
    expression = read_expression(state, match)
    if expression is None:
        state.append_pending(match[0])
    else:
        state.push("expression", "", 0).meta["value"] = expression


def _begins_sentence(text: str, match: re.Match[str]) -> bool:
    """Tell whether the word that a reference prints is the first of a sentence.

    What stands alone, as in a cell, is none; nor does one begin after the point of an abbreviation.
    """
    if _GOES_ON.match(text, match.end()) is None:
        return False
    before = text[: match.start()]
    ended = _SENTENCE_END.search(before[-_LONGEST_WORD:])
    return not before.strip() or (ended is not None and not is_abbreviation(ended[1]))


def _push_reference(state: PlacedInlineState, match: re.Match[str]) -> None:
    kind: TargetKind = match[1].lower()  # type: ignore[assignment]  # the expression holds no other words
    capital = match[1][0].isupper() or _begins_sentence(state.src, match)
    if "," not in match[2]:
        value = Reference(kind, match[2], capital, state.place(match.start(), match.end()))
        state.push("reference", "", 0).meta["value"] = value
        return
    state.push("references", "", 0).meta["value"] = tuple(
        Reference(kind, name[0], capital, state.place(name.start(), name.end()))
        for name in _ID.finditer(state.src, match.start(2), match.end(2))
    )


def _push_page(state: PlacedInlineState, match: re.Match[str]) -> None:
    kind: TargetKind = match[2]  # type: ignore[assignment]  # the expression holds no other words
    value = Reference(kind, match[3], match[1] == "P", state.place(match.start(), match.end()), page=True)
    state.push("reference", "", 0).meta["value"] = value


def _push_sources(state: PlacedInlineState, match: re.Match[str]) -> None:
    names = tuple(name.strip() for name in match[1].split(","))
    wrong = [name for name in names if not _NAME.fullmatch(name)]
    if wrong:
        message = (
            f"«{' '.join(wrong[0].split())}» no es el nombre de un valor" if wrong[0] else "falta un nombre de valor"
        )
        hint = "así: «{fuentes: archivo.nombre, archivo.otro}»"
        state.report("fuentes-mal-escritas", message, match.start(), match.end(), hint)
        state.append_pending(match[0])
        return
    first = match.start(1) + len(match[1]) - len(match[1].lstrip())
    value = SourceMention(names, state.place(first, first + len(match[1].strip())))
    state.push("sources", "", 0).meta["value"] = value


def _push_nearly(state: PlacedInlineState, match: re.Match[str]) -> None:
    """Report what is nearly a reference; anything else in braces is text."""
    word = "".join(c for c in unicodedata.normalize("NFD", match[1].casefold()) if not unicodedata.combining(c))
    near = get_close_matches(word, (*REFERABLE, "fuentes"), n=1, cutoff=0.83)
    kind = _OTHER_NAMES.get(word) or (near[0] if near else None)
    if kind is not None:
        target = "".join(c for c in unicodedata.normalize("NFD", match[2].casefold()) if not unicodedata.combining(c))
        target = ",".join(re.sub(r"[^a-z0-9]+", "-", one).strip("-") or "id" for one in target.split(","))
        hint = f"¿«{{{kind}:{target}}}»?" if kind != "fuentes" else "así: «{fuentes: archivo.nombre}»"
        message = f"la referencia «{' '.join(match[0].split())}» no se entiende"
        state.report("referencia-mal-escrita", message, match.start(), match.end(), hint)
    elif _UNKNOWN.fullmatch(match[0]) and state.src[match.start() - 1 : match.start()] not in _BEFORE_TEMPLATE:
        message = f"«{match[0]}» no es ninguna marca y sale tal como se escribió"
        hint = f"hay «{{= …}}» y «{{clase:id}}», con {', '.join((*REFERABLE, 'fuentes'))}; si es texto: «\\{{»"
        state.report("notacion-ajena", message, match.start(), match.end(), hint, Severity.WARNING)
    state.append_pending(match[0])


def _push_unclosed(state: PlacedInlineState, match: re.Match[str]) -> None:
    message = f"falta la llave que cierra «{match[0]}»"
    state.report("llave-sin-cerrar", message, match.start(), match.end(), "si las llaves son texto: «\\{»")
    state.append_pending(match[0])


_BRACES: tuple[tuple[re.Pattern[str], Callable[[PlacedInlineState, re.Match[str]], None]], ...] = (
    (_REFERENCE, _push_reference),
    (_PAGE, _push_page),
    (_EXPRESSION, _push_expression),
    (_SOURCES, _push_sources),
    (_NEARLY, _push_nearly),
    (_UNCLOSED, _push_unclosed),
)
