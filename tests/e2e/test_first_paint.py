"""A word changes in a process that stays: engines wait for it, and the first look at it is what the page will be."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from imprenta.pipeline import Session
from imprenta.preview.drawing import Document, Tile
from imprenta.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from imprenta.pipeline import PagesReady

pytestmark = [pytest.mark.tex, pytest.mark.timeout(600)]

SAMPLE = Path(__file__).parent / "sample"
SECTION = "paper/secciones/rio.yaml"
WIDTH = 1000
CODE = """
      ```
      def caudal():
          return 1
      ```
"""
"""What makes a page of the sample so full that it shrinks its blanks."""


class Author:
    """Edits a copy of the sample and builds it again and again in this process."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.session = Session(Workspace(root))
        self.first: list[tuple[PagesReady, list[str]]] = []
        """What the first build showed early, each with the steps before it."""

    def save(self, old: str, new: str) -> tuple[list[PagesReady], list[str]]:
        """Save with some words in the place of others; return the pages that were shown early, and the steps."""
        path = self.root / SECTION
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1
        path.write_text(text.replace(old, new), encoding="utf-8")
        shown: list[PagesReady] = []
        steps: list[str] = []
        outcome = self.session.build(steps.append, shown.append)
        self.session.get_ready()
        assert outcome.built, outcome.problems
        return shown, steps


@pytest.fixture(scope="module")
def author(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Author]:
    root = tmp_path_factory.mktemp("muestra")
    shutil.copytree(SAMPLE, root, dirs_exist_ok=True)
    text = (root / SECTION).read_text(encoding="utf-8")
    assert text.count(CODE) == 1
    (root / SECTION).write_text(text.replace(CODE, ""), encoding="utf-8")
    author = Author(root)
    steps: list[str] = []
    outcome = author.session.build(steps.append, lambda ready: author.first.append((ready, [*steps])))
    assert outcome.built
    assert (root / "build/informe.pdf").is_file()
    author.session.get_ready()
    yield author
    author.session.close()


def rows(pdf: bytes, index: int, band: tuple[float, float]) -> bytes:
    """Return what a page looks like between two heights in points."""
    document = Document(pdf)
    width, _ = document.read_size(index)
    top, bottom = (round(height * WIDTH / width) for height in band)
    return bytes(document.draw(index, Tile(WIDTH, 0, top, WIDTH, bottom - top)).pixels)


def test_a_first_build_shows_the_body_as_soon_as_it_is_set(author: Author) -> None:
    ((ready, steps),) = author.first
    assert ready.band is None
    assert steps[-1].startswith("pdfLaTeX, texto")
    assert steps.count(steps[-1]) == 1
    pdf = (author.root / "build/informe.pdf").read_bytes()
    last = len(Document(pdf)) - 1
    assert ready.pages == {page: page - 1 for page in range(1, last + 1)}  # the last one holds the references
    whole = (0.0, 840.0)
    other = [page for page, index in ready.pages.items() if rows(ready.pdf, index, whole) != rows(pdf, page - 1, whole)]
    assert other == [3]  # the contents and the lists, which were not known yet


def test_what_is_seen_first_is_what_the_page_will_be(author: Author) -> None:
    author.save("Todo signo sale", "Cada signo sale")  # from here on engines wait
    shown, steps = author.save("Cada signo sale", "Aquel signo sale")
    assert "pdfLaTeX, tramo" in steps
    first, exact = shown
    assert first.band is not None
    assert exact.band is None
    ((number, index),) = first.pages.items()
    assert first.band[1] - first.band[0] < 80
    pdf = (author.root / "build/informe.pdf").read_bytes()
    seen = rows(first.pdf, index, first.band)
    assert len(set(seen)) > 2  # something is printed there
    assert seen == rows(exact.pdf, exact.pages[number], first.band)
    assert seen == rows(pdf, number - 1, first.band)


def test_a_paragraph_of_another_height_is_seen_when_its_page_is_set(author: Author) -> None:
    author.save("Aquel signo sale", "Ese signo sale")
    shown, _ = author.save("Ese signo sale", f"Ese signo {'que nadie esperaba ' * 9}sale")
    assert [ready for ready in shown if ready.band is not None] == []


def test_an_engine_has_gone_ahead_to_the_place_that_changed_last(author: Author) -> None:
    author.save("Con nota", "Con otra nota")
    waiting = author.session.pool.ahead
    shown, _ = author.save("Con otra nota", "Con esta nota")
    assert shown
    # It was used, and another waits; the one that can set any range was not needed.
    assert waiting.name == "ahead"
    assert (author.root / "build/latex/ahead.pdf").stat().st_mtime_ns > (
        author.root / "build/latex/range.pdf"
    ).stat().st_mtime_ns


def test_a_page_with_an_error_is_not_shown(author: Author) -> None:
    path = author.root / SECTION
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("Con esta nota", "Con esta nota [@nadie]"), encoding="utf-8")
    shown: list[PagesReady] = []
    outcome = author.session.build(publish=shown.append)
    assert not outcome.built
    assert shown == []
    path.write_text(text, encoding="utf-8")
    assert author.session.build().built
    author.session.get_ready()


def test_a_warning_elsewhere_does_not_keep_the_first_look_away(author: Author) -> None:
    wide = f"${'x' * 95}$"
    author.save("completan", wide)
    author.save("cuesta 5 %", "vale 5 %")
    shown, steps = author.save("vale 5 %", "piden 5 %")
    assert [ready.band is not None for ready in shown] == [True, False]
    assert not any("texto" in step for step in steps)
    outcome = author.session.build()
    assert [problem.code for problem in outcome.problems if problem.code.startswith("linea")] == ["linea-desbordada"]
    _, steps = author.save(wide, "completan")
    assert not any("texto" in step for step in steps)
    assert not any(problem.code.startswith("linea") for problem in author.session.build().problems)


def test_a_page_that_shrinks_its_blanks_is_seen_when_it_is_set(author: Author) -> None:
    note = "      [^n]: Una nota al pie [@ruiz2020].\n"
    author.save("que nadie esperaba " * 9, "")
    author.save(note, note + CODE)
    author.save("piden 5 %", "cuesta 5 %")
    shown, _ = author.save("cuesta 5 %", "vale 5 %")
    assert [ready.band is not None for ready in shown] == [False]
    author.save(CODE, "")
    author.save("vale 5 %", "cuesta 5 %")
    shown, _ = author.save("cuesta 5 %", "vale 5 %")
    assert [ready.band is not None for ready in shown] == [True, False]
