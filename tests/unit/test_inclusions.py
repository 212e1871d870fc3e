"""Sections and blocks of other files: where they go, whose they are, and what a report may not include."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from facts_report import render
from laws import lay_case, write_files

from imprenta import __version__
from imprenta.batch.job import Job, Terms, hash_job, read_files
from imprenta.batch.remote import build_sent
from imprenta.cache import Cache
from imprenta.pipeline import examine_report
from imprenta.pipeline.loading import load_report
from imprenta.pipeline.schemas import gather_names
from imprenta.reading import SHARED
from imprenta.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path

    from imprenta.problems import Problem

COMMON = "titulo: Seguridad\ncontenido:\n  - texto: Use gafas [@ruiz2020].\n  - incluye: trozos/guantes.yaml\n"
GLOVES = "contenido:\n  - texto: Y guantes.\n    etiquetas: larga\n"
SECTION = "titulo: Prueba\ncontenido:\n  - texto: Antes [@ruiz2020].\n  - incluye: ../../../comun/seguridad.yaml\n"
PLAIN = "titulo: Prueba\ncontenido:\n  - texto: Antes [@ruiz2020].\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A report beside a folder that is shared."""
    files: dict[str, str | bytes] = {f"comun/{SHARED}": "", "comun/seguridad.yaml": COMMON}
    write_files(tmp_path, {**files, "comun/trozos/guantes.yaml": GLOVES})
    (tmp_path / "informe").mkdir()
    folder = lay_case("", tmp_path / "informe")
    declare(folder, "etiquetas: {larga: sí}\n")
    return write_files(folder, {"paper/secciones/prueba.yaml": SECTION})


def declare(folder: Path, more: str, sections: str = "[prueba]") -> None:
    main = folder / "paper/informe.yaml"
    text = main.read_text(encoding="utf-8").replace("secciones: [prueba]", f"secciones: {sections}")
    main.write_text(text + more, encoding="utf-8")


def problems(folder: Path) -> tuple[Problem, ...]:
    return examine_report(Workspace(folder)).problems


def told(folder: Path) -> list[tuple[str, str, int]]:
    return [(problem.code, problem.place.path, problem.place.line) for problem in problems(folder)]


def body(folder: Path) -> str:
    return render(folder).source.partition("\\section{")[2]


def test_blocks_of_a_file_with_a_title_are_a_subsection(folder: Path) -> None:
    assert told(folder) == []
    source = body(folder)
    assert source.index("Antes") < source.index("\\subsection{Seguridad}") < source.index("Use gafas")
    assert source.index("Use gafas") < source.index("Y guantes.")


def test_blocks_of_a_file_without_one_go_where_they_are_included(folder: Path) -> None:
    section = PLAIN + "  - incluye: ../../../comun/trozos/guantes.yaml\n  - texto: Después.\n"
    write_files(folder, {"paper/secciones/prueba.yaml": section})
    assert told(folder) == []
    source = body(folder)
    assert "\\subsection" not in source
    assert source.index("Antes") < source.index("Y guantes.") < source.index("Después.")


def test_a_section_of_elsewhere_has_the_name_of_its_file_or_its_own(folder: Path) -> None:
    mention = PLAIN + "  - texto: Véanse la {seccion:seguridad} y el {anexo:normas}.\n"
    write_files(folder, {"paper/secciones/prueba.yaml": mention, "../comun/reglas.yaml": PLAIN})
    declare(
        folder,
        "anexos: [{incluye: ../../comun/reglas.yaml, id: normas}]\n",
        "[prueba, {incluye: ../../comun/seguridad.yaml}]",
    )
    assert told(folder) == []
    source = body(folder)
    assert "\\section{Seguridad}\\label{seccion:seguridad}" in source
    assert "\\section{Prueba}\\label{anexo:normas}" in source
    loaded = load_report(Workspace(folder))
    names = gather_names(Workspace(folder), loaded.paper, loaded.bibliography)
    assert names.sections == ("prueba", "seguridad", "normas")


def test_what_is_wrong_in_it_is_told_there_and_where_it_is_included(folder: Path) -> None:
    write_files(folder, {"../comun/trozos/guantes.yaml": "contenido:\n  - texto: Como [@nadie] dice {figura:nada}.\n"})
    found = problems(folder)
    path = "../comun/trozos/guantes.yaml"
    assert {(problem.code, problem.place.path, problem.place.line) for problem in found} == {
        ("cita-desconocida", path, 2), ("referencia-desconocida", path, 2),
    }  # fmt: skip
    for problem in found:
        ((place, remark),) = problem.related
        assert (place.path, place.line, remark) == ("../comun/seguridad.yaml", 4, "aquí se incluye")


def test_it_is_read_from_shared_folders_alone(folder: Path) -> None:
    (folder / f"../comun/{SHARED}").unlink()
    (problem,) = problems(folder)
    assert (problem.code, problem.place.path, problem.place.line) == ("incluye-ajeno", "paper/secciones/prueba.yaml", 4)
    assert SHARED in problem.hint
    (folder / "../comun/seguridad.yaml").unlink()
    assert told(folder) == [("incluye-ajeno", "paper/secciones/prueba.yaml", 4)], "nor is it told what there is"


def test_a_link_in_a_shared_folder_leads_no_further(folder: Path) -> None:
    write_files(folder, {"../ajeno/secreto.yaml": GLOVES})
    (folder / "../comun/enlace.yaml").symlink_to("../ajeno/secreto.yaml")
    write_files(folder, {"paper/secciones/prueba.yaml": SECTION.replace("seguridad", "enlace")})
    assert told(folder) == [("incluye-ajeno", "paper/secciones/prueba.yaml", 4)]


@pytest.mark.parametrize("named", ["/etc/passwd", "../comun", "../comun/a.txt", "/etc/a.yaml"])
def test_only_files_of_data_named_from_the_file_are_included(folder: Path, named: str) -> None:
    write_files(folder, {"paper/secciones/prueba.yaml": f"{PLAIN}  - incluye: {named}\n"})
    (problem,) = problems(folder)
    assert (problem.code, problem.place.line) == ("archivo-ilegible", 4)
    assert "nombrado desde este" in problem.message


@pytest.mark.parametrize(
    ("named", "path", "hint"),
    [
        ("../../../comun/nada.yaml", "../comun/nada.yaml", "hay: ../../../comun/seguridad.yaml"),
        ("../../../comun/seguridas.yaml", "../comun/seguridas.yaml", "¿«../../../comun/seguridad.yaml»?"),
        ("guantes.yaml", "paper/secciones/guantes.yaml", "¿«../comunes/guantes.yaml»?"),
        ("nada/nadie.yaml", "paper/secciones/nada/nadie.yaml", ""),
    ],
)
def test_what_is_not_there_is_told(folder: Path, named: str, path: str, hint: str) -> None:
    write_files(folder, {"paper/comunes/guantes.yaml": GLOVES})
    write_files(folder, {"paper/secciones/prueba.yaml": f"{PLAIN}  - incluye: {named}\n"})
    assert [(one.message, one.hint) for one in problems(folder)] == [(f"«{path}» no existe", hint)]


def test_names_in_folders_that_are_not_shared_are_not_told(folder: Path) -> None:
    (folder / f"../comun/{SHARED}").unlink()
    write_files(folder, {"paper/secciones/prueba.yaml": f"{PLAIN}  - incluye: ../../../comun/seguridas.yaml\n"})
    assert [(one.code, "seguridad.yaml" in one.hint) for one in problems(folder)] == [("incluye-ajeno", False)]


def test_files_that_include_one_another_are_told(folder: Path) -> None:
    write_files(folder, {"../comun/trozos/guantes.yaml": "contenido:\n  - incluye: ../seguridad.yaml\n"})
    (problem,) = problems(folder)
    assert (problem.code, problem.place.path) == ("incluye-circular", "../comun/trozos/guantes.yaml")
    assert "a través de «../comun/trozos/guantes.yaml»" in problem.message


def test_a_section_that_includes_itself_is_no_file_of_elsewhere(folder: Path) -> None:
    write_files(
        folder, {"paper/secciones/prueba.yaml": f"{PLAIN}  - incluye: prueba.yaml\n  - texto: Nada [@nadie].\n"}
    )
    found = {problem.code: problem.related for problem in problems(folder)}
    assert found == {"incluye-circular": (), "cita-desconocida": ()}


def test_what_names_something_is_included_once(folder: Path) -> None:
    twice = SECTION + "  - incluye: ../../../comun/seguridad.yaml\n"
    write_files(folder, {"paper/secciones/prueba.yaml": twice})
    assert told(folder) == [], "it names nothing"
    write_files(folder, {"../comun/trozos/guantes.yaml": "contenido:\n  - ecuacion: a = b\n    id: una\n"})
    found = [problem for problem in problems(folder) if problem.code == "etiqueta-repetida"]
    assert [(problem.place.line, problem.related[0][0].line) for problem in found] == [(5, 4)]
    assert "«una»" in found[0].message


def test_a_name_that_is_taken_is_told(folder: Path) -> None:
    write_files(folder, {"../comun/prueba.yaml": PLAIN, "../comun/Mal nombre.yaml": PLAIN})
    declare(folder, "", "[prueba, {incluye: ../../comun/prueba.yaml}, {incluye: ../../comun/Mal nombre.yaml}]")
    found = problems(folder)
    assert [problem.code for problem in found] == ["seccion-repetida", "nombre-de-archivo"]
    assert all("«id»" in problem.hint for problem in found)


def test_tags_of_the_place_are_those_of_what_comes_there(folder: Path) -> None:
    section = PLAIN + "  - incluye: ../../../comun/trozos/guantes.yaml\n    etiquetas: otra\n"
    write_files(folder, {"paper/secciones/prueba.yaml": section})
    main = folder / "paper/informe.yaml"
    main.write_text(main.read_text(encoding="utf-8").replace("{larga: sí}", "{larga: sí, otra: no}"), encoding="utf-8")
    assert told(folder) == []
    assert "Y guantes." not in body(folder)


def test_an_edit_of_it_is_seen_and_models_stay_without_one(folder: Path) -> None:
    cache = Cache()

    def section() -> object:
        paper = load_report(Workspace(folder), cache=cache).paper
        assert paper is not None
        return paper.sections["prueba"]

    first = section()
    assert section() is first
    write_files(folder, {"../comun/trozos/guantes.yaml": GLOVES.replace("guantes", "casco")})
    assert section() is not first
    assert "Y casco." in body(folder)


def test_a_batch_knows_what_its_reports_include(folder: Path) -> None:
    assert {f"../comun/{SHARED}", "../comun/seguridad.yaml", "../comun/trozos/guantes.yaml"} <= {
        *read_files(str(folder))
    }
    job = Job("uno", str(folder), Terms())
    before = hash_job(job, "")
    assert hash_job(job, "") == before
    write_files(folder, {"../comun/trozos/guantes.yaml": GLOVES.replace("guantes", "casco")})
    assert hash_job(job, "") != before


def test_what_is_included_goes_along_to_another_machine(folder: Path) -> None:
    files = read_files(str(folder))
    line = Job("uno", "/no/hay", Terms(check=True)).dumps()
    outcome, _ = build_sent(files, line, __version__)
    assert json.loads(outcome)["problems"] == []
    del files["../comun/trozos/guantes.yaml"]
    outcome, _ = build_sent(files, line, __version__)
    (problem,) = json.loads(outcome)["problems"]
    assert "../comun/trozos/guantes.yaml" in json.dumps(problem, ensure_ascii=False)
