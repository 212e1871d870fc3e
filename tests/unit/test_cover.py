"""The cover's authors, affiliations and labels, and which lists follow it, without TeX."""

from __future__ import annotations

from pathlib import Path

import pytest
from laws import lay_case

from imprenta.calculate import calculate_numbers
from imprenta.load import load_paper
from imprenta.model.dates import AccessDate
from imprenta.model.paper import Paper
from imprenta.model.source_map import strip_marks
from imprenta.pipeline.scope import ReportScope
from imprenta.render import CoverView, cover_view
from imprenta.words import ENGLISH, SPANISH, Locale
from imprenta.workspace import Workspace

SHARED = """\
  - {nombre: Ana, afiliaciones: [icesi]}
  - {nombre: Luis, afiliaciones: [valle, icesi]}
  - {nombre: Irene}
afiliaciones: {valle: Universidad del Valle, icesi: Universidad Icesi}
"""
ALIKE = "  - {nombre: Ana, afiliaciones: [icesi]}\nafiliaciones: {icesi: Universidad Icesi}\n"


def load(folder: Path, report: str) -> Paper:
    lay_case("", folder)
    path = folder / "paper/informe.yaml"
    head, _, rest = path.read_text(encoding="utf-8").partition("  - {nombre: Ana, apellidos: Ruiz Peña}\n")
    path.write_text(head + report + rest, encoding="utf-8")
    paper, problems = load_paper(Workspace(folder))
    assert problems == []
    assert paper is not None
    return paper


def view(folder: Path, report: str, locale: Locale = SPANISH) -> CoverView:
    paper = load(folder, report)
    return cover_view(paper, ReportScope(calculate_numbers(paper.data)[0], locale=locale), AccessDate())


def test_affiliations_have_numbers_in_the_order_of_the_authors(tmp_path: Path) -> None:
    cover = view(tmp_path, SHARED)
    assert [author.llamadas for author in cover.autores] == ["1", "2,1", ""]
    assert [(number, strip_marks(name)) for number, name in cover.afiliaciones] == [
        ("1", "Universidad Icesi"),
        ("2", "Universidad del Valle"),
    ]


def test_an_affiliation_of_all_needs_no_number(tmp_path: Path) -> None:
    cover = view(tmp_path, ALIKE)
    assert [author.llamadas for author in cover.autores] == [""]
    assert [number for number, _ in cover.afiliaciones] == [""]


@pytest.mark.parametrize(("locale", "link"), [(SPANISH, " e "), (ENGLISH, " and ")])
def test_names_are_joined_as_the_language_joins_them(locale: Locale, link: str, tmp_path: Path) -> None:
    cover = view(tmp_path, SHARED, locale)
    assert [author.enlace for author in cover.autores] == [", ", link, ""]


def test_labels_stand_where_their_keys_are(tmp_path: Path) -> None:
    paper = load(tmp_path, "  - {nombre: Ana, identificacion: {Código: 219, Grupo: A}}\n")
    ((code, number), (group, _)) = paper.report.authors[0].numbers.pairs
    assert (code.value, number.value, group.value) == ("Código", "219", "Grupo")
    assert [(text.span().line, text.span().column) for text in (code, number, group)] == [(3, 36), (3, 44), (3, 49)]


@pytest.mark.parametrize(
    ("keys", "lists"),
    [
        ("", ["contenido", "figuras", "tablas"]),
        ("portada: apa\n", ["contenido", "figuras", "tablas"]),
        ("portada: breve\n", []),
        ("portada: no\nindices: [tablas, contenido]\n", ["contenido", "tablas"]),
        ("indices: no\n", []),
        ("indices: []\n", []),
    ],
)
def test_which_lists_are_printed(keys: str, lists: list[str], tmp_path: Path) -> None:
    paper = load(tmp_path, f"  - {{nombre: Ana}}\n{keys}")
    assert list(paper.report.wanted_lists) == lists
