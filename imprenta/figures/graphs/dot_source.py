"""A laid-out graph -> the source that Graphviz draws, written by `diagrams`.

`diagrams` makes the nodes with their icons, the clusters and the edges; every place is already known, so Graphviz
is run as `neato -n2`, which keeps the places that it is given, measures the text and draws.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from diagrams import Cluster, Diagram, Edge, Node, setcluster, setdiagram

from imprenta.figures.graphs.arrangement import ROOT
from imprenta.figures.graphs.crossings import JUMP
from imprenta.figures.graphs.dashes import ARROW, STROKES, Jumps, Line, Stroke, bend_path
from imprenta.figures.graphs.frame_shape import frame_border, title_centre
from imprenta.figures.graphs.icons import find_icon, icon_path
from imprenta.figures.graphs.label_placement import RADIUS
from imprenta.figures.graphs.laid_out import EDGE
from imprenta.figures.graphs.layout import Frame
from imprenta.figures.graphs.legend import ROW, SAMPLE, LegendEntry
from imprenta.figures.graphs.plan import CARD_PAD, CELL, ICON
from imprenta.figures.graphs.shapes import reach_outline, shape_of
from imprenta.figures.graphs.text_metrics import BOLD_FONT, LABEL_FONT, measure_text
from imprenta.figures.graphs.words import plain_words

if TYPE_CHECKING:
    from imprenta.figures.graphs.laid_out import GraphLayout
    from imprenta.figures.graphs.nets import Net, Point
    from imprenta.figures.graphs.word_placement import EdgeWords
    from imprenta.model.figure import Graph, TrafficClass

INK = "#20262d"
COLOURS = {
    "azul": "#1b4f91",
    "verde": "#2b7340",
    "naranja": "#b8560f",
    "rojo": "#a92b2b",
    "morado": "#6b3f99",
    "gris": "#5f6973",
    "negro": INK,
}
TINTS = ("#f3f5f8", "#e6ebf1", "#dbe2ea")
"""Grounds of groups by depth; light enough that print in grey keeps every line readable."""
DOT = 3.6
"""Diameter of the dot where a line branches, in points."""
SCALE = 4
"""Graphviz draws everything this much larger and shrinks the page (`size`): its text library sets letters on whole
pixels of 1/96 inch, which at 8 points leaves uneven gaps between them. Arrows' heads grow with the width of their
line above 4 units, so the scale must not be larger."""


class _Sheet(Diagram):  # type: ignore[misc]  # the package has no types
    """A diagram that is only described: nothing is rendered, no file is written or removed."""

    def __exit__(self, exc_type: Any, exc_value: Any, traceback: Any) -> None:
        """Leave the context in which nodes find their diagram."""
        setdiagram(None)
        setcluster(None)


def write_source(figure: Graph, layout: GraphLayout) -> str:
    """Return the DOT source of a drawing."""
    return _Writer(figure, layout).write()


class _Writer:
    def __init__(self, figure: Graph, layout: GraphLayout) -> None:
        self.figure = figure
        self.layout = layout
        self.nodes: dict[str, Node] = {}

    def write(self) -> str:
        layout = self.layout
        graph = {
            "splines": "line", "outputorder": "edgesfirst", "pad": "0", "margin": "0", "bgcolor": "white",
            "fontname": LABEL_FONT, "label": "", "bb": f"0,0,{layout.width * SCALE:g},{layout.height * SCALE:g}",
            "size": f"{layout.width / 72:.6f},{layout.height / 72:.6f}", "notranslate": "true",
        }  # fmt: skip
        node = {"fontname": LABEL_FONT, "fontsize": _size(layout.lettering.label), "fontcolor": INK,
            "labelloc": "c"}  # fmt: skip
        edge = {"fontname": LABEL_FONT}
        with _Sheet("figura", show=False, graph_attr=graph, node_attr=node, edge_attr=edge) as sheet:
            self._write_frame(layout.root, depth=-1)
            self._write_sheet_corners()
            for index, net in enumerate(layout.nets):
                self._write_net(net, index)
            for disc in layout.discs:
                net = layout.nets[disc.net]
                name = f"/numero-{net.number}-{disc.net}"
                self._write_disc(name, str(net.number), disc.x * CELL, disc.y * CELL, self._look_of(net)[1])
            for words in layout.words:
                self._write_words(words)
            for number, entry in enumerate(layout.legend):
                self._write_legend_entry(entry, number)
            return str(sheet.dot.source)

    def _pos(self, x: float, y: float) -> str:
        """Return a place given in points from the left top as Graphviz's, from the left bottom."""
        return f"{_size(x + EDGE)},{_size(self.layout.height - y - EDGE)}"

    def _write_frame(self, frame: Frame, depth: int) -> None:
        if frame.id == ROOT:
            self._write_children(frame, depth)
            return
        box = self.layout.placement.frames[frame.id]
        left, top, right, bottom = frame_border(box)
        title = plain_words(self.figure.groups[frame.id].title)
        size = self.layout.lettering.title
        title_x, title_y = title_centre(box, title, size)
        cluster = Cluster(
            f"<<B>{write_label(title)}</B>>",
            graph_attr={
                "bb": f"{self._pos(left * CELL, bottom * CELL)},{self._pos(right * CELL, top * CELL)}",
                "lp": self._pos(title_x, title_y),
                "bgcolor": TINTS[min(depth, len(TINTS) - 1)],
                "pencolor": "#9aa5b1", "penwidth": _size(0.6), "style": "rounded", "margin": "0",
                "fontname": BOLD_FONT, "fontsize": _size(size), "fontcolor": INK,
            },
        )  # fmt: skip
        # the label would be its name otherwise, and two groups may have the same title
        cluster.dot.name = f"cluster_{frame.id}"
        with cluster:
            self._write_children(frame, depth)

    def _write_children(self, frame: Frame, depth: int) -> None:
        for line in frame.lines:
            for child in line:
                if isinstance(child, Frame):
                    self._write_frame(child, depth + 1)
                else:
                    self._write_card(child.id)

    def _write_card(self, key: str) -> None:
        box = self.layout.placement.cards[key]
        x, y = box.centre
        lines = "<BR/>".join(write_label(line) for line in self.layout.labels[key])
        given = self.figure.nodes[key].icon
        icon = find_icon(str(given)) if given is not None else None
        shape = shape_of(self.figure.nodes[key].shape)
        attributes = {
            "pos": self._pos(x * CELL, y * CELL), "shape": shape.name, "style": shape.style, "fillcolor": "white",
            "color": "#7d8894", "penwidth": _size(0.7), "fixedsize": "true", "image": "",
            "width": _inches(box.w * CELL), "height": _inches(box.h * CELL),
        }  # fmt: skip
        if icon is None:
            self.nodes[key] = Node(f"<{lines}>", nodeid=key, **attributes)
            return
        text_width = max(measure_text(line, self.layout.lettering.label) for line in self.layout.labels[key])
        spare = max(CARD_PAD, (box.w * CELL - ICON - text_width) / 3)
        side, gap = _whole(ICON), _whole(min(spare, 2 * CARD_PAD))
        label = (
            '<<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="0"><TR>'
            f'<TD FIXEDSIZE="TRUE" WIDTH="{side}" HEIGHT="{side}">'
            f'<IMG SCALE="TRUE" SRC="{escape(icon_path(icon))}"/></TD>'
            f'<TD FIXEDSIZE="TRUE" WIDTH="{gap}" HEIGHT="{side}"></TD><TD>{lines}</TD></TR></TABLE>>'
        )
        self.nodes[key] = icon(label, nodeid=key, **attributes)

    def _write_sheet_corners(self) -> None:
        """Put a mark of no size in two corners, so that the page is exactly as large as the layout."""
        right, bottom = self.layout.width - EDGE, self.layout.height - EDGE
        for name, x, y in (("esquina-1", -EDGE, -EDGE), ("esquina-2", right, bottom)):
            self._write_point(f"/{name}", x, y)

    def _write_point(self, name: str, x: float, y: float, **more: str) -> Node:
        size = {
            "shape": "point",
            "style": "invis",
            "width": "0.001",
            "height": "0.001",
            "fixedsize": "true",
            "image": "",
        }
        return Node("", nodeid=name, pos=self._pos(x, y), **{**size, **more})

    def _look(self, key: str | None) -> tuple[Stroke, str]:
        """Return the stroke and the colour of a class of traffic."""
        traffic: TrafficClass | None = self.figure.classes.get(key) if key else None
        if traffic is None:
            return STROKES["continuo"], COLOURS["negro"]
        return STROKES[traffic.stroke], COLOURS[traffic.colour]

    def _look_of(self, net: Net) -> tuple[Stroke, str]:
        """Return the stroke and the colour of a line."""
        traffic = self.figure.edges[net.number - 1].traffic
        return self._look(str(traffic).strip() if traffic is not None else None)

    def _meet_shapes(self, path: list[Point], tail: str, head: str) -> list[tuple[float, float]]:
        """Return a path in points, each of its ends where it meets the outline of its node."""
        points = [(x * CELL, y * CELL) for x, y in path]
        for at, beside, key in ((0, 1, tail), (-1, -2, head)):
            box = self.layout.placement.cards[key]
            if box.x <= path[at][0] <= box.x + box.w and box.y <= path[at][1] <= box.y + box.h:
                points[at] = reach_outline(points[at], points[beside], box, self.figure.nodes[key].shape, CELL)
        return points

    def _write_net(self, net: Net, index: int) -> None:
        stroke, colour = self._look_of(net)
        for order, (path, (tail, head)) in enumerate(zip(net.paths, net.ends, strict=True)):
            arrow_at_start, arrow_at_end = net.arrows(order)
            points = self._meet_shapes(path, tail, head)
            line = bend_path(points, arrow_at_start=arrow_at_start, arrow_at_end=arrow_at_end, stroke=stroke,
                             jumps=self._jumps_of(index, order))  # fmt: skip
            look = {
                "color": colour, "fillcolor": colour, "arrowsize": _size(ARROW / 10), "penwidth": _size(stroke.width),
                "id": str(net.number),
            }  # fmt: skip
            one, two = self.nodes[tail], self.nodes[head]
            if arrow_at_start and stroke.dash:
                # Graphviz repeats the arrow at the start of a spline on all that follow it in the same edge
                back = line.last_dash_backwards()
                two.connect(one, Edge(forward=True, pos=self._spline(back), **look))
                line, arrow_at_start = line.without_start(), False
            edge = Edge(forward=arrow_at_end, reverse=arrow_at_start, pos=self._spline(line), **look)
            one.connect(two, edge)
            if order:
                x, y = net.joint(order)
                self._write_joint(f"/union-{net.number}-{index}-{order}", x * CELL, y * CELL, colour)

    def _jumps_of(self, index: int, order: int) -> Jumps:
        """Return where a path of a net jumps over other lines."""
        crossings = [one for one in self.layout.crossings if (one.over, one.path) == (index, order)]
        return Jumps([(float(one.x * CELL), float(one.y * CELL)) for one in crossings], JUMP * CELL)

    def _write_words(self, words: EdgeWords) -> None:
        """Write the words of a line on a ground of their own, which parts it."""
        name = f"/rotulo-{self.layout.nets[words.net].number}-{words.net}"
        size = {"width": _inches(words.width * CELL), "height": _inches(words.height * CELL), "fixedsize": "true"}
        look = {"shape": "box", "style": "filled", "fillcolor": "white", "penwidth": "0", "image": ""}
        lines = "<BR/>".join(map(write_label, words.lines))
        Node(f"<{lines}>", nodeid=name, pos=self._pos(words.x * CELL, words.y * CELL), **size, **look)

    def _write_disc(self, name: str, words: str, x: float, y: float, colour: str) -> None:
        side = _inches(2 * RADIUS * CELL)
        # digits have no descenders: a blank strip above brings them to the middle of the disc
        label = (
            '<<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="0"><TR><TD FIXEDSIZE="TRUE" WIDTH="1" '
            f'HEIGHT="{_whole(1.2)}"></TD></TR><TR><TD><B>{words}</B></TD></TR></TABLE>>'
        )
        Node(
            label, nodeid=name, pos=self._pos(x, y), shape="circle", fixedsize="true", width=side, height=side,
            style="filled", fillcolor="white", color=colour, penwidth=_size(0.6), fontname=BOLD_FONT,
            fontsize=_size(self.layout.lettering.number), fontcolor=INK, image="",
        )  # fmt: skip

    def _spline(self, line: Line) -> str:
        """Return a line as Graphviz's `pos`: one spline where the curves touch, more where they do not."""
        splines: list[list[str]] = []
        last = None
        for curve in line.curves:
            if curve[0] != last:
                splines.append([self._pos(*curve[0])])
            splines[-1] += [self._pos(*place) for place in curve[1:]]
            last = curve[3]
        if line.tip_end is not None:
            splines[-1].insert(0, f"e,{self._pos(*line.tip_end)}")
        if line.tip_start is not None:
            splines[0].insert(0, f"s,{self._pos(*line.tip_start)}")
        return ";".join(" ".join(places) for places in splines)

    def _write_legend_entry(self, entry: LegendEntry, number: int) -> None:
        x, y = entry.x, self.layout.legend_top + entry.y + ROW / 2
        if entry.sample == "número":
            self._write_disc("/leyenda-numero", "n", x + RADIUS * CELL, y, INK)
        else:
            stroke, colour = self._look(entry.traffic)
            right = x + SAMPLE[entry.sample]
            self._write_sample(f"/leyenda-{number}", [(x, y), (right, y)], stroke, colour)
            if entry.sample == "ramas":
                middle = (x + right) / 2
                self._write_sample(f"/leyenda-{number}-rama", [(middle, y), (middle, y + ROW / 3)], stroke, colour)
                self._write_joint(f"/leyenda-{number}-union", middle, y, colour)
        Node(
            f"<{write_label(entry.words)}>", nodeid=f"/leyenda-rotulo-{number}", shape="plaintext", fixedsize="true",
            image="", pos=self._pos(entry.words_x + entry.words_width / 2, y), height=_inches(ROW),
            width=_inches(entry.words_width + 1),
        )  # fmt: skip

    def _write_sample(self, name: str, ends: list[tuple[float, float]], stroke: Stroke, colour: str) -> None:
        """Write a straight line of the legend."""
        one, two = [self._write_point(f"{name}-{order}", *end) for order, end in enumerate(ends)]
        line = bend_path(ends, arrow_at_start=False, arrow_at_end=False, stroke=stroke)
        one.connect(two, Edge(color=colour, penwidth=_size(stroke.width), pos=self._spline(line)))

    def _write_joint(self, name: str, x: float, y: float, colour: str) -> None:
        """Write the dot where a line branches."""
        side = _inches(DOT)
        self._write_point(name, x, y, style="filled", width=side, height=side, color=colour, fillcolor=colour)


def write_label(words: str) -> str:
    r"""Return words as Graphviz's HTML-like labels show them; there too `\N`, `\G`, `\\` are signs of its own."""
    return escape(words).replace("\\", r"\\")


def _size(points: float) -> str:
    """Return a length in points as Graphviz is told it."""
    return f"{round(points * SCALE, 1):g}"


def _whole(points: float) -> int:
    """Return a length in points as a whole number, which is what tables in labels take."""
    return round(points * SCALE)


def _inches(points: float) -> str:
    return f"{points * SCALE / 72:.5f}"
