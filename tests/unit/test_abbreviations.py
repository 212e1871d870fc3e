"""The list of abbreviations: those that texts use, and those that none does."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from facts_report import render, render_mapped
from laws import lay_case, write_files
from small_report import SECTION, examine

from imprenta.cache import Cache
from imprenta.markup import find_first_uses
from imprenta.model import Text
from imprenta.model.abbreviations import used_abbreviations
from imprenta.model.explained import Explanation, Finder
from imprenta.model.facts import Heading
from imprenta.pipeline.loading import load_report
from imprenta.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path


def lay(folder: Path, told: str, text: str) -> Path:
    lay_case("", folder)
    main = (folder / "paper/informe.yaml").read_text(encoding="utf-8") + f"abreviaturas: {told}\n"
    section = f"titulo: Prueba\ncontenido:\n  - texto: {text} [@ruiz2020].\n"
    return write_files(folder, {"paper/informe.yaml": main, SECTION: section})


def test_the_list_holds_those_that_are_used_in_order(tmp_path: Path) -> None:
    folder = lay(tmp_path, "{OMS: La *salud*, ARN: El ácido, CPU: El OMS}", "El OMS, el ARN y las CPUs")
    assert examine(folder) == []
    made = render(folder)
    rows = [row for row in made.source.splitlines() if row.startswith(r"\item[{")]
    assert rows == [r"\item[{ARN}] El ácido", r"\item[{CPU}] El OMS", r"\item[{OMS}] La \emph{salud}"]
    assert Heading(1, numbered=False) in {found.fact for found in made.facts(Heading)}
    assert r"\addsec{Abreviaturas}" in made.source


def test_a_text_that_stays_is_not_looked_through_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = lay(tmp_path, "{OMS: La salud, ARN: El ácido}", "El OMS de siempre")
    report = load_report(Workspace(folder)).paper
    assert report is not None
    assert [word for word, _ in used_abbreviations(report)] == ["OMS"]
    monkeypatch.setattr(Finder, "find", lambda *_: pytest.fail("it was looked through before"))
    assert [word for word, _ in used_abbreviations(report)] == ["OMS"]


def test_one_that_nobody_uses_is_told_and_not_listed(tmp_path: Path) -> None:
    folder = lay(tmp_path, "{OMS: La salud, ARN: El OMS}", "Los OMSX, ROMS y arn")
    assert [code for code, _, _ in examine(folder) if code != "palabra-desconocida"] == ["abreviatura-sin-usar"] * 2
    assert "Abreviaturas" not in render(folder).source


def test_a_report_without_abbreviations_has_no_list(tmp_path: Path) -> None:
    assert "Abreviaturas" not in render(lay_case("", tmp_path)).source


def lay_report(folder: Path, told: str, *texts: str) -> Path:
    lay_case("", folder)
    main = (folder / "paper/informe.yaml").read_text(encoding="utf-8") + told
    blocks = "".join(f"  - texto: |\n      {text} [@ruiz2020].\n" for text in texts)
    section = f"titulo: La RPV y un nodo\ncontenido:\n{blocks}"
    return write_files(folder, {"paper/informe.yaml": main, SECTION: section})


def printed(folder: Path) -> str:
    """Return the section as it is printed, without the links to the glossary."""
    tex = render(folder).source.partition(r"\section{")[2].partition(r"\barrera")[0]
    return re.sub(r"\\hyperlink\{(glosario:\w+)\}", lambda match: f"<{match[1]}>", tex)


WRITTEN_OUT = "abreviaturas: {RPV: red *privada*, CPU: unidad central, RPV-X: otra red}\nexpandir_abreviaturas: sí\n"


def test_an_abbreviation_is_written_out_where_it_is_used_first(tmp_path: Path) -> None:
    folder = lay_report(tmp_path, WRITTEN_OUT, "Con `RPV`, [an RPV]{en}, la RPV-X, **una RPV** y otra RPV", "Una RPV")
    assert examine(folder) == [("abreviatura-sin-usar", 9, 41)]
    tex = printed(folder)
    assert (
        r"\texttt{RPV}, \foreignlanguage{english}{an RPV}, la otra red (RPV-X), "
        r"\textbf{una red \emph{privada} (RPV)} y otra RPV"
    ) in tex
    assert "Una RPV" in tex


def test_in_the_plural_the_meaning_follows(tmp_path: Path) -> None:
    folder = lay_report(tmp_path, WRITTEN_OUT, "Las CPUs", "Una CPU", "La RPV y la RPV-X")
    tex = printed(folder)
    assert "Las CPUs (unidad central)" in tex
    assert "Una CPU" in tex


@pytest.mark.parametrize(
    "text", ["Una red privada virtual (RPV)", "La RPV (red *privada*)", "La RPV (Red *privada* ajena)"]
)
def test_what_the_author_wrote_out_is_left(text: str, tmp_path: Path) -> None:
    tex = printed(lay_report(tmp_path, WRITTEN_OUT.replace("*", ""), text.replace("*", ""), "La RPV"))
    assert text.replace("*", "") in tex
    assert "red privada (RPV)" not in tex


GLOSSARY = """\
glosario:
  nodo: Una *máquina* de un clúster [@ruiz2020].
  Red privada: Lo otro.
  ñandú: Ave.
  zeta: Letra.
  imagen: Foto.
  avión: Uno.
  luz: Una.
"""


def test_the_glossary_holds_what_is_used_in_the_order_of_the_alphabet(tmp_path: Path) -> None:
    text = "Los nodos, redes privadas, un ñandú, la zeta, las imágenes, aviones y luces; otro nodo"
    folder = lay_report(tmp_path, GLOSSARY, text)
    assert [code for code, _, _ in examine(folder) if code != "palabra-desconocida"] == []
    source = render(folder).source
    rows = re.findall(r"^\\item\[\{\\raisebox.*?\\hypertarget\{(.*?)\}\{\}\}(.*?)\}\] (.*)$", source, re.MULTILINE)
    assert [row[1] for row in rows] == ["avión", "imagen", "luz", "nodo", "ñandú", "Red privada", "zeta"]
    assert rows[3][2].startswith(r"Una \emph{máquina} de un clúster")
    assert r"\addsec{Glosario}" in source
    tex = printed(folder)
    links = dict(re.findall(r"<(.*?)>\{(.*?)\}", tex))
    plurals = {
        "nodo": "nodos",
        "Red privada": "redes privadas",
        "imagen": "imágenes",
        "avión": "aviones",
        "luz": "luces",
    }
    assert links == {name: plurals.get(term, term) for name, term, _ in rows}


def test_a_term_that_nobody_uses_is_told_and_not_listed(tmp_path: Path) -> None:
    folder = lay_report(tmp_path, "glosario: {nodriza: La de un nodo., cola: La de nodriza.}\n", "Un caracola")
    told = [code for code, _, _ in examine(folder) if code != "palabra-desconocida"]
    assert told == ["termino-sin-usar"] * 2
    assert "Glosario" not in render(folder).source


def test_a_section_is_written_anew_only_when_what_it_uses_first_changes(tmp_path: Path) -> None:
    folder = lay_report(tmp_path, WRITTEN_OUT, "La RPV")
    more = "titulo: Otra\ncontenido:\n  - texto: La RPV [@ruiz2020].\n"
    main = (folder / "paper/informe.yaml").read_text(encoding="utf-8").replace("[prueba]", "[prueba, otra]")
    write_files(folder, {"paper/secciones/otra.yaml": more, "paper/informe.yaml": main})
    cache = Cache()
    assert "la red" not in render(folder, cache).source.lower().partition(r"\section{otra}")[2]
    write_files(folder, {SECTION: "titulo: Prueba\ncontenido:\n  - texto: Nada [@ruiz2020].\n"})
    assert "La red \\emph{privada} (RPV)" in render(folder, cache).source.partition(r"\section{Otra}")[2]
    write_files(folder, {"paper/informe.yaml": main.replace("red *privada*", "vía propia")})
    assert "La vía propia (RPV)" in render(folder, cache).source.partition(r"\section{Otra}")[2]


def test_uses_in_a_text_that_changed_are_told_otherwise() -> None:
    """What was made of the uses is kept by what they tell, and asked by the texts."""
    finder, explanations = Finder((("RPV", "RPV"),)), {"RPV": Explanation(anchor="rpv")}
    before, after = (
        find_first_uses([Text(f"La RPV {words}", "paper/secciones/prueba.yaml")], finder, explanations)
        for words in ("une", "une los nodos")
    )
    assert before.tell() != after.tell()
    assert before.tell("paper/secciones/prueba.yaml") != after.tell("paper/secciones/prueba.yaml")


def test_a_listed_word_leads_to_where_it_is_explained(tmp_path: Path) -> None:
    told = "abreviaturas: {RPV: La red}\nglosario:\n  nodo: Una máquina\n"
    made, map = render_mapped(lay_report(tmp_path, told, "La RPV y el nodo"))
    main = (tmp_path / "paper/informe.yaml").read_text(encoding="utf-8").splitlines()
    for word in ("RPV", "nodo"):
        line = next(at for at, row in enumerate(made.rows, 1) if row.startswith(r"\item[") and f"{word}}}]" in row)
        place = map.place_of(line, made.rows[line - 1].index(word) + 1)
        assert place is not None
        assert word in main[place.line - 1]
        assert place.path == "paper/informe.yaml"
