"""Rows of the .tex -> a job of LaTeX for those rows alone, begun in a given state, and what it wrote for others.

The lines of a job's .tex have the numbers that they have in the whole, so what LaTeX and SyncTeX say of them holds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from imprenta.typeset.checkpoints.auxiliary import read_known
from imprenta.typeset.engine.job import LABELS, Job

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from imprenta.typeset.checkpoints.trace import Checkpoint

UNPACKED = r"\pdfcompresslevel\z@\pdfobjcompresslevel\z@"
"""To pack a page takes a third of the time of setting it. What is put into the whole is packed then."""
END = r"\csname checkpoint@end\endcsname"


def compose_job(
    rows: Sequence[str],
    first: int,
    state: str,
    auxiliary: str,
    lists: Mapping[str, str],
    begin: str,
) -> Job:
    """Return a job for some rows of the whole.

    `rows` are those of the whole up to where the job ends, `first` is its first line, `state` the TeX that brings LaTeX
    into its state, `auxiliary` an .aux with the labels, `lists` the contents by their ending, `begin` what goes before
    everything: `Document.data`, which the format does not hold, and what else a job begins with.
    """
    known = read_known(auxiliary)
    opening = rf"{begin}\makeatletter\checkpoint@resume\@@input \jobname{LABELS} {state}\makeatother%"
    source = "\n".join([opening, *["%"] * (first - 2), *rows[first - 1 :], END, ""])
    return Job(source, {LABELS: known, **lists})


def tell_steps(checkpoints: Iterable[Checkpoint], lines: int = 0, movable: frozenset[int] = frozenset()) -> str:
    """Return the TeX that tells a job where it may stop: at these checkpoints, if all is there as it was.

    They stand some lines further on now. The page must have the number that it had, too, but for those on the lines
    `movable`.
    """
    return "".join(
        f"\\checkpointstep{{{one.line + lines}}}{{{one.sum}{'' if one.line in movable else f'|{one.number}'}}}%\n"
        for one in checkpoints
        if not one.floats.defer
    )
