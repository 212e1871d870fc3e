"""A LaTeX of a few lines, for tests: rows with checkpoints -> a run, or the job of a range of its pages.

A block is some rows of the .tex of which each prints some lines; ten lines are a page. What LaTeX goes by is how full
the page is, how many headings there were and the last one, which each page bears. All of it is told as LaTeX tells it.
The lines of a block with a note are all put on the page, and only when more comes LaTeX sees that some do not fit.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from imprenta.model.page_table import SetPage
from imprenta.typeset.checkpoints.numbering import ARABIC
from imprenta.typeset.checkpoints.paged_run import PagedRun
from imprenta.typeset.checkpoints.trace import Checkpoint, Event, RunTrace, Shipped
from imprenta.typeset.engine.messages import Message

PAGE_LINES = 10
FLOATS = f"{PAGE_LINES}.0pt,{PAGE_LINES}.0pt,0.0pt,0.0pt,2,1,3,----"
FIRST_LINE = 3


@dataclass(frozen=True)
class Block:
    """Some rows of the .tex: how many, how many lines they print, the heading that they begin with, a complaint."""

    rows: int = 1
    lines: int = 1
    heading: str = ""
    complains: bool = False
    text: str = ""
    restarts: bool = False
    """Whether the pages are counted from 1 again, from a fresh page on."""
    noted: bool = False
    """Whether its last line has a note, so that it is told late that the page is full."""


@dataclass
class MadeUpLatex:
    """Runs over blocks; `steps` tells at which lines a job may stop: «sum» or «sum|number of the page»."""

    job: str
    steps: dict[int, str] = field(default_factory=dict)
    form: str = ARABIC
    filled: int = 0
    number: int = 1
    headings: int = 0
    head: str = ""
    pages: int = 0
    discards: bool = False
    met: int = 0
    limit: int = 1 << 30
    goal: int = 1 << 30
    height: int = 0
    """How full the page was where all was as before."""
    piece: int = 0
    """The lines of the page that cannot be parted, for they were put back as one."""
    events: list[Event] = field(default_factory=list)
    written: list[str] = field(default_factory=lambda: ["", "\n"])
    messages: list[Message] = field(default_factory=list)
    page: list[str] = field(default_factory=list)
    contents: list[str] = field(default_factory=list)

    @classmethod
    def resume(cls, job: str, start: Checkpoint, steps: dict[int, str]) -> MadeUpLatex:
        """Begin in the state of a checkpoint; a page that was begun there is not kept."""
        headings, _, head = start.counters.partition(",")
        filled = start.page.filled.natural // 65536 if start.page is not None else 0
        return cls(job, steps, start.form, filled, start.number, int(headings), head, discards=filled > 0, piece=filled)

    def run(self, blocks: list[Block], begin: int = 0) -> PagedRun:
        """Set the blocks from one on, of which each stands on the lines that it has in the whole."""
        line = FIRST_LINE + sum(block.rows + 1 for block in blocks[:begin])
        for block in [*blocks[begin:], Block(rows=0, lines=0)]:
            here = self._pass(line)
            self.events.append(here)
            if not self.met and self.steps.get(line) in (here.sum, f"{here.sum}|{here.number}"):
                self.met, self.goal, self.height = line, here.pages_after, self.filled
            if self.pages >= (self.goal if self.met else self.limit):
                break
            self._set(block, line)
            line += block.rows + 1
        else:
            self._ship_full(line)
            self._ship(line)
        discarded = 1 if self.discards else 0
        pages = tuple(SetPage(self.job, number - discarded) for number in range(self.pages))
        trace = RunTrace(tuple(self.events), self.met, ended=True)
        return PagedRun(trace, tuple(self.written), tuple(self.messages), pages)

    def _pass(self, line: int) -> Checkpoint:
        state = f"{self.headings},{self.head}"
        total = f"{self.filled}.0pt"
        page = f"{total},0.0pt,0.0pt,0.0pt,0.0pt,0.0pt,0.0pt,{PAGE_LINES}.0pt,0.0pt,0.0pt,0" if self.filled else "fresh"
        return Checkpoint(
            line, self.pages, self.number, f"{self.filled}/{state}", state, self.form, "", page, FLOATS, "1"
        )

    def _set(self, block: Block, line: int) -> None:
        if block.restarts or block.heading or block.lines:
            self._ship_full(line)
        if block.restarts:
            if self.filled:
                self._ship(line)
            self.number = 1
        if block.complains:
            row = f"LaTeX Warning: Float too large for page by 9.0pt on input line {line}."
            self.messages.append(Message(line, (row,)))
        if block.heading:
            self.headings += 1
            self.head = block.heading
            self.written[-1] += rf"\BKM@entry{{id=1,dest={{{self.headings}}},srcline={{1}}}}{{{self.head}}}" + "\n"
            label = rf"{{{{{self.headings}}}{{{self.number}}}{{{self.head}}}{{section.{self.headings}}}{{}}}}"
            self.written[-1] += rf"\newlabel{{s:{self.headings}}}{label}" + "\n"
        for number in range(max(block.lines, 1 if block.heading else 0)):
            self.page.append(f"{block.text or block.heading}{number}")
            self.filled += 1
            if self.filled == PAGE_LINES and not block.noted:
                self._ship(line)

    def _ship_full(self, line: int) -> None:
        while self.filled > PAGE_LINES:
            self._ship(line)

    def _ship(self, line: int) -> None:
        kept = max(min(self.filled, PAGE_LINES), self.piece)
        self.filled -= kept
        on_page = len(self.page) - self.filled
        self.events.append(Shipped(line, self.number, self.form, f"{kept}.0pt"))
        self.contents.append(f"{self.head}: {' '.join(self.page[:on_page])}")
        self.written.append("\n")
        self.page, self.piece = self.page[on_page:], 0
        self.pages += 1
        if self.met and self.pages == self.goal and kept < self.height:
            self.met = 0
        self.number += 1
