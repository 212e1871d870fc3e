"""The whole .tex -> its PDF in the plain way: as many runs of LaTeX and biber as the auxiliary files ask for."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from imprenta.model.page_table import SetPage
from imprenta.problems import CannotContinue
from imprenta.typeset.checkpoints.build_state import WATCHED, Left, replace_state
from imprenta.typeset.checkpoints.trace import read_trace
from imprenta.typeset.engine.engine import BIBER_FAILED, FOLDER, JOB, read_output
from imprenta.typeset.engine.formats import BASE, make_format
from imprenta.typeset.engine.log import asks_for_rerun
from imprenta.typeset.engine.stamps import stamp_inputs
from imprenta.typeset.references.entries import ALL_CHANGED
from imprenta.typeset.request import Typeset
from imprenta.typeset.whole.beginning import begin_anew
from imprenta.workspace import content_hash

if TYPE_CHECKING:
    from imprenta.problems import Problem
    from imprenta.typeset.engine.engine import Engine
    from imprenta.typeset.request import Hooks, Request
    from imprenta.workspace import Workspace

CITED = b"<bcf:citekey"
"""What the file for biber says of each work that the document cites."""
BIBER_MARK = f"{FOLDER}/{JOB}.biber"
"""Where it is noted what biber read in the run that made the .bbl which is there."""
MAXIMUM_RUNS = 6


def set_plain(request: Request, hooks: Hooks) -> Typeset:
    """Return what LaTeX makes of the whole; the preamble is not read anew if a format holds it."""
    begin_anew(request, hooks)
    engine = request.start_engine(hooks)
    preamble = request.document.preamble
    base = BASE if not request.plain and make_format(request.workspace, engine, preamble, BASE) else ""
    runs = _Runs(request, engine, base)
    failures = runs.run_until_settled()
    pdf = request.workspace.read(f"{FOLDER}/{JOB}.pdf") if not failures else None
    if pdf is None:
        problems = failures or request.read_logs()
        return Typeset(None, tuple(problems), runs.engine_runs, runs.biber_runs)
    problems = request.read_logs()
    count = len(read_trace(read_output(request.workspace, ".checkpoints")).shipped)
    read = stamp_inputs(request.workspace, f"{FOLDER}/{JOB}.fls")
    left = Left(pdf, [SetPage(JOB, number) for number in range(count)])
    replace_state(request.workspace, request.inputs, left, read, clean=not problems, parted=False)
    reason = "todo, de la manera corriente" + (
        "" if request.plain else ": el documento no se puede componer por partes"
    )
    told = ALL_CHANGED if runs.biber_runs else ""
    return Typeset(pdf, problems, runs.engine_runs, runs.biber_runs, count, reason, tuple(read), biber_reason=told)


class _Runs:
    """Runs LaTeX and biber over the whole, and counts how often."""

    def __init__(self, request: Request, engine: Engine, base: str) -> None:
        self.workspace = request.workspace
        self.locator = request.locator
        self.engine = engine
        self.base = base
        # The ordinary way is the one that all others are held against: nothing of ours takes part in it.
        self.warm = partial(request.pool.biber.run_whole, request.bibliography) if not request.plain else _no_biber
        self.engine_runs = self.biber_runs = 0

    def run_until_settled(self) -> list[Problem]:
        """Run until the auxiliary files stay as they are; return why that failed, or nothing."""
        control_before = self._biber_mark()
        inherited = self.workspace.is_file(f"{FOLDER}/{JOB}.aux")
        while self.engine_runs < MAXIMUM_RUNS:
            before = self._watched_hash()
            self.engine_runs += 1
            try:
                failures = self.engine.run_latex(self.engine_runs, self.locator, self.base)
            except CannotContinue:
                _forget_auxiliary(self.workspace)  # what it wrote may be half of it: the disk was full, say
                raise
            if failures:
                _forget_auxiliary(self.workspace)
                if not inherited:
                    return failures
                # What an interrupted or older build left may be to blame: once more, from nothing.
                inherited, control_before = False, None
                continue
            control = self._biber_control()
            if control is not None and control != control_before:
                if failures := self._run_biber(control):
                    return failures
                control_before = control
                continue
            asks = asks_for_rerun(read_output(self.workspace, ".log")) and self.engine_runs < 3
            if before == self._watched_hash() and not asks:
                break
        return []

    def _run_biber(self, control: str) -> list[Problem]:
        """Run biber, and note what it read; return why it failed, or nothing."""
        self.biber_runs += 1
        problems = self.engine.run_biber(self.locator, JOB, self.warm)
        if any(problem.code in BIBER_FAILED for problem in problems):
            _forget_auxiliary(self.workspace)
            return problems
        self.workspace.write(BIBER_MARK, control)
        return []

    def _watched_hash(self) -> str:
        return content_hash(*(self.workspace.read(f"{FOLDER}/{JOB}{suffix}") or b"" for suffix in WATCHED))

    def _biber_control(self) -> str | None:
        """Return the hash of all that biber would read, or None if the document cites nothing."""
        control = self.workspace.read(f"{FOLDER}/{JOB}.bcf")
        if control is None or CITED not in control:
            return None
        return content_hash(control, self.workspace.read(f"{FOLDER}/references.bib") or b"")

    def _biber_mark(self) -> str | None:
        """Return what biber read in the run that made the .bbl which is there."""
        if not self.workspace.is_file(f"{FOLDER}/{JOB}.bbl"):
            return None
        mark = self.workspace.read(BIBER_MARK)
        return mark.decode() if mark is not None else None


def _no_biber(_control: str) -> None:
    """Leave all to the biber that is installed."""


def _forget_auxiliary(workspace: Workspace) -> None:
    """After a failure the next build starts anew: half-written auxiliary files can break it for good."""
    for suffix in (*WATCHED, ".bcf", ".biber"):
        workspace.remove(f"{FOLDER}/{JOB}{suffix}")
