"""Every character of a scalar leads back to where it was written, whatever the style of the scalar."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from imprenta.load import read_yaml
from imprenta.model import Text

LETTERS = st.text(st.sampled_from("abc ñé«»:#'\"\\{}[],&*!|>%@`-\t\n.1€→😀"), max_size=40)


def character_at(source: str, text: Text, offset: int) -> str:
    """Return the character of the file where the text says that its character stands."""
    span = text.span(offset, offset + 1)
    return source.split("\n")[span.line - 1][span.column - 1 : span.column]


def check_text(source: str, text: Text) -> None:
    """Compare each character that is not white space with the file, escapes aside."""
    for offset, character in enumerate(text.value):
        if character.isspace():
            continue
        found = character_at(source, text, offset)
        assert found == character or found == "\\", (source, offset, character, found)


@pytest.mark.parametrize(
    "source",
    [
        "a: plain words",
        "a: plain words\n  that go on\n\n  after a gap",
        "a: 'single ''quoted'' words'",
        "a: 'single\n  on two lines\n\n  and more'",
        'a: "double \\"quoted\\" \\u00f1 \\x41 words \\\\ end"',
        'a: "double\n  on \\\n  two lines\n\n  end"',
        "a: |\n  one\n    two\n\n  three\n",
        "a: |-\n    ñandú → €\n    two\n",
        "a: |2\n    indented\n  text\n",
        "a: >\n  folded\n  words\n\n    kept\n  end\n",
        "a: >-\n  folded 😀\n  words\n",
        "- [uno, dos: x, 'tres', \"cuatro\"]",
    ],
)
def test_each_style_leads_back(source: str) -> None:
    tree = read_yaml(source, "x.yaml")
    assert not tree.problems
    texts = list(find_texts(tree.data))
    assert texts
    for text in texts:
        check_text(source, text)


def find_texts(data: object) -> list[Text]:
    """Return every text of a tree."""
    if isinstance(data, Text):
        return [data]
    values = data.values() if isinstance(data, dict) else data if isinstance(data, list) else []
    return [text for value in values for text in find_texts(value)]


@given(st.lists(LETTERS, min_size=1, max_size=4), st.sampled_from(["'", '"', "|", ">", None]))
def test_what_yaml_writes_leads_back(values: list[str], style: str | None) -> None:
    source = yaml.dump({"a": values}, default_style=style, allow_unicode=True, width=20)
    tree = read_yaml(source, "x.yaml")
    # In style «>» PyYAML may write a line that begins with a blank as two, and so reads it itself.
    assert [text.value for text in find_texts(tree.data)] == yaml.load(source, yaml.BaseLoader)["a"]
    for text in find_texts(tree.data):
        check_text(source, text)


@given(st.text(st.sampled_from("ab: -[]{},'\"|>#&*!%@`\n\t \\?~0ñ\u0085\u2028\ufeff\x00😀"), max_size=60))
def test_no_text_breaks_the_loader_and_spans_stay_inside(source: str) -> None:
    tree = read_yaml(source, "x.yaml")
    lines = source.split("\n")
    spans = [*tree.values.values(), *tree.keys.values(), *(problem.place for problem in tree.problems)]
    spans += [text.span(offset, offset + 1) for text in find_texts(tree.data) for offset in range(len(text.value))]
    for span in spans:
        assert 1 <= span.line <= len(lines)
        assert 1 <= span.column <= len(lines[span.line - 1]) + 1


@pytest.mark.parametrize(
    "source", ["!\n000", "a: !x\n  b", "- &a # nota\n  uno dos", "a: !!str |\n  uno\n", "a: ! 'x'"]
)
def test_a_refused_tag_leaves_the_value_where_it_is(source: str) -> None:
    tree = read_yaml(source, "x.yaml")
    assert tree.problems
    texts = find_texts(tree.data)
    assert texts
    for text in texts:
        check_text(source, text)


@given(st.dictionaries(st.sampled_from("abcdef"), LETTERS, min_size=1), st.sampled_from(["'", '"', "|", None]))
def test_a_comment_line_moves_every_place_by_one(data: dict[str, str], style: str | None) -> None:
    source = yaml.dump(data, default_style=style, allow_unicode=True)
    before, after = read_yaml(source, "x.yaml"), read_yaml("# nota\n" + source, "x.yaml")
    assert {path: (s.line + 1, s.column) for path, s in before.values.items() if path} == {
        path: (s.line, s.column) for path, s in after.values.items() if path
    }
    assert [text.value for text in find_texts(before.data)] == [text.value for text in find_texts(after.data)]
