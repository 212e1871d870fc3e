r"""Citations that marks tell -> citations already resolved, in the numeric style.

biblatex works each \autocite out anew, 5 to 10 ms a citation: most of a pass of a report with hundreds. The number of a
source is the order in which it is first cited, which is known here, before LaTeX runs. So numbers and links are
written out, and biblatex is told of the sources once, in that order; it still sets the list, with `sorting=none`.
The form is that of biblatex-ieee: [1], [2], three or more in a row as [3]-[5], a place as [1, p. 4].
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from imprenta.markup import citation_command
from imprenta.model.facts import Citation, Cited, CitedNumber, find_stated, load_fact, rewrite, state
from imprenta.model.source_map import Unmarked, unmark_piece

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from imprenta.words import Words

CITATION = '["Citation"'
"""How a fact that is a citation begins as it is told."""
COMPRESSED = 3
"""So many sources in a row are written as a range."""


def find_keys(marked: str) -> list[str]:
    """Return the keys of all citations, each once, in the order in which they are first cited, then those listed."""
    found = [key for citation in find_stated(marked, Citation) for key in citation.keys]
    found += [key for listed in find_stated(marked, Cited) for key in listed.keys]
    return list(dict.fromkeys(found))


def name_entries(marked: str, aliases: Mapping[str, str]) -> str:
    """Write the keys of entries for their other names, by which they may be cited, in every citation."""

    def named(citation: Citation, tex: str) -> str:
        items = tuple((place, tuple(aliases.get(key, key) for key in keys)) for place, keys in citation.items)
        other = Citation(items, citation.textual)
        return state(other, citation_command(other) if other != citation else tex)

    return rewrite(marked, Citation, named) if aliases else marked


def part_places(marked: str) -> str:
    """Write a source with a place by a command of its own, as we do: biblatex would join the brackets, [1, 2, p. 4]."""

    def parted(citation: Citation, tex: str) -> str:
        groups: list[tuple[str, tuple[str, ...]]] = []
        for place, keys in citation.items:
            if groups and not place and not groups[-1][0]:
                groups[-1] = ("", (*groups[-1][1], *keys))
            else:
                groups.append((place, keys))
        if citation.textual or len(groups) == 1:
            return state(citation, tex)
        return state(citation, ", ".join(citation_command(Citation((group,))) for group in groups))

    return rewrite(marked, Citation, parted)


def number_keys(cited: Iterable[Iterable[str]]) -> dict[str, int]:
    """Number the keys that parts of a document cite, from 1, in the order in which they are first cited."""
    return {key: number for number, key in enumerate(dict.fromkeys(key for keys in cited for key in keys), 1)}


def write_cited(numbers: Mapping[str, int], words: Words) -> Callable[[str], Unmarked | None]:
    """Return what writes out a citation, as it is told, with the numbers of its keys.

    One in the thread of a sentence is left to biblatex, which knows the author's name.
    """

    def write(told: str) -> Unmarked | None:
        if not told.startswith(CITATION):
            return None
        citation = load_fact(told)
        assert isinstance(citation, Citation)
        if citation.textual:
            return None
        return _write_cited(citation, tuple(numbers[key] for key in citation.keys), words)

    return write


@lru_cache(maxsize=4096)
def _write_cited(citation: Citation, numbered: tuple[int, ...], words: Words) -> Unmarked:
    """Return a citation with the numbers of its keys written out, and what is known of that."""
    numbers = dict(zip(citation.keys, numbered, strict=True))
    written: list[str] = []
    waiting: list[str] = []
    for place, keys in citation.items:
        if place:
            written += [*_write_plain(waiting, numbers), f"[{_link(keys[-1], numbers)}, {_name_pages(place, words)}]"]
            waiting = []
        else:
            waiting += keys
    written += _write_plain(waiting, numbers)
    return unmark_piece(state(Cited(citation.keys), f"{{{', '.join(written)}}}"))


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


def _name_pages(place: str, words: Words) -> str:
    """Write a bare number as a page, as biblatex does."""
    if re.fullmatch(r"\d+", place):
        return f"{words.pagina}~{place}"
    return f"{words.paginas}~{place}" if re.fullmatch(r"\d+(?:\s*[-,]\s*\d+)+", place) else place


def _link(key: str, numbers: Mapping[str, int]) -> str:
    # A heading of an author's template may carry it elsewhere, where the bare command would break.
    return state(CitedNumber(key), rf"\protect\hyperlink{{cite.0@{key}}}{{{numbers[key]}}}")
