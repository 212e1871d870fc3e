"""One mistake in the files of data is one problem: what only misses a file that has its own is not told; what stands in
the place of a file is told as what it is, and nothing waits for it.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from imprenta.load.file_names import propose_id
from imprenta.pipeline.examine import examine_report
from imprenta.problems import Problem, Severity
from imprenta.workspace import Workspace

SAMPLE = Path(__file__).parents[1] / "e2e/sample"
FILES = ["paper/tablas/caudal.yaml", "paper/datos/aforo.yaml", "figures/curva.yaml", "figures/estaciones.yaml",
         "paper/secciones/rio.yaml"]  # fmt: skip


@pytest.fixture
def report(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SAMPLE, tmp_path / "informe", ignore=shutil.ignore_patterns("build")))


def errors_of(report: Path) -> list[Problem]:
    return [one for one in examine_report(Workspace(report)).problems if one.severity is Severity.ERROR]


@pytest.mark.parametrize("path", FILES)
@pytest.mark.parametrize("mistake", ["  mal: [", "sobra: uno\n", "\x07"])
def test_a_file_with_a_mistake_is_told_once_wherever_it_is_used(path: str, mistake: str, report: Path) -> None:
    with (report / path).open("a", encoding="utf-8") as file:
        file.write(mistake)
    assert [one.place.path for one in errors_of(report)] == [path]


@pytest.mark.parametrize("path", FILES)
def test_a_file_that_is_not_there_is_told_where_it_is_named(path: str, report: Path) -> None:
    (report / path).unlink()
    errors = errors_of(report)
    assert errors
    assert all(one.place.path != path for one in errors)
    assert any(path in one.message or Path(path).stem in one.message for one in errors)
    assert not any("tiene errores" in one.message for one in errors)


def test_what_has_nothing_to_do_with_it_is_told_as_well(report: Path) -> None:
    with (report / "paper/datos/aforo.yaml").open("a") as file:
        file.write("sobra: uno\n")
    section = report / "paper/secciones/rio.yaml"
    text = section.read_text(encoding="utf-8")
    section.write_text(text + "  - texto: Otra [@nadie], con {= otro.valor}.\n  - tabla: no-esta\n", encoding="utf-8")
    codes = {one.code for one in errors_of(report)}
    assert codes >= {"clave-desconocida", "cita-desconocida", "valor-desconocido", "tabla-desconocida"}


PLACED: dict[str, tuple[Callable[[Path], object], str]] = {
    "pipe": (os.mkfifo, "no es un archivo corriente"),
    "folder": (os.mkdir, "es una carpeta"),
    "dangling": (lambda path: path.symlink_to("nada"), "no lleva a ningún archivo"),
    "loop": (lambda path: path.symlink_to(path.name), "no lleva a ningún archivo"),
    "outside": (lambda path: path.symlink_to("/etc/passwd"), "sale de la carpeta"),
    "device": (lambda path: path.symlink_to("/dev/zero"), "sale de la carpeta"),
}


@pytest.mark.parametrize("path", [FILES[0], FILES[2], "paper/informe.yaml", "paper/rubrica.yaml"])
@pytest.mark.parametrize("kind", PLACED)
@pytest.mark.timeout(20)
def test_what_stands_in_the_place_of_a_file_is_told(path: str, kind: str, report: Path) -> None:
    (report / path).unlink(missing_ok=True)
    place, words = PLACED[kind]
    place(report / path)
    (error,) = errors_of(report)
    assert (error.code, error.place.path) == ("archivo-ilegible", path)
    assert words in error.message


@pytest.mark.parametrize("kind", PLACED)
@pytest.mark.timeout(20)
def test_what_stands_in_the_place_of_the_bibliography_or_a_program_is_told(kind: str, report: Path) -> None:
    place, words = PLACED[kind]
    for path in ("references.bib", "figures/curva.py"):
        (report / path).unlink()
        place(report / path)
    told = [one.message for one in errors_of(report)]
    assert len(told) == 2
    assert all(words in message for message in told)


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is unreadable to the system's owner")
def test_a_file_without_permission_is_told(report: Path) -> None:
    (report / FILES[0]).chmod(0)
    (error,) = errors_of(report)
    assert "falta permiso" in error.message


def test_a_file_of_no_human_size_is_refused_at_once(report: Path) -> None:
    (report / FILES[0]).write_text("a: b\n" * 2_000_000)
    (error,) = errors_of(report)
    assert error.message == f"«{FILES[0]}» ocupa más de 8 MB, y no se lee"
    assert error.hint == "repártalo en varios"


@pytest.mark.parametrize(
    ("listed", "name", "proposed"),
    [
        ("introduccion", "introducción", "introduccion"),
        ("introducción", "introducción", "introduccion"),
        ("marco_teorico", "marco_teorico", "marco-teorico"),
        ("marco-teorico", "Marco teórico", "marco-teorico"),
        ("Año_2024", "Año_2024", "ano-2024"),
    ],
)
def test_a_name_that_cannot_be_an_id_is_told_once_with_one_that_can(
    listed: str, name: str, proposed: str, report: Path
) -> None:
    (report / "paper/secciones/rio.yaml").rename(report / f"paper/secciones/{name}.yaml")
    main = report / "paper/informe.yaml"
    text = main.read_text(encoding="utf-8")
    assert "[rio]" in text
    main.write_text(text.replace("[rio]", f"[{listed}]"), encoding="utf-8")
    (error,) = errors_of(report)
    assert (error.code, error.place.path) == ("nombre-de-archivo", f"paper/secciones/{name}.yaml")
    assert error.hint == f"llámelo «{proposed}.yaml», y así donde se nombra"


@pytest.mark.parametrize(
    ("name", "id"),
    [("gcl_histograma", "gcl-histograma"), ("Ñandú 2", "nandu-2"), ("a--b_", "a-b"), ("___", ""), ("ﬁn", "fin")],
)
def test_an_id_is_proposed(name: str, id: str) -> None:
    assert propose_id(name) == id
