"""A graph as data -> what has to be drawn: cards with their lines of text, frames, and nets of lines to lay."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

from imprenta.figures.graphs.layout import Card
from imprenta.figures.graphs.nets import Net
from imprenta.figures.graphs.shapes import even_cells, size_around
from imprenta.figures.graphs.text_metrics import measure_text, wrap_text
from imprenta.figures.graphs.words import plain_words

if TYPE_CHECKING:
    from imprenta.figures.graphs.word_placement import Sized
    from imprenta.model.figure import Graph, GraphEdge

CELL = 8.0
"""Points between two lines of the grid on which cards stand and lines run."""
ICON = 25.0
"""Side of an icon in points: about 0.9 cm."""
LINE_HEIGHT = 1.2
"""Height of a line of text over its size."""
CARD_PAD = 3.0
WORDS_WRAP, WORDS_PAD = 80.0, 1.5
"""Points in which the words of a line are broken, and what is free around them."""


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
    """Return the nets of a figure in the order of their numbers; a node that is joined to itself has one for that."""
    nets = []
    for number, edge in enumerate(figure.edges, start=1):
        look = figure.direction_of(edge), colour_of(figure, edge)
        for paired_tails, paired_heads in pair_edge(edge):
            tails, heads = list(dict.fromkeys(paired_tails)), list(dict.fromkeys(paired_heads))
            both = [name for name in tails if name in heads]
            apart = [head for head in heads if head not in both]
            ways = [(tails, apart)] if apart else []
            for name in both:
                others = [tail for tail in tails if tail != name]
                ways += [([name], [name]), *([(others, [name])] if others else [])]
            nets += [Net(number, list(starts), list(goals), *look) for starts, goals in ways]
    return nets


def colour_of(figure: Graph, edge: GraphEdge) -> str:
    """Return the colour of an edge: that of its class of traffic, nothing if it has none, like all of many graphs."""
    traffic = figure.classes.get(edge.traffic.value.strip()) if edge.traffic is not None else None
    return traffic.colour if traffic is not None else ""


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
        if node.shape is not None:
            shaped = size_around(width, height, node.shape)
            cards[key] = Card(key, even_cells(shaped[0], CELL, 4), even_cells(shaped[1], CELL, 4), fixed=True)
            continue
        cards[key] = Card(key, max(ceil(width / CELL), 6), max(ceil(height / CELL), 4 if node.icon else 3))
    circles = [key for key, node in figure.nodes.items() if node.shape == "circulo"]
    largest = max((cards[key].w for key in circles), default=0)
    return cards | {key: Card(key, largest, largest, fixed=True) for key in circles}


def size_words(figure: Graph, nets: list[Net], lettering: Lettering) -> list[Sized | None]:
    """Return the words of each net in lines, with their width and height in cells; None for a net without any."""
    sized: list[Sized | None] = []
    for net in nets:
        label = figure.edges[net.number - 1].label
        if label is None:
            sized.append(None)
            continue
        lines = wrap_text(plain_words(label), WORDS_WRAP, lettering.label)
        width = max(measure_text(line, lettering.label) for line in lines) + 2 * WORDS_PAD
        height = len(lines) * lettering.label * LINE_HEIGHT + WORDS_PAD
        sized.append((tuple(lines), width / CELL, height / CELL))
    return sized
