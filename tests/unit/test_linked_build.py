"""A `build/` that is a link to a folder of another disk: all is made there; no other link is followed."""

from __future__ import annotations

import shutil
import sys
from functools import partial
from pathlib import Path

import pytest

from imprenta import cli, confinement
from imprenta.ownership import TAG
from imprenta.problems import CannotContinue
from imprenta.reading import CopyReading
from imprenta.workspace import Workspace

SAMPLE = Path(__file__).resolve().parents[1] / "e2e/sample"


@pytest.fixture
def linked(tmp_path: Path) -> tuple[Path, Path]:
    """A project and the empty folder that its `build` leads to."""
    project, disk = tmp_path / "informe", tmp_path / "otro disco/hecho"
    (project / "paper").mkdir(parents=True)
    disk.mkdir(parents=True)
    (project / "build").symlink_to(disk)
    return project, disk


def nobody() -> None:
    raise AssertionError("nobody has to wait")


def test_what_is_made_lies_where_the_link_leads(linked: tuple[Path, Path]) -> None:
    project, disk = linked
    with Workspace(project).alone(nobody):
        Workspace(project).write("build/latex/a.tex", "a")
    assert (disk / "latex/a.tex").read_text() == "a"
    assert (disk / TAG).is_file()
    again = Workspace(project)
    assert again.read("build/latex/a.tex") == b"a"
    assert again.list_files("build/latex", ".tex") == ["build/latex/a.tex"]


def test_cleaning_empties_the_folder_and_keeps_the_link(linked: tuple[Path, Path]) -> None:
    project, disk = linked
    workspace = Workspace(project)
    for _ in range(2):
        workspace.write("build/latex/a.tex", "a")
        assert workspace.clean(nobody)
        assert (project / "build").is_symlink()
        assert [path.name for path in disk.iterdir()] == [TAG]
        assert not workspace.clean(nobody)


def test_programs_may_write_where_the_link_leads(linked: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    project, disk = linked
    monkeypatch.setattr(confinement, "_temporary_folder", list)  # pytest's own folder is in it
    workspace = Workspace(project)
    workspace.write("build/latex/a.tex", "a")
    tries = "open('b.tex', 'w')\ntry:\n    open('../../fuera', 'w')\nexcept OSError:\n    print('negado')"
    finished = workspace.run([sys.executable, "-c", tries], folder="build/latex")
    assert finished.status == 0, finished.errors
    assert (disk / "latex/b.tex").exists()
    assert finished.output.strip() == (b"negado" if confinement.is_confining() else b"")


def test_a_folder_of_others_is_left_alone(linked: tuple[Path, Path]) -> None:
    project, disk = linked
    (disk / "suyo.txt").write_text("x")
    (disk / "enlace").symlink_to("suyo.txt")
    workspace = Workspace(project)
    for act in (partial(workspace.write, "build/a", "a"), partial(workspace.clean, nobody)):
        with pytest.raises(CannotContinue) as raised:
            act()
        assert raised.value.status == 1
        assert raised.value.hint == "si «build» es un enlace, lleva a una carpeta vacía o que hizo Imprenta"
    workspace.run(["true"])  # it has no folder there for what passes
    assert sorted(path.name for path in disk.iterdir()) == ["enlace", "suyo.txt"]


def test_no_other_link_is_followed_and_none_of_a_copy(linked: tuple[Path, Path]) -> None:
    project, disk = linked
    Workspace(project).write("build/a.yaml", "a")
    (disk / "fuera").symlink_to(project.parent)
    (project / "paper/a.yaml").symlink_to(disk / "a.yaml")
    (project / "figures").symlink_to(disk)
    workspace = Workspace(project)
    for name in ("paper/a.yaml", "figures/a.yaml", "build/fuera/x"):
        assert workspace.read(name) is None
        with pytest.raises(CannotContinue):
            workspace.path(name)
    copy = Workspace(project, partial(CopyReading, home=project))
    assert copy.read("build/a.yaml") is None
    with pytest.raises(CannotContinue):
        copy.write("build/b.yaml", "b")


@pytest.mark.proof
@pytest.mark.tex
def test_a_report_is_built_and_cleaned_through_the_link(linked: tuple[Path, Path]) -> None:
    project, disk = linked
    shutil.copytree(SAMPLE, project, dirs_exist_ok=True)
    for _ in range(2):
        assert cli.main(["build", "--project", str(project)]) == 0
        assert (disk / "informe.pdf").read_bytes().startswith(b"%PDF")
    assert cli.main(["clean", "--project", str(project)]) == 0
    assert [path.name for path in disk.iterdir()] == [TAG]
    assert sorted(path.name for path in project.iterdir()) == ["build", "figures", "paper", "references.bib"]
