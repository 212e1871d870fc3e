r"""A body that was set with other contents than it wrote -> its pages of contents, set again, and put into it.

The table of contents and the lists tell what the pages after them write; all those pages take from the contents is
how many pages they are, and often not even that. So when a run got everything right but the contents, these are set
alone: from the last checkpoint before them to the first after them at which LaTeX is as it was.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from imprenta.typeset.checkpoints.jobs import PAGE_MARK, compose_job, restore
from imprenta.typeset.checkpoints.paged_run import Part, set_part
from imprenta.typeset.checkpoints.trace import LIST_SUFFIXES, RunTrace, find_start, move
from imprenta.typeset.engine.formats import OPEN
from imprenta.typeset.engine.job import write_job
from imprenta.typeset.engine.messages import put_in

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from imprenta.typeset.checkpoints.trace import Checkpoint
    from imprenta.typeset.engine.engine import Engine
    from imprenta.workspace import Workspace

INDEX = "contents"
"""The job that sets the contents."""
CONTENTS_LINE = re.compile(r"^\\(?:@writefile\{(\w+)\}\{(.*)\}|babel@aux\{(\w+)\}\{\w*\})$", re.MULTILINE)
UNNUMBERED = re.compile(r"^\\addsec\{([^{}\\]*)\}$")
ANCHORS = re.compile(r"\*Hy@linkcounter=(\d+)")


def write_contents(auxiliary: str) -> dict[str, str]:
    """Return the lists of contents that an .aux writes, by their ending."""
    lists = dict.fromkeys(LIST_SUFFIXES, "")
    for ending, line, language in CONTENTS_LINE.findall(auxiliary):
        if language:  # babel changes the language in all lists
            lists = {suffix: rf"{text}\babel@toc{{{language}}}{{}}\relax" + "\n" for suffix, text in lists.items()}
        elif f".{ending}" in lists:
            lists[f".{ending}"] += line.removesuffix(r"\protected@file@percent ") + "%\n"
    return lists


def foresee_heading(rows: Sequence[str], start: Checkpoint) -> str:
    r"""Return what a heading at the start of a part will write into an .aux, if it is an \addsec of plain words."""
    title = next((found[1] for row in rows if (found := UNNUMBERED.match(row))), None)
    anchors = ANCHORS.search(start.counters)
    page = re.search(r"(?:^|,)page=(\d+)", start.counters)
    if title is None or anchors is None or page is None:
        return ""
    name = f"section*.{int(anchors[1]) + 2}"  # hyperref counts twice for a heading without a number
    return rf"\@writefile{{toc}}{{\contentsline {{section}}{{\nonumberline {title}}}{{{page[1]}}}{{{name}}}}}" + "\n"


def notes_contents(body: Part, job: str) -> bool:
    """Tell whether LaTeX noted each time that it read contents: its log names every file that it opened."""
    opened = re.findall(rf"\((?:\./)?{job}\.(?:toc|lof|lot)\b", body.log)
    return len(opened) == len(body.trace.lists)


def set_contents(
    workspace: Workspace, engine: Engine, rows: Sequence[str], body: Part, lists: Mapping[str, str]
) -> Part | None:
    """Return a body with other contents, or None if the pages after them would be set otherwise too.

    `rows` are those of the .tex up to the end of the body, in which there are contents; `lists` is what these say.
    """
    trace = body.trace
    found = find_start(trace, min(trace.lists))
    last = max(trace.lists)
    ends = [checkpoint for checkpoint in trace.checkpoints if checkpoint.line > last and not checkpoint.defers]
    if found is None or not ends:
        return None
    start, certain = found
    state = "".join(rf"\@namedef{{step@{checkpoint.line}}}{{{checkpoint.sum}}}" for checkpoint in ends) + restore(start)
    write_job(workspace, INDEX, compose_job(rows, start.line, state, body.auxiliary, lists))
    engine.announce("pdfLaTeX, índices")
    inner = set_part(workspace, engine, INDEX, OPEN)
    return _put_in(body, inner, start, certain) if inner is not None else None


def _put_in(whole: Part, inner: Part, start: Checkpoint, certain: Checkpoint) -> Part | None:
    """Put pages that were set anew from `start` on into a part, or return None if they are out of step with it.

    They must be in the state in which the part was at `certain`, and be so again where they ended; how many pages lie
    between may be otherwise than before.
    """
    trace, now, skipped = whole.trace, inner.trace, start.pages
    begun = next((checkpoint for checkpoint in now.checkpoints if checkpoint.line == certain.line), None)
    met = next((checkpoint for checkpoint in now.checkpoints if checkpoint.line == now.met), None)
    old_met = next((checkpoint for checkpoint in trace.checkpoints if checkpoint.line == now.met), None)
    if begun is None or met is None or old_met is None or not now.ended:
        return None
    if (begun.sum, begun.pages + skipped) != (certain.sum, certain.pages) or met.sum != old_met.sum:
        return None
    first = skipped if start.is_fresh else skipped + 1
    old_last, last = (mark.pages if mark.is_fresh else mark.pages + 1 for mark in (old_met, met))
    events = (
        *trace.events[: trace.events.index(certain)],
        *(move(event, 0, skipped) for event in now.events[now.events.index(begun) : now.events.index(met)]),
        *(move(event, 0, met.pages + skipped - old_met.pages) for event in trace.events[trace.events.index(old_met) :]),
    )
    written, rewritten = whole.auxiliary.split(PAGE_MARK), inner.auxiliary.split(PAGE_MARK)
    # What is written before a document's first page comes before the first mark.
    pieces = (*written[: first + 1], *rewritten[first - skipped + 1 : last + 1], *written[old_last + 1 :])
    log = put_in(whole.log, inner.log, certain.line, met.line, 0)
    return Part(
        (*whole.pages[:first], *inner.pages[first - skipped : last], *whole.pages[old_last:]),
        {**whole.pdfs, **inner.pdfs},
        RunTrace(events),
        PAGE_MARK.join(pieces),
        log,
    )
