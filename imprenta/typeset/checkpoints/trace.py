r"""What LaTeX noted at its checkpoints -> a trace: the states that it passed, the pages that it shipped.

`checkpoint.tex` writes into `<job>.checkpoints`, at once, so that nothing of it enters a page:

- «H|line of the .tex|sum|number of the page|counters|form of the number|running head|page|floats|flags» at each
  \checkpoint; the sum is over all that follows the number. On a page that has just begun the depth and the glue before
  it say nothing, so they are left out. `state.py` reads page and floats; the rest is only compared and put back.
- «P|line that it had read up to|number|column|form» for each page that it has shipped out; `column` is the natural
  height of the text in its last column. With S for P if the page shrank or stretched its blanks.
- A job over a part of the rows also «L|line|name» for each file that it reads, «M|line» where it is in step with the
  run before («M|0»: it was not, after all), «F|line» where it ends by itself, and the lines of its checkpoints into its
  log.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from imprenta.model.document import LIST_SUFFIXES
from imprenta.typeset.checkpoints.state import FRESH, Floats, PageState, read_floats, read_length, read_page


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A \\checkpoint that LaTeX passed: its line, how many pages were out, the number of the page begun, the state.

    Whatever LaTeX sets next follows from the rows and the state, which `sum` stands for (invariant I2).
    """

    line: int
    pages: int
    number: int
    sum: str
    counters: str
    form: str
    head: str
    page_text: str
    floats_text: str
    flags: str

    @property
    def page(self) -> PageState | None:
        """Return how far the page is filled; None if nothing stands on it yet."""
        return read_page(self.page_text)

    @property
    def floats(self) -> Floats:
        """Return what figures and tables leave on the page."""
        return read_floats(self.floats_text)

    @property
    def is_fresh(self) -> bool:
        """Tell whether nothing stands on the page yet."""
        return self.page_text == FRESH

    @property
    def pages_after(self) -> int:
        """Return how many pages are out as soon as the one is on which it stands."""
        return self.pages + (0 if self.is_fresh else 1)


@dataclass(frozen=True, slots=True)
class Shipped:
    """A page that is out: the line that LaTeX had read by then, the page's number and the TeX that writes it.

    `column` is how high the text of its last column is, as TeX tells it. The page is `natural` if none of its
    blanks shrank or stretched to make it as high as pages are.
    """

    line: int
    number: int
    form: str
    column: str
    natural: bool = True


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

    @cached_property
    def _at(self) -> dict[int, Checkpoint]:
        return {checkpoint.line: checkpoint for checkpoint in self.checkpoints}

    def at(self, line: int) -> Checkpoint | None:
        """Return the checkpoint on a line, if LaTeX passed one there."""
        return self._at.get(line)

    def settles(self, checkpoint: Checkpoint) -> bool:
        """Tell whether all that stands before a checkpoint stayed on the page that LaTeX had put it on.

        LaTeX breaks a page when more has come than fits, and then further up than where it is: a checkpoint passed
        meanwhile, as after a note that does not fit, tells of this page what opens the next one.
        """
        if checkpoint.page is None:
            return True
        shipped = self.shipped[checkpoint.pages : checkpoint.pages + 1]
        return bool(shipped) and read_length(shipped[0].column) >= checkpoint.page.least

    @cached_property
    def settled(self) -> tuple[Checkpoint, ...]:
        """Return the checkpoints after which a later run may be in step with this one."""
        return tuple(checkpoint for checkpoint in self.checkpoints if self.settles(checkpoint))

    def dumps(self) -> str:
        """Return the lines that `read_trace` reads."""
        rows = []
        for event in self.events:
            if isinstance(event, Shipped):
                rows.append(f"{'P' if event.natural else 'S'}|{event.line}|{event.number}|{event.column}|{event.form}")
            else:
                state = (event.counters, event.form, event.head, event.page_text, event.floats_text, event.flags)
                rows.append("|".join(("H", str(event.line), event.sum, str(event.number), *state)))
        rows += [f"L|{line}|{LIST_SUFFIXES[0]}" for line in self.lists]
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
        if kind in {"P", "S"}:
            line, number, column, form = rest.split("|", 3)
            events.append(Shipped(int(line), int(number), form, column, natural=kind == "P"))
            pages += 1
        elif kind == "M":
            met = int(rest)
        elif kind == "F":
            ended = True
        elif kind == "L":
            line, name = rest.split("|", 1)
            lists += [int(line)] if name.endswith(LIST_SUFFIXES) else []
        elif kind == "H":
            line, total, number, counters, form, middle = rest.split("|", 5)
            head, page, floats, flags = middle.rsplit("|", 3)
            place = int(line), pages, int(number)
            events.append(Checkpoint(*place, total, counters, form, head, page, floats, flags))
    return RunTrace(tuple(events), met, ended, tuple(lists))


def move(event: Event, lines: int, pages: int) -> Event:
    """Return an event some lines and pages further on."""
    if isinstance(event, Shipped):
        return replace(event, line=event.line + lines)
    return replace(event, line=event.line + lines, pages=event.pages + pages)
