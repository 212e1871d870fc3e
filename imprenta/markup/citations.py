"""Citations in the author's text -> tokens, or what is wrong with how they are written.

The notation is pandoc's: `[véase @clave, p. 3; también @otra]`, `[-@clave]` without the author, `@clave` in a sentence.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

from imprenta.markup.parsed import Citation
from imprenta.model.citation_key import CITABLE, MENTIONED, normalize_key
from imprenta.problems import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from imprenta.markup.placed import PlacedInlineState

_KEY = rf"{CITABLE}+"
_WORD = r"(?:[^\[\]@\\\s]|\\.)"
"""A character of the words before a citation; a sign of ours stands after a backslash."""
_BRACKET = re.compile(r"\\.|[\[\]]", re.DOTALL)
_CITATION_OPENING = re.compile(r"\[\s*-?@")
_PREFIXED_OPENING = re.compile(rf"\[\s*(?!\^){_WORD}(?:{_WORD}|\s)*\s-?@(?={CITABLE})")
_OTHER_USE = re.compile(r"\(|\{(?:lang=)?\w+\}")  # what makes a link or a passage of the brackets before it
_ITEM = re.compile(
    rf"\s*(?:(?P<before>{_WORD}(?:(?:{_WORD}|\s)*{_WORD})?)\s+)?(?P<minus>-)?@(?P<key>{_KEY})"
    r"\s*(?:,\s*(?P<place>\S.*?))?\s*",
    re.DOTALL,
)
_SUFFIX = re.compile(r",\s+(?=[^\W\d_]{2})")
"""What parts the place in the source from the author's own words after it: «p. 3, que lo discute»."""
_BARE = re.compile(rf"@({MENTIONED})")
_PLACE_AFTER = re.compile(r"\s\[((?:[^\W\d_]{1,7}\.?\s?|§\s?)?\d[^\[\]\n]{0,30})\](?!\()")  # pandoc's «@clave [p. 3]»
_FIRST_WORD = re.compile(r"\[[^\s\];,]*")


def read_citation(state: PlacedInlineState, silent: bool) -> bool:
    """`[véase @clave, lugar; @otra]` -> a token `citation`, with its items or, badly written, as it was typed."""
    source, start = state.src, state.pos
    if source[start] != "[":
        return False
    opening = None
    if _CITATION_OPENING.match(source, start, state.posMax) is None:
        opening = _PREFIXED_OPENING.match(source, start, state.posMax)
        if opening is None:
            return False
    end = _closing_bracket(source, start, state.posMax)
    if opening is not None and not _is_prefixed(opening[0], source, end):
        return False
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
        told = any(item.before or item.locator for item in items)
        token.meta["words"] = tuple(_own_words(state, start + 1, end)) if told else ()
    state.pos = end + 1
    return True


def _is_prefixed(opening: str, source: str, end: int) -> bool:
    """Tell whether words before a key open a citation: no link, passage or half-open interval, no code around it."""
    depths = accumulate((sign == "(") - (sign == ")") for sign in opening)
    inside = any(opening.count(sign) % 2 for sign in "`$")
    return min(depths) >= 0 and not inside and not (end > 0 and _OTHER_USE.match(source, end + 1))


def _read_items(state: PlacedInlineState, start: int, end: int) -> tuple[Citation, ...]:
    """Return the citations between two positions, none if one of them is badly written (and say so)."""
    items: list[Citation] = []
    broken = False
    parts = state.src[start:end].split(";")
    at = start
    for part in parts:
        match = _ITEM.fullmatch(part)
        first = at + len(part) - len(part.lstrip()) if part.strip() else at - 1
        last = at + max(len(part.rstrip()), 1)
        hint = _citation_hint(part) if match is None or not _is_sound(match) else ""
        if match is None or hint:
            broken = True
            message = f"la cita «{' '.join(part.split())}» no se entiende"
            state.report("cita-mal-escrita", message, first, last, hint)
        elif match["minus"] and len(parts) > 1:
            broken = True
            message = f"«-@{match['key']}» omite al autor entre otras citas, y solo puede en una cita sola"
            state.report("cita-mal-escrita", message, first, last, f"aparte: «[-@{match['key']}]»")
        else:
            key = state.place(at + match.start("key"), at + match.end("key"))
            before, place = (_bare_words(match[name] or "") for name in ("before", "place"))
            items.append(Citation(normalize_key(match["key"]), key, place, before, yearly=bool(match["minus"])))
        at += len(part) + 1
    return () if broken else tuple(items)


def _is_sound(match: re.Match[str]) -> bool:
    """Tell whether an item is one: a single key, and words before it, if anything is."""
    before = match["before"]
    if before is not None and not re.search(r"[^\W_]", before):
        return False
    return not re.search(r"(?:^|[\s,])-?@\w", match["place"] or "")


def _bare_words(typed: str) -> str:
    return re.sub(r"\\([`*\[\]{}$@<])", r"\1", " ".join(typed.split()))


def _own_words(state: PlacedInlineState, start: int, end: int) -> Iterator[tuple[int, str]]:
    """Yield the author's own words in a citation that is well written, line by line, each with its offset."""
    at = start
    for part in state.src[start:end].split(";"):
        match = _ITEM.fullmatch(part)
        assert match is not None
        suffix = _SUFFIX.search(match["place"] or "")
        spans = [match.span("before")] if match["before"] else []
        spans += [(match.start("place") + suffix.end(), match.end("place"))] if suffix is not None else []
        for first, last in spans:
            for line in re.finditer(r"[^\n]+", part[first:last]):
                yield state.where(at + first + line.start()), line[0]
        at += len(part) + 1


def _citation_hint(part: str) -> str:
    if re.search(r"@[^@]*,\s*-?@", part):
        return "varias citas se separan con punto y coma: «[@a; @b]»"
    if re.match(r"\s*-\s+@", part):
        return "el guion que omite al autor va pegado a @: «[-@clave]»"
    if re.search(rf"@{_KEY}\s+\S", part):
        return "entre la clave y el lugar va una coma: «[@clave, sec. 2]»; lo que va antes, delante: «[véase @clave]»"
    if re.search(rf"@{_KEY}\s*,\s*$", part):
        return "falta el lugar tras la coma, o sobra la coma: «[@clave, sec. 2]»"
    if re.search(r"@\s*$", part):
        return "falta la clave: «[@clave]»"
    if re.search(r"@\s", part):
        return "la clave va pegada a @: «[@clave]»"
    if re.search(r"@[^\s,]*\\", part):
        return "en una clave no se pone barra inversa ante ningún signo"
    if "@" not in part:
        return "cada cita lleva su @: «[@a; @b]»"
    return "así: «[@clave]», «[véase @a; @b]», «[@clave, sec. 2]» o, sin el autor, «[-@clave]»"


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
    closings = _closings(source)
    # What stands after a bar that is printed as it is counts for the rest as escaped; it is told by itself.
    end = closings[start] if start in closings else _pair_brackets(source, start).get(start, -1)
    return end if end < maximum else -1


@lru_cache(maxsize=8)
def _closings(source: str) -> dict[int, int]:
    """Return where each bracket of a text closes, -1 if it does not: read once, however many there are."""
    return _pair_brackets(source, 0)


def _pair_brackets(source: str, start: int) -> dict[int, int]:
    found: dict[int, int] = {}
    opened: list[int] = []
    for sign in _BRACKET.finditer(source, start):
        if sign[0] == "[":
            found[sign.start()] = -1
            opened.append(sign.start())
        elif sign[0] == "]" and opened:
            found[opened.pop()] = sign.start()
    return found
