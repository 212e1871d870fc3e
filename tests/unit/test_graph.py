"""Graphs as data: their problems, their texts, the source for Graphviz, and the four drawings of the report."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
from functools import lru_cache
from pathlib import Path
from random import Random

import pikepdf
import pytest
from graph_overlaps import find_overlaps, list_letter_sizes
from hypothesis import given, settings
from hypothesis import strategies as st

from imprenta.figures.error import FigureError
from imprenta.figures.graphs.alternative import describe_graph, list_communications
from imprenta.figures.graphs.checks import check_graph
from imprenta.figures.graphs.dot_source import write_source
from imprenta.figures.graphs.drawing import draw_graph, lay_out_graph
from imprenta.figures.graphs.drawn_pdf import clean_pdf
from imprenta.figures.graphs.laid_out import GraphLayout
from imprenta.figures.graphs.layout import Box
from imprenta.figures.graphs.legend import LegendWords, used_classes
from imprenta.figures.graphs.plan import plan_nets
from imprenta.figures.graphs.shapes import reach_outline
from imprenta.figures.graphs.words import plain_words
from imprenta.load import read_yaml
from imprenta.load.validation import validate_tree
from imprenta.model.figure import GraphFigure, ShapeName
from imprenta.model.page import PAGE
from imprenta.words import SPANISH

ROOT = Path(__file__).parents[2]
DRAWINGS = ["swarm", "kubernetes", "datadog", "prometheus"]
SMALL = """
pie: Prueba
clases: {control: {titulo: Control, color: azul}, datos: {titulo: Datos, trazo: discontinuo}, sobra: {titulo: Sobra}}
grupos: {uno: {titulo: "Grupo «uno» & <dos>"}, vacio: {titulo: Vacío}}
nodos:
  a: {titulo: "*Nodo* A", icono: onprem.container.Docker, grupo: uno}
  b: {titulo: "B < C & D", grupo: uno}
  c: {titulo: Fuera}
  d: {titulo: Fuera}
aristas:
  - {de: a, a: b, clase: control, protocolo: gRPC, puerto: 2377/tcp, cifrado: TLS, descripcion: Latidos}
  - {de: [a, b], a: [c, d], sentido: doble, clase: datos}
  - {de: c, a: [a, b, d], sentido: ninguno}
"""


def _graph(text: str) -> GraphFigure:
    figure, problems = validate_tree(GraphFigure, read_yaml(text, "figures/prueba.yaml"))
    assert problems == []
    assert figure is not None
    return figure


def _drawing(name: str) -> GraphFigure:
    return _graph((ROOT / "figures" / f"{name}.yaml").read_text(encoding="utf-8"))


@lru_cache(maxsize=len(DRAWINGS))
def _laid_out(name: str) -> tuple[GraphFigure, GraphLayout]:
    figure = _drawing(name)
    return figure, _layout(figure)


WORDS = LegendWords(SPANISH.palabras.numero_de_comunicacion, SPANISH.palabras.ramas_de_linea)


def _layout(figure: GraphFigure, words: LegendWords = WORDS) -> GraphLayout:
    width, height = PAGE.figure_room(landscape=figure.landscape)
    layout = lay_out_graph(figure, width, height, words)
    assert layout is not None
    return layout


needs_dot = pytest.mark.skipif(shutil.which("dot") is None, reason="Graphviz is not installed")


def _run(command: list[str], data: bytes) -> bytes:
    done = subprocess.run(command, input=data, capture_output=True, check=True)
    assert not done.stderr or "-Tjson" in command, done.stderr.decode()
    return done.stdout


def _described(source: str) -> bytes:
    return _run(["dot", "-Kneato", "-n2", "-Tjson"], source.encode())


def test_a_sound_graph_has_no_problems_but_what_is_not_drawn() -> None:
    told = [(problem.code, problem.place.line) for problem in check_graph(_graph(SMALL))]
    assert told == [("parte-sin-dibujar", 4), ("parte-sin-dibujar", 3)]
    sound = SMALL.replace(", vacio: {titulo: Vacío}", "").replace(", sobra: {titulo: Sobra}", "")
    assert check_graph(_graph(sound)) == []
    twice = check_graph(_graph(sound + "disposicion: {filas: [[a, b], [c, a]]}\n"))
    assert [(problem.code, problem.place.column) for problem in twice] == [("parte-sin-dibujar", 35)]


# What Graphviz has signs of its own for, HTML, and letters that another font lends.
LABELS = [
    r"C:\\Nuevo \\G \\E", r"\\T\\H\\L \\\\srv", r"a\n b\l c\r", "&amp; &#65; &x;", "<b>x</b><BR/>", "\"com\" 'x'",
    "{a|b}", "αβ Ω ≤ ⇒ ‰", "H₂O m² −3", "Ştefan Łódź",
]  # fmt: skip


@needs_dot
@pytest.mark.tex
def test_every_sign_of_a_label_is_drawn_in_nodes_groups_and_legend(tmp_path: Path) -> None:
    _draw_labels(LABELS, tmp_path)


@needs_dot
@pytest.mark.tex
@given(st.lists(st.text(r"\NGETHLnlr&;#<>/\"'{}|$%-_.:=?! aé1", min_size=1, max_size=14), min_size=2, max_size=5))
@settings(max_examples=settings().max_examples // 6)
def test_any_label_is_drawn_as_typed(tmp_path_factory: pytest.TempPathFactory, labels: list[str]) -> None:
    _draw_labels([f"a{label}z" for label in labels], tmp_path_factory.mktemp("graph"))


def _draw_labels(words: list[str], folder: Path) -> None:
    """Draw a graph with these labels in its nodes, groups and legend, and read all of them back."""
    labels = dict(enumerate(words))
    figure = _graph(json.dumps({
        "pie": "P",
        "clases": {f"c{i}": {"titulo": label} for i, label in labels.items()},
        "grupos": {f"g{i}": {"titulo": label} for i, label in labels.items()},
        "nodos": {f"n{i}": {"titulo": label, "grupo": f"g{i}"} for i, label in labels.items()},
        "aristas": [{"de": f"n{i}", "a": f"n{(i + 1) % len(labels)}", "clase": f"c{i}"} for i in labels],
    }))  # fmt: skip
    room = PAGE.figure_room(landscape=False)
    # `_run` fails if dot warns
    drawn = draw_graph(figure, _run, text_width_pt=room[0], text_height_pt=room[1], legend_words=WORDS)
    (folder / "g.pdf").write_bytes(drawn.pdf)
    said = subprocess.run(["pdftotext", "-raw", folder / "g.pdf", "-"], capture_output=True, text=True, check=True)
    read = "".join(said.stdout.split())
    for node in figure.nodes.values():
        assert read.count("".join(plain_words(node.title).split())) >= 3, node.title.value


@pytest.mark.parametrize(
    ("old", "new", "code", "hint"),
    [
        ("onprem.container.Docker", "onprem.container.Doker", "icono-desconocido", "¿«onprem.container.Docker»?"),
        ("onprem.container.Docker", "Docker", "icono-desconocido", "Docker»?"),
        ("onprem.container.Docker", "zzz", "icono-desconocido", "proveedor.tipo.Nombre"),
        ("grupo: uno}\n  b", "grupo: unos}\n  b", "grupo-desconocido", "¿«uno»?"),
        ("de: a, a: b", "de: a, a: x", "nodo-desconocido", "a, b, c, d"),
        ("clase: datos", "clase: dato", "clase-desconocida", "¿«datos»?"),
        ("vacio: {titulo: Vacío}", "vacio: {titulo: Vacío, dentro_de: vacio}", "grupo-circular", "dentro_de"),
    ],
)
def test_each_mistake_is_one_problem_at_its_place(old: str, new: str, code: str, hint: str) -> None:
    text = SMALL.replace(old, new, 1)
    problems = [problem for problem in check_graph(_graph(text)) if problem.code != "parte-sin-dibujar"]
    assert [problem.code for problem in problems] == [code]
    assert hint in problems[0].hint
    line = text.splitlines()[problems[0].place.line - 1]
    assert new.split("\n")[0].split()[-1].strip("{},") in line


def test_a_circle_of_groups_is_told_once() -> None:
    text = "pie: P\ngrupos:\n  a: {titulo: A, dentro_de: b}\n  b: {titulo: B, dentro_de: a}\nnodos: {n: {titulo: N}}\n"
    problems = check_graph(_graph(text))
    assert [(problem.code, problem.place.line) for problem in problems] == [("grupo-circular", 3)]
    assert "«a» → «b» → «a»" in problems[0].message


def test_as_many_tails_as_heads_are_joined_one_to_one() -> None:
    layout = _layout(_graph(SMALL))
    joined = [(net.number, net.tails, net.heads) for net in layout.nets]
    assert joined == [(1, ["a"], ["b"]), (2, ["a"], ["c"]), (2, ["b"], ["d"]), (3, ["c"], ["a", "b", "d"])]


def test_the_legend_holds_only_classes_in_use() -> None:
    figure = _graph(SMALL)
    assert used_classes(figure) == ["control", "datos"]
    told = ["Control", "Datos", "número de la comunicación", "ramas de una misma línea"]
    assert [entry.words for entry in _layout(figure).legend] == told


def test_the_source_escapes_labels_and_names_nodes_as_the_author() -> None:
    figure = _graph(SMALL)
    source = write_source(figure, _layout(figure))
    assert "B &lt; C &amp; D" in source
    assert "Grupo «uno» &amp; &lt;dos&gt;" in source
    assert "Nodo A" in source
    assert "cluster_uno" in source
    assert "cluster_vacio" not in source
    assert source == write_source(figure, _layout(figure))


def test_the_alternative_text_tells_counts_groups_and_communications() -> None:
    words = describe_graph(_graph(SMALL))
    assert "Tiene 4 elementos, 2 grupos y 3 comunicaciones numeradas." in words
    assert "Grupo Grupo «uno» & <dos>: Nodo A y B < C & D." in words
    assert "1: de Nodo A a B < C & D (gRPC; 2377/tcp; TLS). Latidos." in words
    assert "2: entre Nodo A y B < C & D y Fuera, en los dos sentidos." in words


def test_communications_carry_titles_and_numbers() -> None:
    rows = list_communications(_graph(SMALL))
    assert [row.number for row in rows] == [1, 2, 3]
    assert [str(title) for title in rows[2].heads] == ["*Nodo* A", "B < C & D", "Fuera"]


def test_a_graph_too_large_for_the_page_is_a_problem() -> None:
    nodes = "".join(f"  n{i}: {{titulo: Un nodo con un rótulo bastante largo}}\n" for i in range(150))
    with pytest.raises(FigureError) as caught:
        draw_graph(_graph(f"pie: P\nnodos:\n{nodes}"), _run, text_width_pt=470, text_height_pt=580)
    assert [problem.code for problem in caught.value.problems] == ["figura-no-cabe"]
    assert "150 nodos" in caught.value.problems[0].message


def test_a_chain_that_runs_to_the_right_has_room_for_a_line_back() -> None:
    figure = _graph(
        "pie: x\norientacion: horizontal\n"
        "nodos: {a: {titulo: Sensor}, b: {titulo: Pasarela}, c: {titulo: Servidor}, d: {titulo: Usuario}}\n"
        "aristas:\n  - {de: a, a: b}\n  - {de: b, a: c}\n  - {de: c, a: [d, b], sentido: doble}\n"
    )
    cards = _layout(figure).placement.cards
    assert [name for name, box in sorted(cards.items(), key=lambda item: item[1].x)] == ["a", "b", "c", "d"]
    assert len({box.centre[1] for box in cards.values()}) == 1


@settings(max_examples=settings().max_examples // 4)
@given(st.integers(2, 9), st.sampled_from(["vertical", "horizontal"]), st.randoms(use_true_random=False))
def test_a_small_graph_without_hints_always_fits(size: int, orientation: str, random: Random) -> None:
    nodes = "".join(f"  n{number}: {{titulo: Servidor {number}}}\n" for number in range(size))
    edges = "".join("  - {{de: n{}, a: n{}}}\n".format(*random.sample(range(size), 2)) for _ in range(size))
    figure = _graph(f"pie: x\norientacion: {orientation}\nnodos:\n{nodes}aristas:\n{edges}")
    assert all(disc.free for disc in _layout(figure).discs)


def cairo_pdf(*, year: str, packed: bool) -> bytes:
    """Return a PDF as cairo writes it: up to 1.16 plain, from 1.18 on with its objects packed, as of PDF 1.7."""
    drawing = pikepdf.new()
    drawing.add_blank_page(page_size=(90, 60))
    picture = pikepdf.Stream(drawing, b"\0\0\0", Type=pikepdf.Name.XObject, Width=1, Height=1, Interpolate=True)
    drawing.pages[0].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(x5=picture))
    drawing.docinfo["/CreationDate"] = f"D:{year}1123095524Z"
    written = io.BytesIO()
    mode = pikepdf.ObjectStreamMode.generate if packed else pikepdf.ObjectStreamMode.disable
    drawing.save(written, object_stream_mode=mode, min_version="1.7" if packed else "1.5")
    return written.getvalue()


def test_a_drawing_has_one_form_whenever_and_whichever_cairo_wrote_it() -> None:
    first = clean_pdf(cairo_pdf(year="2026", packed=False))
    assert first == clean_pdf(cairo_pdf(year="2031", packed=False)) == clean_pdf(cairo_pdf(year="2031", packed=True))
    assert first.startswith(b"%PDF-1.5")
    for left in (b"CreationDate", b"Interpolate", b"ObjStm"):
        assert left not in first


@pytest.mark.parametrize("name", DRAWINGS)
def test_the_drawings_of_the_report_are_sound(name: str) -> None:
    figure, layout = _laid_out(name)
    assert check_graph(figure) == []
    assert all(edge.citations for edge in figure.edges)
    assert 12 <= len(figure.edges) <= 20
    assert layout.width <= PAGE.figure_room(landscape=figure.landscape)[0]
    assert layout.height <= PAGE.figure_room(landscape=figure.landscape)[1]
    assert all(disc.free for disc in layout.discs)


@needs_dot
@pytest.mark.tex
@pytest.mark.parametrize("name", DRAWINGS)
def test_no_label_lies_on_another_and_no_letter_is_under_7_points(name: str) -> None:
    described = _described(write_source(*_laid_out(name)))
    assert find_overlaps(described) == []
    assert list_letter_sizes(described)[0] >= 7


@needs_dot
@pytest.mark.tex
@pytest.mark.parametrize("name", DRAWINGS)
def test_a_drawing_has_its_size_and_always_the_same_bytes(name: str) -> None:
    figure = _drawing(name)
    width, height = PAGE.figure_room(landscape=figure.landscape)
    drawn = draw_graph(figure, _run, text_width_pt=width, text_height_pt=height, legend_words=WORDS)
    assert drawn.pdf == clean_pdf(_run(["dot", "-Kneato", "-n2", "-Tpdf"], write_source(*_laid_out(name)).encode()))
    box = re.search(rb"/MediaBox \[ 0 0 (\S+) (\S+) \]", drawn.pdf)
    assert box is not None
    assert (float(box[1]), float(box[2])) == pytest.approx((drawn.width, drawn.height), abs=1)


@needs_dot
@pytest.mark.tex
def test_overlaps_are_found() -> None:
    figure = _graph(SMALL)
    layout = _layout(figure)
    source = write_source(figure, layout)
    assert find_overlaps(_described(source)) == []
    place = re.search(r'\bb \[.*? pos="([^"]+)"', source, re.DOTALL)
    assert place is not None
    moved = re.sub(r'(\ta \[.*? pos=")[^"]+', rf"\g<1>{place[1]}", source, count=1, flags=re.DOTALL)
    kinds = {overlap.kind for overlap in find_overlaps(_described(moved))}
    assert "nodo sobre nodo" in kinds
    number = re.search(r'"/numero-1-0" \[.*? pos="([^"]+)"', source, re.DOTALL)
    assert number is not None
    stacked = re.sub(r'("/numero-2-1" \[.*? pos=")[^"]+', rf"\g<1>{number[1]}", source, count=1, flags=re.DOTALL)
    assert "número sobre número" in {overlap.kind for overlap in find_overlaps(_described(stacked))}


@needs_dot
@pytest.mark.tex
@pytest.mark.parametrize("name", ["datadog", "prometheus"])
def test_a_graph_without_hints_comes_out_well(name: str) -> None:
    text = (ROOT / "figures" / f"{name}.yaml").read_text(encoding="utf-8")
    figure = _graph(text[: text.index("disposicion:")])
    layout = _layout(figure)
    assert find_overlaps(_described(write_source(figure, layout))) == []


@needs_dot
@pytest.mark.tex
@pytest.mark.parametrize(
    ("orientation", "landscape"), [("horizontal", "sí"), pytest.param("vertical", "no", marks=pytest.mark.proof)]
)
def test_25_nodes_and_25_edges_without_hints_fit_on_one_page(orientation: str, landscape: str) -> None:
    layers = ["web", "negocio", "datos", "colas", "vigilancia"]
    groups = "".join(f"  {layer}: {{titulo: Capa de {layer}}}\n" for layer in layers)
    nodes = "".join(f"  n{i}: {{titulo: Componente número {i}, grupo: {layers[i // 5]}}}\n" for i in range(25))
    pairs = [(i, i + 1) for i in range(0, 24, 2)] + [(i, (i * 7 + 5) % 25) for i in range(13)]
    edges = "".join(f"  - {{de: n{tail}, a: n{head}}}\n" for tail, head in pairs if tail != head)
    text = (
        f"pie: P\norientacion: {orientation}\napaisada: {landscape}\ngrupos:\n{groups}nodos:\n{nodes}aristas:\n{edges}"
    )
    figure = _graph(text)
    described = _described(write_source(figure, _layout(figure)))
    assert len(figure.edges) == 25
    assert find_overlaps(described) == []
    assert list_letter_sizes(described)[0] >= 7


FLOW = """\
pie: P
nodos:
  inicio: {titulo: Inicio, forma: ovalo}
  par: {titulo: "¿n es par?", forma: rombo}
  divide: {titulo: n ← n / 2, forma: rectangulo}
  triple: {titulo: n ← 3n + 1, forma: documento}
  uno: {titulo: "¿n = 1?", forma: rombo}
  base: {titulo: Base, forma: cilindro}
  fin: {titulo: Fin, forma: circulo}
aristas:
  - {de: inicio, a: par}
  - {de: par, a: divide, rotulo: Sí}
  - {de: par, a: triple, rotulo: No}
  - {de: [divide, triple], a: uno}
  - {de: uno, a: fin, rotulo: Sí, clase: fuerte}
  - {de: uno, a: par, rotulo: No, clase: fuerte}
  - {de: uno, a: base, rotulo: guarda el resultado}
clases: {fuerte: {titulo: Fuerte, trazo: discontinuo}}
disposicion: {filas: [[inicio], [par], [divide, triple], [uno], [base, fin]]}
"""


@needs_dot
@pytest.mark.tex
@pytest.mark.parametrize("words", [LegendWords(), WORDS])
@pytest.mark.parametrize("orientation", ["vertical", "horizontal"])
def test_words_on_arrows_stand_free_and_lines_meet_the_outlines_of_shapes(orientation: str, words: LegendWords) -> None:
    figure = _graph(f"{FLOW}orientacion: {orientation}\n")
    layout = _layout(figure, words)
    said = [" ".join(edge_words.lines) for edge_words in layout.words]
    assert said == ["Sí", "No", "Sí", "No", "guarda el resultado"]
    assert all(edge_words.free for edge_words in layout.words)
    assert len(layout.discs) == (len(layout.nets) if words.number else 0)
    described = json.loads(_described(write_source(figure, layout)))
    assert find_overlaps(json.dumps(described).encode()) == []
    shapes = {thing["name"]: thing["shape"] for thing in described["objects"] if thing["name"] in figure.nodes}
    assert shapes == {"inicio": "ellipse", "par": "diamond", "divide": "box", "triple": "note", "uno": "diamond",
                      "base": "cylinder", "fin": "ellipse"}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "end", "before", "met"),
    [
        ("rombo", (32, 0), (32, -40), (32, 0)),  # a vertex
        ("rombo", (48, 0), (48, -40), (48, 8)),  # halfway to the next one
        ("ovalo", (0, 16), (-40, 16), (0, 16)),
        ("circulo", (32 + 19.2, 32), (32 + 19.2, 60), (51.2, 28.8)),  # 0.6 aside: 0.8 of the half
        ("cilindro", (8, 0), (8, -40), (8, 0)),
        (None, (8, 0), (8, -40), (8, 0)),
    ],
)
def test_a_line_ends_where_a_shape_is(
    name: ShapeName | None, end: tuple[float, float], before: tuple[float, float], met: tuple[float, float]
) -> None:
    box = Box(0, 0, 8, 4)  # 64 by 32 points, round (32, 16)
    assert reach_outline(end, before, box, name, 8.0) == pytest.approx(met)


def test_arrows_may_be_left_out_of_the_whole_graph() -> None:
    figure = _graph(FLOW + "sentido: ninguno\n")
    assert {net.direction for net in _layout(figure, LegendWords()).nets} == {"ninguno"}
    assert "Entre Inicio y ¿n es par?." in describe_graph(figure, numbered=False)
    assert "1: entre Inicio y ¿n es par?." in describe_graph(figure)


def test_a_step_of_a_flow_chart_owes_no_source_and_a_communication_does() -> None:
    figure = _graph("pie: P\nnodos: {a: {titulo: A}, b: {titulo: B}}\naristas:\n"
                    "  - {de: a, a: b, rotulo: Sí}\n  - {de: a, a: b, rotulo: Sí, descripcion: Pide}\n"
                    "  - {de: a, a: b}\n")  # fmt: skip
    assert [statement.place.line for statement in figure.statements()] == [5, 6]


def test_a_node_is_joined_to_itself_and_to_the_others_of_its_entry() -> None:
    text = "pie: Uno\nnodos: {a: {titulo: A}, b: {titulo: B}, c: {titulo: C}}\naristas:\n"
    entries = ("{de: a, a: a}", "{de: [a, b], a: a}", "{de: a, a: [a, c]}", "{de: [a, b], a: [a, b]}")
    figure = _graph(text + "".join(f"  - {entry}\n" for entry in entries))
    assert check_graph(figure) == []
    nets = [(net.number, "".join(net.tails), "".join(net.heads)) for net in plan_nets(figure)]
    assert nets == [
        (1, "a", "a"), (2, "a", "a"), (2, "b", "a"), (3, "a", "c"), (3, "a", "a"), (4, "a", "a"), (4, "b", "b"),
    ]  # fmt: skip


@pytest.mark.parametrize("shape", ["", ", forma: circulo", ", forma: rombo"])
@pytest.mark.parametrize("orientation", ["vertical", "horizontal"])
def test_a_loop_leaves_its_node_and_comes_back(shape: str, orientation: str) -> None:
    nodes = "".join(f"  {name}: {{titulo: Estado {name}{shape}}}\n" for name in "abc")
    edges = "".join(
        f"  - {{de: {ends[0]}, a: {ends[1]}, rotulo: va}}\n" for ends in ("aa", "ab", "bc", "ca", "bb", "cc")
    )
    figure = _graph(f"pie: Uno\norientacion: {orientation}\nnodos:\n{nodes}aristas:\n{edges}")
    layout = lay_out_graph(figure, 450, 600, LegendWords("número"))
    assert layout is not None
    loops = [net for net in layout.nets if net.is_loop]
    assert [net.number for net in loops] == [1, 5, 6]
    for net in loops:
        (path,) = net.paths
        box = layout.placement.cards[net.tails[0]]
        assert len(path) in (4, 5)
        for x, y in (path[0], path[-1]):
            assert x in (box.x, box.x + box.w) or y in (box.y, box.y + box.h)
        assert all(not (box.x <= x <= box.x + box.w and box.y <= y <= box.y + box.h) for x, y in path[1:-1])
    assert all(disc.free for disc in layout.discs)
    assert all(words.free for words in layout.words)
    assert write_source(figure, layout).count("a -> a") == 1
