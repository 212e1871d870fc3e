"""A .bib text -> entries with places, and the problems of its syntax."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imprenta.bibliography import decode_bibliography, read_bibliography
from imprenta.problems import Problem, Severity, Span

if TYPE_CHECKING:
    from imprenta.bibliography import Bibliography

SECOND = "@misc{dos,\n  title = {Dos},\n  year = 2020,\n}\n"


def read(text: str) -> tuple[Bibliography, list[Problem]]:
    return read_bibliography(text, "references.bib")


def short(problem: Problem) -> tuple[str, int, int]:
    return problem.code, problem.place.line, problem.place.column


def values(bibliography: Bibliography, key: str) -> dict[str, str]:
    return {name: field.value for name, field in bibliography.entries[key].fields.items()}


def test_entry_has_exact_places() -> None:
    bibliography, problems = read(
        '% nota\n@Online{ ñandú-1 ,\n  author = "Núñez, Ana",\n  Title  = {Un {Título}\n    largo},\n'
        "  url={https://example.org/a_b%20c}, urldate = {2026-11-23}, year = 2019 }\n"
    )
    assert problems == []
    entry = bibliography.entries["ñandú-1"]
    assert entry.type == "online"
    assert entry.place == Span("references.bib", 2, 10, 2, 17)
    assert entry.fields["author"].place == Span("references.bib", 3, 3, 3, 9)
    assert entry.fields["title"].place == Span("references.bib", 4, 3, 4, 8)
    assert entry.fields["title"].value == "Un {Título} largo"
    assert entry.fields["urldate"].place == Span("references.bib", 6, 38, 6, 45)
    assert entry.fields["url"].value == "https://example.org/a_b%20c"


def test_strings_and_concatenation_are_resolved() -> None:
    bibliography, problems = read(
        '@string{rev = "Revista"}\n@STRING(todo = rev # " de " # {Cosas})\n'
        '@article{uno, author = {A}, title = {T}, journal = TODO # "!", year = 2019, month = may}\n'
    )
    assert problems == []
    assert values(bibliography, "uno")["journal"] == "Revista de Cosas!"
    assert values(bibliography, "uno")["month"] == "5"


def test_comments_are_read_as_biber_does() -> None:
    bibliography, problems = read(
        "%@misc{oculta, title = {X}}\n% ana@example.org\n@comment{@misc{otra, title = {Y}}}\n"
        '@misc{uno,\n  title = {50 % de \\{algo\\} {\\"o}}, % con coma, y = signos\n  % note = {nada}\n'
        "  year = 2019\n}\nUna nota suelta.\n" + SECOND
    )
    assert problems == []
    assert list(bibliography.entries) == ["uno", "dos"]
    assert values(bibliography, "uno") == {"title": '50 % de \\{algo\\} {\\"o}', "year": "2019"}


def test_parentheses_hyphenated_types_and_at_signs_in_values() -> None:
    bibliography, problems = read(
        '@misc(uno, title = "(a) {"}b{\\"o}", year = 2019)\n'
        "@misc{dos, title = {Véase\n@article{x, que no es una entrada}\n}, year = 2019}\n"
    )
    assert values(bibliography, "uno")["title"] == '(a) {"}b{\\"o}'
    assert list(bibliography.entries) == ["uno", "dos"]
    assert [short(problem) for problem in problems] == [("bib-llaves", 3, 10)]
    assert problems[0].severity is Severity.WARNING


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "@misc{uno,\n  title = {Uno},\n  year = 2019\n}\n@misc{uno, title = {B}, year = 2019}\n",
            [("bib-clave-repetida", 5, 7)],
        ),
        ("@misc{uno,\n  title = {A},\n  title = {B},\n  year = 2019,\n}\n", [("bib-campo-repetido", 3, 3)]),
        (
            "@misc{uno,\n  title = {A}\n  author = {B}\n  year = 2019\n}\n",
            [("bib-falta-coma", 3, 3), ("bib-falta-coma", 4, 3)],
        ),
        ('@misc{uno,\n  title = "A"\n  year = 2019\n}\n', [("bib-falta-coma", 3, 3)]),
        ("@misc{uno\n  title = {A},\n  year = 2019\n}\n", [("bib-falta-coma", 1, 7)]),
        ("@misc{uno,\n  title = {Uno,\n  year = 2019,\n}\n\n", [("bib-llaves", 2, 11)]),
        ("@misc{uno,\n  title = {Uno {dos},\n  year = {2019},\n}\n", [("bib-llaves", 2, 11)]),
        ("@misc{uno,\n  title = {Uno},\n  year = 2019,\n\n", [("bib-llaves", 1, 7)]),
        ('@misc{uno,\n  title = "Uno,\n  year = {2019}\n}\n', [("bib-llaves", 2, 11)]),
        ("@misc{uno,\n  title = {Uno}},\n  year = {2019},\n}\n", [("bib-llaves", 3, 3)]),
        ("@misc{uno,\n  title = {Uno},\n  year = {2019},\n}}\n", [("bib-llaves", 4, 2)]),
        ("@misc{uno, title = {Uno}, year = 2019,\n  note = ana@example.org,\n}\n", [("bib-llaves", 2, 13)]),
        ("@comment{ sin fin\n", [("bib-llaves", 1, 1)]),
        ("@misc{uno,\n  title = revista,\n  year = 2019 }\n", [("bib-cadena-desconocida", 2, 11)]),
        ("@misc{uno, title = {A} # , year = 2019}\n", [("bib-sintaxis", 1, 12)]),
        ("@misc{uno,\n  title = {A},\n  year = }\n", [("bib-sintaxis", 3, 3)]),
        ("@misc{uno,\n  title = {A},\n  year = 2019,\n  note }\n", [("bib-sintaxis", 4, 3)]),
        ("@misc{uno, title = {A}, year = 2019a}\n", [("bib-sintaxis", 1, 32)]),
        ("@misc{uno, ti tle = {A}, year = 2019}\n", [("bib-sintaxis", 1, 12)]),
        ("@misc{uno, title = {A},, year = 2019}\n", [("bib-sintaxis", 1, 24)]),
        ('@misc{uno, title = "a "b" c", year = 2019}\n', [("bib-sintaxis", 1, 24)]),
        ("% a\0b\n", [("bib-sintaxis", 1, 4)]),
        ("@string{foo}\n", [("bib-sintaxis", 1, 1)]),
        ("@misc{uno dos, title = {A}, year = 2019}\n", [("bib-clave-mala", 1, 7)]),
        ("@misc{a(b, title = {A}, year = 2019}\n", [("bib-clave-mala", 1, 7)]),
        ("@misc{o'hara, title = {A}, year = 2019}\n", [("bib-clave-mala", 1, 7)]),
        ("@misc{, title = {A}, year = 2019}\n", [("bib-sin-clave", 1, 1)]),
        ("@misc{title = {A}, year = 2019}\n", [("bib-sin-clave", 1, 1)]),
        ("@misc{}\n", [("bib-sin-clave", 1, 1)]),
        ("misc{uno,\n  title = {Uno},\n}\n", [("bib-texto-suelto", 1, 1)]),
        ("Webpage{uno,\n  title = {Uno},\n}\n", [("bib-texto-suelto", 1, 1)]),
        ("@comment sin llave\n", [("bib-texto-suelto", 1, 1)]),
        ("%@misc{uno,\n  title = {Uno}\n}\n", [("bib-texto-suelto", 2, 3)]),
        ("@misc{uno, title = {A}, year = 2019} y más\n", [("bib-texto-suelto", 1, 38)]),
        ("Escriba a ana@example.org\n", [("bib-texto-suelto", 1, 14)]),
    ],
)
def test_each_mistake_is_told_once_at_its_place(text: str, expected: list[tuple[str, int, int]]) -> None:
    bibliography, problems = read(text + SECOND)
    assert [short(problem) for problem in problems] == expected
    assert values(bibliography, "dos") == {"title": "Dos", "year": "2020"}


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("<!DOCTYPE html>\n<p>@misc{a, title={b}}</p>\n", "parece HTML o XML"),
        ('[{"id": "a"}]\n', "parece JSON: la bibliografía va en BibLaTeX"),
        ("TY  - JOUR\nER  -\n", "parece RIS: el gestor de referencias puede exportar BibLaTeX"),
        ("%PDF-1.5\n", "es un PDF"),
        ("a\0b\n", "es un archivo binario"),
        ("Nada que ver.\n", "una entrada se escribe @tipo{clave, campo = {valor}}"),
    ],
)
def test_a_file_of_another_kind_is_refused(text: str, hint: str) -> None:
    bibliography, problems = read(text)
    assert not bibliography.entries
    assert [(problem.code, problem.hint) for problem in problems] == [("bib-no-es-bib", hint)]


@pytest.mark.parametrize("text", ["", "\n\n", "% solo comentarios\n", "@comment{nada}\n", "\ufeff"])
def test_a_file_without_entries_is_no_mistake(text: str) -> None:
    assert read(text)[1] == []


def test_repeated_key_tells_both_lines_and_keeps_the_first() -> None:
    bibliography, problems = read(SECOND + "@misc{dos,\n  title = {Otro},\n  year = 2021,\n}\n")
    assert values(bibliography, "dos")["title"] == "Dos"
    assert problems[0].message == "la clave «dos» ya es de la entrada de la línea 1"
    assert problems[0].related[0][0] == Span("references.bib", 1, 7, 1, 10)


def test_repeated_field_is_a_warning_where_nothing_is_lost() -> None:
    for field in ("title = {Dos}", "timestamp = {a}, timestamp = {b}", "keywords = {a}, keywords = {b}"):
        problems = read(f"@misc{{dos, title = {{Dos}}, year = 2020, {field}}}\n")[1]
        assert [(problem.code, problem.severity) for problem in problems] == [("bib-campo-repetido", Severity.WARNING)]


def test_an_abbreviation_is_told_once_and_guessed() -> None:
    text = "@string{ieee = {I}}\n" + "".join(f"@misc{{e{n}, title = iee, note = {{{n}}}, year = 2019}}\n" for n in "ab")
    problems = read(text)[1]
    assert [(problem.code, problem.place.line, problem.hint) for problem in problems] == [
        ("bib-cadena-desconocida", 2, "¿«ieee»?")
    ]


def test_broken_entry_stays_citable() -> None:
    bibliography, problems = read("@misc{uno,\n  author = {Ana},\n  title = {Uno,\n  year = 2019,\n}\n" + SECOND)
    assert bibliography.entries["uno"].broken
    assert values(bibliography, "uno")["author"] == "Ana"
    assert problems[0].hint == "se traga el campo «year» de la línea 4"


def test_decoding_names_the_first_bad_byte() -> None:
    assert decode_bibliography("\ufeffñ".encode(), "r.bib") == ("ñ", [])
    text, problems = decode_bibliography("@misc{a,\n  title = {Españá}}".encode("latin-1"), "r.bib")
    assert text.endswith("{Españá}}")
    assert [(problem.code, problem.place) for problem in problems] == [("bib-codificacion", Span("r.bib", 2, 16))]
    text, problems = decode_bibliography("@misc{a}".encode("utf-16"), "r.bib")
    assert text == "@misc{a}"
    assert problems[0].message == "el archivo está en UTF-16 y no en UTF-8"
    assert decode_bibliography(b"\xef\xbb\xbf\n\xff", "r.bib")[1][0].place == Span("r.bib", 2, 1)


def test_parser_says_nothing_by_itself(caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]) -> None:
    with caplog.at_level(logging.DEBUG):
        read("@misc{a title = {b}}\n@misc{b, title}\n" + SECOND)
    assert caplog.records == []
    assert capsys.readouterr() == ("", "")


def test_three_hundred_entries_are_read() -> None:
    entry = (
        "@online{{clave-{0},\n  author = {{{{Quien Sea}}}},\n  title = {{Título {0}}},\n  date = {{2019-06-27}},\n"
        "  url = {{https://example.org/{0}}},\n  urldate = {{2026-11-23}},\n  langid = {{english}},\n}}\n\n"
    )
    text = "".join(entry.format(number) for number in range(300))
    bibliography, problems = read(text)
    assert (len(bibliography.entries), problems) == (300, [])


_ENTRY = "@misc{a, title={A}, year=2019}\n"
_SYNTAX = '@misc{ @article( @string{ @comment{ @preamble{ @ { } ( ) " , = # % a title year 2019 \\ \\" é İ'.split(" ")
_FIELDS = "date={2019-13}, crossref={a}, ids={a,b}, isbn={1}, url={a\\_b}, misc{x,".split(" ")
_PIECES = st.sampled_from([*_SYNTAX, *_FIELDS, _ENTRY, "\n", "\r\n", " ", "\u2028", "\ufeff", "\0"])
_TEXTS = st.one_of(st.lists(_PIECES, max_size=40).map("".join), st.text(max_size=80))


def _is_inside(span: Span, lines: list[str]) -> bool:
    return (
        1 <= span.line <= span.end_line <= len(lines)
        and 1 <= span.column <= len(lines[span.line - 1]) + 1
        and span.end_column <= len(lines[span.end_line - 1]) + 2
    )


@given(_TEXTS)
def test_reading_never_raises_and_every_span_lies_inside(text: str) -> None:
    bibliography, problems = read(text)
    lines = text.split("\n")
    for problem in problems:
        assert _is_inside(problem.place, lines)
        assert all(_is_inside(span, lines) for span, _ in problem.related)
    for key, entry in bibliography.entries.items():
        assert _is_inside(entry.place, lines)
        assert lines[entry.place.line - 1][entry.place.column - 1 :].startswith(key.split("\n")[0])
        for name, field in entry.fields.items():
            place = field.place
            assert lines[place.line - 1][place.column - 1 :].lower().startswith(name.split("\n")[0])


def _moved(span: Span) -> Span:
    return Span(span.path, span.line + 1, span.column, span.end_line + 1, span.end_column)


@given(_TEXTS.filter(lambda text: not text.startswith(("\ufeff", "%PDF"))))
def test_a_comment_line_moves_every_span_by_one(text: str) -> None:
    before, problems = read(text)
    after, moved_problems = read("% una línea\n" + text)
    if any(problem.code == "bib-no-es-bib" for problem in (*problems, *moved_problems)):
        return  # what a file is shows in its first characters
    assert [entry.place for entry in after.entries.values()] == [
        _moved(entry.place) for entry in before.entries.values()
    ]
    assert [values(after, key) for key in after.entries] == [values(before, key) for key in before.entries]
    assert [(problem.code, problem.place, problem.severity) for problem in moved_problems] == [
        (problem.code, _moved(problem.place), problem.severity) for problem in problems
    ]
