"""A folder -> the plan of what is to be done in it; outcomes as they come -> the folder of the results."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from imprenta.batch.job import RECORD, Job, find_jobs, hash_job, mark_tools
from imprenta.batch.outcome import Outcome, read_outcome
from imprenta.batch.page import write_page
from imprenta.batch.sheet import write_problems, write_sheet
from imprenta.problems import CannotContinue
from imprenta.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

    from imprenta.batch.job import Terms

PAGE, SHEET, PROBLEMS, PDFS = "lote.html", "lote.csv", "problemas.csv", "pdf"
"""The files in the folder of the results, beside the record: for people, for spreadsheets, and the PDFs."""
FORM = 1
"""Raised when an older record cannot be read any more."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is in a folder: the jobs, the folders without any report, and the outcomes that are known already."""

    root: Path
    out: Path
    terms: Terms
    jobs: tuple[Job, ...]
    bare: tuple[str, ...]
    hashes: dict[str, str] = field(default_factory=dict)
    known: dict[str, Outcome] = field(default_factory=dict)

    @property
    def todo(self) -> list[Job]:
        """Return the jobs whose outcome is not known."""
        return [job for job in self.jobs if job.name not in self.known]


def plan_batch(root: Path, out: Path, terms: Terms) -> Plan:
    """Return what is to be done below a folder: every report but those that are as the last batch found them."""
    jobs, bare = find_jobs(root, out, terms)
    tools = mark_tools()
    hashes = {job.name: hash_job(job, tools) for job in jobs}
    results = Workspace(out)
    kept = _read_record(results)
    known = {
        name: replace(kept[name], unchanged=True)
        for name, hash in hashes.items()
        if name in kept and _is_valid(kept[name], hash, results, terms)
    }
    return Plan(root, out, terms, tuple(jobs), tuple(bare), hashes, known)


def _is_valid(outcome: Outcome, hash: str, results: Workspace, terms: Terms) -> bool:
    """Tell whether an outcome is still right: what it comes from is the same, and its PDF is there.

    A day that passes mends what was said of a date to come, and spoils nothing: what has problems is done again.
    """
    if outcome.hash != hash or outcome.reason or outcome.left or (outcome.problems and outcome.day != _today()):
        return False
    return terms.check or outcome.status != 0 or results.is_file(outcome.pdf or RECORD)


def _today() -> str:
    return datetime.now(UTC).date().isoformat()


def _read_record(results: Workspace) -> dict[str, Outcome]:
    """Return the outcomes of the last batch by name; none if they were not written by an Imprenta like this one."""
    try:
        told = json.loads(results.read(RECORD) or b"")
        return {one["name"]: read_outcome(one) for one in told["outcomes"]} if told["form"] == FORM else {}
    except (ValueError, KeyError, TypeError):
        return {}


class Batch:
    """A plan while it is carried out: it takes each outcome, and writes down what came of all."""

    def __init__(self, plan: Plan) -> None:
        """Begin with what is known."""
        self.plan = plan
        self.outcomes = dict(plan.known)
        self._results = Workspace(plan.out)
        self._before = _read_record(self._results)

    def work(self, worked: Generator[tuple[Outcome, bytes | None], None, None]) -> Generator[Outcome, None, None]:
        """Yield the outcomes that come, each with its PDF put in its place; closing it closes where they come from."""
        with closing(worked):
            for outcome, pdf in worked:
                if not outcome.left:
                    yield self._take(outcome, pdf)

    def _take(self, outcome: Outcome, pdf: bytes | None) -> Outcome:
        outcome = replace(outcome, hash=self.plan.hashes.get(outcome.name, ""), day=_today())
        if pdf is not None:
            path = f"{PDFS}/{outcome.name}.pdf"
            try:
                self._results.write(path, pdf)
                self._results.settle(path)
                outcome = replace(outcome, pdf=path)
            except CannotContinue as stop:
                outcome = replace(outcome, status=stop.status, reason=stop.message)
        self.outcomes[outcome.name] = outcome
        return outcome

    def finish(self) -> list[Outcome]:
        """Write what came of all jobs, those that nobody did included, and return it in their order.

        PDFs of the last batch that have none now are taken away: what is there is what is told.
        """
        outcomes = [self.outcomes.get(job.name, Outcome(job.name, left=True)) for job in self.plan.jobs]
        kept = {outcome.pdf for outcome in outcomes}
        for before in self._before.values():
            if before.pdf.startswith(f"{PDFS}/") and before.pdf not in kept:
                self._results.remove(before.pdf)
        told = {"form": FORM, "outcomes": [asdict(outcome) for outcome in outcomes]}
        self._results.write(RECORD, json.dumps(told, indent=1))
        self._results.write(SHEET, write_sheet(outcomes))
        self._results.write(PROBLEMS, write_problems(outcomes))
        self._results.write(PAGE, write_page(self.plan.root.name, outcomes, self.plan.bare))
        return outcomes
