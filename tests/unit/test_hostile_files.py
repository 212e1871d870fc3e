"""Files that are no files, and a `build/` that is none: what an order says, or does all the same."""

from __future__ import annotations

import json
import os
import shutil
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from imprenta import cli
from imprenta.cache import Cache
from imprenta.model import PlotFigure
from imprenta.pipeline.drawers import Drawing, Order
from imprenta.pipeline.kept_drawings import keep_drawing, recall_drawing
from imprenta.problems import CannotContinue
from imprenta.workspace import WAITING, Workspace

if TYPE_CHECKING:
    from collections.abc import Callable

SAMPLE = Path(__file__).resolve().parents[1] / "e2e/sample"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return shutil.copytree(SAMPLE, tmp_path / "informe")


def check(project: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, list[Any]]:
    status = cli.main(["check", "--format", "json", "--project", str(project)])
    return status, json.loads(capsys.readouterr().out)["problemas"]


UNWRITABLE: dict[str, Callable[[Path], object]] = {
    "caches que son carpetas": lambda build: [(build / name).mkdir(parents=True) for name in (
        "spelling.json", "checked-templates")],
    "un archivo": lambda build: build.write_text(""),
    "un enlace afuera": lambda build: build.symlink_to("/usr/share"),
    "un enlace a nada": lambda build: build.symlink_to("/no/hay"),
    "un enlace a sí mismo": lambda build: build.symlink_to("build"),
    "sin permiso": lambda build: (build.mkdir(), build.chmod(0o500)),
}  # fmt: skip


@pytest.mark.parametrize("name", UNWRITABLE)
def test_a_cache_that_cannot_be_written_does_not_keep_the_check_from_speaking(
    project: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    expected = check(project, capsys)
    shutil.rmtree(project / "build")
    UNWRITABLE[name](project / "build")
    assert check(project, capsys) == expected
    assert expected[1]


@pytest.mark.timeout(60)
@pytest.mark.parametrize("make", [lambda path: path.symlink_to(path.name), os.mkfifo, Path.mkdir])
def test_a_bibliography_that_is_no_file_is_told(
    project: Path, make: Callable[[Path], object], capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "references.bib").unlink()
    make(project / "references.bib")
    status, problems = check(project, capsys)
    assert status == 1
    assert any("«references.bib»" in one["mensaje"] for one in problems)


LARGE = {
    "references.bib": 8,
    "paper/informe.yaml": 8,
    "paper/secciones/rio.yaml": 8,
    "paper/vocabulario.txt": 8,
    "templates/seccion.tex.j2": 8,
    "figures/foto.png": 64,
}
"""Files, and how many megabytes of each are read at the most."""


@pytest.mark.timeout(60)
@pytest.mark.parametrize("name", LARGE)
def test_a_file_of_200_megabytes_is_told_and_not_read(
    project: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / name).parent.mkdir(exist_ok=True)
    if name.startswith("figures/"):
        (project / "figures/curva.yaml").write_text("pie: Foto [@ruiz2020]\nalternativa: Un gris.\nimagen: foto.png\n")
    with (project / name).open("wb") as file:
        file.truncate(200_000_000)
    status, problems = check(project, capsys)
    assert status == 1
    assert any(f"«{name}» ocupa más de {LARGE[name]} MB, y no se lee" in one["mensaje"] for one in problems)


@pytest.mark.timeout(60)
@pytest.mark.parametrize("make", [lambda path: path.symlink_to(path.name), os.mkfifo, Path.mkdir])
@pytest.mark.parametrize("name", ["paper/vocabulario.txt", "templates/seccion.tex.j2"])
def test_what_need_not_be_there_and_cannot_be_read_is_told(
    project: Path, name: str, make: Callable[[Path], object], capsys: pytest.CaptureFixture[str]
) -> None:
    (project / name).parent.mkdir(exist_ok=True)
    (project / name).unlink(missing_ok=True)
    make(project / name)
    status, problems = check(project, capsys)
    assert status == 1
    assert [one["mensaje"].partition("» ")[0] for one in problems if one["gravedad"] == "error"] == [f"«{name}"]


def test_a_bibliography_of_another_name_is_guessed(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "references.bib").rename(project / "obras.bib")
    _, problems = check(project, capsys)
    assert [one["pista"] for one in problems if one["codigo"] == "cita-desconocida"] == ["¿es «obras.bib»? Llámelo así"]


def test_a_folder_in_the_place_of_what_is_made_makes_room_for_it(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    workspace.write("build/a", "a")
    for name in ("build/latex/figures/curva.pdf/dentro", "paper/a.yaml/dentro"):
        (tmp_path / name).mkdir(parents=True)
    workspace.write("build/latex/figures/curva.pdf", "a")
    assert workspace.read("build/latex/figures/curva.pdf") == b"a"
    for name in ("lock", "watch"):
        (tmp_path / "build" / name).mkdir()
    assert workspace.claim("build/watch", "a") is None
    with workspace.alone(lambda: None):
        assert (tmp_path / "build/lock").is_file()
    with pytest.raises(CannotContinue):  # of what is the author's nothing is taken away
        workspace.write("paper/a.yaml", "a")
    assert (tmp_path / "paper/a.yaml/dentro").is_dir()
    (tmp_path / "build/CACHEDIR.TAG").unlink()  # nor of what may be somebody's
    (tmp_path / "build/suyo").mkdir()
    with pytest.raises(CannotContinue):
        workspace.write("build/suyo", "a")


ORDER = Order("curva", PlotFigure.model_construct(), "build/figures/curva-0.pdf", b"", {})
DRAWING = Drawing(b"%PDF", 10.0, 20.0, (), (), ())


@pytest.mark.parametrize("ending", ["", ".json"])
@pytest.mark.parametrize("content", [None, b"", b"{}", b"[", b'{"a":1}', b"\xff\n{}", b"%PDF otro"])
def test_a_damaged_drawing_is_none(tmp_path: Path, ending: str, content: bytes | None) -> None:
    workspace = Workspace(tmp_path)
    keep_drawing(workspace, ORDER, DRAWING)
    assert recall_drawing(workspace, ORDER, Cache()) == DRAWING
    path = tmp_path / f"{ORDER.path}{ending}"
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    assert recall_drawing(workspace, ORDER, Cache()) is None


@pytest.mark.parametrize("content", [b"", b"[", b'["a"]', b"00\n[]"])
def test_damaged_facts_of_a_picture_are_none(project: Path, content: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "figures/curva.yaml").write_text("pie: Foto [@ruiz2020]\nalternativa: Un gris.\nimagen: curva.svg\n")
    (project / "figures/curva.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9cm" height="9cm"/>')
    expected = check(project, capsys)
    kept = sorted((project / "build/pictures").iterdir())
    assert len(kept) == 2
    for path in kept:
        before = path.read_bytes()
        path.write_bytes(content)
        assert check(project, capsys) == expected
        assert path.read_bytes() == before


def test_cleaning_waits_for_the_build_that_is_under_way(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    begun, may_end = threading.Event(), threading.Event()

    def work() -> None:
        workspace = Workspace(project)
        with workspace.alone(lambda: None):
            workspace.write("build/latex/a.tex", "a")
            begun.set()
            may_end.wait(60)
            workspace.write("build/informe.pdf", "a")

    builder = threading.Thread(target=work)
    builder.start()
    assert begun.wait(60)
    cleaner = threading.Thread(target=cli.main, args=(["clean", "--project", str(project)],))
    cleaner.start()
    time.sleep(0.3)
    assert (project / "build/latex/a.tex").exists()
    may_end.set()
    builder.join(60)
    cleaner.join(60)
    assert not (project / "build").exists()
    said = capsys.readouterr()
    assert WAITING in said.err
    assert said.out.startswith("se borró")
    assert cli.main(["clean", "--project", str(project)]) == 0
    assert capsys.readouterr().out.startswith("no había")


def test_what_a_running_watch_keeps_is_not_cleaned_away(project: Path) -> None:
    assert Workspace(project).claim("build/watch", "http://x") is None
    for _ in range(2):
        (project / "build/informe.pdf").write_text("a")
        assert cli.main(["clean", "--project", str(project)]) == 0
        assert sorted(path.name for path in (project / "build").iterdir()) == ["CACHEDIR.TAG", "watch"]
    assert Workspace(project).claim("build/watch", "http://y") == "http://x"
