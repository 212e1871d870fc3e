"""Reports of strangers: what is in their folder beside data does nothing, and nothing of ours gets into the PDF."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from laws import write_files
from reading import read_text, run_build

from imprenta.problems import CannotContinue
from imprenta.quarantine import DEEPEST, LARGEST, MOST, copy_data, quarantine
from imprenta.reading import CopyReading
from imprenta.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

SAMPLE = Path(__file__).parent / "sample"
CANARY = "canario-7f3a9c51"
PROGRAM = """
import os, pathlib
pathlib.Path({mark!r}).write_text("se ejecutó")
os.system("touch {mark}")
def dibujar(ejes, datos):
    ejes.set_title(pathlib.Path({secret!r}).read_text())
"""
TEMPLATE = r"""
\input{{{secret}}}\immediate\write18{{touch {mark}}}\openin5={secret} \read5 to\x \x
\DeclareSourcemap{{\maps{{\map{{\step[fieldsource=title,match=\regexp{{a}},
  replace=\regexp{{@{{[qx(touch {mark})]}}}}]}}}}}}
\addbibresource[location=remote]{{http://127.0.0.1:9/x.bib}}
"""
ENTRY = r"""
@misc{{extra, author={{Ruiz, Ana}}, date={{2020}}, title={{\input{{{secret}}}\write18{{touch {mark}}}}},
  file={{{secret}}},  url={{file://{secret}}}}}
"""


@pytest.fixture
def hostile(tmp_path: Path) -> tuple[Path, Path, Path]:
    """A report that tries whatever its author can write; a secret beside it; a file that only what it runs makes."""
    secret, mark, report = tmp_path / "secreto.txt", tmp_path / "hecho", tmp_path / "entregas/ana"
    secret.write_text(CANARY)
    shutil.copytree(SAMPLE, report)
    told = {"secret": str(secret), "mark": str(mark)}
    references = (report / "references.bib").read_text(encoding="utf-8") + ENTRY.format(**told)
    write_files(report, {
        "figures/curva.py": PROGRAM.format(**told),
        "figures/sitecustomize.py": PROGRAM.format(**told),
        "templates/preambulo.tex.j2": TEMPLATE.format(**told),
        "templates/bibliografia.tex.j2": TEMPLATE.format(**told),
        "references.bib": references,
        "compartida.txt": "",
        "../compartida.txt": "",
        "build/latex/informe.tex": "",
    })  # fmt: skip
    for name in ("paper/secreto.yaml", "paper/secciones/secreto.yaml", "paper/vocabulario.txt", "build/latex/x.tex"):
        (report / name).symlink_to(secret)
    (report / "figures/carpeta").symlink_to(tmp_path)
    (report / "build/cache").symlink_to(secret)
    os.mkfifo(report / "paper/tuberia")
    return report, secret, mark


def contents(folder: Path) -> dict[str, bytes | str]:
    """Return what is in a folder by name: bytes of files, where links lead, what else there is."""
    found: dict[str, bytes | str] = {}
    for path in sorted(folder.rglob("*")):
        name = str(path.relative_to(folder))
        if path.is_symlink():
            found[name] = str(path.readlink())
        else:
            found[name] = path.read_bytes() if path.is_file() else "otra cosa"
    return found


def caches(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())


@pytest.mark.tex
def test_a_hostile_report_is_built_of_its_data_and_does_nothing(
    hostile: tuple[Path, Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report, _, mark = hostile
    before = contents(report)
    shared, temporary = tmp_path / "comun", tmp_path / "temporal"
    temporary.mkdir()
    monkeypatch.setenv("IMPRENTA_CACHE", str(shared))
    monkeypatch.setenv("TMPDIR", str(temporary))
    finished = run_build("build", "--untrusted", project=report)
    said = finished.stdout + finished.stderr
    assert finished.returncode == 0, said
    assert contents(report) == before
    assert not mark.exists()
    assert CANARY not in said
    for left_out in (
        "figures/curva.py", "figures/sitecustomize.py", "figures/carpeta", "templates", "paper/secreto.yaml",
        "paper/secciones/secreto.yaml", "paper/vocabulario.txt", "paper/tuberia",
    ):  # fmt: skip
        assert f"{left_out}:1:1: aviso: " in said
    pdf = report.parent / "ana-informe.pdf"
    text = read_text(pdf)
    assert "figures/curva.py" in text
    assert CANARY not in text
    assert not list(temporary.iterdir())  # neither the copy, nor what its programs wrote
    assert not [path for path in (pdf, *caches(shared)) if CANARY.encode() in path.read_bytes()]


def test_a_report_too_large_to_be_one_is_not_copied(tmp_path: Path) -> None:
    report = tmp_path / "informe"
    deep = "paper/" + "/".join("a" * (DEEPEST + 3))
    write_files(report, {"paper/informe.yaml": "", f"{deep}/x.yaml": ""})
    with (report / "paper/grande.csv").open("wb") as file:
        file.truncate(LARGEST + 1)
    with quarantine(report) as (copy, left_out):
        assert sorted(problem.place.path.count("/") for problem in left_out) == [1, DEEPEST]
        assert [path.name for path in copy.rglob("*") if path.is_file()] == ["informe.yaml"]
    assert not copy.exists()
    for number in range(MOST):
        (report / f"paper/{number}.txt").touch()
    (tmp_path / "copia").mkdir()
    with pytest.raises(CannotContinue, match="5000 archivos"):
        copy_data(report, tmp_path / "copia")


def test_the_copies_of_killed_processes_are_taken_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    report = write_files(tmp_path / "informe", {"paper/informe.yaml": ""})
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    left, other = tmp_path / f"imprenta-copia-{gone.pid}-abcd1234", tmp_path / f"imprenta-{gone.pid}"
    for folder in (left / "informe", other):
        folder.mkdir(parents=True)
    with quarantine(report) as (copy, _), quarantine(report):
        assert copy.exists()
        assert not left.exists()
        assert other.exists()


def test_a_shared_folder_is_read_from_a_copy_too_and_what_it_is_a_copy_of_is_not(tmp_path: Path) -> None:
    write_files(tmp_path, {
        "comun/compartida.txt": "", "comun/seguridad.yaml": "común", "secreto.yaml": CANARY,
        "informe/paper/informe.yaml": "", "informe/compartida.txt": "", "informe/suyo.yaml": CANARY,
    })  # fmt: skip
    (tmp_path / "comun/enlace.yaml").symlink_to(tmp_path / "secreto.yaml")
    home = tmp_path / "informe"
    with quarantine(home) as (copy, _):
        workspace = Workspace(copy, partial(CopyReading, home=home))
        names = ("../comun/seguridad.yaml", "../comun/enlace.yaml", "../secreto.yaml", "../informe/suyo.yaml")
        assert [workspace.read(name) for name in names] == ["común".encode(), None, None, None]


@pytest.mark.tex
def test_a_batch_trusts_nobody_unless_it_is_told(hostile: tuple[Path, Path, Path]) -> None:
    report, _, mark = hostile
    before = contents(report)
    finished = run_build("batch", str(report.parent), "--jobs", "1")
    assert finished.returncode == 0, finished.stdout + finished.stderr
    assert contents(report) == before
    assert not mark.exists()
    record = json.loads((report.parent / "lote/lote.json").read_bytes())
    told = {one["path"] for one in record["outcomes"][0]["problems"] if one["code"] == "no-confiable"}
    assert {"figures/curva.py", "templates", "paper/secreto.yaml"} <= told
    assert CANARY not in read_text(report.parent / "lote/pdf/ana.pdf")
    results = [path for path in (report.parent / "lote").rglob("*") if path.is_file()]
    assert not [path for path in results if CANARY.encode() in path.read_bytes()]
