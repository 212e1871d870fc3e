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


def is_told_alike(before: PagedRun, now: PagedRun) -> bool:
    """Tell whether pages told others (labels, contents, outline) what they told before, and have the same numbers."""
    return _numbers(before) == _numbers(now) and read_written(before.auxiliary) == read_written(now.auxiliary)


def join_pages(whole: OpenPdf, before: PagedRun, now: PagedRun, pdfs: Mapping[str, bytes]) -> bool:
    """Make of the PDF of one run that of another, of which these jobs set some pages anew.

    False if the outline has other entries, or pages that stay cannot be given their numbers.
    """
    titles = find_new_titles(before, now)
    if titles is None or not _arrange(whole, before, now, pdfs):
        return False
    whole.put_pages(*((pdfs[job], pages) for job, pages in now.taken_from(pdfs).items()))
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


def find_numbers(run: PagedRun, jobs: Collection[str]) -> dict[tuple[str, int], tuple[str, int]]:
    """Return for each page of a run that one of these jobs has set, by job and page of it, its form and number."""
    told = zip(run.pages, _numbers(run), strict=True)
    return {(page.job, page.page): number for page, number in told if page.job in jobs}


def have_moved(run: PagedRun, set_with: Mapping[tuple[str, int], tuple[str, int]]) -> bool:
    """Tell whether a page of a run has another number than the one that it was set with.

    Of several ranges the last of the document is set first: one before it may then move its pages.
    """
    now = find_numbers(run, {job for job, _ in set_with})
    return any(set_with.get(page, number) != number for page, number in now.items())


def _arrange(whole: OpenPdf, before: PagedRun, now: PagedRun, pdfs: Mapping[str, bytes]) -> bool:
    """Give the pages that stay their places and their numbers; tell whether that was possible."""
    old, new = _numbers(before), _numbers(now)
    if old == new:
        return True
    kept = find_kept(before, now, [*pdfs])
    styles = [(style_of(form), number) for form, number in new]
    if kept[0] != 0 or any(style not in STYLES for style, _ in styles):
        return False
    pairs = {page: (old[was][1], new[page][1]) for page, was in enumerate(kept) if was is not None}
    moved = {page: pair for page, pair in pairs.items() if pair[0] != pair[1]}
    return whole.move_pages(kept, moved, styles)


def _numbers(run: PagedRun) -> list[tuple[str, int]]:
    return [(page.form, page.number) for page in run.trace.shipped]
