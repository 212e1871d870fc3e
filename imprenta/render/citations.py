r"""Citations that marks tell -> citations already resolved, in a numeric style.

biblatex works each \autocite out anew, 5 to 10 ms a citation: most of a pass of a report with hundreds. The number of a
source is the order in which it is first cited, which is known here, before LaTeX runs. So numbers and links are
written out, and biblatex is told of the sources once, in that order; it still sets the list, with `sorting=none`.
The form is that of biblatex-ieee, [1], [2], three or more in a row as [3]-[5], a place as [véase 1, p. 4],
or that of biblatex's numeric-comp: [1, 2], [3-5], [véase 1, p. 4; 2].
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
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


@dataclass(frozen=True, slots=True)
class NumericForm:
    """How a numeric style writes citations: in which words, and whether several `share` one pair of brackets."""

    words: Words
    share: bool


def find_keys(marked: str) -> list[str]:
    """Return the keys of all citations, each once, in the order in which they are first cited, then those listed."""
    found = [key for citation in find_stated(marked, Citation) for key in citation.keys]
    found += [key for listed in find_stated(marked, Cited) for key in listed.keys]
    return list(dict.fromkeys(found))


def name_entries(marked: str, aliases: Mapping[str, str]) -> str:
    """Write the keys of entries for their other names, by which they may be cited, in every citation."""

    def named(citation: Citation, tex: str) -> str:
        items = tuple(
            (before, place, tuple(aliases.get(key, key) for key in keys)) for before, place, keys in citation.items
        )
        other = replace(citation, items=items)
        return state(other, citation_command(other) if other != citation else tex)

    return rewrite(marked, Citation, named) if aliases else marked


def leave_to_biblatex(marked: str, form: NumericForm) -> str:
    """Write citations so that biblatex sets them as we do in a numeric style, which never says the author's name.

    Where each number has brackets of its own, biblatex would join those of [1], [2, p. 4].
    """

    def written(citation: Citation, tex: str) -> str:
        if citation.textual or (form.share and not citation.yearly):
            return state(citation, tex)
        if form.share:
            other = replace(citation, yearly=False)
            return state(other, citation_command(other))
        groups: list[tuple[str, str, tuple[str, ...]]] = []
        for before, place, keys in citation.items:
            if groups and not (before or place) and not (groups[-1][0] or groups[-1][1]):
                groups[-1] = ("", "", (*groups[-1][2], *keys))
            else:
                groups.append((before, place, keys))
        return state(citation, ", ".join(citation_command(Citation((group,))) for group in groups))

    return rewrite(marked, Citation, written)


def number_keys(cited: Iterable[Iterable[str]]) -> dict[str, int]:
    """Number the keys that parts of a document cite, from 1, in the order in which they are first cited."""
    return {key: number for number, key in enumerate(dict.fromkeys(key for keys in cited for key in keys), 1)}


def write_cited(numbers: Mapping[str, int], form: NumericForm) -> Callable[[str], Unmarked | None]:
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
        return _write_cited(citation, tuple(numbers[key] for key in citation.keys), form)

    return write


@lru_cache(maxsize=4096)
def _write_cited(citation: Citation, numbered: tuple[int, ...], form: NumericForm) -> Unmarked:
    """Return a citation with the numbers of its keys written out, and what is known of that."""
    numbers = dict(zip(citation.keys, numbered, strict=True))
    written = (
        _write_shared(citation, numbers, form.words) if form.share else _write_apart(citation, numbers, form.words)
    )
    return unmark_piece(state(Cited(citation.keys), f"{{{written}}}"))


def _write_shared(citation: Citation, numbers: Mapping[str, int], words: Words) -> str:
    """Write a citation in one pair of brackets: its items are parted by semicolons."""
    written = []
    for before, place, keys in citation.items:
        listed = ", ".join(_write_runs(keys, numbers, "{}"))
        listed = f"{before}~{listed}" if before else listed
        written.append(f"{listed}, {_name_pages(place, words)}" if place else listed)
    return f"[{'; '.join(written)}]"


def _write_apart(citation: Citation, numbers: Mapping[str, int], words: Words) -> str:
    """Write a citation with each number in brackets of its own."""
    written: list[str] = []
    waiting: list[str] = []
    for before, place, keys in citation.items:
        if before or place:
            written += _write_runs(waiting, numbers, "[{}]")
            waiting = []
            links = [_link(key, numbers) for key in keys]
            links[0] = f"{before}~{links[0]}" if before else links[0]
            links[-1] = f"{links[-1]}, {_name_pages(place, words)}" if place else links[-1]
            written += [f"[{link}]" for link in links]
        else:
            waiting += keys
    written += _write_runs(waiting, numbers, "[{}]")
    if citation.ends and len(written) > 1:
        written[-2:] = [f"{written[-2]},~{written[-1]}"]
    return ", ".join(written)


def _write_runs(keys: Iterable[str], numbers: Mapping[str, int], around: str) -> list[str]:
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
        links = [around.format(_link(key, numbers)) for key in group]
        # A line may end after a bracket, and not inside one.
        dash = r"-\hspace{0pt}" if around != "{}" else r"\mbox{-}"
        written += [f"{links[0]}{dash}{links[-1]}"] if len(group) >= COMPRESSED else links
    return written


def _name_pages(place: str, words: Words) -> str:
    """Write a bare number as a page, as biblatex does."""
    if re.fullmatch(r"\d+", place):
        return f"{words.pagina}~{place}"
    return f"{words.paginas}~{place}" if re.fullmatch(r"\d+(?:\s*[-,]\s*\d+)+", place) else place


def _link(key: str, numbers: Mapping[str, int]) -> str:
    # A heading of an author's template may carry it elsewhere, where the bare command would break.
    return state(CitedNumber(key), rf"\protect\hyperlink{{cite.0@{key}}}{{{numbers[key]}}}")
