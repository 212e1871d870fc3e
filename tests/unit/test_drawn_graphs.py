"""Laid-out graphs, whatever is in them: lines stay in their frames and apart, numbers stand free; and their figures.

`IMPRENTA_REESCRIBE=1 pytest tests/unit/test_drawn_graphs.py` writes the table of figures anew: review it.
"""

from __future__ import annotations

import heapq
import io
import json
import os
import re
from itertools import combinations, pairwise
from math import hypot
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from imprenta.figures.graphs import annealing, routing
from imprenta.figures.graphs.crossings import Crossing, find_crossings
from imprenta.figures.graphs.dot_source import write_source
from imprenta.figures.graphs.drawing import lay_out_graph
from imprenta.figures.graphs.drawn_pdf import HEAVIEST, clean_pdf, measure_ink
from imprenta.figures.graphs.label_placement import RADIUS
from imprenta.figures.graphs.layout import place_cards
from imprenta.figures.graphs.legend import LegendWords
from imprenta.figures.graphs.nets import Net
from imprenta.figures.graphs.quality import measure_layout
from imprenta.load import read_yaml
from imprenta.load.validation import validate_tree
from imprenta.model.figure import GraphFigure
from imprenta.model.page import PAGE
from imprenta.words import SPANISH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from imprenta.figures.graphs.laid_out import GraphLayout
    from imprenta.figures.graphs.layout import Box, Placement

ROOT = Path(__file__).parents[2]
TABLE = ROOT / "docs/dibujos.md"
NUMBERED = [f"figures/{name}.yaml" for name in ("swarm", "kubernetes", "datadog", "prometheus")]
UNNUMBERED = [f"figures/{name}.yaml" for name in ("decision", "escalera")]
DRAWINGS = [
    *NUMBERED,
    *UNNUMBERED,
    *(f"docs/guia/ejemplos/grafos/figures/{name}.yaml" for name in ("collatz", "puerta")),
]
WORDS = LegendWords(SPANISH.palabras.numero_de_comunicacion, SPANISH.palabras.ramas_de_linea)
MOST_FITTING = 9
"""Lines that always fit: more may end at one card than it has room for around it."""
CLOSE, LONG = 2, 12
"""Cells under which two lines are close, and over which they run beside each other for long."""


def _read(text: str) -> GraphFigure:
    figure, problems = validate_tree(GraphFigure, read_yaml(text, "figures/g.yaml"))
    assert figure is not None
    assert problems == []
    return figure


def _lay_out(figure: GraphFigure, words: LegendWords = WORDS) -> GraphLayout:
    layout = lay_out_graph(figure, *PAGE.figure_room(landscape=figure.landscape), words)
    assert layout is not None
    return layout


@st.composite
def graphs(draw: st.DrawFn) -> dict[str, Any]:
    """Return a graph of two to nine nodes, some in groups and in groups of groups, as its author would write it."""
    groups = [f"g{index}" for index in range(draw(st.integers(0, 3)))]
    nodes = [f"n{index}" for index in range(draw(st.integers(2, 9)))]
    inside = {group: draw(st.sampled_from(groups[:index] or [""])) for index, group in enumerate(groups)}
    ends = st.lists(st.sampled_from(nodes), min_size=1, max_size=2, unique=True)
    edges = draw(st.lists(st.tuples(ends, ends), min_size=1, max_size=9))
    edges += [edges[0]] * draw(st.sampled_from([0, 0, 0, 0, 0, 2, 6]))
    return {
        "pie": "P",
        "orientacion": draw(st.sampled_from(["vertical", "horizontal"])),
        "clases": {"a": {"titulo": "A", "color": "azul"}, "b": {"titulo": "B", "color": "verde"}},
        "grupos": {key: {"titulo": key} | ({"dentro_de": inside[key]} if inside[key] else {}) for key in groups},
        "nodos": {
            key: {"titulo": f"Nodo {key}"} | draw(st.sampled_from([{}, *({"grupo": group} for group in groups)]))
            for key in nodes
        },
        "aristas": [
            {"de": tails, "a": heads, "clase": draw(st.sampled_from("ab"))}
            for tails, heads in edges
            if not set(tails) & set(heads)
        ],
    }  # fmt: skip


@pytest.mark.timeout(900)
@settings(max_examples=settings().max_examples // 4)
@given(graphs())
def test_any_graph_is_drawn_by_the_rules(data: dict[str, Any]) -> None:
    figure = _read(json.dumps(data))
    assume(len(figure.edges) <= MOST_FITTING or _fits(figure))
    layout = _lay_out(figure)
    assert [net.number for net in layout.nets if _leaves_its_frame(net, layout)] == []
    assert [disc.net for disc in layout.discs if _meets_a_border(disc.x, disc.y, layout)] == []
    assert [pair for pair in combinations(layout.nets, 2) if _run_together(*pair)] == []
    assert layout.crossings == [crossing for crossing in layout.crossings if crossing.over != crossing.under]
    assert write_source(figure, layout) == write_source(figure, _lay_out(figure))


def _fits(figure: GraphFigure) -> bool:
    return lay_out_graph(figure, *PAGE.figure_room(landscape=figure.landscape), WORDS) is not None


def _leaves_its_frame(net: Net, layout: GraphLayout) -> bool:
    ends = [layout.placement.cards[key] for key in (*net.tails, *net.heads)]
    homes = [box for box in layout.placement.frames.values() if all(map(box.holds, ends))]
    return any(
        not (box.x < x < box.x + box.w and box.y < y < box.y + box.h)
        for path in net.paths
        for x, y in path
        for box in homes
    )


def _meets_a_border(x: float, y: float, layout: GraphLayout) -> bool:
    def away(box: Box) -> float:
        left, top, right, bottom = box.x + 0.5, box.y + 0.5, box.x + box.w - 0.5, box.y + box.h - 0.5
        inside = min(x - left, right - x, y - top, bottom - y)
        return inside if inside > 0 else hypot(max(left - x, x - right, 0), max(top - y, y - bottom, 0))

    return any(away(box) < RADIUS for box in layout.placement.frames.values())


def _run_together(one: Net, two: Net) -> bool:
    """Tell whether two lines of one colour run close to each other for long."""
    if one.colour != two.colour or not one.colour:
        return False
    return any(
        abs(a[axis] - b[axis]) < CLOSE and min(a[3 - axis], b[3 - axis]) - max(a[1 - axis], b[1 - axis]) > LONG
        for a in _stretches(one)
        for b in _stretches(two)
        for axis in (0, 1)
        if a[axis] == a[axis + 2] and b[axis] == b[axis + 2]
    )


def _stretches(net: Net) -> Iterator[tuple[int, int, int, int]]:
    """Yield left, top, right and bottom of the straight stretches of a net."""
    for path in net.paths:
        for (x0, y0), (x1, y1) in pairwise(path):
            yield min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


@pytest.mark.parametrize("count", [2, 9])
def test_parallel_edges_between_two_nodes_keep_apart(count: int) -> None:
    edges = ", ".join(["{de: a, a: b, clase: c}"] * count)
    layout = _lay_out(_read(
        "pie: P\norientacion: horizontal\nclases: {c: {titulo: C, color: azul}}\n"
        f"nodos: {{a: {{titulo: A}}, b: {{titulo: B}}}}\naristas: [{edges}]\n"
    ))  # fmt: skip
    assert len(layout.nets) == count
    assert [pair for pair in combinations(layout.nets, 2) if _run_together(*pair)] == []


@pytest.mark.parametrize(("orientation", "count"), [("horizontal", 9), ("vertical", 10)])
@pytest.mark.parametrize("traffic", ["", ", clase: c"])
def test_a_frame_grows_for_lines_that_have_no_way_in_it(orientation: str, count: int, traffic: str) -> None:
    edges = ", ".join([f"{{de: a, a: b{traffic}}}"] * count)
    layout = _lay_out(_read(
        f"pie: P\norientacion: {orientation}\ngrupos: {{g: {{titulo: G}}}}\nclases: {{c: {{titulo: C, color: azul}}}}\n"
        "nodos: {a: {titulo: A, grupo: g}, b: {titulo: B, grupo: g}, c: {titulo: C}}\n"
        f"aristas: [{edges}, {{de: c, a: a}}]\n"
    ))  # fmt: skip
    assert len(layout.nets) == count + 1
    assert [pair for pair in combinations(layout.nets, 2) if _run_together(*pair)] == []
    assert [net.number for net in layout.nets if _leaves_its_frame(net, layout)] == []
    assert [disc.net for disc in layout.discs if _meets_a_border(disc.x, disc.y, layout)] == []


def test_an_edge_branches_between_neighbouring_nodes() -> None:
    nodes = {f"n{i}": {"titulo": f"Nodo n{i}"} | ({"grupo": "g"} if i in {2, 5} else {}) for i in range(6)}
    edges = [{"de": ["n1", "n0"], "a": ["n3"]}]
    groups = {"g": {"titulo": "g0"}}
    layout = _lay_out(_read(json.dumps({"pie": "P", "grupos": groups, "nodos": nodes, "aristas": edges})))
    assert [len(net.paths) for net in layout.nets] == [2]


def test_the_line_that_runs_across_jumps() -> None:
    across = Net(1, ["a"], ["b"], paths=[[(0, 5), (9, 5)]])
    down = Net(2, ["c"], ["d"], paths=[[(4, 0), (4, 9), (7, 9)]])
    beside = Net(3, ["e"], ["f"], paths=[[(6, 0), (6, 5)]])  # it ends on the line: no crossing
    assert find_crossings([down, across, beside]) == [Crossing(1, 0, 0, 4, 5)]


def test_a_line_in_a_frame_goes_a_longer_way_inside() -> None:
    between = "".join(f"  m{i}: {{titulo: Uno en medio, grupo: g}}\n" for i in range(3))
    figure = _read(
        "pie: P\ngrupos: {g: {titulo: G}}\nnodos:\n  a: {titulo: A, grupo: g}\n"
        f"{between}  b: {{titulo: B, grupo: g}}\n  c: {{titulo: C}}\n"
        "aristas:\n  - {de: a, a: b}\n  - {de: b, a: a}\n  - {de: a, a: b}\n  - {de: c, a: [a, b]}\n"
        "disposicion: {filas: [[c], [a, m0, m1, m2, b]]}\n"
    )
    layout = _lay_out(figure)
    assert [net.number for net in layout.nets if _leaves_its_frame(net, layout)] == []


def test_the_legend_tells_of_branches_if_there_are_any() -> None:
    text = "pie: P\nnodos: {a: {titulo: A}, b: {titulo: B}, c: {titulo: C}}\naristas: [{de: a, a: %s}]\n"
    told = {heads: [entry.words for entry in _lay_out(_read(text % heads)).legend] for heads in ("b", "[b, c]")}
    assert told == {"b": [WORDS.number], "[b, c]": [WORDS.number, WORDS.branches]}
    assert _lay_out(_read(text % "[b, c]"), LegendWords("", WORDS.branches)).legend == []


def test_a_picture_is_as_dark_as_what_of_it_is_seen() -> None:
    black, white = [[b"\0\0\0"] * 4] * 4, [[b"\xff\xff\xff"] * 4] * 4
    assert measure_ink(black) == 1
    assert measure_ink(white) == 0
    assert measure_ink(black, [[b"\x33"] * 4] * 4) == pytest.approx(0.2)


def test_a_black_picture_is_mixed_with_white_and_a_light_one_is_left() -> None:
    drawing = pikepdf.new()
    looks = {"black": (b"\0" * 8, 1), "grey": (b"\xc0" * 64, 8), "white": (b"\xff" * 8, 1)}
    icons = {
        name: pikepdf.Stream(drawing, data, Subtype=pikepdf.Name.Image, Width=8, Height=8, BitsPerComponent=bits,
                             ColorSpace=pikepdf.Name.DeviceGray)
        for name, (data, bits) in looks.items()
    }  # fmt: skip
    page = drawing.add_blank_page(page_size=(90, 60))
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary({f"/{name}": icon for name, icon in icons.items()}))
    written = io.BytesIO()
    drawing.save(written)
    with pikepdf.open(io.BytesIO(clean_pdf(written.getvalue()))) as cleaned:
        found = cleaned.pages[0].Resources.XObject
        assert [float(level) for level in found.black.Decode] == pytest.approx([1 - HEAVIEST, 1])
        assert "/Decode" not in found.grey
        assert "/Decode" not in found.white


@pytest.mark.parametrize(
    ("count", "groups", "states"),
    [(30, 0, 100_000), *(pytest.param(60, groups, 3_000_000, marks=pytest.mark.proof) for groups in (0, 6))],
)
def test_many_nodes_are_laid_out_with_little_work(
    count: int, groups: int, states: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sixty lines between sixty fit on a page; in six groups they do not, which must not take longer to find out."""
    nodes = {
        f"n{i}": {"titulo": f"Nodo {i}"} | ({"grupo": f"g{i * groups // count}"} if groups else {})
        for i in range(count)
    }
    pairs = [(i, i + 1) for i in range(0, count, 2)]
    pairs += [((i * 7 + 3) % count, (i * 11 + 20) % count) for i in range(count // 2)]
    figure = _read(json.dumps({
        "pie": "P",
        "grupos": {f"g{group}": {"titulo": f"Zona {group}"} for group in range(groups)},
        "nodos": nodes,
        "aristas": [{"de": f"n{tail}", "a": f"n{head}"} for tail, head in pairs],
    }))  # fmt: skip
    taken = tried = 0

    def take(heap: list[int]) -> int:
        nonlocal taken
        taken += 1
        return heapq.heappop(heap)

    def place(*given: Any, **more: Any) -> Placement:
        nonlocal tried
        tried += 1
        return place_cards(*given, **more)

    monkeypatch.setattr(routing, "heappop", take)
    monkeypatch.setattr(annealing, "place_cards", place)
    layout = lay_out_graph(figure, *PAGE.figure_room(landscape=False), WORDS)
    assert (layout is None) == bool(groups)
    # a million states of A* take 1.5 s on a machine of 2026, a thousand placements 0.5 s
    assert taken < states
    assert tried < 10_000


def test_the_figures_of_the_drawings_are_published() -> None:
    graphs = [path for path in sorted(ROOT.glob("figures/*.yaml")) if re.search("(?m)^nodos:", path.read_text("utf-8"))]
    assert {f"figures/{path.name}" for path in graphs} == {*NUMBERED, *UNNUMBERED}
    rows = []
    for path in DRAWINGS:
        words = WORDS if path in NUMBERED else LegendWords("", WORDS.branches)
        found = measure_layout(_lay_out(_read((ROOT / path).read_text("utf-8")), words))
        told = (found.crossings, found.bends, found.length, f"{found.density:.1%}", "{} × {}".format(*found.size))
        cells = [str(cell).replace(".", ",").replace("%", " %") for cell in told]
        rows.append(f"| {Path(path).stem} | {' | '.join(cells)} |")
    head, line, _ = TABLE.read_text("utf-8").partition("|---|---:|---:|---:|---:|---:|\n")
    written = head + line + "\n".join(rows) + "\n"
    if os.environ.get("IMPRENTA_REESCRIBE"):
        TABLE.write_text(written, "utf-8")
    assert TABLE.read_text("utf-8") == written
