"""A build -> what came of it, for whoever tells people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from imprenta.problems import Problem


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a build: `built` tells whether the PDF in its place is this build's."""

    built: bool
    problems: tuple[Problem, ...]
    pages: int = 0
    size: int = 0
    figures: int = 0
    tables: int = 0
    references: int = 0
    drawn: tuple[str, ...] = ()
    engine_runs: int = 0
    biber_runs: int = 0
    steps: tuple[tuple[str, str], ...] = ()
    """Each step and why it ran or did not, in Spanish."""
    read: tuple[str, ...] = ()
    """The files of the system that were read: TeX's own, by their absolute paths."""
    changed: frozenset[int] | None = None
    """The pages (from 1) that are not those of the PDF before; None if any may be another."""
    former: str = ""
    """The hash of the PDF before, of which the other pages are: maybe one that a build made and did not let out."""
