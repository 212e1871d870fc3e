"""Several references in one mention: what is read, what is written, what it will say."""

from __future__ import annotations

import pytest

from imprenta.markup import Reference, read_text, say_numbers, write_inline, write_plain, write_short
from imprenta.model import Text
from imprenta.model.document import Document, Piece
from imprenta.model.referable import KINDS
from imprenta.problems import Span
from imprenta.trace.letters import letters_of_tex
from imprenta.words import ENGLISH, LOCALES, Locale

NUMBERS = {"uno": "3", "dos": "1", "tres": "2"}


class Named:
    """A scope that knows the numbers of parts, and a language."""

    def __init__(self, locale: Locale = ENGLISH) -> None:
        self.said_in = locale

    @property
    def locale(self) -> Locale:
        return self.said_in

    def number(self, expression: object) -> str:
        raise AssertionError(expression)

    def sources(self, names: tuple[str, ...]) -> tuple[str, ...]:
        raise AssertionError(names)

    def name_source(self, key: str) -> str:
        raise AssertionError(key)

    def number_part(self, reference: Reference) -> str:
        return NUMBERS[reference.id]


def test_each_reference_of_a_mention_has_its_own_place() -> None:
    parsed = read_text(Text("Las {Tabla:uno, dos,tres}.", "x.yaml"))
    assert parsed.problems == ()
    assert parsed.references == (
        Reference("tabla", "uno", True, Span("x.yaml", 1, 12, 1, 15)),
        Reference("tabla", "dos", True, Span("x.yaml", 1, 17, 1, 20)),
        Reference("tabla", "tres", True, Span("x.yaml", 1, 21, 1, 25)),
    )


@pytest.mark.parametrize(
    "typed", ["{tabla:uno,}", "{tabla:,uno}", "{tabla:uno,,dos}", "{tablas:uno,dos}", "{tabla:uno,DOS}"]
)
def test_a_mention_that_is_not_written_so_is_told(typed: str) -> None:
    (problem,) = read_text(Text(typed, "x")).problems
    assert problem.code == "referencia-mal-escrita"


def test_the_hint_keeps_the_commas() -> None:
    (problem,) = read_text(Text("{tablas: Uno, dos}", "x")).problems
    assert problem.hint == "¿«{tabla:uno,dos}»?"


@pytest.mark.parametrize("locale", LOCALES.values(), ids=LOCALES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_word_for_several(kind: str, locale: Locale) -> None:
    one, several = (write_plain(Text(f"{{{kind}:{ids}}}", "x"), Named(locale)) for ids in ("uno", "uno,dos"))
    assert several.split()[0] != one.split()[0]
    assert several.split()[1:] == ["1", locale.palabras.y, "3"]


def test_a_mention_is_written_for_latex_with_links_and_without() -> None:
    text = Text("Figures: {figura:uno,dos}", "x")
    assert write_inline(text, Named()) == r"Figures: figures~\menciones{and}{to}{figura:uno,figura:dos}"
    short = write_short(text, Named())
    assert r"\menciones*{and}{to}{figura:uno,figura:dos}" in short
    assert "figures 1 and 3" in short


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("{tabla:uno} dice", "Table 3 dice"),
        ("Es así. {tabla:uno} lo dice", "Es así. Table 3 lo dice"),
        ("¿Es así? {tabla:dos,uno} lo dicen", "¿Es así? Tables 1 and 3 lo dicen"),
        ("En {tabla:uno} se dice", "En table 3 se dice"),
        ("Es así (v. {tabla:uno} y cf. {tabla:dos} abajo)", "Es así (v. table 3 y cf. table 1 abajo)"),
        ("Es de 1,5. {tabla:uno} lo dice", "Es de 1,5. Table 3 lo dice"),
        ("{tabla:uno}", "table 3"),
        ("{tabla:uno}, que", "table 3, que"),
    ],
)
def test_a_mention_that_begins_a_sentence_begins_with_a_capital(typed: str, said: str) -> None:
    assert write_plain(Text(typed, "x"), Named()) == said


class Titled(Named):
    """A scope in which one section has a title and no number."""

    def title_part(self, reference: Reference) -> str:
        return "«Foreword & more»" if reference.id == "dos" else ""


def test_what_has_no_number_is_mentioned_by_its_title() -> None:
    text = Text("{seccion:uno,dos}", "x")
    first, second = r"\hyperref[seccion:uno]{\ref*{seccion:uno}}", r"\hyperref[seccion:dos]{«Foreword \& more»}"
    assert write_inline(text, Titled()) == f"sections~{first} and {second}"
    assert write_plain(text, Titled()) == "sections 3 and «Foreword & more»"


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        (["16", "17"], "16 y 17"),
        (["17", "16"], "16 y 17"),
        (["1", "3", "2"], "1 a 3"),
        (["1", "2", "3", "5", "8", "9"], "1 a 3, 5, 8 y 9"),
        (["4", "4"], "4"),
        (["10", "9", "11", "2"], "2 y 9 a 11"),
        (["3b", "3a"], "3b y 3a"),
        (["2.1", "2.2", "2.3"], "2.1, 2.2 y 2.3"),
        (["A", "B"], "A y B"),
    ],
)
def test_numbers_are_said_in_order_and_in_rows(numbers: list[str], said: str) -> None:
    assert say_numbers(numbers, "y", "a") == said


def test_the_letters_of_a_mention_are_those_of_the_page() -> None:
    row = r"en las tablas~\menciones{y}{a}{tabla:uno,tabla:dos,tabla:tres} y ya"
    letters = letters_of_tex(Document((Piece(f"{row}\n"),)), {f"tabla:{name}": told for name, told in NUMBERS.items()})
    assert letters.text == "enlastablas1a3yya"
