"""After any edits the PDF is the one that a build from nothing makes, page by page, and so are the messages."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from report_edits import BREAKS, EDITS, SMALL, Draft, apply, mend, start_report
from same_pdf import find_differences

from imprenta.pipeline import Session
from imprenta.report.json_format import format_json
from imprenta.report.run import Run
from imprenta.workspace import Workspace

pytestmark = [pytest.mark.tex, pytest.mark.timeout(3600)]

ROOT = Path(__file__).resolve().parents[2]
PDF = "build/informe.pdf"
EDITS_BETWEEN_COMPARISONS = 18
SMALL_EDITS_IN_A_ROW = 20
SMALL_EDITS_BETWEEN_COMPARISONS = 4
SEQUENCES = int(os.environ.get("IMPRENTA_SECUENCIAS", "1"))
"""How many sequences are tried; each takes minutes."""

Step = tuple[str, int]


class Command:
    """Builds by the public command, each time a new process."""

    def __init__(self, folder: Path, *options: str) -> None:
        self.folder = folder
        self.options = options

    def build(self) -> tuple[bool, list[Any]]:
        """Return whether there is a new PDF, and what was said."""
        words = ["build", *self.options, "--format", "json", "--proyecto", str(self.folder)]
        command = [sys.executable, str(ROOT / "build.py"), *words]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)
        assert done.returncode in (0, 1), done.stdout + done.stderr
        return done.returncode == 0, json.loads(done.stdout)["problemas"]

    def close(self) -> None:
        """Nothing waits."""


class Resident:
    """Builds in this process, which keeps what it knows from one build to the next, as `watch` does."""

    def __init__(self, folder: Path) -> None:
        self.session = Session(Workspace(folder))

    def build(self) -> tuple[bool, list[Any]]:
        """Return whether there is a new PDF, and what was said."""
        outcome = self.session.build()
        said = format_json(Run(outcome.problems))
        return outcome.built, json.loads(said)["problemas"]

    def close(self) -> None:
        """Leave what is remembered to the next process, and no program waiting."""
        self.session.close()


RUNNERS: dict[str, type[Command] | type[Resident]] = {"orden": Command, "sesion": Resident}


def numbered(names: st.SearchStrategy[list[str]], length: int) -> st.SearchStrategy[list[Step]]:
    """Return sequences of edits with a number for each, which decides what it does."""
    numbers = st.lists(st.integers(0, 2**32 - 1), min_size=length, max_size=length, unique=True)
    return st.tuples(names, numbers).map(lambda both: list(zip(*both, strict=True)))


KINDS = [*sorted(EDITS), *sorted(BREAKS)]
# Every kind of edit once, in any order: more than fifty, and none that is never tried.
any_edits = numbered(st.permutations(KINDS).filter(lambda names: names != KINDS), len(KINDS))
small_edits = numbered(
    st.lists(st.sampled_from(SMALL), min_size=SMALL_EDITS_IN_A_ROW, max_size=SMALL_EDITS_IN_A_ROW).filter(
        lambda names: len(set(names)) > SMALL_EDITS_IN_A_ROW // 3
    ),
    SMALL_EDITS_IN_A_ROW,
)


def write_start(folder: Path) -> Draft:
    shutil.rmtree(folder, ignore_errors=True)
    draft = Draft(folder)
    for name, data in start_report().items():
        draft.write(name, data)
    return draft


def find_faults(draft: Draft, runner: Command | Resident, clean: Path, *options: str) -> list[str]:
    """Build a copy of the author's files from nothing, and return how what is there differs from what comes of it."""
    built, said = runner.build()
    shutil.rmtree(clean, ignore_errors=True)
    copy = Draft(clean)
    copy.restore(draft.files())
    built_anew, said_anew = Command(clean, *options).build()
    for problem in (*said, *said_anew):
        for related in problem["relacionados"]:
            if related["lugar"]["archivo"].startswith("build/"):
                related["lugar"] = "un registro, que es más largo si el documento se compone entero"
    if (built, said) != (built_anew, said_anew):
        words, words_anew = (json.dumps(problems, ensure_ascii=False) for problems in (said, said_anew))
        return [f"{built}, {words} / {built_anew}, {words_anew}"]
    return find_differences(draft.root / PDF, clean / PDF) if built else []


def try_sequence(steps: list[Step], folder: Path, kind: str, interval: int = EDITS_BETWEEN_COMPARISONS) -> None:
    draft = write_start(folder / "informe")
    runner = RUNNERS[kind](draft.root)
    try:
        _try_steps(steps, draft, runner, folder / "limpio", interval)
    finally:
        runner.close()
    # What the resident process left behind serves the next one.
    built, _ = Command(draft.root).build()
    faults = find_differences(draft.root / PDF, folder / "limpio" / PDF) if built else ["no PDF"]
    assert not faults, explain(steps, faults)


def _try_steps(steps: list[Step], draft: Draft, runner: Command | Resident, clean: Path, interval: int) -> None:
    built, said = runner.build()
    assert built, said
    good = draft.files()
    for number, (name, chance) in enumerate(steps, 1):
        apply(draft, name, chance)
        compared = number % interval == 0 or number == len(steps)
        if compared:
            if number == len(steps) or chance % 4:  # what is said of a broken paper must be the same too
                mend(draft)
            # The last time against the ordinary way, without format, page_ranges or any other trick.
            options = ["--plain"] if number == len(steps) else []
            faults = find_faults(draft, runner, clean, *options)
            assert not faults, explain(steps[:number], faults)
        elif random.Random(chance).random() < 0.5:  # authors also save several files before anything is built
            built, said = runner.build()
            if not built and draft.mended is None:
                # The edit did not fit what others had left; the messages are those of the last comparison's kind.
                draft.restore(good)
                draft.history.clear()
                built, said = runner.build()
                assert built, said
            if built and draft.mended is None:  # what nobody has built may not go together
                good = draft.files()


def explain(steps: list[Step], faults: list[str]) -> str:
    shown = "\n".join(f"    {step!r}," for step in steps)
    return f"after these edits:\n{shown}\nthe build is not that from nothing:\n" + "\n".join(faults[:20])


few_and_long = settings(
    max_examples=SEQUENCES, phases=[Phase.generate], database=None, suppress_health_check=list(HealthCheck)
)


@pytest.mark.parametrize("kind", RUNNERS)
def test_after_any_edits_the_build_is_that_from_nothing(kind: str, tmp_path: Path) -> None:
    @few_and_long
    @given(any_edits)
    def run(steps: list[Step]) -> None:
        try_sequence(steps, tmp_path, kind)

    run()


def test_after_small_edits_the_pages_that_stayed_are_those_from_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("imprenta.typeset.incremental.plan.FAR", 1)  # several page_ranges, as in a longer report

    @few_and_long
    @given(small_edits)
    def run(steps: list[Step]) -> None:
        try_sequence(steps, tmp_path, "sesion", SMALL_EDITS_BETWEEN_COMPARISONS)

    run()
