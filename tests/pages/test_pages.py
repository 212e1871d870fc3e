"""The pages of our report and of the examples, measured: what a publisher would ask of them.

`IMPRENTA_REESCRIBE=1 pytest -m proof tests/pages` writes the table of figures anew: review it.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from measures import MEASURES
from printed import Printed
from reading import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = [pytest.mark.tex, pytest.mark.timeout(900)]

TABLE = ROOT / "docs/paginas.md"
REPORTS = {"informe": "este informe", "admisiones": "`admisiones`", "pendulo": "`pendulo`"}
LACKING = {
    ("feet", "informe"): "title, head and first row of a long table stay together, below a high figure too: 13 %",
    ("floats", "pendulo"): "its table and another figure fill the page that it would stand on: 1",
}
"""What a report does not keep yet, and why, with its figure: each is a test that must fail."""
LONG = {("contrast", "informe")}
"""What takes seconds for it looks at every dot of many pages: of shorter reports it is looked at each time."""


@pytest.fixture(scope="module")
def printed(own_report: Path, build_example: Callable[[str], Path]) -> Callable[[str], Printed]:
    """Return a function that opens the PDF of a report."""
    opened: dict[str, Printed] = {}

    def open_report(name: str) -> Printed:
        if name not in opened:
            folder = own_report if name == "informe" else build_example(name)
            opened[name] = Printed(folder / "build/informe.pdf")
        return opened[name]

    return open_report


def cases() -> list[object]:
    marks = {case: pytest.mark.xfail(reason=reason, strict=True) for case, reason in LACKING.items()}
    marks |= dict.fromkeys(LONG, pytest.mark.proof)
    return [
        pytest.param(name, report, marks=marks.get((name, report), ()), id=f"{name}-{report}")
        for report in REPORTS
        for name in MEASURES
    ]


@pytest.mark.parametrize(("name", "report"), cases())
def test_pages_keep_the_bound(name: str, report: str, printed: Callable[[str], Printed]) -> None:
    measure = MEASURES[name]
    found = measure.take(printed(report))
    assert measure.keeps(found), f"{measure.name}: {measure.format(found.figure)} ({measure.bound}) {found.places}"


@pytest.mark.proof
def test_the_figures_of_the_pages_are_published(printed: Callable[[str], Printed]) -> None:
    rows = []
    for measure in MEASURES.values():
        figures = [measure.format(measure.take(printed(report)).figure) for report in REPORTS]
        rows.append(f"| {measure.name} | {measure.bound} | {' | '.join(figures)} |\n")
    rule = "|---|---:|" + "---:|" * len(REPORTS) + "\n"
    head = TABLE.read_text("utf-8").partition(rule)[0]
    assert head.endswith(f"| medida | debe ser | {' | '.join(REPORTS.values())} |\n")
    written = head + rule + "".join(rows)
    if os.environ.get("IMPRENTA_REESCRIBE"):
        TABLE.write_text(written, "utf-8")
    assert TABLE.read_text("utf-8") == written
