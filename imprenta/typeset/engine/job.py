"""A job of pdfLaTeX: the .tex that it reads and the files beside it -> those files in the folder of the build."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from imprenta.typeset.engine.engine import FOLDER

if TYPE_CHECKING:
    from collections.abc import Mapping

    from imprenta.workspace import Workspace

LABELS, STEPS = ".labels", ".steps"
"""Endings of the files with the labels that a job knows, and with the steps at which it may stop."""


@dataclass(frozen=True, slots=True)
class Job:
    """What an engine is given: its .tex, and files beside it by their ending: labels, contents, steps.

    `certain` is the length of the start of the .tex that says nothing of what changed: an engine that runs ahead may
    read it before the next change is known.
    """

    source: str
    files: Mapping[str, str]
    certain: int = 0

    @property
    def head(self) -> str:
        """Return the start of the .tex that an engine may read ahead."""
        return self.source[: self.certain]

    def goes_on_from(self, other: Job) -> bool:
        """Tell whether an engine that has read the head of another job can be given the rest of this one."""
        same = all(self.files.get(suffix) == text for suffix, text in other.files.items() if suffix != STEPS)
        return same and 0 < other.certain <= self.certain and self.source.startswith(other.head)


def write_files(workspace: Workspace, name: str, job: Job) -> None:
    """Write what a job reads besides its .tex, under its name."""
    for suffix, text in job.files.items():
        workspace.write(f"{FOLDER}/{name}{suffix}", text)


def write_job(workspace: Workspace, name: str, job: Job) -> None:
    """Write all that a job reads, under its name."""
    write_files(workspace, name, job)
    workspace.write(f"{FOLDER}/{name}.tex", job.source)
