"""Of changes that break the typesetting fast tests notice nine of ten at least; with `-s`, a table of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.mutations.__main__ import SHARE
from tests.mutations.mutants import MUTANTS, Mutant
from tests.mutations.runner import NothingTestedError, lay_copies, put_in, run_tests, try_mutants, write_table

HARMLESS = Mutant("engine/job.py", "LABELS, STEPS =", "LABELS, STEPS  =", "nada", ("test_jobs",))


def test_each_mutant_has_its_place_and_its_tests(tmp_path: Path) -> None:
    assert len(MUTANTS) >= 20
    assert len({(mutant.module, mutant.old) for mutant in MUTANTS}) == len(MUTANTS)
    (project,) = lay_copies(tmp_path, 1)
    for mutant in MUTANTS:
        path = project / "imprenta/typeset" / mutant.module
        path.write_text(put_in(mutant, project), encoding="utf-8")
        assert mutant.tests
        assert all((project / f"tests/unit/{name}.py").is_file() for name in mutant.tests)
    with pytest.raises(ValueError, match="0 places"):
        put_in(Mutant("engine/job.py", "no hay", "", "nada", ()), project)


@pytest.mark.proof
@pytest.mark.timeout(900)
def test_nine_of_ten_are_noticed(tmp_path: Path) -> None:
    verdicts = list(try_mutants(MUTANTS, tmp_path, 2))
    print(write_table(verdicts))  # noqa: T201 - the table, for who asks with -s
    assert sum(1 for verdict in verdicts if verdict.noticed_by) >= SHARE * len(MUTANTS), write_table(verdicts)


@pytest.mark.proof
@pytest.mark.timeout(300)
def test_what_breaks_nothing_is_not_noticed_and_no_tests_are_no_verdict(tmp_path: Path) -> None:
    (verdict,) = try_mutants([HARMLESS], tmp_path / "one", 1)
    assert not verdict.noticed_by
    assert "NADIE" in write_table([verdict])
    (project,) = lay_copies(tmp_path / "two", 1)
    with pytest.raises(NothingTestedError):
        run_tests(project, ["test_that_is_not_there"])
