"""From a spot of the PDF to the author's line: the parts that need no PDF."""

from __future__ import annotations

import gzip

import pytest
from documents import read_document

from imprenta.model.document import Document, tell_pieces
from imprenta.model.facts import CitedNumber, dump_fact
from imprenta.model.source_map import PlacedFact
from imprenta.problems import Span
from imprenta.trace.columns import AuthorRows
from imprenta.trace.drawings import DrawnPart, load_drawings
from imprenta.trace.letters import context, letters_of_tex, letters_of_text
from imprenta.trace.match import find_word
from imprenta.trace.rows import RowKinds
from imprenta.trace.spots import Area, join_boxes
from imprenta.trace.synctex import NODE, PageRecords, Record, read_synctex

POINT = 65781.76
SYNCTEX = f"""\
SyncTeX Version:1
Input:1:/casa/build/latex/./informe.tex
Input:7:/usr/share/texlive/article.cls
Output:pdf
Content:
!300
{{1
[7,3:0,{700 * POINT:.0f}:{600 * POINT:.0f},{690 * POINT:.0f},0
(1,12:{100 * POINT:.0f},{200 * POINT:.0f}:{300 * POINT:.0f},{8 * POINT:.0f},{2 * POINT:.0f}
g1,10:{150 * POINT:.0f},{200 * POINT:.0f}
x1,11:{350 * POINT:.0f},=
)
(1,20:{100 * POINT:.0f},{230 * POINT:.0f}:{300 * POINT:.0f},{8 * POINT:.0f},0
k1,20:{180 * POINT:.0f},{230 * POINT:.0f}:{POINT:.0f}
)
]
!20
}}1
Input:9:/casa/build/latex/informe.toc
{{2
(9,4:0,{100 * POINT:.0f}:{90 * POINT:.0f},{8 * POINT:.0f},0
)
}}2
Postamble:
"""


def test_a_synctex_file_gives_each_page_its_records_in_points() -> None:
    one, two = read_synctex(gzip.compress(SYNCTEX.encode()))
    assert one.lines == {10, 11, 12, 20}
    assert two.lines == frozenset()
    assert [(record.file, record.line) for record in two.records] == [("informe.toc", 4)]
    node = one.records[3]
    assert (node.kind, node.line, round(node.x), round(node.y)) == (NODE, 11, 350, 200)  # «=» is the last height
    assert one.records[0].kind == "column"
    assert read_synctex(SYNCTEX.encode())[0].records == one.records


def test_around_a_point_the_nearest_of_its_line_of_print_comes_first() -> None:
    page = read_synctex(SYNCTEX.encode())[0]
    assert [record.line for record in page.around(160, 196)] == [10, 11, 12]
    assert [record.line for record in page.around(340, 196)] == [11, 10, 12]
    assert page.around(200, 600)[0].line == 20  # below everything: the nearest line


def test_pages_that_an_earlier_run_set_are_counted_anew() -> None:
    page = read_synctex(SYNCTEX.encode())[0].shifted(lambda line: line + 100)
    assert page.lines == {110, 111, 112, 120}
    assert {record.line for record in page.records if record.file == "informe.tex"} == {110, 111, 112, 120}
    assert {record.line for record in page.records if record.file == "article.cls"} == {3}


def test_what_is_no_synctex_file_is_refused() -> None:
    with pytest.raises(ValueError, match=r"."):
        read_synctex(gzip.compress(b"nada")[:-9])
    assert read_synctex(b"nada") == []


@pytest.mark.parametrize(
    ("row", "printed"),
    [
        (
            r"Un \emph{rumor} de \texttt{tasks.\hspace{0pt}<x>}~{[\protect\hyperlink{cite.0@a-b}{19}]}.",
            "unrumordetasksx19",
        ),
        (r"La \hyperref[tabla:x]{tabla~\ref*{tabla:x}} cuesta 5 \% % y no esto", "latabla7cuesta5"),
        (r"\section{El ﬁn del Río}\label{seccion:rio}", "elfindelrío"),
        (r"\subsection{Curva}\label{seccion:x}", "41curva"),
        (r"12 m\glifo{00B3}{\textthreesuperior{}}/s", "12m3s"),
        (r"\addlinespace[3pt]% no", ""),
        (r"\hyphenpenalty=5000 \textbf{Uno}&\hyphenpenalty=5000 \textbf{Dos}", "unodos"),
        (r"uno\\[2pt] \item [dos] \\ tres\_4", "unodostres4"),
        (r"{\color{tinta}\rule{\textwidth}{1.2pt}\par}", ""),
        (r"\begin{longtable}{@{}p{14.98bp}@{}}", ""),
        (r"\caption[{Corto}]{Largo}\label{tabla:x}", "tabla7largo"),  # the lists lead to the same row
        (r"\section[{\texorpdfstring{El {[1]} \{ $\frac{a}{b}$}{El}}]{Largo [1]}\label{seccion:x}", "41largo1"),
        (r"\includegraphics[width=4bp]{figuras/a.pdf}", ""),
    ],
)
def test_the_letters_that_a_row_of_tex_prints(row: str, printed: str) -> None:
    document = read_document(f"\\begin{{document}}\n{row}")
    letters = letters_of_tex(document, {"tabla:x": "7", "seccion:x": "4.1"})
    assert letters.text == printed
    assert all(row[column - 1].isalnum() or row[column - 1] == "\\" for column in letters.columns)


def test_letters_know_row_and_column() -> None:
    letters = letters_of_text(["", "  ab", "c"])
    assert list(letters.rows) == [2, 2, 3]
    assert list(letters.columns) == [3, 4, 1]
    assert letters.between(2, 2) == (0, 2)
    assert letters.position(2, 4) == 1
    assert letters.position(3, 1) == 2


def test_a_part_of_a_number_is_told_from_a_number() -> None:
    letters = letters_of_text(["24 4 a2"])
    assert [letters.cuts_number(at, 1) for at in (0, 1, 2, 4)] == [True, True, False, False]
    assert not letters.cuts_number(0, 2)


def test_a_citation_over_two_lines_is_found_where_its_key_is() -> None:
    rows = AuthorRows({"a.yaml": b"x [@uno;\n  @uno-dos], y\n"}.get)
    assert rows.find_citation(Span("a.yaml", 1, 1), "uno-dos") == Span("a.yaml", 2, 4, 2, 11)
    assert rows.find_citation(Span("a.yaml", 1, 1), "uno") == Span("a.yaml", 1, 5, 1, 8)
    assert rows.find_citation(Span("a.yaml", 1, 1), "tres") is None
    assert ROWS.cited_key(17, 34) == "uno-dos"
    assert ROWS.cited_key(17, 3) == ""


def test_the_word_with_the_same_neighbours_is_chosen() -> None:
    page, tex = "elríosubeelmarbaja", "elmarsubeelríobajaelríosube"
    at = page.index("río")
    match = find_word(page, at, at + 3, tex, (0, len(tex)), lambda _: 0.0)
    assert match is not None
    assert (match.at, match.agreeing) == (20, 6)
    assert context(page, at, at + 3, tex, 11) == 2
    near = find_word(page, at, at + 3, tex, (0, len(tex)), lambda there: 50.0 if there == 11 else 0.0)
    assert near is not None
    assert near.at == 11
    assert find_word(page, at, at + 3, tex, (0, 10), lambda _: 0.0) is None


def as_written(*rows: str) -> Document:
    """Return a document with these rows, the first of which is the preamble."""
    read = read_document("\n".join([rows[0], rf"\begin{{document}}{rows[1]}", *rows[2:]]))
    cited = PlacedFact(16, 8, 16, 37, dump_fact(CitedNumber("uno-dos")))
    facts = [PlacedFact(*found.start, *found.end, dump_fact(found.fact)) for found in read.facts()]
    body = [PlacedFact(one.row - 1, one.column, one.end_row - 1, one.end_column, one.told) for one in facts]
    return Document((read.pieces[0], *tell_pieces([read.source[len(read.preamble) :]], [*body, cited], known=True)))


ROWS = RowKinds(
    as_written(
        r"\ohead{Título}",
        r"\begin{titlepage}",
        r"\begin{tabular}{ll}",
        r"Curso & Redes\\",
        r"\end{tabular}",
        r"\end{titlepage}",
        r"\section{Uno",
        r"dos}\label{seccion:x}",
        r"texto",
        r"\caption[{Un pie",
        r"largo}]{Un pie",
        r"largo, con cita}\label{tabla:x}",
        r"\begin{longtable}{ll}",
        r"celda&",
        r"\end{longtable}",
        r"\includegraphics[width=1bp]{figuras/a-1.pdf}",
        r"Uno~{[\hyperlink{cite.0@uno-dos}{39}]}",
    )
)


def test_what_each_row_of_the_tex_is() -> None:
    kinds = {number: ROWS.kind(number, Span("paper/a.yaml")) for number in (4, 7, 8, 9, 11, 14, 16)}
    assert kinds == {
        4: "portada", 7: "título", 8: "título", 9: "párrafo", 11: "pie o título", 14: "celda", 16: "figura",
    }  # fmt: skip
    assert ROWS.kind(9, Span("templates/x.tex.j2")) == "plantilla"
    assert [ROWS.title_start(number) for number in (8, 12, 9)] == [7, 10, 9]
    assert ROWS.picture(16) == "figuras/a-1.pdf"
    assert (ROWS.is_head(1), ROWS.is_head(8), ROWS.is_head(10)) == (True, True, False)


DRAWINGS = b"""{"red": {"file": "figuras/red-1.pdf", "width": 200, "height": 100, "place": ["figures/red.yaml", 2, 1],
"parts": [
 {"kind": "grupo", "shape": [[10, 10], [190, 90]], "place": ["figures/red.yaml", 4, 18], "lines": [4, 4]},
 {"kind": "nodo", "shape": [[20, 20], [60, 40]], "place": ["figures/red.yaml", 6, 20], "lines": [6, 7]},
 {"kind": "arista", "shape": [[60, 30], [120, 30], [120, 80]], "place": ["figures/red.yaml", 9, 5], "lines": [9, 12]},
 {"kind": "n\xc3\xbamero", "shape": [[88, 26], [96, 34]], "place": ["figures/red.yaml", 9, 5], "lines": [9, 12]}]}}"""


@pytest.mark.parametrize(
    ("x", "y", "line", "kind"),
    [(30, 30, 6, "nodo"), (92, 31, 9, "arista"), (121, 60, 9, "arista"), (150, 60, 4, "grupo"), (3, 3, 2, "figura")],
)
def test_a_point_of_a_drawing_leads_to_what_was_drawn_there(x: float, y: float, line: int, kind: str) -> None:
    spot = load_drawings(DRAWINGS)["red"].spot(x, y)
    assert (spot.place.line, spot.kind) == (line, kind)


def test_a_line_of_a_drawing_leads_to_its_boxes() -> None:
    drawing = load_drawings(DRAWINGS)["red"]
    assert drawing.boxes_of("figures/red.yaml", 7) == [(20, 20, 60, 40)]
    assert drawing.boxes_of("figures/red.yaml", 11) == [(60, 30, 120, 80), (88, 26, 96, 34)]
    assert drawing.boxes_of("figures/otra.yaml", 7) == []


@pytest.mark.parametrize("kept", [b"[]", b"{", b'{"red": {}}', b'{"red": 1}'])
def test_a_broken_file_of_drawings_is_refused(kept: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        load_drawings(kept)


def test_the_distance_to_an_edge_is_to_its_line() -> None:
    part = DrawnPart("arista", ((0, 0), (10, 0), (10, 10)), Span("a"), (1, 1))
    assert part.distance(5, 3) == 3
    assert part.distance(13, 14) == 5


def test_a_word_is_narrowed_to_its_columns() -> None:
    rows = AuthorRows({"a.yaml": "texto: El río y el río\n".encode()}.get)
    place = Span("a.yaml", 1, 8)
    assert rows.narrow(place, "río", 2) == Span("a.yaml", 1, 11, 1, 14)
    assert rows.narrow(place, "río", 9) == Span("a.yaml", 1, 20, 1, 23)
    assert rows.narrow(place, "mar", 9) == place
    assert rows.narrow(Span("nada.yaml", 3, 1), "mar", 9) == Span("nada.yaml", 3, 1)


def test_boxes_of_letters_become_one_area_for_each_line_of_print() -> None:
    boxes = [(10.0, 20.0, 14.0, 28.0), (15.0, 22.0, 19.0, 28.0), (10.0, 40.0, 14.0, 48.0)]
    assert join_boxes(3, boxes) == [Area(3, 10, 20, 9, 8), Area(3, 10, 40, 4, 8)]


def test_a_record_holds_what_is_between_its_height_and_its_depth() -> None:
    record = Record("box", "informe.tex", 1, 10, 50, 20, 8, 2)
    assert record.holds(10, 42)
    assert record.holds(30, 52)
    assert not record.holds(30, 53)
    assert PageRecords("", {}, "informe.tex").around(1, 1) == []
