"""Every form of the cover, with one author and with eight: all of it is on its page, set in parts or plainly."""

from __future__ import annotations

from pathlib import Path

import pytest
from laws import build, lay_case, write_files
from reading import read_text
from same_pdf import find_differences

FORMS = ("no", "breve", "completa", "icontec", "apa")
CASES = (
    *((form, 8, False) for form in FORMS),
    *(pytest.param(form, authors, True, marks=pytest.mark.proof) for form in FORMS for authors in (1, 8)),
)
"""Forms of the cover, the number of authors, and whether it is set plainly too."""
FACTS = ("Práctica 3", "Hidráulica", "Vertederos", "Eva Docente", "2026-2", "Ingeniería Civil", "Cali", "Sala 4")


def lay_report(folder: Path, form: str, authors: int) -> Path:
    lay_case("", folder)
    people = "\n".join(
        f"  - {{nombre: Nombre{n}, apellidos: Apellido Segundo{n}, correo: nombre.apellido{n}@example.org, "
        f"orcid: 0000-0001-2345-678{n}, identificacion: {{Código: 219000{n}}}, afiliaciones: [{'ab'[n % 2]}]}}"
        for n in range(authors)
    )
    names = {"a": "Universidad de Aquí", "b": "Universidad de Allá"}
    places = ", ".join(f"{key}: {name}" for key, name in list(names.items())[:authors])
    report = f"""\
titulo: Medición del caudal de un canal rectangular
subtitulo: Comparación de tres métodos
tipo: {FACTS[0]}
portada: {{forma: {form}, datos: {{Lugar: {FACTS[7]}}}}}
autores:
{people}
afiliaciones: {{{places}}}
curso: {FACTS[1]}
tema: {FACTS[2]}
docente: {FACTS[3]}
periodo: {FACTS[4]}
programa: {FACTS[5]}
institucion: Universidad de Aquí
ciudad: {FACTS[6]}
fecha: 2026-11-28
resumen: Un resumen del trabajo.
palabras_clave: [caudal]
secciones: [prueba]
comprobacion:
  gravedad: {{palabra-desconocida: nada}}
"""
    section = "titulo: Prueba\ncontenido:\n  - texto: Nada se cita.\n"
    files = {"paper/informe.yaml": report, "paper/secciones/prueba.yaml": section, "references.bib": ""}
    return write_files(folder, files)


@pytest.mark.tex
@pytest.mark.timeout(300)
@pytest.mark.parametrize(("form", "authors", "plainly"), CASES)
def test_what_the_report_gives_is_on_the_cover(form: str, authors: int, plainly: bool, tmp_path: Path) -> None:
    folder = lay_report(tmp_path, form, authors)
    assert build(folder).problems == ()
    first = read_text(folder / "build/informe.pdf", "-l", "1")
    said = [word for word in FACTS if word in first]
    assert said == ([] if form == "no" else list(FACTS))
    told = ("Segundo", "219000")
    people = [n for n in range(authors) if all(f"{word}{n}" in first for word in told)]
    assert people == ([] if form == "no" else list(range(authors)))
    assert ("Resumen" in first) == (form in ("no", "breve"))
    if plainly:
        kept = (folder / "build/informe.pdf").rename(tmp_path / "quick.pdf")
        assert build(folder, "--plain").problems == ()
        assert find_differences(kept, folder / "build/informe.pdf") == []
