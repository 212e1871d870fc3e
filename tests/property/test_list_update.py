"""After works come, go or change, the PDF is the one that a build from nothing makes, with no LaTeX over the whole."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from builders import build_anew
from report_edits import Draft
from same_pdf import find_differences
from same_trace import find_trace_differences

from imprenta.pipeline import Session
from imprenta.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from imprenta.pipeline import PagesReady

pytestmark = [pytest.mark.tex, pytest.mark.timeout(3600)]

WORKS = 104
"""As many as make a list of three pages, with numbers of one, two and three digits."""
SECTIONS = 4
PDF = "build/informe.pdf"
WORDS = (
    "El caudal de los ríos del páramo se mide cada mañana en las estaciones de la cuenca alta, y lo que se lee en la"
    " regla se anota en una libreta que pasa de mano en mano hasta la oficina del valle, donde se compara con lo que"
    " midieron antes."
)
REPORT = """titulo: Prueba
autores:
  - {nombre: Ana, apellidos: Ruiz Peña}
fecha: 2026-11-23
estilo_citas: ieee
secciones: [%s]
comprobacion:
  gravedad: {palabra-desconocida: nada}
"""

TABLE = """titulo: Caudales de otros [@obra085]
columnas:
  - {titulo: "Obra [@obra086]", ancho: 3}
  - {titulo: Caudal, ancho: 2}
filas:
  - ["La primera [@obra087; @obra088; @obra089]", "1"]
  - ["La segunda [@obra090]", "2"]
nota: Según ambas [@obra091].
"""
TABLE_AND_HEADING = """  - tabla: caudales
  - apartado: Lo que dicen otros [@obra092]
    contenido:
      - texto: |
          Como muestra la {tabla:caudales}, todo cambia.^[Una nota que cita [@obra093].]
"""


def write_report() -> dict[str, bytes]:
    """Return a report that cites its works one by one, but in the first sections two and three at once too."""
    files = {"paper/informe.yaml": REPORT % ", ".join(f"parte-{number}" for number in range(SECTIONS))}
    paragraphs = [f"Párrafo {number}. {WORDS} [@obra{number:03d}]" for number in range(WORKS)]
    paragraphs[12] = paragraphs[12].replace("[", "[@obra009; ")
    paragraphs[16] = paragraphs[16].replace("[", "[@obra003; @obra014; @obra015; ")
    for section in range(SECTIONS):
        own = paragraphs[section * WORKS // SECTIONS : (section + 1) * WORKS // SECTIONS]
        text = "\n\n".join(own).replace("\n", "\n        ")
        files[f"paper/secciones/parte-{section}.yaml"] = (
            f"titulo: Parte {section}\ncontenido:\n  - texto: |\n        {text}\n"
        )
    files["paper/secciones/parte-3.yaml"] += TABLE_AND_HEADING
    files["paper/tablas/caudales.yaml"] = TABLE
    files["references.bib"] = "\n".join(write_work(f"obra{number:03d}") for number in range(WORKS))
    return {name: text.encode() for name, text in files.items()}


def write_work(key: str, author: str = "", title: str = "") -> str:
    author = author or f"Gil{key[-2:]}, Eva"
    title = title or f"Los caudales de la obra {key}, medidos en el páramo durante {key[-1]} años"
    return f"@book{{{key}, author = {{{author}}}, title = {{{title}}}, publisher = {{Universidad}}, date = {{2020}}}}\n"


Edit = "Callable[[Draft], object]"


def in_text(old: str, new: str, section: int = 0) -> Callable[[Draft], object]:
    """Return an edit of a section's text."""

    def edit(draft: Draft) -> None:
        name = f"paper/secciones/parte-{section}.yaml"
        text = draft.read(name)
        assert old in text, old
        draft.write(name, text.replace(old, new, 1))

    return edit


def cite_new(key: str, old: str, section: int, words: str = "") -> Callable[[Draft], object]:
    """Return an edit that cites a work nobody cited before another one, after some words more."""

    def edit(draft: Draft) -> None:
        draft.write("references.bib", draft.read("references.bib") + write_work(key))
        in_text(f"[@{old}", f"{words}[@{key}; @{old}", section)(draft)

    return edit


def in_bib(old: str, new: str) -> Callable[[Draft], object]:
    def edit(draft: Draft) -> None:
        text = draft.read("references.bib")
        assert old in text, old
        draft.write("references.bib", text.replace(old, new, 1))

    return edit


ALONE = "referencias|números de citas"
EDITS: dict[str, tuple[Callable[[Draft], object], str]] = {
    # what is edited, and what is then told of what was set
    "a title in the .bib": (in_bib("de la obra obra050,", "de la obra cincuenta,"), ALONE),
    "a new work in the middle": (cite_new("nueva1", "obra060", 2), ALONE),
    "a new work at the end": (cite_new("nueva2", "obra103", 3), ALONE),
    "a work that was cited already": (in_text("[@obra070]", "[@obra071; @obra070]", 2), ALONE),
    "two works in one bracket, the other way round": (in_text("[@obra063]", "[@obra064; @obra063]", 2), ALONE),
    "a new work before those of a table, a caption, a heading and a note": (cite_new("nueva4", "obra082", 3), ALONE),
    "a new work in a paragraph that moves pages": (
        cite_new("nueva5", "obra061", 2, f"{WORDS} {WORDS} {WORDS} "),
        ALONE,
    ),
    "a work less in the middle": (in_text(" [@obra080]", "", 3), ALONE),
    "an author who has another work": (in_bib("Gil55, Eva", "Gil54, Eva"), ALONE),
    "a work that nobody cites": (in_bib("obra080, medidos", "obra ochenta, medidos"), "no se imprime"),
    "a new work at the start, that crosses 9, 10 and 99, 100": (
        cite_new("nueva3", "obra000", 0),
        "números de citas en",
    ),
    "a work less, that crosses them back": (in_text("@nueva3; ", "", 0), "números de citas en"),
    "a range of numbers that is none any more": (in_text("@obra014; @obra015; ", "@obra015; ", 0), "la página"),
    "a title much longer": (in_bib("de la obra obra020,", "de la obra " + "muy larga " * 40 + ","), ALONE),
    "works in a note": (
        in_text(
            "Párrafo 90.",
            "Párrafo 90. Lo dicen otros [@obra091]. Y otros más [@obra092].^[Una nota de [@obra093].]",
            3,
        ),
        ALONE,
    ),
}


@pytest.fixture
def draft(tmp_path: Path) -> Draft:
    draft = Draft(tmp_path / "informe")
    for name, data in write_report().items():
        draft.write(name, data)
    return draft


def compare(draft: Draft, clean: Path) -> list[str]:
    """Return how the PDF that is there differs from one made from nothing."""
    copy = Draft(clean)
    copy.restore(draft.files())
    built, said = build_anew(clean)
    assert built, said
    return [*find_differences(draft.root / PDF, clean / PDF), *find_trace_differences(draft.root, clean)]


def assert_shown(shown: list[PagesReady], pdf: Path) -> None:
    """Pages that were shown early are those of the PDF."""
    early = {page: one for one in shown if one.band is None for page in one.pages}
    with pypdfium2.PdfDocument(pdf) as document:
        for page, one in early.items():
            with pypdfium2.PdfDocument(one.pdf) as ready:
                texts = [
                    pages[number].get_textpage().get_text_bounded()
                    for pages, number in ((document, page - 1), (ready, one.pages[page]))
                ]
            assert texts[0] == texts[1]
            assert texts[0]


def try_edits(draft: Draft, names: list[str], clean: Path) -> None:
    session = Session(Workspace(draft.root))
    try:
        outcome = session.build()
        assert outcome.built, outcome.problems
        for number, name in enumerate(names):
            edit, told = EDITS[name]
            edit(draft)
            shown: list[PagesReady] = []
            outcome = session.build(publish=shown.append)
            assert outcome.built, outcome.problems
            reason = dict(outcome.steps)["LaTeX"]
            assert_shown(shown, draft.root / PDF)
            faults = compare(draft, clean / str(number))
            assert not faults, f"{name}: {reason}\n" + "\n".join(faults)
            assert re.search(told, reason), f"{name}: {reason}"
    finally:
        session.close()


def test_works_that_come_and_change_ask_for_their_pages_alone(draft: Draft, tmp_path: Path) -> None:
    try_edits(draft, ["a title in the .bib", "a new work in the middle"], tmp_path)


@pytest.mark.proof
def test_whatever_becomes_of_works_the_pages_are_those_from_nothing(draft: Draft, tmp_path: Path) -> None:
    try_edits(draft, [*EDITS], tmp_path)
