r"""Citations in TeX that a template of the author's may have written -> the same as those of `citations.py`.

A template may write \autocite itself, so its TeX is read for it; what `markup` writes states its citations.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from imprenta.model.facts import Citation
from imprenta.render.citations import write_cited

if TYPE_CHECKING:
    from collections.abc import Mapping

COMMAND = re.compile(r"\\autocite(s?)(?=[\[{])")
ARGUMENT = re.compile(r"\[(?P<place>(?:[^\[\]{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\]|\{(?P<keys>[^{}]*)\}")
TEXT_COMMAND = re.compile(r"\\textcite\{([^{}]*)\}")


def find_keys(tex: str) -> list[str]:
    """Return the keys of all citations, each once, in the order in which they are first cited."""
    found: dict[str, None] = {}
    for match in re.finditer(rf"{COMMAND.pattern}|{TEXT_COMMAND.pattern}", tex):
        if match[2] is not None:
            keys = [match[2]]
        else:
            keys = [key for _, keys in _read_items(tex, match.end(), several=bool(match[1]))[0] for key in keys]
        found.update(dict.fromkeys(keys))
    return list(found)


def name_entries(tex: str, aliases: Mapping[str, str]) -> str:
    """Write the keys of entries for their other names, by which they may be cited, in every citation."""
    parts: list[str] = []
    end = 0
    for match in re.finditer(r"\\(?:autocites?|textcite)(?=[\[{])", tex) if aliases else ():
        while argument := ARGUMENT.match(tex, max(end, match.end())):
            start = max(end, match.end())
            keys = ",".join(aliases.get(key.strip(), key) for key in (argument["keys"] or "").split(","))
            parts += [tex[end:start], argument[0] if argument["keys"] is None else f"{{{keys}}}"]
            end = argument.end()
    return "".join([*parts, tex[end:]])


def write_numbers(tex: str, numbers: Mapping[str, int]) -> str:
    """Write out the citations in LaTeX with the numbers of their keys."""
    parts: list[str] = []
    end = 0
    for match in COMMAND.finditer(tex):
        if match.start() < end:
            continue
        items, stop = _read_items(tex, match.end(), several=bool(match[1]))
        if not items:
            continue
        parts += [
            tex[end : match.start()],
            write_cited(Citation(tuple((place, tuple(keys)) for place, keys in items)), numbers),
        ]
        end = stop
    parts.append(tex[end:])
    return "".join(parts)


def _read_items(tex: str, position: int, *, several: bool) -> tuple[list[tuple[str, list[str]]], int]:
    """Return (place, keys) of each item of a citation from `position` on, and where the citation ends."""
    items: list[tuple[str, list[str]]] = []
    place = ""
    while match := ARGUMENT.match(tex, position):
        position = match.end()
        if match["keys"] is None:
            place = match["place"]
            continue
        items.append((place, [key.strip() for key in match["keys"].split(",")]))
        place = ""
        if not several:
            break
    return items, position
