"""Whatever libyaml says of a file is told in Spanish: its own strings are read from the library itself."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from imprenta.load import read_yaml
from imprenta.load.yaml_words import CONTEXTS, TOLD_OTHERWISE, WORDS, tell

SAID = re.compile(rb"(?:did not find|found|could not find|block sequence|mapping (?:keys|values)) [ -~]{5,80}")
# Said by the reader of bytes, by the writer and by the composer, none of which we use.
NOT_OURS = {
    "could not find expected directive name",
    "found duplicate anchor; first occurrence",
    "found undefined alias",
    "found another document",
    "found for imported type",
}

HOSTILE = st.text(
    st.sampled_from("ab: -[]{},'\"|>#&*!%@`\n\t \\?~0ñ.<=xuUnN\u00a0\u0085\u2028\u200b\ufeff\ufffe\x00\x07\x7f😀"),
    max_size=80,
)
PIECES = st.lists(
    st.sampled_from(
        [
            "a: ",
            "b",
            "\n",
            "  ",
            "- ",
            "'",
            '"',
            "\\n",
            "\\U",
            "\\x4",
            "|",
            ">",
            "[",
            "]",
            "{",
            "}",
            ", ",
            ": ",
            " #",
            "# ",
            "&a ",
            "*a",
            "!t ",
            "!!str ",
            "!<",
            "%YAML 1.9\n",
            "%TAG ! x\n",
            "---",
            "...",
            "\t",
            "? ",
            "\\uD83D",
            "@",
            "`",
            "ñ",
        ]
    ),
    max_size=25,
).map("".join)


def library_strings() -> set[str]:
    library = getattr(yaml, "_yaml", None)
    if library is None:
        pytest.skip("PyYAML was made without libyaml")
    data = Path(library.__file__).read_bytes()
    return {match[0].decode() for match in SAID.finditer(data)}


def test_all_that_libyaml_may_say_of_a_text_has_words_of_ours() -> None:
    said = library_strings()
    assert len(said) > 25
    by_context = re.compile("directive|URI|tag|version|'!'|'>'|whitespace|digit|UTF-8|non-alphabetical|stream-start")
    untold = {words for words in said - set(WORDS) - NOT_OURS if not by_context.search(words)}
    assert untold == set()
    assert {words for words in WORDS if words != "\t"} <= said | {"did not find expected comment or line break"}


@pytest.mark.parametrize("context", [*CONTEXTS, "while parsing a block mapping", "", None])
@pytest.mark.parametrize("words", ["did not find expected tag URI", "something that a later version says", "", None])
def test_there_are_words_for_everything(context: str | None, words: str | None) -> None:
    told = tell(context, words)
    assert told == CONTEXTS.get(context or "", TOLD_OTHERWISE)
    assert all(told)


@pytest.mark.parametrize("told", [*CONTEXTS.values(), *WORDS.values(), TOLD_OTHERWISE])
def test_our_words_are_not_theirs(told: tuple[str, str, str]) -> None:
    assert not re.search(r"(?i)\b(?:the|did|not|found|expected|while|key|values?|tag|block)\b", " ".join(told[1:]))


@given(st.one_of(HOSTILE, PIECES))
@example("[" * 100_000)
@example("- " * 100_000)
@example("a: 1\na: " + "{a: " * 100_000)
@example("{{" * 50_000)
@example('a: "\\uD83D"')
def test_any_text_is_read_or_told_in_spanish_at_a_place_of_the_file(source: str) -> None:
    tree = read_yaml(source, "x.yaml")
    lines = source.split("\n")
    for problem in tree.problems:
        assert 1 <= problem.place.line <= len(lines)
        assert 1 <= problem.place.column <= len(lines[problem.place.line - 1]) + 1
        assert not re.search(r"\b(?:did|found|expected|while|scanning|context)\b", f"{problem.message} {problem.hint}")
    assert tree.data is not None or tree.problems
