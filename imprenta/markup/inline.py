"""Our inline rules: citations, references, numbers, sources, formulas and links -> tokens with their values."""

from __future__ import annotations

import re
import unicodedata
from difflib import get_close_matches
from typing import TYPE_CHECKING

from markdown_it.rules_inline import link as markdown_link

from imprenta.markup.parsed import Citation, Expression, Reference, SourceMention

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

    from imprenta.markup.syntax import PlacedInlineState
    from imprenta.problems import Span

_KEY = r"[^\W_](?:[\w:./-]*[^\W_])?"
_CITATION_OPENING = re.compile(r"\[\s*-?@")
_ITEM = re.compile(rf"\s*@({_KEY})\s*(?:,\s*(\S.*?))?\s*", re.DOTALL)
_BARE = re.compile(rf"@({_KEY})")
_FIRST_WORD = re.compile(r"\[[^\s\];,]*")

_REFERENCE = re.compile(r"\{([Ff]igura|[Tt]abla|[Ss]eccion):([a-z0-9-]+)\}")
_EXPRESSION = re.compile(r"\{=([^{}]*)\}")
_NUMBER_IN_FORMULA = re.compile(r"(?<!\\)\{=(\s*[^{}\s][^{}]*)\}")
_SOURCES = re.compile(r"\{fuentes:([^{}]*)\}")
_NAME = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_]+)?")
_UNCLOSED = re.compile(r"\{(?:=|fuentes:|(?:[Ff]igura|[Tt]abla|[Ss]eccion):)[^\s{}]*")
_NEARLY = re.compile(r"\{\s*([^\W\d_]{3,12})\.?\s*[:=]\s*([^{}]*?)\s*\}")
_OTHER_NAMES = {
    "figure": "figura", "fig": "figura", "figuras": "figura", "imagen": "figura", "grafica": "figura",
    "grafico": "figura", "table": "tabla", "tab": "tabla", "tablas": "tabla", "cuadro": "tabla",
    "section": "seccion", "sec": "seccion", "secciones": "seccion", "apartado": "seccion",
    "fuente": "fuentes", "source": "fuentes", "sources": "fuentes",
}  # fmt: skip

_NOTE_CALL = re.compile(r"\[\^([^\s\]]+)\]")
_ADDRESS = re.compile(r"<((?:https?://|mailto:)[^\s<>]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+)>", re.IGNORECASE)


def read_citation(state: PlacedInlineState, silent: bool) -> bool:
    """`[@clave, lugar; @otra]` -> a token `citation`, with its items or, badly written, as it was typed."""
    source, start = state.src, state.pos
    if source[start] != "[" or _CITATION_OPENING.match(source, start, state.posMax) is None:
        return False
    end = _closing_bracket(source, start, state.posMax)
    if end < 0:
        word = _FIRST_WORD.match(source, start, state.posMax)
        stop = word.end() if word else start + 1
        if not silent:
            state.report("cita-mal-escrita", "falta el corchete que cierra la cita", start, stop, "así: «[@clave]»")
            state.push("citation", "", 0).meta["typed"] = source[start:stop]
        state.pos = stop
        return True
    if source.startswith("(", end + 1):  # the text of a link that begins with @
        return False
    if not silent:
        items = _read_items(state, start + 1, end)
        token = state.push("citation", "", 0)
        token.meta["value"] = items
        token.meta["typed"] = source[start : end + 1]
    state.pos = end + 1
    return True


def _read_items(state: PlacedInlineState, start: int, end: int) -> tuple[Citation, ...]:
    """Return the citations between two positions, none if one of them is badly written (and say so)."""
    items: list[Citation] = []
    broken = False
    at = start
    for part in state.src[start:end].split(";"):
        match = _ITEM.fullmatch(part)
        if match is None or re.search(r"(?:^|[\s,])-?@\w", match[2] or ""):
            broken = True
            indent = len(part) - len(part.lstrip())
            state.report(
                "cita-mal-escrita",
                f"la cita «{' '.join(part.split())}» no se entiende",
                at + indent if part.strip() else at - 1,
                at + max(len(part.rstrip()), 1),
                _citation_hint(part),
            )
        else:
            first = at + match.start(1)
            locator = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", " ".join((match[2] or "").split()))
            items.append(Citation(match[1], _place(state, first, at + match.end(1)), locator))
        at += len(part) + 1
    return () if broken else tuple(items)


def _citation_hint(part: str) -> str:
    if re.search(r"@[^@]*,\s*@", part):
        return "varias citas se separan con punto y coma: «[@a; @b]»"
    if re.match(r"\s*-@", part):
        return "la cita empieza por @, sin guion: «[@clave]»"
    if re.match(rf"\s*@{_KEY}\s+\S", part):
        return "entre la clave y el lugar va una coma: «[@clave, sec. 2]»"
    if re.match(rf"\s*@{_KEY}\s*,\s*$", part):
        return "falta el lugar tras la coma, o sobra la coma: «[@clave, sec. 2]»"
    if re.match(r"\s*@\s*$", part):
        return "falta la clave: «[@clave]»"
    if re.match(r"\s*@\s", part):
        return "la clave va pegada a @: «[@clave]»"
    if "@" not in part:
        return "cada cita lleva su @: «[@a; @b]»"
    return "así: «[@clave]», «[@a; @b]» o «[@clave, sec. 2]»"


def read_mention(state: PlacedInlineState, silent: bool) -> bool:
    """`@clave` -> a token `citation` in the thread of the sentence; an e-mail address is not one."""
    source, start = state.src, state.pos
    if source[start] != "@" or state.linkLevel > 0:
        return False
    if start and (source[start - 1].isalnum() or source[start - 1] in "_/@.+-"):
        return False
    match = _BARE.match(source, start, state.posMax)
    if match is None:
        return False
    if not silent:
        token = state.push("citation", "", 0)
        token.meta["value"] = (Citation(match[1], _place(state, match.start(1), match.end(1))),)
        token.meta["bare"] = True
    state.pos = match.end()
    return True


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
    place = _place(state, first, first + len(source.strip()))
    return Expression(" ".join(source.split()), int(decimals) if bar else None, place)


def _push_expression(state: PlacedInlineState, match: re.Match[str]) -> None:
    expression = read_expression(state, match)
    if expression is None:
        state.append_pending(match[0])
    else:
        state.push("expression", "", 0).meta["value"] = expression


def _push_reference(state: PlacedInlineState, match: re.Match[str]) -> None:
    value = Reference(match[1].lower(), match[2], match[1][0].isupper(), _place(state, match.start(), match.end()))
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
    value = SourceMention(names, _place(state, first, first + len(match[1].strip())))
    state.push("sources", "", 0).meta["value"] = value


def _push_nearly(state: PlacedInlineState, match: re.Match[str]) -> None:
    """Report what is nearly a reference; anything else in braces is text."""
    word = "".join(c for c in unicodedata.normalize("NFD", match[1].casefold()) if not unicodedata.combining(c))
    near = get_close_matches(word, ("figura", "tabla", "seccion", "fuentes"), n=1, cutoff=0.75)
    kind = _OTHER_NAMES.get(word) or (near[0] if near else None)
    if kind is not None:
        target = "".join(c for c in unicodedata.normalize("NFD", match[2].casefold()) if not unicodedata.combining(c))
        target = re.sub(r"[^a-z0-9]+", "-", target).strip("-") or "id"
        hint = f"¿«{{{kind}:{target}}}»?" if kind != "fuentes" else "así: «{fuentes: archivo.nombre}»"
        message = f"la referencia «{' '.join(match[0].split())}» no se entiende"
        state.report("referencia-mal-escrita", message, match.start(), match.end(), hint)
    state.append_pending(match[0])


def _push_unclosed(state: PlacedInlineState, match: re.Match[str]) -> None:
    message = f"falta la llave que cierra «{match[0]}»"
    state.report("llave-sin-cerrar", message, match.start(), match.end(), "si las llaves son texto: «\\{»")
    state.append_pending(match[0])


_BRACES: tuple[tuple[re.Pattern[str], Callable[[PlacedInlineState, re.Match[str]], None]], ...] = (
    (_REFERENCE, _push_reference),
    (_EXPRESSION, _push_expression),
    (_SOURCES, _push_sources),
    (_NEARLY, _push_nearly),
    (_UNCLOSED, _push_unclosed),
)


def read_formula(state: PlacedInlineState, silent: bool) -> bool:
    """`$…$` or `$$…$$` -> a token of mathematics; an amount of money such as `$5 y $6` is text."""
    source, start = state.src, state.pos
    if source[start] != "$":
        return False
    marks = "$$" if source.startswith("$$", start) else "$"
    first = start + len(marks)
    end = _closing_dollar(source, first, state.posMax, marks)
    if marks == "$":
        before = source[start - 1] if start else " "
        after = source[end + 1] if 0 <= end < len(source) - 1 else " "
        if end <= first or source[first].isspace() or source[end - 1].isspace() or before.isalnum() or after.isalnum():
            return False
    elif end < 0 or not source[first:end].strip():
        if not silent:
            if end < 0:
                message = "falta el «$$» que cierra las matemáticas"
                state.report("matematica-sin-cerrar", message, start, first, "si los signos son texto: «\\$\\$»")
            state.append_pending(marks)
        state.pos = first
        return True
    if not silent:
        token = state.push("math_inline" if marks == "$" else "math_inline_double", "math", 0)
        fill_formula(token, state, first, end)
    state.pos = end + len(marks)
    return True


def read_note_call(state: PlacedInlineState, silent: bool) -> bool:
    """`[^n]` -> a token `footnote_ref`, whether the note exists or not."""
    match = _NOTE_CALL.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        token = state.push("footnote_ref", "", 0)
        token.meta["label"] = match[1]
        token.meta["place"] = _place(state, match.start(), match.end())
    state.pos = match.end()
    return True


def fill_formula(token: Token, state: PlacedInlineState, first: int, end: int) -> None:
    """Give a token its formula, the place of each of its characters and the numbers of the data in it."""
    token.content = state.src[first:end]
    token.meta["places"] = [state.where(position) for position in range(first, max(end, first + 1))]
    token.meta["numbers"] = [
        (match.start(), match.end(), expression)
        for match in _NUMBER_IN_FORMULA.finditer(token.content)
        if (expression := read_expression(state, match, first)) is not None
    ]


def read_address(state: PlacedInlineState, silent: bool) -> bool:
    """`<https://…>` or `<nombre@lugar>` -> a link with its address as text; other angle brackets are text."""
    match = _ADDRESS.match(state.src, state.pos, state.posMax) if state.src[state.pos] == "<" else None
    if match is None:
        return False
    if not silent:
        shown = match[1]
        is_mail = "://" not in shown and not shown.lower().startswith("mailto:")
        token = state.push("link_open", "a", 1)
        token.attrs = {"href": f"mailto:{shown}" if is_mail else shown}
        token.info = "auto"
        token.meta["place"] = _place(state, match.start(), match.end())
        state.push("address", "", 0).content = shown.removeprefix("mailto:")
        state.push("link_close", "a", -1).info = "auto"
    state.pos = match.end()
    return True


def read_link(state: PlacedInlineState, silent: bool) -> bool:
    """`[texto](dirección)` -> the tokens of a link, which know its place; an image is refused."""
    start, first = state.pos, len(state.tokens)
    if not markdown_link(state, silent):
        return False
    if not silent:
        opening = next(token for token in state.tokens[first:] if token.type == "link_open")
        opening.meta["place"] = _place(state, start, state.pos)
        if start and state.src[start - 1] == "!" and (start < 2 or state.src[start - 2] != "\\"):
            message = "un texto no lleva imágenes"
            state.report(
                "imagen-en-texto", message, start - 1, state.pos, "la imagen va en figures/ y se coloca con «figura:»"
            )
    return True


def _place(state: PlacedInlineState, start: int, end: int) -> Span:
    place: Span = state.env["text"].span(state.where(start), state.where(end - 1) + 1)
    return place


def _closing_bracket(source: str, start: int, maximum: int) -> int:
    """Return where the bracket opened at `start` closes, or -1."""
    depth = 0
    position = start
    while position < maximum:
        character = source[position]
        if character == "\\":
            position += 1
        elif character == "[":
            depth += 1
        elif character == "]":
            depth -= 1
            if depth == 0:
                return position
        position += 1
    return -1


def _closing_dollar(source: str, start: int, maximum: int, marks: str) -> int:
    """Return where the marks that close a formula stand, or -1; `\\$` does not close one."""
    position = start
    while position < maximum:
        if source[position] == "\\":
            position += 1
        elif source.startswith(marks, position) and position + len(marks) <= maximum:
            return position
        position += 1
    return -1


# name -> (where, which rule of markdown-it, our rule)
RULES: dict[str, tuple[str, str, Callable[[StateInline, bool], bool]]] = {
    "citation": ("before", "link", read_citation),  # type: ignore[dict-item]  # the state is always ours
    "mention": ("before", "link", read_mention),  # type: ignore[dict-item]
    "braces": ("before", "link", read_braces),  # type: ignore[dict-item]
    "link": ("at", "link", read_link),  # type: ignore[dict-item]
    "address": ("at", "autolink", read_address),  # type: ignore[dict-item]
    "note": ("at", "footnote_ref", read_note_call),  # type: ignore[dict-item]
    "formula": ("at", "math_inline", read_formula),  # type: ignore[dict-item]
}
