"""Classes of traffic that a graph uses -> the lines of its legend, filled up to the width of the drawing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from imprenta.figures.graphs.plan import plan_nets
from imprenta.figures.graphs.text_metrics import measure_text
from imprenta.figures.graphs.words import plain_words

if TYPE_CHECKING:
    from imprenta.model.figure import Graph

GAP = 5.0
BETWEEN = 18.0
ROW = 14.0
SampleName = Literal["clase", "número", "ramas"]
SAMPLE: dict[SampleName, float] = {"clase": 30.0, "número": 12.0, "ramas": 16.0}
"""How wide each sample is in points: a line of a class, the disc of a number, a line that branches."""


@dataclass(frozen=True, slots=True)
class LegendWords:
    """What a legend says, in the language of the report, of the numbers of lines and of their branches.

    Nothing of the numbers stands for lines without any.
    """

    number: str = ""
    branches: str = ""


NO_WORDS = LegendWords()


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """One sample with its words, in points from the legend's left top; `traffic` is the class of a line."""

    sample: SampleName
    traffic: str | None
    words: str
    x: float
    y: float
    words_width: float

    @property
    def words_x(self) -> float:
        """Return where its words begin."""
        return self.x + SAMPLE[self.sample] + GAP


def used_classes(figure: Graph) -> list[str]:
    """Return the classes that the edges use, in the order in which the author declared them."""
    used = {str(edge.traffic).strip() for edge in figure.edges if edge.traffic is not None}
    return [key for key in figure.classes if key in used]


def list_legend(figure: Graph, width: float, size: float, said: LegendWords) -> tuple[list[LegendEntry], float]:
    """Return the entries of the legend, centred row by row in `width`, and its height; none without edges.

    It tells of branches only beside something else: alone, they are plain to see.
    """
    wanted: list[tuple[SampleName, str | None, str]] = [
        ("clase", key, plain_words(figure.classes[key].title)) for key in used_classes(figure)
    ]
    if said.number:
        wanted.append(("número", None, said.number))
    if not figure.edges or not wanted:
        return [], 0.0
    if said.branches and any(len(net.tails) + len(net.heads) > 2 for net in plan_nets(figure)):
        wanted.append(("ramas", None, said.branches))
    rows: list[list[LegendEntry]] = [[]]
    filled = 0.0
    for sample, key, words in wanted:
        entry = LegendEntry(sample, key, words, 0.0, 0.0, measure_text(words, size))
        entry_width = entry.words_x + entry.words_width
        if rows[-1] and filled + BETWEEN + entry_width > width:
            rows.append([])
            filled = 0.0
        filled += entry_width + (BETWEEN if rows[-1] else 0.0)
        rows[-1].append(entry)
    return [entry for index, row in enumerate(rows) for entry in _centre(row, index * ROW, width)], ROW * len(rows)


def _centre(row: list[LegendEntry], y: float, width: float) -> list[LegendEntry]:
    total = sum(entry.words_x + entry.words_width for entry in row) + BETWEEN * (len(row) - 1)
    x = max(0.0, (width - total) / 2)
    placed = []
    for entry in row:
        placed.append(replace(entry, x=x, y=y))
        x = placed[-1].words_x + entry.words_width + BETWEEN
    return placed
