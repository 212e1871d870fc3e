"""Tags: marks in content streams -> marked content, the tree, its objects; and what they refuse to leave out."""

from __future__ import annotations

import re
import zlib

import pytest

from imprenta.markup.spoken import speak_formula
from imprenta.model.facts import Caption, Cell, Formula, Verbatim, state
from imprenta.model.source_map import strip_marks
from imprenta.render.tagging import write_tag_commands
from imprenta.typeset.tags.elements import Content, Element
from imprenta.typeset.tags.links import name_place
from imprenta.typeset.tags.metadata import write_metadata
from imprenta.typeset.tags.nesting import build_tree
from imprenta.typeset.tags.objects import write_tree
from imprenta.typeset.tags.page_marks import mark_page
from imprenta.typeset.tags.reading import Reader
from imprenta.words import ENGLISH, SPANISH


def mark(name: str) -> str:
    return f"/I.{name} MP\n"


def paragraph(
    words: str, *, within: str = "P", depth: int = 0, flags: str = "00", environment: str = "document"
) -> str:
    return mark(f"p.{within}.{depth}.{flags}.spanish.{environment}") + words + mark("q")


def show(words: str, height: int = 700) -> str:
    return f"BT\n/F1 10 Tf 72 {height} Td [({words})]TJ\nET\n"


def cell(fields: str, words: str) -> str:
    return mark("p.P.0.00.spanish.tabular") + mark(f"c.{fields}") + words + mark("q")


def read(*pages: str) -> tuple[Reader, list[bytes]]:
    """Return the reader of some pages, and their new streams."""
    reader, streams = Reader({"english": "en"}), []
    for number, page in enumerate(pages):
        marked = mark_page(page.encode())
        reader.read_page(number, marked.events)
        streams.append(zlib.decompress(marked.stream))
    return reader, streams


def outline(element: Element, streams: list[bytes]) -> object:
    """Return a tree as (role, what is in it), contents as their words."""
    inside = [outline(kid, streams) if isinstance(kid, Element) else words_of(kid, streams) for kid in element.kids]
    return (element.role, *inside)


def words_of(content: Content, streams: list[bytes]) -> str:
    match = re.search(rb"/MCID %d>> BDC(.*?)EMC" % content.id, streams[content.page], re.DOTALL)
    assert match is not None
    return b"".join(re.findall(rb"\((.*?)\)", match[1])).decode()


def tree(*pages: str) -> object:
    reader, streams = read(*pages)
    return outline(build_tree(reader.blocks), streams)


def test_no_mark_stays_and_what_is_painted_does() -> None:
    _, (stream,) = read(paragraph(show("uno")) + "q 0 0 1 1 re f Q\n")
    assert b"/I." not in stream
    assert stream.count(b"BDC") == stream.count(b"(uno)") == 1
    assert b"/Artifact BMC\n" in stream
    assert stream.count(b"EMC") == 2


def test_a_paragraph_that_breaks_is_one() -> None:
    first = mark("p.P.0.00.spanish.document") + show("uno")
    second = mark("x") + show("cabecera", 760) + mark("y") + show("dos") + mark("q") + paragraph(show("tres", 600))
    assert tree(first, second) == ("Document", ("P", "uno", "dos"), ("P", "tres"))


def test_a_float_waits_for_the_paragraph_that_it_interrupts() -> None:
    first = mark("p.P.0.00.spanish.document") + show("uno")
    figure = "/I.G <</Alt <FEFF0041>>> DP\n/Im1 Do\n" + mark("H")
    caption = mark("k") + show("Figura 1", 500) + mark("K")
    second = mark("F") + paragraph(figure, environment="figure") + caption + mark("E") + show("dos") + mark("q")
    reader, streams = read(first, second)
    document = build_tree(reader.blocks)
    assert outline(document, streams) == ("Document", ("P", "uno", "dos"), ("Figure", "", ("Caption", "Figura 1")))
    assert [kid.alternative for kid in document.elements()] == [b"", b"<FEFF0041>"]


def test_a_picture_has_a_box() -> None:
    sized = "/I.G <</Alt <FEFF0041>/Size [40 20 5]>> DP\n"
    upright = sized + "q 2 0 0 2 100 300 cm /Im1 Do Q\n" + mark("H")
    turned = sized + "q 0 1 -1 0 500 0 cm q 1 0 0 1 100 300 cm /Im1 Do Q Q\n" + mark("H")
    reader, _ = read(paragraph(upright), paragraph(turned))
    figures = [figure for block in reader.blocks for figure in block.elements()]
    assert [figure.box for figure in figures] == [(100, 295, 140, 320), (180, 100, 205, 140)]
    assert {figure.alternative for figure in figures} == {b"<FEFF0041>"}
    made = write_tree(build_tree(reader.blocks), [7, 8], [], 20)
    assert b"/A<</O/Layout/BBox[100.00 295.00 140.00 320.00]>>" in made.objects[23]


def test_the_rows_of_a_table_and_what_they_repeat() -> None:
    caption = mark("k") + show("Tabla 1", 720) + mark("K")
    head = cell("H.1.1.1", show("a")) + cell("H.0.1.1", show("b"))
    again = mark("p.P.0.00.spanish.longtable") + mark("z") + show("a") + mark("q")
    row = cell("R.1.1.1", show("c")) + cell("D.0.1.1", "")
    head_rows, body = ("THead", ("TR", ("TH", "a"), ("TH", "b"))), ("TBody", ("TR", ("TH", "c"), ("TD",)))
    assert tree(caption + head, again + row) == ("Document", ("Table", ("Caption", "Tabla 1"), head_rows, body))


def test_a_tall_row_is_read_cell_by_cell() -> None:
    def line(column: int, inside: str) -> str:
        return mark(f"v.{column}") + inside + mark("w")

    begun = [mark("p.P.0.00.spanish.celdaaparte") + mark(f"c.{fields}") for fields in ("R.1.1.1", "D.0.1.1")]
    page = line(1, begun[0] + show("uno")) + line(2, begun[1] + show("tres"))
    page += line(1, show("dos", 680) + mark("q")) + line(2, show("cuatro", 680) + mark("q"))
    assert tree(page) == ("Document", ("Table", ("TR", ("TH", "uno", "dos"), ("TD", "tres", "cuatro"))))


def test_lists_in_lists() -> None:
    def item(words: str, depth: int, flags: str) -> str:
        label = mark("l") + show("-") + mark("m")
        return paragraph(label + show(words), depth=depth, flags=flags, environment="itemize")

    page = item("uno", 1, "11") + item("dentro", 2, "11") + paragraph(show("sigue"), depth=1) + item("dos", 1, "01")
    inner = ("L", ("LI", ("Lbl", "-"), ("LBody", ("P", "dentro"))))
    one = ("LI", ("Lbl", "-"), ("LBody", ("P", "uno"), inner, ("P", "sigue")))
    assert tree(page) == ("Document", ("L", one, ("LI", ("Lbl", "-"), ("LBody", ("P", "dos")))))


def test_notes_stand_behind_their_calls() -> None:
    call = mark("f") + show("1") + mark("g")
    number = mark("l") + show("1", 94) + mark("m")
    notes = mark("n") + paragraph(number + show("nota", 90), within="N") + mark("u")
    page = paragraph(show("antes") + call + show("después")) + notes + paragraph(show("columna"))
    note = ("Note", ("Lbl", "1"), ("P", "nota"))
    assert tree(page) == ("Document", ("P", "antes", ("Reference", "1"), note, "después"), ("P", "columna"))


def test_words_outside_all_paragraphs_are_not_lost() -> None:
    assert tree(show("suelto") + paragraph(show("uno"))) == ("Document", ("P", "suelto"), ("P", "uno"))
    fields = show("a") + mark("q") + show("b") + mark("q")
    assert tree(fields) == ("Document", ("P", "a"), ("P", "b"))


def test_code_steps_and_contents() -> None:
    code = paragraph(show("a = 1"), environment="bloquecodigo") + paragraph(show("b"), environment="bloquecodigo")
    assert tree(code) == ("Document", ("P", ("Code", "a = 1"), ("Code", "b")))
    contents = paragraph(show("Uno"), within="T") + paragraph(show("Dos"), within="T")
    entries = (("TOCI", ("Reference", "Uno")), ("TOCI", ("Reference", "Dos")))
    assert tree(contents) == ("Document", ("TOC", *entries))


def test_a_line_of_code_keeps_its_spaces_behind_its_number() -> None:
    told = "/I.r <</Alt <FEFF00200020006100>>> DP\n".replace("6100", "61")
    reader, streams = read(paragraph(show("7") + told + show("a"), environment="bloquecodigo"))
    document = build_tree(reader.blocks)
    assert outline(document, streams) == ("Document", ("P", ("Code", "7", ("Span", "a"))))
    assert [element.actual for element in document.walk() if element.role == "Span"] == ["  a"]


def test_a_sign_with_a_text_of_its_own_stays_in_one_sequence() -> None:
    sign = "/Span <</ActualText <FEFF2713>>> BDC\nBT [(v)]TJ ET\nEMC\n"
    _, (stream,) = read(paragraph(show("uno") + sign + show("dos")))
    assert re.search(rb"/Span <</MCID 1>> BDC\n+/Span <</ActualText <FEFF2713>>> BDC\nBT \[\(v\)\]TJ ET\nEMC", stream)


def test_a_link_has_an_annotation_for_each_line_of_its_text() -> None:
    text = "BT\n/F1 10 Tf 72 700 Td [(uno)]TJ 0 -12 Td [(dos)]TJ\nET\n"
    reader, _ = read(paragraph(mark("a") + text + mark("b")))
    assert [(page, link.role) for page, link in reader.links] == [(0, "Link")] * 2


def test_what_is_painted_must_be_in_one_element() -> None:
    twice = Element("Document", [Element("P", [Content(0, 0)]), Element("P", [Content(0, 0)])])
    with pytest.raises(ValueError, match="in two elements"):
        write_tree(twice, [7], [], 20)
    with pytest.raises(ValueError, match="in no element"):
        write_tree(Element("Document", [Element("P", [Content(0, 1)])]), [7], [], 20)
    made = write_tree(Element("Document", [Element("P", [Content(0, 0)])]), [7], [], 20)
    assert made.objects[22] == b"<</S/P/P 21 0 R/Pg 7 0 R/K 0>>"


def test_places_in_words() -> None:
    words = SPANISH.palabras
    told = {
        "cite.0@ruiz2020": "Referencia: Ruiz",
        "cite.0@nadie": "Referencia",
        "section.3": "Sección 3",
        "subsection.3.1": "Sección 3.1",
        "section*.2": "Sección",
        "section.anexo.2": "Anexo B",
        "figure.4": "Figura 4",
        "equation.7": "Ecuación 7",
        "Hfootnote.3": "Nota 3",
        "Item.9": "Otro lugar del documento",
    }
    names = {"ruiz2020": "Ruiz"}
    assert {name: name_place(name, words, lambda key: names.get(key, "")) for name in told} == told


def test_the_metadata_claim_what_was_asked() -> None:
    told = {"/Title": "Uno & dos", "/CreationDate": "D:20261128000000Z", "/Author": "Ruiz"}
    both = write_metadata(told, "es-CO", "ambas").decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in both
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in both
    assert "Uno &amp; dos" in both
    assert "<xmp:CreateDate>2026-11-28T00:00:00Z</xmp:CreateDate>" in both
    assert "pdfaid:part" not in write_metadata(told, "es-CO", "ua-1").decode()
    assert "pdfuaid:part" not in write_metadata(told, "es-CO", "a-2a").decode()


def test_facts_become_commands() -> None:
    head = state(Cell("column", first=True, columns=2), "x")
    words = SPANISH.palabras
    assert r"\tagcell{H.1.2.1}x" in write_tag_commands(head, words)
    assert r"\tagrepeated{}x" in write_tag_commands(state(Cell("column", again=True), "x"), words)
    assert r"\tagverbatim{FEFF00200078}x" in write_tag_commands(state(Verbatim(" x"), "x"), words)
    assert r"\tagrepeated{}x" in write_tag_commands(state(Caption("table", numbered=False), "x"), words)
    assert write_tag_commands(caption := state(Caption("table", "tabla:a"), "x"), words) == caption
    formula = write_tag_commands(f"${state(Formula(), '+')}$", words)
    assert strip_marks(formula) == rf"$\tagformula{{FEFF{'más'.encode('utf-16-be').hex().upper()}}}+\tagend\relax$"


SAID = {
    r"x^2 + \frac{a}{b} \leq \sqrt{n}": "x al cuadrado más a sobre b menor o igual que raíz de n",
    r"1 - p^{n-k}": "1 menos p elevado a n menos k fin del exponente",
    r"T = \frac{1}{2n_1}": "T igual a fracción 1 sobre 2 n sub 1 fin de la fracción",
    r"3{,}5\,\text{ms}": "3,5 ms",
    r"\sum_{i=1} x_i &= \alpha": "suma desde i igual a 1 de x sub i igual a alfa",
    r"\sum_{k=q}^{n} k^{-1}": "suma desde k igual a q hasta n de k elevado a menos 1",
    r"\binom{n}{k}": "binomial de n sobre k",
    r"\ddot{\theta} + \sin^2 x": "theta dos puntos más seno al cuadrado de x",
    r"9{,}81\ \mathrm{m/s^2}": "9,81 m entre s al cuadrado",
    r"x \text{ si no hay } \lfloor y \rfloor": "x si no hay parte entera de y fin de la parte entera",
    r"\begin{aligned} a &= b \\ c &= d \bigr| \end{aligned}": "a igual a b ; c igual a d barra",
    r"\begin{cases} a \end{cases}": r"\begin{cases} a \end{cases}",
    "{": "{",
    "x^": "x^",
}


def test_formulas_are_said_in_words_and_those_that_cannot_as_they_were_typed() -> None:
    assert {tex: speak_formula(tex, SPANISH.palabras) for tex in SAID} == SAID
    assert speak_formula("x^2 < y", ENGLISH.palabras) == "x squared less than y"


def test_every_sign_has_words_in_both_languages() -> None:
    assert set(SPANISH.palabras.formula) == set(ENGLISH.palabras.formula)
