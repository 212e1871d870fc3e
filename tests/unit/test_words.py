"""Every language says every word, with the same gaps in it, and templates say none of their own."""

from __future__ import annotations

import re
from dataclasses import fields

import pytest

from imprenta.words import LOCALES, SPANISH, Locale, Words
from imprenta.words.locale import format_date
from imprenta.workspace import ENGINE_ROOT

WORDS = [field.name for field in fields(Words)]
IN_TEMPLATES = re.compile(r"\\(?:BLOQUE|VALOR|NOTA)\{[^}]*\}|%.*")


def gaps(said: object) -> list[str]:
    return sorted(re.findall(r"\{\w*\}", str(said)))


@pytest.mark.parametrize("locale", LOCALES.values(), ids=LOCALES)
@pytest.mark.parametrize("name", WORDS)
def test_a_word_is_said_with_the_gaps_of_the_spanish_one(name: str, locale: Locale) -> None:
    said, spanish = getattr(locale.palabras, name), getattr(SPANISH.palabras, name)
    assert said
    assert len(said) == len(spanish) or isinstance(said, str)
    assert gaps(said) == gaps(spanish)


@pytest.mark.parametrize(
    ("date", "spanish", "english"),
    [
        ("2026", "2026", "2026"),
        ("2026-01", "enero de 2026", "January 2026"),
        ("2026-11-03", "3 de noviembre de 2026", "November 3, 2026"),
    ],
)
def test_dates(date: str, spanish: str, english: str) -> None:
    assert [format_date(date, locale) for locale in LOCALES.values()] == [spanish, english]


def test_templates_take_their_words_from_the_table() -> None:
    """Whatever a template says in letters outside commands and Jinja is TeX, none of the words of the table."""
    long = {word for name in WORDS if isinstance(word := getattr(SPANISH.palabras, name), str) and len(word) > 5}
    paths = sorted((ENGINE_ROOT / "templates").glob("*.tex.j2"))
    assert len(paths) > 8
    for path in paths:
        bare = IN_TEMPLATES.sub("", path.read_text(encoding="utf-8"))
        found = {word for word in long if re.search(rf"(?<![\w:]){re.escape(word)}(?![\w:{{}}])", bare)}
        assert not found, (path.name, found)
