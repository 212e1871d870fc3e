"""The author's text: what is read in it, what LaTeX it becomes, what is said about its mistakes."""

from __future__ import annotations

from pathlib import Path

import pytest

from imprenta.markup import (
    Expression,
    Reference,
    bookmark,
    escape,
    escape_code,
    find_misplaced,
    find_missing_glyphs,
    metadata,
    read_line,
    read_text,
    write_block,
    write_citations,
    write_inline,
    write_plain,
)
from imprenta.model.text import Text
from imprenta.problems import Span

GOLDEN = Path(__file__).parent.parent / "golden" / "markup"


class Numbers:
    """A scope where every number is the same and a value cites its own name."""

    def number(self, _expression: Expression) -> str:
        return "1\u202f234,50"

    def sources(self, names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(name.replace(".", "-") for name in names)


class Marked(Numbers):
    """A scope that wants to know where each line was written."""

    def mark(self, place: Span) -> str:
        return f"<{place.line}:{place.column}>"


def placed(value: str) -> Text:
    """Return a text that stands in a file as it is, each line from the first column on."""
    starts = [0, *(offset + 1 for offset, character in enumerate(value) if character == "\n")]
    return Text(value, "x.yaml", tuple((offset, line, 1) for line, offset in enumerate(starts, 1)))


def read_cases(name: str) -> list[object]:
    """Return the (input, expected) pairs of a golden file, named by their line and title."""
    lines = (GOLDEN / name).read_text(encoding="utf-8").split("\n")
    cases: list[object] = []
    at = 0
    while at < len(lines):
        if not lines[at]:
            at += 1
            continue
        title, line = lines[at], at + 1
        assert lines[at + 1] == ".", f"{name}:{line}"
        middle = lines.index(".", at + 2)
        end = lines.index(".", middle + 1)
        source, expected = "\n".join(lines[at + 2 : middle]), "\n".join(lines[middle + 1 : end])
        cases.append(pytest.param(source, expected, id=f"{line}-{title}"))
        at = end + 1
    assert len(cases) > 5, name
    return cases


@pytest.mark.parametrize(("source", "expected"), read_cases("bloques.txt"))
def test_block(source: str, expected: str) -> None:
    assert write_block(Text(source, "x"), Numbers()) == expected


@pytest.mark.parametrize(("source", "expected"), read_cases("lineas.txt"))
def test_inline(source: str, expected: str) -> None:
    assert write_inline(Text(source, "x"), Numbers()) == expected


@pytest.mark.parametrize(("source", "expected"), read_cases("palabras.txt"))
def test_plain(source: str, expected: str) -> None:
    assert write_plain(Text(source, "x"), Numbers()) == expected


@pytest.mark.parametrize(("source", "expected"), read_cases("problemas.txt"))
def test_problems(source: str, expected: str) -> None:
    found = [
        f"{p.place.line}:{p.place.column}-{p.place.end_line}:{p.place.end_column} {p.code}: {p.message} ({p.hint})"
        for p in read_text(placed(source)).problems
    ]
    assert "\n".join(found) == expected


@pytest.mark.parametrize(("source", "_expected"), [*read_cases("bloques.txt"), *read_cases("lineas.txt")])
def test_good_texts_have_no_problems(source: str, _expected: str) -> None:
    codes = {problem.code for problem in read_text(Text(source, "x")).problems}
    assert codes <= ({"caracter-sin-glifo"} if "漢" in source else set())


PLACES = """\
Uno [@raft,
sec. 2; @b:c/d.] no

- dos
  - tres @ongaro y {figura:swarm}

    > cuatro {= a.b *
    > 2 | 1} [ver {Tabla:uno}](https://x.y) [^n]

[^n]: cinco {fuentes: a.b,
    c} $x = {= d }$

$$
y = {= e}
$$
"""


def test_places_in_nested_blocks() -> None:
    text = placed(PLACES.replace("d.]", "d]"))
    parsed = read_text(text)
    assert parsed.problems == ()
    assert [(c.key, c.locator, c.place.line, c.place.column, c.place.end_column) for c in parsed.citations] == [
        ("raft", "sec. 2", 1, 7, 11),
        ("b:c/d", "", 2, 10, 15),
        ("ongaro", "", 5, 11, 17),
    ]
    assert parsed.references == (
        Reference("figura", "swarm", False, Span("x.yaml", 5, 20, 5, 34)),
        Reference("tabla", "uno", True, Span("x.yaml", 8, 19, 8, 30)),
    )
    assert parsed.expressions == (
        Expression("a.b * 2", 1, Span("x.yaml", 7, 17, 8, 8)),
        Expression("d", None, Span("x.yaml", 11, 16, 11, 17)),
        Expression("e", None, Span("x.yaml", 14, 8, 14, 9)),
    )
    (mention,) = parsed.source_mentions
    assert mention.names == ("a.b", "c")
    assert mention.place == Span("x.yaml", 10, 23, 11, 6)


def test_places_go_through_the_pieces_of_a_text() -> None:
    # "a\t[@b]" between double quotes: the escape takes two columns of the file.
    text = Text("a\t[@b] ñ [@]", "x.yaml", ((0, 3, 10), (2, 3, 13)), quoted=True)
    parsed = read_text(text)
    assert parsed.citations[0].place == Span("x.yaml", 3, 15, 3, 16)
    assert parsed.problems[0].place == Span("x.yaml", 3, 21, 3, 22)


def test_paragraphs_know_whether_they_cite() -> None:
    source = "Uno [@a].\n\nDos.\n\n- tres\n- cuatro {fuentes: a.b}\n\n> cinco\n\nSeis[^n].\n\n"
    parsed = read_text(placed(source + "[^n]: @c\n\n$$x$$\n\n```\ny\n```"))
    assert [(p.kind, p.has_citation, p.place.line) for p in parsed.paragraphs] == [
        ("parrafo", True, 1),
        ("parrafo", False, 3),
        ("elemento", False, 5),
        ("elemento", True, 6),
        ("bloque", False, 8),
        ("parrafo", True, 10),
        ("nota", True, 12),
    ]


@pytest.mark.parametrize("value", ["", "   ", "\n\n"])
def test_a_blank_text_is_nothing(value: str) -> None:
    text = Text(value, "x")
    assert read_text(text).paragraphs == ()
    assert write_block(text, Numbers()) == write_inline(text, Numbers()) == write_plain(text) == ""


@pytest.mark.parametrize("value", ["-", "+", "---", "2019.", "1)", "#", ">", "3.5", "***", "2377/"])
def test_signs_alone_are_themselves(value: str) -> None:
    text = Text(value, "x")
    assert read_text(text).problems == ()
    assert write_plain(text) == value


LIKE_BLOCKS = ["- 3", "+ 3 %", "* nota", "1) x", "2. y", "> 5", "# x", "## x ##", "| x | y", "--|--", "```", "~~~ x",
               "=== x", "-", "- - -", "    x", "$$"]  # fmt: skip


@pytest.mark.parametrize("value", LIKE_BLOCKS)
@pytest.mark.parametrize("ending", ["", "\n", " y *énfasis*"])
def test_one_line_is_a_line_and_never_a_block(value: str, ending: str) -> None:
    text = Text(value + ending, "x")
    assert {token.type for token in read_line(text).tokens} <= {"paragraph_open", "inline", "paragraph_close"}
    assert write_plain(text) == f"{value}{ending}".replace("*énfasis*", "énfasis").strip()
    assert not find_misplaced(text, "line")


def test_a_line_folded_by_yaml_stays_a_line() -> None:
    text = Text("- 3 unidades por tanto [@a]", "x.yaml", ((0, 1, 1), (13, 2, 3)))
    assert write_inline(text, Numbers()) == r"- 3 unidades por tanto~\autocite{a}"
    assert write_inline(text, Marked()) == "<1:1>- 3 unidades\n<2:3>por tanto~\\autocite{a}"


@pytest.mark.parametrize("value", ["Hola & adiós 5 %", "«a» – b", "1.5 GB", "a|b, c: d; e?"])
def test_the_quick_way_gives_what_the_parser_gives(value: str) -> None:
    quick, slow = Text(value, "x"), Text(f"{value}\\", "x")
    assert read_text(slow).plain is None
    assert write_block(slow, Numbers()) == write_block(quick, Numbers()) + r"\textbackslash{}"


@pytest.mark.parametrize(
    ("value", "cell", "codes"),
    [
        ("Título con *énfasis* y $x$", False, []),
        ("Uno\n\nDos", False, ["bloque-fuera-de-lugar"]),
        ("Uno\n\nDos", True, []),
        ("- a\n- b", False, ["bloque-fuera-de-lugar"]),
        ("- a\n- b", True, []),
        ("```\na\n```", True, []),
        ("```\na\n```", False, ["bloque-fuera-de-lugar"]),
        ("x[^n]\n\n[^n]: y", True, ["nota-fuera-de-lugar"]),
    ],
)
def test_misplaced(value: str, cell: bool, codes: list[str]) -> None:
    assert [problem.code for problem in find_misplaced(Text(value, "x"), "cell" if cell else "line")] == codes


def test_write_plain_without_scope_keeps_the_expression() -> None:
    assert write_plain(Text("son {= a.b | 2} USD", "x")) == "son a.b USD"


def test_write_citations() -> None:
    assert write_citations(["a", "b", "a"], Numbers()) == r"\autocite{a,b}"
    assert write_citations([], Numbers()) == ""
    assert write_citations(["a}b", r"\input", " "], Numbers()) == r"\autocite{a+7d+b,+5c+input}"


def test_sources_that_cite_nothing_leave_nothing() -> None:
    class Empty(Numbers):
        def sources(self, _names: tuple[str, ...]) -> tuple[str, ...]:
            return ()

    assert write_block(Text("Precio {fuentes: a.b}.", "x"), Empty()) == "Precio ."


def test_escape_code_keeps_blanks_and_breaks_long_words() -> None:
    assert escape_code("a  b") == r"a\ \ b"
    assert escape_code("a/b.c") == "a/b.c"
    assert r"\hspace{0pt}" in escape_code("x" * 30)


def test_missing_glyphs_are_named_once_each() -> None:
    found = find_missing_glyphs(Text("漢字漢 ok é e\u0301 \x07", "x"))
    assert [problem.message.split("no tienen ")[1] for problem in found] == [
        "«漢» (U+6F22)",
        "«字» (U+5B57)",
        "el carácter U+0007",
    ]


def test_strings_for_the_pdf_itself() -> None:
    assert metadata("Añ😀\n") == "FEFF004100F1D83DDE000020"
    assert bookmark("a_ñ 1") == 'a\\unichar{"005F}\\unichar{"00F1} 1'


def test_escape_of_a_lone_surrogate_can_be_written() -> None:
    assert escape("\ud800") == r"\glifoausente{D800}{D800}"


LONG = "Una frase que llena más de un renglón, y acaba después de muchas palabras en otra que es"


@pytest.mark.parametrize(
    ("typed", "end"),
    [
        (f"{LONG} corta.", "es~corta."),
        (f"*{LONG}* corta.", "es}~corta."),
        (f"*Una* {LONG[4:]}\ncorta", "es~corta"),
        (f"{LONG} larguísima.", "es larguísima."),
        (f"{LONG} 120.", "es 120."),
        ("Dos palabras no.", "palabras no."),
        (f"{LONG} no.\n\n- {LONG} así", "es~así\n\\end{itemize}"),
    ],
)
def test_a_short_word_is_not_alone_in_the_last_line_of_a_paragraph(typed: str, end: str) -> None:
    assert write_block(placed(typed), Numbers()).endswith(end)
