"""A graph as data -> its drawing as a vector PDF, laid out for the printed width."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice
from math import ceil
from typing import TYPE_CHECKING

from imprenta.figures.error import FigureError
from imprenta.figures.graphs.arrangement import arrange_graph
from imprenta.figures.graphs.crossings import find_crossings
from imprenta.figures.graphs.frame_shape import frame_border, title_rectangle
from imprenta.figures.graphs.grid import Grid, Unroutable
from imprenta.figures.graphs.grounds import home_of
from imprenta.figures.graphs.label_placement import Rectangle, place_numbers
from imprenta.figures.graphs.laid_out import LEGEND_ABOVE, GraphLayout
from imprenta.figures.graphs.layout import Frame, Placement, Spacing, place_cards
from imprenta.figures.graphs.legend import NO_WORDS, list_legend
from imprenta.figures.graphs.plan import CELL, Lettering, plan_nets, size_cards, size_words, wrap_labels
from imprenta.figures.graphs.routing import Router
from imprenta.figures.graphs.shapes import shape_of
from imprenta.figures.graphs.twins import find_twins
from imprenta.figures.graphs.word_placement import place_words
from imprenta.figures.graphs.words import plain_words
from imprenta.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from imprenta.figures.graphs.legend import LegendWords
    from imprenta.figures.graphs.parts import Part
    from imprenta.figures.graphs.quality import Quality
    from imprenta.model.figure import Graph

    RunDot = Callable[[list[str], bytes], bytes]

TITLE_CLEARANCE = 0.45
"""Cells left free on both sides of a group's title."""
SPACINGS = tuple(
    Spacing(across=across, along=along, frame_across=frame_across, frame_along=min(along - 2, 3), columns=columns)
    for columns in (True, False)
    for along in (5, 4, 3)
    for across, frame_across in ((4, 2), (3, 1))
)
TIGHT = tuple(replace(spacing, across=3, frame_across=0) for spacing in SPACINGS if spacing.frame_across == 1)
"""With frames that touch: a number of a line from one to the next has to stand on their borders."""
SEARCHED = Spacing(across=3, along=4, columns=False)
"""For the search of rows, before it is known how much room is left."""
SEARCHES = 3
MOST_LAYOUTS, MOST_NETS = 8, 200
"""Layouts that are worked out before the best of them is taken; and lines laid in all of them, but for three."""
MOST_OF_ROWS = 3
"""Layouts with faults before other rows are searched for, where the author leaves them free."""
LETTERINGS = (
    Lettering(),
    Lettering(wrap=56),
    Lettering(label=7.5, title=8, wrap=50),
    Lettering(label=7, title=7.5, number=7, wrap=44),
)
"""From the most generous to the tightest; nothing is ever set under 7 points."""
MARGINS = (0, 3, 9)
"""Free cells above and below a drawing: more where lines find no way with fewer, or none apart from each other."""

GROWTH, MOST_GROWTHS = 3, 3
"""Cells that a frame gets more on all sides where lines find no way in it, and how often."""


@dataclass(frozen=True, slots=True)
class GraphDrawing:
    """A drawing: its PDF, its size as printed in points (1/72 inch) at scale 1, what is where in it, its figures."""

    pdf: bytes
    width: float
    height: float
    parts: tuple[Part, ...]
    quality: Quality


def draw_graph(
    figure: Graph, run_dot: RunDot, *, text_width_pt: float, text_height_pt: float, legend_words: LegendWords = NO_WORDS
) -> GraphDrawing:
    """Draw a graph that `check_graph` found sound, no wider and no higher than the text.

    `legend_words` say what the numbers of the lines are, which have none without such words, and what a dot is.
    `run_dot` takes a command (Graphviz's `dot` with arguments) and its standard input and gives back its standard
    output. Raises FigureError if the graph does not fit with text of 7 points.
    """
    layout = lay_out_graph(figure, text_width_pt, text_height_pt, legend_words)
    if layout is None:
        raise FigureError([_does_not_fit(figure, text_width_pt, text_height_pt)])
    from imprenta.figures.graphs.dot_source import write_source
    from imprenta.figures.graphs.drawn_pdf import clean_pdf
    from imprenta.figures.graphs.parts import list_parts
    from imprenta.figures.graphs.quality import measure_layout

    source = write_source(figure, layout)
    pdf = run_dot(["dot", "-Kneato", "-n2", "-Tpdf"], source.encode())
    return GraphDrawing(clean_pdf(pdf), layout.width, layout.height, list_parts(layout), measure_layout(layout))


def lay_out_graph(
    figure: Graph, text_width_pt: float, text_height_pt: float, legend_words: LegendWords = NO_WORDS
) -> GraphLayout | None:
    """Return the most generous layout without faults, else the one with fewest; None if none fits the page.

    A fault is a number that finds no free place on its line, or a word; a line that leaves its frame; or two lines of
    one colour that run close beside each other for long.
    """
    columns, rows = int((text_width_pt - 1) // CELL), int(text_height_pt // CELL)
    best: tuple[int, GraphLayout] | None = None
    tried, most = 0, min(MOST_LAYOUTS, max(3, MOST_NETS // max(len(plan_nets(figure)), 1)))
    for lettering in LETTERINGS:
        labels = wrap_labels(figure, lettering)
        cards = size_cards(figure, labels, lettering)
        if sum((card.w + 2) * (card.h + 2) for card in cards.values()) > columns * rows:
            continue  # no arrangement could help, so none is searched for
        fits = False
        for seed in range(SEARCHES):
            root, free = arrange_graph(figure, cards, lettering.title)
            if seed and not (free and (fits or lettering is LETTERINGS[-1])):
                break
            if free:
                _search_rows(figure, root, free, columns, rows, seed)
            attempt = _Attempt(figure, labels, lettering, (columns, text_height_pt), legend_words)
            for layout in islice(attempt.lay_out_all(root), MOST_OF_ROWS if free else None):
                tried, fits = tried + 1, True
                faults = _count_faults(layout)
                if best is None or faults < best[0]:
                    best = (faults, layout)
                if faults == 0 or tried >= most:
                    return best[1]
    return best[1] if best else None


def _count_faults(layout: GraphLayout) -> int:
    free = [disc.free for disc in layout.discs] + [words.free for words in layout.words]
    return free.count(False) + sum(net.leaves for net in layout.nets) + len(find_twins(layout.nets))


def _search_rows(figure: Graph, root: Frame, free: set[str], columns: int, rows: int, seed: int) -> None:
    from imprenta.figures.graphs.annealing import improve_rows

    turned = figure.orientation == "horizontal"
    nets = [net for net in plan_nets(figure) if not net.is_loop]
    improve_rows(root, free, nets, SEARCHED, columns=columns, rows=rows - 4, to_the_right=turned, seed=seed)


def _spacings(figure: Graph, lettering: Lettering) -> Iterator[Spacing]:
    """Yield the spacings in the order in which they are tried; words between two cards want room for themselves."""
    widths = [size[1] for size in size_words(figure, plan_nets(figure), lettering) if size is not None]
    if widths:
        room = ceil(max(widths)) + 3
        for spacing in (*SPACINGS[:2], TIGHT[0]):
            if figure.orientation == "horizontal":
                yield replace(spacing, along=max(room, spacing.along))
            else:
                yield replace(spacing, across=max(room, spacing.across))
    yield from (*SPACINGS, *TIGHT)


@dataclass(frozen=True, slots=True)
class _Attempt:
    """A graph with its labels broken into lines, and the room that it has (columns, points of height)."""

    figure: Graph
    labels: dict[str, list[str]]
    lettering: Lettering
    room: tuple[int, float]
    legend_words: LegendWords

    def lay_out_all(self, root: Frame) -> Iterator[GraphLayout]:
        """Yield the layouts of some rows that fit, from the most generous on; spacings that come to the same, once.

        A frame that lines leave, because they find no way in it, gets more room while there is some.
        """
        seen: list[Placement] = []
        for spacing in _spacings(self.figure, self.lettering):
            for frame in root.frames():
                frame.room = frame.aside = 0
            layout = self._lay_out_anew(root, spacing, seen)
            for _ in range(MOST_GROWTHS):
                if layout is None:
                    break
                yield layout
                layout = self._lay_out_with_room(root, spacing, _find_narrow(layout), seen)
            if layout is not None:
                yield layout

    def _lay_out_with_room(
        self, root: Frame, spacing: Spacing, narrow: list[Frame], seen: list[Placement]
    ) -> GraphLayout | None:
        """Return the layout with more room in some frames: on all sides, or above and below if that is too wide."""
        if not narrow:
            return None
        for frame in narrow:
            frame.room, frame.aside = frame.room + GROWTH, frame.aside + GROWTH
        layout = self._lay_out_anew(root, spacing, seen)
        if layout is None:
            for frame in narrow:
                frame.aside -= GROWTH
            layout = self._lay_out_anew(root, spacing, seen)
        return layout

    def _lay_out_anew(self, root: Frame, spacing: Spacing, seen: list[Placement]) -> GraphLayout | None:
        """Return the best layout of some spacing; None if it does not fit, or comes to one that was seen."""
        turned = self.figure.orientation == "horizontal"
        placement = place_cards(root, spacing, to_the_right=turned, width=self.room[0])
        if placement in seen:
            return None
        seen.append(placement)
        return self._lay_out_freely(root, placement)

    def _lay_out_freely(self, root: Frame, placement: Placement) -> GraphLayout | None:
        """Return the best layout of what is placed, with more cells around it where lines run together."""
        found: list[GraphLayout] = []
        for margin in MARGINS:
            layout = self.lay_out(root, placement.with_margin(margin))
            found += [layout] if layout else []
            if layout and not find_twins(layout.nets):
                break
        return min(found, key=_count_faults, default=None)

    def lay_out(self, root: Frame, placement: Placement) -> GraphLayout | None:
        """Return the layout of what is placed, or None if it does not fit."""
        figure, lettering = self.figure, self.lettering
        columns, text_height = self.room
        legend, legend_height = list_legend(figure, placement.width * CELL, lettering.label, self.legend_words)
        legend_height += LEGEND_ABOVE if legend else 0.0
        if placement.width > columns or placement.height * CELL + legend_height + 1 > text_height:
            return None
        titles = title_rectangles(figure, placement, lettering)
        covered = [_cells(title) for title in titles]
        curved = {key for key, node in figure.nodes.items() if shape_of(node.shape).curved}
        size = placement.width, placement.height
        router = Router(Grid(placement.cards, placement.frames.values(), covered, *size, curved))
        nets = plan_nets(figure)
        try:
            router.route_all(nets)
        except Unroutable:
            return None
        frames = [frame_border(box) for box in placement.frames.values()]
        crossings = find_crossings(nets)
        solid = [*titles, *(crossing.box for crossing in crossings)]
        discs = place_numbers(nets, placement.cards, solid, frames) if self.legend_words.number else []
        cards = [(float(box.x), float(box.y), float(box.x + box.w), float(box.y + box.h))
                 for box in placement.cards.values()]  # fmt: skip
        words = place_words(nets, size_words(figure, nets, lettering), [*cards, *solid], frames, discs)
        return GraphLayout(
            self.labels, lettering, root, placement, nets, discs, crossings, words, legend, legend_height
        )


def title_rectangles(figure: Graph, placement: Placement, lettering: Lettering) -> list[Rectangle]:
    """Return what the groups' titles cover, in cells: left, top, right, bottom."""
    titles = {key: plain_words(figure.groups[key].title) for key in placement.frames}
    return [title_rectangle(box, titles[key], lettering.title) for key, box in placement.frames.items()]


def _find_narrow(layout: GraphLayout) -> list[Frame]:
    """Return the frames that lines leave though both their ends are in them, or in which lines run together."""
    cards, boxes = layout.placement.cards, layout.placement.frames
    close = {number for pair in find_twins(layout.nets) for number in pair}
    homes = [
        home_of([cards[card] for card in (*net.tails, *net.heads)], list(boxes.values()))
        for index, net in enumerate(layout.nets)
        if net.leaves or index in close
    ]
    return [frame for frame in layout.root.frames() if frame.id in boxes and boxes[frame.id] in homes]


def _cells(covered: Rectangle) -> tuple[int, int, int, int]:
    """Return the cells (columns and rows, both ends included) whose lines would touch a rectangle."""
    left, top, right, bottom = covered
    return ceil(left - TITLE_CLEARANCE), ceil(top), int(right + TITLE_CLEARANCE), int(bottom)


def _does_not_fit(figure: Graph, text_width: float, text_height: float) -> Problem:
    return Problem(
        "figura-no-cabe",
        f"el grafo de {len(figure.nodes)} nodos y {len(figure.edges)} aristas no cabe en "
        f"{text_width / 72 * 2.54:.1f} × {text_height / 72 * 2.54:.1f} cm con letra de 7 puntos".replace(".", ","),
        figure.place,
        hint="reparta el grafo en dos figuras, acorte los rótulos, ponga menos nodos por fila o «apaisada: sí»",
    )
