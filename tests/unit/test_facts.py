"""What stands in a .tex, as whoever wrote it states it; and what is read where nobody stated anything."""

from __future__ import annotations

import pickle
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from facts_report import lay_report, render
from hypothesis import given
from hypothesis import strategies as st

from imprenta.cache import Cache
from imprenta.model import document as document_module
from imprenta.model.document import (
    KNOWN,
    UNKNOWN,
    Document,
    Piece,
    bare_document,
    join_two,
    load_document,
    split_body,
    split_pieces,
    tell_pieces,
)
from imprenta.model.facts import (
    Caption,
    Citation,
    Cited,
    CitedNumber,
    Defines,
    Fact,
    Float,
    Footnote,
    Heading,
    Kind,
    Label,
    LongTable,
    Numbered,
    Picture,
    ReadsMore,
    ReadsNumber,
    Stated,
    find_stated,
    load_fact,
    rewrite,
    state,
)
from imprenta.model.source_map import PlacedFact, hold, mark, strip_facts, strip_marks, unmark_piece
from imprenta.problems import Span
from imprenta.render.foreign import read_facts

if TYPE_CHECKING:
    from collections.abc import Iterable

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lay_report(tmp_path_factory.mktemp("hechos"))


@pytest.fixture(scope="module")
def document(folder: Path) -> Document:
    return render(folder)


def text_of(document: Document, fact: type[Fact]) -> list[str]:
    """Return the TeX of the facts of a kind."""
    found = []
    for one in document.facts(fact):
        (row, column), (end_row, end_column) = one.start, one.end
        rows = document.rows[row - 1 : end_row]
        rows[-1] = rows[-1][: end_column - 1]
        rows[0] = rows[0][column - 1 :]
        found.append("\n".join(rows))
    return found


def test_facts_tell_the_words_that_they_are_of(document: Document) -> None:
    assert all(piece.known for piece in document.pieces)
    (logo, *pictures) = text_of(document, Picture)
    assert logo.startswith("figures/logo-1-")
    ids = "grafo imagen curva barras puntos deuna foto dibujo trazo varias varias galeria"
    assert [re.sub(r"figures/(\w+)-.*", r"\1", path) for path in pictures] == ids.split()
    headings = [
        (found.fact, text) for found, text in zip(document.facts(Heading), text_of(document, Heading), strict=True)
    ]
    assert headings[:2] == [(Heading(1, "", numbered=False), "Resumen"), (Heading(1, "", numbered=False), "Abstract")]
    assert headings[2] == (Heading(1, "", numbered=False), "Abreviaturas")
    assert headings[3] == (Heading(1, "", numbered=False), "Glosario")
    assert headings[4] == (Heading(1, "seccion:prueba"), "Vqseccion")
    assert (Heading(2, "seccion:dos"), "Dos") in headings
    assert (Heading(3), r"Tres: \emph{uno}") in headings
    assert (Heading(4, "seccion:cuatro", numbered=False), "Cuatro") in headings
    assert headings[-1] == (Heading(1, "", numbered=False), "Referencias")
    assert all(text.startswith(r"\footnote{") and text.endswith("}") for text in text_of(document, Footnote))
    assert [bool(found.fact.label) for found in document.facts(Footnote) if isinstance(found.fact, Footnote)] == [
        True, False, False,
    ]  # fmt: skip
    assert Kind("formula") in {found.fact for found in document.facts()}
    assert "que sigue" in next(text for text in text_of(document, Kind) if text.startswith(r"\item"))


def test_citations_are_told_in_the_order_of_their_numbers(document: Document) -> None:
    assert document.cited == ("ruiz2020", "medicion:una", "medicion:dos", "mora2021", "vega2022")
    assert r"\nocite{ruiz2020,medicion:una,medicion:dos,mora2021,vega2022}" in document.source
    live = [found.fact for found in document.facts(Citation)]
    assert live == [Citation((("", "", ("mora2021",)),), textual=True)]
    for found, text in zip(document.facts(CitedNumber), text_of(document, CitedNumber), strict=True):
        assert isinstance(found.fact, CitedNumber)
        assert f"cite.0@{found.fact.key}" in text


def structure(facts: Iterable[Fact]) -> Counter[Fact]:
    """Count the facts that are read from TeX as they are stated."""
    kinds = (Heading, Caption, Footnote, Label, Float, LongTable, Numbered, Picture, ReadsMore)
    shown = [Kind(name) for name in ("statement", "item", "code", "formula")]
    return Counter(fact for fact in facts if isinstance(fact, kinds) or fact in shown)


def test_what_is_stated_is_what_the_tex_says(document: Document) -> None:
    """The reader of an author's templates finds the same in all that the engine wrote."""
    stated = structure(found.fact for found in document.facts())
    assert stated == structure(load_fact(fact.told) for fact in read_facts(document.source[len(document.preamble) :]))
    assert len({type(fact) for fact in stated}) == 9


@pytest.mark.parametrize("name", ["seccion", "documento", "preambulo", "apartado", "tabla", "figura"])
def test_an_author_s_own_template_is_read_and_gives_the_same_document(
    document: Document, folder: Path, name: str
) -> None:
    own = folder / f"templates/{name}.tex.j2"
    own.parent.mkdir(exist_ok=True)
    own.write_text("%# Del autor: " + (ROOT / f"templates/{name}.tex.j2").read_text().removeprefix("%# "))
    try:
        other = render(folder)
    finally:
        own.unlink()
    preamble, dated, definitions = other.preamble.rpartition("% 2026-11-23\n")
    assert dated, "what an author's template reads may be the date"
    assert preamble + definitions == document.preamble
    assert other.source.removeprefix(other.preamble) == document.source.removeprefix(document.preamble)
    assert any(not piece.known for piece in other.pieces)
    assert other.cited == document.cited
    assert structure(found.fact for found in other.facts()) == structure(found.fact for found in document.facts())
    assert not any(piece.has(Defines, ReadsMore, ReadsNumber) for piece in other.pieces)


def test_nothing_of_one_report_stands_in_the_preamble(document: Document) -> None:
    assert "Vq" not in document.preamble, "every text of this report is a word that begins so"
    assert "2026-11" not in document.preamble
    assert document.data == r"\datosdelinforme{Vqtitulo}{Vqnombre Vqapellidos}{Vqtema}{Vqclave, Vqotraclave}"
    assert document.data in document.pieces[1].tex
    assert bare_document("a\n\\begin{document}\nb\n").data == bare_document("a").data == ""


def test_what_an_author_s_template_writes_is_found(folder: Path) -> None:
    own = folder / "templates/portada.tex.j2"
    own.parent.mkdir(exist_ok=True)
    own.write_text(
        "\\section*{Uno}\\gdef\\x{}\\pageref{fin}\\label{suelta} \\parencite{ruiz2020}\n\\pagestyle{plain}\n"
    )
    try:
        other = render(folder)
    finally:
        own.unlink()
    assert other.has(Defines)
    assert other.has(ReadsMore)
    assert Heading(1, "suelta", numbered=False) in [found.fact for found in other.facts(Heading)]
    assert Citation((("", "", ()),)) in [found.fact for found in other.facts(Citation)]
    assert [piece.known for piece in other.pieces].count(False) < len(other.pieces)


def test_a_document_is_kept_beside_its_tex(document: Document) -> None:
    assert load_document(document.source, document.dumps()) is document
    told = document.dumps()
    bare_document("").dumps()
    kept = load_document(document.source, told)
    assert kept is not document
    assert [piece.tex for piece in kept.pieces] == [piece.tex for piece in document.pieces]
    assert list(kept.facts()) == list(document.facts())
    assert kept.preamble == document.preamble
    for broken in ("", "facts 0\n", document.dumps() + "!\n", document.dumps().replace("!\n", "", 1)):
        with pytest.raises(ValueError):  # noqa: PT011 - whatever it says, it is not used
            load_document(document.source, broken)
    with pytest.raises(ValueError):  # noqa: PT011 - it goes with another .tex
        load_document(document.source.replace("Vqseccion", "Vqotraaaa"), document.dumps())


def test_what_a_version_with_other_kinds_of_facts_kept_is_not_read(
    document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = document.dumps()
    bare_document("").dumps()
    assert ("Heading", "level", "label", "numbered") in document_module._tell_kinds()
    monkeypatch.setattr(document_module, "_tell_kinds", lambda: [("Heading", "level")])
    with pytest.raises(ValueError):  # noqa: PT011 - the next build sets the whole
        load_document(document.source, told)


def test_pieces_begin_at_checkpoints(document: Document) -> None:
    assert [piece.tex for piece in document.pieces] == split_pieces(document.source)
    assert [document.rows[start - 1] for start in document.starts[2:]] == [r"\checkpoint"] * (len(document.pieces) - 2)
    assert document.rows[document.starts[1] - 1].startswith(r"\begin{document}")


def test_what_is_cached_gives_the_same(folder: Path, document: Document) -> None:
    cache = Cache()
    first = render(folder, cache)
    again = render(folder, cache)
    assert first.source == again.source == document.source
    assert first.dumps() == again.dumps() == document.dumps()
    later = render(folder, Cache("", cache.dumps()))
    assert later.dumps() == document.dumps()


FACTS = st.one_of(
    st.builds(Heading, st.integers(0, 5), st.text(max_size=4), st.booleans()),
    st.builds(
        Citation, st.lists(st.tuples(st.text(max_size=3), st.tuples(st.text(max_size=3))), max_size=2).map(tuple)
    ),
    st.just(Float()),
    st.builds(Cited, st.lists(st.text(max_size=3)).map(tuple)),
)


@given(
    st.lists(
        st.tuples(FACTS, st.sampled_from(["a", "\n", "b\nc", "", "\n\\checkpoint\n", "\\checkpoint\n"])), max_size=8
    )
)
def test_facts_come_out_of_the_tex_as_they_went_in(stated: list[tuple[Fact, str]]) -> None:
    marked = "".join(state(fact, tex) for fact, tex in stated)
    unmarked = unmark_piece(marked)
    plain = "".join(tex for _, tex in stated)
    assert unmarked.tex == strip_marks(marked) == strip_facts(marked) == plain
    assert [load_fact(fact.told) for fact in unmarked.facts] == [fact for fact, _ in stated]
    pieces = tell_pieces(split_body(plain), unmarked.facts, known=True)
    assert "".join(piece.tex for piece in pieces) == plain
    document = Document((Piece(""), *pieces))
    assert [found.fact for found in document.facts()] == [fact for fact, _ in stated]
    assert [(found.start, found.end) for found in document.facts()] == [
        ((fact.row, fact.column), (fact.end_row, fact.end_column)) for fact in unmarked.facts
    ]


def test_a_fact_inside_another_has_its_own_place() -> None:
    inner = state(Heading(1), "uno")
    marked = f"{mark(Span('templates/x', 3))}a{state(Float(), hold(f'b{inner}') + chr(10) + 'c')}d"
    assert unmark_piece(marked).facts == (
        PlacedFact(1, 2, 2, 2, '["Float"]'),
        PlacedFact(1, 3, 1, 6, '["Heading", 1, "", true]'),
    )


def test_a_fact_is_written_anew_in_its_place() -> None:
    marked = f"x {state(Cited(('a', 'b')), 'uno')} y {state(Float(), state(Cited(()), 'dos'))}"
    assert [fact.keys for fact in find_stated(marked, Cited)] == [("a", "b"), ()]
    assert strip_marks(rewrite(marked, Cited, lambda fact, tex: f"<{tex}{len(fact.keys)}>")) == "x <uno2> y <dos0>"
    assert rewrite(marked, Float, lambda fact, tex: "nada") == marked  # there is another fact in it


def test_stated_tex_is_the_tex_and_keeps_its_fact() -> None:
    stated = Stated("uno", Heading(2))
    assert stated == "uno"
    again = pickle.loads(pickle.dumps(stated))
    assert (again, again.fact) == ("uno", Heading(2))


@pytest.mark.parametrize("told", ["", "[]", '["Nada"]', '["Heading", 1, 2, 3, 4]', "{}", "x", '["Fact"]'])
def test_what_tells_no_fact_is_refused(told: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - whatever it says, it is not used
        load_fact(told)


def test_each_checkpoint_begins_a_piece() -> None:
    rows = [r"\x", r"\begin{document}", r"\checkpoint", r"\checkpoint", "a", r"\checkpoint b", r"\checkpoint", ""]
    assert split_pieces("\n".join(rows)) == [
        "\\x\n", "\\begin{document}\n", "\\checkpoint\n", "\\checkpoint\na\n\\checkpoint b\n", "\\checkpoint\n",
    ]  # fmt: skip
    assert split_pieces("sin principio\n\\checkpoint\n") == ["sin principio\n\\checkpoint\n"]


@given(*[st.lists(st.tuples(FACTS, st.sampled_from(["a", "\n", "b\nc", ""])), max_size=4)] * 2)
def test_two_pieces_are_joined_wherever_they_part(one: list[tuple[Fact, str]], two: list[tuple[Fact, str]]) -> None:
    def tell(stated: list[tuple[Fact, str]]) -> Piece:
        unmarked = unmark_piece("".join(state(fact, tex) for fact, tex in stated))
        return Piece(unmarked.tex, tell_pieces([unmarked.tex], unmarked.facts, known=True)[0].told)

    first, second = tell(one), tell(two)
    whole = tell(one + two)
    assert join_two(first, second) == whole
    other = Piece(second.tex, second.told.replace(KNOWN, UNKNOWN, 1))
    assert not join_two(first, other).known
    assert not join_two(other, first).known


def test_the_last_rows_of_a_document_are_known() -> None:
    rows = [r"\printbibliography no", r"\begin{document}", "a", r"\printbibliography[x]", r"\end{document}", ""]
    cites, plain = bare_document("\n".join(rows)), bare_document("\n".join([*rows[:3], *rows[4:]]))
    assert (cites.printed, cites.ended, cites.closed) == (4, 5, 4)
    assert (plain.printed, plain.ended, plain.closed) == (0, 4, 4)
    assert bare_document("nada").closed == 0


@pytest.mark.parametrize(
    ("tex", "reads"),
    [
        (r"\thepage", True),
        (r"\thepages \c@pages", False),
        (r"\addtocounter{page}{1}", True),
        ("\\pagenumbering{roman}\n\\setcounter{page}{2}", False),
        (r"\setcounter{page}{2}", True),
        ("\\newwrite\\checkpoints\n\\the\\c@page\n\\checkpointfirst\n\\checkpoint\n", False),
        ("\\newwrite\\checkpoints\n\\checkpointfirst\n\\checkpoint\n\\the\\c@page", True),
    ],
)
def test_what_depends_on_the_number_of_a_page_is_told(tex: str, reads: bool) -> None:
    assert (ReadsNumber() in [load_fact(fact.told) for fact in read_facts(tex)]) is reads
