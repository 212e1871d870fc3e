"""Each measure of pages: sound pages keep its bound, and pages with one fault do not."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from made_up_pages import LETTERS, PITCH, SIZE, Sheet, fill_line, write_pdf
from measures import MEASURES
from printed import MARGIN, Printed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TOP, LAST = 72.0, 705.0
"""Heights of the first and of the last line of a page."""
FULL = fill_line()


@dataclass
class Report:
    """Three pages and their references: sound, until a test changes one thing."""

    line: str = FULL
    size: float = SIZE
    end: str = "y acaba con varias palabras."
    cells: list[str] = field(default_factory=lambda: ["celda"])
    foot: list[str] = field(default_factory=lambda: [FULL, FULL])
    top: list[str] = field(default_factory=lambda: [FULL, FULL, "y acaba así, en la otra."])
    head: str = "1 Primera"
    mentions: dict[str, int] = field(default_factory=lambda: {"table.1": 0, "figure.1": 0})
    figure_page: int = 1
    closed: bool = True
    bookmarks: list[str] = field(default_factory=lambda: ["section.1"])
    form_font: str = "Courier"
    crossings: int = 0
    add: Callable[[list[Sheet]], object] = lambda sheets: None

    def print(self, folder: Path) -> Printed:
        """Write its PDF and what its drawings noted."""
        one, two, three, cited = sheets = [Sheet() for _ in range(4)]
        one.place("section.1", TOP).write("1 Primera", TOP, size=14)
        one.write_paragraph([*[self.line] * 4, self.end], TOP + 20, size=self.size)
        one.place("table.1", 200).draw_rule(215).draw_rule(230 + 10 * len(self.cells))
        for row, cell in enumerate(self.cells):
            one.write(cell, 220 + 10 * row, size=8)
        one.write_paragraph(self.foot, LAST - (len(self.foot) - 1) * PITCH)
        two.write(self.head, 45, size=8).write_paragraph(self.top, TOP)
        if self.closed:
            two.write("Lo último de la página.", LAST)
        three.write("1 Primera", 45, size=8).write("Y nada más.", TOP)
        cited.place("cite.a", TOP).write("[1] Una obra", TOP)
        sheets[self.figure_page].place("figure.1", 300).write("Figura 1: un pie", 300, size=9)
        for name, page in self.mentions.items():
            sheets[page].link(name)
        self.add(sheets)
        (folder / "figures").mkdir()
        noted = json.dumps({"quality": {"crossings": self.crossings}})
        (folder / "figures/grafo-0.pdf.json").write_text(f"key\n{noted}", "utf-8")
        path = folder / "informe.pdf"
        write_pdf(path, sheets, self.bookmarks, self.form_font)
        return Printed(path)


LONG, SIZE_OF_LONG = fill_line(letters=90), SIZE * LETTERS / 90
HEADING = Report(
    bookmarks=["section.1", "subsection.1.1"],
    add=lambda sheets: sheets[1].place("subsection.1.1", LAST).write("1.1 Al pie", LAST, size=12),
    closed=False,
)
FAULTS = {
    "long lines": ("letters", Report(LONG, SIZE_OF_LONG)),
    "parted words": ("hyphens", Report(cells=["pala-"] * 21)),
    "widow": ("widows", Report(top=["y solo esto queda."])),
    "orphan": ("widows", Report(foot=[FULL])),
    "short last line": ("last lines", Report(end="no.")),
    "end of a word": ("last lines", Report(fill_line(end="-"), end="parte.")),
    "heading at a foot": ("headings", HEADING),
    "white foot": ("feet", Report(closed=False)),
    "before its mention": ("floats", Report(mentions={"table.1": 1})),
    "far from its mention": ("floats", Report(figure_page=2)),
    "crossings": ("crossings", Report(crossings=14)),
    "pale letters": ("contrast", Report(add=lambda sheets: sheets[1].write("Apenas se lee", 400, ink="0.6 0.6 0.6"))),
    "letters on a ground": (
        "contrast",
        Report(add=lambda sheets: sheets[1].draw_rule(404, 30, "0.4 0.4 0.4").write("Apenas se lee", 400)),
    ),
    "pale line": ("contrast", Report(add=lambda sheets: sheets[1].draw_rule(400, 1, "0.9 0.6 0.2"))),
    "at the side": ("ink", Report(add=lambda sheets: sheets[1].write("fuera", 400, MARGIN - 12))),
    "below the foot": ("ink", Report(add=lambda sheets: sheets[1].write("fuera", 770))),
    "another section": ("heads", Report(head="2 Segunda")),
    "no bookmark of a heading": ("outline", Report(bookmarks=[])),
    "no bookmark of a table": (
        "outline",
        Report(bookmarks=["section.1", "table.1"], add=lambda sheets: sheets[0].place("table.2", 300)),
    ),
    "address parted after a dot": (
        "addresses",
        Report(add=lambda sheets: sheets[3].write("https://a.b/docs/v18.", 90).write("09.0/index", 90 + PITCH)),
    ),
    "other letters": ("fonts", Report(form_font="Helvetica")),
}


def test_sound_pages_keep_every_bound(tmp_path: Path) -> None:
    printed = Report().print(tmp_path)
    found = {name: measure.take(printed) for name, measure in MEASURES.items()}
    assert {name: one for name, one in found.items() if not MEASURES[name].keeps(one)} == {}


def test_floats_of_an_appendix_are_never_far(tmp_path: Path) -> None:
    report = Report(figure_page=2, add=lambda sheets: sheets[2].place("section.anexo.1", TOP))
    assert MEASURES["floats"].take(report.print(tmp_path)).places == []


def test_every_measure_can_fail() -> None:
    assert {name for name, _ in FAULTS.values()} == set(MEASURES)


@pytest.mark.parametrize(("name", "report"), FAULTS.values(), ids=list(FAULTS))
def test_a_fault_is_measured(name: str, report: Report, tmp_path: Path) -> None:
    found = MEASURES[name].take(report.print(tmp_path))
    assert not MEASURES[name].keeps(found), found
    assert name == "letters" or found.places != []
