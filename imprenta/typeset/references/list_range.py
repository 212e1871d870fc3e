r"""The .bbl before and now, and where the entries stand in the PDF -> the pages of the list that have to be set anew.

The list fills two columns a page. Where a page begins with an entry, and not with the last lines of one, LaTeX carries
nothing from the page before but the page's number, the running head and the number of the entry; so it can begin there,
with the entries from there on. Nor does it look further ahead than a page. How an entry is set depends on its block in
the .bbl and on its number alone, if the templates are the engine's.

**Invariants**, looked at in `is_in_step` when the range is set: its first page begins with the entry with which it
began before, no lines of another above it; and what follows the range stays only if the last entry that begins on its
last page is one that did not change and stands where it stood.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from imprenta.typeset.checkpoints.jobs import UNPACKED, compose_job
from imprenta.typeset.checkpoints.start import restore
from imprenta.typeset.references.bbl import OPENED, changed_entries, split_bbl
from imprenta.typeset.references.list import COLUMNS, READ_ENTRIES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from imprenta.typeset.checkpoints.trace import Checkpoint
    from imprenta.typeset.engine.job import Job

    Place = tuple[int, float, float]

AHEAD = 1
"""Pages of entries that LaTeX is given after the last one that is wanted: it gathers more than it puts on a page."""
DEPENDENT = re.compile(
    r"^    \\entry\{[^{}]*\}\{[^{}]*\}\{[^{}]|^      \\(?:field|strng)\{(?:shorthand|related)\}", re.MULTILINE
)
"""An entry with options of its own, with a label that is no number, or that prints something of another entry."""
ENTRY_END = "    \\endentry\n"
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


def plan_list_range(before: str, now: str, places: Mapping[str, Place]) -> ListRange | None:
    """Return what has to be set anew between two .bbl; None if it cannot be told, then all has to be.

    `places` tells where the entries of the first stand: the page of the list (from 0) and the corner, in points. If
    there is nothing to be set the range has no entries.
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
    if len(keys) != len(others) or after == len(keys) or pages[after] + AHEAD >= pages[-1]:
        return ListRange(first, None, range(tops[first], len(others)))
    end = pages[after] + 1
    return ListRange(first, end, range(tops[first], pages.index(end + AHEAD)))


def to_the_end(wanted: ListRange, now: str) -> ListRange:
    """Return a range that goes on to the end of the list."""
    return replace(wanted, end=None, entries=range(wanted.entries.start, now.count(ENTRY_END)))


def whole_list(now: str) -> ListRange:
    """Return the range of all pages of a list."""
    return ListRange(0, None, range(now.count(ENTRY_END)))


def is_in_step(done: ListRange, keys: Sequence[str], before: Mapping[str, Place], now: Mapping[str, Place]) -> bool:
    """Tell whether a range that was set fits between the pages around it.

    `keys` are those of all entries of now, in their order; `before` tells where these stood on the pages of the list,
    `now` where they stand on those of the range.
    """
    if done.first:
        top = keys[done.entries.start]
        (page, x, y), (old_page, old_x, old_y) = now[top], before[top]
        if (page, old_page, x) != (0, done.first, old_x) or abs(y - old_y) > TOP_MARGIN:
            return False
    if done.end is None:
        return True
    last, old_last = _last_on(now, done.end - done.first - 1, keys), _last_on(before, done.end - 1, keys)
    return last is not None and last == old_last


def _find_tops(keys: Sequence[str], places: Mapping[str, Place]) -> dict[int, int]:
    """Return the pages that seem to begin with an entry, and the number of that entry, from 0.

    Where the last lines of an entry are at the top of a page, the first that begins there stands further down than on
    other pages. The first page begins with the heading.
    """
    first: dict[int, int] = {}
    for number, key in enumerate(keys):
        first.setdefault(places[key][0], number)
    top = max((places[keys[number]][2] for page, number in first.items() if page), default=0.0)
    return {page: number for page, number in first.items() if not page or top - places[keys[number]][2] < TOP_MARGIN}


def _last_on(places: Mapping[str, Place], page: int, keys: Sequence[str]) -> tuple[str, float, float] | None:
    """Return the last entry that begins on a page, and where."""
    found = [(key, *places[key][1:]) for key in keys if key in places and places[key][0] == page]
    return found[-1] if found else None


def compose_list_range(
    rows: Sequence[str], start: Checkpoint, title: str, wanted: ListRange, now: str
) -> tuple[Job, str] | None:
    r"""Return the job that sets a range of the list and its .bbl; None if the rows before the list have another form.

    `rows` are those of the .tex up to the end of the list, `start` is the checkpoint at which it begins, `title` its
    title if that is of plain words.
    """
    head, blocks, tail = _cut(now)
    entries = f"{head}{''.join(blocks[wanted.entries.start : wanted.entries.stop])}{tail}"
    # biblatex counts the entries that it reads, and makes room for the widest number.
    count = rf"\csnumgdef{{blx@labelnumber@0}}{{{wanted.entries.start}}}"
    width = rf"\def\abx@field@localnumber{{{len(blocks)}}}\csname blx@bbl@labelnumberwidth@numeric\endcsname{{}}"
    begin = rf"\makeatletter{count}\begingroup{width}\endgroup\makeatother{READ_ENTRIES}"
    state = UNPACKED + restore(start)
    whole = [*rows]
    if wanted.first:
        columns = next((number for number in range(start.line, len(rows)) if rows[number] == COLUMNS), 0)
        if not title or not columns:
            return None
        state = rf"{UNPACKED}{restore(_move_on(start, wanted.first))}\addsecmark{{{title}}}"
        whole[start.line : columns] = ["%"] * (columns - start.line)
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
