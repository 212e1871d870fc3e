r"""The .bbl before and now, and where the entries stand in the PDF -> the pages of the list that have to be set anew.

The list fills two columns a page. Where a page begins with an entry, and not with the last lines of one, LaTeX carries
nothing from the page before but the page's number, the running head and the number of the entry; so it can begin there,
with the entries from there on. Nor does it look further ahead than a page. How an entry is set depends on its block in
the .bbl and on its number alone, if the templates are the engine's.

**Invariants**, looked at when the range is set: its first page begins with the entry with which it began before, no
lines of another above it (`begins_in_step`); and what follows the range stays only if the last entry that begins on its
last page is one that did not change and stands where it stood (`ends_in_step`). If it does not, the pages of the range
are right none the less, and the rest is set from the page after them on (`go_on`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from imprenta.typeset.checkpoints.jobs import UNPACKED, compose_job
from imprenta.typeset.checkpoints.start import restore
from imprenta.typeset.references.bbl import ENTRY_END, OPENED, changed_entries, split_bbl
from imprenta.typeset.references.list import COLUMNS, COLUMNS_END, READ_ENTRIES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from imprenta.typeset.checkpoints.trace import Checkpoint
    from imprenta.typeset.engine.job import Job

Place = tuple[int, float, float]
"""Where an entry stands: the page of the list (from 0) and the corner, in points."""

AHEAD = 8
"""Entries that LaTeX is given after those of the last page that is wanted: it gathers more than it puts on a page."""
DEPENDENT = re.compile(
    r"^    \\entry\{[^{}]*\}\{[^{}]*\}\{[^{}]|^      \\(?:field|strng)\{(?:shorthand|related)\}", re.MULTILINE
)
"""An entry with options of its own, with a label that is no number, or that prints something of another entry."""
OPEN_ENDED = {row: row.replace("multicols", "multicols*") for row in (COLUMNS, COLUMNS_END)}
"""Columns that are not made even at the end: the page after a range begins as it will with all that follows."""
TOP_MARGIN = 4.0
"""Points by which the first entries of two pages may differ in height if nothing is above them.

The last page, whose columns are made even, begins 2 points higher or lower; a line is 9.5 points high.
"""


@dataclass(frozen=True, slots=True)
class ListRange:
    """Pages of the list from `first` to before `end`, and the entries that LaTeX is given for them; all from 0.

    Without an `end` they go on to the list's end, however many there are then.
    """

    first: int
    end: int | None
    entries: range


def plan_list_range(before: str, now: str, places: Mapping[str, Place], *, shown: bool = False) -> ListRange | None:
    """Return what has to be set anew between two .bbl; None if it cannot be told, then all has to be.

    `places` tells where the entries of the first stand: the page of the list (from 0) and the corner, in points. If
    there is nothing to be set the range has no entries. If somebody waits for the list to be `shown`, one that goes on
    to the end of the list ends after the page with the first change, from which it can be gone on.
    """
    old, new = split_bbl(before), split_bbl(now)
    if (
        old is None
        or new is None
        or (old.head, old.tail) != (new.head, new.tail)
        or DEPENDENT.search(before)
        or DEPENDENT.search(now)
    ):
        return None
    keys, others = [*old.blocks], [*new.blocks]
    if len(str(len(keys))) != len(str(len(others))) or any(key not in places for key in keys):
        return None  # all labels have the room of the widest
    changed = changed_entries(old, new)
    numbers = range(max(len(keys), len(others)))
    differ = [n for n in numbers if keys[n : n + 1] != others[n : n + 1] or keys[n] in changed]
    if not differ:
        return ListRange(0, 0, range(0))
    pages = [places[key][0] for key in keys]
    tops = _find_tops(keys, places)
    # The entry before may end otherwise if what follows it is another.
    wanted = pages[min(max(differ[0] - 1, 0), len(keys) - 1)]
    first = max(page for page in tops if page <= wanted)
    after = differ[-1] + 1
    end = pages[after] + 1 if len(keys) == len(others) and after < len(keys) else pages[-1]
    if end >= pages[-1] and shown:
        end = pages[min(differ[0], len(keys) - 1)] + 1
    if end >= pages[-1]:
        return ListRange(first, None, range(tops[first], len(others)))
    follows = next(number for number, page in enumerate(pages) if page >= end)
    return ListRange(first, end, range(tops[first], min(follows + AHEAD, len(others))))


def to_the_end(wanted: ListRange, now: str) -> ListRange:
    """Return a range that goes on to the end of the list."""
    return replace(wanted, end=None, entries=range(wanted.entries.start, now.count(ENTRY_END)))


def go_on(done: ListRange, keys: Sequence[str], before: Mapping[str, Place], now: Mapping[str, Place]) -> ListRange:
    """Return what is left to set after a range that is out of step at its end: to the end of the list.

    It begins on the last page that begins with an entry, of those of the range and the one after them. `keys` are those
    of all entries of now, `before` and `now` tell where these stood, and stand now, on the pages of the list.
    """
    top = _find_height(keys, before)
    for page, number in sorted(_find_first(keys, now).items(), reverse=True):
        if done.first < page <= (done.end or 0) and abs(top - now[keys[number]][2]) < TOP_MARGIN:
            return ListRange(page, None, range(number, len(keys)))
    return replace(done, end=None, entries=range(done.entries.start, len(keys)))


def whole_list(now: str) -> ListRange:
    """Return the range of all pages of a list."""
    return ListRange(0, None, range(now.count(ENTRY_END)))


def begins_in_step(done: ListRange, keys: Sequence[str], before: Mapping[str, Place], now: Mapping[str, Place]) -> bool:
    """Tell whether a range that was set begins as its first page did: with an entry, and no lines of another above it.

    `keys`, `before` and `now` are as in `go_on`.
    """
    if not done.first:
        return True
    top = keys[done.entries.start]
    (page, x, y), (old_page, old_x, old_y) = now[top], before[top]
    return (page, old_page, x) == (done.first, done.first, old_x) and abs(y - old_y) <= TOP_MARGIN


def ends_in_step(done: ListRange, keys: Sequence[str], before: Mapping[str, Place], now: Mapping[str, Place]) -> bool:
    """Tell whether what followed a range follows it now: if the last entry that begins on it stands where it stood.

    `keys`, `before` and `now` are as in `go_on`.
    """
    if done.end is None:
        return True
    last, old_last = (_last_on(places, done.end - 1, keys) for places in (now, before))
    return last is not None and last == old_last


def _find_tops(keys: Sequence[str], places: Mapping[str, Place]) -> dict[int, int]:
    """Return the pages that seem to begin with an entry, and the number of that entry, from 0.

    Where the last lines of an entry are at the top of a page, the first that begins there stands further down than on
    other pages. The first page begins with the heading.
    """
    top = _find_height(keys, places)
    first = _find_first(keys, places)
    return {page: number for page, number in first.items() if not page or top - places[keys[number]][2] < TOP_MARGIN}


def _find_height(keys: Sequence[str], places: Mapping[str, Place]) -> float:
    """Return at which height the highest entry stands that is the first on its page; on the first is the heading."""
    return max((places[keys[number]][2] for page, number in _find_first(keys, places).items() if page), default=0.0)


def _find_first(keys: Sequence[str], places: Mapping[str, Place]) -> dict[int, int]:
    """Return the number (from 0) of the first entry that begins on each page."""
    first: dict[int, int] = {}
    for number, key in enumerate(keys):
        if key in places:
            first.setdefault(places[key][0], number)
    return first


def _last_on(places: Mapping[str, Place], page: int, keys: Sequence[str]) -> tuple[str, float, float] | None:
    """Return the last entry that begins on a page, and where."""
    found = [(key, *places[key][1:]) for key in keys if key in places and places[key][0] == page]
    return found[-1] if found else None


def compose_list_range(
    rows: Sequence[str], start: Checkpoint, title: str, data: str, wanted: ListRange, now: str
) -> tuple[Job, str] | None:
    r"""Return the job that sets a range of the list and its .bbl; None if the rows before the list have another form.

    `rows` are those of the .tex up to the end of the list, `start` is the checkpoint at which it begins, `title` its
    title if that is of plain words, `data` the document's.
    """
    head, blocks, tail = _cut(now)
    entries = f"{head}{''.join(blocks[wanted.entries.start : wanted.entries.stop])}{tail}"
    # biblatex counts the entries that it reads, and makes room for the widest number.
    count = rf"\csnumgdef{{blx@labelnumber@0}}{{{wanted.entries.start}}}"
    width = rf"\def\abx@field@localnumber{{{len(blocks)}}}\csname blx@bbl@labelnumberwidth@numeric\endcsname{{}}"
    begin = rf"{data}\makeatletter{count}\begingroup{width}\endgroup\makeatother{READ_ENTRIES}"
    state = UNPACKED + restore(start)
    whole = [*rows]
    if wanted.first:
        columns = next((number for number in range(start.line, len(rows)) if rows[number] == COLUMNS), 0)
        if not title or not columns:
            return None
        state = rf"{UNPACKED}{restore(_move_on(start, wanted.first))}\addsecmark{{{title}}}"
        whole[start.line : columns] = ["%"] * (columns - start.line)
    if wanted.end is not None:
        whole[start.line :] = [OPEN_ENDED.get(row, row) for row in whole[start.line :]]
    return compose_job(whole, start.line, state, "", {}, begin), entries


def read_keys(bbl: str) -> list[str]:
    """Return the keys of the entries of a .bbl in their order."""
    return [block.removeprefix(OPENED).partition("}")[0] for block in _cut(bbl)[1]]


def _cut(bbl: str) -> tuple[str, list[str], str]:
    """Return what stands before the blocks of a .bbl, the blocks, and what stands after them."""
    head, _, rest = bbl.partition(OPENED)
    *blocks, tail = f"{OPENED}{rest}".split(ENTRY_END)
    return head, [f"{block}{ENTRY_END}" for block in blocks], tail


def _move_on(start: Checkpoint, pages: int) -> Checkpoint:
    """Return a checkpoint some pages further on."""
    return replace(start, number=start.number + pages)
