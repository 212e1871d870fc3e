r"""Citations in LaTeX -> citations already resolved, in the numeric style.

biblatex works each \autocite out anew, 5 to 10 ms a citation: most of a pass of a report with hundreds. The number of a
source is the order in which it is first cited, which is known here, before LaTeX runs. So numbers and links are
written out, and biblatex is told of the sources once, in that order; it still sets the list, with `sorting=none`.
The form is that of biblatex-ieee: [1], [2], three or more in a row as [3]-[5], a place as [1, p. 4].
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

COMMAND = re.compile(r"\\autocite(s?)(?=[\[{])")
ARGUMENT = re.compile(r"\[(?P<place>(?:[^\[\]{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\]|\{(?P<keys>[^{}]*)\}")
TEXT_COMMAND = re.compile(r"\\textcite\{([^{}]*)\}")
COMPRESSED = 3
"""So many sources in a row are written as a range."""


def resolve_citations(tex: str) -> tuple[str, list[str]]:
    r"""Write out the numbers of every \autocite and \autocites; return the LaTeX and the keys in order.

    \textcite is left to biblatex, which knows the author's name, but counts in the order.
    """
    numbers = number_keys([find_keys(tex)])
    return write_numbers(tex, numbers), list(numbers)


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


def number_keys(cited: Iterable[Iterable[str]]) -> dict[str, int]:
    """Number the keys that pieces of a document cite, from 1, in the order in which they are first cited."""
    return {key: number for number, key in enumerate(dict.fromkeys(key for keys in cited for key in keys), 1)}


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
        parts += [tex[end : match.start()], _write_items(items, numbers)]
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


def _write_items(items: list[tuple[str, list[str]]], numbers: Mapping[str, int]) -> str:
    written: list[str] = []
    waiting: list[str] = []
    for place, keys in items:
        if place:
            written += [*_write_plain(waiting, numbers), f"[{_link(keys[-1], numbers)}, {_name_pages(place)}]"]
            waiting = []
        else:
            waiting += keys
    return r"{" + ", ".join([*written, *_write_plain(waiting, numbers)]) + "}"


def _write_plain(keys: list[str], numbers: Mapping[str, int]) -> list[str]:
    """Write sources without places, in rising order: one by one, or as a range where three or more are in a row."""
    ordered = sorted(set(keys), key=numbers.__getitem__)
    groups: list[list[str]] = []
    for index, key in enumerate(ordered):
        if index and numbers[key] == numbers[ordered[index - 1]] + 1:
            groups[-1].append(key)
        else:
            groups.append([key])
    written = []
    for group in groups:
        links = [f"[{_link(key, numbers)}]" for key in group]
        written += [f"{links[0]}-\\hspace{{0pt}}{links[-1]}"] if len(group) >= COMPRESSED else links
    return written


def _name_pages(place: str) -> str:
    """Write a bare number as a page, as biblatex does in Spanish."""
    if re.fullmatch(r"\d+", place):
        return f"pág.~{place}"
    return f"págs.~{place}" if re.fullmatch(r"\d+(?:\s*[-,]\s*\d+)+", place) else place


def _link(key: str, numbers: Mapping[str, int]) -> str:
    # A heading of an author's template may carry it elsewhere, where the bare command would break.
    return rf"\protect\hyperlink{{cite.0@{key}}}{{{numbers[key]}}}"
