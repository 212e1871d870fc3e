"""A range of the list -> its pages, set by LaTeX alone, and those after it as far as they are others now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from imprenta.typeset.checkpoints.part import keep_synctex, set_part
from imprenta.typeset.engine.engine import FOLDER
from imprenta.typeset.engine.formats import OPEN
from imprenta.typeset.engine.job import write_job
from imprenta.typeset.incremental.list_pages import ListPages, fits_list
from imprenta.typeset.pdf.renumber import open_pdf, read_places
from imprenta.typeset.references.list_range import (
    begins_in_step,
    compose_list_range,
    ends_in_step,
    go_on,
    read_keys,
    to_the_end,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from imprenta.typeset.checkpoints.paged_run import PagedRun
    from imprenta.typeset.checkpoints.part import Part
    from imprenta.typeset.checkpoints.trace import Checkpoint
    from imprenta.typeset.incremental.setting import Setting
    from imprenta.typeset.references.list_range import ListRange, Place

LIST = "list"
"""The job that sets pages of the list."""


@dataclass(frozen=True, slots=True)
class ListJob:
    """What pages of the list are set from, to be put into a run.

    `start` is the checkpoint at which the list begins, with its line of now, `rows` are those of the .tex up to its
    end, `title` is its title if that is of plain words, `entries` the .bbl. `begins` is called when LaTeX is about to
    begin, `ready` is told of pages that are right, whatever comes of those after them.
    """

    setting: Setting
    run: PagedRun
    start: Checkpoint
    rows: Sequence[str]
    title: str
    entries: str
    begins: Callable[[], object]
    ready: Callable[[ListPages], None]

    def set(self, wanted: ListRange, places: Mapping[str, Place]) -> tuple[ListPages, ...] | None:
        """Return the pages of a range, and what has to be set after it; None if they do not fit into the run.

        `places` tells where the entries stood on the pages of the list. If the range has no entries there is nothing to
        be set.
        """
        if not wanted.entries:
            return ()
        part = self._set_part(wanted)
        if part is None:
            return None
        count = (len(self.run.pages) - self.start.pages if wanted.end is None else wanted.end) - wanted.first
        more = len(part.run.pages) - count
        if more < 0 or (more > 0) != (wanted.end is not None):
            # The end of the list came too early; or it has a page more or less: its skeleton is another.
            return self.set(to_the_end(wanted, self.entries), places) if wanted.end is not None else None
        listed = ListPages(part, wanted.first, count)
        keys = read_keys(self.entries)
        (pdf,) = part.pdfs.values()
        now = {key: (page + wanted.first, x, y) for key, (page, x, y) in read_places(open_pdf(pdf)).items()}
        if not begins_in_step(wanted, keys, places, now) or not fits_list(self.run, listed):
            return None
        self.ready(listed)
        if ends_in_step(wanted, keys, places, now):
            return (listed,)
        rest = self.set(go_on(wanted, keys, places, now), {**places, **now})
        return (listed, *rest) if rest is not None else None

    def _set_part(self, wanted: ListRange) -> Part | None:
        """Return the pages that LaTeX sets of a range, under a name of their own; None if it found something amiss."""
        workspace, engine = self.setting.workspace, self.setting.engine
        composed = compose_list_range(self.rows, self.start, self.title, self.setting.data, wanted, self.entries)
        if composed is None:
            return None
        job, entries = composed
        write_job(workspace, LIST, job)
        workspace.write(f"{FOLDER}/{LIST}.bbl", entries)
        engine.announce("pdfLaTeX, referencias")
        self.begins()
        part = set_part(workspace, engine, LIST, OPEN)
        return keep_synctex(workspace, part) if part is not None else None
