"""Pages of the preview: known by their looks, drawn when asked for, compared, replaced only when they changed."""

from __future__ import annotations

import struct
import zlib

import pytest
from small_pdfs import HEIGHT, WIDTH, make_pdf

from imprenta.preview import pages
from imprenta.preview.differences import ChangedArea, find_changed_lines, find_changed_rows, find_differences
from imprenta.preview.drawing import Box, Document, Picture, Tile
from imprenta.preview.identity import identify_pages
from imprenta.preview.pages import PageStore


def looks(pdf: bytes) -> list[str]:
    return [page.content for page in identify_pages(pdf)]


def test_the_numbers_of_the_objects_do_not_matter() -> None:
    pages = ["uno", "dos", "tres"]
    assert looks(make_pdf(pages)) == looks(make_pdf(pages, spare=7))
    assert len(set(looks(make_pdf(pages)))) == 3


def test_only_a_page_that_says_something_else_looks_otherwise() -> None:
    before, after = looks(make_pdf(["uno", "dos", "tres"])), looks(make_pdf(["uno", "doce", "tres"]))
    assert [one == other for one, other in zip(before, after, strict=True)] == [True, False, True]


def test_letters_that_another_page_adds_to_a_font_do_not_matter() -> None:
    one = make_pdf(["uno"], subset="ABCDEF", letters=b"one")
    assert looks(one) == looks(make_pdf(["uno"], subset="GHIJKL", letters=b"more"))
    assert looks(one) != looks(make_pdf(["uno"]))


def test_links_and_turning_are_part_of_the_look() -> None:
    plain = looks(make_pdf(["uno", "dos"]))
    assert looks(make_pdf(["uno", "dos"], links=[(0, "https://example.org/")]))[0] != plain[0]
    turned = identify_pages(make_pdf(["uno"], turned=True))[0]
    assert turned.content != plain[0]
    assert (turned.width, turned.height) == (HEIGHT, WIDTH)


def test_kins_differ_in_numbers_alone() -> None:
    before, after = (identify_pages(make_pdf(pages)) for pages in (["p. 7", "p. 8 y más"], ["p. 9", "p. 8 y menos"]))
    assert before[0].content != after[0].content
    assert before[0].layout == after[0].layout
    assert before[1].layout != after[1].layout


def test_what_is_no_pdf_is_refused() -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the words are the library's
        identify_pages(b"no es un PDF")
    with pytest.raises(ValueError):  # noqa: PT011
        identify_pages(make_pdf(["uno"]), [3])


def read_png(data: bytes) -> tuple[int, int, bytes]:
    """Return width, height and the rows of pixels of a PNG whose rows are as they are, and check its sums."""
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    chunks, place = {}, 8
    while place < len(data):
        (length,) = struct.unpack(">I", data[place : place + 4])
        name, content = data[place + 4 : place + 8], data[place + 8 : place + 8 + length]
        assert struct.unpack(">I", data[place + 8 + length : place + 12 + length])[0] == zlib.crc32(name + content)
        chunks[name], place = content, place + 12 + length
    width, height, depth, kind = struct.unpack(">IIBB", chunks[b"IHDR"][:10])
    assert (depth, kind) == (8, 2)
    rows = zlib.decompress(chunks[b"IDAT"])
    stride = 1 + 3 * width
    assert len(rows) == stride * height
    assert {rows[row * stride] for row in range(height)} == {0}
    return width, height, b"".join(rows[row * stride + 1 : (row + 1) * stride] for row in range(height))


def test_a_page_is_drawn_at_the_pixels_asked_for_and_its_tiles_fit_together() -> None:
    document = Document(make_pdf(["uno"]))
    width, height, whole = read_png(document.draw(0, Tile(800)).pack())
    assert (width, height) == (800, 1000)
    assert whole[:3] == b"\xff\xff\xff"
    assert min(whole) < 100  # there are letters
    across, down, part = read_png(document.draw(0, Tile(800, 90, 100, 120, 60)).pack())
    assert (across, down) == (120, 60)
    rows = [whole[(row * 800 + 90) * 3 : (row * 800 + 210) * 3] for row in range(100, 160)]
    assert part == b"".join(rows)
    assert min(part) < 100


@pytest.mark.parametrize("tile", [Tile(100, 200, 0, 50, 50), Tile(100, 0, 900, 50, 50), Tile(99_999)])
def test_what_is_not_on_the_page_is_not_drawn(tile: Tile) -> None:
    with pytest.raises(LookupError):
        Document(make_pdf(["uno"])).draw(0, tile)


def test_the_text_stands_where_it_is_seen() -> None:
    for turned in (False, True):
        document = Document(make_pdf(["Hola mundo\nadiós"], turned=turned))
        boxes = dict(document.read_text(0))
        assert set(boxes) == {"Hola mundo", "adiós"}
        box, below = boxes["Hola mundo"], boxes["adiós"]
        if turned:  # the left side of the page is its top now, and its top the right side
            assert box.top == pytest.approx(50, abs=2)
            assert below.left < box.left
        else:
            assert box.left == pytest.approx(50, abs=2)
            assert box.top + box.height == pytest.approx(60, abs=4)
            assert below.top - box.top == pytest.approx(20, abs=4)


def test_links_lead_to_pages_and_to_addresses() -> None:
    document = Document(make_pdf(["uno", "dos"], links=[(0, 1), (1, "https://example.org/a?b=1")]))
    (inner,), (outer,) = document.read_links(0), document.read_links(1)
    assert (inner.index, inner.top, inner.address) == (1, 100.0, "")
    assert (inner.box.left, inner.box.top, inner.box.width, inner.box.height) == (45.0, 45.0, 155.0, 20.0)
    assert outer.address == "https://example.org/a?b=1"


def test_contents_are_read_with_their_places() -> None:
    document = Document(make_pdf(["uno", "dos"], headings=[("Título", 0), ("Niño", 1)]))
    assert [(entry.title, entry.index, entry.top) for entry in document.read_contents()] == [
        ("Título", 0, 100.0),
        ("Niño", 1, 100.0),
    ]


def test_a_closed_document_is_not_there() -> None:
    document = Document(make_pdf(["uno"]))
    document.read_text(0)
    document.close()
    with pytest.raises(LookupError):
        document.read_text(0)


def drawing(rows: list[bytes]) -> Picture:
    return Picture(bytearray(b"".join(b"\0" + row for row in rows)), len(rows[0]), len(rows), depth=1)


def test_the_areas_that_differ_are_found() -> None:
    blank = [b"\xff" * 10 for _ in range(40)]
    changed = list(blank)
    changed[2] = b"\xff\xff\x00" + b"\xff" * 7
    changed[4] = b"\xff" * 5 + b"\x10\x10" + b"\xff" * 3
    changed[39] = b"\xff" * 9 + b"\xfe"
    first, second = find_differences(drawing(blank), drawing(changed))
    assert first == ChangedArea(0.2, 2 / 40, 0.5, 3 / 40)
    assert second == ChangedArea(0.9, 39 / 40, pytest.approx(0.1), 1 / 40)
    assert find_differences(drawing(blank), drawing(blank)) == []
    assert find_differences(drawing(blank), drawing(blank[1:])) == [ChangedArea(0.0, 0.0, 1.0, 1.0)]


def text(*lines: tuple[str, float]) -> list[tuple[str, Box]]:
    return [(words, Box(10.0, top, 50.0, 8.0)) for words, top in lines]


def test_when_lines_move_only_new_text_is_marked() -> None:
    before = text(("uno", 10), ("dos", 20), ("fin", 30))
    found = find_changed_lines(before, text(("uno", 10), ("dos nuevo", 20), ("y tres", 30), ("fin", 40)), (100, 200))
    assert found == [ChangedArea(0.1, 0.1, 0.5, pytest.approx(0.09))]
    assert find_changed_lines(before, text(("uno", 10), ("fin", 20)), (100, 200)) == [ChangedArea(0.1, 0.1, 0.5, 0.04)]
    apart = text(("cero", 0), ("uno", 12), ("dos", 22), ("fin", 32), ("más", 90))
    assert find_changed_lines(before, apart, (100, 200)) == [
        ChangedArea(0.1, 0.0, 0.5, 0.04),
        ChangedArea(0.1, 0.45, 0.5, 0.04),
    ]


def test_when_nothing_moves_the_drawings_tell() -> None:
    before = text(("uno", 10), ("dos", 20))
    assert find_changed_lines(before, text(("uno", 10), ("tres", 20)), (100, 200)) is None
    assert find_changed_lines(before, before, (100, 200)) is None
    assert find_changed_lines([], [], (100, 200)) is None


def test_the_same_pages_again_are_no_news() -> None:
    store = PageStore()
    first = store.show_document(make_pdf(["uno", "dos"]))
    assert (first.revision, len(first.pages)) == (1, 2)
    assert store.show_document(make_pdf(["uno", "dos"], spare=3)) is first
    second = store.show_document(make_pdf(["uno", "tres"]))
    assert second.revision == 2
    assert second.pages[0] == first.pages[0]
    assert second.pages[1] != first.pages[1]


def test_a_page_can_be_drawn_and_compared_after_its_document_was_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "MOST_FORMER", 3)
    store = PageStore()
    first = store.show_document(make_pdf(["uno", "dos"]))
    second = store.show_document(make_pdf(["uno", "dos más"]))
    assert store.draw_png(second.pages[0].content, Tile(50))
    (area,) = store.compare(first.pages[1].content, second.pages[1].content)
    assert area.left > 0.15  # after the word that stayed
    for words in ("tres", "cuatro", "cinco"):
        assert store.read_text(first.pages[1].content)
        store.show_document(make_pdf(["uno", words]))
    with pytest.raises(LookupError):
        store.read_text(first.pages[1].content)


def test_a_document_of_former_pages_is_not_held_open_and_read_again_when_it_is_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rested: list[Document] = []
    rest = Document.rest
    monkeypatch.setattr(Document, "rest", lambda document: (rested.append(document), rest(document)))
    store = PageStore()
    first = store.show_document(make_pdf(["uno", "dos"]))
    document, _ = store._find(first.pages[1].content)
    store.show_document(make_pdf(["uno", "tres"]))
    store._ahead.shutdown()
    # Pages of a test before may still be let go of meanwhile.
    assert [one for one in rested if one in (document, store._whole)] == [document]
    assert [words for words, _ in store.read_text(first.pages[1].content)[0]] == ["dos"]


def test_of_former_pages_only_those_are_kept_that_have_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "FORMER_BYTES", 1)
    store = PageStore()
    looks_before = [store.show_document(make_pdf([words])).pages[0].content for words in ("uno", "dos", "tres")]
    assert store.read_text(looks_before[1])  # the last is always kept
    with pytest.raises(LookupError):
        store.read_text(looks_before[0])


def test_single_pages_come_first_and_the_whole_takes_their_mark_away() -> None:
    store = PageStore()
    first = store.show_document(make_pdf(["uno", "dos", "tres"]))
    early = store.show_pages(make_pdf(["otra cosa", "dos nuevo"]), {2: 1})
    assert [page.provisional for page in early.pages] == [False, True, False]
    assert early.pages[0] == first.pages[0]
    assert store.read_text(early.pages[1].content)[0][0][0] == "dos nuevo"
    whole = store.show_document(make_pdf(["uno", "dos nuevo", "tres"]))
    assert [page.content for page in whole.pages] == [page.content for page in early.pages]
    assert not any(page.provisional for page in whole.pages)
    assert whole.revision == early.revision + 1


def test_a_page_may_be_further_on_than_those_that_are_shown() -> None:
    store = PageStore()
    store.show_document(make_pdf(["uno", "dos"]))
    longer = store.show_pages(make_pdf(["cuatro"]), {4: 0})
    assert [page.provisional for page in longer.pages] == [False, False, True, True]
    with pytest.raises(ValueError):  # noqa: PT011 - the words are the library's
        store.show_pages(make_pdf(["uno"]), {1: 5})
    assert store.shown is longer


def test_a_link_leads_where_the_newest_document_says() -> None:
    store = PageStore()
    first = store.show_document(make_pdf(["uno", "dos"], links=[(0, 1)]))
    look = first.pages[0].content
    assert store.find_target(look, 0) == (1, 100.0)
    assert store.find_target(look, 5) is None
    store.show_document(make_pdf(["uno", "más", "dos"], links=[(0, 2)]))
    assert store.find_target(look, 0) == (2, 100.0)


def test_contents_are_those_of_the_last_whole_document() -> None:
    store = PageStore()
    assert store.read_contents() == ("", [])
    store.show_document(make_pdf(["uno", "dos"], headings=[("A", 1)]))
    store.show_pages(make_pdf(["uno nuevo"]), {1: 0})
    store.show_pages(make_pdf(["dos nuevo"]), {2: 0})
    title, entries = store.read_contents()
    assert (title, [entry.title for entry in entries]) == ("Informe de prueba", ["A"])


def test_the_rows_that_changed_are_found() -> None:
    blank = [b"\xff" * 10 for _ in range(100)]
    changed = list(blank)
    changed[31] = changed[70] = b"\xff" * 9 + b"\x00"
    assert find_changed_rows(drawing(blank), drawing(blank)) is None
    assert find_changed_rows(drawing(blank), drawing(changed)) == (31, 71)
    cut = drawing(changed).cut(31, 33)
    assert (cut.height, cut.pixels) == (2, b"\0" + changed[31] + b"\0" + changed[32])


def test_of_a_change_the_rows_are_sent_that_differ() -> None:
    store = PageStore()
    first = store.show_document(make_pdf(["uno", "dos"])).pages[1]
    tile = Tile(200)
    store.draw_png(first.content, tile)
    seen = {(2, tile)}
    second = store.show_pages(make_pdf(["dos más"]), {2: 0}, seen).pages[1]
    strip = store.find_strip(first.content, second.content, tile)
    assert strip is not None
    assert 0 < strip.down < 30
    _, rows, part = read_png(store.draw_png(second.content, strip))
    assert rows == strip.down
    _, _, whole = read_png(store.draw_png(second.content, tile))
    assert part == whole[3 * 200 * strip.top : 3 * 200 * (strip.top + strip.down)]
    assert store.find_strip(second.content, second.content, tile) == Tile(200, 0, 0, 200, 0)
    assert store.find_strip("0" * 16, second.content, tile) is None


def test_a_band_is_put_over_what_the_page_was() -> None:
    store = PageStore()
    before = store.show_document(make_pdf(["uno", "dos"])).pages[1]
    tile = Tile(200)
    changed = make_pdf(["dos más"])
    assert store.show_band(changed, {2: 0}, (0.0, 800.0), {(2, tile)}) is None, "nobody saw the page"
    store.draw_png(before.content, tile)
    found = store.show_band(changed, {2: 0}, (0.0, 800.0), {(2, tile)})
    assert found is not None
    shown, strips = found
    page = shown.pages[1]
    assert (page.first_paint, page.provisional, page.layout) == (True, True, before.layout)
    ((look, strip),) = strips.values()
    assert look == before.content
    exact = store.show_pages(changed, {2: 0}).pages[1]
    assert not exact.first_paint
    assert store.find_strip(page.content, exact.content, tile) == Tile(200, 0, 0, 200, 0), "it is the exact one already"
    assert strip.down > 0
    assert store.show_band(changed, {2: 0}, (0.0, 10.0), {(2, tile)}) is None, "nothing changed there"


def test_a_whole_pdf_is_known_by_the_pages_that_were_set(monkeypatch: pytest.MonkeyPatch) -> None:
    store = PageStore()
    store.show_document(make_pdf(["uno", "dos"]))
    set_alone = store.show_pages(make_pdf(["dos más"]), {2: 0})
    whole = make_pdf(["uno", "dos más"])
    monkeypatch.setattr(pages, "identify_pages", lambda *_: pytest.fail("it is known what they look like"))
    shown = store.show_document(whole, {2})
    assert [page.content for page in shown.pages] == [page.content for page in set_alone.pages]
    assert not any(page.provisional for page in shown.pages)
    monkeypatch.undo()
    store.show_pages(make_pdf(["tres"]), {1: 0})  # of a build that was called off
    undone = store.show_document(whole, {2})
    assert [page.content for page in undone.pages] == [page.content for page in set_alone.pages]
