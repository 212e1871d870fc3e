"""Arranging, placing, routing, and where numbers stand: the plan of a drawing, without Graphviz."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, reject, settings
from hypothesis import strategies as st

from imprenta.figures.graphs.dashes import STROKES, bend_path
from imprenta.figures.graphs.estimate import estimate_costs
from imprenta.figures.graphs.grid import Grid, Unroutable
from imprenta.figures.graphs.label_placement import RADIUS, place_numbers
from imprenta.figures.graphs.layout import Box, Card, Frame, Spacing, place_cards
from imprenta.figures.graphs.nets import Net, Tree
from imprenta.figures.graphs.routing import Router
from imprenta.figures.graphs.text_metrics import measure_text, wrap_text

if TYPE_CHECKING:
    from collections.abc import Sequence

WORDS = st.lists(st.text("abcdeñóM-/", min_size=1, max_size=14), min_size=1, max_size=8).map(" ".join)


@given(WORDS, st.floats(20, 120))
def test_wrapping_keeps_every_character_and_the_width(text: str, width: float) -> None:
    lines = wrap_text(text, width, 8)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    for line in lines:
        if measure_text(line, 8) > width + 1e-6:
            assert " " not in line


def test_known_width_of_a_word() -> None:
    assert measure_text("Descubrimiento", 8) == pytest.approx(54.9, abs=0.1)
    assert measure_text("日", 8) > measure_text("m", 8) * 0.8


def _tree() -> Frame:
    def card(name: str, width: int = 9) -> Card:
        return Card(name, width, 4)

    inner = Frame("dentro", 6, [[card("a"), card("b", 12)], [card("c"), card("d")]])
    return Frame("", 0, [[inner, Frame("lado", 4, [[card("e")]])], [card("f"), card("g"), card("h")]])


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("across", [3, 5])
def test_cards_stand_apart_and_inside_their_frames(turned: bool, across: int) -> None:
    placement = place_cards(_tree(), Spacing(across=across), to_the_right=turned, width=58)
    boxes = list(placement.cards.items())
    assert sorted(key for key, _ in boxes) == list("abcdefgh")
    for index, (_, one) in enumerate(boxes):
        for _, two in boxes[index + 1 :]:
            assert one.x + one.w + 2 <= two.x or two.x + two.w + 2 <= one.x or not _share_rows(one, two)
    inside = placement.frames["dentro"]
    for key in "abcd":
        box = placement.cards[key]
        assert inside.x + 2 <= box.x
        assert box.x + box.w + 2 <= inside.x + inside.w
        assert inside.y + 3 <= box.y
        assert box.y + box.h + 2 <= inside.y + inside.h


def _share_rows(one: Box, two: Box) -> bool:
    return one.y < two.y + two.h and two.y < one.y + one.h


def test_rows_of_as_many_cards_stand_in_columns() -> None:
    placement = place_cards(_tree(), Spacing(), to_the_right=False, width=58)
    for upper, lower in (("a", "c"), ("b", "d")):
        assert placement.cards[upper].x == placement.cards[lower].x
        assert placement.cards[upper].w == placement.cards[lower].w


def _grid(names: str, across: int = 3) -> tuple[dict[str, Box], int, int]:
    rows: list[list[Card | Frame]] = [
        [Card(name, 8, 4) for name in names[start : start + across]] for start in range(0, len(names), across)
    ]
    placement = place_cards(Frame("", 0, rows), Spacing(side=0), to_the_right=False, width=50)
    lifted = {key: Box(box.x + 2, box.y + 2, box.w, box.h) for key, box in placement.cards.items()}
    return lifted, placement.width + 4, placement.height + 4


@settings(max_examples=settings().max_examples // 4)
@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef")), min_size=1, max_size=7))
def test_lines_avoid_cards_and_share_no_stretch(pairs: list[tuple[str, str]]) -> None:
    cards, width, height = _grid("abcdef")
    nets = [Net(number, [tail], [head]) for number, (tail, head) in enumerate(pairs, 1)]
    try:
        Router(Grid(cards, [], [], width, height)).route_all(nets)
    except Unroutable:  # six lines between two cards need more room than this grid has: the drawing takes a larger one
        reject()
    taken: set[tuple[tuple[int, int], tuple[int, int]]] = set()
    for net in nets:
        assert len(net.paths) == 1
        for stretch in _steps(net.paths[0]):
            assert stretch not in taken
            taken |= {stretch, stretch[::-1]}
        for point in _points(net.paths[0])[1:-1]:
            for box in cards.values():
                assert not (box.x <= point[0] <= box.x + box.w and box.y <= point[1] <= box.y + box.h)


class _Plain(Router):
    """A router without short cuts: it goes by nothing but what a line has cost, and lays each one again each time."""

    def _least(self, goal: str) -> list[int]:  # noqa: ARG002 - whatever the goal
        return [0] * (4 * len(self.grid.blocked))

    def _route_in_order(self, nets: list[Net], order: list[int], passes: int = 4) -> list[Tree]:
        self.grid.clear()
        trees = {index: self._lay(nets[index], index + 1) for index in order}
        best, kept = sum(tree.cost for tree in trees.values()), dict(trees)
        for _ in range(passes):
            for index in sorted(order, key=lambda index: (-trees[index].cost, index)):
                self.grid.mark(trees[index].paths, index + 1, remove=True)
                trees[index] = self._lay(nets[index], index + 1)
            cost = sum(tree.cost for tree in trees.values())
            if cost >= best:
                break
            best, kept = cost, dict(trees)
        return [kept[index] for index in range(len(nets))]


class _LaidAgain(_Plain):
    """A router that lays each line again each time."""

    def _least(self, goal: str) -> list[int]:
        return Router._least(self, goal)


PAIRS = st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef")), min_size=1, max_size=9)


@settings(max_examples=settings().max_examples // 4)
@given(PAIRS)
def test_the_estimate_of_a_way_loses_no_cheaper_one(pairs: list[tuple[str, str]]) -> None:
    cards, width, height = _grid("abcdef")
    hasty, plain = (kind(Grid(cards, [], [(20, 5, 24, 9)], width, height)) for kind in (Router, _Plain))
    for mark, (tail, head) in enumerate((pair for pair in pairs if pair[0] != pair[1]), 1):
        starts = [(cell, direction, 2 * away) for cell, (direction, away) in hasty.grid.ports(tail).items()]
        try:
            path, cost = hasty._search(starts, head, mark, hasty.grid.open)
        except Unroutable:
            with pytest.raises(Unroutable):
                plain._search(starts, head, mark, plain.grid.open)
            continue
        assert plain._search(starts, head, mark, plain.grid.open)[1] == cost
        for router in (hasty, plain):
            router.grid.mark([path], mark)


@settings(max_examples=settings().max_examples // 5)
@given(PAIRS)
@example(["fe", "ef", "db", "be", "ba"])  # the line before the one that moved last is laid another way
def test_a_line_that_is_not_laid_again_would_be_laid_the_same(pairs: Sequence[Sequence[str]]) -> None:
    cards, width, height = _grid("abcdef")
    nets = [Net(number, [tail], [head]) for number, (tail, head) in enumerate(pairs, 1) if tail != head]
    trees = []
    for kind in (Router, _LaidAgain):
        router = kind(Grid(cards, [], [], width, height))
        try:
            trees.append(router._route_in_order(nets, list(range(len(nets)))))
        except Unroutable:
            reject()
    assert trees[0] == trees[1]


@pytest.mark.parametrize(
    ("point", "direction", "cost"),
    [
        ((2, 5), 0, 4 * 3),  # straight at the side
        ((2, 5), 1, 4 * 3 + 14),
        ((2, 5), 2, 4 * 3 + 28),  # away from it: it must turn round
        ((2, 3), 0, 4 * 4 + 14),
        ((2, 4), 0, 4 * 3 + 14),  # at a corner
        ((7, 2), 0, 4 * 2 + 14),
        ((7, 2), 1, 4 * 2),
        ((12, 9), 0, 4 * 4 + 28),
        ((5, 5), 0, 0),  # at a port
    ],
)
def test_the_estimate_counts_the_bends_that_nothing_saves(point: tuple[int, int], direction: int, cost: int) -> None:
    estimates = estimate_costs(Box(5, 4, 5, 3), 16, 12, step=4, bend=14)
    assert estimates[(point[1] * 16 + point[0]) * 4 + direction] == cost


def _points(path: list[tuple[int, int]]) -> list[tuple[int, int]]:
    points = [path[0]]
    for (x0, y0), (x1, y1) in pairwise(path):
        length = max(abs(x1 - x0), abs(y1 - y0))
        assert x0 == x1 or y0 == y1
        points += [(x0 + (x1 - x0) * k // length, y0 + (y1 - y0) * k // length) for k in range(1, length + 1)]
    return points


def _steps(path: list[tuple[int, int]]) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    points = _points(path)
    return list(pairwise(points))


def test_a_communication_with_many_heads_is_one_tree() -> None:
    cards, width, height = _grid("abcdef")
    net = Net(1, ["a"], ["d", "e", "f"], "doble")
    Router(Grid(cards, [], [], width, height)).route_all([net])
    assert [end for _, end in net.ends] != []
    assert {head for _, head in net.ends} == {"d", "e", "f"}
    first = set(_points(net.paths[0]))
    assert net.paths[1][0] in first
    assert net.arrows(0) == (True, True)
    assert net.arrows(1) == (False, True)


def test_numbers_keep_clear_of_cards_and_of_each_other() -> None:
    cards, width, height = _grid("abcdef")
    nets = [Net(1, ["a"], ["b"]), Net(2, ["b"], ["a"]), Net(3, ["a"], ["f"]), Net(4, ["c"], ["d"], "doble")]
    Router(Grid(cards, [], [], width, height)).route_all(nets)
    discs = place_numbers(nets, cards, [], [])
    assert [disc.free for disc in discs] == [True] * 4
    for index, disc in enumerate(discs):
        for other in discs[index + 1 :]:
            assert (disc.x - other.x) ** 2 + (disc.y - other.y) ** 2 >= (2 * RADIUS) ** 2
        for box in cards.values():
            away_x = max(box.x - disc.x, disc.x - box.x - box.w, 0)
            away_y = max(box.y - disc.y, disc.y - box.y - box.h, 0)
            assert away_x**2 + away_y**2 >= RADIUS**2


def test_a_number_without_room_says_so() -> None:
    cards = {"a": Box(2, 2, 8, 4), "b": Box(11, 2, 8, 4)}
    net = Net(1, ["a"], ["b"])
    Router(Grid(cards, [], [], 24, 10)).route_all([net])
    net.paths = [[(10, 4), (11, 4)]]
    assert [disc.free for disc in place_numbers([net], cards, [], [])] == [False]


@pytest.mark.parametrize("stroke", sorted(STROKES))
def test_lines_end_at_their_arrows(stroke: str) -> None:
    points = [(0.0, 0.0), (40.0, 0.0), (40.0, 30.0)]
    line = bend_path(points, arrow_at_start=True, arrow_at_end=True, stroke=STROKES[stroke])
    assert (line.tip_start, line.tip_end) == (points[0], points[-1])
    assert line.curves[0][0] == pytest.approx((5.2, 0.0))
    assert line.curves[-1][3] == pytest.approx((40.0, 24.8))
    broken = any(one[3] != two[0] for one, two in zip(line.curves, line.curves[1:], strict=False))
    assert broken == (stroke in ("discontinuo", "punteado"))
