"""Texts that YAML folded: each of the author's lines keeps its own place in the TeX."""

from __future__ import annotations

import pytest

from imprenta.load import read_yaml
from imprenta.markup import write_block, write_inline
from imprenta.markup.unfold import unfold
from imprenta.model.source_map import mark, strip_marks, unmark
from imprenta.model.text import Text
from imprenta.problems import Span


class Placed:
    """A scope that marks places; it knows no numbers."""

    def number(self, _expression: object) -> str:
        return "1"

    def sources(self, names: tuple[str, ...]) -> tuple[str, ...]:
        return names

    def mark(self, place: Span) -> str:
        return mark(place)


class Plain:
    """A scope that asks for no places."""

    number, sources = Placed.number, Placed.sources


def folded(*lines: str) -> Text:
    """Return a text as YAML folds it: a space for each line end; the first line is the third of the file."""
    pieces, offset = [], 0
    for number, line in enumerate(lines, start=3):
        pieces.append((offset, number, 5))
        offset += len(line) + 1
    return Text(" ".join(lines), "a.yaml", tuple(pieces))


def lines_of(tex: str) -> dict[str, int]:
    """Return for each word of marked TeX the author's line."""
    bare, places = unmark(tex)
    found = {}
    for number, row in enumerate(bare.split("\n"), start=1):
        for word in row.split():
            place = places.place_of(number, row.index(word) + 1)
            assert place is not None
            found[word] = place.line
    return found


def test_each_line_of_a_folded_text_has_its_place() -> None:
    text = folded("Un *pie* que", "sigue [@a]", "y acaba")
    assert lines_of(write_inline(text, Placed())) | {} == {
        r"Un": 3, r"\emph{pie}": 3, "que": 3, r"sigue~\autocite{a}": 4, "y": 5, "acaba": 5,
    }  # fmt: skip
    assert lines_of(write_inline(folded("todo", "liso"), Placed())) == {"todo": 3, "liso": 4}


@pytest.mark.parametrize(
    "lines",
    [
        ("uno", "- no es lista"),
        ("uno", "2. tampoco"),
        ("uno", "# ni título"),
        ("un 10", "% de más"),
        ("`código", "partido` y"),
        ("$a +", "b$ y"),
        ("[un enlace", "largo](https://a.b/c)"),
        ("cita [@a, p.", "tres]"),
        ("**fuerte", "todavía** no"),
        ("dos  ", "espacios"),
        ("barra\\", "final"),
    ],
)
def test_the_words_are_those_of_the_folded_text(lines: tuple[str, ...]) -> None:
    text = folded(*lines)
    for write in (write_inline, write_block):
        with_places = " ".join(strip_marks(write(text, Placed())).split())
        assert with_places == " ".join(write(text, Plain()).split())


def test_after_a_citation_over_two_lines_the_place_is_on_the_second() -> None:
    text = folded("como [@a;", "@b], dice el")
    unfolded = Text(text.value.replace("; ", ";\n"), text.path, text.pieces)
    assert lines_of(write_inline(unfolded, Placed()))["dice"] == 4


def test_a_line_that_would_begin_a_block_stays_folded() -> None:
    assert unfold(folded("uno", "- dos")).value == "uno - dos"
    assert unfold(folded("uno", "dos")).value == "uno\ndos"
    assert unfold(Text("uno dos", "a.yaml")).value == "uno dos"


def test_stretches_of_a_text_keep_their_places() -> None:
    text = folded("abc", "def", "ghi")
    kept = text.keep([(1, 3), (4, 9)])
    assert kept.value == "bcdef g"
    assert [kept.span(at, at + 1) for at in (0, 2, 6)] == [
        Span("a.yaml", 3, 6), Span("a.yaml", 4, 5), Span("a.yaml", 5, 5),
    ]  # fmt: skip
    assert text.keep([]).value == ""
    assert text.keep([(2, 2)]).span() == Span("a.yaml", 3, 5)


def test_yaml_folds_as_these_tests_think() -> None:
    tree = read_yaml("a: >-\n  uno\n  dos\n", "a.yaml")
    assert tree.problems == []
    assert unfold(tree.data["a"]).value == "uno\ndos"
