"""Citations in the author's text -> tokens, or what is wrong with how they are written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from imprenta.markup.parsed import Citation
from imprenta.model.citation_key import CITABLE, MENTIONED, normalize_key
from imprenta.problems import Severity

if TYPE_CHECKING:
    from imprenta.markup.placed import PlacedInlineState

_KEY = rf"{CITABLE}+"
_CITATION_OPENING = re.compile(r"\[\s*-?@")
_ITEM = re.compile(rf"\s*@({_KEY})\s*(?:,\s*(\S.*?))?\s*", re.DOTALL)
_BARE = re.compile(rf"@({MENTIONED})")
_PLACE_AFTER = re.compile(r"\s\[((?:[^\W\d_]{1,7}\.?\s?|§\s?)?\d[^\[\]\n]{0,30})\](?!\()")  # pandoc's «@clave [p. 3]»
_FIRST_WORD = re.compile(r"\[[^\s\];,]*")


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
            locator = re.sub(r"\\([`*\[\]{}$@<])", r"\1", " ".join((match[2] or "").split()))
            items.append(Citation(normalize_key(match[1]), state.place(first, at + match.end(1)), locator))
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
    if re.match(r"\s*@[^\s,]*\\", part):
        return "en una clave no se pone barra inversa ante ningún signo"
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
        token.meta["value"] = (Citation(normalize_key(match[1]), state.place(match.start(1), match.end(1))),)
        token.meta["bare"] = True
        place = _PLACE_AFTER.match(state.src, match.end(), state.posMax)
        if place is not None:
            message = f"«{match[0]}{place[0]}» no es una cita con lugar: los corchetes salen tal como se escribieron"
            hint = f"así: «[@{match[1]}, {place[1]}]»"
            state.report("notacion-ajena", message, match.start(), place.end(), hint, Severity.WARNING)
    state.pos = match.end()
    return True


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
