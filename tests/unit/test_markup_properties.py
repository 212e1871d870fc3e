"""Whatever the author types, the markup does not fail, and its places and its TeX are sound."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from imprenta.markup import (
    Expression,
    bookmark,
    citations,
    escape,
    escape_code,
    find_misplaced,
    metadata,
    read_text,
    write_block,
    write_inline,
    write_plain,
)
from imprenta.markup.mathematics import read_formula_source
from imprenta.model.citation_key import normalize_key
from imprenta.model.meaning import Role
from imprenta.model.text import Text

MARKS = [*"`*_[]{}()<>#!-+=|$\\^~@&%\"';:,. \n\t\r\0", "[@a]", "[@a, p. 1; @b]", "@k", "{figura:x}", "{= a|2}", "{= ",
         "{fuentes: a.b}", "[^1]", "[^1]: ", "\n\n", "    ", "> ", "- ", "1. ", "```", "$$", "\\left(", "\\right)",
         "\\begin{array}{l}", "\\end{array}", "\\frac", "é", "😀", "e\u0301", "\ud800", "[a](b)", "<http://x.y>",
         "|--|--|", "~~~"]  # fmt: skip
MARKED = st.lists(st.one_of(st.sampled_from(MARKS), st.text(max_size=5)), max_size=30).map("".join)
ANYTHING = st.one_of(st.text(), MARKED)
QUICK = settings(suppress_health_check=list(HealthCheck))


class Scope:
    """A scope that always has an answer."""

    def number(self, _expression: Expression) -> str:
        return "-1\u202f234,50 %"

    def sources(self, _names: tuple[str, ...]) -> tuple[str, ...]:
        return ("a", "b")


def is_balanced(tex: str) -> bool:
    """Tell whether the braces of some TeX close in order."""
    depth = at = 0
    while at < len(tex):
        if tex[at] == "\\":
            at += 1
        else:
            depth += (tex[at] == "{") - (tex[at] == "}")
            if depth < 0:
                return False
        at += 1
    return depth == 0


@QUICK
@given(ANYTHING)
def test_every_text_is_read_and_written(value: str) -> None:
    text = Text(value, "x")
    for tex in (write_block(text, Scope()), write_inline(text, Scope())):
        assert is_balanced(tex)
        tex.encode()
    write_plain(text)
    write_plain(text, Scope())
    for role in get_args(Role):
        find_misplaced(text, role)


@QUICK
@given(ANYTHING)
def test_every_place_is_what_it_says(value: str) -> None:
    # One line as far as places go: columns are offsets plus one.
    parsed = read_text(Text(value, "x"))
    for citation in parsed.citations:
        shown = value[citation.place.column - 1 : citation.place.end_column - 1]
        assert normalize_key(shown) == citation.key
    for reference in parsed.references:
        shown = value[reference.place.column - 1 : reference.place.end_column - 1]
        assert shown.casefold() == f"{{{reference.kind}:{reference.id}}}"
    for expression in parsed.expressions:
        shown = value[expression.place.column - 1 : expression.place.end_column - 1]
        assert " ".join(shown.split()) == expression.source
    places = [problem.place for problem in parsed.problems]
    places += [mention.place for mention in parsed.source_mentions]
    places += [paragraph.place for paragraph in parsed.paragraphs]
    assert all(1 <= place.column <= place.end_column <= len(value) + 2 for place in places)


def close_by_counting(source: str, start: int) -> int:
    depth, position = 0, start
    while position < len(source):
        if source[position] == "\\":
            position += 1
        elif source[position] in "[]":
            depth += 1 if source[position] == "[" else -1
            if depth == 0:
                return position
        position += 1
    return -1


@QUICK
@given(st.text(alphabet="[]\\a", max_size=30))
def test_a_bracket_closes_where_counting_says(source: str) -> None:
    for start in (at for at, sign in enumerate(source) if sign == "["):
        assert citations._closing_bracket(source, start, len(source)) == close_by_counting(source, start)


def test_however_many_brackets_are_opened_each_is_looked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []
    pair = citations._pair_brackets
    monkeypatch.setattr(citations, "_pair_brackets", lambda source, start: calls.append(start) or pair(source, start))
    for source in ("[" * 200, "[@a; " * 200, "[" * 200 + "]" * 200):
        calls.clear()
        write_block(Text(f"Hola.\n{source}", "x"), Scope())
        assert len(calls) < 4


@QUICK
@given(ANYTHING)
def test_every_string_is_escaped(value: str) -> None:
    for tex in (escape(value), escape_code(value), bookmark(value), metadata(value)):
        assert is_balanced(tex)
        tex.encode()


@QUICK
@example("\U0001d1bc")  # its composed form is two characters
@given(MARKED)
def test_every_formula_is_good_or_has_faults(source: str) -> None:
    for display in (True, False):
        formula = read_formula_source(source, display=display)
        assert is_balanced(formula.tex)
        assert bool(formula.tex) != bool(formula.faults)
        assert all(0 <= fault.start < fault.end <= len(source) + 1 for fault in formula.faults)
