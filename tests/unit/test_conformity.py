"""What stands in the way of a standard: pictures, templates of the author's, and the plots that are hardly seen."""

from __future__ import annotations

import io
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest
from documents import read_document
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image
from small_pdfs import make_pdf

from imprenta.figures.pictures.conformity import find_breaches
from imprenta.figures.pictures.picture import Picture
from imprenta.figures.plots.contrast import check_contrast, measure_contrast, suit_texts
from imprenta.model.source_map import SourceMap
from imprenta.pipeline.conformity import find_unread
from imprenta.problems import Span

if TYPE_CHECKING:
    from collections.abc import Callable


def breaches(data: bytes, suffix: str, *, archived: bool = True) -> list[str]:
    return [found.message for found in find_breaches(Picture(data, suffix), f"a.{suffix}", archived=archived)]


def painted(operators: bytes, **resources: Any) -> bytes:
    """Return a PDF whose only page is painted by these operators, inside a form."""
    document = pikepdf.new()
    form = document.make_stream(
        operators, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 9, 9], Resources=resources
    )
    page = document.add_blank_page(page_size=(90, 90))
    page.obj.Resources = pikepdf.Dictionary(XObject={"/F": form})
    page.obj.Contents = document.make_stream(b"/F Do")
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def picture_of(mode: str) -> bytes:
    file = io.BytesIO()
    Image.new(mode, (4, 4)).save(file, "JPEG")
    return file.getvalue()


def test_a_picture_brings_its_letters() -> None:
    assert breaches(make_pdf(["uno"]), "pdf", archived=False) == [
        "«a.pdf» no lleva dentro las letras que usa: Helvetica"
    ]
    assert breaches(make_pdf(["uno"], subset="ABCDEF"), "pdf") == []


def test_an_archived_picture_has_the_colours_of_a_screen() -> None:
    inks = "«a.{}» lleva los colores en tintas de imprenta (CMYK), que PDF/A no admite aquí"
    space = {"/ColorSpace": {"/C": pikepdf.Array([pikepdf.Name.Indexed, pikepdf.Name.DeviceCMYK, 0, b"\0\0\0\0"])}}
    assert breaches(painted(b"0 0 0 1 k 0 0 9 9 re f"), "pdf") == [inks.format("pdf")]
    assert breaches(painted(b"/C cs 0 scn 0 0 9 9 re f", **space), "pdf") == [inks.format("pdf")]
    assert breaches(painted(b"0 0 0 1 k 0 0 9 9 re f"), "pdf", archived=False) == []
    assert breaches(painted(b"1 0 0 rg 0 0 9 9 re f"), "pdf") == []
    assert breaches(picture_of("CMYK"), "jpg") == [inks.format("jpg")]
    assert breaches(picture_of("RGB"), "jpg") == breaches(picture_of("CMYK"), "jpg", archived=False) == []


TEMPLATE = "templates/propia.tex.j2"
BODY = r"""\documentclass{article}
\begin{document}
\includegraphics{adorno.png}
\section{Uno}
%s
\end{document}
"""


def told(body: str) -> list[tuple[str, int, str]]:
    document = read_document(BODY % body)
    object.__setattr__(document, "foreign", frozenset({TEMPLATE}))
    rows = range(1, 20)
    places = SourceMap(tuple((row, 1) for row in rows), tuple(Span(TEMPLATE, row) for row in rows))
    problems = find_unread(document, places)
    assert {problem.place.path for problem in problems} <= {TEMPLATE}
    return [(problem.code, problem.place.line, problem.message) for problem in problems]


def test_a_level_that_is_left_out_is_told_where_the_template_does_it() -> None:
    assert told("\\subsection{Dos}\n\\subsubsection{Tres}\n\\section{Cuatro}") == []
    message = "hay un título de nivel 3 después de uno de nivel 1: para quien oye el PDF falta uno"
    assert told("\\subsubsection{Dos}\n\\paragraph{Tres}") == [("nivel-saltado", 5, message)]


def test_a_picture_of_a_template_is_said_in_words_unless_it_adorns_the_cover() -> None:
    spoken = "\\textoalternativo{FEFF}{\\fbox{\\includegraphics{a.png}}}"
    assert told(f"{spoken}\n\\imagencelda{{9}}{{b.png}}{{FEFF}}") == []
    message = "una plantilla pone la imagen «c.png» sin decir lo que enseña a quien no la ve"
    assert told(f"{spoken}\nx \\includegraphics[width=3cm]{{c.png}}") == [("imagen-sin-alternativa", 6, message)]


def seen(draw: Callable[[Any], object]) -> list[str]:
    """Return what is said of the contrast of a plot."""
    figure = Figure(figsize=(4, 3))
    canvas = FigureCanvasAgg(figure)
    draw(figure.add_subplot())
    canvas.draw()
    said: list[str] = []
    run: Any = SimpleNamespace(add=lambda code, message, **_: said.append(message))
    check_contrast(run, figure)
    return said


def test_the_contrast_of_black_and_white_is_21() -> None:
    assert measure_contrast((0, 0, 0), (1, 1, 1)) == pytest.approx(21)


def test_a_pale_text_and_a_pale_curve_are_told_once() -> None:
    def draw(axes: Any) -> None:
        axes.plot([0, 1], [0, 1], color="0.9", label="subida")
        axes.plot([0, 1], [1, 0], color="0.9")  # a line without a name may be meant to be hardly seen
        axes.set_xlabel("mes", color="0.6")
        axes.set_ylabel("caudal", color="0.6")

    assert seen(draw) == [
        "«mes» apenas se distingue del fondo: su contraste es 2,8 y se esperaba al menos 4,5",
        "la curva «subida» apenas se distingue del fondo: su contraste es 1,2 y se esperaba al menos 3",
    ]


def test_what_is_behind_a_text_counts() -> None:
    def draw(axes: Any) -> None:
        axes.bar([0, 2], [10, 10], color=["black", "0.9"])
        axes.text(0, 5, "sobre negro", color="white", ha="center")
        axes.text(2, 5, "sobre claro", color="white", ha="center")
        axes.text(1, 5, "en su caja", color="white", ha="center", bbox={"facecolor": "black"})
        axes.text(1, 8, "grande", color="0.5", ha="center", fontsize=20)

    assert seen(draw) == ["«sobre claro» apenas se distingue del fondo: su contraste es 1,2 y se esperaba al menos 4,5"]


def test_a_black_text_on_something_dark_becomes_white() -> None:
    figure = Figure(figsize=(4, 3))
    canvas = FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    axes.bar([0, 2], [10, 10], color=["#00558A", "0.9"])
    texts = [axes.text(x, 5, "dentro", ha="center", color=colour) for x, colour in ((0, "black"), (2, "black"))]
    own = axes.text(0, 8, "suyo", ha="center", color="red")
    canvas.draw()
    suit_texts(figure)
    assert [text.get_color() for text in (*texts, own)] == ["white", "black", "red"]


def test_of_what_stands_on_a_picture_nothing_is_known() -> None:
    def draw(axes: Any) -> None:
        axes.imshow([[0, 1], [1, 0]])
        axes.text(0.5, 0.5, "encima", color="0.9")

    assert seen(draw) == []
