"""Formats that another report left, with another date -> the same bytes as with formats of one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from laws import build, lay_case, write_files

if TYPE_CHECKING:
    from pathlib import Path

REPORT = """\
titulo: {title}
autores: [{{nombre: {author}}}]
ciudad: Cali
fecha: {date}
resumen: Resumen de {title}.
palabras_clave: [{title}]
estilo_citas: {style}
secciones: [prueba]
"""


def lay(folder: Path, style: str, title: str, author: str, date: str) -> Path:
    report = REPORT.format(title=title, author=author, date=date, style=style)
    return write_files(lay_case("", folder), {"paper/informe.yaml": report})


@pytest.mark.proof
@pytest.mark.tex
@pytest.mark.parametrize("style", ["ieee", "apa", "vancouver", "chicago"])
def test_a_format_of_another_report_gives_the_same_bytes(
    style: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    formats = []
    for cache, reports in (("shared", ("one", "two")), ("own", ("three",))):
        monkeypatch.setenv("IMPRENTA_CACHE", str(tmp_path / cache))
        for name in reports:
            said = ("Norte", "Ana", "2019-06-14") if name == "one" else ("Sur", "Luis", "2026-11-05")
            assert build(lay(tmp_path / name, style, *said)).status == 0
            formats.append(tmp_path / name / "build/latex/preamble.fmt")
    assert formats[1].samefile(formats[0]), "40 MB and a second that no report has for itself"
    assert not formats[2].samefile(formats[0])
    shared, own = ((tmp_path / name / "build/informe.pdf").read_bytes() for name in ("two", "three"))
    assert shared == own
