"""Groups, cards and hints of a graph -> the tree of rows from which the layout starts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imprenta.figures.graphs.layout import Card, Frame
from imprenta.figures.graphs.plan import CELL, pair_edge
from imprenta.figures.graphs.text_metrics import measure_text
from imprenta.figures.graphs.words import plain_words

if TYPE_CHECKING:
    from imprenta.model.figure import Graph

ROOT = ""
"""Id of the outermost frame, which is not drawn."""


def arrange_graph(figure: Graph, cards: dict[str, Card], title_size: float) -> tuple[Frame, set[str]]:
    """Return the tree of rows, and the ids of nodes and groups whose row the author's hints do not fix."""
    children: dict[str, list[Card | Frame]] = {ROOT: []}
    frames = {ROOT: Frame(ROOT)}
    for key, group in figure.groups.items():
        width = measure_text(plain_words(group.title), title_size, bold=True)
        frames[key] = Frame(key, int(width / CELL) + 2)
        children[key] = []
    for key, node in figure.nodes.items():
        children[str(node.group).strip() if node.group is not None else ROOT].append(cards[key])
    for key, group in figure.groups.items():
        children[str(group.inside).strip() if group.inside is not None else ROOT].append(frames[key])
    _drop_empty(children)
    hints = _hinted_rows(figure)
    free: set[str] = set()
    for key, frame in frames.items():
        frame.lines = _arrange(children.get(key, []), children, hints, figure, free)
    return frames[ROOT], free


def _drop_empty(children: dict[str, list[Card | Frame]]) -> None:
    """Take away groups that hold nothing: a frame is drawn around something."""
    while True:
        empty = {key for key, held in children.items() if not held and key != ROOT}
        if not empty:
            return
        for key in empty:
            del children[key]
        for key, held in children.items():
            children[key] = [child for child in held if not (isinstance(child, Frame) and child.id in empty)]


def _hinted_rows(figure: Graph) -> dict[str, tuple[int, int]]:
    rows = figure.layout.rows if figure.layout is not None else []
    return {str(node).strip(): (row, place) for row, nodes in enumerate(rows) for place, node in enumerate(nodes)}


def _members(child: Card | Frame, children: dict[str, list[Card | Frame]]) -> list[str]:
    if isinstance(child, Card):
        return [child.id]
    return [member for inner in children.get(child.id, []) for member in _members(inner, children)]


def _arrange(
    held: list[Card | Frame],
    children: dict[str, list[Card | Frame]],
    hints: dict[str, tuple[int, int]],
    figure: Graph,
    free: set[str],
) -> list[list[Card | Frame]]:
    """Deal what a frame holds into rows: by the hints, otherwise by the flow of the edges."""
    owner = {member: index for index, child in enumerate(held) for member in _members(child, children)}
    keys = [
        min((hints[member] for member in _members(child, children) if member in hints), default=None) for child in held
    ]
    rows: dict[int, list[tuple[int, int]]] = {}
    ranks = _rank(len(held), owner, figure)
    last = max((key[0] for key in keys if key is not None), default=-1)
    for index, key in enumerate(keys):
        if key is not None:
            rows.setdefault(key[0], []).append((key[1], index))
        else:
            rows.setdefault(last + 1 + ranks[index], []).append((index, index))
            free.add(held[index].id)
    return [[held[index] for _, index in sorted(rows[row])] for row in sorted(rows)]


def _rank(count: int, owner: dict[str, int], figure: Graph) -> list[int]:
    """Return the layer of each child: one below all that point to it, edges that close a circle apart."""
    followers: list[set[int]] = [set() for _ in range(count)]
    for edge in figure.edges:
        for tails, heads in pair_edge(edge):
            for tail in tails:
                for head in heads:
                    one, two = owner.get(tail), owner.get(head)
                    if one is not None and two is not None and one != two and not _reaches(followers, two, one):
                        followers[one].add(two)
    ranks = [0] * count
    for _ in range(count):
        for one, after in enumerate(followers):
            for two in after:
                ranks[two] = max(ranks[two], ranks[one] + 1)
    return ranks


def _reaches(followers: list[set[int]], start: int, goal: int) -> bool:
    seen, stack = {start}, [start]
    while stack:
        node = stack.pop()
        if node == goal:
            return True
        fresh = followers[node] - seen
        seen |= fresh
        stack.extend(sorted(fresh))
    return False
