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
from imprenta.typeset.pdf.outline import read_titles
from imprenta.typeset.pdf.rewrite import REPLACED, read_table, write_objects
from imprenta.typeset.pdf.splice import OpenPdf, splice_pages

WORDS = st.text(LETTERS, max_size=4)
PAGES = ["ab", "cd", "a", "b", "c", "d", "a", "b"]  # letters are missing that come later
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
    assert b"(ef) Tj" not in pdf  # it is packed


def test_the_same_edit_gives_the_same_bytes_and_another_identifier() -> None:
    part = make_run(["ef"])
    assert put(WHOLE, part, {1: 0}) == put(WHOLE, part, {1: 0})
    marks = set()
    for pdf in (WHOLE, put(WHOLE, part, {1: 0}), put(WHOLE, make_run(["fe"]), {1: 0})):
        with pikepdf.open(io.BytesIO(pdf)) as document:
            marks.add(bytes(document.trailer.ID[1]))
    assert len(marks) == 3


def test_another_content_and_other_titles_are_written_alone() -> None:
    with pikepdf.open(io.BytesIO(WHOLE)) as document:
        document.pages[2].obj.Contents = document.pages[1].obj.Contents
        with document.open_outline() as outline:
            action = document.make_indirect(Dictionary(S=Name.GoTo, D=pikepdf.String("a")))
            assert isinstance(action, Dictionary)
            outline.root.append(pikepdf.OutlineItem("Antes", action=action))
        whole = write_all(document)
    opened = OpenPdf(whole)
    opened.put_contents({1: b"BT /F1 20 Tf 5 10 Td (dc) Tj ET"})
    opened.set_titles({"a": "Después"})
    pdf = opened.dumps()
    assert was_rewritten(pdf)
    assert [text for _, text in look_at(pdf)][:3] == ["ab", "dc", "cd"]  # the third page had the content of the second
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert document.check_pdf_syntax() == []
        assert read_titles(document) == {"a": "Después"}


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


def read_packs(pdf: bytes) -> list[int]:
    """Return how many objects are in each object stream."""
    found = re.findall(rb"/Type /ObjStm\b[^>]*?/N (\d+)|/N (\d+)[^>]*/Type /ObjStm", pdf)
    return [int(one or other) for one, other in found]


def test_only_what_changed_is_written_and_what_was_written_for_it_before_is_gone() -> None:
    with pikepdf.open(io.BytesIO(make_run(["ab"]))) as document:
        link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([1, 2, 3, 4]), Dest=pikepdf.String("a"))
        document.pages[0].obj.Annots = Array([document.make_indirect(link)])
        part = write_all(document)
    pdf, packs = WHOLE, [read_packs(WHOLE)]
    for _ in range(2):
        pdf = put(pdf, part, {3: 0})  # no name leads to this page
        packs.append(read_packs(pdf))
    assert packs[1] == packs[2] == [*packs[0], 4]  # the root, the tree of pages, the page and its link


def test_places_that_are_no_objects_are_written_anew() -> None:
    with pikepdf.open(io.BytesIO(WHOLE)) as document:
        tree: Any = document.Root.Names.Dests
        name = str(tree.Names[0])
        tree.Names = Array([tree.Names[0], Array([document.pages[1].obj, Name.XYZ, 1, 2, None])])
        whole = write_all(document)
    pdf = put(whole, make_run(["ab"], {name: (0, "FitH")}), {1: 0})
    assert was_rewritten(pdf)
    assert describe(pdf)[1] == {name: (1, "/FitH")}


@pytest.mark.parametrize("key", ["/ID", "/Index", "/Prev"])
def test_another_kind_of_table_is_written_anew(key: str) -> None:
    """Without an identifier; in pieces, as pdfTeX tells it even of one; in several updates."""
    begun = WHOLE.rindex(b" 0 obj")
    table = re.sub(rb"/ID \[[^]]*\]", b"", WHOLE[begun:]) if key == "/ID" else WHOLE[begun:]
    size = re.findall(rb"/Size (\d+)", table)[0]
    told = {"/ID": b"", "/Index": b"/Index [ 0 %s ] " % size, "/Prev": b"/Prev 15 "}[key]
    whole = WHOLE[:begun] + table.replace(b"/W ", told + b"/W ", 1)
    pdf = put(whole, make_run(["ab"]), {1: 0})
    assert not was_rewritten(pdf)
    assert look_at(pdf) == look_at(put(WHOLE, make_run(["ab"]), {1: 0}))


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


def test_more_objects_come_than_one_stream_can_hold() -> None:
    with pikepdf.open(io.BytesIO(WHOLE)) as document:
        table = read_table(WHOLE, document)
        assert table is not None
        first = len(table.entries)
        many = {number: b"<</Number %d>>" % number for number in range(first, first + 70_000)}
        written = write_objects(WHOLE, document.trailer, table, dict(many))
    with pikepdf.open(io.BytesIO(written)) as document:
        assert [document.get_object(number, 0).Number for number in (min(many), max(many))] == [min(many), max(many)]
    assert look_at(written) == look_at(WHOLE)
