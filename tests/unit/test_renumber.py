"""Numbers of works are changed in finished pages only where LaTeX would set the very same page."""

from __future__ import annotations

from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from imprenta.typeset.pdf.renumber import Renumbered, renumber_pages

DIGITS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
INK = b"0.1 0.2 0.3 rg 0.1 0.2 0.3 RG\n "


def link(array: bytes) -> bytes:
    """Return what pdfTeX writes for the text of a link."""
    return INK + b"[" + array + b"]TJ\n0 g 0 G\n"


def make_font(document: Any, digits: str = "0123456789", name: str = "ABCDEF+LMRoman10-Regular", odd: str = "") -> Any:
    """Return a font as pdfTeX writes it, whose subset holds these digits, one of them (`odd`) of another width."""
    described = Dictionary(CharSet=pikepdf.String("/a" + "".join(f"/{DIGITS[int(digit)]}" for digit in digits)))
    return document.make_indirect(
        Dictionary(
            BaseFont=Name(f"/{name}"),
            FontDescriptor=described,
            Encoding=Dictionary(Differences=Array([48, *(Name(f"/{digit}") for digit in DIGITS), 97, Name.a])),
            FirstChar=48,
            Widths=Array([499 if str(code - 48) == odd else 500 for code in range(48, 123)]),
        )
    )


def renumber(content: bytes, keys: str, before: str, now: str, **font: str) -> bytes | str | None:
    """Return what becomes of a page that cites works: its new content, None if it stays, or that it is refused.

    `before` and `now` give the numbers of works by one letter: «a9 b10».
    """
    document = pikepdf.new()
    document.add_blank_page()
    page = document.pages[0]
    page.Contents = document.make_stream(b"BT\n/F1 9.9 Tf 1 2 Td " + content + b"ET\n")
    page.Resources = Dictionary(Font=Dictionary(F1=make_font(document, **font)))
    page.Annots = Array([Dictionary(A=Dictionary(S=Name.GoTo, D=name(key))) for key in keys.split()])
    numbers = [{word[0]: int(word[1:]) for word in words.split()} for words in (before, now)]
    made: Renumbered = renumber_pages(document, [0], *numbers)
    assert not (made.contents and made.refused)
    if made.refused:
        return "refused"
    return made.contents[0].removeprefix(b"BT\n/F1 9.9 Tf 1 2 Td ").removesuffix(b"ET\n") if made.contents else None


def name(key: str) -> str:
    return f"cite.0@{key}" if len(key) == 1 else key


def test_a_number_is_changed_and_nothing_else() -> None:
    text = b"[(v)28(\351ase)-333([)]TJ\n" + link(b"(12)") + b" [(])-334(12)]TJ\n"
    assert renumber(text, "a", "a12", "a13") == text.replace(b"[(12)]", b"[(13)]")


def test_roundings_within_a_number_stay_where_they_are() -> None:
    assert renumber(link(b"-1(1)1(69)"), "a", "a169", "a170") == link(b"-1(1)1(70)")


def test_each_number_is_told_by_its_link() -> None:
    text = link(b"(12)") + link(b"(13)") + link(b"(12)")
    assert renumber(text, "a b a", "a12 b13", "a13 b12") == link(b"(13)") + link(b"(12)") + link(b"(13)")


def test_a_page_whose_works_keep_their_numbers_stays() -> None:
    assert renumber(link(b"(12)"), "a", "a12 b13", "a12 b14") is None


@pytest.mark.parametrize("now", ["a10", "b1"])
def test_a_number_that_grows_or_goes_is_left_to_latex(now: str) -> None:
    assert renumber(link(b"(9)"), "a", "a9 b8", now) is None


def test_what_grows_does_not_keep_others_of_the_page_from_changing() -> None:
    assert renumber(link(b"(9)") + link(b"(7)"), "a b", "a9 b7", "a10 b8") == link(b"(9)") + link(b"(8)")


@pytest.mark.parametrize(
    "text",
    [
        link(b"(12)") + link(b"(3)"),  # another link that is a number, to a figure
        link(b"(12)").replace(b"(12)", b"(11)"),  # not the number that the work had
        b"[(12)]TJ\n",  # not in the colour of a link
        link(b"(1)37(2)"),  # letters that move together: no rounding
        b"",
    ],
)
def test_a_page_is_refused_if_links_and_numbers_do_not_agree(text: bytes) -> None:
    assert renumber(text, "a", "a12", "a13") == "refused"


def test_links_to_other_places_are_no_citations() -> None:
    assert renumber(link(b"(12)"), "table.1 a section.12", "a12", "a13") == link(b"(13)")


@pytest.mark.parametrize(
    "font", [{"digits": "12"}, {"name": "ABCDEF+NimbusRomNo9L-Regu"}, {"odd": "3"}, {"name": "SomeLM"}]
)
def test_a_page_is_refused_if_its_font_cannot_show_the_new_digits_as_wide(font: dict[str, str]) -> None:
    assert renumber(link(b"(12)"), "a", "a12", "a13", **font) == "refused"


def test_a_font_that_lacks_other_digits_will_do() -> None:
    assert renumber(link(b"(12)"), "a", "a12", "a13", digits="123") == link(b"(13)")


def test_the_font_is_the_one_that_was_chosen_last() -> None:
    assert renumber(b"/F2 8 Tf " + link(b"(12)"), "a", "a12", "a13") == "refused"


@pytest.mark.parametrize("name", ["ABCDEF+TeXGyrePagella-Regular", "ABCDEF+TeXGyreHeros-Bold", "LMSans10-Bold"])
def test_digits_are_changed_in_every_face_of_the_engine(name: str) -> None:
    assert renumber(link(b"(12)"), "a", "a12", "a13", name=name) == link(b"(13)")
