"""Keys of citations: every key that may be cited goes through TeX and comes back."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imprenta.bibliography import find_uncited_entries, find_unknown_citations, read_bibliography
from imprenta.markup import read_text
from imprenta.model.citation_key import decode_key, encode_key, normalize_key
from imprenta.model.text import Text

KEYS = (
    "2019A&A...622A..93A", "foo+bar", "_baja", "con*asterisco", "peña2020", "DBLP:conf/x/Y-1", "fin.", "a^b$c~d!e?f",
    "ruiz2020",
)  # fmt: skip


def cited(text: str) -> list[str]:
    parsed = read_text(Text(text, "p.yaml"))
    assert not parsed.problems
    return [citation.key for citation in parsed.citations]


@pytest.mark.parametrize("key", KEYS)
def test_every_key_can_be_cited(key: str) -> None:
    assert cited(f"Hola [@{key}].") == [key]
    assert cited(f"Hola [@ruiz2020; @{key}, sec. 2].") == ["ruiz2020", key]
    text = f"@misc{{{key}, title = {{T}}, date = {{2020}}}}\n"
    bibliography, problems = read_bibliography(text, "references.bib")
    assert problems == []
    assert list(bibliography.entries) == [key]
    assert f"@misc{{{encode_key(key)}," in bibliography.written[encode_key(key)].text


def test_a_key_is_the_same_in_both_forms_of_unicode() -> None:
    key = unicodedata.normalize("NFD", "peña2020")
    bibliography, _ = read_bibliography(f"@misc{{{key}, title = {{T}}, date = {{2020}}}}\n", "references.bib")
    assert cited(f"Según @{key} y [@peña2020].") == ["peña2020", "peña2020"]
    assert list(bibliography.entries) == ["peña2020"]


def test_a_mention_ends_where_the_key_does() -> None:
    text = "Según @ruiz2020, @2019A&A...622A..93A. Y @foo+bar: @_x; (@a/b) «@c»."
    assert cited(text) == ["ruiz2020", "2019A&A...622A..93A", "foo+bar", "_x", "a/b", "c"]


@pytest.mark.parametrize("key", ["a;b", "a[b]", r"a\b", "a(b)", "a\u200bb"])
def test_a_key_that_cannot_be_cited_is_told_once(key: str) -> None:
    bibliography, problems = read_bibliography(f"@misc{{{key}, title = {{T}}, date = {{2020}}}}\n", "references.bib")
    assert [problem.code for problem in problems] == ["bib-clave-mala"]
    assert find_uncited_entries([], bibliography) == []


def test_a_mention_of_a_key_with_a_sign_is_told_where_to_write_it() -> None:
    text = "@misc{fin., title = {T}, date = {2020}}\n@misc{con*asterisco, title = {U}, date = {2020}}\n"
    bibliography, _ = read_bibliography(text, "references.bib")
    citations = [(citation.key, citation.place) for citation in read_text(Text("@fin. @con*a", "p.yaml")).citations]
    hints = [problem.hint for problem in find_unknown_citations(citations, bibliography)]
    assert hints == [
        "entre corchetes: «[@fin.]» (references.bib:1)",
        "entre corchetes: «[@con*asterisco]» (references.bib:2)",
    ]


@given(st.text(min_size=1))
def test_a_key_comes_back_from_tex(key: str) -> None:
    encoded = encode_key(key)
    assert re.fullmatch(r"[A-Za-z0-9.:/_+-]+", encoded)
    assert decode_key(encoded) == normalize_key(key)


@given(st.text(min_size=1), st.text(min_size=1))
def test_two_keys_stay_two(first: str, second: str) -> None:
    assert (encode_key(first) == encode_key(second)) == (normalize_key(first) == normalize_key(second))
