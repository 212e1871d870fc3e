"""Which run of LaTeX set each page of the PDF, kept as lines «job page shift» beside the .tex.

The pages of one PDF may come from several runs (`typeset/stretches.py`, `typeset/parts.py`), each with its SyncTeX file
`<job>.synctex`. `page` counts from 0 in that run; `shift` is how many lines further in the .tex of now what the page
holds stands than the run saw it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class SetPage:
    """A page of the PDF: the job that set it, its page there, how many lines its source has moved since."""

    job: str
    page: int
    shift: int = 0


def write_page_table(pages: Iterable[SetPage]) -> str:
    """Return the lines that `read_page_table` reads."""
    return "".join(f"{page.job} {page.page} {page.shift}\n" for page in pages)


def read_page_table(text: str) -> list[SetPage]:
    """Read the pages of the PDF, in order; raise ValueError if the text is not such a table."""
    pages = []
    for row in text.splitlines():
        job, page, shift = row.split(" ")
        pages.append(SetPage(job, int(page), int(shift)))
    return pages
