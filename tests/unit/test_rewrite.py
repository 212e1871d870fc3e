"""Few changed objects of a PDF -> the PDF with these written anew: the same as if qpdf had written all of it."""

from __future__ import annotations

import io
import re
import zlib
from typing import Any

import pikepdf
import pytest
from font_subsets import LETTERS, look_at, make_run, read_fonts
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name

from imprenta.typeset.pdf.names import page_of, read_names
from imprenta.typeset.pdf.rewrite import REPLACED
from imprenta.typeset.pdf.splice import OpenPdf, splice_pages

WORDS = st.text(LETTERS, max_size=4)
PAGES = ["ab", "cd", "e", "f", "a", "b", "c", "d"]
NAMES = {"start": (0, "XYZ"), "a": (1, "XYZ"), "b": (2, "XYZ"), "c": (2, "FitH")}


def write_by_qpdf(pdf: bytes) -> bytes:
    """Return the PDF as a build from nothing leaves it."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        result = io.BytesIO()
        document.save(result, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return result.getvalue()


WHOLE = write_by_qpdf(make_run(PAGES, NAMES))


def was_rewritten(pdf: bytes) -> bool:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return REPLACED in document.trailer


def describe(pdf: bytes) -> Any:
    """Return what a PDF shows, where its names lead, and its fonts; fail if it is not as PDF asks."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert document.check_pdf_syntax() == []
        pages = {page.objgen: number for number, page in enumerate(document.pages)}
        names = {name: (pages[page_of(place)], str(place.D[1])) for name, place in read_names(document).items()}
    return look_at(pdf), names, read_fonts(pdf)


def put(pdf: bytes, part: bytes, places: dict[int, int], *, anew: bool = False) -> bytes:
    opened = OpenPdf(pdf)
    opened.put_pages((part, places))
    assert not anew or opened.document is not None
    return opened.dumps()


@given(
    st.lists(
        st.tuples(
            st.integers(0, 7), WORDS, st.dictionaries(st.sampled_from("abcdef"), st.just((1, "XYZ")), max_size=3)
        ),
        min_size=1,
        max_size=5,
    )
)
@settings(max_examples=30, deadline=None)
def test_what_is_rewritten_is_what_qpdf_writes(edits: list[tuple[int, str, dict[str, tuple[int, str]]]]) -> None:
    few = all_anew = WHOLE
    for number, words, names in edits:
        part = make_run(["", words], names)
        few, all_anew = put(few, part, {number: 1}), put(all_anew, part, {number: 1}, anew=True)
        assert not was_rewritten(all_anew)
        assert describe(few) == describe(all_anew)


def read_streams(pdf: bytes) -> bytes:
    """Return all that the streams of a file hold, whether something leads to them or not."""
    found = []
    for stream in re.finditer(rb"stream\n(.*?)\nendstream", pdf, re.DOTALL):
        try:
            found.append(zlib.decompress(stream[1]))
        except zlib.error:
            found.append(stream[1])
    return b"".join(found)


def test_what_an_author_took_out_is_not_left_in_the_file() -> None:
    assert b"(cd) Tj" in read_streams(WHOLE)
    pdf = put(WHOLE, make_run(["ef"]), {1: 0})
    assert was_rewritten(pdf)
    assert b"(cd) Tj" not in read_streams(pdf)
    assert b"(ef) Tj" in read_streams(pdf)


def test_the_same_edit_gives_the_same_bytes_and_another_identifier() -> None:
    part = make_run(["ef"])
    assert put(WHOLE, part, {1: 0}) == put(WHOLE, part, {1: 0})
    marks = set()
    for pdf in (WHOLE, put(WHOLE, part, {1: 0}), put(WHOLE, make_run(["fe"]), {1: 0})):
        with pikepdf.open(io.BytesIO(pdf)) as document:
            marks.add(bytes(document.trailer.ID[1]))
    assert len(marks) == 3


def test_after_some_pages_all_is_written_anew() -> None:
    """A quarter of eight pages: two; then the count begins again."""
    pdf, found = WHOLE, []
    for number in range(6):
        pdf = put(pdf, make_run(["a" * (number + 1)]), {number: 0})
        found.append(was_rewritten(pdf))
    assert found == [True, True, False, True, True, False]


def test_edits_of_one_page_leave_no_growing_file() -> None:
    pdf = WHOLE
    for number in range(40):
        pdf = put(pdf, make_run([LETTERS[number % 6] * 3]), {number % 8: 0})
    assert len(pdf) < 1.2 * len(put(WHOLE, make_run(["abcdef"]), {0: 0}, anew=True))


def test_a_font_that_nobody_uses_any_more_is_not_left() -> None:
    whole = write_by_qpdf(make_run(["a"] * 8))
    whole = write_by_qpdf(splice_pages(whole, (make_run(["b"], tag="OTHERS", design=b"% later\n"), {3: 0})))
    assert len(read_fonts(whole)) == 2
    assert b"later" in read_streams(whole)
    pdf = put(whole, make_run(["a"]), {3: 0})
    assert not was_rewritten(pdf)
    assert b"later" not in read_streams(pdf)


def test_a_file_that_qpdf_did_not_write_is_written_anew() -> None:
    plain = make_run(PAGES, NAMES)
    pdf = put(plain, make_run(["ef"]), {1: 0})
    assert not was_rewritten(pdf)
    assert describe(pdf) == describe(put(WHOLE, make_run(["ef"]), {1: 0}))


def test_a_page_whose_content_another_page_shows_too_is_written_anew() -> None:
    with pikepdf.open(io.BytesIO(WHOLE)) as document:
        document.pages[2].obj.Contents = document.pages[1].obj.Contents
        shared = io.BytesIO()
        document.save(shared, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    pdf = put(shared.getvalue(), make_run(["ef"]), {1: 0})
    assert [text for _, text in look_at(pdf)][1:3] == ["ef", "cd"]


def test_a_tree_of_pages_with_branches_is_written_anew() -> None:
    with pikepdf.open(io.BytesIO(WHOLE)) as document:
        root = document.Root.Pages
        kids = list(root.Kids)
        branch = document.make_indirect(Dictionary(Type=Name.Pages, Kids=Array(kids[:4]), Count=4, Parent=root))
        for kid in kids[:4]:
            kid.Parent = branch
        root.Kids = Array([branch, *kids[4:]])
        branched = write_all(document)
    pdf = put(branched, make_run(["ef"]), {1: 0})
    assert not was_rewritten(pdf)
    assert describe(pdf)[0][1] == look_at(make_run(["ef"]))[0]


def write_all(document: Any) -> bytes:
    result = io.BytesIO()
    document.save(result, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return result.getvalue()


@pytest.mark.parametrize("as_action", [True, False])
def test_the_opening_leads_to_the_new_page(as_action: bool) -> None:
    with pikepdf.open(io.BytesIO(WHOLE)) as document:
        place = document.make_indirect(Array([document.pages[0].obj, Name.Fit]))
        document.Root.OpenAction = Dictionary(S=Name.GoTo, D=place) if as_action else place
        opening = write_all(document)
    pdf = put(opening, make_run(["ef"]), {0: 0})
    assert was_rewritten(pdf)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        action: Any = document.Root.OpenAction
        place = action.D if as_action else action
        assert place[0].objgen == document.pages[0].objgen
