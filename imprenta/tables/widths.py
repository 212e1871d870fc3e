"""The cells of a table -> the widths of its columns.

Where the author gave none: all cells on one line each, if there is room for that. Otherwise the widths that make the
table lowest: no column is narrower than its longest word, and what is left is given, a little at a time, to the column
and from the column where most lines are saved by it. (Minimal height under a given width, as CSS 2.1, 17.5.2.2 leaves
it to each browser; the search is ours: a table has few columns, so that trying all pairs of them is quick.)

Where the author gave widths, they are the shares of the room, and no column is narrower than its longest word either.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from imprenta.tables.measure import Words

MARGIN = 1.5
"""Points that a column has beyond the width of its cells, whose letters are kerned."""
TENTHS = 10
"""Parts of a point that widths are told apart by."""
WORTH = 1.25
"""How much higher a table may be for its words to stay whole, and with what is tied to them."""
STEPS = (48.0, 24.0, 12.0, 6.0, 3.0)
"""Points that go from one column to another in one try."""
MOST_TRIES = 4_000_000
"""Cells that are looked at before the search takes what it has: a second at the most."""


@dataclass(frozen=True, slots=True)
class Content:
    """What stands in a cell: its first column, over how many it reaches, its lines, their size of type, its rows."""

    column: int
    columns: int
    lines: tuple[Words, ...]
    size: float
    rows: int = 1

    @property
    def whole(self) -> float:
        """The width in points of the cell with no line broken."""
        return max((line.whole for line in self.lines), default=0) * self.size / 1000 + MARGIN

    @property
    def least(self) -> Iterator[float]:
        """Yield the widths in points of its widest word: with what is tied to it, without, and cut where it may be."""
        for widths in zip(*(line.least for line in self.lines), strict=True) if self.lines else [(0,)] * 3:
            yield max(widths) * self.size / 1000 + MARGIN

    @property
    def widest(self) -> float:
        """The width in points of its widest word, with what is tied to it."""
        return next(iter(self.least))

    def count_lines(self, width: float) -> int:
        """Return how many lines of each of its rows it takes in a column so wide."""
        room = (width - MARGIN) * 1000 / self.size
        return -(-sum(line.count_lines(room) for line in self.lines) // self.rows)


def solve_widths(rows: Sequence[Sequence[Content]], count: int, room: float, gap: float) -> tuple[float, ...]:
    """Return the width of each of `count` columns in points; with the gaps between them they take `room` at the most.

    Each row is the list of its cells; a cell that reaches over several rows is in its first one alone.
    """
    cells = [cell for row in rows for cell in row]
    natural = _least(cells, count, gap, [cell.whole for cell in cells])
    if sum(natural) <= room - gap * (count - 1):
        return tuple(natural)
    floors = list(_floors(cells, count, room, gap))
    room -= gap * (count - 1)
    if sum(floors[-1]) >= room:
        return tuple(_share(floors[-1], room))
    found = [_search(rows, floor, natural, room, gap) for floor in floors]
    lowest = min(lines for lines, _ in found)
    return next(widths for lines, widths in found if lines <= WORTH * lowest)


def _search(
    rows: Sequence[Sequence[Content]], floor: Sequence[float], natural: Sequence[float], room: float, gap: float
) -> tuple[int, tuple[float, ...]]:
    """Return how many lines the table takes with the best widths over a floor, and these."""
    spare = room - sum(floor)
    wish = [max(0, most - least) for most, least in zip(natural, floor, strict=True)]
    search = _Search(rows, floor, natural, gap)
    widths = search.run([least + spare * one / sum(wish) for least, one in zip(floor, wish, strict=True)])
    return search.height(widths)[0], tuple(widths)


def keep_shares(
    rows: Sequence[Sequence[Content]], shares: Sequence[float], room: float, gap: float
) -> tuple[float, ...]:
    """Return widths in points that fill the room with their gaps, in the proportion of `shares`.

    A column too narrow for its longest word takes what it lacks from those that have more than they need, unless all
    together need more than there is.
    """
    count = len(shares)
    least = next(_floors([cell for row in rows for cell in row], count, room, gap))
    room -= gap * (count - 1)
    fits = sum(least) < room
    taken: dict[int, float] = {}
    while True:
        left, total = room - sum(taken.values()), sum(shares[at] for at in range(count) if at not in taken)
        widths = [taken[at] if at in taken else left * shares[at] / total for at in range(count)]
        narrow = {at: least[at] for at, width in enumerate(widths) if width < least[at] and at not in taken}
        if not fits or not narrow or len(taken) + len(narrow) == count:
            return tuple(widths)
        taken |= narrow


def _floors(cells: Sequence[Content], count: int, room: float, gap: float) -> Iterator[list[float]]:
    """Yield the widths that no column goes below, for which there is room: the strictest first.

    Words stay whole and with what is tied to them; words alone; what a word may be cut into: those that differ. Where
    there is room for none of them, the last one is all that is yielded.
    """
    floor, yielded = [MARGIN] * count, None
    for needs in zip(*(cell.least for cell in cells), strict=True):
        floor = _least(cells, count, gap, needs)
        if sum(floor) < room - gap * (count - 1) and floor != yielded:
            yielded = floor
            yield floor
    if yielded is None:
        yield floor


def _least(cells: Iterable[Content], count: int, gap: float, needs: Iterable[float]) -> list[float]:
    """Return the least widths that give each cell what it needs: single ones first, then those over several columns."""
    widths = [MARGIN] * count
    pairs = sorted(zip(cells, needs, strict=True), key=lambda pair: pair[0].columns)
    for cell, need in pairs:
        inside = range(cell.column, min(count, cell.column + cell.columns))
        lack = need - sum(widths[column] for column in inside) - gap * (len(inside) - 1)
        if lack > 0:
            for column in inside:
                widths[column] += lack / len(inside)
    return widths


def _share(needs: Sequence[float], room: float) -> list[float]:
    """Return widths that fill the room, which is less than is needed: the widest columns give up what they must."""
    left, cap = room, room / len(needs)
    for number, need in enumerate(sorted(needs)):
        cap = left / (len(needs) - number)
        if need >= cap:
            break
        left -= need
    return [min(need, cap) for need in needs]


class _Search:
    """Moves room between columns as long as that makes the table lower."""

    def __init__(
        self, rows: Sequence[Sequence[Content]], floor: Sequence[float], natural: Sequence[float], gap: float
    ) -> None:
        self.floor, self.natural, self.gap = floor, natural, gap
        self.rows = len(rows)
        self.tries = MOST_TRIES
        self.size = sum(map(len, rows))
        self.spans: dict[tuple[int, int], list[tuple[int, Content]]] = {(column, 1): [] for column in range(len(floor))}
        """The cells of each first column and number of columns, each with its row."""
        for number, row in enumerate(rows):
            for cell in row:
                self.spans.setdefault((cell.column, cell.columns), []).append((number, cell))
        self.known: dict[tuple[int, int, float], tuple[list[int], int]] = {}

    def height(self, widths: Sequence[float]) -> tuple[int, int]:
        """Return how many lines the table takes, and then how many all of its cells take together."""
        self.tries -= self.size
        counted = [
            self.count(column, columns, sum(widths[column : column + columns]) + self.gap * (columns - 1))
            for column, columns in self.spans
        ]
        return sum(map(max, zip(*(lines for lines, _ in counted), strict=True))), sum(total for _, total in counted)

    def count(self, column: int, columns: int, width: float) -> tuple[list[int], int]:
        """Return how many lines the cells over some columns take in each row, one at least, and together."""
        width = ceil(width * TENTHS) / TENTHS  # never less: a cell fits what was measured for it
        key = column, columns, width
        if key not in self.known:
            lines, total = [1] * self.rows, 0
            for row, cell in self.spans[column, columns]:
                taken = cell.count_lines(width)
                lines[row], total = max(lines[row], taken), total + taken
            self.known[key] = lines, total
        return self.known[key]

    def run(self, start: list[float]) -> list[float]:
        best, lowest = start, self.height(start)
        for step in STEPS:
            better = True
            while better and self.tries > 0:
                better = False
                for widths in self.neighbours(best, step):
                    found = self.height(widths)
                    if found < lowest:
                        best, lowest, better = widths, found, True
                        break
        return best

    def neighbours(self, widths: list[float], step: float) -> Iterable[list[float]]:
        """Yield the widths after each move of a step, the column with most to spare first."""
        count = range(len(widths))
        givers = sorted(count, key=lambda column: self.floor[column] - widths[column])
        takers = sorted(count, key=lambda column: widths[column] - self.natural[column])
        for giver in givers:
            if widths[giver] - step < self.floor[giver]:
                continue
            for taker in takers:
                if taker != giver and widths[taker] < self.natural[taker]:
                    moved = list(widths)
                    moved[giver] -= step
                    moved[taker] += step
                    yield moved
