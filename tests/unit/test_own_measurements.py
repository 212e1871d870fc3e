"""Measurements of the author's own: entries of the bibliography that say all that somebody needs to repeat them."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

import pytest
from facts_report import render
from laws import check, lay_case, write_files
from small_report import SECTION, examine

from imprenta.model.entry_places import EntryLine, read_entry_lines, write_entry_lines
from imprenta.model.facts import Cited
from imprenta.pipeline.loading import load_report
from imprenta.pipeline.schemas import gather_names
from imprenta.quarantine import copy_data
from imprenta.trace.references import ReferenceList
from imprenta.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path

    from imprenta.bibliography import Bibliography

MEASURED = """\
equipo: Un reloj de $10^{-2}$ s y 50 % de {carga}
fecha: 2026-11-20
mediciones:
  - id: arranque
    titulo: El arranque & la *parada*
    metodo: Se enciende, y se mira el reloj.
    repeticiones: 12
    dispersion: cuartiles de 2,4 a 2,7 s.
    datos: [a_1.csv, b.csv]
    guion: mide.sh
  - id: peso
    titulo: El peso
    metodo: Se pesa
    equipo: Una balanza
    fecha: 2025
    repeticiones: 1
    datos: b.csv
"""
FILES = {"experimentos/a_1.csv": "x;y\n1;2\n", "experimentos/b.csv": "x\n1\n", "experimentos/mide.sh": "true\n"}
CITING = "titulo: Prueba\ncontenido:\n  - texto: Tarda [@medicion:arranque; @ruiz2020] y pesa [@medicion:peso].\n"


def lay(folder: Path, measured: str = MEASURED, **files: str) -> Path:
    lay_case("", folder)
    return write_files(folder, {**FILES, "paper/mediciones.yaml": measured, SECTION: CITING, **files})


def read(folder: Path) -> Bibliography:
    loaded = load_report(Workspace(folder))
    assert not loaded.problems
    return loaded.bibliography


def fields_of(entry: str) -> dict[str, str]:
    """Return the fields of an entry as biber reads it, with the signs that others stand for there."""
    return dict(re.findall(r"  (\w+) = \{(.*)\},\n", unicodedata.normalize("NFKC", entry)))


def test_it_is_cited_as_any_other_source(tmp_path: Path) -> None:
    folder = lay(tmp_path)
    assert [code for code, _, _ in examine(folder) if code != "palabra-desconocida"] == []
    facts = [found.fact for found in render(folder).facts(Cited)]
    keys = [fact.keys for fact in facts if isinstance(fact, Cited)]
    assert keys == [("medicion:arranque", "ruiz2020"), ("medicion:peso",)]


def test_its_entry_says_what_is_needed_to_repeat_it(tmp_path: Path) -> None:
    written = read(lay(tmp_path)).written
    assert list(written) == ["ruiz2020", "medicion:arranque", "medicion:peso"]
    fields = fields_of(written["medicion:arranque"].text)
    assert fields["title"] == "El arranque & la parada"
    assert fields["note"] == "medición propia"
    assert fields["date"] == "2026-11-20"
    assert fields["addendum"] == (
        "12 repeticiones; cuartiles de 2,4 a 2,7 s. Método: Se enciende, y se mira el reloj. "
        r"Equipo: Un reloj de 10−2 s y 50 % de {carga}. Datos: \texttt{a_1.csv}, \texttt{b.csv}"
        r"; guion: \texttt{mide.sh}"
    )
    other = fields_of(written["medicion:peso"].text)
    assert other["date"] == "2025"
    assert other["addendum"] == r"una sola medida. Método: Se pesa. Equipo: Una balanza. Datos: \texttt{b.csv}"


@pytest.mark.parametrize(
    ("authors", "written"),
    [
        ("[{nombre: Ana María, apellidos: Ruiz Peña}]", "Ruiz Peña, Ana María"),
        ("[{nombre: Grupo de Aguas}]", "{Grupo de Aguas}"),
        ("[{nombre: Ana, apellidos: Ruiz}, {nombre: Luis, apellidos: Gil}]", "Ruiz, Ana and Gil, Luis"),
        ("[{nombre: Ana, apellidos: 'Ruiz and Co, hijos'}]", "{Ruiz and Co, hijos}, Ana"),
    ],
)
def test_who_signs_the_report_measured(authors: str, written: str, tmp_path: Path) -> None:
    folder = lay(tmp_path)
    main = (folder / "paper/informe.yaml").read_text(encoding="utf-8")
    write_files(folder, {"paper/informe.yaml": re.sub(r"autores:\n(  .*\n)+", f"autores: {authors}\n", main)})
    assert f"  author = {{{written}}},\n" in read(folder).written["medicion:peso"].text


def test_in_english_its_words_are_english(tmp_path: Path) -> None:
    folder = lay(tmp_path)
    main = (folder / "paper/informe.yaml").read_text(encoding="utf-8")
    write_files(folder, {"paper/informe.yaml": f"{main}lengua: en\n"})
    text = read(folder).written["medicion:arranque"].text
    assert "12 repetitions" in text
    assert "Method: " in text
    assert "Equipment: " in text
    assert "script: " in text


def test_a_report_without_a_bib_may_cite_measurements_alone(tmp_path: Path) -> None:
    folder = lay(tmp_path, **{SECTION: CITING.replace("; @ruiz2020", "")})
    (folder / "references.bib").unlink()
    assert [code for code, _, _ in examine(folder) if code != "palabra-desconocida"] == []


def test_a_misspelt_word_of_it_is_told_at_its_place(tmp_path: Path) -> None:
    folder = lay(tmp_path, MEASURED.replace("Se pesa\n", "TODO pesar\n"))
    assert "texto-provisional" in check(folder).at("paper/mediciones.yaml", 13)


def test_a_file_out_of_its_folder_is_refused(tmp_path: Path) -> None:
    folder = lay(tmp_path, MEASURED.replace("datos: b.csv", "datos: ../references.bib"))
    assert check(folder).at("paper/mediciones.yaml", 17) == {"archivo-ilegible"}


def test_a_mark_does_not_fit_there(tmp_path: Path) -> None:
    folder = lay(tmp_path, MEASURED.replace("titulo: El peso", "titulo: El peso [@ruiz2020]"))
    assert check(folder).at("paper/mediciones.yaml", 12) == {"marca-fuera-de-lugar"}


def test_editors_offer_its_key_and_the_files(tmp_path: Path) -> None:
    workspace = Workspace(lay(tmp_path))
    loaded = load_report(workspace)
    names = gather_names(workspace, loaded.paper, loaded.bibliography)
    assert names.citations["medicion:peso"] == "El peso (2025)"
    assert names.experiments == ("a_1.csv", "b.csv", "mide.sh")


def test_its_files_go_into_a_copy_of_a_stranger_s_report(tmp_path: Path) -> None:
    folder = lay(tmp_path / "de")
    (tmp_path / "a").mkdir()
    assert copy_data(folder, tmp_path / "a") == []
    assert check(tmp_path / "a").problems == check(folder).problems


def test_an_entry_of_the_list_leads_to_its_lines(tmp_path: Path) -> None:
    bibliography = read(lay(tmp_path))
    entries = read_entry_lines(write_entry_lines(bibliography))
    assert entries[1:] == [
        EntryLine(4, "paper/mediciones.yaml", "medicion:arranque"),
        EntryLine(11, "paper/mediciones.yaml", "medicion:peso"),
    ]
    listed = ReferenceList(None, {"paper/mediciones.yaml": MEASURED}, entries)  # type: ignore[arg-type]
    place = listed.place_of("medicion:arranque", "arranquelaparadamedicionpropia", 0, 8)
    assert place is not None
    assert (place.path, place.line, place.column) == ("paper/mediciones.yaml", 5, 16)
    begun = listed.place_of("medicion:peso", "", 0, 0)
    assert begun is not None
    assert (begun.path, begun.line) == ("paper/mediciones.yaml", 11)
