"""Pages with fonts and drawings of their own -> the document's in their place: every page looks as in its run."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest
from font_subsets import LETTERS, NAMES, count_fonts, look_at, make_run, make_type1, read_fonts
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name

from imprenta.typeset.pdf.splice import splice_pages
from imprenta.typeset.pdf.type1 import UNUSED, Type1Font, merge_type1, read_type1

if TYPE_CHECKING:
    from collections.abc import Callable


def reread(font: Type1Font) -> Type1Font:
    data, clear = font.dumps()
    return read_type1(data, clear, len(data) - clear)


def test_each_letter_of_the_font_for_these_tests_is_drawn() -> None:
    pictures = [picture for picture, _ in look_at(make_run([*LETTERS, ""]))]
    assert len(set(pictures)) == len(LETTERS) + 1
    assert [text for _, text in look_at(make_run([*LETTERS, ""]))] == [*LETTERS, ""]


def test_a_font_is_read_as_it_was_written() -> None:
    font = make_type1("ace")
    assert reread(font) == font


@pytest.mark.parametrize(("one", "other"), [("a", "f"), ("ab", "bc"), ("abcdef", "c"), ("f", "abc")])
def test_subsets_of_a_font_become_one(one: str, other: str) -> None:
    merged = merge_type1(make_type1(one, "ONEONE"), make_type1(other, "OTHERS"))
    assert merged is not None
    both = make_type1(sorted({*one, *other}), "ONEONE")
    assert reread(merged) == merged == both


@pytest.mark.parametrize(
    "change",
    [
        {"rest": (*make_type1("a").rest[:4], b"otherwise\n")},
        {"encoding": {ord("a"): b"another"}},
        {"subroutines": {0: b"3 RD abc NP\n"}},
        {"glyphs": {NAMES["a"]: b"1 RD a ND\n"}},
    ],
    ids=lambda change: next(iter(change)),
)
def test_other_fonts_are_not_merged(change: dict[str, Any]) -> None:
    font = make_type1("a")
    assert merge_type1(font, replace(font, **change)) is None


def test_a_subroutine_that_only_one_subset_calls_is_kept() -> None:
    merged = merge_type1(make_type1("a"), make_type1("c"))
    assert merged is not None
    assert [UNUSED in line for line in merged.subroutines.values()] == [False, True, False]


@pytest.mark.parametrize("damage", [b"", b"%!PS no table", None])
def test_what_is_no_subset_of_ours_is_refused(damage: bytes | None) -> None:
    data, clear = make_type1("abc").dumps()
    with pytest.raises(ValueError):  # noqa: PT011  our own words, never shown
        read_type1(data[:-300] if damage is None else damage, clear, len(data) - clear)


WORDS = st.text(LETTERS, max_size=4)


@given(
    st.lists(WORDS, min_size=3, max_size=3),
    st.lists(st.tuples(st.integers(0, 2), WORDS, st.sampled_from([0, 0, 0, -32])), min_size=1, max_size=4),
)
@settings(max_examples=30, deadline=None)
def test_pages_look_as_in_their_own_runs(first: list[str], edits: list[tuple[int, str, int]]) -> None:
    """Invariant of `fonts`: whatever was put in before, sharing changes no page, and the font is there once."""
    pdf = make_run(first)
    wanted = look_at(pdf)
    encodings = [0, 0, 0]
    for number, words, shift in edits:
        part = make_run(["", words], shift=shift)
        pdf = splice_pages(pdf, (part, {number: 1}))
        wanted[number] = look_at(part)[1]
        encodings[number] = shift
    assert look_at(pdf) == wanted
    assert len(read_fonts(pdf)) == 1
    assert count_fonts(pdf) == len(set(encodings))


def change_font(pdf: bytes, change: Callable[[Any], None]) -> bytes:
    """Return a run of `make_run` with its font changed."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        change(document.pages[0].obj.Resources.Font.F1)
        return save(document)


def forget_letters(font: Any) -> None:
    del font.ToUnicode


def test_a_code_that_the_encoding_gives_another_glyph_of_is_not_added() -> None:
    """Fonts share an encoding: it may tell of codes that this font has no glyph for."""

    def tell_more(font: Any) -> None:
        forget_letters(font)
        font.Encoding.Differences = Array([*font.Encoding.Differences, ord("b"), Name.another])

    whole = change_font(make_run(["a", "a"]), tell_more)
    part = change_font(make_run(["b"]), forget_letters)
    pdf = splice_pages(whole, (part, {1: 0}))
    assert [picture for picture, _ in look_at(pdf)] == [look_at(whole)[0][0], look_at(part)[0][0]]
    assert count_fonts(pdf) == 2


def test_a_code_that_only_another_font_of_the_encoding_draws_is_added() -> None:
    def tell_more(font: Any) -> None:
        font.Encoding.Differences = Array([ord("a"), *(Name("/" + NAMES[letter].decode()) for letter in "abc")])

    part = make_run(["b"])
    pdf = splice_pages(change_font(make_run(["ac", ""]), tell_more), (part, {1: 0}))
    assert look_at(pdf) == [look_at(make_run(["ac"]))[0], look_at(part)[0]]
    assert count_fonts(pdf) == 1


def test_the_width_of_a_code_that_only_one_run_used_is_kept() -> None:
    """Another font of the same run may have asked for the glyph."""

    def leave_out(font: Any) -> None:
        font.Widths = Array([500, 0, 500])

    whole, part = make_run(["abc", ""]), change_font(make_run(["ac", "abc"]), leave_out)
    for pdf in (splice_pages(whole, (part, {1: 0})), splice_pages(add_blank(part), (whole, {1: 0}))):
        assert count_fonts(pdf) == 1
        with pikepdf.open(io.BytesIO(pdf)) as document:
            font: Any = document.pages[0].obj.Resources.Font.F1
            assert list(font.Widths) == [500, 500, 500]


def test_a_font_that_is_described_otherwise_is_kept() -> None:
    def describe(font: Any) -> None:
        font.FontDescriptor.Flags = 32

    pdf = splice_pages(make_run(["a", "a"]), (change_font(make_run(["a"]), describe), {1: 0}))
    assert len(read_fonts(pdf)) == 2


def test_a_font_that_lacks_nothing_stays_as_it_is() -> None:
    whole = make_run(["abc", "d"])
    pdf = splice_pages(whole, (make_run(["ab"]), {1: 0}))
    assert read_fonts(pdf) == read_fonts(whole)


def test_a_font_of_the_same_name_that_is_another_is_kept() -> None:
    part = make_run(["a"], tag="OTHERS", design=b"% later\n")
    pdf = splice_pages(make_run(["b", "c"], tag="BEFORE"), (part, {1: 0}))
    assert look_at(pdf)[1] == look_at(part)[0]
    assert read_fonts(pdf) == [("/BEFORE+Boxes", {NAMES["b"], NAMES["c"]}), ("/OTHERS+Boxes", {NAMES["a"]})]


def test_a_font_that_nobody_understands_is_taken_as_it_comes() -> None:
    part = make_run(["a"], tag="OTHERS")
    with pikepdf.open(io.BytesIO(part)) as document:
        document.pages[0].obj.Resources.Font.F1.FontDescriptor.FontFile.write(b"%!PS unlike any other")
        strange = save(document)
    pdf = splice_pages(make_run(["b", "c"]), (strange, {1: 0}))
    assert len(read_file_sizes(pdf)) == 2


def test_a_width_of_its_own_is_kept() -> None:
    """TeX places letters by the widths that the PDF tells; a font with others is another one, its glyphs are not."""
    with pikepdf.open(io.BytesIO(make_run(["aa"]))) as document:
        document.pages[0].obj.Resources.Font.F1.Widths = Array([600])
        part = save(document)
    pdf = splice_pages(make_run(["aa", ""]), (part, {1: 0}))
    assert look_at(pdf) == [look_at(make_run(["aa"]))[0], look_at(part)[0]]
    assert look_at(pdf)[0] != look_at(pdf)[1]
    assert len(read_fonts(pdf)) == 1


def save(document: Any) -> bytes:
    result = io.BytesIO()
    document.save(result, static_id=True, compress_streams=False)
    return result.getvalue()


def read_file_sizes(pdf: bytes) -> set[int]:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        streams = (item for item in document.objects if isinstance(item, pikepdf.Stream))
        return {int(item.Length1) for item in streams if "/Length1" in item}


def make_drawn(fill: int, *, mask: int = 1, turned: bool = False) -> bytes:
    """Return a PDF of a page with a drawing that holds a picture, and with that picture itself."""
    document = pikepdf.open(io.BytesIO(make_run(["a"])))
    described = {"Type": Name.XObject, "Subtype": Name.Image, "Width": 4, "Height": 4, "BitsPerComponent": 8}
    cover = document.make_stream(bytes([mask]) * 16, **described, ColorSpace=Name.DeviceGray)
    picture = document.make_stream(bytes([fill]) * 16, **described, ColorSpace=Name.DeviceGray, SMask=cover)
    if turned:  # black is white
        picture.Decode = Array([1, 0])
    inner = document.make_stream(bytes([fill]) * 16, **described, ColorSpace=Name.DeviceGray)
    inner.write(bytes([fill]) * 16, filter=None)
    drawing = document.make_stream(b"q 9 0 0 9 0 0 cm /I Do Q", Type=Name.XObject, Subtype=Name.Form)
    drawing.BBox = Array([0, 0, 9, 9])
    drawing.Resources = Dictionary(XObject=Dictionary(I=inner))
    document.pages[0].obj.Resources.XObject = Dictionary(P=picture, D=drawing)
    return save(document)


def count_streams(pdf: bytes) -> int:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return sum(item.get("/Type") == "/XObject" for item in document.objects if isinstance(item, pikepdf.Stream))


def add_blank(pdf: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.add_blank_page(page_size=(100, 40))
        return save(document)


def test_drawings_and_pictures_that_are_there_are_not_there_twice() -> None:
    drawn = make_drawn(7)
    assert count_streams(drawn) == 4
    assert count_streams(splice_pages(add_blank(drawn), (drawn, {1: 0}))) == 4


def test_a_picture_is_the_same_however_it_is_packed() -> None:
    whole = splice_pages(add_blank(make_drawn(7)), (make_drawn(7), {0: 0}))  # packed by now
    with pikepdf.open(io.BytesIO(splice_pages(whole, (make_drawn(7), {1: 0})))) as document:
        one, other = (page.obj.Resources.XObject.P for page in document.pages)
        assert one.objgen == other.objgen


@pytest.mark.parametrize(("fill", "mask", "turned"), [(8, 1, False), (7, 2, False), (7, 1, True)])
def test_drawings_that_differ_deep_inside_are_kept(fill: int, mask: int, turned: bool) -> None:
    pdf = splice_pages(add_blank(make_drawn(7)), (make_drawn(fill, mask=mask, turned=turned), {1: 0}))
    with pikepdf.open(io.BytesIO(pdf)) as document:
        one, other = (page.obj.Resources.XObject for page in document.pages)
        assert one.P.objgen != other.P.objgen
        assert (one.D.objgen == other.D.objgen) is (fill == 7)
