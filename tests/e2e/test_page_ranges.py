"""A title, a caption, a paragraph that moves pages: only their pages are set, and what others say of them.

In a process that stays, the page with the change is shown before all the others are there.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from same_pdf import find_differences
from same_trace import find_trace_differences

from imprenta.pipeline import Session
from imprenta.typeset.checkpoints.start import can_begin
from imprenta.typeset.checkpoints.trace import read_trace
from imprenta.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from imprenta.pipeline import PagesReady

pytestmark = [pytest.mark.tex, pytest.mark.timeout(600)]

PDF = "build/informe.pdf"
SECTION = "paper/secciones/rio.yaml"


class Report:
    """A copy of the sample with fifteen pages of text, edited and built in this process."""

    def __init__(self, root: Path) -> None:
        self.root = root
        pages = "".join(f"  - apartado: Parte {number}\n    contenido:\n{BLOCK}{TEXT}" for number in range(24))
        path = root / SECTION
        path.write_text(path.read_text(encoding="utf-8") + pages, encoding="utf-8")
        self.session = Session(Workspace(root))
        assert self.session.build().built

    def edit(self, path: str, old: str, new: str) -> tuple[list[PagesReady], list[str]]:
        """Change one place and build; return the pages that were shown early and the steps."""
        return self.edit_all(path, {old: new})

    def write(self, path: str, text: str, *seen: int) -> tuple[list[PagesReady], list[str]]:
        """Write a file of the author's and build, as `edit` does; somebody looks at these pages (from 1)."""
        target = self.root / path
        target.parent.mkdir(exist_ok=True)
        target.write_text(text, encoding="utf-8")
        return self.build(*seen)

    def edit_all(self, path: str, changes: dict[str, str]) -> tuple[list[PagesReady], list[str]]:
        """Change several places of a file in one save, as `edit` does."""
        text = (self.root / path).read_text(encoding="utf-8")
        for old, new in changes.items():
            assert old in text
            text = text.replace(old, new, 1)
        return self.write(path, text)

    def build(self, *seen: int) -> tuple[list[PagesReady], list[str]]:
        """Build, as `edit` does."""
        shown: list[PagesReady] = []
        steps: list[str] = []

        def show(pages: PagesReady) -> None:
            shown.append(pages)
            steps.append(SHOWN)

        outcome = self.session.build(steps.append, show, lambda: frozenset(seen))
        assert outcome.built, outcome.problems
        return shown, steps


SHOWN = "se muestran páginas"
BLOCK = "      - sin_fuente: Nada de esto es cierto\n        texto: |\n"
TEXT = "".join(f"          Una línea cualquiera, la {number}, de una parte del informe.\n\n" for number in range(20))


@pytest.fixture(scope="module")
def report(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Report]:
    root = tmp_path_factory.mktemp("tramos") / "informe"
    shutil.copytree(sample, root, ignore=shutil.ignore_patterns("build"))
    report = Report(root)
    yield report
    report.session.close()


def assert_as_from_nothing(report: Report, tmp_path: Path) -> None:
    clean = tmp_path / "limpio"
    shutil.copytree(report.root, clean, ignore=shutil.ignore_patterns("build"))
    session = Session(Workspace(clean))
    assert session.build().built
    session.close()
    assert not find_differences(report.root / PDF, clean / PDF)
    assert not find_trace_differences(report.root, clean)


def is_range(steps: list[str]) -> bool:
    return "pdfLaTeX, tramo" in steps and not any(
        step.startswith(("pdfLaTeX, texto", "pdfLaTeX, pasada")) for step in steps
    )


def test_titles_captions_and_moving_paragraphs_are_ranges(report: Report, tmp_path: Path) -> None:
    _, steps = report.edit(SECTION, "titulo: El río", "titulo: El río Guadalete")
    assert is_range(steps), "no page bears the title any more where the references begin"
    shown, steps = report.edit(SECTION, "apartado: Parte 7", "apartado: Otra parte «nueva» (y más)")
    assert is_range(steps)
    assert "pdfLaTeX, índices" in steps
    assert shown
    _, steps = report.edit("paper/tablas/caudal.yaml", "titulo: Caudal por", "titulo: Caudal medio por")
    assert is_range(steps)
    place = f"apartado: Parte 3\n    contenido:\n{BLOCK}"
    report.edit(SECTION, place, place + "".join(f"          Una línea más, la {number}.\n\n" for number in range(9)))
    assert_as_from_nothing(report, tmp_path)


def test_pages_after_a_paragraph_get_other_numbers_without_latex(report: Report, tmp_path: Path) -> None:
    more = "".join(f"          Una línea añadida, la {number}.\n\n" for number in range(36))
    place = f"apartado: Parte 18\n    contenido:\n{BLOCK}"
    report.edit(SECTION, place, f"{place}          Primera.\n\n")
    shown, steps = report.edit(SECTION, place, f"{place}{more}")
    assert shown
    assert "pdfLaTeX, tramo" in steps
    assert_as_from_nothing(report, tmp_path)


def test_a_line_that_opens_the_next_page_is_set_anew_there(report: Report) -> None:
    """LaTeX sees that a last line does not fit only when more comes: until then it seems to be on the page before."""
    trace = read_trace((report.root / "build/latex/informe.checkpoints").read_text(encoding="utf-8"))
    late = next(one for one in trace.checkpoints if one.pages > 5 and not trace.settles(one))
    rows = (report.root / "build/latex/informe.tex").read_text(encoding="utf-8").split("\n")[: late.line]
    heading = re.findall(r"\\subsection\{(.*?)\}", "\n".join(rows))[-1]
    line = next(row for row in reversed(rows) if row.startswith("Una línea"))
    text = (report.root / SECTION).read_text(encoding="utf-8")
    begin = text.index(f"apartado: {heading}\n")
    place = text[begin : text.index(line, begin) + len(line)]
    _, steps = report.edit(SECTION, place, place[: -len(line)] + line.replace("de una parte", "de cada parte"))
    assert is_range(steps)
    with pypdfium2.PdfDocument(report.root / PDF) as pdf:
        opening = pdf[late.pages + 1].get_textpage().get_text_bounded()
    assert line.replace("de una parte", "de cada parte") in opening


CHECKPOINTS = Path(__file__).parents[2] / "imprenta/typeset/checkpoints/checkpoint.tex"
AT_THE_FOOT = r"\begin{figure}[b]\rule{1pt}{20pt}\end{figure}"


def test_no_range_begins_where_floats_at_the_foot_left_the_page_another_depth(tmp_path: Path) -> None:
    r"""LaTeX sets \maxdepth to nothing for a float at the foot, and not back if the float goes to a page of floats."""
    body = rf"\checkpoint Uno{AT_THE_FOOT}{AT_THE_FOOT}\clearpage \checkpoint Dos\newpage \checkpoint Tres"
    opening = r"\documentclass{article}\usepackage{color}\input{checkpoint}"
    (tmp_path / "checkpoint.tex").write_bytes(CHECKPOINTS.read_bytes())
    (tmp_path / "a.tex").write_text(rf"{opening}\begin{{document}}{body}\end{{document}}", encoding="utf-8")
    command = ["pdflatex", "-interaction=batchmode", "-halt-on-error", "a.tex"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=60)
    trace = read_trace((tmp_path / "a.checkpoints").read_text(encoding="utf-8"))
    assert [(one.pages, one.is_fresh) for one in trace.checkpoints] == [(0, True), (2, True), (3, True)]
    assert [can_begin(trace, one) for one in trace.checkpoints] == [True, False, True]


def parts(*numbers: int, lines: int) -> dict[str, str]:
    """Return changes of some parts of the section: one word, or so many lines more."""
    more = "".join(f"          Otra línea más, la {number}.\n\n" for number in range(lines))
    places = [f"apartado: Parte {number}\n    contenido:\n{BLOCK}" for number in numbers]
    line = "          Una línea cualquiera, la 0,"
    return {f"{place}{line}": f"{place}{more}{line[:-1]} de todas," for place in places}


def test_changes_far_apart_are_set_two_at_a_time(report: Report, tmp_path: Path) -> None:
    shown, steps = report.edit_all(SECTION, parts(1, 11, 21, lines=0))
    assert len(shown) == 3
    assert steps.count("pdfLaTeX, tramo") == 1, "those before the last were set while it was"
    shown, steps = report.edit_all(SECTION, parts(4, lines=5) | parts(14, 23, lines=0))
    assert shown
    assert steps.count("pdfLaTeX, tramo") == 2, "what moves pages up to the next place is set when that is there"
    second = steps.index("pdfLaTeX, tramo", steps.index("pdfLaTeX, tramo") + 1)
    assert SHOWN in steps[:second], "each range is shown as soon as it is set"
    assert_as_from_nothing(report, tmp_path)


ENGINE = Path(__file__).parents[2]
TEMPLATE = "templates/apartado.tex.j2"


def words_of(pages: PagesReady, number: int) -> str:
    """Return what a page says that was shown early."""
    with pypdfium2.PdfDocument(pages.pdf) as pdf:
        return pdf[pages.pages[number]].get_textpage().get_text_bounded()


def test_who_looks_at_a_page_sees_what_a_template_makes_of_it_before_all_is_set(report: Report, tmp_path: Path) -> None:
    text = (ENGINE / TEMPLATE).read_text(encoding="utf-8")
    shown, steps = report.write(TEMPLATE, text.replace("\n\n", "\n\nMuestra.\n\n", 1), 7, 8)
    assert not is_range(steps), "a template changes more places than are set one by one"
    glimpse, whole = shown
    assert set(glimpse.pages) == {7, 8}
    assert "Muestra." in words_of(glimpse, 7) + words_of(glimpse, 8)
    assert set(whole.pages) > set(glimpse.pages)
    assert_as_from_nothing(report, tmp_path)
    (report.root / TEMPLATE).unlink()
    shown, _ = report.build(1)
    assert [7 in pages.pages for pages in shown] == [True], "nothing changed on the title page"
