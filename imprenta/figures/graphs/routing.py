"""Cards on a grid and the pairs to join -> lines of straight stretches that avoid cards, titles and each other.

Each line is found by A* over (cell, direction): a cell costs its length, a bend, a crossing, a neighbour's side
more. Lines never share a stretch and cross only at right angles. All are then taken up and laid again, once the
others are known, which removes most of the crossings that the first order brought in; at last bent lines are taken up
one by one, and those that cross two by two.
"""

from __future__ import annotations

from dataclasses import replace
from heapq import heappop, heappush
from typing import TYPE_CHECKING

from imprenta.figures.graphs.estimate import estimate_costs
from imprenta.figures.graphs.grid import MARGIN, STEP, Unroutable
from imprenta.figures.graphs.layout import Box
from imprenta.figures.graphs.loops import BEND, lay_loop
from imprenta.figures.graphs.nets import Tree, straighten
from imprenta.figures.graphs.verdict import crossing_pairs, judge_trees

if TYPE_CHECKING:
    from collections.abc import Sequence

    from imprenta.figures.graphs.grid import Grid
    from imprenta.figures.graphs.grounds import Ground
    from imprenta.figures.graphs.nets import Net

CROSSING, SHORT_CROSSING = 56, 160
"""What a crossing costs, and what one of a short line costs besides."""
BESIDE_LINE, BESIDE_PLAIN = 8, 3
"""What running next to another line costs, and what it costs a line without a class, which is thin and black."""
ALIKE = 6
"""What running next to a line costs more that has the same colour: two of them look like one."""
UNTANGLING = 100
"""What a crossing costs while lines that cross are laid anew: whether that was too dear is seen by the whole."""
BENT = 3
"""Corners and ends of a line that bends once."""
ROUNDS = 2
"""How often that is done, while it helps."""
LEAVING = 400
"""What a line costs more that leaves the frame of its ends, because it found no way inside."""
TURNS = tuple((direction, (direction + 1) % 4, (direction + 3) % 4) for direction in range(4))
"""Where a line may go on that runs in each direction: straight on first."""
FAR = 1 << 30
"""More than any line costs."""


class Router:
    """Lays lines on a grid."""

    def __init__(self, grid: Grid) -> None:
        """Start with a grid on which no line runs."""
        self.grid = grid
        self.crossing = CROSSING
        self._estimates: dict[str, list[int]] = {}

    def route_all(self, nets: list[Net]) -> int:
        """Lay all lines; return how bad they look. Raises Unroutable.

        The order in which lines are laid decides what is in whose way, so several are tried.
        """
        for index, net in enumerate(nets):
            self.grid.admit(index + 1, net)
        reach = [self._reach(net) for net in nets]
        count = range(len(nets))
        orders = [
            sorted(count, key=lambda index: (reach[index], index)),
            list(count),
            sorted(count, key=lambda index: (-reach[index], index)),
        ]
        best: tuple[int, list[Tree]] | None = None
        self.crossing = CROSSING
        for order in orders:
            try:
                trees = self._route_in_order(nets, order)
            except Unroutable:
                continue
            badness = self._judge(trees)
            if best is None or badness < best[0]:
                best = (badness, trees)
        if best is None:
            raise Unroutable
        badness, trees = self._untangle(nets, *best)
        for net, tree in zip(nets, trees, strict=True):
            net.paths = [[self.grid.point(cell) for cell in straighten(path)] for path in tree.paths]
            net.ends = tree.ends
            net.leaves = tree.leaves
        return badness

    def _judge(self, trees: list[Tree]) -> int:
        grounds = [self.grid.ground_of(index + 1) for index in range(len(trees))]
        return judge_trees(trees, grounds, self.grid.columns)

    def _untangle(self, nets: list[Net], badness: int, trees: list[Tree]) -> tuple[int, list[Tree]]:
        """Lay bent lines anew, and those that cross, by twos in both orders, while the whole looks better for it."""
        self.crossing = UNTANGLING
        self.grid.clear()
        for index, tree in enumerate(trees):
            self.grid.mark(tree.paths, index + 1)
        for _ in range(ROUNDS):
            before = badness
            bent = [
                (index,) for index, tree in enumerate(trees) if any(len(straighten(path)) > BENT for path in tree.paths)
            ]
            for lines in (*bent, *crossing_pairs(trees)):
                for order in dict.fromkeys((lines, lines[::-1])):
                    tried = self._lay_again(nets, trees, order)
                    if tried is None:
                        continue
                    found = self._judge(tried)
                    if found < badness:
                        badness, trees = found, tried
                        break
                    self._exchange(order, tried, trees)
            if badness >= before:
                break
        return badness, trees

    def _lay_again(self, nets: list[Net], trees: list[Tree], order: tuple[int, ...]) -> list[Tree] | None:
        """Take some lines up and lay them in an order; None, and all as it was, if one finds no way."""
        new = list(trees)
        self._exchange(order, trees, ())
        for place, index in enumerate(order):
            try:
                new[index] = self._lay(nets[index], index + 1)
            except Unroutable:
                self._exchange(order[:place], new, ())
                self._exchange(order, (), trees)
                return None
        return new

    def _exchange(self, indices: tuple[int, ...], away: Sequence[Tree], back: Sequence[Tree]) -> None:
        """Take trees of some nets from the grid and put others there; no trees stand for none."""
        for trees, remove in ((away, True), (back, False)):
            if trees:
                for index in indices:
                    self.grid.mark(trees[index].paths, index + 1, remove=remove)

    def _route_in_order(self, nets: list[Net], order: list[int], passes: int = 4) -> list[Tree]:
        """Lay all lines in an order, then lay each anew while that makes the whole cheaper."""
        self.grid.clear()
        trees: dict[int, Tree] = {}
        laid: dict[int, int] = {}
        moves = 0
        for index in order:
            trees[index] = self._lay(nets[index], index + 1)
            moves += 1
            laid[index] = moves
        best, kept = sum(tree.cost for tree in trees.values()), dict(trees)
        for _ in range(passes):
            for index in sorted(order, key=lambda index: (-trees[index].cost, index)):
                if laid[index] == moves:
                    continue  # all others stand where they stood when it was laid: it would be laid the same
                self.grid.mark(trees[index].paths, index + 1, remove=True)
                before, trees[index] = trees[index], self._lay(nets[index], index + 1)
                moves += trees[index].paths != before.paths
                laid[index] = moves
            cost = sum(tree.cost for tree in trees.values())
            if cost >= best:
                break
            best, kept = cost, dict(trees)
        return [kept[index] for index in range(len(nets))]

    def _reach(self, net: Net) -> float:
        centres = [self.grid.cards[card].centre for card in net.tails + net.heads]
        xs, ys = [x for x, _ in centres], [y for _, y in centres]
        return max(xs) - min(xs) + max(ys) - min(ys) + 20 * (len(centres) - 2)

    def _lay(self, net: Net, mark: int) -> Tree:
        """Find the tree of one net, in its frame if there is a way, and mark it on the grid."""
        ground = self.grid.ground_of(mark)
        try:
            return self._lay_on(ground, net, mark)
        except Unroutable:
            if ground.blocked is self.grid.blocked:
                raise
        tree = self._lay_on(replace(ground, blocked=self.grid.blocked), net, mark)
        return replace(tree, cost=tree.cost + LEAVING, leaves=True)

    def _lay_on(self, ground: Ground, net: Net, mark: int) -> Tree:
        if net.is_loop:
            path, cost = lay_loop(self.grid, ground, net.tails[0], BESIDE_LINE)
            self.grid.mark([path], mark)
            return Tree([path], [(net.tails[0], net.heads[0])], cost)
        pairs = [
            (self._distance(tail, head), i, j) for i, tail in enumerate(net.tails) for j, head in enumerate(net.heads)
        ]
        _, i, j = min(pairs)
        first_tail, first_head = net.tails[i], net.heads[j]
        starts = {cell: (direction, 2 * away) for cell, (direction, away) in self.grid.ports(first_tail).items()}
        path, cost = self._search([(c, d, price) for c, (d, price) in starts.items()], first_head, mark, ground)
        paths, ends = [path], [(first_tail, first_head)]
        self.grid.mark([path], mark)
        left = [(False, tail) for tail in net.tails if tail != first_tail]
        left += [(True, head) for head in net.heads if head != first_head]
        left.sort(key=lambda item: min(self._distance(item[1], first_tail), self._distance(item[1], first_head)))
        for is_head, card in left:
            try:
                path, more = self._search(self._branches(paths), card, mark, ground)
            except Unroutable:
                self.grid.mark(paths, mark, remove=True)
                raise
            paths.append(path if is_head else path[::-1])
            ends.append((first_tail, card) if is_head else (card, first_head))
            self.grid.mark([path], mark)
            cost += more
        return Tree(paths, ends, cost)

    def _distance(self, one: str, two: str) -> float:
        a, b = self.grid.cards[one], self.grid.cards[two]
        dx = max(a.x - b.x - b.w, b.x - a.x - a.w, 0)
        dy = max(a.y - b.y - b.h, b.y - a.y - a.h, 0)
        return dx + dy

    def _branches(self, paths: list[list[int]]) -> list[tuple[int, int, int]]:
        """Return where a tree may branch off: (cell, direction, price); not beside an arrow's head."""
        starts: dict[tuple[int, int], int] = {}
        taken = {cell for path in paths for cell in path}
        room = max(map(len, paths)) > 4  # between neighbouring cards the only place is beside the tail
        for path in paths:
            for index in range(1 + room, len(path) - 2):
                cell = path[index]
                for direction, step in enumerate(self.grid.steps):
                    if cell + step not in taken:
                        straight = path[index - 1] - cell == cell - path[index + 1]
                        starts[(cell, direction)] = 6 if straight else 2
        return [(cell, direction, price) for (cell, direction), price in sorted(starts.items())]

    def _least(self, goal: str) -> list[int]:
        """Return for each state the least that a line from there to a card costs."""
        if goal not in self._estimates:
            box = self.grid.cards[goal]
            moved = Box(box.x + MARGIN, box.y + MARGIN, box.w, box.h)
            self._estimates[goal] = estimate_costs(moved, self.grid.columns, self.grid.rows, step=STEP, bend=BEND)
        return self._estimates[goal]

    def _search(
        self, starts: list[tuple[int, int, int]], goal: str, mark: int, ground: Ground
    ) -> tuple[list[int], int]:
        """Return the cheapest path of cells on a ground from any start (cell, direction, price) to a card's border."""
        # Most of a drawing's time goes here: what can be known before is, and the heap holds estimate, price and state
        # (cell and direction) in one whole number, which compares faster than a tuple. As `least` is never more than
        # the rest of the way costs, the first path that arrives is a cheapest one.
        ports, least = self.grid.ports(goal), self._least(goal)
        grid = self.grid
        blocked, prices, alike = ground.blocked, ground.prices, grid.alike[ground.colour]
        used, crowd, short, steps = grid.used, grid.crowd, grid.short, grid.steps
        crossing, beside_line = self.crossing, BESIDE_LINE if ground.colour else BESIDE_PLAIN
        bits = (4 * len(blocked)).bit_length()
        states = (1 << bits) - 1
        best = [FAR] * (4 * len(blocked))
        parent: dict[int, int] = {}
        heap: list[int] = []
        for cell, direction, price in starts:
            state = cell * 4 + direction
            if price < best[state]:
                best[state] = price
                heappush(heap, (((price + least[state]) << 30) + price << bits) + state)
        first = {cell * 4 + direction for cell, direction, _ in starts}
        while heap:
            entry = heappop(heap)
            state, price = entry & states, (entry >> bits) & (FAR - 1)
            if price > best[state]:
                continue
            cell, direction = state >> 2, state & 3
            begins = state in first
            if not begins and cell in ports and ports[cell][0] == (direction + 2) % 4:
                return self._trace(parent, state), price
            other = used[1 - (direction & 1)][cell]
            # at a start, and where another line is crossed, the only way is straight on
            for turn in (direction,) if begins or (other and other != mark) else TURNS[direction]:
                target = cell + steps[turn]
                axis = turn & 1
                if blocked[target]:
                    port = ports.get(target)
                    if port is None or port[0] != (turn + 2) % 4:
                        continue
                    cost = price + STEP + 2 * port[1]
                else:
                    if used[axis][target]:
                        continue
                    cost = price + prices[axis][target]
                    near = crowd[axis][target]
                    if near:
                        cost += beside_line * near + ALIKE * alike[axis][target]
                    across = used[1 - axis][target]
                    if across:
                        if across == mark:
                            continue
                        cost += crossing + SHORT_CROSSING * short[target]
                if turn != direction:
                    cost += BEND
                new = target * 4 + turn
                if cost < best[new]:
                    best[new] = cost
                    parent[new] = state
                    heappush(heap, (((cost + least[new]) << 30) + cost << bits) + new)
        raise Unroutable(goal)

    @staticmethod
    def _trace(parent: dict[int, int], state: int) -> list[int]:
        path = [state // 4]
        while state in parent:
            state = parent[state]
            path.append(state // 4)
        return path[::-1]
