"""After any edits the PDF is the one that a build from nothing makes, page by page, and so are the messages.

`IMPRENTA_EDICIONES=100 IMPRENTA_SEMILLA=7 pytest -m proof tests/property/test_incremental.py` tries other sequences.
"""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import time
from typing import TYPE_CHECKING

import construct_edits
import pytest
from builders import BUILDERS, Builder, Command, Served, build_anew
from conformity import find_breaches
from report_edits import BREAKS, DRAWN, EDITS, KINDS, SMALL, Draft, apply, mend, start_report
from same_pdf import find_differences
from same_trace import find_trace_differences

from imprenta.pipeline import Session
from imprenta.pipeline.drawers import Drawers
from imprenta.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from imprenta.pipeline import PagesReady
    from imprenta.pipeline.drawers import Drawing

pytestmark = [pytest.mark.tex, pytest.mark.timeout(3600)]

PDF = "build/informe.pdf"
SEED = int(os.environ.get("IMPRENTA_SEMILLA", "1"))
LENGTH = int(os.environ.get("IMPRENTA_EDICIONES", "100"))
"""How many edits a long sequence has; each takes seconds."""
BETWEEN_COMPARISONS = 14
SHORT_LENGTH = 4

Step = tuple[str, int]


def draw_steps(seed: int, names: list[str], length: int) -> list[Step]:
    """Return a sequence of edits with a number for each, which decides what it does: all kinds before any comes again.

    The same seed gives the same sequence.
    """
    chance = random.Random(seed)
    drawn: list[str] = []
    while len(drawn) < length:
        drawn += chance.sample(names, len(names))
    return [(name, chance.getrandbits(32)) for name in drawn[:length]]


def write_start(folder: Path) -> None:
    draft = Draft(folder)
    files = start_report()
    construct_edits.add_blocks(files)
    for name, data in files.items():
        draft.write(name, data)


@pytest.fixture
def start(build_once: Callable[..., Path]) -> Path:
    """The report that is edited, built by somebody else."""
    return build_once("ediciones", write_start)


def find_faults(draft: Draft, builder: Builder, clean: Path, *, plain: bool) -> list[str]:
    """Build a copy of the author's files from nothing, and return how what is there differs from what comes of it."""
    built, said = builder.build()
    shutil.rmtree(clean, ignore_errors=True)
    copy = Draft(clean)
    copy.restore(draft.files())
    built_anew, said_anew = build_anew(clean, plain=plain)
    for problem in (*said, *said_anew):
        for related in problem["relacionados"]:
            if related["lugar"]["archivo"].startswith("build/"):
                related["lugar"] = "un registro, que es más largo si el documento se compone entero"
    if (built, said) != (built_anew, said_anew):
        words, words_anew = (json.dumps(problems, ensure_ascii=False) for problems in (said, said_anew))
        return [f"{built}, {words} / {built_anew}, {words_anew}"]
    return compare(draft.root, clean) if built else []


def compare(root: Path, clean: Path) -> list[str]:
    """Return what a reader of the PDF, or who clicks on it to find the line, would see otherwise."""
    return [*find_differences(root / PDF, clean / PDF), *find_trace_differences(root, clean)]


def try_sequence(steps: list[Step], start: Path, folder: Path, kind: str, interval: int = BETWEEN_COMPARISONS) -> None:
    # Whoever finds nothing to do leaves no process behind.
    left = shutil.ignore_patterns("build") if BUILDERS[kind] is Served else None
    draft = Draft(shutil.copytree(start, folder / "informe", ignore=left))
    builder = BUILDERS[kind](draft.root)
    try:
        _try_steps(steps, draft, builder, folder / "limpio", interval)
    finally:
        builder.close()
    if not isinstance(builder, Command):
        # What the resident process left behind serves the next one.
        built, _ = Command(draft.root).build()
        faults = compare(draft.root, folder / "limpio") if built else ["no PDF"]
        assert not faults, explain(steps, faults)


def _try_steps(steps: list[Step], draft: Draft, builder: Builder, clean: Path, interval: int) -> None:
    built, said = builder.build()
    assert built, said
    good = draft.files()
    for number, (name, step) in enumerate(steps, 1):
        apply(draft, name, step)
        builder.saved()
        chance = random.Random(step)
        compared = number % interval == 0 or number == len(steps)
        if compared:
            if number == len(steps) or step % 4:  # what is said of a broken paper must be the same too
                mend(draft)
            # The last time against the ordinary way, without format, page ranges or any other trick; not of short
            # sequences, for it is what takes longest.
            plain = number == len(steps) > 2 * SHORT_LENGTH
            faults = find_faults(draft, builder, clean, plain=plain)
            assert not faults, explain(steps[:number], faults)
        elif chance.random() < 0.5:  # authors also save several files before anything is built
            built, said = builder.build()
            if not built and draft.mended is None:
                # The edit did not fit what others had left; the messages are those of the last comparison's kind.
                draft.restore(good)
                draft.history.clear()
                built, said = builder.build()
                assert built, said
            if built and draft.mended is None:  # what nobody has built may not go together
                good = draft.files()
        elif chance.random() < 0.7:  # in `watch`, this long after a save the build that it began is at any of its steps
            time.sleep(chance.uniform(0, 1.5) if builder_waits(builder) else 0)


def builder_waits(builder: Builder) -> bool:
    """Tell whether something goes on between two saves."""
    return isinstance(builder, BUILDERS["vigilancia"])


def explain(steps: list[Step], faults: list[str]) -> str:
    shown = "\n".join(f"    {step!r}," for step in steps)
    return f"after these edits:\n{shown}\nthe build is not that from nothing:\n" + "\n".join(faults[:20])


def test_all_kinds_of_edit_are_among_those_tried() -> None:
    assert len(KINDS) == 10
    assert {name for names in KINDS.values() for name in names} <= set(EDITS)
    drawn = [name for name, _ in draw_steps(SEED, [*sorted(EDITS), *sorted(BREAKS)], 100)]
    assert set(drawn) == set(EDITS) | set(BREAKS)
    assert draw_steps(4, SMALL, 30) == draw_steps(4, SMALL, 30) != draw_steps(5, SMALL, 30)


@pytest.mark.parametrize(
    "kind", [pytest.param(kind, marks=pytest.mark.proof) if kind == "residente" else kind for kind in BUILDERS]
)
def test_after_each_kind_of_edit_the_build_is_that_from_nothing(kind: str, start: Path, tmp_path: Path) -> None:
    """The ways of building share the ten kinds: each has those that come next, and one or two of all edits."""
    part = list(BUILDERS).index(kind)
    names = [random.Random(SEED).choice(names) for names in KINDS.values()][part :: len(BUILDERS)]
    steps = draw_steps(SEED + part, names, len(names))
    steps += draw_steps(SEED + part, [*sorted(EDITS), *sorted(BREAKS)], SHORT_LENGTH - len(names))
    try_sequence(steps, start, tmp_path, kind)


@pytest.mark.proof
def test_after_small_edits_the_pages_that_stayed_are_those_from_nothing(
    start: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("imprenta.typeset.incremental.plan.FAR", 1)  # several page ranges, as in a longer report
    try_sequence(draw_steps(SEED, SMALL, SHORT_LENGTH), start, tmp_path, "sesion")


def test_after_edits_of_blocks_the_build_is_that_from_nothing(start: Path, tmp_path: Path) -> None:
    names = ["change_block", "change_code", "use_a_word_that_is_explained"]
    names += ["change_block", "add_equation", "explain_otherwise"]
    try_sequence([(name, 7 * SEED + count) for count, name in enumerate(names)], start, tmp_path, "sesion", 3)


@pytest.mark.proof
@pytest.mark.parametrize("kind", ["sesion", "orden"])
def test_after_edits_of_drawings_the_build_is_that_from_nothing(kind: str, start: Path, tmp_path: Path) -> None:
    try_sequence(draw_steps(SEED, DRAWN, LENGTH // 8), start, tmp_path, kind, 3)


@pytest.mark.proof
@pytest.mark.parametrize("kind", BUILDERS)
def test_after_any_hundred_edits_the_build_is_that_from_nothing(kind: str, start: Path, tmp_path: Path) -> None:
    steps = draw_steps(SEED + list(BUILDERS).index(kind), [*sorted(EDITS), *sorted(BREAKS)], LENGTH)
    try_sequence(steps, start, tmp_path, kind)


@pytest.mark.proof
def test_after_fifty_edits_the_tags_are_those_from_nothing(start: Path, tmp_path: Path) -> None:
    """And the PDF meets both standards, as built page by page as from nothing."""
    tagged = Draft(shutil.copytree(start, tmp_path / "etiquetado"))
    report = "paper/informe.yaml"
    tagged.write(report, tagged.read(report) + "conformidad: ambas\n")
    steps = draw_steps(SEED, [*sorted(EDITS), *sorted(BREAKS)], LENGTH // 2)
    try_sequence(steps, tagged.root, tmp_path, "orden")
    assert find_breaches(tmp_path / "informe" / PDF) == find_breaches(tmp_path / "limpio" / PDF) == []


@pytest.mark.proof
def test_after_many_small_edits_the_pages_that_stayed_are_those_from_nothing(
    start: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("imprenta.typeset.incremental.plan.FAR", 1)
    try_sequence(draw_steps(SEED, SMALL, LENGTH // 2), start, tmp_path, "sesion", 5)


def test_who_waits_for_a_drawing_sees_the_new_numbers_in_the_text_meanwhile(
    start: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = Draft(shutil.copytree(start, tmp_path / "informe"))
    session = Session(Workspace(draft.root))
    shown: list[PagesReady] = []
    shown_before: list[int] = []
    wait = Drawers.wait

    def note(self: Drawers) -> dict[str, Drawing]:
        shown_before.append(len(shown))
        return wait(self)

    monkeypatch.setattr(Drawers, "wait", note)
    try:
        session.build()
        prices = next(name for name in draft.names("figures") if "grafica: serie.py" in draft.read(name))
        name = re.findall(r"(?<=datos: \[).*(?=\])", draft.read(prices))[0]
        for price in ("0.113", "0.271"):
            shown.clear()
            assert draft.replace(random.Random(1), f"paper/datos/{name}.yaml", r"(?<=valor: )[\d.]+", price)
            outcome = session.build(publish=shown.append)
            assert outcome.built, outcome.problems
            assert outcome.drawn
            assert shown_before[-1] > 0, dict(outcome.steps)["LaTeX"]
            assert len(shown) > shown_before[-1], "the page with the drawing"
            assert "otro dibujo, tan grande como era" in dict(outcome.steps)["LaTeX"]
        copy = Draft(tmp_path / "limpio")
        copy.restore(draft.files())
        assert build_anew(copy.root)[0]
        assert not compare(draft.root, copy.root)
    finally:
        session.close()
