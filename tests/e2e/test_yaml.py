"""What YAML swallows or takes over is told where it stands, through the command line, and no size of it stops that."""

from __future__ import annotations

from pathlib import Path

import pytest
from laws import build, check, lay_case, write_files

SECTION = "paper/secciones/prueba.yaml"


@pytest.mark.tex
def test_what_yaml_swallows_is_told_and_the_rest_is_built(tmp_path: Path) -> None:
    run = build(lay_case("yaml/almohadilla", tmp_path))
    assert run.status == 0
    assert {(one.line, one.column, one.code) for one in run.problems if one.path == SECTION} == {
        (1, 21, "comentario-en-texto"),
        (3, 22, "comentario-en-texto"),
        (8, 7, "lineas-unidas"),
        (9, 23, "barra-en-comillas"),
    }
    assert {one.severity for one in run.problems} <= {"aviso"}


def test_tags_and_anchors_are_told_where_they_stand(tmp_path: Path) -> None:
    run = check(lay_case("yaml/etiquetas", tmp_path))
    assert [(one.line, one.column, one.code) for one in run.errors] == [
        (1, 9, "yaml-etiqueta"),
        (3, 12, "yaml-etiqueta"),
        (4, 12, "yaml-alias"),
    ]


def test_nesting_without_end_is_told(tmp_path: Path) -> None:
    folder = write_files(lay_case("", tmp_path), {SECTION: "a: " + "[" * 100_000 + "]" * 100_000})
    (error,) = check(folder).errors
    assert (error.path, error.line, error.code) == (SECTION, 1, "yaml-mal-escrito")
    assert "profundidad" in error.message
