"""A report in English: what the engine says by itself is English, and the author's words are no Spanish."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest
from laws import build, check, lay_case, write_files
from reading import read_objects, read_text
from same_pdf import find_differences

from imprenta.language import dictionary
from imprenta.words import ENGLISH, SPANISH, Words

ABSTRACTS = {"resumen", "palabras_clave"}
"""The heads of the Spanish summary of an English report."""


def told_by(pdf: Path) -> str:
    """The words on paper and those that are heard."""
    spoken = b" ".join(re.findall(rb"/Alt <FEFF([0-9A-F]+)>", read_objects(pdf)))
    return read_text(pdf) + " ".join(bytes.fromhex(part.decode()).decode("utf-16-be") for part in spoken.split())


def differing() -> dict[str, tuple[str, str]]:
    """The words that are sentences or nouns of their own, and not the same in both languages."""
    found = {}
    for field in fields(Words):
        spanish, english = (getattr(locale.palabras, field.name) for locale in (SPANISH, ENGLISH))
        if isinstance(spanish, str) and spanish != english and len(spanish.partition("{")[0].strip()) > 3:
            found[field.name] = spanish.partition("{")[0].strip(), english.partition("{")[0].strip()
    return found


@pytest.mark.tex
@pytest.mark.timeout(300)
def test_the_complete_report_in_english_says_no_spanish(english: Path) -> None:
    words = told_by(english / "build/informe.pdf")
    for name, (spanish, _) in differing().items():
        if name not in ABSTRACTS:
            assert re.search(rf"\b{re.escape(spanish)}(?!\w)", words) is None, (name, spanish)
    said = [name for name, (_, english) in differing().items() if english and english in words]
    assert {"contenido", "lista_figuras", "rotulo_tabla", "curso", "docente", "fuentes", "concepto", "tiene"} <= {*said}
    assert "November 23, 2026" in words


@pytest.mark.tex
@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    ("style", "plainly"),
    [
        ("ieee", False),
        *(
            pytest.param(*case, marks=pytest.mark.proof)
            for case in (("apa", False), ("ieee", True), ("vancouver", True), ("chicago", False))
        ),
    ],
)
def test_numbers_dates_and_references_are_english(style: str, plainly: bool, tmp_path: Path) -> None:
    folder = lay_case("", tmp_path)
    report = (folder / "paper/informe.yaml").read_text(encoding="utf-8")
    write_files(
        folder,
        {
            "paper/informe.yaml": report.replace("estilo_citas: ieee", f"lengua: en\nestilo_citas: {style}"),
            "paper/datos/d.yaml": "titulo: D\nvalores: {a: {concepto: C, valor: 12345.5, supuesto: Measured by us}}\n",
            "paper/secciones/prueba.yaml": "titulo: Test\ncontenido:\n  - texto: |\n      It took {= d.a} s "
            '[@dos, 12], see {seccion:prueba}; 1,234.5 in "quotes" as @dos said.\n'
            "  - tabla: {valores: d}\n",
            "references.bib": "@book{dos, author={Ruiz, Ana and Peña, Luis}, title={Weirs}, year={2020}, "
            "publisher={W}, url={https://example.org/w}, urldate={2026-11-03}}\n",
        },
    )
    assert build(folder).codes() <= {"sin-mencionar"}
    words = read_text(folder / "build/informe.pdf")
    assert "12\u202f345.5" in words or "12 345.5" in words
    assert ("2020, 12" if style == "chicago" else "p. 12") in words
    assert "section 1" in words
    assert "accessed on November 3, 2026" in words.lower().replace("november", "November")
    names = {"ieee": "A. Ruiz and L. Peña", "apa": "Ruiz, A., & Peña, L.", "vancouver": "Ruiz A, Peña L."}
    assert names.get(style, "Ruiz, Ana, and Luis Peña. 2020.") in words
    if plainly:
        kept = (folder / "build/informe.pdf").rename(tmp_path / "quick.pdf")
        build(folder, "--plain")
        assert find_differences(kept, folder / "build/informe.pdf") == []


def test_the_spelling_is_that_of_the_language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = tmp_path / "words"
    words.mkdir()
    (words / "en_US.aff").write_text("SET UTF-8\n")
    (words / "en_US.dic").write_text("3\nmeasured\nweir\nthe\n")
    monkeypatch.setattr(dictionary, "FOLDERS", (str(words),))
    folder = lay_case("", tmp_path / "report")
    report = (folder / "paper/informe.yaml").read_text(encoding="utf-8")
    report = report.partition("comprobacion:")[0].replace("titulo: Prueba", "titulo: The weir\nlengua: en")
    section = "titulo: The weir\ncontenido:\n  - texto: The weir measrued 1,234.5 [@ruiz2020].\n"
    write_files(folder, {"paper/informe.yaml": report, "paper/secciones/prueba.yaml": section})
    told = [problem for problem in check(folder).problems if problem.code == "palabra-desconocida"]
    assert [(problem.path, problem.message.partition("»")[0]) for problem in told] == [
        ("paper/secciones/prueba.yaml", "«measrued")
    ]


def test_without_a_dictionary_it_is_said_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dictionary, "FOLDERS", (str(tmp_path),))
    folder = lay_case("", tmp_path / "report")
    report = (folder / "paper/informe.yaml").read_text(encoding="utf-8")
    write_files(folder, {"paper/informe.yaml": report + "lengua: en\n"})
    run = check(folder)
    assert run.problems == ()
    assert run.printed.count("falta un diccionario de inglés") <= 1
