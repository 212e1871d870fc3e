r"""TeX that a template of the author's may have written -> the same with the marks of the citations in it.

A template may write \\autocite itself, so its TeX is read for it; what `markup` writes states its citations.
"""

from __future__ import annotations

import re

from imprenta.markup import LAST_OF_PARAGRAPH
from imprenta.model.facts import Citation, state
from imprenta.model.source_map import strip_marks

COMMAND = re.compile(r"\\(?:(autocite)(s?)(\*?)(?=[\[{])|textcite\{([^{}]*)\})")
LAST = re.compile(rf"(?:\\relax\{{\}})?{re.escape(LAST_OF_PARAGRAPH)}")
ARGUMENT = re.compile(r"\[(?P<place>(?:[^\[\]{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\]|\{(?P<keys>[^{}]*)\}")


def state_citations(tex: str) -> str:
    r"""Put marks around every \autocite, \autocites and \textcite; inside them there are no others."""
    parts: list[str] = []
    end = 0
    for match in COMMAND.finditer(tex):
        if match.start() < end:
            continue
        if match[1] is None:
            citation = Citation((("", "", tuple(strip_marks(match[4]).split(","))),), textual=True)
            stop = match.end()
        else:
            items, stop = _read_items(tex, match.end(), several=bool(match[2]))
            citation = Citation(items, yearly=bool(match[3]), ends=LAST.match(tex, stop) is not None)
        if citation.items:
            parts += [tex[end : match.start()], state(citation, strip_marks(tex[match.start() : stop]))]
            end = stop
    return "".join([*parts, tex[end:]])


def _read_items(tex: str, position: int, *, several: bool) -> tuple[tuple[tuple[str, str, tuple[str, ...]], ...], int]:
    """Return (words before, place, keys) of each item of a citation from `position` on, and where the citation ends."""
    items: list[tuple[str, str, tuple[str, ...]]] = []
    words: list[str] = []
    while match := ARGUMENT.match(tex, position):
        position = match.end()
        if match["keys"] is None:
            words.append(match["place"])
            continue
        before, place = ["", "", *words][-2:]
        items.append((before, place, tuple(key.strip() for key in strip_marks(match["keys"]).split(","))))
        words = []
        if not several:
            break
    return tuple(items), position
