"""The map from the .tex to the author's lines: marks, the form in which it is kept, lines of texts and cells."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imprenta.markup import write_block, write_inline
from imprenta.model import Text
from imprenta.model.source_map import SourceMap, hold, join_maps, mark, strip_marks, unmark, unmark_piece
from imprenta.problems import Span

PATH = "paper/secciones/á.yaml"


class PlacedNumbers:
    """A scope that marks places."""

    def number(self, _expression: object) -> str:
        return "7"

    def sources(self, names: tuple[str, ...]) -> tuple[str, ...]:
        return names

    def mark(self, place: Span) -> str:
        return mark(place)


class Numbers:
    """A scope that does not."""

    number = PlacedNumbers.number
    sources = PlacedNumbers.sources


def text_at(value: str, line: int, column: int = 5) -> Text:
    """A block scalar: each line of the value is a line of the file."""
    pieces, offset = [], 0
    for number, row in enumerate(value.split("\n")):
        pieces.append((offset, line + number, column))
        offset += len(row) + 1
    return Text(value, PATH, tuple(pieces), quoted=True)


def place_of(marked: str, words: str) -> tuple[int, int] | None:
    tex, places = unmark(marked)
    at = tex.index(words)
    line = tex.count("\n", 0, at) + 1
    place = places.place_of(line, at - tex.rfind("\n", 0, at))
    return None if place is None else (place.line, place.column)


def test_what_stands_between_marks_is_found_and_the_marks_are_gone() -> None:
    marked = f"{mark(Span('a.yaml', 3, 7))}uno\ndos {mark(Span('b/ñ.yaml', 9, 2))}tres\n"
    tex, places = unmark(marked)
    assert tex == "uno\ndos tres\n"
    assert places.place_of(1, 2) == Span("a.yaml", 3, 7)
    assert places.place_of(2, 4) == Span("a.yaml", 3, 7)
    assert places.place_of(2, 5) == Span("b/ñ.yaml", 9, 2)
    assert places.start_of(2, 7) == (2, 5)
    assert strip_marks(marked) == tex


def test_after_a_held_piece_the_place_before_it_is_the_place_again() -> None:
    inside = hold(f"{mark(Span('a.yaml', 8))}dato\nmás")
    marked = f"{mark(Span('templates/x.tex.j2', 4))}\\orden{{{inside}}} resto\nfin"
    _, places = unmark(marked)
    assert places.place_of(1, 3) == Span("templates/x.tex.j2", 4)
    assert places.place_of(1) == Span("a.yaml", 8)
    assert places.place_of(2, 1) == Span("a.yaml", 8)
    assert places.place_of(2, 6) == Span("templates/x.tex.j2", 4)
    assert places.place_of(3) == Span("templates/x.tex.j2", 4)


def test_what_is_kept_is_read_back() -> None:
    _, places = unmark(f"x{mark(Span('a b.yaml', 3, 7))}uno\n{mark(Span('c.yaml', 1))}dos")
    assert SourceMap.loads(places.dumps()) == places
    with pytest.raises(ValueError, match="1 1 5 1 1"):
        SourceMap.loads("1 1 5 1 1\n")


@pytest.mark.parametrize(
    "value",
    [
        "Uno dos\ntres [@a]\ncuatro.",
        "Uno\n[@a] dos\n\nOtro párrafo\n{fuentes: x.y}\nfin",
        "- uno\n  sigue\n- dos\n\n> cita\n> sigue",
        "Son 10\n% de algo -\n-- y *énfasis\nlargo* con $x$\ny fin",
        "Nota[^1] y\nresto\n\n[^1]: El texto\n    de la nota.",
        "```\nuno\n\ndos\n```\n\n$$\nx = 1\n$$\n",
        "[corchete]\n* no es lista",
    ],
)
def test_marks_change_nothing_but_which_blank_a_line_ends_with(value: str) -> None:
    text = text_at(value, 10)
    tex, _ = unmark(write_block(text, PlacedNumbers()))
    assert tex.split() == write_block(text, Numbers()).split()
    assert "\n\n" not in tex.replace("\n\n", "", write_block(text, Numbers()).count("\n\n"))
    inline, _ = unmark(write_inline(text, PlacedNumbers()))
    assert inline.split() == write_inline(text, Numbers()).split()


def test_each_line_of_a_text_has_its_place() -> None:
    value = (
        "Uno\ndos [@a]\n  tres.\n\n- cuatro\n- cinco\n  seis\n\n"
        "```\nsiete\nocho\n```\n\nNueve[^n] diez\nonce\n\n[^n]: doce"
    )
    marked = write_block(text_at(value, 20), PlacedNumbers())
    expected = {
        "Uno": 20,
        "dos": 21,
        "tres": 22,
        "cuatro": 24,
        "cinco": 25,
        "seis": 26,
        "siete": 29,
        "ocho": 30,
        "Nueve": 33,
        "diez": 33,
        "once": 34,
        "doce": 36,
    }
    found = {words: place_of(marked, words) for words in expected}
    assert {words: place[0] for words, place in found.items() if place} == expected


def test_a_line_that_prints_nothing_ends_no_paragraph() -> None:
    class Silent(PlacedNumbers):
        def sources(self, _names: tuple[str, ...]) -> tuple[str, ...]:
            return ()

    tex, _ = unmark(write_block(text_at("uno\n{fuentes: a.b}\ndos", 1), Silent()))
    assert "\n\n" not in tex
    assert tex.split() == ["uno", "dos"]


def test_no_text_of_an_author_is_taken_for_a_mark() -> None:
    forged = mark(Span("otro.yaml", 1))
    for value in (f"uno {forged} dos", f"`{forged}` dos", f"<https://a.b/{forged}>", f"uno\n{forged}"):
        _, places = unmark(write_block(text_at(value, 1), PlacedNumbers()))
        assert {place.path for place in places.places} == {PATH}


PARTS = st.lists(
    st.one_of(
        st.text("ab \n", max_size=4),
        st.integers(1, 9).map(lambda line: mark(Span(PATH, line, line))),
        st.integers(1, 9).map(lambda line: hold(f"{mark(Span(PATH, line, 1))}x\n")),
    ),
    max_size=12,
)


@given(st.lists(PARTS.map("".join), max_size=5))
def test_pieces_that_are_unmarked_apart_and_joined_are_the_whole(pieces: list[str]) -> None:
    made = []
    last = None
    for piece in pieces:
        made.append(unmark_piece(piece, last))
        last = made[-1].last
    assert all(piece.whole for piece in made)
    assert ("".join(piece.tex for piece in made), join_maps(made)) == unmark("".join(pieces))


def test_a_mark_that_holds_beyond_its_piece_is_told() -> None:
    held = hold(mark(Span(PATH, 1, 1)) + "a")
    assert not unmark_piece(held[:-1]).whole
    assert not unmark_piece(held[-1:]).whole
