"""Classes of traffic that a graph uses -> the lines of its legend, filled up to the width of the drawing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from imprenta.figures.graphs.text_metrics import measure_text
from imprenta.figures.graphs.words import plain_words

if TYPE_CHECKING:
    from imprenta.model.figure import Graph

SAMPLE = 30.0
GAP = 5.0
BETWEEN = 18.0
ROW = 14.0


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """One sample with its words, in points from the legend's left top; `traffic` is None for the number's sample."""

    traffic: str | None
    words: str
    x: float
    y: float
    words_width: float


def used_classes(figure: Graph) -> list[str]:
    """Return the classes that the edges use, in the order in which the author declared them."""
    used = {str(edge.traffic).strip() for edge in figure.edges if edge.traffic is not None}
    return [key for key in figure.classes if key in used]


def list_legend(figure: Graph, width: float, size: float, number_words: str) -> tuple[list[LegendEntry], float]:
    """Return the entries of the legend, centred row by row in `width`, and its height; none without edges.

    `number_words` say what the numbers of the lines are; nothing if they have none.
    """
    wanted: list[tuple[str | None, str]] = [
        (key, plain_words(figure.classes[key].title)) for key in used_classes(figure)
    ]
    if number_words:
        wanted.append((None, number_words))
    if not figure.edges or not wanted:
        return [], 0.0
    rows: list[list[tuple[str | None, str, float]]] = [[]]
    filled = 0.0
    for key, words in wanted:
        words_width = measure_text(words, size)
        entry_width = _sample_width(key) + GAP + words_width
        if rows[-1] and filled + BETWEEN + entry_width > width:
            rows.append([])
            filled = 0.0
        filled += entry_width + (BETWEEN if rows[-1] else 0.0)
        rows[-1].append((key, words, words_width))
    entries = []
    for index, row in enumerate(rows):
        total = sum(_sample_width(key) + GAP + words_width for key, _, words_width in row) + BETWEEN * (len(row) - 1)
        x = max(0.0, (width - total) / 2)
        for key, words, words_width in row:
            entries.append(LegendEntry(key, words, x, index * ROW, words_width))
            x += _sample_width(key) + GAP + words_width + BETWEEN
    return entries, ROW * len(rows)


def _sample_width(key: str | None) -> float:
    return 12.0 if key is None else SAMPLE
