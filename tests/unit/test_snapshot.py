"""A build reads each of the author's files once; whoever asks again, here or in a copy, gets the same answer."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from imprenta import reading
from imprenta.reading import Reading
from imprenta.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable

NAME = "paper/datos/a.yaml"


def be_quiet() -> None:
    """Nobody has to be told."""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / NAME).parent.mkdir(parents=True)
    (tmp_path / NAME).write_text("uno")
    return tmp_path


def save_in_place(path: Path) -> None:
    path.write_text("dos")


def save_by_renaming(path: Path) -> None:
    other = path.with_suffix(".nuevo")
    other.write_text("dos")
    other.rename(path)


def delete(path: Path) -> None:
    path.unlink()


def delete_folder(path: Path) -> None:
    shutil.rmtree(path.parent)


SAVES = [save_in_place, save_by_renaming, delete, delete_folder]


def ask(workspace: Workspace) -> tuple[object, ...]:
    """Ask everything that can be asked about files."""
    return (
        workspace.read(NAME), workspace.is_file(NAME), workspace.list_files("paper/datos", ".yaml"),
        workspace.hash_files(NAME), workspace.hash_files("paper/datos/*.yaml"), workspace.hash_tree("paper", ".yaml"),
        workspace.list_folders("paper"),
        workspace.read("paper/datos/b.yaml"), workspace.is_file("paper/datos/b.yaml"), workspace.list_files("no", ""),
    )  # fmt: skip


@pytest.mark.parametrize("save", SAVES)
def test_a_build_gets_one_answer_and_the_next_another(project: Path, save: Callable[[Path], None]) -> None:
    workspace = Workspace(project)
    with workspace.alone(be_quiet):
        before = ask(workspace)
        save(project / NAME)
        (project / "paper/datos").mkdir(exist_ok=True)
        (project / "paper/datos/b.yaml").write_text("b")
        (project / "no").mkdir()
        (project / "no/c").write_text("c")
        assert ask(workspace) == before
        assert workspace.start_worker(lambda: ask(workspace))() == before
        now = ask(workspace.fresh())
        assert all(
            one != other for one, other in zip(before, now, strict=True) if one not in (True, ["paper", "paper/datos"])
        )
    assert ask(workspace) == before, "what is said of the build goes by what it read"
    with workspace.alone(be_quiet):
        assert ask(workspace) == now


@pytest.mark.parametrize("save", SAVES)
def test_a_file_that_was_not_there_stays_away(project: Path, save: Callable[[Path], None]) -> None:
    workspace = Workspace(project)
    shutil.rmtree(project / "paper")
    with workspace.alone(be_quiet):
        before = ask(workspace)
        (project / NAME).parent.mkdir(parents=True)
        (project / NAME).write_text("uno")
        assert ask(workspace) == before
        save(project / NAME)
        assert ask(workspace) == before


def test_a_copy_that_asks_for_more_is_given_up_and_its_work_done_here(project: Path) -> None:
    workspace = Workspace(project)
    with workspace.alone(be_quiet):
        for _ in range(2):
            data, process = workspace.start_worker(lambda: (workspace.read(NAME), os.getpid()))()
            assert data == b"uno"
            here = process == os.getpid()
            (project / NAME).write_text("dos")
        assert not here, "the second time it was read already"
        held = workspace.hold_worker(lambda: None, lambda folder: (workspace.list_files(folder, ""), os.getpid()))
        held.give("paper")
        assert held.wait() == ([], os.getpid())


def test_what_a_copy_knows_from_the_list_of_a_folder_it_need_not_read(project: Path) -> None:
    workspace = Workspace(project)
    with workspace.alone(be_quiet):
        workspace.list_files("paper/datos", "")
        workspace.list_folders("templates")
        (project / "paper/datos/b.yaml").write_text("b")
        names = ("paper/datos/b.yaml", "templates/documento.tex.j2")

        def work() -> tuple[object, ...]:
            return [(workspace.read(name), workspace.is_file(name)) for name in names], os.getpid()

        answers, process = workspace.start_worker(work)()
        assert answers == [(None, False)] * 2
        assert process != os.getpid()


def test_a_link_that_led_out_leads_out_until_the_build_ends(project: Path) -> None:
    name = "paper/datos/fuera.yaml"
    (project / name).symlink_to("/etc/hostname")
    workspace = Workspace(project)
    with workspace.alone(be_quiet):
        assert (workspace.read(name), workspace.is_file(name)) == (None, False)
        (project / name).unlink()
        (project / name).write_text("dentro")
        assert (workspace.read(name), workspace.is_file(name)) == (None, False)
    with workspace.alone(be_quiet):
        assert (workspace.read(name), workspace.is_file(name)) == (b"dentro", True)


def test_where_links_lead_is_looked_up_anew_by_each_build(
    project: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    workspace, folder = Workspace(project), (project / NAME).parent
    with workspace.alone(be_quiet):
        assert workspace.read(NAME) == b"uno"
    shutil.move(folder, tmp_path_factory.mktemp("fuera") / "datos")
    folder.symlink_to(tmp_path_factory.mktemp("otra"))
    (folder / "a.yaml").write_text("fuera")
    with workspace.alone(be_quiet):
        assert workspace.read(NAME) is None
        assert not workspace.is_file(NAME)


def test_what_is_large_is_let_go_when_the_build_is_over(project: Path) -> None:
    large = project / "figures/foto.png"
    large.parent.mkdir()
    large.write_bytes(bytes(reading.LARGEST + 1))
    workspace = Workspace(project)
    with workspace.alone(be_quiet):
        assert len(workspace.read("figures/foto.png") or b"") > reading.LARGEST
        assert workspace.read(NAME) == b"uno"
        large.write_bytes(b"otra")
        assert len(workspace.read("figures/foto.png") or b"") > reading.LARGEST
    (project / NAME).write_text("dos")
    assert workspace.read("figures/foto.png") == b"otra"
    assert workspace.read(NAME) == b"uno"


def test_who_asks_at_the_same_time_gets_the_same_bytes(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While a thread reads a file, another one reads it too, and later."""
    workspace = Workspace(project)
    read = Reading.read
    others: list[bytes | None] = []

    def read_slowly(reading: Reading, path: str, most: int | None = None) -> bytes:
        data = read(reading, path, most)
        monkeypatch.setattr(Reading, "read", read)
        (project / NAME).write_text("dos")
        others.append(workspace.read(NAME))
        return data

    with workspace.alone(be_quiet):
        monkeypatch.setattr(Reading, "read", read_slowly)
        assert [workspace.read(NAME), workspace.read(NAME)] == [others[0], others[0]]


@pytest.mark.parametrize("asked", ["read", "list"])
def test_a_file_that_was_read_or_listed_is_there(project: Path, asked: str) -> None:
    workspace = Workspace(project)
    with workspace.alone(be_quiet):
        assert workspace.read(NAME) if asked == "read" else workspace.list_files("paper/datos", "")
        (project / NAME).unlink()
        assert workspace.is_file(NAME)


def test_what_is_made_is_read_anew(project: Path) -> None:
    workspace = Workspace(project)
    with workspace.alone(be_quiet):
        for word in (b"uno", b"dos"):
            workspace.write("build/latex/a.tex", word)
            assert workspace.read("build/latex/a.tex") == word
            workspace.remove("build/latex/a.tex")
            assert not workspace.is_file("build/latex/a.tex")
            assert workspace.list_files("build/latex", "") == []


@pytest.mark.timeout(20)
def test_what_is_no_file_cannot_be_read_and_hides_nothing(project: Path) -> None:
    folder = project / "paper/datos"
    (folder / "vuelta.yaml").symlink_to("vuelta.yaml")
    os.mkfifo(folder / "tubo.yaml")
    (folder / "carpeta.yaml").mkdir()
    (folder / "cero.yaml").symlink_to("/dev/zero")
    workspace = Workspace(project)
    assert workspace.list_files("paper/datos", ".yaml")[0] == NAME
    for name in ("vuelta", "tubo", "carpeta", "cero"):
        assert workspace.read(f"paper/datos/{name}.yaml") is None
        assert not workspace.is_file(f"paper/datos/{name}.yaml")


def hold(root: Path, entered: multiprocessing.synchronize.Event, leave: multiprocessing.synchronize.Event) -> None:
    with Workspace(root).alone(be_quiet):
        entered.set()
        leave.wait(60)


def test_a_lock_that_was_cleaned_away_keeps_nobody_out_and_lets_nobody_in_twice(project: Path) -> None:
    """Who waited for the lock when its file went away, and who comes later, must not both have it."""
    context = multiprocessing.get_context("fork")
    entered, leave = context.Event(), context.Event()
    first = context.Process(target=hold, args=(project, entered, leave))
    first.start()
    assert entered.wait(60)
    inside: list[str] = []
    most: list[int] = []

    def work(name: str) -> None:
        with Workspace(project).alone(be_quiet):
            inside.append(name)
            time.sleep(0.05)
            most.append(len(inside))
            inside.remove(name)

    waiting = [threading.Thread(target=work, args=(str(number),)) for number in range(4)]
    for thread in waiting:
        thread.start()
    time.sleep(0.2)
    shutil.rmtree(project / "build", ignore_errors=True)  # those who wait may put a new lock there meanwhile
    leave.set()
    for thread in waiting:
        thread.join(60)
    first.join(60)
    assert most == [1, 1, 1, 1]
