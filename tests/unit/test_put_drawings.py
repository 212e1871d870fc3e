"""A drawing in the place of another of its size: all pages that show it show the new one, and the old one is gone."""

from __future__ import annotations

import io
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Object

from imprenta.typeset.checkpoints.build_state import Inputs
from imprenta.typeset.pdf.splice import OpenPdf
from imprenta.typeset.request import Request, SetAhead
from imprenta.workspace import content_hash

NAME = "figures/curva-80000x60000.pdf"
FORM = Name.Form


def draw(words: str, font: str, *, width: int = 80) -> bytes:
    """Return a drawing as what draws plots and graphs writes it: a page, with a font of its own."""
    document = pikepdf.new()
    page = document.add_blank_page(page_size=(width, 60))
    page.Contents = document.make_stream(words.encode())
    page.Resources = Dictionary(Font=Dictionary(F1=document.make_indirect(Dictionary(BaseFont=Name(f"/{font}")))))
    return save(document)


def save(document: pikepdf.Pdf) -> bytes:
    result = io.BytesIO()
    document.save(result, deterministic_id=True)
    return result.getvalue()


def make_form(document: pikepdf.Pdf, name: str, words: str, **more: Object) -> Object:
    """Return what pdfTeX makes of a drawing."""
    described = {"/Subtype": FORM, "/PTEX.FileName": pikepdf.String(f"./{name}"), "/BBox": Array([0, 0, 80, 60])}
    return document.make_stream(words.encode(), Dictionary({**described, **{f"/{key}": more[key] for key in more}}))


@pytest.fixture
def whole() -> bytes:
    """Return a PDF of which pages 0, 2 and 3 show a drawing, the last one within another, and page 1 another one."""
    document = pikepdf.new()
    former = make_form(document, NAME, "(antes) Tj")
    other = make_form(document, "figures/otra-80000x60000.pdf", "(otra) Tj")
    within = Dictionary(XObject=Dictionary(Im1=former))
    around = document.make_stream(b"/Im1 Do", Dictionary(Subtype=FORM, BBox=Array([0, 0, 90, 90]), Resources=within))
    for number, shown in enumerate((former, other, former, around)):
        page = document.add_blank_page(page_size=(200, 200))
        page.Contents = document.make_stream(f"/Im1 Do % page {number}".encode())
        page.Resources = Dictionary(XObject=Dictionary(Im1=shown))
    return save(document)


def read(document: pikepdf.Pdf, page: int) -> Object:
    shown = document.pages[page].Resources.XObject.Im1
    return shown.Resources.XObject.Im1 if "/PTEX.FileName" not in shown else shown


def test_all_pages_show_the_other_drawing_and_nothing_is_left_of_the_one_before(whole: bytes) -> None:
    opened = OpenPdf(whole)
    assert opened.put_drawings({NAME: draw("(ahora) Tj", "Nueva")}) == frozenset({0, 2, 3})
    pdf = opened.dumps()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert [read(document, page).read_bytes() for page in range(4)] == [
            b"(ahora) Tj", b"(otra) Tj", b"(ahora) Tj", b"(ahora) Tj",
        ]  # fmt: skip
        assert read(document, 0).Resources.Font.F1.BaseFont == Name.Nueva
        streams = [item for item in document.objects if isinstance(item, pikepdf.Stream)]
        assert all(b"antes" not in stream.read_bytes() for stream in streams)
    again = OpenPdf(pdf)
    assert again.put_drawings({NAME: draw("(al fin) Tj", "Otra")}) == frozenset({0, 2, 3})
    with pikepdf.open(io.BytesIO(again.dumps())) as document:
        assert read(document, 2).read_bytes() == b"(al fin) Tj"
        assert all("Nueva" not in repr(item) for item in document.objects)


def test_a_drawing_of_another_size_or_of_no_page_is_left_to_latex(whole: bytes) -> None:
    assert OpenPdf(whole).put_drawings({NAME: draw("(ahora) Tj", "Nueva", width=81)}) is None
    assert OpenPdf(whole).put_drawings({"figures/nueva-80000x60000.pdf": draw("(ahora) Tj", "Nueva")}) is None


def test_without_drawings_nothing_is_put(whole: bytes) -> None:
    assert OpenPdf(whole).put_drawings({}) == frozenset()


def test_drawings_that_latex_need_not_know_of_are_those_with_another_content_and_the_name_they_had() -> None:
    """I6: what was set ahead with a drawing of before counts as much as what the last build left."""
    nothing: Any = SimpleNamespace(source="")
    names = ("figures/a-1x1.pdf", "figures/b-1x1.pdf", "figures/c-1x1.pdf", "figures/foto.png")
    files = dict(zip(names, (b"otra", b"una", b"nueva", b"foto"), strict=True))
    request = Request(nothing, nothing, {}, files, nothing, nothing, "", nothing, drawings=frozenset(names[:3]))
    before = {names[0]: content_hash(b"una"), names[1]: content_hash(b"una"), names[3]: content_hash(b"otra foto")}
    state: Any = SimpleNamespace(record=SimpleNamespace(inputs=Inputs("", "", "", before)))
    assert request.find_redrawn(state) == {names[0]: b"otra"}, "one with a new name LaTeX takes in"
    ahead = SetAhead(state, nothing, nothing, {}, {}, (), {names[2]: content_hash(b"antigua")}, nothing)
    assert request.find_redrawn(state) | {names[2]: b"nueva"} == replace(request, ahead=ahead).find_redrawn(state)
