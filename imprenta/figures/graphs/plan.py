"""A graph as data -> what has to be drawn: cards with their lines of text, frames, and nets of lines to lay."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

from imprenta.figures.graphs.layout import Card
from imprenta.figures.graphs.nets import Net
from imprenta.figures.graphs.text_metrics import measure_text, wrap_text
from imprenta.figures.graphs.words import plain_words

if TYPE_CHECKING:
    from imprenta.model.figure import Graph, GraphEdge

CELL = 8.0
"""Points between two lines of the grid on which cards stand and lines run."""
ICON = 25.0
"""Side of an icon in points: about 0.9 cm."""
LINE_HEIGHT = 1.2
"""Height of a line of text over its size."""
CARD_PAD = 3.0


@dataclass(frozen=True, slots=True)
class Lettering:
    """Sizes of text in points, and the width in which labels are broken."""

    label: float = 8.0
    title: float = 8.5
    number: float = 7.5
    wrap: float = 66.0


def pair_edge(edge: GraphEdge) -> list[tuple[list[str], list[str]]]:
    """Return which nodes an entry joins: as many tails as heads are joined one to one, otherwise all to all."""
    tails = [str(tail).strip() for tail in edge.tails]
    heads = [str(head).strip() for head in edge.heads]
    if len(tails) == len(heads) and len(tails) > 1:
        return [([tail], [head]) for tail, head in zip(tails, heads, strict=True)]
    return [(tails, heads)]


def plan_nets(figure: Graph) -> list[Net]:
    """Return the nets of a figure in the order of their numbers; a node joined to itself is left out."""
    nets = []
    for number, edge in enumerate(figure.edges, start=1):
        for tails, heads in pair_edge(edge):
            kept = [head for head in dict.fromkeys(heads) if head not in tails]
            if kept:
                nets.append(Net(number, list(dict.fromkeys(tails)), kept, edge.direction))
    return nets


def wrap_labels(figure: Graph, lettering: Lettering) -> dict[str, list[str]]:
    """Return the lines of every node's label."""
    return {
        key: wrap_text(plain_words(node.title), lettering.wrap, lettering.label) for key, node in figure.nodes.items()
    }


def size_cards(figure: Graph, labels: dict[str, list[str]], lettering: Lettering) -> dict[str, Card]:
    """Return the card of every node, just large enough for its icon and its label."""
    cards: dict[str, Card] = {}
    for key, node in figure.nodes.items():
        text_width = max(measure_text(line, lettering.label) for line in labels[key])
        text_height = len(labels[key]) * lettering.label * LINE_HEIGHT
        width = text_width + 2 * CARD_PAD + (ICON + CARD_PAD if node.icon else 4.0)
        height = max(text_height, ICON if node.icon else 0.0) + CARD_PAD
        cards[key] = Card(key, max(ceil(width / CELL), 6), max(ceil(height / CELL), 4 if node.icon else 3))
    return cards
