"""Pages of one PDF in the place of another's: links lead to names, and names to the pages that hold them."""

from __future__ import annotations

import io

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from imprenta.typeset.pdf.splice import DOCUMENT_START, OpenPdf, PdfAhead, splice_pages


def make(pages: list[str], names: dict[str, tuple[int, str]]) -> bytes:
    """Make a PDF of pages with a word each, and names that lead to one of them, in a way of viewing it."""
    document = pikepdf.new()
    for word in pages:
        page = document.add_blank_page(page_size=(100, 100))
        page.Contents = document.make_stream(f"% {word}".encode())
    pairs: list[object] = []
    for name, (number, view) in sorted(names.items()):
        place = Array([document.pages[number].obj, Name(f"/{view}"), 1, 2, None])
        pairs += [String(name), document.make_indirect(Dictionary(D=place))]
    document.Root.Names = Dictionary(Dests=document.make_indirect(Dictionary(Names=Array(pairs))))
    result = io.BytesIO()
    document.save(result, static_id=True)
    return result.getvalue()


def read(pdf: bytes) -> tuple[list[str], dict[str, int]]:
    """Return the words of the pages, and the page of each name, from 0."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        words = [page.Contents.read_bytes().decode()[2:] for page in document.pages]
        numbers = {page.objgen: number for number, page in enumerate(document.pages)}
        tree = pikepdf.NameTree(document.Root.Names.Dests)
        return words, {name: numbers[place.D[0].objgen] for name, place in tree.items()}


WHOLE = make(["uno", "dos", "tres"], {"a": (0, "XYZ"), "b": (1, "XYZ"), "c": (2, "XYZ")})


def test_a_page_takes_the_place_of_another_with_its_names() -> None:
    stretch = make(["resto", "DOS"], {"b": (1, "XYZ"), "nuevo": (1, "XYZ")})
    words, names = read(splice_pages(WHOLE, (stretch, {1: 1})))
    assert words == ["uno", "DOS", "tres"]
    assert names == {"a": 0, "b": 1, "c": 2, "nuevo": 1}


def test_a_name_of_a_page_that_stays_stays_there() -> None:
    part = make(["DOS"], {"a": (0, "XYZ"), "b": (0, "XYZ")})
    assert read(splice_pages(WHOLE, (part, {1: 0})))[1] == {"a": 0, "b": 1, "c": 2}


def test_a_name_that_is_gone_leads_nowhere() -> None:
    words, names = read(splice_pages(WHOLE, (make(["DOS"], {}), {1: 0})))
    assert words == ["uno", "DOS", "tres"]
    assert names == {"a": 0, "c": 2}


def test_a_name_that_the_part_only_mentions_stays_where_it_was() -> None:
    stretch = make(["DOS"], {"c": (0, "Fit"), "b": (0, "XYZ"), "x": (0, "Fit")})
    assert read(splice_pages(WHOLE, (stretch, {1: 0})))[1] == {"a": 0, "b": 1, "c": 2}


def test_parts_fill_a_frame() -> None:
    frame = make(["", "", ""], {DOCUMENT_START: (0, "XYZ"), "page.1": (0, "XYZ")})
    one, two = make(["A", "B"], {"a": (1, "XYZ")}), make(["C"], {"c": (0, "XYZ")})
    words, names = read(splice_pages(frame, (one, {0: 0, 1: 1}), (two, {2: 0})))
    assert words == ["A", "B", "C"]
    assert names == {"a": 1, "c": 2, DOCUMENT_START: 0}


def test_the_same_input_gives_the_same_bytes() -> None:
    stretch = make(["DOS"], {"b": (0, "XYZ")})
    assert splice_pages(WHOLE, (stretch, {1: 0})) == splice_pages(WHOLE, (stretch, {1: 0}))


def test_a_pdf_opened_ahead_is_the_same() -> None:
    part = make(["DOS"], {"b": (0, "XYZ")})
    ahead = PdfAhead(WHOLE)
    ahead.begin()
    for opened in (ahead.wait(), PdfAhead(WHOLE).wait()):
        opened.put_pages((part, {1: 0}))
        assert opened.dumps() == splice_pages(WHOLE, (part, {1: 0}))


def test_what_is_no_pdf_is_told_where_it_is_used() -> None:
    ahead = PdfAhead(b"no PDF")
    ahead.begin()
    with pytest.raises(pikepdf.PdfError):
        ahead.wait()


def test_pages_put_in_one_after_another_are_as_if_put_in_at_once() -> None:
    one, other = make(["UNO"], {"a": (0, "XYZ")}), make(["DOS"], {"d": (0, "XYZ")})
    opened = OpenPdf(WHOLE)
    opened.put_pages((one, {0: 0}))
    opened.put_pages((other, {1: 0}))
    assert read(opened.dumps()) == read(splice_pages(WHOLE, (one, {0: 0}), (other, {1: 0})))
