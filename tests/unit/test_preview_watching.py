"""Every kind of save is seen, and nothing else."""

from __future__ import annotations

import os
import queue
import shutil
import subprocess
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from imprenta.preview.watching import is_watched, watch_project
from imprenta.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PATIENCE = 60.0  # seconds until a test that hangs fails
END = "paper/fin.yaml"


class Watch:
    """A project that is watched in a thread, and what was told of it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.included: frozenset[str] = frozenset()
        self.stop = threading.Event()
        self.told: queue.Queue[tuple[str, ...]] = queue.Queue()
        self.thread = threading.Thread(target=self._run)
        self.thread.start()
        self.wait_until_watching()

    def _run(self) -> None:
        for paths in watch_project(Workspace(self.root), self.stop, lambda: self.included):
            self.told.put(paths)

    def wait_until_watching(self) -> None:
        """Write until it is seen, so that what a test does is not missed."""
        for number in range(int(PATIENCE / 0.05)):
            (self.root / END).write_text(str(number))
            try:
                while self.told.get(timeout=0.05):
                    pass
            except queue.Empty:
                if number and self.seen_end:
                    return
                self.seen_end = True

    seen_end = False

    def paths(self) -> set[str]:
        """Return all that was told since the last time, the end of which a file of its own marks."""
        (self.root / END).write_text("fin")
        found: set[str] = set()
        while END not in found:
            found.update(self.told.get(timeout=PATIENCE))
        return found - {END}


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[Watch]:
    for path in ("paper/informe.yaml", "paper/secciones/rio.yaml", "figures/curva.py", "references.bib", "otra.txt"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("uno\n")
    watching = Watch(tmp_path)
    yield watching
    watching.stop.set()
    watching.thread.join(PATIENCE)
    assert not watching.thread.is_alive()


def write(root: Path, path: str) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text("dos\n")


def rename_over(root: Path, path: str) -> None:
    """Save as vim does: try the folder, move the old file away, write a new one."""
    (root / path).parent.joinpath("4913").touch()
    (root / path).parent.joinpath("4913").unlink()
    os.rename(root / path, root / f"{path}~")
    (root / path).write_text("dos\n")
    (root / f"{path}~").unlink()


def replace(root: Path, path: str) -> None:
    """Save as most programs do that fear to lose something."""
    (root / f"{path}.tmp").write_text("dos\n")
    os.replace(root / f"{path}.tmp", root / path)


def sed(root: Path, path: str) -> None:
    subprocess.run(["sed", "-i", "s/uno/dos/", path], cwd=root, check=True)


def delete(root: Path, path: str) -> None:
    (root / path).unlink()


@pytest.mark.parametrize(
    "path", ["paper/informe.yaml", "paper/secciones/rio.yaml", "figures/curva.py", "references.bib"]
)
@pytest.mark.parametrize("save", [write, rename_over, replace, sed, delete])
def test_a_save_of_every_kind_names_the_file_and_no_other(
    watch: Watch, path: str, save: Callable[[Path, str], None]
) -> None:
    for _ in range(2):  # a file that was renamed over is still watched
        (watch.root / path).write_text("uno\n")
        watch.paths()
        save(watch.root, path)
        assert watch.paths() == {path}


def test_files_that_are_saved_together_are_told_together(watch: Watch) -> None:
    watch.paths()
    names = [f"paper/secciones/s{number}.yaml" for number in range(30)]
    for name in names:
        write(watch.root, name)
    groups = [set(watch.told.get(timeout=PATIENCE))]
    while set.union(*groups) < set(names):
        groups.append(set(watch.told.get(timeout=PATIENCE)))
    assert len(groups) < len(names)
    assert set.union(*groups) == set(names)


def test_new_folders_and_what_is_in_them_are_seen(watch: Watch) -> None:
    write(watch.root, "templates/portada.tex.j2")
    assert "templates" in {path.split("/")[0] for path in watch.paths()}
    write(watch.root, "paper/datos/costos.yaml")
    assert any(path.startswith("paper/datos") for path in watch.paths())
    write(watch.root, "templates/portada.tex.j2")
    write(watch.root, "paper/datos/costos.yaml")
    assert watch.paths() == {"templates/portada.tex.j2", "paper/datos/costos.yaml"}


def test_a_folder_that_goes_and_comes_back_is_watched_again(watch: Watch) -> None:
    shutil.rmtree(watch.root / "figures")
    assert any(path.startswith("figures") for path in watch.paths())
    write(watch.root, "figures/nueva.yaml")
    assert any(path.startswith("figures") for path in watch.paths())
    write(watch.root, "figures/nueva.yaml")
    assert watch.paths() == {"figures/nueva.yaml"}


def test_another_branch_is_seen(watch: Watch) -> None:
    def git(*words: str) -> None:
        identity = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
        subprocess.run(["git", *identity, *words], cwd=watch.root, check=True, capture_output=True)

    (watch.root / ".gitignore").write_text("fin.yaml\n")
    git("init", "-q", "-b", "principal")
    git("add", ".")
    git("commit", "-qm", "uno")
    git("checkout", "-qb", "otra")
    write(watch.root, "paper/informe.yaml")
    write(watch.root, "figures/nueva.yaml")
    (watch.root / "references.bib").unlink()
    git("add", ".")
    git("commit", "-qm", "dos")
    watch.paths()
    git("checkout", "-q", "principal")
    assert watch.paths() == {"paper/informe.yaml", "figures/nueva.yaml", "references.bib"}


def test_what_is_not_the_report_s_is_not_told(watch: Watch) -> None:
    watch.paths()
    for path in ("build/informe.pdf", "otra.txt", ".git/index", "paper/.informe.yaml.swp", "paper/informe.yaml~",
                 "paper/#informe.yaml#", "figures/__pycache__/curva.pyc", "paper/secciones/sedAb12Cd"):  # fmt: skip
        write(watch.root, path)
    assert watch.paths() <= {"figures/__pycache__"}


@pytest.mark.parametrize(
    ("path", "watched"),
    [
        ("paper/a.yaml", True),
        ("references.bib", True),
        ("figures/foto.png", True),
        ("templates/portada.tex.j2", True),
        ("otra/references.bib", False),
        ("papers/a.yaml", False),
        ("build/paper/a.yaml", False),
        ("paper/4913", False),
        ("paper/.a.yaml.kate-swp", False),
        ("paper/a.yaml.tmp", False),
        ("paper/sedanos.yaml", True),
        ("paper/a.yaml___jb_tmp___", False),
    ],
)
def test_what_is_watched(path: str, watched: bool) -> None:
    assert is_watched(path) is watched


def test_what_links_lead_to_is_told_by_the_name_of_the_link(tmp_path: Path) -> None:
    for path in ("paper/informe.yaml", "bib/mía.bib", "textos/rio.yaml", "fuera/foto.png"):
        (tmp_path / "p" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "p" / path).write_text("uno\n")
    (tmp_path / "p/fuera").rename(tmp_path / "fuera")
    root = tmp_path / "p"
    (root / "references.bib").symlink_to("bib/mía.bib")
    (root / "paper/secciones").symlink_to("../textos")
    (root / "textos/vuelta").symlink_to("../paper")
    (root / "figures").mkdir()
    (root / "figures/foto.png").symlink_to("../../fuera/foto.png")
    (root / "figures/nada.png").symlink_to("nada.png")
    watching = Watch(root)
    try:
        watching.paths()
        for path, told in (("bib/mía.bib", "references.bib"), ("textos/rio.yaml", "paper/secciones/rio.yaml")):
            for save in (write, replace):
                save(root, path)
                assert watching.paths() == {told}
                (root / path).write_text("uno\n")
                watching.paths()
    finally:
        watching.stop.set()
        watching.thread.join(PATIENCE)


@pytest.fixture
def inner(tmp_path: Path) -> Iterator[Watch]:
    """A report beside a folder that is shared, with a file in it, and one that is not."""
    for path in ("informe/paper/informe.yaml", "comun/compartida.txt", "comun/trozo.yaml", "ajena/trozo.yaml"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("uno\n")
    watching = Watch(tmp_path / "informe")
    yield watching
    watching.stop.set()
    watching.thread.join(PATIENCE)
    assert not watching.thread.is_alive()


@pytest.mark.parametrize("save", [write, rename_over, replace])
def test_files_of_elsewhere_are_seen_while_they_are_included(inner: Watch, save: Callable[[Path, str], None]) -> None:
    path = "../comun/trozo.yaml"
    save(inner.root, path)
    assert inner.paths() == set(), "nobody includes it yet"
    # One that may not be read, and one whose folder is not there, hold nothing up.
    inner.included = frozenset({path, "../ajena/trozo.yaml", "../comun/nada/trozo.yaml"})
    assert inner.told.get(timeout=PATIENCE) == (path,), "what became of it before is told"
    for _ in range(2):
        (inner.root / path).write_text("tres\n")
        inner.paths()
        save(inner.root, path)
        assert inner.paths() == {path}
