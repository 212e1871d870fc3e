"""Pages that have moved in a finished PDF: their places, the numbers that they print, their names and their labels."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from imprenta.typeset.pdf.names import read_names
from imprenta.typeset.pdf.page_numbers import arrange_pages, label_pages, renumber_pages
from imprenta.typeset.pdf.splice import OpenPdf

DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
MARK = "/Artifact <</Type/Pagination/Subtype/PageNumber>> BDC"


def font(document: pikepdf.Pdf, held: str, name: str = "ABCDEF+LMRoman9-Regular") -> Any:
    """Return a font as pdfTeX embeds it, whose subset holds some digits."""
    charset = "".join(f"/{DIGITS[int(digit)]}" for digit in held)
    return document.make_indirect(
        Dictionary(
            Type=Name.Font,
            BaseFont=Name(f"/{name}"),
            FirstChar=48,
            LastChar=57,
            Widths=Array([514] * 10),
            Encoding=Dictionary(Differences=Array([48, *(Name(f"/{digit}") for digit in DIGITS)])),
            FontDescriptor=Dictionary(CharSet=String(charset)),
        )
    )


def make(numbers: list[int], held: list[str] | None = None) -> pikepdf.Pdf:
    """Make a document whose pages print their numbers, each in a font of its own, and are named after them."""
    document = pikepdf.new()
    pairs: list[Any] = []
    for index, number in enumerate(numbers):
        page = document.add_blank_page(page_size=(100, 100))
        text = f"BT /F1 9 Tf 1 2 Td [(12)]TJ ET\n{MARK}\n0 g\nBT\n/F1 8.9664 Tf 30.1 45.9 Td [({number})]TJ"
        text += "\n0 g\nET\nEMC\n"
        page.Contents = document.make_stream(text.encode())
        page.Resources = Dictionary(Font=Dictionary(F1=font(document, (held or ["0123456789"] * len(numbers))[index])))
        place = Dictionary(D=Array([page.obj, Name.XYZ, 0, 0, None]))
        pairs += [String(f"page.{number}"), document.make_indirect(place)]
    document.Root.Names = Dictionary(Dests=document.make_indirect(Dictionary(Names=Array(pairs))))
    return document


def printed(document: pikepdf.Pdf) -> list[str]:
    pages = (page.Contents.read_bytes().decode() for page in document.pages)
    return [page.partition(MARK)[2].partition("[(")[2].partition(")")[0] for page in pages]


def places(document: pikepdf.Pdf, names: dict[str, Any]) -> dict[str, int]:
    numbers = {page.objgen: number for number, page in enumerate(document.pages)}
    return {name: numbers.get(place.D[0].objgen, -1) for name, place in names.items()}


def test_numbers_and_names_of_pages_move_and_nothing_else() -> None:
    document = make([11, 12, 13])
    names = read_names(document)
    before = document.pages[1].Contents.read_bytes()
    assert renumber_pages(document, names, {1: (12, 13), 2: (13, 14)})
    assert printed(document) == ["11", "13", "14"]
    assert document.pages[1].Contents.read_bytes() == before.replace(b"[(12)]TJ\n0 g", b"[(13)]TJ\n0 g")
    assert places(document, names) == {"page.11": 0, "page.13": 1, "page.14": 2}


def test_a_digit_that_the_font_lacks_is_lent_by_another_with_the_same_letters() -> None:
    document = make([13, 25], ["13", "245"])
    lender = document.pages[1].Resources.Font.F1.objgen
    assert renumber_pages(document, read_names(document), {0: (13, 14)}) is False
    document = make([13, 25], ["13", "12345"])
    lender = document.pages[1].Resources.Font.F1.objgen
    assert renumber_pages(document, read_names(document), {0: (13, 14)})
    assert printed(document)[0] == "14"
    content = document.pages[0].Contents.read_bytes()
    assert b"/F1Number 8.9664 Tf" in content
    assert content.startswith(b"BT /F1 9 Tf"), "the rest keeps its font"
    assert document.pages[0].Resources.Font["/F1Number"].objgen == lender
    assert "/F1Number" not in document.pages[1].Resources.Font


@pytest.mark.parametrize("pair", [(9, 10), (12, 9), (13, 14)], ids=["a digit more", "a digit less", "not its number"])
def test_a_page_that_cannot_get_its_number_is_told(pair: tuple[int, int]) -> None:
    document = make([12 if pair[0] != 9 else 9])
    assert not renumber_pages(document, read_names(document), {0: pair})


def test_a_page_without_its_number_or_with_two_is_told() -> None:
    document = make([12, 12])
    one = document.pages[0].Contents.read_bytes()
    document.pages[0].Contents = document.make_stream(one.replace(b"Artifact", b"Otra"))
    document.pages[1].Contents = document.make_stream(one + one)
    assert not renumber_pages(document, {}, {0: (12, 13)})
    assert not renumber_pages(document, {}, {1: (12, 13)})


def test_a_name_on_another_page_is_told() -> None:
    document = make([1, 12, 13])
    names = read_names(document)
    names["page.12"] = names["page.1"]
    assert not renumber_pages(document, names, {1: (12, 13), 2: (13, 14)})


def test_pages_come_and_go_and_names_go_with_them() -> None:
    document = make([1, 2, 3, 4])
    names = read_names(document)
    arrange_pages(document, names, [0, None, None, 2, 3])
    assert len(document.pages) == 5
    assert places(document, names) == {"page.1": 0, "page.3": 3, "page.4": 4}
    document = make([1, 2, 3, 4])
    names = read_names(document)
    arrange_pages(document, names, [0, 3])
    assert printed(document) == ["1", "4"]
    assert places(document, names) == {"page.1": 0, "page.4": 1}


def save(document: pikepdf.Pdf) -> bytes:
    result = io.BytesIO()
    document.save(result)
    return result.getvalue()


def test_pages_of_another_run_are_put_in_with_the_numbers_that_they_have_now() -> None:
    """What they were called before may be what another page is called: names and numbers change as they are put in."""
    opened = OpenPdf(save(make([11, 12, 13, 14])))
    part = save(make([12, 13]))
    assert opened.put_pages((part, {2: 0, 3: 1}), numbers={2: (12, 13), 3: (13, 14)})
    with pikepdf.open(io.BytesIO(opened.dumps())) as document:
        assert printed(document) == ["11", "12", "13", "14"]
        assert places(document, read_names(document)) == {f"page.{number}": number - 11 for number in range(11, 15)}
    assert not OpenPdf(save(make([9, 10]))).put_pages((part, {1: 0}), numbers={1: (12, 9)})


def test_labels_tell_how_pages_are_counted() -> None:
    document = make([1, 2, 3, 4, 5])
    label_pages(document, [("arabic", 1), ("roman", 2), ("roman", 3), ("arabic", 1), ("arabic", 2)])
    assert [page.label for page in document.pages] == ["1", "ii", "iii", "1", "2"]
