r"""A body that was set with other contents than it wrote -> its pages of contents, set again, and put into it.

The table of contents and the lists tell what the pages after them write; all those pages take from the contents is
how many pages they are, and often not even that. So when a run got everything right but the contents, these are set
alone: from the last checkpoint before them to the first after them at which LaTeX is as it was.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from imprenta.typeset.checkpoints.contents import compose_contents
from imprenta.typeset.checkpoints.paged_run import Misfit
from imprenta.typeset.checkpoints.part import Part, set_part
from imprenta.typeset.engine.formats import OPEN
from imprenta.typeset.engine.job import write_job
from imprenta.typeset.engine.log import LIST_OPENED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from imprenta.model.document import Document
    from imprenta.typeset.checkpoints.trace import Checkpoint
    from imprenta.typeset.engine.engine import Engine
    from imprenta.typeset.whole.plan import Plan
    from imprenta.workspace import Workspace

INDEX = "contents"
"""The job that sets the contents."""
ANCHORS = re.compile(r"\*Hy@linkcounter=(\d+)")


def foresee_heading(document: Document, line: int, start: Checkpoint) -> str:
    """Return what the first heading from a line on will write into an .aux, if it has no number and is of plain words.

    `start` is the checkpoint on that line.
    """
    title = document.plain_title(line)
    anchors = ANCHORS.search(start.counters)
    if not title or anchors is None:
        return ""
    name = f"section*.{int(anchors[1]) + 2}"  # hyperref counts twice for a heading without a number
    return (
        rf"\@writefile{{toc}}{{\contentsline {{section}}{{\nonumberline {title}}}{{{start.number}}}{{{name}}}}}" + "\n"
    )


def notes_contents(body: Part, job: str) -> bool:
    """Tell whether LaTeX noted each time that it read contents: its log names every file that it opened."""
    opened = [match for match in LIST_OPENED.finditer(body.log) if match["job"] == job]
    return len(opened) == len(body.run.trace.lists)


def set_contents(workspace: Workspace, engine: Engine, plan: Plan, body: Part, lists: Mapping[str, str]) -> Part | None:
    """Return a body with other contents, or None if the pages after them would be set otherwise too.

    The plan is that of the document, whose body has contents; `lists` is what these say.
    """
    composed = compose_contents(plan.rows[: plan.middle], body.run.trace, body.run.auxiliary, lists, plan.document.data)
    if composed is None:
        return None
    job, start, certain = composed
    write_job(workspace, INDEX, job)
    engine.announce("pdfLaTeX, índices")
    inner = set_part(workspace, engine, INDEX, OPEN)
    if inner is None:
        return None
    run = body.run.replace(inner.run, certain, start.pages)
    return None if isinstance(run, Misfit) else Part(run, {**body.pdfs, **inner.pdfs}, inner.log)
