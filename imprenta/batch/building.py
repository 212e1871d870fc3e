"""A job -> its outcome, done in this process: the report is built, or only checked, and nothing is raised."""

from __future__ import annotations

import time
import traceback
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from imprenta.batch.outcome import BUG, PAPER, Outcome, tell_problems
from imprenta.check.cited_keys import cited_keys
from imprenta.check.rubric import evaluate_rubric
from imprenta.pipeline import Session, check_drawings, examine_report
from imprenta.problems import CannotContinue, has_errors, sort_problems
from imprenta.reading import CopyReading, Reading
from imprenta.workspace import Workspace

if TYPE_CHECKING:
    from imprenta.batch.job import Job
    from imprenta.model.paper import Paper


def do_job(job: Job) -> Outcome:
    """Build a report, or check it, and return what came of it."""
    started = time.perf_counter()
    reading = partial(CopyReading, home=Path(job.home)) if job.home else Reading
    workspace = Workspace(Path(job.folder), reading)
    try:
        outcome = _check(job, workspace) if job.terms.check else _build(job, workspace)
    except CannotContinue as stop:
        outcome = Outcome(job.name, status=stop.status, reason=stop.message, hint=stop.hint)
    except Exception:  # noqa: BLE001 - whatever it is, the other reports go on
        reason = "falló por un error propio de Imprenta, no del informe"
        outcome = Outcome(job.name, status=BUG, reason=reason, trace=traceback.format_exc())
    return replace(outcome, seconds=round(time.perf_counter() - started, 3))


def _build(job: Job, workspace: Workspace) -> Outcome:
    session = Session(workspace, choice=job.terms.choice)
    built = session.build_once(strict=job.terms.strict)
    status = 0 if built.built else PAPER
    outcome = Outcome(job.name, status=status, pages=built.pages, problems=tell_problems(built.problems))
    return _describe(outcome, session.paper)


def _check(job: Job, workspace: Workspace) -> Outcome:
    examined = examine_report(workspace, choice=job.terms.choice)
    drawn, _ = check_drawings(workspace, examined.loaded, examined.problems)
    problems = sort_problems([*examined.problems, *drawn])
    status = PAPER if has_errors(problems) or (job.terms.strict and problems) else 0
    return _describe(Outcome(job.name, status=status, problems=tell_problems(problems)), examined.paper)


def _describe(outcome: Outcome, paper: Paper | None) -> Outcome:
    """Add what the data tell by themselves."""
    if paper is None:
        return outcome
    verdicts = evaluate_rubric(paper)
    cited = [key for key, _ in cited_keys(paper)]
    return replace(
        outcome,
        title=" ".join(paper.report.title.value.split()),
        authors=tuple(
            f"{author.given.value} {author.family.value if author.family is not None else ''}".strip()
            for author in paper.report.authors
        ),
        demands_met=sum(verdict.met for verdict in verdicts),
        demands=len(verdicts),
        unmet=tuple(f"{verdict.where}: {verdict.text} — {verdict.detail}" for verdict in verdicts if not verdict.met),
        citations=len(cited),
        references=len(set(cited)),
    )
