"""Entries -> what biblatex or the reader will miss in them; citations -> entries that are not there."""

from __future__ import annotations

from datetime import date

import pytest

from imprenta.bibliography import find_uncited_entries, find_unknown_citations, read_bibliography
from imprenta.bibliography.names import mend_names
from imprenta.problems import Severity, Span

PLACE = Span("paper/secciones/a.yaml", 3, 5, 3, 14)
TODAY = date(2026, 11, 23)


def problems_of(text: str, today: date | None = TODAY) -> list[tuple[str, str]]:
    problems = read_bibliography(text, "references.bib", today=today)[1]
    return [(problem.code, problem.message) for problem in problems]


def online(fields: str) -> str:
    return f"@online{{uno, author = {{{{Ana}}}}, title = {{Uno}}, url = {{https://example.org/uno}}, {fields}}}\n"


@pytest.mark.parametrize(
    "value",
    "2019 2019-06 2019-06-27 2019-06-27T10:00:00Z 2018/2019 2019-06/ /2019 2019/.. -0044 199X 19XX 2004-07-XX 1984~ "
    "1984? 2001-21 y-123456 2020-02-29".split(" "),
)
def test_dates_that_biblatex_takes(value: str) -> None:
    assert problems_of(online(f"date = {{{value}}}"), None) == []


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("2019-13", "el mes 13 no existe"),
        ("2019-02-30", "el día 30 no existe en ese mes"),
        ("2019-00-10", "el mes 00 no existe"),
        ("15/05/84", "tiene más de una barra"),
        ("27 de junio de 2019", "se esperaba AAAA, AAAA-MM o AAAA-MM-DD"),
        ("2019-6-27", "se esperaba AAAA, AAAA-MM o AAAA-MM-DD"),
        ("2019/2018", "acaba antes de empezar"),
    ],
)
def test_dates_that_biblatex_drops(value: str, reason: str) -> None:
    message = f"la fecha «{value}» del campo «date» no es válida: {reason}"
    assert problems_of(online(f"date = {{{value}}}")) == [("bib-fecha", message)]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ("year = {2O19}", "bib-fecha"),
        ("year = {20199}", "bib-fecha"),
        ("year = 2019, urldate = {2027-01-01}", "bib-urldate"),
        ("date = {2019-06}, urldate = {2018-01-01}", "bib-urldate"),
        ("year = 2019, doi = {https://doi.org/10.1000/182}", "bib-doi"),
        ("year = 2019, doi = {nada}", "bib-doi"),
        ("year = 2019, isbn = {978-3-16-148410-1}", "bib-isbn"),
        ("year = 2019, titel = {x}, tittleaddon = {x}", "bib-campo-desconocido"),
        ("year = 2019, orcid = {1234}", "bib-orcid"),
        ("year = 2019, crossref = {nadie}", "bib-padre-ausente"),
        ("year = 2019, xdata = {nadie}", "bib-padre-ausente"),
        ("author = {B}, year = 2019", "bib-campo-repetido"),
    ],
)
def test_fields_that_are_wrong(fields: str, code: str) -> None:
    assert [found for found, _ in problems_of(online(fields))] == [code]


@pytest.mark.parametrize(
    "fields",
    [
        "urldate = {2026-11-23}",  # an undated page has the day on which it was read
        "year = {en prensa}",
        "year = 2019, doi = {10.1000/182}, isbn = {978-3-16-148410-0}",
        "year = 2019, isbn = {0-471-93471-2 (tapa blanda)}",
        "date = {2019}, urldate = {2019-01-02}",
        "year = 2019, howpublished = {\\url{https://example.org/a_b}}",
        "year = 2019, abstract = {x}, timestamp = {x}, mrnumber = {x}, bibsource = {x}",
    ],
)
def test_fields_that_are_right(fields: str) -> None:
    assert problems_of(online(fields)) == []


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("example.org", "la dirección «example.org» no empieza por «https://»"),
        ("https://a.org/b c", "la dirección «https://a.org/b c» contiene espacios"),
    ],
)
def test_addresses(url: str, message: str) -> None:
    assert problems_of(f"@online{{uno, title = {{Uno}}, year = 2019, url = {{{url}}}}}\n") == [("bib-url", message)]


def test_missing_fields_are_told_together() -> None:
    assert problems_of("@article{uno, journal = {J}, note = {x}}\n") == [
        ("bib-campo-ausente", "en la entrada «uno» (@article) faltan los campos «author», «title», «date» o «year»")
    ]
    assert problems_of("@phdthesis{uno, author = {A}, title = {T}, school = {S}, year = 2019}\n") == []
    assert problems_of("@online{uno, title = {T}, year = 2019}\n") == [
        ("bib-campo-ausente", "en la entrada «uno» (@online) falta el campo «url» o «doi» o «eprint»")
    ]


def test_parents_give_the_fields_that_a_child_lacks() -> None:
    parent = "@proceedings{actas, title = {Actas}, year = 2019}\n@xdata{datos, author = {Ana}}\n"
    assert problems_of("@inproceedings{uno, title = {T}, crossref = {actas}, xdata = {datos}}\n" + parent) == []
    problems = problems_of("@inproceedings{uno, author = {A}, crossref = {actas}}\n" + parent)
    assert problems == [("bib-campo-ausente", "en la entrada «uno» (@inproceedings) falta el campo «title»")]


def test_unknown_type_has_the_nearest_one() -> None:
    problems = read_bibliography("@artcle{uno, title = {T}, year = 2019}\n", "references.bib")[1]
    assert [(problem.code, problem.hint, problem.severity) for problem in problems] == [
        ("bib-tipo-desconocido", "¿«@article»?", Severity.WARNING)
    ]


def test_same_work_under_two_keys() -> None:
    first = "@online{uno, title = {Un {Título}}, year = 2019, url = {https://www.example.org/a/}}\n"
    same = "@online{dos, title = {Un título}, year = 2019, url = {http://example.org/a}}\n"
    assert problems_of(first + same) == [
        ("bib-obra-repetida", "«dos» parece la misma obra que «uno» (línea 1): la misma dirección")
    ]
    assert problems_of(first + same.replace("Un título", "Otro").replace("2019", "2020")) == []
    assert problems_of(first + same.replace("2019", "2020")) == []  # a page as it was at another time
    article = "@article{%s, author = {A}, title = {%s}, journaltitle = {J}, year = 2019, doi = {%s}}\n"
    assert problems_of(article % ("a", "Uno", "10.1000/AB") + article % ("b", "Dos", "10.1000/ab")) == [
        ("bib-obra-repetida", "«b» parece la misma obra que «a» (línea 1): el mismo DOI")
    ]
    title = "Comparación de orquestadores"
    assert problems_of(article % ("a", title, "10.1000/1") + article % ("b", title.upper(), "10.1000/2")) == [
        ("bib-obra-repetida", "«b» parece la misma obra que «a» (línea 1): el mismo título y año")
    ]


def test_keys_that_differ_in_case() -> None:
    text = "@misc{nunez2020, title = {A}, year = 2019}\n@misc{Nunez2020, title = {B}, year = 2019}\n"
    assert [code for code, _ in problems_of(text)] == ["bib-clave-parecida"]


BIBLIOGRAPHY = read_bibliography(
    "@misc{nunez2020, title = {A}, year = 2019, ids = {nz, viejo}}\n"
    "@inbook{parte, author = {A}, title = {P}, crossref = {libro}}\n@book{libro, author = {A}, title = {L}, year = 1}\n"
    "@misc{sobra, title = {S}, year = 2019}\n",
    "references.bib",
)[0]


@pytest.mark.parametrize(
    ("key", "hint"),
    [
        ("nunez2021", "¿«nunez2020»? (references.bib:1)"),
        ("Nunez2020", "«nunez2020» solo se distingue en mayúsculas y minúsculas (references.bib:1)"),
        ("viego", "¿«viejo»? (references.bib:1)"),
        ("zzz", "si «@» no abre una cita, se escribe «\\@»"),
    ],
)
def test_unknown_citation(key: str, hint: str) -> None:
    (problem,) = find_unknown_citations([("nunez2020", PLACE), (key, PLACE), ("nz", PLACE)], BIBLIOGRAPHY)
    assert (problem.code, problem.place, problem.hint) == ("cita-desconocida", PLACE, hint)
    assert problem.message == f"la cita «{key}» no está en references.bib"
    assert problem.severity is Severity.ERROR


def test_empty_citation_and_empty_bibliography() -> None:
    (problem,) = find_unknown_citations([("", PLACE)], BIBLIOGRAPHY)
    assert (problem.code, problem.message) == ("cita-vacia", "la cita está vacía")
    (problem,) = find_unknown_citations([("a", PLACE)], read_bibliography("", "references.bib")[0])
    assert problem.hint == "references.bib no tiene ninguna entrada"


def test_uncited_entries_are_warned_of_but_not_their_parents() -> None:
    problems = find_uncited_entries(["viejo", "parte", "desconocida"], BIBLIOGRAPHY)
    assert [(problem.code, problem.message, problem.place.line) for problem in problems] == [
        ("entrada-sin-citar", "la entrada «sobra» no se cita", 4)
    ]
    assert problems[0].severity is Severity.WARNING


@pytest.mark.parametrize(
    ("author", "message"),
    [
        ("Pérez, Ana, Gómez, Luis", "el nombre «Pérez, Ana, Gómez, Luis» del campo «author» lleva demasiadas comas"),
        ("Sol, Eva and Pérez,, Ana", "el nombre «Pérez,, Ana» del campo «author» lleva dos comas seguidas"),
        ("Ana Pérez y Luis Gómez", "«Ana Pérez y Luis Gómez», en el campo «author», se lee como una sola persona"),
        ("Pérez, A.; Gómez, L.", "«Pérez, A.; Gómez, L.», en el campo «author», se lee como una sola persona"),
        ("Pérez, A. and and Gómez, L.", "falta un nombre en el campo «author»: hay un «and» de más"),
        ("Pérez, Ana y Gómez, Luis", "«Pérez, Ana y Gómez, Luis», en el campo «author», se lee como una sola persona"),
        ("Pérez, Ana e Ibáñez, J.", "«Pérez, Ana e Ibáñez, J.», en el campo «author», se lee como una sola persona"),
        ("Sol, Eva & Paz, J.", "«Sol, Eva & Paz, J.», en el campo «author», se lee como una sola persona"),
        (
            "Ana Sol, Eva Paz, Luz Mar",
            "«Ana Sol, Eva Paz, Luz Mar», en el campo «author», se lee como una sola persona",
        ),
        ("Sol, Eva et al.", "«Sol, Eva et al.», en el campo «author», se lee como una sola persona"),
        ("José Ortega y Gasset", "de «José Ortega y Gasset», en el campo «author», se toma por apellido «y Gasset»"),
        (
            "Ministerio de Salud",
            "«Ministerio de Salud», en el campo «author», se lee como nombre y apellidos de una persona",
        ),
        ("and", "en «and», en el campo «author», sobra «and» u «others»"),
        ("Sol, Eva and", "en «Sol, Eva and», en el campo «author», sobra «and» u «others»"),
        ("others and Sol, Eva", "en «others», en el campo «author», sobra «and» u «others»"),
        (", Ana", "al nombre «, Ana» del campo «author» le faltan los apellidos"),
        ("{}, Ana", "al nombre «{}, Ana» del campo «author» le faltan los apellidos"),
        ("Sol, Eva,", "el nombre «Sol, Eva,», en el campo «author», acaba en coma"),
        ("given=Ana", "al nombre «given=Ana» del campo «author» le falta «family=»"),
        (
            "family=Sol, nombre=Eva",
            "«nombre» no es una parte de un nombre («family=Sol, nombre=Eva», campo «author»)",
        ),
    ],
)
def test_names_that_biber_cannot_read(author: str, message: str) -> None:
    assert problems_of(f"@misc{{uno, author = {{{author}}}, title = {{T}}, year = 2019}}\n") == [
        ("bib-nombre", message)
    ]


@pytest.mark.parametrize(
    "author",
    [
        "Ortega y Gasset, José and Ramón y Cajal, Santiago",
        "Ludwig van Beethoven and van Beethoven, Ludwig and Charles Louis Xavier Joseph de la Vallée Poussin",
        "García Márquez, Gabriel AND Ruiz,Ana and others",
        "family={Robinson and Sons}, given=A and {Ministerio de Salud y Protección} and Sol, H., Eva",
        "{Datadog, Inc.} and {Uno, Dos, Tres, y Cuatro; S. A.} and others",
        "de la Cruz, Jr., Juan",
        "family=Pérez, given=Ana, prefix=de, useprefix=true",
        "{\\'A}lvarez, {Mar{\\'\\i}a, la}",
    ],
)
def test_names_that_biber_reads(author: str) -> None:
    assert problems_of(f"@misc{{uno, author = {{{author}}}, title = {{T}}, year = 2019}}\n") == []


def test_ids_are_names_of_an_entry_for_the_links_of_others() -> None:
    text = (
        "@misc{madre, ids={vieja}, title={Madre}, date={2019}}\n"
        "@inbook{hijo, author={Ruiz, Ana}, title={Hijo}, date={2019}, crossref={vieja}}\n"
        "@xdata{datos, ids={otros}, date={2020}}\n"
        "@misc{b, title={Dos}, xdata={otros}}\n"
        "@set{c, entryset={vieja,hijo}}\n"
    )
    assert problems_of(text) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("@misc{a, title={A}, date={2019}, crossref={a}}", "la entrada «a» hereda de sí misma"),
        (
            "@misc{a, title={A}, date={2019}, crossref={b}}\n@misc{b, title={B}, date={2019}, crossref={c}}\n"
            "@misc{c, ids={d}, title={C}, date={2019}, crossref={a}}\n@misc{e, title={E}, date={2018}, crossref={d}}",
            "la entrada «a» hereda de sí misma: «a» → «b» → «c» → «a»",
        ),
        (
            "@xdata{a, xdata={b}}\n@xdata{b, xdata={c,a}}\n@xdata{c, note={C}}",
            "la entrada «a» hereda de sí misma: «a» → «b» → «a»",
        ),
    ],
)
def test_an_entry_that_inherits_from_itself_is_told_once(text: str, message: str) -> None:
    assert problems_of(f"{text}\n") == [("bib-herencia-circular", message)]


def test_what_is_no_xdata_gives_nothing() -> None:
    text = "@misc{a, title={A}, date={2019}, xdata={b}}\n@misc{b, title={B}, date={2018}}\n"
    message = "de la entrada «b», que nombra el campo «xdata», no se hereda nada: no es «@xdata»"
    assert problems_of(text) == [("bib-padre-ausente", message)]


@pytest.mark.parametrize(
    ("fields", "codes"),
    [
        ("titulo = {T}, autor = {Sol, Eva}, date = {2019}", ["bib-campo-sin-imprimir", "bib-campo-sin-imprimir"]),
        ("title = {T}, date = {2019}, arxivid = {1706.1}", ["bib-campo-sin-imprimir"]),
        ("title = {T}, date = {2019}, arxivid = {1706.1}, eprint = {1706.1}", []),
        ("title = {T}, date = {2019}, articleno = {7}, pages = {1-9}", []),
        ("title = {T}, year = {2019}, fecha = {2019}, mendeley-groups = {x}", []),
    ],
)
def test_fields_that_go_by_another_name(fields: str, codes: list[str]) -> None:
    assert [code for code, _ in problems_of(f"@misc{{uno, {fields}}}\n")] == codes


@pytest.mark.parametrize(
    "author", ["Ana prefix=d", "family=Ruiz given=Ana", 'family="Ruiz, Sol", given=Ana', "{prefix=d}"]
)
def test_what_makes_biber_hang_is_an_error(author: str) -> None:
    problems = read_bibliography(f"@misc{{a, author={{{author}}}, title={{T}}, date={{2019}}}}", "references.bib")[1]
    assert [(problem.code, problem.severity) for problem in problems] == [("bib-nombre", Severity.ERROR)]


@pytest.mark.parametrize(
    ("value", "mended"),
    [
        ("family={Robinson and Sons, Inc.}, given=A and Ruiz, Ana,", "{{Robinson and Sons, Inc.}}, A and Ruiz, Ana"),
        ("family=Cruz, suffix=Jr., given=Juan, prefix=de la, apodo=x", "de la Cruz, Jr., Juan"),
        ("family=Ruiz, given=Ana, useprefix=true", "family=Ruiz, given=Ana, useprefix=true"),
        ("Ruiz, A. and  Sol, E.", "Ruiz, A. and  Sol, E."),
    ],
)
def test_names_are_given_to_biber_as_it_reads_them(value: str, mended: str) -> None:
    assert mend_names(value) == mended
