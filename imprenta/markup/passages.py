"""`[the text]{en}`, pandoc's bracketed span -> the tokens of a passage in another language than the report's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from imprenta.words import LOCALES

if TYPE_CHECKING:
    from imprenta.markup.placed import PlacedInlineState

MARKS = {
    "em_open": r"\emph{",
    "strong_open": r"\textbf{",
    **{f"{code}_open": rf"\foreignlanguage{{{locale.babel}}}{{" for code, locale in LOCALES.items()},
}
MARKS |= {name.replace("_open", "_close"): "}" for name in MARKS}
"""What the ends of a stretch of words are in TeX, by the types of their tokens."""

_TAG = re.compile(rf"\]\{{(?:lang=)?({'|'.join(LOCALES)})\}}")


def read_passage(state: PlacedInlineState, silent: bool) -> bool:
    """`[texto]{en}` -> `en_open`, the words, `en_close`."""
    if state.src[state.pos] != "[":
        return False
    end = state.md.helpers.parseLinkLabel(state, state.pos)
    tag = _TAG.match(state.src, end, state.posMax) if end > state.pos else None
    if tag is None:
        return False
    if not silent:
        state.push(f"{tag[1]}_open", "span", 1)
        start, last = state.pos, state.posMax
        state.pos, state.posMax = start + 1, end
        state.md.inline.tokenize(state)
        state.pos, state.posMax = end, last
        state.push(f"{tag[1]}_close", "span", -1)
    state.pos = tag.end()
    return True
