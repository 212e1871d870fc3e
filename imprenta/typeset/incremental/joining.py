"""The PDF that is there and pages set anew -> the PDF with these, its outline and its numbers as they are now.

What others read of the pages decides what has to follow them (invariant I3): words of headings go into the outline,
numbers that have moved onto the pages that keep all else, and how pages are counted into their labels. Contents and
lists are pages themselves and are set before. What cannot follow is left to another way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from imprenta.typeset.checkpoints.auxiliary import read_outline, read_written
from imprenta.typeset.checkpoints.numbering import style_of
from imprenta.typeset.pdf.page_numbers import STYLES

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from imprenta.typeset.checkpoints.paged_run import PagedRun
    from imprenta.typeset.pdf.splice import OpenPdf


JobPage = tuple[str, int]
"""A page by the job that set it, and the number of the page in its PDF."""
Numbered = tuple[str, int]
"""How a page is counted, and its number."""


def is_told_alike(before: PagedRun, now: PagedRun) -> bool:
    """Tell whether pages told others (labels, contents, outline) what they told before, and have the same numbers."""
    return _numbers(before) == _numbers(now) and read_written(before.auxiliary) == read_written(now.auxiliary)


def join_pages(
    whole: OpenPdf, before: PagedRun, now: PagedRun, pdfs: Mapping[str, bytes], set_with: Mapping[JobPage, Numbered]
) -> bool:
    """Make of the PDF of one run that of another, of which these jobs set some pages anew.

    `set_with` tells with which numbers they set them, as `find_numbers` does. False if the outline has other entries,
    or pages cannot be given their numbers.
    """
    titles = find_new_titles(before, now)
    moved = find_moved(now, set_with)
    if titles is None or moved is None or not _arrange(whole, before, now, pdfs):
        return False
    if not whole.put_pages(*((pdfs[job], pages) for job, pages in now.taken_from(pdfs).items()), numbers=moved):
        return False
    if titles:
        try:
            whole.set_titles(titles)
        except LookupError:
            return False
    return True


def find_new_titles(before: PagedRun, now: PagedRun) -> dict[str, str] | None:
    """Return the titles of the outline that changed, by the names that they lead to; None if its entries did."""
    old, new = read_outline(before.auxiliary), read_outline(now.auxiliary)
    if [name for name, _ in old] != [name for name, _ in new]:
        return None
    return {name: title for (name, title), (_, was) in zip(new, old, strict=True) if title != was}


def find_kept(before: PagedRun, now: PagedRun, jobs: Sequence[str]) -> list[int | None]:
    """Return for each page of a run which page of the run before it is; None for those that these jobs have set."""
    places = {(page.job, page.page): number for number, page in enumerate(before.pages)}
    return [None if page.job in jobs else places[page.job, page.page] for page in now.pages]


def find_numbers(run: PagedRun, jobs: Collection[str]) -> dict[JobPage, Numbered]:
    """Return for each page of a run that one of these jobs has set its form and number."""
    told = zip(run.pages, _numbers(run), strict=True)
    return {(page.job, page.page): number for page, number in told if page.job in jobs}


def find_moved(run: PagedRun, set_with: Mapping[JobPage, Numbered]) -> dict[int, tuple[int, int]] | None:
    """Return for each page of a run (from 0) that has another number than it was set with these two.

    Of several ranges the last of the document is set first: one before it may then move its pages. None if one is
    counted in another way, so that its number cannot be put in the place of the old one.
    """
    moved: dict[int, tuple[int, int]] = {}
    for place, (page, (form, number)) in enumerate(zip(run.pages, _numbers(run), strict=True)):
        old_form, old_number = set_with.get((page.job, page.page), (form, number))
        if (old_form, old_number) != (form, number):
            if old_form != form or style_of(form) not in STYLES:
                return None
            moved[place] = old_number, number
    return moved


def are_in_place(before: PagedRun, now: PagedRun, jobs: Sequence[str]) -> bool:
    """Tell whether all pages have the numbers that they had, and those that stay their places."""
    kept = find_kept(before, now, jobs)
    return _numbers(before) == _numbers(now) and all(page in (None, number) for number, page in enumerate(kept))


def _arrange(whole: OpenPdf, before: PagedRun, now: PagedRun, pdfs: Mapping[str, bytes]) -> bool:
    """Give the pages that stay their places and their numbers; tell whether that was possible."""
    if are_in_place(before, now, [*pdfs]):
        return True
    old, new = _numbers(before), _numbers(now)
    kept = find_kept(before, now, [*pdfs])
    styles = [(style_of(form), number) for form, number in new]
    if kept[0] != 0 or any(style not in STYLES for style, _ in styles):
        return False
    pairs = {page: (old[was][1], new[page][1]) for page, was in enumerate(kept) if was is not None}
    moved = {page: pair for page, pair in pairs.items() if pair[0] != pair[1]}
    return whole.move_pages(kept, moved, styles)


def _numbers(run: PagedRun) -> list[Numbered]:
    return [(page.form, page.number) for page in run.trace.shipped]
