"""Rows of the .tex -> a job of LaTeX for those rows alone, begun in a given state, and what it wrote for others.

The lines of a job's .tex have the numbers that they have in the whole, so what LaTeX and SyncTeX say of them holds.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from imprenta.typeset.engine.job import LABELS, Job

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from imprenta.typeset.checkpoints.trace import Checkpoint

UNPACKED = r"\pdfcompresslevel\z@\pdfobjcompresslevel\z@"
"""To pack a page takes a third of the time of setting it. What is put into the whole is packed then."""
PAGE_MARK = "\\checkpointpage"
END = r"\csname checkpoint@end\endcsname"
ENTRY = re.compile(r"^(?:\\newlabel\{|\\gdef ?\\LT@).*\n(?:(?!\\)[^\n]*\n|    \\LT@[^\n]*\n)*", re.MULTILINE)
"""Labels and widths of tables: what a job has to know before it begins."""
WRITTEN = re.compile(
    r"^\\(?:newlabel|@writefile|BKM@entry|gdef).*\n(?:(?!\\)[^\n]*\n|    \\LT@[^\n]*\n)*", re.MULTILINE
)
"""What pages write that others read: labels, lines of contents, outline, widths of tables."""
SERIAL = re.compile(r"(?<=\\BKM@entry\{)id=\d+|srcline=\{\d+\}")
"""What the outline's entries say of the run, not of the document."""


def compose_job(
    rows: Sequence[str],
    first: int,
    state: str,
    auxiliary: str,
    lists: Mapping[str, str],
    begin: str = "",
) -> Job:
    """Return a job for some rows of the whole.

    `rows` are those of the whole up to where the job ends, `first` is its first line, `state` the TeX that brings LaTeX
    into its state, `auxiliary` an .aux with the labels, `lists` the contents by their ending, `begin` what goes before
    everything (the start of the document, if the format does not hold it).
    """
    known = _known(auxiliary)
    opening = rf"{begin}\makeatletter\checkpoint@resume\@@input \jobname{LABELS} {state}\makeatother%"
    source = "\n".join([opening, *["%"] * (first - 2), *rows[first - 1 :], END, ""])
    return Job(source, {LABELS: known, **lists})


@lru_cache(maxsize=2)
def _known(auxiliary: str) -> str:
    """Return what a job has to know of an .aux."""
    return "".join(match[0] for match in ENTRY.finditer(auxiliary))


def read_written(auxiliary: str) -> list[str]:
    """Return what each page wrote into an .aux that others read; first what was written before the first page."""
    parts = SERIAL.sub("", auxiliary).split(PAGE_MARK)
    return ["".join(WRITTEN.findall(part)) for part in parts]


def restore(start: Checkpoint) -> str:
    """Return the TeX that brings LaTeX into the state that it had at a checkpoint."""
    values = [part.partition("=") for part in start.counters.split(",") if part]
    # A register that is no counter of LaTeX's (hyperref counts what has no number in one) is noted with a star.
    registers = [(name[1:] if name.startswith("*") else f"c@{name}", value) for name, _, value in values]
    counters = "".join(rf"\global\csname {name}\endcsname={value} " for name, value in registers)
    form = rf"\gdef\thepage{{{start.form}}}"
    if start.is_fresh:
        return rf"{counters}{form}\checkpoint@fill{{{start.head}}}{{0pt}}{{0pt}}{{0pt}}{{0pt}}"
    total, stretch, _, _, _, shrink, depth, _, previous, skip, penalty = start.page.split(",")
    blank = skip.split(" ")
    amounts = dict(zip(blank[1::2], blank[2::2], strict=True))
    filled = _subtract(total, blank[0])
    plus, minus = (_subtract(all, amounts.get(name, "0pt")) for all, name in ((stretch, "plus"), (shrink, "minus")))
    ending = rf"\penalty{penalty} " if penalty != "0" else ""
    page = rf"{{{start.head}}}{{{filled}}}{{{depth}}}{{0pt plus {plus} minus {minus}}}{{{skip}}}"
    return rf"{counters}{form}\checkpoint@fill{page}{ending}\prevdepth={previous}\relax "


def _subtract(one: str, other: str) -> str:
    """Return the difference of two of TeX's lengths in points, as exact as TeX prints them."""
    scaled = [round(float(length.removesuffix("pt")) * 65536) for length in (one, other)]
    return f"{scaled[0] - scaled[1]}sp"
