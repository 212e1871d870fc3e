"""What LaTeX noted at its checkpoints -> where a range of pages may begin and end, and which blocks changed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cached_property, lru_cache

LIST_SUFFIXES = (".toc", ".lof", ".lot")
CHECKPOINT = "\\checkpoint"
FRESH = "nueva"
DEPTH, GOAL = 6, 7
"""Where in the state of a page are the depth of its last line and its goal."""
END = "\0"
"""What no block is: a .tex has no such character."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A \\checkpoint that LaTeX passed: its line of the .tex, how many pages were out, the state and its sum.

    The state's fields are those that `render/checkpoints.py` tells.
    """

    line: int
    pages: int
    sum: str
    counters: str
    form: str
    head: str
    page: str
    floats: str
    flags: str

    @property
    def defers(self) -> bool:
        """Tell whether floats wait for a later page: the sum knows their sizes, but not what is in them."""
        return self.floats.endswith("d")

    @property
    def is_fresh(self) -> bool:
        """Tell whether nothing stands on the page yet."""
        return self.page == FRESH


@dataclass(frozen=True, slots=True)
class Shipped:
    """A page that is out: the line that LaTeX had read by then, the page's number and the TeX that writes it."""

    line: int
    number: int
    form: str


Event = Checkpoint | Shipped


@dataclass(frozen=True)
class RunTrace:
    """What LaTeX passed in one run, in its order.

    `met` is the line where a range was in step with the run before, `ended` tells whether it stopped there. `lists`
    are the lines at which it read the table of contents or another list.
    """

    events: tuple[Event, ...]
    met: int = 0
    ended: bool = False
    lists: tuple[int, ...] = ()

    @cached_property
    def checkpoints(self) -> tuple[Checkpoint, ...]:
        """Return the checkpoints in rising order."""
        return tuple(event for event in self.events if isinstance(event, Checkpoint))

    @cached_property
    def shipped(self) -> tuple[Shipped, ...]:
        """Return the pages that are out, in their order."""
        return tuple(event for event in self.events if isinstance(event, Shipped))

    def dumps(self) -> str:
        """Return the lines that `read_trace` reads."""
        rows = []
        for event in self.events:
            if isinstance(event, Shipped):
                rows.append(f"P|{event.line}|{event.number}|{event.form}")
            else:
                state = (event.counters, event.form, event.head, event.page, event.floats, event.flags)
                rows.append("|".join(("H", str(event.line), event.sum, *state)))
        return "\n".join(rows) + "\n"


@lru_cache(maxsize=4)
def read_trace(text: str) -> RunTrace:
    """Read the lines that LaTeX wrote; raise ValueError if they are not such lines."""
    events: list[Event] = []
    lists: list[int] = []
    pages = met = 0
    ended = False
    for row in text.splitlines():
        kind, _, rest = row.partition("|")
        if kind == "P":
            line, number, form = rest.split("|", 2)
            events.append(Shipped(int(line), int(number), form))
            pages += 1
        elif kind == "M":
            met = int(rest)
        elif kind == "F":
            ended = True
        elif kind == "L":
            line, name = rest.split("|", 1)
            lists += [int(line)] if name.endswith(LIST_SUFFIXES) else []
        elif kind == "H":
            line, total, counters, form, middle = rest.split("|", 4)
            head, page, floats, flags = middle.rsplit("|", 3)
            events.append(Checkpoint(int(line), pages, total, counters, form, head, page, floats, flags))
    return RunTrace(tuple(events), met, ended, tuple(lists))


@dataclass(frozen=True, slots=True)
class Change:
    """Lines that differ, counted from 1, the end exclusive: `old` of the .tex before, `new` of the one now."""

    old: tuple[int, int]
    new: tuple[int, int]


def find_changes(old: list[str], new: list[str]) -> list[Change]:
    """Return which lines differ between two bodies, by blocks from one checkpoint to the next."""
    first = 0
    shortest = min(len(old), len(new))
    while first < shortest and old[first] == new[first]:
        first += 1
    if first == len(old) == len(new):
        return []
    last = 0
    while last < shortest - first and old[-1 - last] == new[-1 - last]:
        last += 1
    before, after = _blocks(old, first, len(old) - last), _blocks(new, first, len(new) - last)
    matcher = SequenceMatcher(None, [key for _, key in before], [key for _, key in after], autojunk=False)
    changes = []
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind != "equal":
            ends = [rows[index][0] for rows, index in ((before, a), (before, b), (after, c), (after, d))]
            changes.append(Change((ends[0] + 1, ends[1] + 1), (ends[2] + 1, ends[3] + 1)))
    return changes


def _blocks(rows: list[str], first: int, last: int) -> list[tuple[int, str]]:
    """Return where each block between two rows begins, with its text; last one like no other, where the rows end."""
    starts = [first, *(number for number in range(first + 1, last) if rows[number] == CHECKPOINT)]
    ends = [*starts[1:], last]
    blocks = [(start, "\n".join(rows[start:end])) for start, end in zip(starts, ends, strict=True) if end > start]
    return [*blocks, (last, END)]


def find_start(trace: RunTrace, line: int) -> tuple[Checkpoint, Checkpoint] | None:
    """Return from which checkpoint to set anew what changed from `line` on, and the one where it is sure to be in step.

    The page that is half full at the first is set again from there, but not used: what follows is right if LaTeX is, at
    the second, on a later page and in the state in which it was. None if there is no such place. Flags (groups,
    letters, measures of paragraphs) must be those that the document begins with, for nothing restores them.
    """
    before = [checkpoint for checkpoint in trace.checkpoints if checkpoint.line <= line]
    for start in reversed(before):
        if not can_begin(trace, start):
            continue
        if start.is_fresh:
            return start, start
        certain = next((checkpoint for checkpoint in before if checkpoint.pages > start.pages), None)
        if certain is not None:
            return start, certain
    return None


def can_begin(trace: RunTrace, start: Checkpoint) -> bool:
    """Tell whether LaTeX can be brought into a checkpoint's state: no floats, no groups, nothing that stretches."""
    empty = next((checkpoint.floats for checkpoint in trace.checkpoints if checkpoint.is_fresh), "")
    if start.floats != empty or not can_fill(trace, start):
        return False
    return start.is_fresh or start.page.split(",")[GOAL] == start.floats.split(",")[0]


def can_fill(trace: RunTrace, start: Checkpoint) -> bool:
    """Tell whether a page can be filled as it was at a checkpoint, floats apart."""
    if start.flags != trace.checkpoints[0].flags:
        return False
    if start.is_fresh:
        return True
    total, _, fil, fill, filll, _, _, _, _, skip, _ = start.page.split(",")
    return {fil, fill, filll} == {"0.0pt"} and total != "0.0pt" and "fil" not in skip


def move(event: Event, lines: int, pages: int) -> Event:
    """Return an event some lines and pages further on."""
    if isinstance(event, Shipped):
        return replace(event, line=event.line + lines)
    return replace(event, line=event.line + lines, pages=event.pages + pages)
