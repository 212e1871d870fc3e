r"""Pages that one or more runs of LaTeX set -> the same with some of them set anew: where a page range is accepted.

A run over the rows of a range knows the page on which it begins, but not what came before. It is right where it agrees
with the run before at two seams: the *certain* checkpoint, before what changed, and the one where it *met* that run
again. `PagedRun.replace` looks at both and puts the range between them; nothing else accepts a page range.

    before:  ──page──┬──page──┬──page──┬──page──┬──page──┬──      events, what each page wrote, messages, page table
                  certain                      met
    range:     ──────●────────┬──page──┬────────●

What has to hold, and where it does:

- I1, row *n* of a job is row *n* of the .tex: `jobs.compose_job`; here `lines` moves what follows a change.
- I2, equal sums, equal future: `_seam`. A checkpoint's sum is over all that LaTeX goes by, but for the number of the
  page, which is told beside it: pages after the range may get other numbers, if these can be changed (`_renumber`).
  The page on which they met comes from the range and the next one from the run before, so neither run may have broken
  that page further up than there (`RunTrace.settles`): else the next one opens with what the range set otherwise.
- I3, what others read of these pages is what they have read: `find_reach`, for whoever keeps the result.
- I4, all parts of a run describe the same pages: a `PagedRun` has them all and is only ever made whole.
- I5, the head that a waiting engine has read is a prefix of the job: `Job.goes_on_from`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from imprenta.model.page_table import SetPage
from imprenta.typeset.checkpoints.auxiliary import PAGE_MARK, renumber
from imprenta.typeset.checkpoints.numbering import ARABIC, count_on
from imprenta.typeset.checkpoints.trace import Checkpoint, RunTrace, Shipped, move

if TYPE_CHECKING:
    from collections.abc import Iterable

    from imprenta.typeset.engine.messages import Message

END_OF_FILE = 1 << 30
"""A line that no .tex has."""


@dataclass(frozen=True, slots=True)
class Misfit:
    """Why a range is not put in: what it was out of step with, for who looks into it."""

    reason: str


@dataclass(frozen=True, slots=True)
class PagedRun:
    """Pages that were set: what LaTeX passed, what each wrote into the .aux, what was said, which job set it.

    `written` has what stands before the first page's, then each page's, then what follows the last: two more than there
    are `pages`.
    """

    trace: RunTrace
    written: tuple[str, ...]
    messages: tuple[Message, ...]
    pages: tuple[SetPage, ...]

    @property
    def auxiliary(self) -> str:
        """Return the .aux that these pages write."""
        return PAGE_MARK.join(self.written)

    def taken_from(self, jobs: Iterable[str]) -> dict[str, dict[int, int]]:
        """Return for some jobs which pages (from 0) each has set, and where they stand in its own PDF."""
        taken: dict[str, dict[int, int]] = {job: {} for job in jobs}
        for number, page in enumerate(self.pages):
            if page.job in taken:
                taken[page.job][number] = page.page
        return taken

    def replace(self, other: PagedRun, certain: Checkpoint, skipped: int, lines: int = 0) -> PagedRun | Misfit:
        """Return this run with the pages of another in the place of its own.

        The other began on this one's page `skipped` (from 0), its own first page. It has to agree with this one at
        `certain`, a checkpoint of this run, and at the one where it says that it met it, before which there are now
        `lines` lines more than there were. Where it met nothing it ends the result, which then is no whole document.
        """
        begun = other.trace.at(certain.line)
        if begun is None or not _seam(certain, begun) or begun.pages + skipped != certain.pages:
            return Misfit("LaTeX no empezó en el estado en que estaba")
        if begun.number != certain.number:
            return Misfit("LaTeX no empezó en la página en que estaba")
        head, middle = self._until(certain), other._between(begun, other._met, skipped)
        met = other._met
        if met is None:
            return _join(head, middle)
        old_met = self.trace.at(met.line - lines)
        if old_met is None or old_met.floats.defer or not _seam(old_met, met):
            return Misfit("LaTeX no volvió al estado en que estaba")
        if not (self.trace.settles(old_met) and other.trace.settles(met)):
            return Misfit("la página se partió antes de donde LaTeX volvió al estado en que estaba")
        tail = self._since(old_met, lines, met.pages + skipped - old_met.pages, met.number - old_met.number)
        return tail if isinstance(tail, Misfit) else _join(head, middle, tail)

    def followed_by(self, other: PagedRun) -> PagedRun:
        """Return these pages and after them another run's, which began at the last checkpoint of this one."""
        last = self.trace.checkpoints[-1]
        events = self.trace.events[: self.trace.events.index(last)]
        moved = (move(event, 0, len(self.pages)) for event in other.trace.events)
        return PagedRun(
            RunTrace((*events, *moved), lists=self.trace.lists + other.trace.lists),
            (*self.written[:-1], self.written[-1] + other.written[1], *other.written[2:]),
            self.messages + other.messages,
            self.pages + other.pages,
        )

    def further_on(self, lines: int) -> PagedRun:
        """Return these pages for the same rows some lines further on: they met nothing."""
        return PagedRun(
            replace(
                self.trace,
                events=tuple(move(event, lines, 0) for event in self.trace.events),
                lists=tuple(line + lines for line in self.trace.lists),
            ),
            self.written,
            tuple(message.move(lines) for message in self.messages),
            tuple(replace(page, shift=page.shift + lines) for page in self.pages),
        )

    @property
    def _met(self) -> Checkpoint | None:
        return self.trace.at(self.trace.met) if self.trace.met else None

    def _until(self, end: Checkpoint) -> PagedRun:
        """Return what comes before a checkpoint, without the page on which it stands."""
        events = self.trace.events[: self.trace.events.index(end)]
        said = tuple(message for message in self.messages if message.after < end.line)
        lists = tuple(line for line in self.trace.lists if line < end.line)
        return PagedRun(RunTrace(events, lists=lists), self.written[: end.pages + 1], said, self.pages[: end.pages])

    def _between(self, begin: Checkpoint, end: Checkpoint | None, skipped: int) -> PagedRun:
        """Return what lies between two checkpoints, with the pages on which both stand; its pages count from 0."""
        events = self.trace.events
        stop = len(events) if end is None else events.index(end)
        last = len(self.pages) if end is None else end.pages_after
        ended = END_OF_FILE if end is None else end.line
        said = (message for message in self.messages if begin.line <= message.after < ended)
        lists = tuple(line for line in self.trace.lists if begin.line <= line < ended)
        return PagedRun(
            RunTrace(tuple(move(event, 0, skipped) for event in events[events.index(begin) : stop]), lists=lists),
            self.written[begin.pages + 1 : last + 1],
            tuple(said),
            self.pages[begin.pages : last],
        )

    def _since(self, begin: Checkpoint, lines: int, pages: int, numbers: int) -> PagedRun | Misfit:
        """Return what follows a checkpoint, without the page on which it stands, some lines and pages further on.

        `numbers` is how much larger the numbers of the pages are, as far as they are counted on from this one.
        """
        events = self.trace.events[self.trace.events.index(begin) :]
        first = begin.pages_after
        written = list(self.written[first + 1 :])
        counted = count_on(begin, events) if numbers else 0
        moved = []
        shipped = begin.pages
        for position, event in enumerate(events):
            if position < counted:
                if isinstance(event, Shipped):
                    if shipped >= first:
                        told = _renumber(written[shipped - first], event, numbers)
                        if told is None:
                            return Misfit("las páginas que siguen cambian de número")
                        written[shipped - first] = told
                    shipped += 1
                event = replace(event, number=event.number + numbers)
            moved.append(move(event, lines, pages))
        said = tuple(m.move(lines) for m in self.messages if m.after >= begin.line)
        table = tuple(replace(page, shift=page.shift + lines) for page in self.pages[first:])
        lists = tuple(line + lines for line in self.trace.lists if line >= begin.line)
        return PagedRun(RunTrace(tuple(moved), lists=lists), tuple(written), said, table)


def _join(*parts: PagedRun) -> PagedRun:
    """Return pages one after the other."""
    return PagedRun(
        RunTrace(
            tuple(event for part in parts for event in part.trace.events),
            lists=tuple(line for part in parts for line in part.trace.lists),
        ),
        tuple(text for part in parts for text in part.written),
        tuple(message for part in parts for message in part.messages),
        tuple(page for part in parts for page in part.pages),
    )


def _seam(one: Checkpoint, other: Checkpoint) -> bool:
    """Tell whether LaTeX was in the same state twice: then it sets what follows alike, but for the pages' numbers."""
    return one.sum == other.sum


def _renumber(written: str, page: Shipped, numbers: int) -> str | None:
    """Return what a page wrote with its new number; None if that number cannot be put in the place of the old one.

    Only digits are as wide as each other, and only so many of them as there were.
    """
    old, new = str(page.number), str(page.number + numbers)
    if page.form != ARABIC or len(old) != len(new) or page.number + numbers < 1:
        return None
    return renumber(written, old, new)
