"""A tagged PDF, as PDFium reads it: all that a page says is in the tree, once, in the order of the data."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from typing import TYPE_CHECKING

import pytest
import yaml
from conformity import find_breaches
from reading import ROOT, run_build
from same_pdf import find_differences

from imprenta.trace.pdf_page import PdfPages
from imprenta.trace.structure import Told, find_untold, read_page_tree, walk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PDF = "build/informe.pdf"
pytestmark = [pytest.mark.tex, pytest.mark.timeout(300)]


@pytest.fixture(scope="module")
def pages(complete: Path) -> list[list[Told]]:
    """The trees of the pages of the complete report, which asks for both conformities."""
    document = PdfPages((complete / "build/informe.pdf").read_bytes())
    assert [find_untold(document, number).strip() for number in range(len(document))] == [""] * len(document)
    return [read_page_tree(document, number) for number in range(len(document))]


def all_of(pages: list[list[Told]], *roles: str) -> list[Told]:
    return [told for tops in pages for top in tops for told in walk(top) if told.role in roles]


def test_headings_have_their_levels_and_their_language(pages: list[list[Told]]) -> None:
    heads = [(told.role, told.language, told.words()) for told in all_of(pages, "H1", "H2")]
    assert heads[:3] == [("H1", "", "Resumen"), ("H1", "en", "Abstract"), ("H1", "", "Índice")]
    assert ("H2", "", "1.1 Vqapartado") in heads
    assert heads[-2:] == [("H1", "", "Anexo A Vqanexo"), ("H1", "", "Referencias")]


def test_the_sections_come_in_the_order_of_the_data(pages: list[list[Told]]) -> None:
    words = " ".join(top.words() for tops in pages[4:] for top in tops)
    order = "Vqenunciado Vqparrafo Vqpropio Vqinterior Vqlibre Vqajeno Vqecuacion Vqcasa Vqtras Vqdegracias Vqdeanexo"
    found = [words.index(word) for word in order.split()]
    assert found == sorted(found)


def test_pictures_say_their_alternative_text_and_hold_their_caption(pages: list[list[Told]]) -> None:
    figures = {told.alternative: told for told in all_of(pages, "Figure")}
    assert "Vqalternativa" in figures
    captions = [part for part in walk(figures["Vqalternativa"]) if part.role == "Caption"]
    assert [caption.words() for caption in captions] == ["Figura 2: Vqimagen. Fuente: [1]."]


def test_tables_have_rows_and_header_cells(pages: list[list[Told]]) -> None:
    tables = [
        [[(cell.role, cell.words()) for cell in row.parts if isinstance(cell, Told)]
         for row in walk(table) if row.role == "TR"]
        for table in all_of(pages, "Table")
    ]  # fmt: skip
    assert next(table for table in tables if table[0][0] == ("TH", "Vqpartido")) == [
        [("TH", "Vqpartido"), ("TH", "Vqporcentaje")],
        [("TH", "Vqprimero"), ("TD", "1")],
        [("TH", "Vqsegundo"), ("TD", "2")],
        [("TH", "Vqpunto x"), ("TD", "3")],
    ]
    assert [("TH", "Vqlugar"), ("TH", "Vqnivel")] in [table[0] for table in tables]


def test_lists_have_labels_and_bodies(pages: list[list[Told]]) -> None:
    items = [told for told in all_of(pages, "LI") if "Vqotropunto" in told.words()]
    assert [[(part.role, part.words()) for part in walk(item) if part.role in ("Lbl", "LBody")] for item in items] == [
        [("Lbl", "c)"), ("LBody", "Vqotropunto")]
    ]


def test_every_word_of_the_author_is_in_the_tree_as_often_as_on_the_page(
    complete: Path, pages: list[list[Told]]
) -> None:
    document = PdfPages((complete / "build/informe.pdf").read_bytes()).document
    for number, tops in enumerate(pages):
        heard = re.findall(r"Vq[a-z]+", "".join(_painted(top) for top in tops))
        seen = re.findall(r"Vq[a-z]+", document[number].get_textpage().get_text_bounded())
        # The words in a drawing, and a running head, are not told again.
        assert not set(heard) - set(seen), number + 1
        assert all(heard.count(word) <= seen.count(word) for word in heard), number + 1


def _painted(told: Told) -> str:
    return "".join(part if isinstance(part, str) else _painted(part) for part in told.parts)


FLOATS = frozenset("figura grafica imagen imagenes nodos tabla".split())
"""Keys of blocks that LaTeX may move."""
ELSEWHERE = frozenset(
    "Vqpunto Vqsegundo Vqrotulo Vqsigla Vqrepetida Vqvalor Vqtres "
    "Vqgracias Vqsinnumero Vqcasa Vqcalle Vqsendero".split()
)
"""What is printed again: by two texts that share a word, as the unfolded abbreviation, by a row that is made for
several values, where a section without a number is mentioned, in the table of a drawing's edges."""


def test_what_the_data_say_is_read_once_and_in_their_order(complete: Path, pages: list[list[Told]]) -> None:
    """The words of `tests/cases/completo` are each in one text, but for those that are said again on purpose."""
    body = [word for tops in pages for top in tops for word in hear(top)]
    times = Counter(body)
    data = {path: path.read_text(encoding="utf-8") for path in sorted(complete.glob("paper/**/*.yaml"))}
    written = Counter(word for text in data.values() for word in find_words(text))
    for name in ("prueba", "libre", "bloques", "figuras", "gracias", "anexo"):
        section = yaml.safe_load(data[complete / f"paper/secciones/{name}.yaml"])
        blocks = section.get("respuesta") or section["contenido"]
        fixed = [find_words(str(block)) for block in blocks if FLOATS.isdisjoint(block)]
        order = {word: number for number, words in enumerate(fixed) for word in words if word not in ELSEWHERE}
        assert order, name
        heard = [order[word] for word in body if word in order]
        assert heard == sorted(heard), name
    own = yaml.safe_load(data[complete / "paper/secciones/figuras.yaml"])["contenido"]
    captions = find_words(str([block.get(key) for block in own for key in ("pie", "alternativa", "imagenes")]))
    assert [word for word in captions if times[word] != 1] == []
    parts = "".join(text for path, text in data.items() if path.parent.name in ("secciones", "tablas"))
    assert {word for word in find_words(parts) if times[word] > written[word]} <= ELSEWHERE
    assert sorted(set(written) - set(times)) == []


def find_words(text: str) -> list[str]:
    return re.findall(r"\b[Vv]q[a-z]+", text)


def hear(told: Told) -> Iterator[str]:
    """Yield the author's words of an element as they are heard, without the lists of contents."""
    if told.role == "TOC":
        return
    if told.alternative:
        yield from find_words(told.alternative)
    rest = [part for part in told.parts if isinstance(part, Told)] if told.alternative else told.parts
    for part in rest:
        yield from hear(part) if isinstance(part, Told) else find_words(part)


def test_it_is_told_as_a_screen_reader_would(complete: Path) -> None:
    told = run_build("read", "5", project=complete)
    assert told.returncode == 0
    assert told.stdout.splitlines()[:4] == [
        "página 5", "  título 1: 1 Vqseccion", "  cita", "    párrafo: Enunciado. Vqenunciado",
    ]  # fmt: skip
    everything = run_build("read", project=complete).stdout
    assert "    fila: «Vqprimero» | 1\n" in everything
    assert "  párrafo: Curso Vqcurso\n  párrafo: Tema Vqtema\n" in everything
    assert "sin etiqueta" not in everything
    assert "    elemento: c) Vqotropunto\n" in everything
    assert run_build("read", "99", project=complete).returncode == 2


def test_it_conforms_to_both_standards(complete: Path) -> None:
    assert find_breaches(complete / "build/informe.pdf") == []
    assert len(find_breaches(complete / "build/latex/informe.pdf")) > 5  # without tags


@pytest.mark.proof
@pytest.mark.timeout(900)
def test_our_own_report_conforms_and_looks_as_it_does_without_tags(tmp_path: Path) -> None:
    """And an edit whose page is set alone gives the tags that setting the whole does."""
    for name in ("paper", "figures", "experimentos"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "references.bib", tmp_path)
    assert run_build(project=tmp_path).returncode == 0
    plain = (tmp_path / PDF).rename(tmp_path / "plain.pdf")
    report = tmp_path / "paper/informe.yaml"
    report.write_text(f"conformidad: ambas\n{report.read_text(encoding='utf-8')}", encoding="utf-8")
    assert run_build(project=tmp_path).returncode == 0
    assert find_breaches(tmp_path / PDF) == []
    tagged = PdfPages((tmp_path / PDF).read_bytes())
    assert [find_untold(tagged, number).strip() for number in range(len(tagged))] == [""] * len(tagged)
    assert count_seen_differences(plain, tmp_path / PDF) == 0
    section = tmp_path / "paper/secciones/metodo.yaml"
    text = section.read_text(encoding="utf-8")
    section.write_text(text.replace(" que ", " cual ", 1), encoding="utf-8")
    assert section.read_text(encoding="utf-8") != text
    explained = run_build("build", "--explain", project=tmp_path)
    assert explained.returncode == 0
    assert "página" in explained.stdout
    by_pages = (tmp_path / PDF).rename(tmp_path / "pages.pdf")
    assert run_build("build", "--plain", project=tmp_path).returncode == 0
    assert find_differences(by_pages, tmp_path / PDF) == []


def count_seen_differences(first: Path, second: Path) -> int:
    """Return how many pages look otherwise: more than the grey of one letter, which PDFium rounds."""
    import pypdfium2

    with pypdfium2.PdfDocument(first) as one, pypdfium2.PdfDocument(second) as other:
        assert len(one) == len(other)
        pictures = [
            [document[number].render(scale=1.5).to_numpy() for document in (one, other)] for number in range(len(one))
        ]
        return sum(int((abs(a.astype(int) - b).max(axis=2) > 0).sum() > 100) for a, b in pictures)
