"""What an author may write many of: ten times as many take ten times as long, not a hundred times.

Each of these took minutes, or hours, when it was compared with each other. The limit is that of a hang, not a measure.
"""

from __future__ import annotations

import random

import pytest

from imprenta.bibliography import find_unknown_citations, read_bibliography
from imprenta.markup.read import read_text
from imprenta.model import explained
from imprenta.model.explained import Finder, abbreviation_forms, term_forms
from imprenta.model.text import Text
from imprenta.problems import Span

MANY = 50_000
SYLLABLES = ("ca", "sa", "li", "mó", "n", "z", "es", "luz", "imagen", "avión", "A", "B", "-", "1", "_", ".", "í")


def name(number: int) -> str:
    """Return a word of letters for a number."""
    return "".join("abcdefghij"[int(digit)] for digit in str(number))


def test_many_words_are_found_as_few_are(monkeypatch: pytest.MonkeyPatch) -> None:
    """By comparing each place with the words that begin alike, instead of with all."""
    source = random.Random(7)
    for _ in range(300):
        words = {"".join(source.choices(SYLLABLES, k=source.randint(1, 4))) for _ in range(source.randint(1, 12))}
        forms = tuple((word, source.choice((abbreviation_forms, term_forms))(word)) for word in sorted(words))
        text = "".join(source.choice((*words, *SYLLABLES, " ", " ", "s", "es", "Imágenes", "luces")) for _ in range(60))
        found = []
        for few in (len(forms), 0):
            monkeypatch.setattr(explained, "FEW", few)
            found.append([(word, match.span()) for word, match in Finder(forms).find(text)])
        assert found[0] == found[1], (words, text)


@pytest.mark.proof
@pytest.mark.timeout(120)
def test_many_words_are_explained() -> None:
    words = [name(number) for number in range(MANY)]
    finder = Finder(tuple((word, term_forms(word)) for word in words))
    assert [word for word, _ in finder.find(" ".join(words))] == words


@pytest.mark.proof
@pytest.mark.timeout(120)
@pytest.mark.parametrize(("text", "notes", "problems"), [
    ("".join(f"uno[^{name(number)}] " for number in range(MANY // 4)) + "\n\n"
     + "".join(f"[^{name(number)}]: Nota.\n" for number in range(MANY // 4)), MANY // 4, 0),
    ("[" * MANY, 0, 0),
    ("*_[$({" * (MANY // 6), 0, 0),
])  # fmt: skip
def test_many_marks_are_read(text: str, notes: int, problems: int) -> None:
    parsed = read_text(Text(text, "x.yaml"))
    assert len(parsed.notes) == notes
    assert len(parsed.problems) == problems


@pytest.mark.proof
@pytest.mark.timeout(120)
@pytest.mark.parametrize(
    "entry", ["@book{x, title={a\n", '@book{x, title="{a\n', "@book{x, title={\\{a\n", "@comment{a\n"]
)
def test_many_entries_that_do_not_close_are_told(entry: str) -> None:
    _, problems = read_bibliography(entry * MANY, "references.bib")
    assert sum(problem.code == "bib-llaves" for problem in problems) >= MANY


@pytest.mark.proof
@pytest.mark.timeout(120)
def test_many_keys_that_are_not_there_are_told() -> None:
    entries = "".join(f"@misc{{k{name(number)}, title={{A}}}}\n" for number in range(MANY // 5))
    bibliography, _ = read_bibliography(entries, "references.bib")
    cited = [(f"k{name(number)}x", Span("x.yaml")) for number in range(MANY // 5)]
    problems = find_unknown_citations(cited, bibliography)
    assert len(problems) == MANY // 5
    assert problems[0].hint == "¿«ka»? (references.bib:1)"
    assert problems[-1].hint == ""
