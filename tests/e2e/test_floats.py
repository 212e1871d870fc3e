"""Figures and tables that wait for a page: what they let pass, and where they come to stand."""

from __future__ import annotations

import io
import itertools
import re
from typing import TYPE_CHECKING

import pytest
from inking import find_ink_in_margins
from laws import build, lay_case, write_files
from measures import find_wrong_heads
from PIL import Image
from printed import Printed
from reading import read_words
from same_pdf import find_differences

from imprenta.typeset.checkpoints.trace import read_trace

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.tex, pytest.mark.timeout(300)]

REPORT = """\
titulo: Lo que espera
portada: no
indices: no
autores:
  - {nombre: Ana, apellidos: Ruiz Peña}
fecha: 2026-11-23
secciones: [entera, sobre, otra]
comprobacion:
  gravedad: {palabra-desconocida: nada, parrafo-sin-cita: nada}
"""
LINES = 27
"""Paragraphs of a line, with the heading, that leave room for a few items at the foot of their page."""
ROWS = "".join(f"  - [fila {row}, valor]\n" for row in range(40))
TABLE = f"titulo: Larga\ncolumnas: [{{titulo: Uno}}, {{titulo: Dos}}]\nfilas:\n{ROWS}"


def picture(height: int) -> bytes:
    """Return a grey PNG of 300 points of width."""
    written = io.BytesIO()
    Image.new("L", (300, height), 144).save(written, "PNG", dpi=(72, 72))
    return written.getvalue()


def section(title: str, name: str, lines: tuple[int, int], *after: str) -> str:
    """Return a section with a figure, and so many paragraphs of a line before and after it."""
    said = [f"      Renglón {number} de {title}.\n\n" for number in range(sum(lines))]
    before, rest = "".join(said[: lines[0]]), "".join(said[lines[0] :])
    blocks = [
        f"  - texto: |\n      La {{figura:{name}}} y la {{tabla:larga}} [@ruiz2020].\n\n{before}",
        f"  - figura: {name}\n",
        *([f"  - texto: |\n{rest}"] if rest else []),
        *after,
    ]
    return f"titulo: {title}\ncontenido:\n{''.join(blocks)}"


ITEM_COUNT = 60
"""Items that no page holds."""
ITEMS = "  - texto: |\n" + "".join(f"      - Punto {number}.\n" for number in range(ITEM_COUNT))
AFTER = "  - texto: |\n      Tras la tabla, algo que sigue en su página.\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    files: dict[str, str | bytes] = {
        "paper/informe.yaml": REPORT,
        "paper/secciones/entera.yaml": section("Primera", "entera", (5, LINES - 5), ITEMS),
        "paper/secciones/sobre.yaml": section("Segunda", "sobre", (8, 0), "  - tabla: larga\n", AFTER),
        "paper/secciones/otra.yaml": "titulo: Tercera\ncontenido:\n  - texto: Algo más [@ruiz2020].\n",
        "paper/tablas/larga.yaml": TABLE,
        "figures/entera.yaml": "imagen: entera.png\npie: Entera.\nalternativa: Un gris.\n",
        "figures/sobre.yaml": "imagen: sobre.png\npie: Sobre.\nalternativa: Un gris.\n",
        "figures/entera.png": picture(560),
        "figures/sobre.png": picture(330),
    }
    folder = write_files(lay_case("", tmp_path_factory.mktemp("floats")), files)
    assert build(folder).errors == ()
    return folder


@pytest.fixture(scope="module")
def pages(folder: Path) -> Printed:
    return Printed(folder / "build/informe.pdf")


def page_of(pages: Printed, text: str) -> int:
    return next(line.page for line in pages.lines if line.text.removesuffix(" valor").endswith(text))


def test_a_page_of_a_figure_does_not_part_a_list_that_begins_at_the_foot(pages: Printed) -> None:
    last = page_of(pages, f"Renglón {LINES - 1} de Primera.")
    assert [page_of(pages, f"Punto {number}.") - last for number in range(6)] == [2] * 6
    assert [line.text for line in pages.within(last + 1)] == ["Figura 1: Entera."]
    assert page_of(pages, f"Punto {ITEM_COUNT - 1}.") == last + 3
    assert find_ink_in_margins(pages) == []


def test_a_figure_stands_above_the_long_table_that_goes_on(pages: Printed) -> None:
    begins, figure, ends = (page_of(pages, text) for text in ("fila 0", "Figura 2: Sobre.", "fila 39"))
    assert figure == begins + 1
    lines = [line.text for line in pages.within(figure)]
    assert lines[0] == "Figura 2: Sobre."
    assert any(text.startswith("fila") for text in lines)
    assert ends >= figure


def test_a_section_does_not_wait_for_the_floats_of_the_one_before(pages: Printed) -> None:
    assert page_of(pages, "Segunda") == page_of(pages, f"Punto {ITEM_COUNT - 1}.")
    assert page_of(pages, "Tercera") == page_of(pages, "fila 39")
    assert find_wrong_heads(pages) == []


def test_a_page_is_as_deep_after_a_long_table_as_before_it(folder: Path) -> None:
    noted = (folder / "build/latex/informe.checkpoints").read_text("utf-8")
    states = [point.page for point in read_trace(noted).checkpoints if point.page is not None]
    lines = [state for state in states if state.last_skip.natural == 0 and 0 < state.previous_depth < 5 * 65536]
    assert lines
    assert all(state.depth == state.previous_depth for state in lines)


def test_all_of_it_is_as_set_plainly(folder: Path) -> None:
    pdf = folder / "build/informe.pdf"
    kept = pdf.rename(folder / "quick.pdf")
    assert build(folder, "--plain").errors == ()
    assert find_differences(kept, pdf) == []


@pytest.mark.proof
def test_a_formula_and_its_symbols_are_on_one_page(tmp_path: Path) -> None:
    meanings = "".join(f"      - {{simbolo: {sign}, significado: símbolo {sign}}}\n" for sign in "abcdef")
    blocks = []
    for number in range(14):
        said = "".join(f"      Renglón {line}.\n\n" for line in range(19 + number))
        blocks += [f"  - texto: |\n{said}", f"  - ecuacion: a + b = c + d + e f\n    donde:\n{meanings}"]
    folder = lay_case("", tmp_path)
    write_files(folder, {"paper/secciones/prueba.yaml": f"titulo: Uno\ncontenido:\n{''.join(blocks)}"})
    assert build(folder).errors == ()
    words = read_words(folder / "build/informe.pdf")
    first = [word.page for word in words if word.text == "donde"]
    last = [word.page for after, word in itertools.pairwise(words) if (after.text, word.text) == ("símbolo", "f")]
    formulas = [word.page for word in words if re.fullmatch(r"\(\d+\)", word.text)]
    assert len(first) == 14
    assert first == last == formulas
