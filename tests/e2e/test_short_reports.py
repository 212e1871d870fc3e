"""A short report, without cover page or contents: its references follow the text on its page, whatever is edited."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from laws import build, lay_case, write_files
from printed import Printed
from reading import ROOT
from same_pdf import find_differences

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.tex, pytest.mark.timeout(600)]

REPORT = """\
titulo: Lo corto
portada: breve
autores: [{nombre: Ana, apellidos: Ruiz Peña}]
fecha: 2026-11-23
secciones: [uno, dos]
comprobacion: {gravedad: {palabra-desconocida: nada, parrafo-sin-cita: nada}}
"""
PDF = "build/informe.pdf"
LONG = "".join(f"      Renglón {number} de lo primero.\n\n" for number in range(40))
FIRST = f"titulo: Primera\ncontenido:\n  - texto: |\n      Se cita [@ruiz2020] al empezar.\n\n{LONG}"
LAST = "titulo: Segunda\ncontenido:\n  - texto: |\n      Lo último que se dice.\n"
BOOK = "@book{{{key}, author = {{Paz, Eva}}, title = {{{title}}}, publisher = {{Universidad}}, date = {{2021}}}}\n"
EDITS = {
    "a word beside the list": ("paper/secciones/dos.yaml", "último", "final"),
    "a word pages before": ("paper/secciones/uno.yaml", "Renglón 3 de", "Renglón tercero de"),
    "another work": ("paper/secciones/dos.yaml", "que se dice", "que se dice [@paz2021]"),
    "what is said of it": ("references.bib", "Ríos del sur", "Ríos del norte"),
    "a line more": ("paper/secciones/uno.yaml", "Renglón 9 de", "Renglón noveno.\n\n      Renglón 9 de"),
    "no work": ("paper/secciones/dos.yaml", " [@paz2021]", ""),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = lay_case("", tmp_path / "corto")
    files: dict[str, str | bytes] = {
        "paper/informe.yaml": REPORT,
        "paper/secciones/uno.yaml": FIRST,
        "paper/secciones/dos.yaml": LAST,
        "references.bib": (folder / "references.bib").read_text("utf-8")
        + BOOK.format(key="paz2021", title="Ríos del sur"),
    }
    write_files(folder, files)
    assert build(folder).errors == ()
    return folder


def edit(folder: Path, name: str) -> None:
    path, old, new = EDITS[name]
    text = (folder / path).read_text("utf-8")
    assert old in text
    (folder / path).write_text(text.replace(old, new), "utf-8")
    assert build(folder).errors == ()


def differs_from_plain(folder: Path) -> list[str]:
    plain = folder.parent / "corriente"
    shutil.rmtree(plain, ignore_errors=True)
    shutil.copytree(folder, plain, ignore=shutil.ignore_patterns("build"))
    assert build(plain, "--plain").errors == ()
    return find_differences(folder / PDF, plain / PDF)


def test_the_references_follow_the_text(folder: Path) -> None:
    pages = Printed(folder / PDF)
    heading = next(line for line in pages.lines if line.text == "Referencias")
    last = next(line for line in pages.lines if line.text.endswith("último que se dice."))
    entry = next(line for line in pages.lines if line.text.startswith("[1] "))
    assert last.page == heading.page == entry.page == len(pages.document.pages) - 1
    assert last.bottom < heading.top < heading.bottom < entry.top
    assert abs(entry.left - last.left) < 1
    edit(folder, "a word beside the list")
    assert differs_from_plain(folder) == []


@pytest.mark.proof
def test_any_edit_gives_what_a_build_in_the_plain_way_does(folder: Path) -> None:
    for name in EDITS:
        edit(folder, name)
        assert differs_from_plain(folder) == [], name


@pytest.mark.proof
def test_a_table_that_waits_at_the_end_stands_above_the_references_in_templates_of_ones_own_too(folder: Path) -> None:
    rows = "".join(f"  - [fila {row}, valor]\n" for row in range(12))
    columns = "columnas: [{titulo: Uno}, {titulo: Dos}]"
    table = f"titulo: Final\n{columns}\nfilas:\n{rows}sin_fuente: Es de quien lo escribe\n"
    write_files(folder, {"paper/secciones/dos.yaml": f"{LAST}\n  - tabla: final\n", "paper/tablas/final.yaml": table})
    for own in (False, True):
        if own:
            template = (ROOT / "templates/documento.tex.j2").read_text("utf-8")
            write_files(folder, {"templates/documento.tex.j2": f"{template}%# Propia.\n"})
        assert build(folder).errors == ()
        pages = Printed(folder / PDF)
        caption = next(line for line in pages.lines if line.text.startswith("Tabla 1"))
        heading = next(line for line in pages.lines if line.text == "Referencias")
        assert (caption.page, caption.bottom) < (heading.page, heading.top)
        assert differs_from_plain(folder) == []
